"""Tables: search, sorting, filters, a selection that outlives a refresh, columns, copying, pace."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.names import fold
from coordinator.domain.searching import search_words
from ui.tables.clipboard import tsv
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView


class Row(NamedTuple):
    id: str
    name: str
    house: str
    people: int | None
    phone: str


COLUMNS = (
    Column[Row]("name", "Name", lambda row: row.name, always=True),
    Column[Row]("house", "House", lambda row: row.house),
    Column[Row]("people", "People", lambda row: str(row.people or ""), sort=lambda row: row.people, right=True),
    Column[Row]("phone", "Phone", lambda row: row.phone),
)

ROWS = [
    Row("a", "Яремчук Олена", "10", 3, "050 123 45 67"),
    Row("b", "Єременко Дар'я", "2", None, "067 765 43 21"),
    Row("c", "Ґалаґан Іван", "2", 1, ""),
    Row("d", "Бондаренко Марія", "1а", 7, "050 999 88 77"),
]


def data(rows: list[Row], sort_by: str = "") -> TableData[Row]:
    return prepare(COLUMNS, rows, lambda row: row.id, _searched, sort_by)


def _searched(row: Row) -> str:
    return fold(row.name) + " " + row.phone.replace(" ", "")


@pytest.fixture
def model() -> TableModel[Row]:
    made = TableModel(COLUMNS)
    made.set_rows(data(ROWS))
    return made


@pytest.fixture
def view(qtbot: QtBot, dressed: QApplication, model: TableModel[Row]) -> TableView:
    made = TableView(model, "Households")
    qtbot.addWidget(made)
    made.resize(700, 300)
    made.show()
    return made


def shown(model: TableModel[Row]) -> str:
    return "".join(model.row_id(row) for row in range(model.rowCount()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "abcd"),
        ("олена ярем", "a"),
        ("ДАРЯ", "b"),
        ("дар’я", "b"),
        ("050", "ad"),
        ("+380 50 123", "a"),
        ("80501234567", "a"),
        ("050-123-45", "a"),
        ("ніхто", ""),
    ],
)
def test_search_forgives(model: TableModel[Row], text: str, found: str) -> None:
    model.set_search(text)
    assert shown(model) == found


def test_sorting_knows_the_alphabet_numbers_and_blanks(model: TableModel[Row]) -> None:
    model.sort(0)
    assert shown(model) == "dcba"
    model.sort(1)
    assert [model.text(row, 1) for row in range(4)] == ["1а", "2", "2", "10"]
    assert shown(model) == "dcba", "equal houses keep the order by name"
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert shown(model) == "dacb", "no number comes last in both directions"


def test_filter_and_search_work_together(model: TableModel[Row]) -> None:
    counted: list[tuple[int, int]] = []
    model.counted.connect(lambda part, total: counted.append((part, total)))
    model.set_filter(lambda row: row.house == "2")
    model.set_search("ґалаґан")
    assert shown(model) == "c"
    model.set_filter(None)
    assert counted == [(2, 4), (1, 4), (1, 4)]


def test_data_never_raises(model: TableModel[Row]) -> None:
    beyond = model.createIndex(99, 99)
    roles = [*Qt.ItemDataRole, 9999]
    for index in (beyond, QModelIndex(), model.index(0, 0)):
        for role in roles:
            model.data(index, role)
    assert model.data(beyond) is None
    assert model.headerData(99, Qt.Orientation.Horizontal) is None
    assert model.data(model.index(1, 0), Qt.ItemDataRole.AccessibleTextRole) == "Name: Єременко Дар'я"


def test_selection_outlives_a_refresh_by_id(view: TableView, model: TableModel[Row]) -> None:
    told: list[str] = []
    view.current_changed.connect(told.append)
    view.select_id("c")
    model.set_rows(data(ROWS[::-1]))
    assert (view.current_id(), view.selected_ids()) == ("c", ["c"])
    model.set_search("бондаренко")
    assert view.current_id() == ""
    model.set_search("")
    assert view.current_id() == "c"
    model.set_rows(data([row for row in ROWS if row.id != "c"]))
    assert view.current_id() == ""
    assert told == ["c", "", "c", ""]


def test_selecting_everything_is_kept_too(view: TableView, model: TableModel[Row]) -> None:
    view.selectAll()
    model.sort(0)
    assert view.selected_ids() == ["d", "c", "b", "a"]


def test_columns_are_remembered_by_key(view: TableView, qtbot: QtBot) -> None:
    view.setColumnHidden(1, True)
    view.horizontalHeader().resizeSection(0, 222)
    view.horizontalHeader().moveSection(3, 0)
    view.sort_by("people", True)
    kept = view.columns_state()
    other = TableView(TableModel(COLUMNS), "Households")
    qtbot.addWidget(other)
    other.restore_columns({**kept, "order": [*kept["order"], "gone"], "hidden": ["house", "name"]})  # type: ignore[misc]
    assert other.columns_state() == kept
    assert not other.isColumnHidden(0), "a column that is always there cannot be hidden"


def test_rows_grow_with_the_font(view: TableView) -> None:
    before = view.rowHeight(0)
    font = view.font()
    font.setPointSizeF(20)
    view.setFont(font)
    assert view.rowHeight(0) > before


def test_copy_is_for_a_worksheet(view: TableView) -> None:
    view.setColumnHidden(1, True)
    view.selectAll()
    view.copy()
    content = QGuiApplication.clipboard().mimeData()
    assert content.text().splitlines()[:2] == ["Name\tPeople\tPhone", "Яремчук Олена\t3\t050 123 45 67"]
    assert "mso-number-format:'\\@'" in content.html()


@given(st.lists(st.lists(st.text(), min_size=1, max_size=3), min_size=1, max_size=4))
def test_copied_text_keeps_its_cells_and_runs_no_formula(lines: list[list[str]]) -> None:
    copied = tsv(lines).split("\n")
    assert len(copied) == len(lines)
    for line, cells in zip(copied, lines, strict=True):
        assert line.count("\t") == len(cells) - 1
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in line.split("\t"))


def test_names_for_screen_readers(view: TableView) -> None:
    assert view.accessibleName() == "Households"


def test_enter_opens_and_tab_leaves(view: TableView, qtbot: QtBot) -> None:
    opened: list[str] = []
    view.opened.connect(opened.append)
    view.select_id("b")
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened == ["b"]
    assert not view.tabKeyNavigation()


@pytest.mark.parametrize("text", ["+380501234567", "8 (050) 123-45-67", "0501234567"])
def test_a_phone_becomes_one_word_of_digits(text: str) -> None:
    assert search_words(text) == ["0501234567"]


@pytest.mark.parametrize("text", ["217", "№217", "№ 217", "№\u00a0217", "#217"])
def test_a_number_is_found_with_its_sign(text: str) -> None:
    assert search_words(f"{text} коваль") == ["217", "коваль"]
