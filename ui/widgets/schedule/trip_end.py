"""The end of a trip's results: people met on the way, when it arrived, and that it has."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from coordinator.domain.days import read_clock, split_turn
from coordinator.domain.trip import TripStatus
from coordinator.queries.board import BoardTrip
from resources.i18n import _
from ui import actions, theme
from ui.rights import needs


class TripEnd(QWidget):
    """`met_wanted`; `arrived(minutes | None, turn)`, None for now; `closed`."""

    met_wanted = Signal()
    arrived = Signal(object, int)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.met = QPushButton(theme.icon("plus"), _("People met on the way…"))
        self.arrive = QPushButton(_("Trip arrived"))
        self.at = QLineEdit()
        self.at.setAccessibleName(_("Arrived at"))
        self.at.setPlaceholderText(_("now"))
        self.at.setFixedWidth(theme.unit(70))
        theme.dress(self.arrive, "primary")
        close, caption = QPushButton(_("Close")), QLabel(_("Arrived at"))
        caption.setBuddy(self.at)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(8))
        row.addWidget(self.met)
        row.addStretch(1)
        for part in (caption, self.at, self.arrive, close):
            row.addWidget(part)
        for button in (self.met, self.arrive, close):
            button.setAutoDefault(False)
        self.met.setToolTip(actions.tooltip("record.new", _("People met on the way")))
        for part in (self.met, self.arrive, self.at):
            needs(part)
        self.met.clicked.connect(self.met_wanted)
        self.arrive.clicked.connect(self.say_arrived)
        self.at.returnPressed.connect(self.say_arrived)
        close.clicked.connect(self.closed)

    def show_trip(self, trip: BoardTrip | None) -> None:
        back = trip is not None and trip.status is TripStatus.ARRIVED
        self.met.setEnabled(trip is not None)
        for part in (self.arrive, self.at):
            part.setEnabled(trip is not None and not back)
        self.arrive.setText(_("Has arrived") if back else _("Trip arrived"))
        why = _("There is no trip") if trip is None else _("The trip has arrived already") if back else ""
        self.arrive.setToolTip(why or actions.tooltip("form.save", _("Trip arrived")))

    def say_arrived(self) -> None:
        if not self.arrive.isEnabled():
            return
        typed, turn = split_turn(self.at.text().strip())
        minutes = read_clock(typed) if typed else None
        unread = bool(typed) and minutes is None
        theme.mark_fault(self.at, unread)
        if unread:
            self.at.setFocus()
        else:
            self.arrived.emit(minutes, turn)

    def take_focus(self) -> bool:
        """Come here after the last stop; False where the trip is back already."""
        if self.arrive.isEnabled():
            self.arrive.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.arrive.isEnabled()
