"""Whatever is dragged, planned, pinned, broken down, dropped out or undone.

No accepted trip breaks a rule, no household is on two trips, and nobody disappears.
Few walks in the normal run; many by hand: see CONTRIBUTING.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.person import Need
from coordinator.domain.schedule import Breach
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.moving import NewTrip, Target, read_draft
from coordinator.queries.rescue import rescue_trip, rescue_vehicle
from coordinator.queries.schedule import day_board
from coordinator.register import create_register, open_register
from coordinator.services import history
from coordinator.services.arrival import trip_arrived
from coordinator.services.drop_outs import drop_out, lift_drop_out
from coordinator.services.moving import (
    move_household,
    new_trip,
    remove_trip,
    set_departed,
    set_trip_driver,
    set_trip_vehicle,
)
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.pinning import pin_stop, pin_trip
from coordinator.services.rescuing import accept_rescue
from coordinator.services.results import record_stop
from coordinator.session import Session
from db import stores
from db.rows import StopRow, TripRow
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, plan, trips_of
from tests.conftest import PASSPHRASE

WHICH = st.integers(0, 9)
REASON = st.sampled_from(("", "", "так вирішили"))
HOURS = st.sampled_from((None, 6 * 60, 6 * 60 + 10, 9 * 60, 13 * 60))
MAKING = frozenset({"add_household", "save_vehicle", "save_destination", "seed"})
_BEGUN: dict[str, Path] = {}


def clock() -> Callable[[], datetime]:
    """The day after, so that a trip that arrives was back when it was planned to be; a second later each time."""
    seconds = count()
    return lambda: datetime(2023, 8, 16, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


def begun() -> Path:
    """Three vehicles and eight households, one of them larger than any vehicle; made once, walks begin with copies."""
    if "folder" not in _BEGUN:
        folder = Path(tempfile.mkdtemp()) / "centre"
        with create_register(folder, PASSPHRASE, clock=clock()) as session:
            add_hubs(session)
            add_settlement(session, "Подоли")
            add_settlement(session, "Ківшарівка", lat=49.63, lon=37.69)
            add_vehicle(session, "AX0001AA", seats=4)
            add_vehicle(session, "AX0002AA", seats=6, wheelchair=1)
            add_vehicle(session, "AX0003AA", seats=8, stretcher=1, hours=(6 * 60, 14 * 60))
            for at, people in enumerate((1, 2, 3, 4, 2, 2, 3, 9)):
                needs = {4: [Need.WHEELCHAIR], 5: [Need.STRETCHER]}.get(at, [])
                where = "Подоли" if at % 2 else "Ківшарівка"
                add_household(session, f"Родина{at}", where, people, children=people // 3, needs=needs)
            _BEGUN["folder"] = session.folder
    return _BEGUN["folder"]


class Day(RuleBasedStateMachine):
    """What a rule refuses changes nothing, and the walk goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        place = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        folder = shutil.copytree(begun(), place / "centre.register")
        self.session: Session = self.open.enter_context(open_register(folder, PASSPHRASE, clock=clock()))
        with self.session.reading() as db:
            self.households = [row.id for row in sorted(stores.households.all(db), key=lambda row: row.number)]
            self.vehicles = sorted(row.id for row in stores.vehicles.all(db))
            self.drivers = sorted(row.id for row in stores.drivers.all(db))

    def teardown(self) -> None:
        self.open.close()

    @initialize(planned=st.booleans())
    def begin(self, planned: bool) -> None:
        if planned:
            self.plan()

    @rule()
    def plan(self) -> None:
        self._do(lambda: plan(self.session))

    @rule(which=WHICH, to=st.integers(-1, 5), position=st.none() | st.integers(0, 4), reason=REASON)
    def drag(self, which: int, to: int, position: int | None, reason: str) -> None:
        trips = [trip for trip in trips_of(self.session) if trip.status != TripStatus.CANCELLED]
        target: Target = None
        if to >= 0:
            target = trips[to % len(trips)].id if trips and to < 3 else NewTrip(self.vehicles[to % 3])
        household = self.households[which % 8]
        self._do(lambda: move_household(self.session, DAY, household, target, position, reason))

    @rule(which=WHICH)
    def add_trip(self, which: int) -> None:
        self._do(lambda: new_trip(self.session, DAY, self.vehicles[which % 3]))

    @rule(which=WHICH)
    def give_up(self, which: int) -> None:
        self._on_trip(which, lambda trip: remove_trip(self.session, trip.id))

    @rule(which=WHICH, to=WHICH, reason=REASON)
    def other_vehicle(self, which: int, to: int, reason: str) -> None:
        self._on_trip(which, lambda trip: set_trip_vehicle(self.session, trip.id, self.vehicles[to % 3], reason))

    @rule(which=WHICH, to=WHICH, reason=REASON)
    def other_driver(self, which: int, to: int, reason: str) -> None:
        self._on_trip(which, lambda trip: set_trip_driver(self.session, trip.id, self.drivers[to % 3], reason))

    @rule(which=WHICH, on=st.booleans(), whole=st.booleans())
    def pin(self, which: int, on: bool, whole: bool) -> None:
        if whole:
            self._on_trip(which, lambda trip: pin_trip(self.session, trip.id, on))
        else:
            self._on_stop(which, lambda stop: pin_stop(self.session, stop.id, on))

    @rule()
    def print_lists(self) -> None:
        self._do(lambda: issue_pickup_lists(self.session, DAY, target="printer"))

    @rule(which=WHICH, left=st.booleans(), reason=REASON)
    def depart(self, which: int, left: bool, reason: str) -> None:
        self._on_trip(which, lambda trip: set_departed(self.session, trip.id, left, reason))

    @rule(which=WHICH, result=st.sampled_from(list(StopResult)), reason=REASON)
    def come_back(self, which: int, result: StopResult, reason: str) -> None:
        self._on_stop(which, lambda stop: record_stop(self.session, stop.id, result, reason=reason))

    @rule(which=WHICH)
    def arrive(self, which: int) -> None:
        self._on_trip(which, lambda trip: trip_arrived(self.session, trip.id))

    @rule(which=WHICH, outcome=st.sampled_from(list(CallOutcome)))
    def call(self, which: int, outcome: CallOutcome) -> None:
        self._do(lambda: set_notice(self.session, self.households[which % 8], DAY, outcome))

    @rule(which=WHICH, driver=st.booleans(), start=HOURS)
    def drop(self, which: int, driver: bool, start: int | None) -> None:
        who = {"driver_id": self.drivers[which % 3]} if driver else {"vehicle_id": self.vehicles[which % 3]}
        self._do(lambda: drop_out(self.session, DAY, "хворий", from_minute=start, **who))  # type: ignore[arg-type]

    @rule(which=WHICH)
    def come_after_all(self, which: int) -> None:
        with self.session.reading() as db:
            outs = stores.drop_outs.where(db, work_on=DAY)
        if outs:
            self._do(lambda: lift_drop_out(self.session, outs[which % len(outs)].id))

    @rule(which=WHICH, minute=HOURS)
    def break_down(self, which: int, minute: int | None) -> None:
        draft = read_draft(self.session, DAY)
        rescue = rescue_vehicle(draft, self.vehicles[which % 3], minute or 0, "коробка", lambda *_share: False)
        self._do(lambda: accept_rescue(self.session, rescue))

    @rule(which=WHICH, minute=HOURS)
    def spread(self, which: int, minute: int | None) -> None:
        def step(trip: TripRow) -> object:
            rescue = rescue_trip(read_draft(self.session, DAY), trip.id, minute or 0, lambda *_share: False)
            return accept_rescue(self.session, rescue)

        self._on_trip(which, step)

    @rule()
    def undo(self) -> None:
        """As far as the walk began."""
        target = history.next_undo(self.session)
        if target is not None and target.label not in MAKING:
            self._do(lambda: history.undo(self.session))

    @rule()
    def redo(self) -> None:
        self._do(lambda: history.redo(self.session))

    @invariant()
    def no_household_is_on_two_trips(self) -> None:
        on = Counter(stop.household_id for _trip, stop in self._standing())
        assert max(on.values(), default=0) <= 1

    @invariant()
    def nobody_disappears(self) -> None:
        """Each household stands on a trip, among the left over, has refused, or has left whole."""
        board = day_board(self.session, DAY)
        on = {stop.household_id for _trip, stop in self._standing()}
        waiting = {line.household.household_id for line in board.waiting}
        with self.session.reading() as db:
            words = {row.id: Decision(row.decision) for row in stores.households.all(db)}
        excused = {one for one, word in words.items() if word in GONE or word is Decision.REFUSED}
        for one in self.households:
            assert (one in on) + (one in waiting) == (1 if one not in excused else one in on), words[one]
        totals = board.totals
        assert min(totals.planned, totals.boarded, totals.arrived, totals.waiting, totals.ready) >= 0

    @invariant()
    def no_accepted_trip_breaks_a_rule(self) -> None:
        """But for what somebody did with a reason, and for those whose vehicle or driver cannot come any more."""
        for trip in day_board(self.session, DAY).trips:
            found = [one for one in trip.breaches if one.breach is not Breach.OUT]
            assert not found or trip.override_reason or trip.status is TripStatus.CANCELLED, found

    def _standing(self) -> list[tuple[TripRow, StopRow]]:
        with self.session.reading() as db:
            trips = {row.id: row for row in stores.trips.where(db, work_on=DAY)}
            stops = stores.stops.where(db, work_on=DAY, freed=False)
        takes = (StopResult.OPEN, StopResult.BOARDED)
        return [
            (trips[stop.trip_id], stop)
            for stop in stops
            if stop.result in takes and trips[stop.trip_id].status != TripStatus.CANCELLED
        ]

    def _on_trip(self, which: int, step: Callable[[TripRow], object]) -> None:
        trips = [trip for trip in trips_of(self.session) if trip.status != TripStatus.CANCELLED]
        if trips:
            self._do(lambda: step(trips[which % len(trips)]))

    def _on_stop(self, which: int, step: Callable[[StopRow], object]) -> None:
        stops = sorted((stop for _trip, stop in self._standing()), key=lambda stop: (stop.arrive, stop.id))
        if stops:
            self._do(lambda: step(stops[which % len(stops)]))

    def _do(self, step: Callable[[], object]) -> None:
        try:
            step()
        except UserError:
            return


FEW = settings(max_examples=5, stateful_step_count=15, deadline=None)

TestDay = Day.TestCase
TestDay.settings = settings() if settings.get_current_profile_name() == "many" else FEW
