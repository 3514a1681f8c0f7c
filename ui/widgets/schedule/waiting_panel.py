"""The right side of the schedule: who is ready and in no trip, why, and what to do about the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from resources.i18n import _
from ui import actions, texts, theme
from ui.rights import needs
from ui.widgets.empty_state import EmptyState
from ui.widgets.schedule.reading import DayView
from ui.widgets.schedule.waiting import WaitingView
from ui.widgets.schedule.waiting_rows import WaitingRow


class WaitingPanel(QWidget):
    """`move_wanted(id)`; for a possible duplicate `decide_wanted(id)` and `both_wanted(id)`.

    `divide_wanted(id)` for a family that no vehicle takes in one piece.
    """

    move_wanted = Signal(str)
    decide_wanted = Signal(str)
    both_wanted = Signal(str)
    divide_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading, self.count = QLabel(_("Ready, in no trip")), QLabel()
        theme.dress(self.heading, "heading")
        theme.dress(self.count, "small")
        self.view = WaitingView()
        self.empty = EmptyState("success", "")
        self.view.set_empty(self.empty)
        self.move_button = QPushButton(_("Put on a trip…"))
        self.decide_button = QPushButton(_("Decide now"))
        self.both_button = QPushButton(_("Plan both"))
        self.divide_button = QPushButton(_("Divide…"))
        for part in (self.view, self.move_button, self.both_button, self.divide_button):
            needs(part)
        self._lay_out()
        self._connect()
        self._choose(None)

    def show_view(self, view: DayView) -> None:
        self.view.rows.set_rows(view.waiting)
        people = texts.people(view.board.totals.waiting)
        households = texts.households(len(view.waiting))
        self.count.setText(_("{people} in {households}").format(people=people, households=households))
        if view.live:
            self.empty.say("success", _("Nobody is left over"), _("Everybody who is ready stands on a trip."))
        else:
            self.empty.say("people", _("Nobody is ready for this day"))

    def _choose(self, row: WaitingRow | None) -> None:
        held = row is not None and row.held
        self.decide_button.setVisible(held)
        self.both_button.setVisible(held)
        self.divide_button.setVisible(row is not None and row.too_large)
        self.move_button.setEnabled(row is not None)
        key = actions.tooltip("schedule.move")
        self.move_button.setToolTip(key if row is not None else _("Choose a household first"))

    def _connect(self) -> None:
        self.view.current_changed.connect(self._choose)
        for button, signal in (
            (self.move_button, self.move_wanted), (self.decide_button, self.decide_wanted),
            (self.both_button, self.both_wanted), (self.divide_button, self.divide_wanted),
        ):  # fmt: skip
            button.clicked.connect(lambda _on=False, signal=signal: self._emit(signal))

    def _emit(self, signal: Signal) -> None:
        row = self.view.current()
        if row is not None:
            signal.emit(row.household_id)

    def _lay_out(self) -> None:
        self.decide_button.setToolTip(_("Compare the two households side by side"))
        self.both_button.setToolTip(_("They are different families: plan both on this day"))
        head, below = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.count)
        below.setSpacing(theme.unit(7))
        below.addWidget(self.move_button)
        below.addStretch(1)
        self.divide_button.setToolTip(_("See how this family could go in two vehicles"))
        for button in (self.both_button, self.decide_button, self.divide_button):
            below.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(6))
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(below)
