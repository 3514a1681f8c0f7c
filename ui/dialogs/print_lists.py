"""Which lists are printed: all or some trips, each with its version; what is missing is told first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.trip import TripStatus
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.board import BoardTrip, DayBoard
from coordinator.queries.schedule import day_board
from coordinator.queries.stop_people import StopPeople, trip_people
from coordinator.services.households import set_escort
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.pages.base import PageContext
from ui.paper import change_words
from ui.widgets.household.section import empty_layout
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.copies_row import CopiesRow
from ui.widgets.schedule.escort_row import EscortRow, adults, alone
from ui.widgets.schedule.strips import Strip

_ID = Qt.ItemDataRole.UserRole
SHOWN = Touched.SCHEDULE | Touched.HOUSEHOLDS


class PrintListsDialog(QDialog):
    """`preview_wanted(trip ids)`, `differences_wanted(trip ids)`, and a signal for each other paper.

    `trip_ids` None: those that need a new paper.
    """

    preview_wanted = Signal(object)
    differences_wanted = Signal(object)
    calls_wanted = Signal()
    state_wanted = Signal()

    def __init__(self, context: PageContext, day: date, trip_ids: Iterable[str] | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day = context, day
        self._wanted = None if trip_ids is None else set(trip_ids)
        self._people: dict[str, tuple[StopPeople, ...]] = {}
        self._no_driver: dict[str, int] = {}
        self._asked: tuple[str, ...] = ()
        self._printed: set[str] = set()
        self._void: set[str] = set()
        self.copies_row = CopiesRow()
        self.differences = QPushButton(_("What changed…"))
        self.setWindowTitle(_("Print lists of {day}").format(day=texts.day_long(day)))
        self.trips = QListWidget()
        self.trips.setAccessibleName(_("Trips"))
        self.message = Strip(Kind.INFO)
        self.escorts = QVBoxLayout()
        self.rows: list[EscortRow] = []
        self.preview = QPushButton(theme.icon("print", "on_accent"), _("Preview"))
        self._lay_out()
        self.trips.itemChanged.connect(lambda _item: self._changed())
        context.bridge.changed.connect(self._hear)
        self._ask()

    def chosen(self) -> list[str]:
        """The ids of the ticked trips."""
        items = (self.trips.item(row) for row in range(self.trips.count()))
        return [item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked]

    def copies(self) -> tuple[str, ...]:
        """For whom each copy is; the first is the driver's."""
        return self.copies_row.copies()

    def tick(self, *, everything: bool) -> None:
        state = Qt.CheckState.Checked if everything else Qt.CheckState.Unchecked
        for row in range(self.trips.count()):
            self.trips.item(row).setCheckState(state)

    def _hear(self, change: Change) -> None:
        if change.touched & SHOWN:
            self._ask()

    def _ask(self) -> None:
        self._context.tasks.run_query(_read, self._context.session, self._day, done=self._show, key=(self, "trips"))

    def _show(self, read: tuple[DayBoard, dict[str, tuple[StopPeople, ...]]]) -> None:
        board, self._people = read
        live = [trip for trip in board.trips if trip.status is not TripStatus.CANCELLED or trip.changed]
        self._printed = {trip.trip_id for trip in board.trips if trip.version is not None}
        self._void = {trip.trip_id for trip in board.trips if trip.status is TripStatus.CANCELLED}
        self._no_driver = {trip.trip_id: trip.number for trip in live if trip.driver_id is None}
        ticked = set(self.chosen()) if self.trips.count() else self._wanted
        self.trips.blockSignals(True)
        current = self.trips.currentRow()
        self.trips.clear()
        for trip in live:
            below = words.status(trip)[0]
            if trip.status is not TripStatus.CANCELLED:
                below += f", {words.stops(len(trip.stops))}"
            if trip.changes is not None:
                below = f"{below}: {change_words.in_short(trip.changes)}"
            item = QListWidgetItem(f"{words.trip(trip)}\n{below}", self.trips)
            if trip.changes is not None:
                item.setToolTip("\n".join(change_words.lines(trip.changes)))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            on = _needs_paper(trip) if ticked is None else trip.trip_id in ticked
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
            item.setData(_ID, trip.trip_id)
        if live and not self.chosen() and ticked is None:
            self.tick(everything=True)
        self.trips.setCurrentRow(max(0, current))
        self.trips.blockSignals(False)
        self._changed()

    def _changed(self) -> None:
        chosen = self.chosen()
        lists = [one for one in chosen if one not in self._void]
        self.preview.setEnabled(bool(lists))
        self.preview.setToolTip("" if lists else _("Tick at least one trip"))
        printed = bool(self._printed.intersection(chosen))
        self.differences.setEnabled(printed)
        self.differences.setToolTip(
            _("A sheet for the driver: what changed since the list was printed")
            if printed else _("None of the ticked lists has been printed yet")
        )  # fmt: skip
        self.preview.setText(ngettext("Preview of {n} list", "Preview of {n} lists", len(lists)).format(n=len(lists)))
        found = {
            (rider.person.id, trip_id): (rider, number)
            for trip_id in chosen
            for rider, number in alone(self._people.get(trip_id, ()))
        }
        self._warn(len(found), [self._no_driver[one] for one in chosen if one in self._no_driver])
        asked = tuple(child for child, _trip in found)
        if asked == self._asked:
            return
        self._asked = asked
        empty_layout(self.escorts)
        self.rows = [
            EscortRow(rider.person, number, adults(self._people[trip_id]))
            for (_child, trip_id), (rider, number) in found.items()
        ]
        for row in self.rows:
            row.named.connect(self._named)
            row.unaccompanied.connect(self._unaccompanied)
            self.escorts.addWidget(row)
        self.escorts.addStretch(1)
        self._area.setVisible(bool(found))

    def _warn(self, children: int, no_driver: list[int]) -> None:
        if not self.trips.count():
            self.message.say(_("There are no trips on this day yet"), Kind.INFO)
            return
        lines = []
        if no_driver:
            text = ngettext("Trip {numbers} has no driver yet.", "Trips {numbers} have no driver yet.", len(no_driver))
            lines.append(text.format(numbers=", ".join(map(str, no_driver))))
        if children:
            lines.append(_alone_words(children))
        self.message.say("\n".join(lines), Kind.WARNING if lines else Kind.INFO)

    def _named(self, child_id: str, adult_id: str, basis: str) -> None:
        self._save(child_id, adult_id, basis, "")

    def _unaccompanied(self, child_id: str, reason: str) -> None:
        self._save(child_id, None, "", reason)

    def _save(self, child_id: str, adult_id: str | None, basis: str, reason: str) -> None:
        work = partial(set_escort, self._context.session, child_id, adult_id, basis, reason)
        self._context.tasks.run_verb(work, failed=self._refused)

    def _refused(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _lay_out(self) -> None:
        theme.dress(self.preview, "primary")
        self.preview.setDefault(True)
        self.differences.clicked.connect(lambda: self.differences_wanted.emit(self.chosen()))
        self.preview.clicked.connect(lambda: self.preview_wanted.emit(self.chosen()))
        everything, nothing = QPushButton(_("All")), QPushButton(_("None"))
        everything.clicked.connect(lambda: self.tick(everything=True))
        nothing.clicked.connect(lambda: self.tick(everything=False))
        calls, state = QPushButton(_("Call list…")), QPushButton(_("The whole register…"))
        state.setToolTip(_("Everybody by street, for the day the power goes"))
        calls.clicked.connect(self.calls_wanted)
        state.clicked.connect(self.state_wanted)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.reject)
        for button in (everything, nothing, calls, state, close, self.differences):
            button.setAutoDefault(False)
        body = QWidget()
        body.setLayout(self.escorts)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidget(body)
        self._area.setMinimumHeight(theme.unit(120))
        self._area.hide()
        ticks, below = QHBoxLayout(), QHBoxLayout()
        ticks.addWidget(QLabel(_("Pickup lists")))
        ticks.addStretch(1)
        ticks.addWidget(everything)
        ticks.addWidget(nothing)
        other = QLabel(_("Other papers"))
        theme.dress(other, "muted")
        for widget in (other, calls, state):
            below.addWidget(widget)
        below.addStretch(1)
        below.addWidget(close)
        below.addWidget(self.differences)
        below.addWidget(self.preview)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        column.addLayout(ticks)
        column.addWidget(self.trips, 2)
        column.addWidget(self.copies_row)
        column.addWidget(self.message)
        column.addWidget(self._area, 1)
        column.addLayout(below)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(700), room.width() - 40), min(theme.unit(600), room.height() - 60))


def _alone_words(children: int) -> str:
    text = ngettext(
        "{n} child travels without an escort. Choose one, or say why. Printing is not held up: the list says so.",
        "{n} children travel without an escort. Choose one, or say why. Printing is not held up: the list says so.",
        children,
    )
    return text.format(n=children)


def _needs_paper(trip: BoardTrip) -> bool:
    return trip.status is not TripStatus.ARRIVED and (trip.version is None or trip.changed)


def _read(session: Session, day: date) -> tuple[DayBoard, dict[str, tuple[StopPeople, ...]]]:
    board = day_board(session, day)
    live = (trip for trip in board.trips if trip.status is not TripStatus.CANCELLED and trip.children)
    return board, {trip.trip_id: trip_people(session, day, trip.trip_id) for trip in live}
