"""A date field as used everywhere: 15.08.2023 by keyboard, or from a calendar that follows the theme."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QWidget

from ui import theme


class DateEdit(QDateEdit):
    """`day` is a plain date. A date counts when the typing is done, not at each digit."""

    def __init__(self, name: str, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setCalendarPopup(True)
        self.setDisplayFormat("dd.MM.yyyy")
        self.setKeyboardTracking(False)
        self.set_day(day)
        calendar = self.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        weekend = QTextCharFormat()
        weekend.setForeground(theme.color("muted"))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(weekday, weekend)
        digits = self.fontMetrics().horizontalAdvance("00.00.0000")
        self.setMinimumWidth(digits + theme.unit(46))

    @property
    def day(self) -> date:
        return as_day(self.date())

    def set_day(self, day: date) -> None:
        if self.day != day:
            self.setDate(QDate(day.year, day.month, day.day))


def as_day(chosen: QDate) -> date:
    return date(chosen.year(), chosen.month(), chosen.day())
