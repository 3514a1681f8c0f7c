"""Small pages and helpers for tests of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QVBoxLayout,
)
from pytestqt.qtbot import QtBot

from coordinator.outcome import Change, Touched
from ui.main_window import MainWindow
from ui.pages.base import Page, PageContext
from ui.pages.unlock import UnlockPage
from ui.widgets.search_field import SearchField


class Notes(Page):
    """A small page with a search field that counts how often it was asked to read."""

    depends_on = Touched.SETTINGS

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.search = SearchField("Search notes")
        self.heard: list[Change | None] = []
        self.target: dict[str, Any] = {}
        self.calls = 0
        column = QVBoxLayout(self)
        column.addWidget(self.search)
        column.addStretch(1)

    def title(self) -> str:
        return "Notes"

    def refresh(self, change: Change | None) -> None:
        self.heard.append(change)

    def state(self) -> dict[str, Any]:
        return {"search": self.search.text()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.search.setText(state["search"])

    def show_target(self, **what: Any) -> None:
        self.target = what

    def focus_search(self) -> bool:
        self.search.take_focus()
        return True

    def take_call(self) -> bool:
        self.calls += 1
        return True


class Plain(Page):
    """A page with nothing on it."""

    def title(self) -> str:
        return "Plain"


PAGES: dict[str, Callable[[PageContext], Page]] = {"today": Plain, "registry": Notes, "schedule": Plain}
CTRL = Qt.KeyboardModifier.ControlModifier


def unlock(window: MainWindow, folder: Path, passphrase: str) -> UnlockPage:
    page = window.unlock_page
    assert page is not None
    page.open_form.choose(folder)
    page.open_form.passphrase.line.setText(passphrase)
    page.open_form.submit()
    return page


def notes(window: MainWindow) -> Notes:
    assert window.desk is not None
    page = window.desk.pages["registry"]
    assert isinstance(page, Notes)
    return page


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """A key as a person presses it: to the widget that has the focus."""
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, key, modifier or Qt.KeyboardModifier.NoModifier)
