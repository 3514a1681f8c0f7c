"""Many new rows at once are logged together, and the log says the same as if they had come one by one."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from coordinator.queries.household import household_card
from coordinator.services import history, households, imports
from coordinator.session import Session
from db import stores, tables
from db.ids import new_id
from db.journal import changes_of_rows
from db.rows import HouseholdRow, PersonRow
from db.stores.base import _MANY
from tests.services.lists import household, people_list, person

MOMENT = datetime(2023, 8, 14, 6, 3, tzinfo=UTC)
CONTENT = [model._meta.table_name for model in tables.JOURNALLED]


def families(first: int, count: int) -> tuple[list[HouseholdRow], list[PersonRow]]:
    """Rows with everything that a log has to take care of: blanks, quotes, nothing, days, moments, truth."""
    heads = [
        HouseholdRow(
            new_id(), number, street=("", "вул. \"Миру\" \\ 'а'")[number % 2], pets="кіт\n2" if number % 3 else "",
            wants_on=date(2023, 8, 15) if number % 5 == 0 else None, part_stays=number % 7 == 0, created_at=MOMENT,
            search_text=f"{number} миру", sort_key="а", luggage=number % 4 or None, source="people",
        )
        for number in range(first, first + count)
    ]  # fmt: skip
    people = [
        PersonRow(new_id(), head.id, 1, surname="Гук", stated_child=(None, True, False)[head.number % 3], sort_key="г")
        for head in heads
    ]
    return heads, people


def logged(session: Session, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    with session.reading() as db:
        rows = changes_of_rows(db, {"household": ids, "person": ids})
    unnamed = [(change.table, change.kind, dict(change.fields)) for change, _action in rows]
    for _table, _kind, fields in unnamed:
        fields.pop("number", None)
        fields.pop("household_id", None)
    return unnamed


def content(session: Session) -> dict[str, list[Any]]:
    with session.reading() as db:
        return {name: sorted(db.rows(f'SELECT * FROM "{name}"'), key=repr) for name in CONTENT}


def test_the_log_of_many_is_that_of_each(session: Session) -> None:
    count = 210 * (_MANY // 210 + 1)
    many, each = families(1, count), families(count + 1, count)
    with session.act("seed") as act:
        stores.households.add(act.db, many[0])
        stores.people.add(act.db, many[1])
    with session.act("seed") as act:
        for store, rows in ((stores.households, each[0]), (stores.people, each[1])):
            for row in rows:
                store.add(act.db, [row])  # type: ignore[attr-defined]
    at_once, one_by_one = (logged(session, [row.id for rows in both for row in rows]) for both in (many, each))
    assert len(at_once) == 2 * count
    assert at_once == one_by_one
    assert not any({"search_text", "sort_key", "merged_into"} & fields.keys() for _table, _kind, fields in at_once)
    with session.reading() as db:
        assert stores.households.all(db) == [*many[0], *each[0]]
        assert stores.people.all(db) == [*many[1], *each[1]]


def test_many_are_refused_outside_an_action_and_none_stays_unlogged(session: Session) -> None:
    heads, _people = families(1, _MANY)
    with pytest.raises(IntegrityError, match="write outside an action"):
        stores.households.add(session._writer, heads)
    with session.act("seed") as act:
        with suppress(IntegrityError):
            stores.households.add(act.db, [*heads, heads[0]])
        stores.households.add(act.db, [families(_MANY + 1, 1)[0][0]])
    with session.reading() as db:
        there = {row.id for row in stores.households.all(db)}
        told = {row[0] for row in db.rows("SELECT row_id FROM change_log WHERE \"table\" = 'household'")}
        assert db.rows("SELECT * FROM action_scope") == []
    assert there == told and 1 < len(there) <= _MANY + 1


def test_a_large_import_is_taken_back_and_done_again_field_for_field(session: Session) -> None:
    households.add_household(session, households.HouseholdDraft(note="була раніше"))
    start = content(session)
    said = people_list(
        *[
            household(person(f"Гук Олена {number}", 1950), person("Гук Марко", 2012), house=str(number))
            for number in range(1, _MANY + 1)
        ]
    )
    report = imports.apply_import(session, imports.preview_list(session, said)).value
    end = content(session)
    assert len(end["household"]) == _MANY + 1 and len(end["person"]) == 2 * _MANY
    for _time in range(2):
        history.undo(session)
        assert content(session) == start
        history.redo(session)
        assert content(session) == end
    kept = next(row for row in end["household"] if row[1] == 7)[0]
    households.edit_household(session, kept, pets="кіт")
    undone = history.undo_action(session, report.action_id).value
    assert undone.kept and content(session)["household"][0][0] in {kept, start["household"][0][0]}
    assert len(content(session)["household"]) == 2
    changes = household_card(session, kept).history[0].changes
    assert [(change.column, change.old, change.new) for change in changes] == [("pets", "", "кіт")]
