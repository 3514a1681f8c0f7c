"""The window around the pages: go round, switch language, theme and size, work on a day, keys."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QMessageBox,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coordinator.outcome import Change, Touched
from coordinator.register import open_register
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME
from resources import i18n
from tests.conftest import PASSPHRASE
from tests.ui.settling import settle
from tests.ui.window import CTRL, notes, press
from ui import actions, preferences, theme
from ui.crash import CrashDesk
from ui.main_window import MainWindow
from ui.pages.table import PAGES as EVERY_PAGE
from ui.preferences import Preferences
from ui.widgets.header import Header


def test_pages_are_gone_round_by_key_and_read_when_they_are_first_seen(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.desk is not None
    assert opened.desk.current_name() == "today"
    assert notes(opened).heard == []
    press(qtbot, opened, Qt.Key.Key_2, CTRL)
    assert opened.desk.header.title.text() == "Notes"
    assert notes(opened).heard == [None]
    press(qtbot, opened, Qt.Key.Key_F, CTRL)
    assert notes(opened).search.hasFocus()
    press(qtbot, opened, Qt.Key.Key_F5)
    assert notes(opened).heard == [None, None]
    press(qtbot, opened, Qt.Key.Key_1, CTRL)
    press(qtbot, opened, Qt.Key.Key_N, CTRL)
    assert (opened.desk.current_name(), notes(opened).calls) == ("registry", 1)
    opened.desk.go("registry", household="h1")
    assert notes(opened).target == {"household": "h1"}


def test_a_search_key_where_nothing_can_be_searched_says_so(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.desk is not None
    press(qtbot, opened, Qt.Key.Key_F, CTRL)
    assert opened.desk.notices.texts() == ["There is nothing to search on this page."]


def test_changes_of_this_and_of_another_program_reach_the_page_that_shows_them(
    opened: MainWindow, folder: Path, qtbot: QtBot
) -> None:
    assert opened.desk is not None and opened.register is not None
    opened.desk.go("registry")
    page = notes(opened)
    opened.register.tasks.run_verb(change_setting, opened.register.session, CENTRE_NAME, "Центр")
    qtbot.waitUntil(lambda: len(page.heard) == 2)
    assert page.heard[-1] == Change(Touched.SETTINGS)
    assert opened.desk.status.saved.text().startswith("Saved ")
    with open_register(folder, PASSPHRASE) as other:
        change_setting(other, CENTRE_NAME, "Інший")
        qtbot.waitUntil(lambda: len(page.heard) == 3)
    assert page.heard[-1] == Change(Touched.EVERYTHING)
    opened.desk.go("today")
    opened.register.bridge.tell(Change(Touched.SETTINGS))
    opened.register.bridge.tell(Change(Touched.FLEET))
    with qtbot.waitSignal(opened.register.bridge.changed):
        pass
    assert len(page.heard) == 3, "a hidden page does not stir"
    opened.desk.go("registry")
    assert len(page.heard) == 4


def test_an_edit_is_undone_and_done_again_by_key_and_named(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.desk is not None and opened.register is not None
    session = opened.register.session
    opened.register.tasks.run_verb(change_setting, session, CENTRE_NAME, "Центр")
    press(qtbot, opened, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: bool(opened.desk and opened.desk.notices.texts()))
    assert opened.desk.notices.texts() == ["Undone: Setting “Name of the coordination centre” changed"]
    assert session.setting(CENTRE_NAME) == ""
    press(qtbot, opened, Qt.Key.Key_Y, CTRL)
    qtbot.waitUntil(lambda: bool(opened.desk and len(opened.desk.notices.texts()) == 2))
    assert session.setting(CENTRE_NAME) == "Центр"


def test_the_working_date_is_chosen_and_does_not_move_by_itself(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.desk is not None and opened.register is not None
    working, chooser = opened.register.working_date, opened.desk.header.date
    today = opened.register.session.today()
    opened.desk.go("registry")
    assert (working.day, chooser.near.text(), chooser.today.isVisible()) == (today, "today", False)
    press(qtbot, opened, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert working.day == today + timedelta(days=1)
    assert chooser.today.text() == "tomorrow – go to today"
    assert notes(opened).heard == [None, None]
    chooser.edit.setDate(chooser.edit.date().fromString("15.08.2023", "dd.MM.yyyy"))
    assert working.day == date(2023, 8, 15)
    assert chooser.weekday.text() == "Tuesday"
    press(qtbot, opened, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert working.day == today


def test_another_language_rebuilds_everything_and_keeps_what_was_being_done(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.desk is not None and opened.register is not None
    before, register = opened.desk, opened.register
    before.go("registry")
    notes(opened).search.setText("Зозуля")
    register.working_date.choose(date(2023, 8, 15))
    before.header.language_chosen.emit("uk")
    qtbot.waitUntil(lambda: opened.desk is not None and opened.desk is not before)
    assert opened.register is register
    assert opened.desk is not None and opened.desk.current_name() == "registry"
    assert notes(opened).search.text() == "Зозуля"
    assert opened.desk.header.languages.text() == "UK"
    assert register.working_date.day == date(2023, 8, 15)
    assert i18n.language() == "uk" and QLocale().language() is QLocale.Language.Ukrainian
    box = QMessageBox(QMessageBox.Icon.NoIcon, "", "", QMessageBox.StandardButton.Cancel)
    assert box.buttons()[0].text().replace("&", "") == "Скасувати"
    assert preferences.load().language == "uk"


def test_theme_and_font_size_are_switched_and_remembered(
    opened: MainWindow, qtbot: QtBot, dressed: QApplication
) -> None:
    before = opened.desk
    assert before is not None
    before.header.theme_chosen.emit("dark")
    qtbot.waitUntil(lambda: opened.desk is not None and opened.desk is not before)
    assert theme.current().dark
    press(qtbot, opened, Qt.Key.Key_Plus, CTRL)
    assert dressed.font().pointSizeF() == pytest.approx(11)
    assert (preferences.load().theme, preferences.load().font_percent) == ("dark", 110)
    opened.zoom(0)
    assert dressed.font().pointSizeF() == pytest.approx(10)


def test_the_sheet_of_keys_lists_what_can_be_done_here(opened: MainWindow, qtbot: QtBot) -> None:
    assert opened.desk is not None
    sheet = {words: key for _heading, rows in actions.sheet(opened.desk) for words, key in rows}
    assert sheet["Take a call"] == "Ctrl+N"
    assert sheet["Registry"] == "Ctrl+2"
    assert "Plan the day" not in sheet
    press(qtbot, opened, Qt.Key.Key_F1)
    dialogs = opened.findChildren(QDialog)
    assert [dialog.windowTitle() for dialog in dialogs] == ["All keys"]
    dialogs[0].close()


def test_no_key_is_given_twice() -> None:
    """Pages, their tables and their cells may share keys with each other, never with the window."""
    within = (actions.Group.PAGE, actions.Group.SHEET, actions.Group.TABLE)
    specs = actions.ACTIONS.values()
    window = [key for spec in specs if spec.group not in within for key in spec.keys]
    page = {key for spec in specs if spec.group in within for key in spec.keys}
    assert len(window) == len(set(window))
    assert page & set(window) == set()
    every_table = [key for name, spec in actions.ACTIONS.items() if name.startswith("table.") for key in spec.keys]
    assert len(every_table) == len(set(every_table))
    cells = {key for name, spec in actions.ACTIONS.items() if name.startswith("cell.") for key in spec.keys}
    assert not cells & set(every_table), "both stand on the registry's table"


@pytest.mark.parametrize("percent", [100, 200])
def test_nothing_is_cut_on_a_small_screen_and_everything_has_a_name(
    opened: MainWindow, qtbot: QtBot, percent: int
) -> None:
    assert opened.register is not None
    opened.register.working_date.choose(opened.register.session.today() + timedelta(days=3))
    if percent != 100:
        before = opened.desk
        opened.preferences.font_percent = percent
        opened.wear("light")
        qtbot.waitUntil(lambda: opened.desk is not before)
    opened.resize(1366, 768)
    desk = opened.desk
    assert desk is not None
    desk.notices.show_notice("Another program holds the register.", "warning", step="Try again", then=lambda: None)
    opened.grab()
    assert opened.minimumSizeHint().width() <= 1366 and opened.minimumSizeHint().height() <= 768
    header = desk.findChild(Header)
    assert header is not None
    cut = [w for w in _visible(desk) if isinstance(w, QLabel | QAbstractButton) and _is_cut(w)]
    assert [(type(w).__name__, w.text()) for w in cut] == []
    assert [type(w).__name__ for w in _visible(opened) if _takes_focus(w) and not _name(w)] == []


def _visible(within: QWidget) -> list[QWidget]:
    return [widget for widget in within.findChildren(QWidget) if widget.isVisible()]


def _is_cut(widget: QLabel | QAbstractButton) -> bool:
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    return not wraps and widget.width() < widget.minimumSizeHint().width()


def _takes_focus(widget: QWidget) -> bool:
    inner = widget.objectName().startswith("qt_") or isinstance(widget, QScrollArea)
    return widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not inner


def _name(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return widget.accessibleName() or (str(text()) if callable(text) else "")


def test_no_key_means_two_things_on_one_page(qtbot: QtBot, session: Session, crashes: CrashDesk) -> None:
    """Of two actions with one key Qt carries out neither."""
    window = MainWindow(lambda: EVERY_PAGE, Preferences(language="en"), crashes)
    qtbot.addWidget(window)
    window.show()
    window.open(session)
    qtbot.waitUntil(lambda: window.desk is not None)
    assert window.desk is not None
    for name in EVERY_PAGE:
        window.desk.go(name)
        settle(qtbot, window)
        keys = Counter(
            key.toString()
            for action in window.findChildren(QAction)
            if action.shortcutContext() == Qt.ShortcutContext.WindowShortcut
            and any(isinstance(one, QWidget) and one.isVisible() for one in action.associatedObjects())
            for key in action.shortcuts()
        )
        assert [key for key, times in keys.items() if times > 1] == [], name
    window.close()
