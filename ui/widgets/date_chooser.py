"""The working date in the header: weekday, date, a day back and forth, and how far from today it is."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from resources.i18n import _
from ui import texts, theme
from ui.widgets.date_edit import DateEdit, as_day
from ui.working_date import WorkingDate


class DateChooser(QWidget):
    """Shows and changes a WorkingDate. `previous`, `following` and `today` are the declared actions."""

    def __init__(self, working: WorkingDate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._working = working
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(4))
        self.weekday = QLabel()
        theme.dress(self.weekday, "strong")
        self.edit = DateEdit(_("Working date"), working.day)
        self.edit.setToolTip(_("The day that plans and results belong to"))
        self.back, self.forth = QToolButton(), QToolButton()
        self.today, self.near = QPushButton(), QLabel()
        theme.dress(self.today, "warn")
        theme.dress(self.near, "muted")
        for button in (self.back, self.forth):
            theme.dress(button, "quiet")
        row.addWidget(self.weekday)
        row.addSpacing(theme.unit(4))
        for part in (self.back, self.edit, self.forth, self.near, self.today):
            row.addWidget(part)
        self.edit.dateChanged.connect(lambda chosen: working.choose(as_day(chosen)))
        working.changed.connect(self._show)
        self._show(working.day)

    def step(self, days: int) -> None:
        self._working.choose(self._working.day + timedelta(days=days))

    def go_to_today(self) -> None:
        self._working.choose(self._working.today())
        self._show(self._working.day)

    def use(self, back: QAction, forth: QAction, today: QAction) -> None:
        """Take the declared actions for the buttons."""
        self.back.setDefaultAction(back)
        self.forth.setDefaultAction(forth)
        for button, action in ((self.back, back), (self.forth, forth)):
            button.setAccessibleName(action.text())
        self.today.clicked.connect(today.trigger)
        self.today.setToolTip(today.toolTip())

    def _show(self, day: date) -> None:
        self.edit.set_day(day)
        self.weekday.setText(texts.weekday(day))
        self.weekday.setAccessibleName(texts.day_long(day))
        today = self._working.today()
        near = texts.day_near(day, today)
        self.near.setText(near)
        self.near.setVisible(day == today)
        self.today.setText(_("{when} – go to today").format(when=near))
        self.today.setVisible(day != today)
