"""Trips that no longer fit, each with its reasons and with what solves it; and who cannot come on this day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.outcome import Change, Touched
from coordinator.queries.board import BoardTrip
from resources.i18n import _, ngettext
from ui import theme
from ui.pages.base import PageContext
from ui.rights import needs
from ui.widgets.board.troubled import Fitting, fitting, reasons, troubled
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.reading import DayView, read_day_view
from ui.widgets.schedule.strips import Strip

_TRIP = Qt.ItemDataRole.UserRole
SHOWN = Touched.SCHEDULE | Touched.FLEET | Touched.DECISIONS | Touched.HOUSEHOLDS


class TroublesDialog(QDialog):
    """The signals say what is wanted of a trip; `out_wanted`: record who cannot come, `back_wanted(id)`: they can."""

    vehicle_wanted = Signal(str, str)
    driver_wanted = Signal(str, str)
    spread_wanted = Signal(str)
    removal_wanted = Signal(str)
    out_wanted = Signal()
    back_wanted = Signal(str)

    def __init__(self, context: PageContext, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day = context, day
        self._view: DayView | None = None
        self._shown = ""
        self.setWindowTitle(_("Trips that no longer fit"))
        self.heading, self.why = QLabel(), Strip(Kind.DANGER)
        self.trips = QListWidget()
        self.vehicle, self.driver, self.outs = QComboBox(), QComboBox(), QComboBox()
        self.give, self.drive = QPushButton(_("Give it the trip")), QPushButton(_("Let them drive"))
        self.back = QPushButton(_("Can come after all"))
        self.spread = QPushButton(theme.icon("fleet"), _("Give its stops to other trips…"))
        self.remove = QPushButton(theme.icon("delete"), _("Give the trip up"))
        self.out = QPushButton(theme.icon("minus"), _("Somebody cannot come…"))
        self._lay_out()
        self._connect()
        self._ask()

    def current(self) -> BoardTrip | None:
        item = self.trips.currentItem()
        return self._view.trip(item.data(_TRIP)) if item is not None and self._view is not None else None

    def _ask(self) -> None:
        self._context.tasks.run_query(
            read_day_view, self._context.session, self._day, done=self._show, key=(self, "day")
        )

    def _hear(self, change: Change) -> None:
        if change.touched & SHOWN:
            self._ask()

    def _show(self, view: DayView) -> None:
        self._view = view
        found, kept = troubled(view), self._shown
        self.trips.blockSignals(True)
        self.trips.clear()
        for trip in found:
            text = _("{trip}, {times}").format(trip=words.trip(trip), times=words.span(trip.depart, trip.back))
            item = QListWidgetItem(theme.icon("danger", "danger"), text, self.trips)
            item.setData(_TRIP, trip.trip_id)
            item.setToolTip("\n".join(words.finding(one) for one in reasons(view, trip)))
            if trip.trip_id == kept:
                self.trips.setCurrentItem(item)
        if self.trips.currentRow() < 0 and found:
            self.trips.setCurrentRow(0)
        self.trips.blockSignals(False)
        text = ngettext("{n} trip no longer fits.", "{n} trips no longer fit.", len(found)).format(n=len(found))
        self.heading.setText(text if found else _("Every trip of this day fits."))
        self.outs.clear()
        for row_id, said in view.cannot_come:
            self.outs.addItem(said, row_id)
        self.back.setEnabled(bool(view.cannot_come))
        self.back.setToolTip("" if view.cannot_come else _("Everybody can come on this day"))
        self._show_trip()

    def _show_trip(self) -> None:
        trip, view = self.current(), self._view
        for part in (self.vehicle, self.driver, self.give, self.drive, self.spread, self.remove):
            part.setEnabled(trip is not None)
            part.setToolTip("" if trip is not None else _("No trip is chosen"))
        self.vehicle.clear()
        self.driver.clear()
        self.why.say("", Kind.DANGER)
        if trip is None or view is None:
            return
        self._shown = trip.trip_id
        self.why.say("\n".join(words.finding(one) for one in reasons(view, trip)), Kind.DANGER)
        for driver in view.drivers:
            if driver.id != trip.driver_id:
                self.driver.addItem(f"{driver.name} · {driver.licence}" if driver.licence else driver.name, driver.id)
        others = tuple(one.id for one in view.vehicles if one.active and one.id and one.id != trip.vehicle_id)
        if view.draft is not None:
            self._context.tasks.run_work(
                fitting, view.draft, trip.trip_id, others, done=lambda found: self._offer(trip.trip_id, found)
            )

    def _offer(self, trip_id: str, found: tuple[Fitting, ...]) -> None:
        """The vehicles, those with which it fits first."""
        if self._view is None or trip_id != self._shown:
            return
        vehicles = {vehicle.id: vehicle for vehicle in self._view.vehicles}
        self.vehicle.clear()
        for one in found:
            vehicle = vehicles[one.vehicle_id]
            name = f"{words.vehicle(vehicle.plate, vehicle.model)}, {words.places(vehicle.capacity)}"
            if one.breaches:
                text = _("{vehicle} – does not fit: {why}").format(vehicle=name, why=words.finding(one.breaches[0]))
                self.vehicle.addItem(theme.icon("warning", "warning"), text, one.vehicle_id)
            else:
                text = _("{vehicle} – fits").format(vehicle=name)
                self.vehicle.addItem(theme.icon("success", "success"), text, one.vehicle_id)
        why_not = "" if found else _("There is no other vehicle")
        self.give.setEnabled(not why_not)
        self.give.setToolTip(why_not)

    def _connect(self) -> None:
        self.trips.currentRowChanged.connect(lambda _row: self._show_trip())
        self.give.clicked.connect(lambda: self._emit(self.vehicle_wanted, self.vehicle))
        self.drive.clicked.connect(lambda: self._emit(self.driver_wanted, self.driver))
        self.spread.clicked.connect(lambda: self._shown and self.spread_wanted.emit(self._shown))
        self.remove.clicked.connect(lambda: self._shown and self.removal_wanted.emit(self._shown))
        self.out.clicked.connect(self.out_wanted)
        self.back.clicked.connect(lambda: self.outs.currentData() and self.back_wanted.emit(self.outs.currentData()))
        self._context.bridge.changed.connect(self._hear)

    def _emit(self, signal: Signal, box: QComboBox) -> None:
        if self.current() is not None and box.currentData():
            signal.emit(self._shown, box.currentData())

    def _lay_out(self) -> None:
        theme.dress(self.heading, "heading")
        self.trips.setAccessibleName(_("Trips that no longer fit"))
        self.vehicle.setAccessibleName(_("Another vehicle"))
        self.driver.setAccessibleName(_("Another driver"))
        self.outs.setAccessibleName(_("Cannot come on this day"))
        form, below, close = QFormLayout(), QHBoxLayout(), QPushButton(_("Close"))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows = (
            (_("Another vehicle"), self.vehicle, self.give), (_("Another driver"), self.driver, self.drive),
            (_("Cannot come on this day"), self.outs, self.back),
        )  # fmt: skip
        for title, box, button in rows:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            row = QHBoxLayout()
            row.addWidget(box, 1)
            row.addWidget(button)
            form.addRow(title, row)
        close.clicked.connect(self.accept)
        for button in (self.spread, self.remove, self.out):
            below.addWidget(button)
        below.addStretch(1)
        below.addWidget(close)
        for button in (self.give, self.drive, self.back, self.spread, self.remove, self.out, close):
            button.setAutoDefault(False)
            if button is not close:
                needs(button)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        for part in (self.heading, self.trips, self.why):
            column.addWidget(part, 1 if part is self.trips else 0)
        column.addLayout(form)
        column.addLayout(below)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(860), room.width() - 40), min(theme.unit(520), room.height() - 60))
