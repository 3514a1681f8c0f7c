"""The cards of the tab "Privacy": the term, locking, and erasing the register."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from coordinator.queries.retention import RetentionPreview
from coordinator.settings import LOCK_MINUTES, RETENTION_DAYS, RETENTION_NAMES
from resources.i18n import _
from ui import privacy_words, theme
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import Card, allow
from ui.widgets.schedule.strips import Strip


class TermCard(Card):
    """`term_chosen(days, names)`, `remove_wanted`, `finish_wanted`."""

    term_chosen = Signal(int, bool)
    remove_wanted = Signal()
    finish_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Personal data of those who were delivered"))
        self.state = Strip(Kind.INFO)
        self.body.addWidget(self.state)
        days = _("Days after arrival until data are due; 0 is never")
        self.days = _spin(days, RETENTION_DAYS.low, RETENTION_DAYS.high)
        self.days.setSpecialValueText(_("never"))
        self.save = QPushButton(_("Save"))
        self.body.addLayout(_row(_("Due after so many days:"), self.days, self.save))
        self.names = QCheckBox(_("Remove names and birth dates as well"))
        self.body.addWidget(self.names)
        self.about = self.add_words("muted")
        self.drop = QCheckBox(_("Then make a new copy and delete the older ones"))
        self.copies = self.add_words("muted")
        self.body.addWidget(self.drop)
        self.remove = self.add_button(_("Remove what is due…"), self.remove_wanted.emit)
        self.finish = self.add_button(_("Finish the removal"), self.finish_wanted.emit, "refresh")
        self._kept, self._why_not = (0, RETENTION_NAMES.default), ""
        self.names.setChecked(RETENTION_NAMES.default)
        self.save.clicked.connect(lambda: self.term_chosen.emit(self.days.value(), self.names.isChecked()))
        self.days.valueChanged.connect(lambda _value: self._changed())
        self.names.toggled.connect(lambda _on: self._changed())

    def show_term(self, shown: RetentionPreview, why_not: str) -> None:
        """`why_not`: why this user cannot remove anything, "" where they can."""
        if not self._is_changed():
            self.days.setValue(shown.term)
            self.names.setChecked(shown.names)
        self._kept = (shown.term, shown.names)
        words = privacy_words.due(shown)
        if shown.pending:
            words = _(
                "The last removal is not finished: traces may be left in the file. Close other programs and finish it."
            )
        self.state.say(words, Kind.WARNING if shown.households or shown.pending else Kind.INFO)
        theme.dress(self.state.words, "")
        self.finish.setVisible(shown.pending)
        nothing = "" if shown.households else _("Nothing is due.")
        allow(self.remove, why_not or nothing)
        allow(self.finish, why_not)
        for field in (self.days, self.names, self.drop):
            field.setEnabled(not why_not)
            field.setToolTip(why_not)
        self._why_not = why_not
        self._changed()

    def _is_changed(self) -> bool:
        return (self.days.value(), self.names.isChecked()) != self._kept

    def _changed(self) -> None:
        self.about.setText(privacy_words.what_goes(self.names.isChecked()))
        allow(self.save, self._why_not or ("" if self._is_changed() else _("Nothing is changed.")))


class LockCard(Card):
    """`chosen(minutes)`"""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__(_("Locking by itself"))
        minutes = _("Minutes without a key or the mouse until it locks")
        self.minutes = _spin(minutes, LOCK_MINUTES.low, LOCK_MINUTES.high)
        self.save = QPushButton(_("Save"))
        self.body.addLayout(_row(_("Lock after so many idle minutes:"), self.minutes, self.save))
        self._kept, self._why_not = self.minutes.value(), ""
        self.save.clicked.connect(lambda: self.chosen.emit(self.minutes.value()))
        self.minutes.valueChanged.connect(lambda _value: self._allow())

    def show_minutes(self, minutes: int, why_not: str) -> None:
        if self.minutes.value() == self._kept:
            self.minutes.setValue(minutes)
        self._kept, self._why_not = minutes, why_not
        self.minutes.setEnabled(not why_not)
        self._allow()

    def _allow(self) -> None:
        same = _("Nothing is changed.") if self.minutes.value() == self._kept else ""
        allow(self.save, self._why_not or same)


class EraseCard(Card):
    """Calm words and one button; what it does is asked again in its dialog."""

    def __init__(self, wanted: Callable[[], object]) -> None:
        super().__init__(_("Erase this register"))
        about = self.add_words("muted")
        about.setText(
            _(
                "For a register that is no longer needed. Its keys are destroyed first, then all of its files: nobody "
                "can bring it back."
            )
        )
        self.erase = self.add_button(_("Erase…"), wanted, "danger")


def _spin(name: str, low: float | None, high: float | None) -> QSpinBox:
    box = QSpinBox()
    box.setRange(int(low or 0), int(high or 0))
    box.setAccessibleName(name)
    theme.inset(box)
    return box


def _row(words: str, field: QWidget, button: QPushButton) -> QVBoxLayout:
    """A field with its label above and its button beside it."""
    column, row, label = QVBoxLayout(), QHBoxLayout(), QLabel(words)
    label.setBuddy(field)
    label.setWordWrap(True)
    column.setSpacing(theme.unit(3))
    row.addWidget(field)
    row.addWidget(button)
    row.addStretch(1)
    column.addWidget(label)
    column.addLayout(row)
    return column
