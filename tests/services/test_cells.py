"""Cells typed or pasted: read with care, written as one action, and undone to the state before, field for field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.days import kyiv
from coordinator.domain.decision import Decision, Said
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.cells import READ_ONLY, CellKey, CellRead, Reading, Settled, read_cell, why_read_only
from coordinator.outcome import Touched
from coordinator.queries.cells import CellEdit, CellPlan, Target, plan_cells
from coordinator.queries.household import household_card
from coordinator.queries.imports import load_places
from coordinator.queries.registry import registry
from coordinator.queries.registry_filter import FIELDS
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.register import create_register
from coordinator.services import cells, fleet, history
from coordinator.session import Session
from db import tables
from resources.messages import SENTENCES
from tests import builders
from tests.builders import DAY
from tests.conftest import PASSPHRASE
from ui.tables.registry_columns import COLUMNS


@pytest.fixture
def home(session: Session) -> str:
    builders.add_settlement(session, "Подоли")
    builders.add_settlement(session, "Куп'янськ-Вузловий")
    return builders.add_household(session, "Коваль", children=1, phone="050 123 45 67 (сусідка)", note="корова")


def read(session: Session, key: CellKey, text: str) -> CellRead:
    with session.reading() as db:
        return read_cell(key, text, Reading(DAY, load_places(db).resolve))


def write(session: Session, household_id: str, key: CellKey, text: str) -> None:
    found = read(session, key, text)
    assert not found.problem, found.problem
    cells.set_cell(session, CellEdit(household_id, key, found.value))


def plan(session: Session, *targets: tuple[str, str, str], empty: bool = False) -> CellPlan:
    made = [Target(household_id, column, text, "") for household_id, column, text in targets]
    return plan_cells(session, RegistryMemory(session), made, DAY, empty=empty)


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        (CellKey.PHONES, "80501234567", "050 123 45 67"),
        (CellKey.PHONES, "380671234567.0", "067 123 45 67"),
        (CellKey.AGAIN, "+2", "17.08.2023"),
        (CellKey.AGAIN, "17 серпня 2023", "17.08.2023"),
        (CellKey.WANTS, "2023-08-20", "20.08.2023"),
        (CellKey.DECISION, "зібрані, готові", "Packed, ready"),
        (CellKey.DECISION, "Wants pickup 17.08.2023", "Wants pickup 17.08.2023"),
        (CellKey.DECISION, "відмовляються їхати", "Refused"),
        (CellKey.ADDRESS, "вул. Миру, буд. 12, кв. 3", "Миру, 12, кв. 3"),
        (CellKey.SETTLEMENT, "с. Подоли", "Подоли"),
        (CellKey.HEAD, "КОВАЛЬ дар'я іванівна", "Коваль Дар'я Іванівна"),
        (CellKey.NOTE, "собака\n\n  і кіт ", "собака і кіт"),
    ],
)
def test_text_is_read_as_it_is_meant(session: Session, home: str, key: CellKey, text: str, shown: str) -> None:
    assert read(session, key, text).shown == shown


@pytest.mark.parametrize(
    ("key", "text", "problem", "remark"),
    [
        (CellKey.AGAIN, "31.02", "cell.no_day", ""),
        (CellKey.AGAIN, "15.08.2031", "cell.no_day", ""),
        (CellKey.WANTS, "12/8/2023 р.", "cell.day_unclear", ""),
        (CellKey.DECISION, "синя", "cell.decision_unknown", ""),
        (CellKey.DECISION, "Евакуйовані", "cell.decision_evacuated", ""),
        (CellKey.HEAD, "???", "cell.no_name", ""),
        (CellKey.NOTE, "а" * 2001, "cell.long", ""),
        (CellKey.PHONES, "дзвонити сину", "", "cell.phone_unread"),
        (CellKey.SETTLEMENT, "хутір за лісом", "", "cell.settlement_unknown"),
        (CellKey.ADDRESS, "с. Подоли", "", "cell.address_whole"),
    ],
)
def test_what_cannot_be_used_says_why(
    session: Session, home: str, key: CellKey, text: str, problem: str, remark: str
) -> None:
    found = read(session, key, text)
    assert (found.problem, found.remark) == (problem, remark)
    assert {code for code in (problem, remark) if code} <= SENTENCES.keys()


def test_every_column_can_be_written_or_says_why_not() -> None:
    """Also a column that is added later and that nobody has thought of here."""
    named = {key.value for key in CellKey} | READ_ONLY.keys()
    assert named >= {column.key for column in COLUMNS} | FIELDS.keys()
    assert {why_read_only(key.value) for key in CellKey} == {""}
    assert {why_read_only(column) for column in (*READ_ONLY, "new")} <= SENTENCES.keys()


def test_one_cell_is_one_action_with_its_own_name(session: Session, home: str) -> None:
    steps = (
        (CellKey.PHONES, "067 765 43 21, 0501234567", "set_contacts"),
        (CellKey.HOUSE, "12а", "set_address"),
        (CellKey.NOTE, "дві корови", "edit_household"),
        (CellKey.SETTLEMENT, "Купянськ-вузловий", "edit_household"),
        (CellKey.WANTS, "17.08", "decide"),
        (CellKey.AGAIN, "18.08", "ask_again"),
        (CellKey.HEAD, "Коваль Софія", "rename_head"),
    )
    for key, text, label in steps:
        write(session, home, key, text)
        target = history.next_undo(session)
        assert target is not None and (target.label, target.facts["number"]) == (label, 1)
    card = household_card(session, home)
    household = card.household
    phones = [(one.e164, one.note) for one in household.contacts]
    assert phones == [("+380677654321", ""), ("+380501234567", "сусідка")], "a phone that stays keeps whose it is"
    assert (household.address.street, household.address.house) == ("вул. Садова", "12а")
    assert (card.settlement, household.note) == ("Куп'янськ-Вузловий", "дві корови")
    assert (household.decision, household.wants_on) == (Decision.WANTS_PICKUP, date(2023, 8, 17))
    assert household.again_at is not None and kyiv(household.again_at).replace(tzinfo=None) == datetime(2023, 8, 18, 8)
    (row,) = registry(session, DAY)
    assert (row.head, row.again_on) == ("Коваль Софія", date(2023, 8, 18))
    assert "софія" in row.search_text and "0677654321" in row.search_text


def test_a_plan_tells_changes_from_what_is_the_same_and_what_cannot_be(session: Session, home: str) -> None:
    made = plan(
        session, (home, "note", "корова"), (home, "phones", "+38 050 1234567"), (home, "pets", "  "),
        (home, "decision", "Packed, ready"), (home, "people", "5"), (home, "phones", "у сусідки"),
        (home, "again", "колись"), (home, "flat", "7"),
        (home, "settlement", "podoly"),
    )  # fmt: skip
    assert (made.same, made.blank) == (4, 1)
    assert [(change.column, change.new, change.problem) for change in made.changes] == [
        ("people", "5", "cell.people_counted"),
        ("phones", "у сусідки", "cell.phone_replaces"),
        ("again", "колись", "cell.no_day"),
        ("flat", "7", ""),
    ]
    assert [change.new for change in plan(session, (home, "note", ""), empty=True).changes] == [""]


def test_a_block_is_one_action_and_what_a_rule_refuses_is_named(session: Session, home: str) -> None:
    builders.add_settlement(session, "Ківшарівка")
    forced = builders.add_household(session, "Мороз", "Ківшарівка", people=3, children=2)
    order = ZoneOrder(None, str(builders.settlement_id(session, "Ківшарівка")), "", OrderKind.FORCED, DAY)
    fleet.save_zone_order(session, order)
    refuses = Said(Decision.REFUSED)
    edits = [
        CellEdit(home, CellKey.DECISION, refuses),
        CellEdit(forced, CellKey.DECISION, refuses),
        CellEdit(forced, CellKey.NOTE, "двоє дітей"),
        CellEdit(home, CellKey.SETTLEMENT, Settled(None, "хутір")),
    ]
    written = cells.set_cells(session, edits).value
    assert (written.cells, written.households) == (3, 2)
    ((edit, number, error),) = [(one.edit, one.number, one.error) for one in written.refused]
    assert (edit.household_id, number, error.code) == (forced, 2, "decision.children_kept")
    assert builders.decision_of(session, home) is Decision.REFUSED
    assert builders.decision_of(session, forced) is Decision.PACKED
    undone = history.undo(session).value
    assert (undone.label, undone.facts) == ("set_cells", {"cells": 3, "households": 2})
    assert builders.decision_of(session, home) is Decision.PACKED
    with pytest.raises(UserError, match=r"decision\.children_kept"):
        cells.set_cells(session, edits[1:2])
    nothing = history.next_undo(session)
    assert nothing is not None and nothing.label != "set_cells"


def test_several_households_at_once(session: Session, home: str) -> None:
    other = builders.add_household(session, "Мороз", note="")
    both = [home, other]
    cells.append_note(session, both, " телефонувати   після 18 ")
    cells.settle_many(session, both, Settled(builders.settlement_id(session, "Куп'янськ-Вузловий"), ""))
    rows = registry(session, DAY)
    assert [row.note for row in rows] == ["корова\nтелефонувати після 18", "телефонувати після 18"]
    assert {row.settlement for row in rows} == {"Куп'янськ-Вузловий"}
    for label in ("settle_many", "append_note"):
        assert history.undo(session).value.label == label
    assert [row.note for row in registry(session, DAY)] == ["корова", ""]
    with pytest.raises(UserError, match=r"cell\.nothing_typed"):
        cells.append_note(session, both, "  ")


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    with create_register(tmp_path_factory.mktemp("cells") / "r", PASSPHRASE) as session:
        builders.add_settlement(session, "Подоли")
        for number in range(5):
            builders.add_household(session, f"Коваль{number}", people=1 + number % 3, phone=f"050 123 45 6{number}")
        yield session


TEXTS = ("", "050 765 43 21", "вул. Миру, 7", "відмова", "просять забрати 17.08", "+1", "Подоли", "Щербак Іван", "кіт")


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(sorted(FIELDS)), st.sampled_from(TEXTS)), max_size=12))
@settings(max_examples=40, deadline=None)
def test_a_pasted_block_undone_leaves_the_register_as_it_was(
    village: Session, block: list[tuple[int, str, str]]
) -> None:
    ids = [row.id for row in registry(village, DAY)]
    before = everything(village)
    edits = plan(village, *((ids[at], column, text) for at, column, text in block), empty=True).edits
    if not edits:
        return
    outcome = cells.set_cells(village, edits)
    assert outcome.value.cells + len(outcome.value.refused) == len(edits)
    assert outcome.change.touched & Touched.HOUSEHOLDS
    assert outcome.change.households >= {edit.household_id for edit in edits}
    history.undo(village)
    assert everything(village) == before


def everything(session: Session) -> dict[str, Any]:
    """Every row of every table but the log."""
    with session.reading() as db:
        return {
            table.__name__: sorted(db.rows(f'SELECT * FROM "{table._meta.table_name}"'), key=repr)  # type: ignore[attr-defined]
            for table in tables.JOURNALLED
        }


def test_stopped_half_way_nothing_is_written(session: Session, home: str) -> None:
    before = everything(session)
    edits = [CellEdit(home, CellKey.NOTE, "a"), CellEdit(home, CellKey.PETS, "b")]
    with pytest.raises(Cancelled):
        cells.set_cells(session, edits, progress=lambda done: done < 0.5)
    assert everything(session) == before
