"""The registry's table as a worksheet: a clerk who knows Excel types, moves, mends and undoes without the mouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.services import fleet, households
from coordinator.session import Session
from tests.ui.bench import Bench, press
from tests.ui.invented import settle, three_households
from ui.crash import CrashDesk
from ui.tables.registry_columns import NUMBERS
from ui.tables.sheet.editors import ChoiceEditor, DayEditor, NoteEditor, SettlementEditor

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
)  # fmt: skip


@pytest.fixture
def ids(session: Session) -> dict[str, str]:
    return three_households(session, settle(session))


@pytest.fixture
def bench(qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    made.registry.table.take_focus()
    yield made
    made.window.close()


def letters(widget: QWidget, text: str) -> None:
    """Keys that give these letters, Cyrillic ones too."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def go_to(bench: Bench, household_id: str, column: str) -> None:
    table = bench.registry.table
    row = bench.registry.rows.row_of(household_id)
    assert row is not None
    table.go_to(bench.registry.rows.index(row, NUMBERS[column]))
    table.setFocus()


def type_in(bench: Bench, text: str) -> QLineEdit:
    """Begin to type over the current cell; returns the editor."""
    letters(bench.registry.table, text[0])
    editor = bench.registry.cells.editor
    assert editor is not None
    letters(editor, text[1:])
    return editor


def shown(bench: Bench, household_id: str, column: str) -> str:
    row = bench.registry.rows.row_of(household_id)
    assert row is not None
    return str(bench.registry.rows.data(bench.registry.rows.index(row, NUMBERS[column])))


def cursor(bench: Bench) -> tuple[str, str]:
    return bench.registry.table.cell(bench.registry.table.currentIndex())


def card(bench: Bench, household_id: str) -> HouseholdCard:
    return household_card(bench.session, household_id)


def says(bench: Bench) -> str:
    """The sentence beside the cell."""
    bubble = bench.registry.cells.bubble
    return bubble.text() if bubble.isVisible() else ""


def test_typing_enter_and_tab_go_through_the_cells(bench: Bench, ids: dict[str, str]) -> None:
    """Heads stand in the order Galagan, Koval, the orphan; the notes are typed one below the other."""
    go_to(bench, ids["galagan"], "note")
    editor = type_in(bench, "Виїде завтра")
    press(editor, Qt.Key.Key_Return)
    assert shown(bench, ids["galagan"], "note") == "Виїде завтра", "at once, before it is written"
    assert cursor(bench) == (ids["koval"], "note")
    press(type_in(bench, "дві корови"), Qt.Key.Key_Tab)
    assert cursor(bench) == (ids["koval"], "decided")
    bench.settle()
    assert [card(bench, ids[name]).household.note for name in ("galagan", "koval")] == ["Виїде завтра", "дві корови"]
    assert bench.registry.rows.overlay(ids["koval"], NUMBERS["note"]) is None
    press(bench.registry.table, Qt.Key.Key_Backtab, SHIFT)
    press(bench.registry.table, Qt.Key.Key_Return, SHIFT)
    assert cursor(bench) == (ids["galagan"], "note")
    bench.desk.undo()
    bench.settle()
    assert shown(bench, ids["koval"], "note") == "корова"


def test_f2_edits_what_is_there_and_escape_restores_it(bench: Bench, ids: dict[str, str]) -> None:
    go_to(bench, ids["koval"], "phones")
    bench.window.activateWindow()
    press(bench.registry.table, Qt.Key.Key_F2)
    editor = bench.registry.cells.editor
    assert editor.text() == "050 123 45 67"
    editor.setText("067")
    press(editor, Qt.Key.Key_Escape)
    bench.settle()
    assert shown(bench, ids["koval"], "phones") == "050 123 45 67"
    assert card(bench, ids["koval"]).household.contacts[0].e164 == "+380501234567"


def test_what_is_typed_is_checked_at_once_and_not_taken_while_wrong(bench: Bench, ids: dict[str, str]) -> None:
    go_to(bench, ids["koval"], "again")
    editor = type_in(bench, "+2")
    assert isinstance(editor, DayEditor)
    assert says(bench) == "Thursday, in 2 days"
    editor.setText("31.02")
    press(editor, Qt.Key.Key_Return)
    assert bench.registry.cells.editor is editor, "the cell is not left while its day is none"
    assert says(bench).startswith("“31.02” is no day near now.")
    bench.registry.bar.search.setFocus()
    bench.settle()
    assert bench.registry.cells.editor is None
    assert shown(bench, ids["koval"], "again") == "31.02", "left by the mouse it stays as typed, with the sentence"
    assert card(bench, ids["koval"]).household.again_at is None
    go_to(bench, ids["galagan"], "again")
    assert says(bench) == ""
    go_to(bench, ids["koval"], "again")
    assert says(bench).startswith("“31.02” is no day near now.")
    press(type_in(bench, "17"), Qt.Key.Key_Return)
    bench.settle()
    assert shown(bench, ids["koval"], "again") == "17.08.2023"


def test_a_refusal_of_the_register_stays_beside_its_cell(bench: Bench, session: Session, ids: dict[str, str]) -> None:
    """A forced order: a refusal with a child needs its reason, which the details ask for."""
    koval = card(bench, ids["koval"]).household
    fleet.save_zone_order(session, ZoneOrder(None, str(koval.settlement_id), "", OrderKind.FORCED, date(2023, 8, 1)))
    bench.settle()
    go_to(bench, ids["koval"], "decision")
    press(bench.registry.table, Qt.Key.Key_Backspace)
    chooser = bench.registry.cells.editor
    assert isinstance(chooser, ChoiceEditor)
    press(chooser, Qt.Key.Key_6)
    bench.settle()
    assert card(bench, ids["koval"]).household.decision is Decision.UNDECIDED
    assert shown(bench, ids["koval"], "decision") == "Refused"
    go_to(bench, ids["koval"], "decision")
    assert "children of household 1 would stay" in says(bench)
    press(bench.registry.table, Qt.Key.Key_Backspace)
    press(bench.registry.cells.editor, Qt.Key.Key_Escape)
    assert shown(bench, ids["koval"], "decision") == "Undecided"


def test_the_settlement_is_completed_and_the_decision_goes_by_letters(bench: Bench, ids: dict[str, str]) -> None:
    go_to(bench, ids["orphan"], "settlement")
    editor = type_in(bench, "Подо")
    assert isinstance(editor, SettlementEditor)
    press(editor.completer().popup(), Qt.Key.Key_Tab)
    assert cursor(bench) == (ids["orphan"], "address")
    go_to(bench, ids["orphan"], "decision")
    letters(bench.registry.table, "P")
    chooser = bench.registry.cells.editor
    letters(chooser, "p")
    press(chooser, Qt.Key.Key_Return)
    bench.settle()
    household = card(bench, ids["orphan"])
    assert (household.settlement, household.household.decision) == ("Подоли", Decision.PACKED)
    press(bench.registry.table, Qt.Key.Key_Up)
    go_to(bench, ids["koval"], "settlement")
    bench.registry.cells.edit()
    press(bench.registry.cells.editor, Qt.Key.Key_Return)
    bench.settle()
    assert card(bench, ids["koval"]).household.settlement_id is not None, "a place that was only looked at stays known"


def test_a_note_has_lines_and_a_read_only_column_says_why(bench: Bench, ids: dict[str, str]) -> None:
    go_to(bench, ids["koval"], "note")
    editor = type_in(bench, "корова")
    assert isinstance(editor, NoteEditor)
    press(editor, Qt.Key.Key_Return, ALT)
    letters(editor, "дві кози")
    press(editor, Qt.Key.Key_Return)
    go_to(bench, ids["koval"], "people")
    letters(bench.registry.table, "5")
    assert bench.registry.cells.editor is None
    assert says(bench) == "People are counted from the members. Add or remove them in the details."
    bench.settle()
    assert card(bench, ids["koval"]).household.note == "корова\nдві кози"


def test_rows_stay_in_place_while_they_are_edited_and_text_outlives_a_change(
    bench: Bench, session: Session, ids: dict[str, str]
) -> None:
    """Somebody else's edit arrives while one types; sorting by the edited column waits until it is asked for."""
    bench.registry.table.sort_by("note")
    order = [row.id for row in bench.registry.rows.records()]
    go_to(bench, ids["koval"], "note")
    editor = type_in(bench, "яма")
    households.edit_household(session, ids["galagan"], pets="кіт")
    bench.settle()
    assert bench.registry.cells.editor is editor
    assert editor.toPlainText() == "яма"
    press(editor, Qt.Key.Key_Return)
    bench.settle()
    assert [row.id for row in bench.registry.rows.records()] == order
    bench.registry.table.sort_by("note")
    assert next(iter(bench.registry.rows.records())).note == "яма"


def test_a_half_typed_cell_is_a_draft(bench: Bench, ids: dict[str, str]) -> None:
    table = bench.registry.table
    assert table.draft() == {}
    go_to(bench, ids["koval"], "note")
    type_in(bench, "наполовину")
    draft = table.draft()
    assert draft == {"household": ids["koval"], "column": "note", "text": "наполовину"}
    press(bench.registry.cells.editor, Qt.Key.Key_Escape)
    assert table.draft() == {}
    table.take_draft(draft)
    assert bench.registry.cells.editor.toPlainText() == "наполовину"
    press(bench.registry.cells.editor, Qt.Key.Key_Escape)


def test_a_block_is_copied_as_it_stands(bench: Bench, ids: dict[str, str]) -> None:
    table, rows = bench.registry.table, bench.registry.rows
    go_to(bench, ids["galagan"], "head")
    selection = table.selectionModel()
    for row in (0, 1):
        for column in ("head", "settlement"):
            selection.select(rows.index(row, NUMBERS[column]), selection.SelectionFlag.Select)
    press(table, Qt.Key.Key_C, CTRL)
    text = QGuiApplication.clipboard().text()
    assert text == "Ґалаґан Іван\tхутір за лісом\nКоваль Дар'я Іванівна\tКівшарівка"
    press(table, Qt.Key.Key_Space, SHIFT)
    table.copy_rows()
    assert QGuiApplication.clipboard().text().splitlines()[0].split("\t")[:3] == ["No.", "Head", "Settlement"]
