"""The step "How this list is read" in the real window: asked only where something is not clear, and once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.domain.person import Need
from coordinator.exchange.how_read import UNUSED, Division
from coordinator.queries.registry import registry
from coordinator.queries.senders import meaning_lines, sender_lines
from coordinator.services.gazetteer import seed
from coordinator.session import Session
from db import stores
from tests.exchange.making import write_book
from tests.exchange.old_books import protect
from tests.ui.bench import DAY, Bench, press, unnamed
from tests.ui.test_import_sources import copy, drop, password_dialog, try_password
from ui.crash import CrashDesk
from ui.pages.import_ import ImportPage
from ui.widgets.importing.choice_popup import ChoicePopup

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")

HEADERS = ["Хто", "DOB", "Де", "Зв.", "К", "Х"]
ROWS = [
    ["Сорока Олена Іванівна", "5/3/1981", "вул. Садова, 5", "0501112233", "К-1", "xx"],
    ["Сорока Іван", "4/3/2011", None, None, None, "yy"],
    ["Дрозд Микола Петрович", "1/2/1950", "вул. Миру, 1", "0671112244", "К-1", "zz"],
]


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Bench:
    seed(session)
    found = Bench(qtbot, session, crashes, more={"import": ImportPage})
    found.desk.go("import")
    found.settle()
    return found


@pytest.fixture
def page(bench: Bench) -> ImportPage:
    found = bench.desk.pages["import"]
    assert isinstance(found, ImportPage)
    return found


def popup_of(page: ImportPage) -> ChoicePopup:
    (found,) = [one for one in page.findChildren(ChoicePopup) if one.isVisible()]
    return found


def typed(page: ImportPage, text: str) -> None:
    """Letters in the chooser that is open, then Enter."""
    popup = popup_of(page)
    popup.search.setText(text)
    press(popup.search, Qt.Key.Key_Return)


def take_activity_back(bench: Bench) -> None:
    """Here the chooser takes the activity of the window with it, without which keys do not act."""
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)


def questions(page: ImportPage) -> list[str]:
    listed = page.reading.questions
    return [listed.item(row).text() for row in range(listed.count())]


def count(page: ImportPage) -> str:
    return page.reading.total.text().replace("\u00a0", " ")


def test_a_plain_list_goes_straight_to_its_preview_and_the_step_is_a_key_away(
    bench: Bench, page: ImportPage, tmp_path: Path
) -> None:
    rows = [["ПІБ", "Адреса", "Телефон"], ["Сорока Олена", "вул. Садова, 5", "0501112233"]]
    page.read(write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    bench.settle()
    assert page.preview.isVisible() and "Sender: not named" in page.read_as.words.text()
    press(page.preview, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert page.reading.isVisible() and not page.preview.isVisible()
    assert questions(page) == [] and page.reading.clear.isVisible() and count(page) == "1 household, 1 person"
    page.reading.go_on.click()
    bench.settle()
    assert page.preview.isVisible() and registry(bench.session, DAY) == []


def test_a_foreign_list_is_said_once_by_keyboard_and_recognised_next_week(
    bench: Bench, page: ImportPage, tmp_path: Path
) -> None:
    page.read(write_book(tmp_path / "other.xlsx", {"Дані": [HEADERS, *ROWS]}))
    bench.settle()
    view = page.reading
    assert view.isVisible() and unnamed(page) == []
    assert "Дані F1: The column F “Х” is not known. Say what it holds, or that it is not used." in questions(page)
    view.columns.select("E")
    press(view.columns.table, Qt.Key.Key_Return)
    typed(page, "needs")
    bench.settle()
    assert view.tabs.tabText(1) == "Words (1)"
    view.columns.select("F")
    take_activity_back(bench)
    view.columns.table.setFocus()
    press(view.columns.table, Qt.Key.Key_Delete)
    bench.settle()
    column = view.columns.current()
    assert column is not None and column.key == UNUSED
    view.sender.field.setEditText("Фонд «Міст»")
    press(view.sender.line, Qt.Key.Key_Return)
    bench.settle()
    days = [box for key, box in view.panel._asked.items() if key == "day 1"]
    days[0].setCurrentIndex(2)
    days[0].activated.emit(2)
    bench.settle()
    view.words.scope.setCurrentIndex(1)
    view.words.table.select_id("needs|к-1")
    view.words.choose()
    press(popup_of(page).list, Qt.Key.Key_Down)
    press(popup_of(page).list, Qt.Key.Key_Space)
    press(popup_of(page).list, Qt.Key.Key_Return)
    bench.settle()
    # What a guess from the cells says stays to be looked at; all the rest is answered.
    assert all("guessed from its cells" in text for text in questions(page))
    assert count(page) == "2 households, 3 people"
    take_activity_back(bench)
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert page.preview.isVisible() and "Фонд «Міст»" in page.read_as.words.text()
    page.import_now()
    bench.settle()
    (line,), (word,) = sender_lines(bench.session), meaning_lines(bench.session)
    assert (line.name, line.lists, word.meaning, word.sender) == ("Фонд «Міст»", 1, "wheelchair", "Фонд «Міст»")
    with bench.session.reading() as db:
        births = {str(person.birth_on) for person in stores.people.all(db)}
        assert births == {"1981-05-03", "2011-04-03", "1950-01-02"}
        assert {need.kind for need in stores.needs.all(db)} == {Need.WHEELCHAIR}

    moved = [[row[3], *row[:3], *row[4:]] for row in [HEADERS, *ROWS]]
    page.read(
        write_book(tmp_path / "other.xlsx", {"Дані": [*moved, ["0931112255", "Галка Віра", "3/4/1960", "Миру 9"]]})
    )
    bench.settle()
    assert page.preview.isVisible(), questions(page)
    looked = page.state()["looked"]
    assert [warning.code for warning in looked.preview.report.warnings].count("import.column_moved") == 1
    page.show_reading()
    bench.settle()
    assert questions(page) == ["Дані A1: The column “Зв.” stands in A now; in the last list it was in D."]


def test_each_answer_shows_at_once_how_many_households_it_makes(bench: Bench, page: ImportPage, tmp_path: Path) -> None:
    def shape(book: object) -> None:
        sheet = book.get_worksheet_by_name("Подоли")  # type: ignore[attr-defined]
        sheet.set_row(3, None, None, {"hidden": True})
        book.get_worksheet_by_name("Старе").hide()  # type: ignore[attr-defined]

    headers = ["№", "ПІБ", "Адреса"]
    rows = [headers, [1, "Сорока Олена", "Садова 5"], [1, "Сорока Іван", "Садова 7"], [2, "Дрозд Іван", "Миру 1"]]
    path = write_book(tmp_path / "list.xlsx", {"Подоли": rows, "Старе": rows[:2]}, shape)
    page.read(path)
    bench.settle()
    panel = page.reading.panel
    assert questions(page) == [
        "Подоли A4: Hidden rows in the sheet “Подоли”: 1, from row 4 to row 4. Say whether they belong to the list.",
        "Старе A1: The sheet “Старе” is hidden (rows in it: 1). Say whether it belongs to the list.",
    ]
    assert count(page) == "3 households, 3 people"
    panel.hidden.activated.emit(2)
    bench.settle()
    assert count(page) == "2 households, 2 people"
    panel.division.activated.emit(list(Division).index(Division.NUMBER))
    bench.settle()
    assert count(page) == "1 household, 2 people"
    page.reading.sheets.select_id("Старе")
    panel.use.click()
    bench.settle()
    assert count(page) == "2 households, 3 people" and questions(page) == []
    page.reading.go_on.click()
    bench.settle()
    assert [sheet.used for sheet in page.state()["looked"].preview.incoming.sheets] == [True, True]


def test_the_step_outlives_a_change_of_language_and_back_leaves_everything(
    bench: Bench, page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.read(write_book(tmp_path / "other.xlsx", {"Дані": [HEADERS, *ROWS]}))
    bench.settle()
    page.reading.columns.select("E")
    page.reading.columns.chosen.emit(4, "needs")
    bench.settle()
    (word,) = page.reading.words._unknown
    page.reading.words.give(word, "")
    bench.settle()
    other = ImportPage(page.context)
    qtbot.addWidget(other)
    other.restore(page.state())
    bench.settle()
    assert other.reading.words.given == page.reading.words.given and other.reading.words.open_words == 0
    assert other.reading.opened is not None
    assert other.reading.opened.survey.sheets[0].columns[4].key == "needs"
    page.reading.back.click()
    bench.settle()
    assert not page.reading.isVisible() and page.state()["opened"] is None
    assert registry(bench.session, DAY) == [] and sender_lines(bench.session) == []


def test_a_reading_is_remembered_without_an_import(bench: Bench, page: ImportPage, tmp_path: Path) -> None:
    page.read(write_book(tmp_path / "other.xlsx", {"Дані": [HEADERS, *ROWS]}))
    bench.settle()
    assert not page.reading.remember.isEnabled() and page.reading.remember.toolTip() == "Name the sender first"
    page.reading.sender.field.setEditText("Міст")
    page.reading.sender.commit()
    bench.settle()
    page.reading.remember.click()
    bench.settle()
    assert [line.name for line in sender_lines(bench.session)] == ["Міст"] and registry(bench.session, DAY) == []
    assert any("how lists of Міст are read" in text for text in bench.desk.notices.texts())


def test_fault_54_and_55_and_60_dropped_pasted_and_protected_lists_come_to_the_step(
    bench: Bench, page: ImportPage, tmp_path: Path, qtbot: QtBot
) -> None:
    table = "\r\n".join(";".join(str(cell or "") for cell in row) for row in [HEADERS, *ROWS])
    (tmp_path / "list.csv").write_bytes(table.encode("cp1251"))
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    drop(page, tmp_path / "photo.xlsx", tmp_path / "list.csv")
    bench.until(lambda: page.reading.isVisible() and not page.opening.busy)
    bench.settle()
    assert any("photo.xlsx is a picture" in text for text in bench.desk.notices.texts())
    assert "list.csv" in page.reading.heading.text() and count(page) == "2 households, 3 people"
    page.reading.back.click()
    copy(table.replace(";", "\t"))
    page.paste()
    bench.settle()
    assert "Clipboard" in page.reading.heading.text() and count(page) == "2 households, 3 people"
    page.reading.back.click()
    page.read(protect(write_book(tmp_path / "locked.xlsx", {"Дані": [HEADERS, *ROWS]}), "Пароль-7"))
    try_password(password_dialog(qtbot), "Пароль-7", qtbot)
    bench.until(lambda: page.reading.isVisible() and not page.opening.busy)
    bench.settle()
    assert "locked.xlsx" in page.reading.heading.text() and "Пароль-7" not in repr(page.state())
    page.reading.go_on.click()
    bench.settle()
    page.show_reading()
    bench.settle()
    assert count(page) == "2 households, 3 people"  # read again from memory: the password is not asked twice
    assert registry(bench.session, DAY) == []
