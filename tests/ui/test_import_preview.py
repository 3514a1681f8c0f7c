"""The preview of a list in the real window: old and new value by value, cells corrected, then imported as decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLineEdit
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.household import Household
from coordinator.queries.household import load_households
from coordinator.services.gazetteer import seed
from coordinator.services.imports import apply_import, preview_import
from coordinator.session import Session
from db import stores
from tests.builders import DAY, decide
from tests.exchange.making import write_book
from tests.exchange.told import SHORT
from tests.ui.bench import press, unnamed
from tests.ui.settling import settle
from ui.crash import CrashDesk
from ui.main_window import MainWindow
from ui.pages.import_ import ImportPage
from ui.pages.import_marks import CellMark, Mark
from ui.pages.import_preview import PreviewView
from ui.pages.import_rows import PreviewRow
from ui.preferences import Preferences
from ui.widgets.page_stack import PageStack

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
DATED = ["Список мешканців", "станом на 14.08.2023"]
WEEK_1 = [
    SHORT,
    [1, "Сорока Олена Іванівна", 1981, "вул. Садова, 5", "0501112233", "вагаються"],
    ["", "Сорока Іван Петрович", 2015],
    [2, "Дрозд Микола Петрович", 1950, "вул. Миру, 1", "0671112244"],
    [3, "Крук Ганна Іллівна", 1944, "вул. Миру, 7", "0671112255"],
]
WEEK_2 = [
    SHORT,
    [1, "Сорока Олена Іванівна", "05.03.1981", "вул. Садова, 5", "0509998877", "речі зібрані"],
    ["", "Сорока Іван Петрович", 2015],
    [2, "Дрозд Микола Петрович", 1950, "вул. Миру, 1", "0671112244"],
    [4, "Гук Семен Ілліч", "31.02.1960", "вул. Лісова, 2", "3,80501E+11"],
]


def book(path: Path, rows: list[list[Any]]) -> Path:
    return write_book(path, {"Подоли": [DATED, *rows]})


class Journey:
    """The import page with week 2 of a list beside week 1, which is in the register."""

    def __init__(self, qtbot: QtBot, session: Session, crashes: CrashDesk, folder: Path) -> None:
        seed(session)
        apply_import(session, preview_import(session, book(folder / "week1.xlsx", WEEK_1)))
        self.qtbot, self.session, self.folder = qtbot, session, folder
        self.window = MainWindow(lambda: {"import": ImportPage}, Preferences(language="en"), crashes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.open(session)
        qtbot.waitUntil(lambda: self.window.desk is not None)
        assert self.window.desk is not None and self.window.register is not None
        self.window.register.working_date.choose(DAY)
        self.window.desk.go("import")
        page = self.window.desk.pages["import"]
        assert isinstance(page, ImportPage)
        self.page = page
        page.read(book(folder / "week2.xlsx", WEEK_2))
        self.settle()

    @property
    def view(self) -> PreviewView:
        return self.page.preview

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def choose(self, title: str) -> PreviewRow:
        """Make the line of a household current."""
        row = next(row for row in self.view.table.rows.data_shown.records if row.title == title)
        self.view.show_only(None)
        assert self.view.table.select_id(row.id)
        self.settle()
        return row

    def values(self) -> list[list[str]]:
        table = self.view.detail.values
        return [[table.item(row, column).text() for column in range(5)] for row in range(table.rowCount())]

    def household(self, surname: str) -> Household:
        with self.session.reading() as db:
            (person,) = stores.people.where(db, surname=surname, position=1)
            return load_households(db, [person.household_id])[0]


@pytest.fixture
def journey(qtbot: QtBot, session: Session, crashes: CrashDesk, tmp_path: Path) -> Iterator[Journey]:
    made = Journey(qtbot, session, crashes, tmp_path)
    yield made
    made.window.close()


def test_a_changed_row_shows_old_and_new_beside_each_other_and_where_each_is_from(journey: Journey) -> None:
    filters = {mark: button.text() for mark, button in journey.view._filters.items()}
    assert (
        filters[Mark.CHANGED] == "Changed  1" and filters[Mark.GONE] == "Gone  1" and filters[Mark.SAME].endswith("1")
    )
    row = journey.choose("Сорока Олена Іванівна")
    assert row.cells == {"phones": CellMark.CHANGED, "note": CellMark.CHANGED, "decision": CellMark.CHANGED,
                         "people": CellMark.MORE}  # fmt: skip
    values = {line[0]: line[1:] for line in journey.values()}
    assert values["note"] == ["вагаються", "речі зібрані", "F3", "week1.xlsx, Подоли, row 3"]
    assert values["phone"][:2] == ["050 111 22 33", "050 999 88 77"]
    assert values["Сорока Олена Іванівна: birth"][:3] == ["1981", "05.03.1981", "C3"]
    assert unnamed(journey.view) == []


def test_space_leaves_a_value_and_the_import_does_what_was_decided(journey: Journey) -> None:
    journey.choose("Сорока Олена Іванівна")
    table = journey.view.detail.values
    table.setFocus()
    table.setCurrentCell([line[0] for line in journey.values()].index("note"), 2)
    press(table, Qt.Key.Key_Space)
    assert "1 value or row not taken" in journey.view._added.text()
    journey.choose("Гук Семен Ілліч")
    journey.view.table.setFocus()
    press(journey.view.table, Qt.Key.Key_Space)
    journey.page.import_now()
    journey.settle()
    family = journey.household("Сорока")
    assert family.note == "вагаються" and [one.e164 for one in family.contacts][-1] == "+380509998877"
    with journey.session.reading() as db:
        assert not stores.people.where(db, surname="Гук")


def test_a_cell_is_corrected_in_the_preview_and_the_row_changes_at_once(journey: Journey) -> None:
    row = journey.choose("Гук Семен Ілліч")
    assert row.cells["phones"] is CellMark.LOOK and Mark.LOOK in row.marks
    cells = journey.view.detail.cells
    for cell, text in (("C6", "28.02.1960"), ("E6", "050 111 22 77")):
        place = next(line for line in range(cells.rowCount()) if cells.item(line, 0).text() == cell)
        cells.item(place, 2).setText(text)
        journey.settle()
    row = journey.choose("Гук Семен Ілліч")
    assert row.marks == {Mark.NEW} and row.cells == {"phones": CellMark.CORRECTED, "people": CellMark.CORRECTED}
    assert "2 cells corrected" in journey.view._added.text()
    journey.page.import_now()
    journey.settle()
    hook = journey.household("Гук")
    assert hook.people[0].birth.on == date(1960, 2, 28) and hook.contacts[0].e164 == "+380501112277"


def test_a_cell_is_typed_into_by_keys_from_anywhere_in_its_line(journey: Journey) -> None:
    journey.choose("Гук Семен Ілліч")
    cells = journey.view.detail.cells
    cells.setFocus()
    cells.setCurrentCell(2, 0)
    press(cells, Qt.Key.Key_F2)
    (field,) = [one for one in cells.findChildren(QLineEdit) if one.isVisible()]
    field.setText("28.02.1960")
    press(field, Qt.Key.Key_Return)
    journey.settle()
    assert cells.item(2, 2).text() == "28.02.1960" and "1 cell corrected" in journey.view._added.text()
    values = journey.view.detail.values
    values.setCurrentCell(0, 0)
    press(values, Qt.Key.Key_F2)
    assert values.state() is not QAbstractItemView.State.EditingState


def test_the_buttons_of_a_preview_fit_a_small_screen_before_the_other_sides_were_seen(journey: Journey) -> None:
    button = journey.view._import
    below = button.mapTo(journey.window, button.rect().bottomLeft()).y()
    assert journey.page.height() >= journey.page.sizeHint().height() and below < journey.window.height()
    assert not journey.window.findChild(PageStack).verticalScrollBar().isVisible()


def test_what_an_import_only_changed_or_completed_is_said_and_the_same_file_again_shows_nothing_as_new(
    journey: Journey,
) -> None:
    path = book(journey.folder / "week3.xlsx", [*WEEK_1[:1], *WEEK_2[1:4], [3, "Крук Ганна Іллівна", "05.05.1944",
                *WEEK_1[4][3:]]])  # fmt: skip
    said = [""]
    for _time in range(2):
        journey.page.leave_preview()
        journey.page.read(path)
        journey.settle()
        said.append(journey.view._added.text())
        journey.choose("Сорока Олена Іванівна")
        shown = journey.values()
        journey.page.import_now()
        journey.settle()
    assert said[1] == "Changed: 1  ·  Only completed: 1" and said[2].startswith("This very file was imported on")
    assert shown == [] and journey.view.detail.cells.rowCount()


def test_the_next_row_to_look_at_is_one_key_away(journey: Journey) -> None:
    journey.choose("Дрозд Микола Петрович")
    journey.view.go_to_next()
    assert "Гук" in journey.view.detail.heading.text()
    journey.view.go_to_next()
    assert "Сорока" in journey.view.detail.heading.text()


def test_who_is_gone_is_offered_after_the_import_and_answered_with_one_key(journey: Journey) -> None:
    journey.page.import_now()
    journey.settle()
    assert journey.window.desk is not None
    assert journey.window.desk.notices.texts() == [
        "New: 1 household, 1 person. Changed: 1. 1 is not in this list any more"
    ]
    assert journey.page.start.missing.text() == "1 no longer in the list…"
    journey.window.desk.go("import", missing=True)
    journey.settle()
    gone = journey.page.gone
    assert [view.name for view in gone.rows.records()] == ["Крук Ганна Іллівна"] and unnamed(gone) == []
    gone.day.set_day(date(2023, 8, 13))
    press(gone, Qt.Key.Key_1)
    journey.settle()
    assert not gone.rows.rowCount() and not journey.page.start.missing.isVisibleTo(journey.page)
    with journey.session.reading() as db:
        (event,) = stores.events.all(db)
    assert (event.kind, event.occurred_on) == (EventKind.BY_US, date(2023, 8, 13))
    journey.window.desk.undo()
    journey.settle()
    assert gone.rows.rowCount() == 1


def test_fault_47_a_possible_double_stands_beside_the_household_it_may_be(journey: Journey, tmp_path: Path) -> None:
    before = journey.household("Дрозд")
    headers = ["Дата заявки", "ПІБ", "Населений пункт", "Адреса", "Телефон", "Кількість людей"]
    call = [date(2023, 8, 14), "Дрозд Николай Петрович", "Подоли", "вул. Миру, 1", "0671112244", 1]
    journey.page.read(write_book(tmp_path / "calls.xlsx", {"заявки": [headers, call]}))
    journey.settle()
    row = journey.choose("Дрозд Николай Петрович")
    assert (row.sheet, row.rows, row.mark) == ("заявки", (2,), Mark.DOUBLE)
    journey.settle()
    lines = journey.values()
    assert lines[0][0].startswith("possibly household 2, Дрозд Микола Петрович (same phone")
    assert ["Phones", "067 111 22 44", "= 067 111 22 44"] in [line[:3] for line in lines]
    assert journey.household("Дрозд") == before


def test_who_changed_a_family_meanwhile_is_not_overruled_and_the_lines_are_shown_anew(journey: Journey) -> None:
    today, family = journey.session.today(), journey.household("Сорока")
    refuses = [SHORT, [1, "Сорока Олена Іванівна", 1981, "вул. Садова, 5", "0501112233", "відмова"]]
    path = write_book(journey.folder / "today.xlsx", {"Подоли": [[f"станом на {today:%d.%m.%Y}"], *refuses]})
    journey.page.leave_preview()
    journey.page.read(path)
    journey.settle()
    decide(journey.session, family.id, Decision.WANTS_PICKUP)
    journey.page.import_now()
    journey.settle()
    assert journey.window.desk is not None
    assert any("Nothing was imported" in text for text in journey.window.desk.notices.texts())
    assert journey.household("Сорока").decision is Decision.WANTS_PICKUP
    journey.choose("Сорока Олена Іванівна")
    assert {line[0]: line[1:3] for line in journey.values()}["decision"] == ["Wants pickup", "Refused"]
    journey.page.import_now()
    journey.settle()
    assert journey.household("Сорока").decision is Decision.REFUSED
