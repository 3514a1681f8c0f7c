"""From – to of a column's filter: numbers, or days that may move with the working date."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from coordinator.domain.filtering import Bound, Kind
from coordinator.domain.typed_day import read_day
from resources.i18n import _
from ui import texts, theme
from ui.tables.filtering.words import SPANS

ANY, SPAN = -1, -2


class RangeFields(QWidget):
    """`changed` when the range that is typed can be used; until then the old one holds and the fault is said."""

    changed = Signal()

    def __init__(self, kind: Kind, name: str, near: date, least: Bound, most: Bound) -> None:
        super().__init__()
        self.kind, self._near = kind, near
        self.least, self.most = least, most
        self.low = _line(_("{column} from").format(column=name), _("from"))
        self.high = _line(_("{column} to").format(column=name), _("to"))
        self.spans = QComboBox()
        self.spans.setAccessibleName(_("{column}: which days").format(column=name))
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        theme.dress(self.fault, "small")
        self.fault.hide()
        self._lay_out()
        self._fill()
        for line in (self.low, self.high):
            line.textEdited.connect(self._typed)
        self.spans.activated.connect(self._span_chosen)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.unit(6))
        row.addWidget(self.low)
        row.addWidget(QLabel("–"))
        row.addWidget(self.high)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(4))
        column.addWidget(self.spans)
        column.addLayout(row)
        column.addWidget(self.fault)

    def _fill(self) -> None:
        days = self.kind is Kind.DAY
        self.spans.setVisible(days)
        self.spans.addItem(_("any day"), ANY)
        for place, (_least, _most, words) in enumerate(SPANS):
            self.spans.addItem(_(words), place)
        self.spans.addItem(_("from – to"), SPAN)
        moving = next((n for n, span in enumerate(SPANS) if span[:2] == (self.least, self.most)), None)
        if days and moving is not None:
            self.spans.setCurrentIndex(self.spans.findData(moving))
        elif self.least is None and self.most is None:
            self.spans.setCurrentIndex(0)
        else:
            self.spans.setCurrentIndex(self.spans.findData(SPAN))
            self.low.setText(self._shown(self.least))
            self.high.setText(self._shown(self.most))
        self._show_lines()

    def _show_lines(self) -> None:
        typed = self.kind is Kind.NUMBER or self.spans.currentData() == SPAN
        for line in (self.low, self.high):
            line.setVisible(typed)
        for label in self.findChildren(QLabel):
            if label is not self.fault:
                label.setVisible(typed)

    def _span_chosen(self) -> None:
        chosen = self.spans.currentData()
        self._show_lines()
        if chosen == SPAN:
            self.low.setFocus(Qt.FocusReason.OtherFocusReason)
            self._typed()
            return
        self.least, self.most = (None, None) if chosen == ANY else SPANS[chosen][:2]
        self.fault.hide()
        self.changed.emit()

    def _typed(self) -> None:
        low, high = self._read(self.low), self._read(self.high)
        wrong = low is _WRONG or high is _WRONG
        if wrong:
            self.fault.setText(
                _("Write a day, for example 15.08 or -7.") if self.kind is Kind.DAY else _("Write a whole number.")
            )
        self.fault.setVisible(wrong)
        if not wrong:
            self.least, self.most = low, high
            self.changed.emit()

    def _read(self, line: QLineEdit) -> Bound:
        text = line.text().strip()
        if not text:
            found: Bound = None
        elif self.kind is Kind.DAY:
            found = read_day(text, self._near) or _WRONG
        else:
            found = int(text) if text.isdecimal() else _WRONG
        theme.mark_fault(line, found is _WRONG)
        return found

    def _shown(self, value: Bound) -> str:
        if value is None:
            return ""
        return texts.day_short(value) if isinstance(value, date) else str(value)


_WRONG: date = date.max
"""Stands for text that is no bound."""


def _line(name: str, hint: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.setPlaceholderText(hint)
    return line
