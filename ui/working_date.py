"""The day that is worked on. It is chosen by a person and does not move by itself at midnight."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal


class WorkingDate(QObject):
    """`day` is a Kyiv calendar day; `changed(date)` when another one is chosen."""

    changed = Signal(object)

    def __init__(self, day: date, today: Callable[[], date], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self.today = today

    @property
    def day(self) -> date:
        return self._day

    def choose(self, day: date) -> None:
        if day != self._day:
            self._day = day
            self.changed.emit(day)
