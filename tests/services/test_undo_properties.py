"""Whatever was done, undoing all of it leads back to the beginning and doing it again to the end, across reopening."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind, chain_breaks
from coordinator.domain.fleet import Driver
from coordinator.domain.household import Address
from coordinator.domain.person import PersonName
from coordinator.domain.phones import parse_phones
from coordinator.domain.splitting import SplitPlan
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.errors import UserError
from coordinator.queries.day_records import back_of
from coordinator.queries.moving import NewTrip
from coordinator.register import create_register, open_register
from coordinator.services import decisions, duplicates, fleet, history, households, imports, moving, notices
from coordinator.services.arrival import trip_arrived
from coordinator.services.earlier_values import restore_value
from coordinator.services.rejoining import rejoin_household
from coordinator.services.results import record_stop
from coordinator.services.splitting import split_household
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from db import stores, tables
from db.connection import Database
from db.errors import Clash
from db.loose import dangling
from db.staying import Row
from db.undo import take_back
from tests.builders import DAY, add_household, add_hubs, add_pair, add_settlement, add_vehicle, stop_of
from tests.conftest import PASSPHRASE
from tests.services import row_by_row
from tests.services.lists import household, people_list, person

Step = tuple[str, int, int]
"""What to do, and two numbers that choose with whom and how."""

SURNAMES = ("Коваль", "Яворська", "Гук")


def _household(session: Session, at: int) -> str:
    with session.reading() as db:
        rows = [row for row in stores.households.all(db) if not row.merged_into]
    return sorted(rows, key=lambda row: row.number)[at % len(rows)].id


def _person(session: Session, at: int) -> str:
    with session.reading() as db:
        rows = sorted(stores.people.all(db), key=lambda row: row.id)
    return rows[at % len(rows)].id


def _members(session: Session, household_id: str) -> list[str]:
    with session.reading() as db:
        rows = stores.people.where(db, household_id=household_id)
    return [row.id for row in sorted(rows, key=lambda row: row.position)]


def _split(session: Session, household_id: str, how: int) -> object:
    members = _members(session, household_id)
    plan = SplitPlan(frozenset(members[: 1 + how % 2]), reasons=dict.fromkeys(members, "так"))
    return split_household(session, household_id, plan)


def _part(session: Session, at: int) -> str:
    with session.reading() as db:
        rows = [row for row in stores.households.all(db) if row.split_from_id and not row.merged_into]
    return sorted(rows, key=lambda row: row.number)[at % len(rows)].id


def _merge(session: Session, at: int, how: int) -> object:
    one, other = _household(session, at), _household(session, at + 1 + how)
    if one == other:
        raise UserError("pair.gone")
    first, second = sorted((one, other))
    with session.reading() as db:
        known = stores.pairs.where(db, first_id=first, second_id=second)
    return duplicates.same(session, known[0].id if known else add_pair(session, first, second))


def _escort(session: Session, at: int, how: int) -> object:
    return households.set_escort(session, _person(session, at), _person(session, how) if how % 3 else None, "parent")


def _vehicle(session: Session, at: int) -> str:
    with session.reading() as db:
        rows = sorted(stores.vehicles.all(db), key=lambda row: row.plate)
    return rows[at % len(rows)].id


def _trip(session: Session, at: int) -> str:
    with session.reading() as db:
        rows = sorted(stores.trips.all(db), key=lambda row: row.number)
    return rows[at % len(rows)].id


def _import(session: Session, at: int, how: int) -> object:
    people = (person(f"{SURNAMES[at % 3]} Олена", 1950 + how), person(f"{SURNAMES[at % 3]} Марко", 2012))
    said = people_list(household(*people, house=str(at), phone="0501112233", decision=Decision.PACKED))
    return imports.apply_import(session, imports.preview_list(session, said))


def _restore(session: Session, at: int, _how: int) -> object:
    with session.reading() as db:
        found = db.rows(
            """SELECT c.id, j.key FROM change_log c, json_each(c.fields) j
               WHERE c."table" IN ('household', 'person', 'contact', 'need') ORDER BY c.id, j.key"""
        )
    return restore_value(session, *found[at * 7 % len(found)])


STEPS: dict[str, Callable[[Session, int, int], object]] = {
    "add": lambda s, at, how: add_household(s, SURNAMES[at % 3], people=1 + how % 3, house=str(at), phone="0671112233"),
    "edit": lambda s, at, how: households.edit_household(s, _household(s, at), note=f"помітка {how}"),
    "address": lambda s, at, how: households.set_address(s, _household(s, at), Address("Лісова", str(how))),
    "phones": lambda s, at, how: households.set_contacts(s, _household(s, at), parse_phones(f"050111220{how % 10}")),
    "decide": lambda s, at, how: decisions.decide(
        s, _household(s, at), list(Decision)[how % len(Decision)], reason="так"
    ),
    "own": lambda s, at, how: decisions.decide_person(
        s, _person(s, at), Said(list(Decision)[how % len(Decision)], reason="так") if how else None
    ),
    "split": lambda s, at, how: _split(s, _household(s, at), how),
    "rejoin": lambda s, at, _how: rejoin_household(s, _part(s, at)),
    "move": lambda s, at, how: households.move_person(s, _person(s, at), _household(s, how), reason="так"),
    "person": lambda s, at, how: households.edit_person(
        s, _person(s, at), MemberDraft(PersonName(SURNAMES[how % 3], "Ганна"))
    ),
    "head": lambda s, at, _how: households.set_head(s, _person(s, at)),
    "off": lambda s, at, _how: households.remove_person(s, _person(s, at), "так"),
    "delete": lambda s, at, _how: households.remove_household(s, _household(s, at), "так"),
    "call": lambda s, at, how: notices.set_notice(s, _household(s, at), DAY, list(CallOutcome)[how % 3]),
    "driver": lambda s, at, _how: fleet.save_driver(s, Driver(None, f"Водій {at}", "0501234567")),
    "merge": _merge,
    "escort": _escort,
    "leave": lambda s, at, how: decisions.record_departure(
        s, _household(s, at), [EventKind.BY_US, EventKind.OTHER_ORGANISATION][how % 2], DAY - timedelta(days=how % 4)
    ),
    "trip": lambda s, at, how: moving.move_household(s, DAY, _household(s, at), NewTrip(_vehicle(s, how))),
    "off trip": lambda s, at, _how: moving.move_household(s, DAY, _household(s, at), None),
    "vehicle": lambda s, at, how: moving.set_trip_vehicle(s, _trip(s, at), _vehicle(s, how)),
    "boarded": lambda s, at, _how: record_stop(s, stop_of(s, _household(s, at)).id, StopResult.BOARDED),
    "arrived": lambda s, at, _how: trip_arrived(s, _trip(s, at)),
    "import": _import,
    "restore": _restore,
}


def do(session: Session, step: Step) -> None:
    """A step that a rule refuses, or for which nobody is there, changes nothing."""
    name, at, how = step
    with suppress(UserError, ZeroDivisionError, ValueError):
        STEPS[name](session, at, how)


def content(session: Session) -> dict[str, list[Any]]:
    """All rows of the register that undo answers for."""
    with session.reading() as db:
        return _rows(db)


def _rows(db: Database) -> dict[str, list[Any]]:
    names = [model._meta.table_name for model in tables.JOURNALLED]
    return {name: sorted(db.rows(f'SELECT * FROM "{name}"'), key=repr) for name in names}


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with create_register(tmp_path_factory.mktemp("undo") / "centre", PASSPHRASE) as session:
        add_settlement(session, "Подоли")
        return session.folder


@contextmanager
def copied(folder: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as place:
        yield Path(shutil.copytree(folder, Path(place) / folder.name))


def nothing_dangles(session: Session) -> None:
    with session.reading() as db:
        assert not db.rows("PRAGMA foreign_key_check")
        assert not dangling(db)


def contradictions(session: Session) -> set[tuple[object, ...]]:
    """Events of one person that cannot follow each other; vehicles and drivers in two trips at once."""
    with session.reading() as db:
        events = sorted(stores.events.where(db, voided=False), key=lambda e: (e.occurred_on, e.recorded_at, e.id))
        people = {event.person_id for event in events}
        found: set[tuple[object, ...]] = set()
        for one in people:
            moves = [(EventKind(event.kind), event.occurred_on) for event in events if event.person_id == one]
            found |= {(one, *broken) for broken in chain_breaks(moves)}
        stops = [stop for stop in stores.stops.all(db) if not stop.freed and stop.result in ("open", "boarded")]
        running = {stop.trip_id for stop in stops}
        trips = [trip for trip in stores.trips.all(db) if trip.id in running and trip.status != "cancelled"]
    for one, other in combinations(sorted(trips), 2):
        at_once = one.work_on == other.work_on and one.depart < back_of(other) and other.depart < back_of(one)
        same = one.vehicle_id == other.vehicle_id or (one.driver_id and one.driver_id == other.driver_id)
        if at_once and same:
            found.add((one.id, other.id))
    return found


def all_the_way(session: Session, verb: Callable[[Session], object]) -> int:
    """How often the verb could be done."""
    times = 0
    while True:
        try:
            verb(session)
        except UserError as error:
            assert error.code in ("undo.nothing", "redo.nothing")
            return times
        times += 1


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=10)
)
def test_all_is_undone_and_done_again_even_after_opening_anew(begun: Path, steps: list[Step]) -> None:
    with copied(begun) as folder:
        with open_register(folder, PASSPHRASE) as session:
            start = content(session)
            for step in [("add", 1, 1), ("add", 2, 2), *steps]:
                do(session, step)
            end = content(session)
        with open_register(folder, PASSPHRASE) as session:
            times = all_the_way(session, history.undo)
            assert content(session) == start
            assert all_the_way(session, history.redo) == times
            assert content(session) == end
            history.undo(session)
            history.redo(session)
            assert content(session) == end


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(set(STEPS) - {"import"})), st.integers(0, 9), st.integers(0, 9)), max_size=5
    )
)
def test_an_undone_import_leaves_nothing_half(begun: Path, steps: list[Step]) -> None:
    """Whatever came after it: who stays keeps their members, and nothing names a record that is gone."""
    with copied(begun) as folder, open_register(folder, PASSPHRASE) as session:
        families = people_list(
            household(person("Коваль Олена", 1950), person("Коваль Марко", 2012), phone="0501112233"),
            household(person("Гук Ганна", 1940), house="7"),
        )
        action_id = imports.apply_import(session, imports.preview_list(session, families)).value.action_id
        for step in steps:
            do(session, step)
        before = content(session)
        undone = history.undo_action(session, action_id).value
        nothing_dangles(session)
        if not steps:
            assert undone.kept == 0 and not content(session)["household"]
        history.redo(session)
        assert content(session) == before


TAKING_BACK: dict[str, Callable[[Session, str], object]] = {
    "undo": lambda session, _action_id: history.undo(session),
    "redo": lambda session, _action_id: history.redo(session),
    "undo_action": history.undo_action,
    "redo_action": history.redo_action,
}


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(set(STEPS) - {"import"})), st.integers(0, 9), st.integers(0, 9)),
        min_size=3,
        max_size=14,
    ),
    st.lists(st.tuples(st.sampled_from(sorted(TAKING_BACK)), st.integers(0, 20)), min_size=2, max_size=8),
)
def test_no_way_of_undoing_breaks_a_rule_or_leaves_a_name_of_nobody(
    begun: Path, steps: list[Step], taken: list[tuple[str, int]]
) -> None:
    """In whatever order; and what is refused changes nothing. What contradicts itself by hand may stay so."""
    with copied(begun) as folder, open_register(folder, PASSPHRASE) as session:
        add_hubs(session)
        add_vehicle(session, "AX0001AA")
        add_vehicle(session, "AX0002AA")
        for step in [("add", 1, 1), ("add", 2, 2)]:
            do(session, step)
        by_hand = contradictions(session)
        for step in steps:
            do(session, step)
            by_hand |= contradictions(session)
        for way, which in taken:
            with session.reading() as db:
                ids = [row[0] for row in db.rows("SELECT id FROM action ORDER BY rowid DESC LIMIT 30")]
            before = content(session)
            try:
                TAKING_BACK[way](session, ids[which % len(ids)])
            except UserError as error:
                assert error.code.startswith(("undo.", "redo.")), error.code
                assert content(session) == before
            nothing_dangles(session)
            assert contradictions(session) <= by_hand


class _TakenBackAgain(Exception):
    """Rolls the action back."""


@settings(max_examples=6, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 9), st.integers(0, 9)), max_size=6),
    st.integers(0, 9),
)
def test_many_rows_at_once_are_taken_back_as_one_by_one(begun: Path, steps: list[Step], which: int) -> None:
    with copied(begun) as folder, open_register(folder, PASSPHRASE) as session:
        for step in [("add", 1, 1), ("import", 1, 1), ("import", 2, 2), *steps]:
            do(session, step)
        with session.reading() as db:
            found = db.rows("SELECT DISTINCT action_id FROM change_log ORDER BY id")
        action_id = str(found[-1 - which % (len(found) - 1)][0])
        results = []
        for way in (_at_once, _one_by_one):
            try:
                with suppress(_TakenBackAgain), session.act("undo") as act:
                    kept = way(act.db, action_id)
                    results.append((kept, _rows(act.db)))
                    raise _TakenBackAgain
            except Clash:
                # Somebody comes back to a household that is gone: the verb refuses, whichever way it goes.
                results.append(([], {}))
        assert results[0] == results[1]


def _at_once(db: Database, action_id: str) -> list[Row]:
    return sorted(take_back(db, action_id).kept)


def _one_by_one(db: Database, action_id: str) -> list[Row]:
    return sorted((change.table, change.row_id) for change in row_by_row.take_back(db, action_id))
