"""The stops of a trip in the order of the paper, and the list of trips beside it; results are entered by one key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from coordinator.domain.trip import StopResult, TripStatus
from coordinator.paper_content import PickupList
from coordinator.queries.board import BoardTrip, DayBoard
from resources.i18n import _
from ui import theme
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.schedule import words
from ui.widgets.schedule.results_rows import COLUMNS, ResultRow, result_rows
from ui.widgets.schedule.stop_entry import RESULT_KEYS

_ID = Qt.ItemDataRole.UserRole
LIST_WIDTH = 250


class StopsTable(TableView):
    """`result_chosen(StopResult)` by one digit or Enter; 0 takes a result back; Delete is `off_wanted`."""

    result_chosen = Signal(object)
    off_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_rows: TableModel[ResultRow] = TableModel(COLUMNS)
        super().__init__(self.model_rows, _("Stops in the order of the paper"), parent)

    def show_trip(
        self, trip: BoardTrip | None, printed: PickupList | None = None, board: DayBoard | None = None
    ) -> None:
        """In the order of `printed`, what the driver's list says; without one in the order of the trip."""
        rows = result_rows(trip, printed, board) if trip is not None else []
        self.model_rows.set_rows(prepare(COLUMNS, rows, lambda row: row.key))

    def current(self) -> ResultRow | None:
        place = self.model_rows.row_of(self.current_id())
        return None if place is None else self.model_rows.record(place)

    def choose_first_open(self) -> None:
        rows = self.model_rows.records()
        first = next((row for row in rows if row.open), rows[0] if rows else None)
        if first is not None:
            self.select_id(first.key)

    def go_on(self, after: str) -> bool:
        """To the next stop without a result, from the top again at the end; False where there is none."""
        rows = self.model_rows.records()
        place = next((n for n, row in enumerate(rows) if row.key == after), -1)
        following = next((row for row in [*rows[place + 1 :], *rows[: max(0, place)]] if row.open), None)
        if following is not None:
            self.select_id(following.key)
        return following is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        digit = int(event.text()) if plain and event.text().isdecimal() else None
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.result_chosen.emit(StopResult.BOARDED)
        elif digit in RESULT_KEYS:
            self.result_chosen.emit(RESULT_KEYS[digit])
        elif digit == 0:
            self.result_chosen.emit(StopResult.OPEN)
        elif plain and event.key() == Qt.Key.Key_Delete:
            self.off_wanted.emit()
        else:
            super().keyPressEvent(event)


class TripsList(QListWidget):
    """The trips of the day with how far their results are; `chosen(trip id)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Trips"))
        self.setFixedWidth(theme.unit(LIST_WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(lambda now, _before: now and self.chosen.emit(now.data(_ID)))

    def show_trips(self, trips: Iterable[BoardTrip], current: str) -> None:
        self.blockSignals(True)
        top = self.verticalScrollBar().value()
        self.clear()
        for trip in trips:
            if trip.status is not TripStatus.CANCELLED:
                item = QListWidgetItem("\n".join((words.trip(trip), progress(trip), words.status(trip)[0])), self)
                item.setData(_ID, trip.trip_id)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, item.text().replace("\n", ". "))
                if trip.trip_id == current:
                    self.setCurrentItem(item)
        self.verticalScrollBar().setValue(top)
        self.blockSignals(False)


def progress(trip: BoardTrip) -> str:
    """ "3 of 7 entered, on board: 8"."""
    entered = sum(1 for stop in trip.stops if stop.result is not StopResult.OPEN)
    return _("{entered} of {stops} entered, on board: {people}").format(
        entered=entered, stops=len(trip.stops), people=trip.boarded
    )


def first_open(trips: Iterable[BoardTrip]) -> BoardTrip | None:
    """The first trip that is not finished; where all are, the first."""
    live = [trip for trip in trips if trip.status is not TripStatus.CANCELLED]
    return next((trip for trip in live if _is_open(trip)), live[0] if live else None)


def _is_open(trip: BoardTrip) -> bool:
    return trip.status is not TripStatus.ARRIVED or any(stop.result is StopResult.OPEN for stop in trip.stops)
