"""Put a household onto a trip by keyboard: choose the trip and the position, see the check, then do it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.names import clean
from coordinator.domain.schedule import Load, layout_for
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.board import BoardTrip, HouseholdLine
from coordinator.queries.moving import Move, NewTrip, preview_move
from coordinator.services.moving import move_household
from resources.i18n import _
from ui import texts, theme
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.reading import DayView, read_day_view
from ui.widgets.schedule.room import make_room
from ui.widgets.schedule.rows import Place
from ui.widgets.schedule.strips import Strip

_PLACE = Qt.ItemDataRole.UserRole
ROWS_SEEN = 8


class MoveHouseholdDialog(QDialog):
    """`moved(Place)` when it is done. What breaks a rule can be done only with a reason, which is recorded."""

    moved = Signal(object)
    draft_kind = "move"
    under_way = False

    def __init__(
        self, context: PageContext, view: DayView, household_id: str, start: Place | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._view, self._household_id = context, view, household_id
        self.line = line_of(view, household_id)
        self._move: Move | None = None
        self._refusal = ""
        self.setWindowTitle(_("Move to another trip"))
        self.setMinimumWidth(theme.unit(620))
        self.trips = QListWidget()
        self.trips.setAccessibleName(_("Trips"))
        self.position = QComboBox()
        self.position.setAccessibleName(_("Position on the trip"))
        self.check = Strip(Kind.INFO)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(_("Reason"))
        self.reason.setPlaceholderText(_("why it is done all the same; the driver reads it on the list"))
        self.go = QPushButton(_("Move"))
        self._lay_out()
        self._fill(start)
        self.trips.currentRowChanged.connect(lambda _row: self._offer_positions())
        self.position.currentIndexChanged.connect(lambda _n: self._preview())
        self.reason.textChanged.connect(lambda _text: self._enable())
        self._offer_positions(start.position if start else None)
        self.trips.setFocus()

    def place(self) -> Place:
        """What is chosen now."""
        item = self.trips.currentItem()
        target = item.data(_PLACE).target if item is not None else None
        return Place(target, self.position.currentData())

    def draft(self) -> dict[str, Any]:
        """The reason with the place it is for; a place alone is chosen again in a moment."""
        if not clean(self.reason.text()):
            return {}
        place = self.place()
        new = isinstance(place.target, NewTrip)
        return {
            "household": self._household_id, "day": self._context.day.isoformat(), "reason": self.reason.text(),
            "new_trip_id": place.target.vehicle_id if isinstance(place.target, NewTrip) else "",
            "trip_id": "" if new else place.target or "", "position": place.position,
        }  # fmt: skip

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        self.reason.setText(fields["reason"])

    def save(self) -> None:
        place = self.place()
        self.go.setEnabled(False)
        self.under_way, self._refusal = True, ""
        work = partial(
            move_household, self._context.session, self._context.day, self._household_id, place.target, place.position,
            clean(self.reason.text()) if self._blocked() else "",
        )  # fmt: skip
        self._context.tasks.run_verb(work, done=lambda _trip: self._done(place), failed=self._refused)

    def _done(self, place: Place) -> None:
        self.moved.emit(place)
        self.accept()

    def _refused(self, error: UserError) -> None:
        """The day changed since the check: look again."""
        self.under_way, self._refusal = False, texts.error_text(error)
        self._preview()
        self.check.say(self._refusal, Kind.WARNING)

    def _blocked(self) -> bool:
        return self._move is not None and self._move.blocked

    def _preview(self) -> None:
        self._move = None
        self._enable()
        if self.trips.currentItem() is None:
            return
        place = self.place()
        self._context.tasks.run_query(
            preview_move, self._context.session, self._context.day, self._household_id, place.target, place.position,
            done=self._show, failed=self._cannot, key=(self, "preview"),
        )  # fmt: skip

    def _show(self, move: Move) -> None:
        self._move = move
        said, kind = check_words(self._view, self._household_id, move)
        if self._refusal:
            said, kind = f"{self._refusal}\n{said}", Kind.WARNING
        self.check.say(said, kind)
        self._form.setRowVisible(self.reason, move.blocked)
        self.go.setText(_("Move all the same") if move.blocked else _("Move"))
        self._enable()
        make_room(self)

    def _cannot(self, error: UserError) -> None:
        self.check.say(texts.error_text(error), Kind.WARNING)
        self._form.setRowVisible(self.reason, False)

    def _enable(self) -> None:
        why_not = "" if self._move is not None else _("The check is not done, or says that it cannot be done")
        if self._blocked() and not clean(self.reason.text()):
            why_not = _("Give the reason first")
        self.go.setEnabled(not why_not)
        self.go.setToolTip(why_not)

    def _fill(self, start: Place | None) -> None:
        own = None
        for trip in sorted(self._view.live, key=lambda trip: (trip.depart, trip.number)):
            if trip.status is TripStatus.ARRIVED:
                continue
            here = _stands_on(trip, self._household_id)
            own = trip if here else own
            self._offer(Place(trip.trip_id), trip_line(trip, here=here))
        for vehicle in self._view.vehicles:
            if vehicle.active and vehicle.id:
                text = _("New trip of {vehicle}, {places}").format(
                    vehicle=words.vehicle(vehicle.plate, vehicle.model), places=words.places(vehicle.capacity)
                )
                self._offer(Place(NewTrip(vehicle.id)), text, "plus")
        if own is not None:
            self._offer(Place(None), _("Take off trip {number}").format(number=own.number), "minus")
        wanted = start.target if start else self._first_with_room(own)
        for row in range(self.trips.count()):
            if self.trips.item(row).data(_PLACE).target == wanted:
                self.trips.setCurrentRow(row)
        if self.trips.currentRow() < 0:
            self.trips.setCurrentRow(0)
        height = max(self.trips.sizeHintForRow(0), theme.unit(28)) * min(ROWS_SEEN, max(2, self.trips.count()))
        self.trips.setMinimumHeight(height + theme.unit(10))

    def _first_with_room(self, own: BoardTrip | None) -> str | None:
        """The trip that is proposed: the first that is not full."""
        load = self.line.load if self.line is not None else Load()
        others = [trip for trip in self._view.live if trip is not own and trip.status is not TripStatus.ARRIVED]
        fitting = (trip for trip in others if layout_for(trip.layouts, trip.load + load))
        found = next(fitting, others[0] if others else None)
        return found.trip_id if found is not None else None

    def _offer(self, place: Place, text: str, icon: str = "fleet") -> None:
        item = QListWidgetItem(theme.icon(icon, "muted"), text, self.trips)
        item.setToolTip(text)
        item.setData(_PLACE, place)

    def _offer_positions(self, wanted: int | None = None) -> None:
        """The end first: there a household rarely delays others."""
        item = self.trips.currentItem()
        trip = self._view.trip(item.data(_PLACE).target) if item and isinstance(item.data(_PLACE).target, str) else None
        self.position.blockSignals(True)
        self.position.clear()
        self.position.addItem(_("At the end"), None)
        others = [stop for stop in trip.stops if stop.household.household_id != self._household_id] if trip else []
        for place, stop in enumerate(others):
            text = _("{n}. Before {household}").format(n=place + 1, household=words.household(stop.household))
            self.position.addItem(text, place)
        if wanted is not None and wanted < len(others):
            self.position.setCurrentIndex(wanted + 1)
        self.position.blockSignals(False)
        self._form.setRowVisible(self.position, bool(others))
        self._preview()

    def _lay_out(self) -> None:
        heading, about = QLabel(), QLabel()
        theme.dress(heading, "heading")
        theme.dress(about, "muted")
        if self.line is not None:
            heading.setText(words.household(self.line))
            said = (words.people(self.line.people, self.line.children), words.places(self.line.load))
            about.setText(" · ".join((*said, words.place(self.line))))
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow(_("Position"), self.position)
        form.addRow(_("Reason"), self.reason)
        form.setRowVisible(self.reason, False)
        theme.dress(self.go, "primary")
        self.go.setDefault(True)
        cancel = QPushButton(_("Cancel"))
        box = QDialogButtonBox()
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        for part in (heading, about, self.trips):
            column.addWidget(part, 1 if part is self.trips else 0)
        column.addLayout(form)
        column.addWidget(self.check)
        column.addWidget(box)


@reopens("move")
def reopen(again: Reopening) -> None:
    """Over the schedule of that day, once it is read."""
    fields, context = again.fields, again.context
    page = again.page("schedule")
    context.working_date.choose(date.fromisoformat(fields["day"]))

    def read(view: DayView) -> None:
        if line_of(view, fields["household"]) is None:
            again.gone()
            return
        page.moves.view = view
        target = NewTrip(fields["new_trip_id"]) if fields["new_trip_id"] else fields["trip_id"] or None
        again.opened(page.moves.choose(fields["household"], Place(target, fields["position"])))

    context.tasks.run_query(read_day_view, context.session, context.day, done=read, failed=again.gone)


def line_of(view: DayView, household_id: str) -> HouseholdLine | None:
    lines = [stop.household for trip in view.live for stop in trip.stops]
    lines += [waiting.household for waiting in view.board.waiting]
    return next((line for line in lines if line.household_id == household_id), None)


def trip_line(trip: BoardTrip, *, here: bool) -> str:
    """A trip with what it has free, in one line."""
    free = Load(
        max(0, trip.capacity.seats - trip.load.seats), max(0, trip.capacity.wheelchair - trip.load.wheelchair),
        max(0, trip.capacity.stretcher - trip.load.stretcher),
    )  # fmt: skip
    text = _("Trip {number}: {vehicle}, {times}, {free}").format(
        number=trip.number, vehicle=words.vehicle(trip.plate, trip.model), times=words.span(trip.depart, trip.back),
        free=_("free: {places}").format(places=words.places(free)) if free.people else _("full"),
    )  # fmt: skip
    return _("{trip} (stands here now)").format(trip=text) if here else text


def _stands_on(trip: BoardTrip, household_id: str) -> bool:
    """With an open stop; one that came to nothing is only a line."""
    open_stops = (stop for stop in trip.stops if stop.result is StopResult.OPEN)
    return any(stop.household.household_id == household_id for stop in open_stops)


def check_words(view: DayView, household_id: str, move: Move) -> tuple[str, Kind]:
    """What a move would come to, with its figures: it fits, or what breaks."""
    if move.breaches:
        return "\n".join(words.finding(found) for found in move.findings), Kind.WARNING
    if move.trip_id is None or move.times is None or household_id not in move.draft.trips[move.trip_id].households:
        return _("It will be on no trip and stand among those who are left over."), Kind.INFO
    times = move.times
    stop = next(stop for stop in times.stops if stop.household_id == household_id)
    load, capacity = _load_after(view, household_id, move)
    text = _("It fits. There {at}; the trip leaves {depart}, is back {back}. Then {seats}, {wheelchair}, {stretcher}.")
    said = text.format(
        at=words.span(stop.arrive, stop.leave), depart=texts.minute(times.depart), back=texts.minute(times.back),
        seats=words.seats(load, capacity), wheelchair=words.wheelchairs(load, capacity),
        stretcher=words.stretchers(load, capacity),
    )  # fmt: skip
    return "\n".join((said, *(words.finding(found) for found in move.findings))), Kind.SUCCESS


def _load_after(view: DayView, household_id: str, move: Move) -> tuple[Load, Load]:
    """What the trip carries after the move, and what its vehicle offers."""
    assert move.trip_id is not None
    line, trip = line_of(view, household_id), view.trip(move.trip_id)
    vehicle_id = move.draft.trips[move.trip_id].vehicle_id
    vehicle = next((one for one in view.vehicles if one.id == vehicle_id), None)
    load = trip.load if trip else Load()
    stands_here = trip is not None and _stands_on(trip, household_id)
    total = load if stands_here or line is None else load + line.load
    return total, vehicle.layout_for(total) if vehicle else Load()
