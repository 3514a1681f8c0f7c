"""Results from a sheet: every line that can be used in one action, everything else set aside and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.days import moment_of
from coordinator.domain.household import Household, expected_people
from coordinator.domain.names import clean, split_name
from coordinator.domain.person import Person, age_on
from coordinator.domain.trip import TAKES_A_PLACE, StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.exchange.incoming import Remark
from coordinator.exchange.results_sheet import ResultLine, ResultsRead
from coordinator.outcome import Outcome
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.services.arrival import enter_arrival
from coordinator.services.met import enter_joined, enter_met
from coordinator.services.results import StopEntry, enter_result
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Act, Session
from db import stores
from db.rows import StopRow, TripRow

MOST_MET = 50
"""People in one line for those met on the way; more is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class ResultsApplied:
    """rows_read = applied + unchanged + set_aside + blank. `arrived`: numbers of trips that arrived by this sheet."""

    rows_read: int
    applied: int
    unchanged: int
    blank: int
    boarded: int
    arrived: tuple[int, ...]
    set_aside: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


class _NothingNew(Exception):
    """No line changed anything: the action is not kept."""


def apply_results(session: Session, day: date, read: ResultsRead, source: str = "") -> Outcome[ResultsApplied]:
    """Enter the lines of a results sheet for the lists of `day`, in one action with one undo.

    Trips arrive after all stops, wherever their line stands. A line that says what the register says already is
    unchanged, so the same sheet twice does no harm. A correction of what was recorded needs its note as the reason.
    """
    try:
        with session.act("apply_results", source=source, day=day.isoformat()) as act:
            sheet = _Sheet(act, day, read)
            applied = sheet.apply()
            if not applied.applied:
                raise _NothingNew
        return act.outcome(applied)
    except _NothingNew:
        return Outcome(applied)


@dataclass(slots=True)
class _Sheet:
    act: Act
    day: date
    read: ResultsRead
    set_aside: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    changed: int = 0
    same: int = 0
    boarded: int = 0
    arrived: list[int] = field(default_factory=list)
    named: set[int | None] = field(default_factory=set)
    matched: set[int | None] = field(default_factory=set)
    """Lists whose stops the sheet names, and those of them with a stop that was found."""

    def apply(self) -> ResultsApplied:
        self.set_aside, self.warnings = list(self.read.set_aside), list(self.read.warnings)
        stops = [line for line in self.read.lines if not line.arrived and not line.along]
        for line in stops:
            self._try(line, self._stop)
        self.named = {line.list_number for line in stops}
        for line in self.read.lines:
            if line.along:
                self._try(line, self._along)
        for line in self.read.lines:
            if line.arrived:
                self._try(line, self._arrival)
        return ResultsApplied(
            self.read.rows_read, self.changed, self.same, self.read.blank, self.boarded, tuple(self.arrived),
            tuple(self.set_aside), tuple(self.warnings),
        )  # fmt: skip

    def _try(self, line: ResultLine, enter: Callable[[ResultLine], bool]) -> bool:
        """One line, whole or not at all; False where it was set aside."""
        try:
            with self.act.step():
                changed = enter(line)
        except UserError as fault:
            self.set_aside.append(Remark(fault.code, line.at, fault.facts))
            return False
        self.changed += changed
        self.same += not changed
        return True

    def _stop(self, line: ResultLine) -> bool:
        stop, household = self._find_stop(line)
        self.matched.add(line.list_number)
        result = line.result or StopResult.OPEN
        people = self._people(line, stop, household) if result is StopResult.BOARDED else None
        recorded = enter_result(self.act, stop.id, StopEntry(result, line.note, people, self._moment(line), line.note))
        self.boarded += recorded.boarded if recorded.changed else 0
        return recorded.changed

    def _arrival(self, line: ResultLine) -> bool:
        trip = self._trip(line)
        if trip.status == TripStatus.ARRIVED:
            return False
        arrival = enter_arrival(self.act, trip.id, self._moment(line))
        self.arrived.append(trip.number)
        if arrival.open_stops:
            facts: dict[str, object] = {"list": trip.number, "count": arrival.open_stops}
            self.warnings.append(Remark("results.arrived_with_open_stops", line.at, facts))
        return True

    def _along(self, line: ResultLine) -> bool:
        """People met on the way: of the register by their number, or nobody knew them."""
        trip = self._trip(line)
        if line.household is None:
            return self._stranger(line, trip)
        household = self._household(line.household)
        if stores.passengers.where(self.act.db, trip_id=trip.id, household_id=household.id):
            return False
        chosen = None
        if line.boarded is not None or line.members:
            at_home = Presence.on(self.act.db, [p.id for p in household.people], self.day).of(household)
            chosen = self._choose(line, list(at_home) or list(household.people), household)
        self.boarded += enter_joined(self.act, trip.id, household.id, chosen).people
        return True

    def _stranger(self, line: ResultLine, trip: TripRow) -> bool:
        count = 1 if line.boarded is None else line.boarded
        if not 1 <= count <= MOST_MET:
            raise UserError("results.met_count", count=count, most=MOST_MET)
        if self._entered_before(line, trip):
            return False
        people = (MemberDraft(split_name(line.who)), *(MemberDraft() for _person in range(count - 1)))
        draft = HouseholdDraft(settlement_text=clean(line.settlement), people=people, note=line.note)
        self.boarded += enter_met(self.act, trip.id, draft).people
        return True

    def _entered_before(self, line: ResultLine, trip: TripRow) -> bool:
        """The same name came along on this trip already: the sheet is read a second time."""
        met = {row.household_id for row in stores.passengers.where(self.act.db, trip_id=trip.id, met=True)}
        name = split_name(line.who)
        households = load_households(self.act.db, list(met))
        return bool(name) and any(person.name == name for one in households for person in one.people)

    def _trip(self, line: ResultLine) -> TripRow:
        """The list of the line. A sheet of another day must not close a trip of this one."""
        if line.list_day not in (None, self.day):
            raise UserError("results.other_day", list_day=line.list_day, day=self.day)
        if (line.along or line.arrived) and line.list_number in self.named - self.matched:
            raise UserError("results.list_of_another_day", list=line.list_number, day=self.day)
        found = [
            trip
            for trip in stores.trips.where(self.act.db, work_on=self.day, number=line.list_number)
            if line.list_number is not None
        ]
        if not found:
            raise UserError("results.no_such_list", list=line.list_number or "–", day=self.day)
        return found[0]

    def _household(self, number: int) -> Household:
        rows = [row for row in stores.households.where(self.act.db, number=number) if row.merged_into is None]
        if not rows:
            raise UserError("results.no_such_household", number=number)
        return load_households(self.act.db, [rows[0].id])[0]

    def _find_stop(self, line: ResultLine) -> tuple[StopRow, Household]:
        """The stop of a household on the list named, or on the one list of the day that has it."""
        if line.household is None:
            raise UserError("results.no_household")
        if line.list_day not in (None, self.day):
            raise UserError("results.other_day", list_day=line.list_day, day=self.day)
        wanted = self._trip(line).id if line.list_number is not None else None
        household = self._household(line.household)
        stops = stores.stops.where(self.act.db, household_id=household.id, work_on=self.day)
        stops = [stop for stop in stops if wanted in (None, stop.trip_id)]
        if not stops:
            raise UserError("results.not_on_list", number=household.number, list=line.list_number or "–")
        return max(stops, key=lambda s: (not s.freed, StopResult(s.result) in TAKES_A_PLACE, s.id)), household

    def _people(self, line: ResultLine, stop: StopRow, household: Household) -> list[str] | None:
        """Who boarded; None: all who were expected."""
        if line.boarded is None and not line.members:
            return None
        presence = Presence.on(self.act.db, [person.id for person in household.people], self.day)
        at_door = presence.of(household, stop.trip_id)
        expected = expected_people(household, at_door, self.day)
        return self._choose(line, list(at_door if (line.boarded or 0) > len(expected) else expected), household)

    def _choose(self, line: ResultLine, expected: list[Person], household: Household) -> list[str]:
        if line.members:
            chosen = [person.id for person in household.people if person.position in line.members]
            if len(chosen) < len(line.members):
                raise UserError("results.not_of_household", number=household.number)
            return chosen
        count = line.boarded or 0
        if count > len(expected):
            self._warn(line, "results.more_boarded", household, count=count, people=len(expected))
        if not 0 < count < len(expected):
            return [person.id for person in expected] if count else []
        # Nobody said who. A child never travels without an adult: one of them first. The warning asks to look.
        children = [person for person in expected if age_on(person.birth, self.day).is_child]
        adults = [person for person in expected if person not in children]
        first = [*adults[:1], *children, *adults[1:]]
        self._warn(line, "results.who_assumed", household, count=count, people=len(expected))
        return [person.id for person in first[:count]]

    def _warn(self, line: ResultLine, code: str, household: Household, **facts: object) -> None:
        self.warnings.append(Remark(code, line.at, {"number": household.number, **facts}))

    def _moment(self, line: ResultLine) -> datetime | None:
        """UserError "time.twice", "time.never": the line is set aside until somebody says which time it was."""
        return None if line.time is None else moment_of(self.day, line.time, line.turn)
