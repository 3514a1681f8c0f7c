"""The chosen trip: its driver and vehicle, and what can be done with it. Lies under the list of trips."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from coordinator.domain.fleet import Driver, Vehicle
from coordinator.domain.roles import Right
from coordinator.domain.trip import TripStatus
from coordinator.queries.board import BoardTrip
from resources.i18n import _
from ui import theme
from ui.rights import needs
from ui.widgets.schedule import words

LEAST_WIDTH = 84


class TripStrip(QFrame):
    """`driver_chosen(trip, driver | "")`, `vehicle_chosen(trip, vehicle)`; `broken_wanted(vehicle)`; the others
    say what is wanted of it."""

    driver_chosen = Signal(str, str)
    vehicle_chosen = Signal(str, str)
    departed_wanted = Signal(str, bool)
    results_wanted = Signal(str)
    print_wanted = Signal(str)
    removal_wanted = Signal(str)
    broken_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self.trip: BoardTrip | None = None
        self.title = QLabel(_("No trip chosen"))
        theme.dress(self.title, "strong")
        self.driver, self.vehicle = _choice(_("Driver")), _choice(_("Vehicle"))
        self.departed = QPushButton(_("Has left"))
        self.departed.setCheckable(True)
        self.results = _tool("check", _("Results of this trip"))
        self.print = _tool("print", _("Print the list of this trip"))
        self.remove = _tool("delete", _("Give this trip up"))
        self.broken = _tool("warning", _("The vehicle broke down now: replan its open stops"))
        for part in (self.driver, self.vehicle, self.departed, self.results, self.remove, self.broken):
            needs(part)
        needs(self.print, Right.PRINT)
        self._lay_out()
        self._connect()
        self.show_trip(None, (), ())

    def show_trip(self, trip: BoardTrip | None, drivers: Sequence[Driver], vehicles: Sequence[Vehicle]) -> None:
        self.trip = trip
        for part in (self.driver, self.vehicle, self.departed, self.results, self.print, self.remove, self.broken):
            part.setEnabled(trip is not None)
        if trip is None:
            self.title.setText(_("No trip chosen"))
            return
        self.title.setText(_("Trip {number}").format(number=trip.number))
        free = [(_("no driver yet"), "")]
        _fill(self.driver, free + [(driver.name, driver.id or "") for driver in drivers], trip.driver_id or "")
        known = [(_vehicle(vehicle), vehicle.id or "") for vehicle in vehicles if _usable(vehicle, trip)]
        _fill(self.vehicle, known, trip.vehicle_id)
        self._allow(trip)

    def take_focus(self) -> None:
        self.driver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow(self, trip: BoardTrip) -> None:
        over = {
            TripStatus.ARRIVED: _("The trip has arrived"),
            TripStatus.CANCELLED: _("The trip was given up"),
        }.get(trip.status, "")
        for part in (self.driver, self.vehicle, self.departed, self.remove, self.broken):
            _say_why(part, over)
        _say_why(self.print, over if trip.status is TripStatus.CANCELLED else "")
        _say_why(self.results, over if trip.status is TripStatus.CANCELLED else "")
        self.departed.setChecked(trip.status is TripStatus.DEPARTED)
        if not over and trip.status is TripStatus.DEPARTED:
            _say_why(self.remove, _("The trip has left"))

    def _connect(self) -> None:
        self.driver.activated.connect(lambda _n: self._chosen(self.driver, self.driver_chosen, "driver_id"))
        self.vehicle.activated.connect(lambda _n: self._chosen(self.vehicle, self.vehicle_chosen, "vehicle_id"))
        self.departed.clicked.connect(self._ask_departed)
        self.broken.clicked.connect(self._say_broken)
        for button, signal in (
            (self.results, self.results_wanted), (self.print, self.print_wanted), (self.remove, self.removal_wanted),
        ):  # fmt: skip
            button.clicked.connect(lambda _on=False, signal=signal: self._trip_id() and signal.emit(self._trip_id()))

    def _say_broken(self) -> None:
        if self.trip is not None:
            self.broken_wanted.emit(self.trip.vehicle_id)

    def _chosen(self, box: QComboBox, signal: Signal, held: str) -> None:
        if self.trip is not None and (getattr(self.trip, held) or "") != box.currentData():
            signal.emit(self.trip.trip_id, box.currentData())

    def _ask_departed(self, on: bool) -> None:
        """The button shows what the register says, also where it says no."""
        if self.trip is not None:
            self.departed.setChecked(not on)
            self.departed_wanted.emit(self.trip.trip_id, on)

    def _trip_id(self) -> str:
        return self.trip.trip_id if self.trip is not None else ""

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(12), theme.unit(5), theme.unit(6), theme.unit(5))
        row.setSpacing(theme.unit(7))
        row.addWidget(self.title)
        row.addSpacing(theme.unit(4))
        for caption, box in ((_("Driver"), self.driver), (_("Vehicle"), self.vehicle)):
            label = QLabel(caption)
            theme.dress(label, "small")
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box, 1)
        for button in (self.departed, self.results, self.print, self.broken, self.remove):
            row.addWidget(button)


def _choice(name: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    box.setMinimumWidth(theme.unit(LEAST_WIDTH))
    return box


def _fill(box: QComboBox, choices: list[tuple[str, str]], current: str) -> None:
    if [(box.itemText(n), box.itemData(n)) for n in range(box.count())] != choices:
        box.clear()
        for text, code in choices:
            box.addItem(text, code)
    box.setCurrentIndex(max(0, box.findData(current)))


def _vehicle(vehicle: Vehicle) -> str:
    return f"{vehicle.plate} · {words.places(vehicle.capacity)}"


def _usable(vehicle: Vehicle, trip: BoardTrip) -> bool:
    return vehicle.active or vehicle.id == trip.vehicle_id


def _tool(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(icon))
    button.setIconSize(QSize(theme.unit(17), theme.unit(17)))
    button.setToolTip(name)
    button.setAccessibleName(name)
    return button


def _say_why(part: QWidget, why_not: str) -> None:
    """Disabled with the reason in the tooltip, or enabled with its name there."""
    part.setEnabled(not why_not)
    part.setToolTip(why_not or part.accessibleName())
