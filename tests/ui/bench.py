"""The pages of the registry in a real window on a real register, and how a test waits for them without sleeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coordinator.session import Session
from tests.conftest import WAIT
from tests.ui.settling import settle
from ui.crash import CrashDesk
from ui.desk import Desk, Pages
from ui.main_window import MainWindow
from ui.pages.duplicates import DuplicatesPage
from ui.pages.registry import RegistryPage
from ui.preferences import Preferences

DAY = date(2023, 8, 15)
FIELDS = (QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox, QAbstractButton, QAbstractItemView)


class Bench:
    """A window with the registry, the duplicates and `more` pages on `session`, at the working date 15.08.2023."""

    def __init__(
        self,
        qtbot: QtBot,
        session: Session,
        crashes: CrashDesk,
        preferences: Preferences | None = None,
        more: Pages | None = None,
    ) -> None:
        self.qtbot, self.session = qtbot, session
        pages: Pages = {"registry": RegistryPage, "duplicates": DuplicatesPage, **(more or {})}
        self.window = MainWindow(lambda: pages, preferences or Preferences(), crashes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 740)
        self.window.show()
        self.window.open(session)
        qtbot.waitUntil(lambda: self.window.desk is not None)
        assert self.window.register is not None
        self.window.register.working_date.choose(DAY)
        self.settle()

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    @property
    def registry(self) -> RegistryPage:
        page = self.desk.pages["registry"]
        assert isinstance(page, RegistryPage)
        return page

    @property
    def duplicates(self) -> DuplicatesPage:
        page = self.desk.pages["duplicates"]
        assert isinstance(page, DuplicatesPage)
        return page

    def settle(self) -> None:
        """Until all verbs and queries are done and every change has been shown."""
        settle(self.qtbot, self.window)

    def choose(self, household_id: str) -> None:
        """Make a household current in the registry and wait until the panel shows it."""
        self.desk.go("registry", household=household_id)
        self.settle()
        assert self.registry.panel.card is not None
        assert self.registry.panel.card.household.id == household_id

    def until(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=WAIT)


def type_over(field: QWidget, text: str) -> None:
    """As a person does it: go there, select all, type. Cyrillic goes in as the input method gives it."""
    assert isinstance(field, (QLineEdit, QPlainTextEdit))
    field.setFocus()
    field.selectAll()
    if isinstance(field, QPlainTextEdit):
        field.insertPlainText(text)
    else:
        field.insert(text)
        field.setModified(True)
        field.textEdited.emit(text)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(widget, key, modifier)


def unnamed(root: QWidget) -> list[str]:
    """Fields and buttons that one can reach but a screen reader cannot name."""
    found = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, FIELDS) or not widget.isVisibleTo(root) or widget.focusPolicy().value == 0:
            continue
        inner = isinstance(widget.parent(), (QAbstractSpinBox, QComboBox)) or widget.objectName().startswith("qt_")
        words = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
        if not inner and not words.strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found
