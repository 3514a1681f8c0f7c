"""Blocks of cells: pasted from a worksheet with a preview, filled down, dated, emptied; one undo takes each back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from coordinator.queries.registry import RegistryRow, registry
from coordinator.services import history
from coordinator.session import Session
from tests.ui.bench import DAY, Bench, press, type_over
from tests.ui.invented import fill
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.choose_settlement import ChooseSettlementDialog
from ui.dialogs.paste_cells import PasteDialog
from ui.tables.clipboard import html, tsv
from ui.tables.registry_columns import NUMBERS
from ui.tables.sheet.block import lay

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier
HOUSEHOLDS = 12


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Bench]:
    fill(session, HOUSEHOLDS)
    made = Bench(qtbot, session, crashes)
    made.registry.table.sort_by("number")
    made.registry.table.take_focus()
    yield made
    made.window.close()


def copied(lines: list[list[str]]) -> None:
    """As a worksheet copies cells."""
    content = QMimeData()
    content.setText(tsv(lines))
    content.setHtml(html(lines))
    QGuiApplication.clipboard().setMimeData(content)


def select(bench: Bench, first: int, last: int, *columns: str) -> None:
    """These rows (from 0) of these columns, the cursor in the first of them."""
    table, rows = bench.registry.table, bench.registry.rows
    table.go_to(rows.index(first, NUMBERS[columns[0]]))
    selection = table.selectionModel()
    for row in range(first, last + 1):
        for column in columns:
            selection.select(rows.index(row, NUMBERS[column]), selection.SelectionFlag.Select)
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    table.setFocus()


def pasted(bench: Bench) -> PasteDialog:
    """Ctrl+V; the preview that opens."""
    press(bench.registry.table, Qt.Key.Key_V, CTRL)
    bench.settle()
    dialog = bench.registry.table.findChild(PasteDialog)
    assert dialog is not None
    return dialog


def register(session: Session) -> list[RegistryRow]:
    return [row._replace(decided_at=None) for row in registry(session, DAY)]


def changes(dialog: PasteDialog) -> list[tuple[int, str, str]]:
    assert dialog.plan is not None
    return [(one.number, one.column, one.new) for one in dialog.plan.changes if not one.problem]


def test_a_block_is_pasted_after_a_look_and_taken_back_at_once(bench: Bench, session: Session) -> None:
    before = register(session)
    select(bench, 2, 2, "phones")
    copied([["80671112233", "кіт"], ["0671112244", "пес"], ["  ", "коза"]])
    dialog = pasted(bench)
    assert changes(dialog) == [
        (3, "phones", "067 111 22 33"), (3, "pets", "кіт"), (4, "phones", "067 111 22 44"),
        (4, "pets", "пес"), (5, "pets", "коза"),
    ]  # fmt: skip
    said = dialog.said.text().splitlines()
    assert said[0] == "Cells that change: 5, in 3 households."
    assert "Empty cells, left as they are: 1." in said
    assert register(session) == before, "nothing is written before the button is pressed"
    press(dialog.go, Qt.Key.Key_Space)
    bench.settle()
    rows = {row.number: row for row in registry(session, DAY)}
    assert (rows[3].phones, rows[4].pets, rows[5].pets) == ("067 111 22 33", "пес", "коза")
    assert rows[5].phones == before[4].phones, "an empty cell wipes nothing"
    target = history.next_undo(session)
    assert target is not None and (target.label, target.facts["cells"]) == ("set_cells", 5)
    bench.desk.undo()
    bench.settle()
    assert register(session) == before


def test_rows_find_their_households_by_number_and_columns_by_their_titles(bench: Bench, session: Session) -> None:
    """Copied with titles, sorted and changed in a worksheet, pasted back from wherever the cursor is."""
    same = bench.registry.rows.text(1, NUMBERS["people"])
    copied([["Note", "No.", "People"], ["перша", "7.0", "99"], ["друга", "2", same], ["третя", "77", ""]])
    select(bench, 9, 9, "head")
    dialog = pasted(bench)
    assert changes(dialog) == [(7, "note", "перша"), (2, "note", "друга")]
    assert "Rows without a household of their number, left out: 77." in dialog.said.text()
    dialog.wrong.setChecked(True)
    assert [dialog._rows.text(row, 5) for row in range(dialog._rows.rowCount())] == [
        "People are counted from the members. Add or remove them in the details."
    ]
    press(dialog.go, Qt.Key.Key_Space)
    bench.settle()
    after = {row.number: row for row in registry(session, DAY)}
    assert (after[7].note, after[2].note) == ("перша", "друга")


def test_one_value_fills_all_selected_cells_and_ctrl_d_what_is_below(bench: Bench, session: Session) -> None:
    select(bench, 1, 4, "note")
    copied([["на обліку"]])
    dialog = pasted(bench)
    press(dialog.go, Qt.Key.Key_Space)
    bench.settle()
    assert [row.note for row in registry(session, DAY)][1:5] == ["на обліку"] * 4
    select(bench, 0, 3, "decision", "again")
    press(bench.registry.table, Qt.Key.Key_Semicolon, CTRL)
    bench.settle()
    assert {row.again_on for row in registry(session, DAY)[:4]} == {DAY}
    first = registry(session, DAY)[0]
    select(bench, 0, 3, "decision")
    press(bench.registry.table, Qt.Key.Key_D, CTRL)
    bench.settle()
    filled = registry(session, DAY)[:4]
    assert {(row.decision, row.wants_on) for row in filled} == {(first.decision, first.wants_on)}
    select(bench, 6, 6, "again")
    press(bench.registry.table, Qt.Key.Key_D, CTRL)
    bench.settle()
    assert registry(session, DAY)[6].again_on is None, "the cell above is empty"


def test_delete_empties_what_may_be_empty_and_says_what_may_not(bench: Bench, session: Session) -> None:
    select(bench, 0, 11, "pets", "note")
    press(bench.registry.table, Qt.Key.Key_Delete)
    bench.settle()
    assert {(row.pets, row.note) for row in registry(session, DAY)} == {("", "")}
    bench.desk.undo()
    bench.settle()
    assert {row.pets for row in registry(session, DAY)} != {""}
    select(bench, 0, 0, "people")
    press(bench.registry.table, Qt.Key.Key_Delete)
    assert bench.registry.cells.bubble.text().startswith("People are counted from the members.")
    select(bench, 0, 0, "decision")
    press(bench.registry.table, Qt.Key.Key_Delete)
    assert bench.registry.cells.bubble.text() == "These cells cannot be empty."
    select(bench, 0, 0, "pets")
    press(bench.registry.table, Qt.Key.Key_Semicolon, CTRL)
    assert bench.registry.cells.bubble.text().startswith("Only a column of days takes a date")


def test_a_block_is_laid_by_its_place_or_by_its_titles() -> None:
    titles = {"номер": "number", "примітка": "note", "тварини": "pets"}
    placed = lay([["a", "b", "c"], ["'=1", ""], ["", ""]], ["note", "pets"], titles)
    assert (placed.columns, placed.rows, placed.beyond) == (("note", "pets"), (("a", "b", "c"), ("=1", "")), 1)
    titled = lay([["ПРИМІТКА", "", "Номер"], ["x", "?", "№ 12"]], ["pets"], titles)
    assert titled.titled and titled.by_number
    assert titled.number(titled.rows[0]) == "12"
    assert titled.cells(titled.rows[0]) == [("note", "x"), ("number", "№ 12")]
    assert not lay([["Примітка"]], ["pets"], titles).titled, "one cell alone is a value"


def test_selected_rows_are_changed_together(bench: Bench, session: Session) -> None:
    """Below the table: the note, the settlement and the decision of three households, each one action."""
    page = bench.registry
    select(bench, 1, 3, "head")
    assert page.selected.said.text() == "Selected: 3 households"
    with ask.answers(["дзвонити після 18"]):
        page.selected.buttons["note"].click()
    bench.settle()
    noted = [row.number for row in registry(session, DAY) if row.note.endswith("дзвонити після 18")]
    assert noted == [2, 3, 4]
    page.selected.buttons["settlement"].click()
    dialog = page.findChild(ChooseSettlementDialog)
    assert dialog is not None
    type_over(dialog.field, "Подоли")
    dialog.save()
    bench.settle()
    assert [row.settlement for row in registry(session, DAY)][1:4] == ["Подоли"] * 3
    assert page.selected.strip.isVisible(), "the rows stay selected for what comes next"
    bench.desk.undo()
    bench.settle()
    assert {row.settlement for row in registry(session, DAY)[1:4]} != {"Подоли"}
    select(bench, 5, 5, "head")
    assert not page.selected.strip.isVisible()


def test_the_menu_of_a_cell_filters_by_its_value(bench: Bench) -> None:
    page = bench.registry
    index = page.rows.index(0, NUMBERS["decision"])
    page.selected.show_menu(page.table.visualRect(index).center())
    (menu,) = (one for one in page.findChildren(QMenu) if one.isVisible())
    (action,) = (one for one in menu.actions() if one.text() == "Only rows with this value")
    menu.close()
    action.trigger()
    assert len({row.decision for row in page.rows.records()}) == 1
    assert len(page.bar.chips.chips()) == 1
