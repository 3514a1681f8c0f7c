"""References that no foreign key guards are found where they name nobody."""

from __future__ import annotations

from coordinator.domain.events import EventKind
from coordinator.services import decisions, duplicates, history, households
from coordinator.session import Session
from db import stores
from db.loose import dangling
from tests.builders import DAY, add_household, add_pair, person_ids


def test_a_whole_register_has_no_dangling_reference(session: Session) -> None:
    """Nor has one that says nothing where there is nobody to name: events without a trip, and no trips at all."""
    decisions.record_departure(session, add_household(session), EventKind.BY_US, DAY)
    with session.reading() as db:
        assert dangling(db) == []


def test_merging_and_deleting_leave_nothing_that_names_nobody(session: Session) -> None:
    for same in (True, False):
        first, second = add_household(session, "Коваль"), add_household(session, "Коваль" if same else "Гук")
        duplicates.same(session, add_pair(session, first, second))
        households.remove_household(session, first)
        with session.reading() as db:
            assert dangling(db) == []
            assert stores.households.get(db, second) is None
        history.undo(session)
        with session.reading() as db:
            assert stores.households.get(db, second) is not None


def test_a_household_that_is_deleted_escorts_nobody(session: Session) -> None:
    child, aunt = (person_ids(session, add_household(session, name))[0] for name in ("Коваль", "Гук"))
    households.set_escort(session, child, aunt, "aunt")
    with session.reading() as db:
        row = stores.people.get(db, aunt)
    assert row is not None
    households.remove_household(session, row.household_id)
    with session.reading() as db:
        assert dangling(db) == []


def test_references_to_rows_that_are_gone_are_counted_by_table_and_column(session: Session) -> None:
    household_id = add_household(session, people=3)
    with session.act("test") as act:
        for person_id in person_ids(session, household_id)[1:]:
            stores.people.change(act.db, person_id, escort_id="nobody")
        stores.households.change(act.db, household_id, head_id="nobody")
    with session.reading() as db:
        assert sorted(dangling(db)) == [("household", "head_id", 1), ("person", "escort_id", 2)]
