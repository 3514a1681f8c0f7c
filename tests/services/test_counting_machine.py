"""Whatever is recorded, corrected, taken back, undone, merged and reported: every figure is what is counted by hand.

Counting by hand begins at the rows of the register and at the journal, and shares nothing with the program's counting.
Few walks in the normal run; many by hand: see CONTRIBUTING.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from coordinator.domain.counted_parts import Part, parts
from coordinator.domain.counting import ALL_WHO_LEFT, OURS, THEMSELVES, daily, moves, people, running
from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.figures import Events, Persons
from coordinator.domain.ledger import Fact
from coordinator.domain.person import AgeGroup, Need, Sex
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.outcome import Touched
from coordinator.queries.charts import CHARTS, Span, Wish, chart
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.counts import dashboard
from coordinator.queries.coverage import counted_people, coverage
from coordinator.queries.day_map import day_map
from coordinator.queries.ledger import Book, book, standings
from coordinator.queries.registry import registry
from coordinator.queries.reports import reports
from coordinator.queries.summary import daily_summary
from coordinator.register import create_register, open_register
from coordinator.report_book import summary_totals
from coordinator.services import decisions, duplicates, history
from coordinator.services.arrival import trip_arrived
from coordinator.services.reports import freeze_report
from coordinator.services.results import record_stop
from coordinator.session import Session
from db import stores
from tests import naive_counts as by_hand
from tests.builders import add_household, add_hubs, add_pair, add_settlement, add_vehicle, on_trip, stop_of
from tests.conftest import PASSPHRASE

FIRST, DAYS = date(2023, 8, 9), 6
LAST = FIRST + timedelta(days=DAYS - 1)
KYIV = ZoneInfo("Europe/Kyiv")
WHICH, BACK = st.integers(0, 7), st.integers(0, DAYS - 1)
_BEGUN: dict[str, Path] = {}


def begun() -> Path:
    """A register with two villages and a vehicle, made once: every walk begins with a copy."""
    if "folder" not in _BEGUN:
        with create_register(Path(tempfile.mkdtemp()) / "centre", PASSPHRASE) as session:
            add_hubs(session)
            for name in ("Подоли", "Петропавлівка"):
                add_settlement(session, name)
            add_vehicle(session, seats=50, licence="D")
            _BEGUN["folder"] = session.folder
    return _BEGUN["folder"]


class Counting(RuleBasedStateMachine):
    """Each step is a verb of the program; one that a rule refuses changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        place = Path(self.open.enter_context(tempfile.TemporaryDirectory()))
        folder = shutil.copytree(begun(), place / "centre.register")
        self.now = datetime(2023, 8, 9, 15, tzinfo=UTC)
        self.session: Session = self.open.enter_context(open_register(folder, PASSPHRASE, clock=self._clock))
        self.house = 0
        self.frozen: dict[str, Any] = {}
        self.book: Book | None = None
        self.memory = CountMemory(self.session)
        self.session.add_listener(self.memory.hear)

    def _clock(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    @initialize()
    def two_families(self) -> None:
        self.family(4, 2, 0)
        self.family(3, 1, 1)

    @rule(size=st.integers(1, 4), children=st.integers(0, 3), where=st.integers(0, 1))
    def family(self, size: int, children: int, where: int) -> None:
        if self.house < 6:
            self.house += 1
            add_household(
                self.session, "Коваль", ("Подоли", "Петропавлівка")[where], size, min(children, size - 1),
                Decision.PACKED, needs=(Need.WHEELCHAIR,) if size == 2 else (), house=str(self.house),
            )  # fmt: skip

    @rule()
    def another_day(self) -> None:
        if self.now.date() < LAST:
            self.now = datetime(self.now.year, self.now.month, self.now.day, 15, tzinfo=UTC) + timedelta(days=1)

    @rule(which=WHICH, back=BACK, kind=st.sampled_from([EventKind.BY_US, EventKind.OTHER_ORGANISATION]))
    def leave(self, which: int, back: int, kind: EventKind) -> None:
        home, day = self._household(which), self._day(back)
        self._do(lambda: decisions.record_departure(self.session, home, kind, day, "Янголи"))

    @rule(which=WHICH, back=BACK, word=st.sampled_from([Decision.LEFT_THEMSELVES, Decision.RETURNED]))
    def leave_alone_or_come_back(self, which: int, back: int, word: Decision) -> None:
        home, day = self._household(which), self._day(back)
        self._do(lambda: decisions.record_decision(self.session, home, Said(word, on=day)))

    @rule(which=WHICH, back=BACK, word=st.none() | st.sampled_from([Decision.LEFT_THEMSELVES, Decision.PACKED]))
    def one_of_them(self, which: int, back: int, word: Decision | None) -> None:
        person, day = self._person(which), self._day(back)
        said = Said(word, on=day) if word else None
        self._do(lambda: decisions.decide_person(self.session, person, said))

    @rule(which=WHICH)
    def departure_was_a_mistake(self, which: int) -> None:
        home = self._household(which)
        self._do(lambda: decisions.record_decision(self.session, home, Said(Decision.PACKED)))

    @rule(which=WHICH, aboard=st.integers(0, 4))
    def by_trip(self, which: int, aboard: int) -> None:
        """Some of a family board; the trip arrives."""
        home, day = self._household(which), self.now.date()

        def drive() -> None:
            with self.session.reading() as db:
                (vehicle,) = stores.vehicles.all(db)
            trip = on_trip(self.session, vehicle.id, home, day=day)
            members = self._members(home)[: aboard + 1]
            record_stop(self.session, stop_of(self.session, home, day).id, StopResult.BOARDED, boarded=members)
            trip_arrived(self.session, trip)

        self._do(drive)

    @rule(one=WHICH, other=WHICH)
    def merge(self, one: int, other: int) -> None:
        ids = sorted({self._household(one), self._household(other)})
        with self.session.reading() as db:
            known = stores.pairs.where(db, first_id=ids[0], second_id=ids[-1])
        if len(ids) == 2 and not known:
            pair = add_pair(self.session, *ids)
            self._do(lambda: duplicates.same(self.session, pair))

    @rule(which=WHICH, year=st.sampled_from([1940, 2000, 2006, 2015, 2021]))
    def age_is_corrected(self, which: int, year: int) -> None:
        person = self._person(which)
        with self.session.act("edit_person") as act:
            stores.people.change(act.db, person, birth_year=year)
            act.touch(Touched.HOUSEHOLDS)

    @rule()
    def undo(self) -> None:
        """Not so far that nobody is left."""
        target = history.next_undo(self.session)
        if target is not None and target.label != "add_household":
            self._do(lambda: history.undo(self.session))

    @rule()
    def redo(self) -> None:
        self._do(lambda: history.redo(self.session))

    @rule(back=BACK)
    def freeze(self, back: int) -> None:
        day = self._day(back)
        self._do(lambda: freeze_report(self.session, day, "ОВА"))
        with self.session.reading() as db:
            for row in stores.reports.all(db):
                self.frozen.setdefault(row.id, row)

    @invariant()
    def frozen_reports_never_change(self) -> None:
        with self.session.reading() as db:
            assert {row.id: row for row in stores.reports.all(db)} == self.frozen

    @invariant()
    def every_figure_is_what_is_counted_by_hand(self) -> None:
        facts, told = facts_by_hand(self.session), told_by_hand(self.session)
        self.book = book(self.session, self.book)
        ledger = self.book.ledger
        assert Counter(ledger.facts) == Counter(facts)
        assert ledger.facts == book(self.session).ledger.facts
        for kinds in (OURS, THEMSELVES, ALL_WHO_LEFT):
            words = [kind.value for kind in kinds]
            counted = by_hand.happened(facts, FIRST, LAST, words)
            whole = people(ledger, FIRST, LAST, kinds)
            assert isinstance(whole.all, Persons) and isinstance(moves(ledger, FIRST, LAST, kinds), Events)
            assert (set(whole.adults.ids), set(whole.children.ids), set(whole.unknown.ids)) == by_hand.split(counted)
            assert moves(ledger, FIRST, LAST, kinds).value == len(counted)
            for day, line in zip(by_hand.days(FIRST, LAST), daily(ledger, FIRST, LAST, kinds), strict=True):
                of_day = by_hand.happened(facts, day, day, words)
                first = by_hand.as_first_reported(facts, day, words, told)
                assert (line is None) == (first is None)
                assert (set(line.now.ids) if line else set()) == {fact.person_id for fact in of_day}
                if line is not None and first is not None:
                    assert set(line.first.ids) == set().union(*first)
            for one in running(ledger, FIRST, LAST, kinds):
                upto = by_hand.happened(facts, FIRST, one.day, words)
                assert set(one.total.ids) == {fact.person_id for fact in upto}
            for part in Part:
                found = parts(ledger, part, FIRST, LAST, kinds)
                assert {mark: set(split.ids) for mark, split in found.items()} == by_hand.marks(counted, part.value)

    @invariant()
    def what_follows_is_what_is_counted_anew(self) -> None:
        anew = CountMemory(self.session)
        for key in CHARTS:
            for wish in (Wish(Span.ALL), Wish(Span.TEN_DAYS, organisation="Янголи", fine=True)):
                told, counted = (chart(memory, key, wish, self.now.date()) for memory in (self.memory, anew))
                assert replace(told, as_of=counted.as_of) == counted
        assert self.memory.choices() == anew.choices()
        for day in (FIRST, self.now.date()):
            for page in (dashboard, day_map):
                told, counted = page(self.session, day, self.memory), page(self.session, day)
                assert replace(told, as_of=counted.as_of) == counted

    @invariant()
    def a_report_adds_up_and_nothing_is_negative(self) -> None:
        facts, day = facts_by_hand(self.session), self.now.date()
        lines = daily_summary(self.session, day)
        total = summary_totals(lines, day)
        ours = {fact.person_id for fact in by_hand.happened(facts, day, day, ["by_us"])}
        ever = {fact.person_id for fact in by_hand.happened(facts, date.min, day, ["by_us"])}
        assert (total.people, total.total) == (len(ours), len(ever))
        numbers = [
            getattr(line, name) for line in lines for name in ("people", "children", "total", "alone", "refused")
        ]
        assert min(numbers, default=0) >= 0
        assert all(line.women + line.men + line.children <= line.people <= line.total for line in lines)
        with self.session.reading() as db:
            known = list(counted_people(db, day))
            assert known == list(counted_people(db, day, ledger=book(self.session).ledger))
        for on, told in ((day, lines), (FIRST, daily_summary(self.session, FIRST))):
            remaining = sum(line.remaining for line in coverage(self.session, on))
            assert sum(line.remaining for line in told) == remaining == dashboard(self.session, on).people_there
            assert sum(row.at_home for row in registry(self.session, on)) == len(self._there(on) - self._aboard(on))
        assert sum(line.known for line in coverage(self.session, day)) == len({one.id for one in known})

    @invariant()
    def decisions_over_time_end_where_households_stand(self) -> None:
        with self.session.reading() as db:
            now = {row.id: row.decision for row in stores.households.all(db) if row.merged_into is None}
        (standing,) = standings(self.session).by_day(self.now.date(), self.now.date())
        assert {home: decision for decision, homes in standing.households.items() for home in homes.ids} == now

    @invariant()
    def what_was_sent_and_what_is_known_differ_by_the_corrections(self) -> None:
        facts = facts_by_hand(self.session)
        found = reports(self.session, self.now.date())
        changed = {one.day: one for one in found.since_sent}
        for report in found.sent:
            now = by_hand.split(by_hand.happened(facts, report.day, report.day, ["by_us"]))
            last = next(one for one in found.sent if one.day == report.day)
            sent = next((c.people.now for one in found.sent if one.number >= last.number
                         for c in one.content.corrections if c.day == report.day), last.figures.people)  # fmt: skip
            told = changed.get(report.day)
            assert (told.people.now if told else sent) == len(set().union(*now))
            if told is not None:
                assert told.people.sent == sent

    def teardown(self) -> None:
        self.open.close()

    def _there(self, on: date) -> set[str]:
        with self.session.reading() as db:
            return {one.id for one in counted_people(db, on) if "remaining" in one.what}

    def _aboard(self, on: date) -> set[str]:
        """On the way, and not arrived yet: at home they are no more."""
        with self.session.reading() as db:
            driving = {trip.id for trip in stores.trips.all(db) if trip.status != "arrived" and trip.work_on <= on}
            return {seat.person_id for seat in stores.passengers.all(db) if seat.trip_id in driving}

    def _do(self, step: Callable[[], object]) -> None:
        try:
            step()
        except UserError:
            return

    def _day(self, back: int) -> date:
        return max(FIRST, self.now.date() - timedelta(days=back))

    def _household(self, which: int) -> str:
        with self.session.reading() as db:
            rows = [row for row in stores.households.all(db) if row.merged_into is None]
        rows.sort(key=lambda row: row.number)
        return rows[which % len(rows)].id

    def _members(self, household_id: str) -> list[str]:
        with self.session.reading() as db:
            rows = stores.people.where(db, household_id=household_id)
        return [row.id for row in sorted(rows, key=lambda row: row.position)]

    def _person(self, which: int) -> str:
        with self.session.reading() as db:
            rows = sorted(stores.people.all(db), key=lambda row: (row.household_id, row.position))
        return rows[which % len(rows)].id


def told_by_hand(session: Session) -> list[tuple[date, date]]:
    """Days of which a trip that arrived or a frozen report spoke, and when."""
    with session.reading() as db:
        trips = [(trip.work_on, trip.arrived_at) for trip in stores.trips.all(db) if trip.status == "arrived"]
        sent = [(row.work_on, row.frozen_at) for row in stores.reports.all(db)]
    return [(day, at.astimezone(KYIV).date()) for day, at in (*trips, *sent) if at is not None]


def facts_by_hand(session: Session) -> list[Fact]:
    """The rows of the register read one by one; when an event was withdrawn is looked for in all of the journal."""
    with session.reading() as db:
        events, persons = stores.events.all(db), {row.id: row for row in stores.people.all(db)}
        needs, homes = stores.needs.all(db), {row.id: row for row in stores.households.all(db)}
        places = {row.id: row.hromada for row in stores.settlements.all(db)}
        changes = db.rows(
            """SELECT c.row_id, c.fields, a.done_at FROM change_log c JOIN action a ON a.id = c.action_id
               WHERE c."table" = 'event' AND c.kind = 'update' ORDER BY c.id"""
        )
    withdrawn = {}
    for row_id, fields, at in changes:
        if json.loads(fields).get("voided", [0, 0])[1]:
            withdrawn[row_id] = datetime.fromisoformat(at)
    found = []
    for event in events:
        person = persons[event.person_id]
        years = None if person.birth_year is None else event.occurred_on.year - person.birth_year
        gone = withdrawn.get(event.id, event.recorded_at) if event.voided else None
        place = event.settlement_id or homes[event.household_id].settlement_id
        found.append(
            Fact(
                event.id, event.person_id, event.household_id, EventKind(event.kind), event.occurred_on.toordinal(),
                event.recorded_at, event.recorded_at.astimezone(KYIV).toordinal(), gone,
                gone.astimezone(KYIV).toordinal() if gone else None, years, _group(years), Sex(person.sex),
                frozenset(Need(one.kind) for one in needs if one.person_id == person.id), place or "",
                places.get(place or "", ""), event.organisation,
            )
        )  # fmt: skip
    return found


def _group(years: int | None) -> AgeGroup:
    if years is None:
        return AgeGroup.UNKNOWN
    return AgeGroup.CHILD if years <= 18 else AgeGroup.SENIOR if years >= 60 else AgeGroup.ADULT


FEW = settings(max_examples=5, stateful_step_count=12, deadline=None)

TestCounting = Counting.TestCase
TestCounting.settings = settings() if settings.get_current_profile_name() == "many" else FEW
