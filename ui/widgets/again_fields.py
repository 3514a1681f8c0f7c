"""When to ask again, and who: a day, a time, a name."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from coordinator.domain.days import kyiv, moment_of, read_clock, split_turn
from coordinator.domain.decision import Again
from coordinator.domain.names import clean
from coordinator.errors import UserError
from resources.i18n import _
from ui import theme
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField
from ui.widgets.household.section import caption

MORNING = "09:00"


class AgainFields(QWidget):
    """The three fields in one line that wraps; `read` gives what stands there."""

    def __init__(self, today: date) -> None:
        super().__init__()
        self.day = DayField(_("Ask again on"), today, empty=_("no date"))
        self.time, self.by = QLineEdit(MORNING), QLineEdit()
        self.time.setAccessibleName(_("Time, Kyiv"))
        self.time.setFixedWidth(self.time.fontMetrics().horizontalAdvance("00:00 (2)") + theme.unit(20))
        self.by.setAccessibleName(_("Who asks again"))
        self.by.setPlaceholderText(_("anyone"))
        self.by.setMinimumWidth(theme.unit(130))
        self._flow = FlowLayout(self, gap=8)
        for part in (self.day, _together(_("at"), self.time), _together(_("by"), self.by)):
            self._flow.addWidget(part)
        self.setFocusProxy(self.day)

    def set_again(self, at: datetime | None, by: str) -> None:
        self.day.set_day(kyiv(at).date() if at else None)
        self.time.setText(f"{kyiv(at):%H:%M}" if at else MORNING)
        self.by.setText(by)

    def again(self) -> Again:
        """Without a day: no date. UserError "setting.day", "time.unreadable", "time.twice", "time.never"."""
        day, typed = self.day.day(), self.day.edit.text().strip()
        if day is None and typed:
            raise UserError("setting.day", value=typed)
        if day is None:
            return Again()
        text, turn = split_turn(self.time.text().strip())
        minutes = read_clock(text)
        if minutes is None:
            raise UserError("time.unreadable", value=text)
        return Again(moment_of(day, minutes, turn), clean(self.by.text()))


def _together(words: str, field: QWidget) -> QWidget:
    """A caption that is not torn off its field where the line wraps."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.unit(8))
    row.addWidget(caption(words, field))
    row.addWidget(field)
    return box
