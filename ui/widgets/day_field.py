"""A day typed quickly: "15", "15.8", "15.08.2023", "+2"; Ctrl+; is today, Up and Down move by a day."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from coordinator.domain.typed_day import read_day
from resources.i18n import _
from ui import texts, theme

FARTHEST_DAYS = 366


class DayField(QWidget):
    """A line for a day with its weekday in words beside it; empty is allowed and means what `empty` says."""

    changed = Signal()

    def __init__(self, name: str, near: date, *, empty: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near, self._empty = near, empty
        self.edit = _Line(near)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(_("day.month"))
        self.edit.setToolTip(_("For example 15, 15.8 or +2; Ctrl+; is today, Up and Down move by a day"))
        self.edit.setFixedWidth(self.edit.fontMetrics().horizontalAdvance("00.00.0000") + theme.unit(30))
        self.words = QLabel()
        theme.dress(self.words, "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(8))
        row.addWidget(self.edit)
        row.addWidget(self.words, 1)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._look)
        self.edit.editingFinished.connect(self._write_out)
        self._look()

    def day(self) -> date | None:
        return read_day(self.edit.text(), self._near)

    def valid(self) -> bool:
        """Empty, or a day within a year of now."""
        day = self.day()
        if day is None:
            return not self.edit.text().strip()
        return abs((day - self._near).days) <= FARTHEST_DAYS

    def set_day(self, day: date | None) -> None:
        self.edit.setText(texts.day_short(day) if day else "")

    def say_empty(self, words: str) -> None:
        """What an empty field means from now on."""
        self._empty = words
        self._look()

    def _look(self) -> None:
        day = self.day()
        if not self.valid():
            words = _("This is no day near now. Write for example 15.08 or +2.")
        elif day is None:
            words = self._empty
        else:
            near = texts.day_near(day, self._near) if abs((day - self._near).days) < 15 else ""
            words = ", ".join(part for part in (texts.weekday(day), near) if part)
        theme.mark_fault(self.edit, not self.valid())
        self.words.setText(words)
        self.edit.setAccessibleDescription(words)
        self.changed.emit()

    def _write_out(self) -> None:
        if self.valid():
            self.set_day(self.day())


class _Line(QLineEdit):
    def __init__(self, near: date) -> None:
        super().__init__()
        self._near = near

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        today = event.key() in (Qt.Key.Key_Semicolon, ord("Ж"))  # one key on both keyboards
        if event.key() in steps:
            day = read_day(self.text(), self._near) or self._near - timedelta(days=steps[event.key()])
            self.setText(texts.day_short(day + timedelta(days=steps[event.key()])))
        elif today and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.setText(texts.day_short(self._near))
        else:
            super().keyPressEvent(event)
