"""The board: vehicles side by side, each with its trips. A card is moved by hand, or by Space, arrows and Enter."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QScrollArea, QTableView, QWidget

from coordinator.domain.trip import TripStatus
from coordinator.queries.board import BoardTrip
from coordinator.queries.moving import NewTrip
from resources.i18n import _
from ui import actions, theme
from ui.rights import needs
from ui.widgets.board.cards import Card, CardKind, Lane
from ui.widgets.board.model import BoardModel
from ui.widgets.board.painting import CardDelegate, LaneHeads, card_height
from ui.widgets.schedule.dropping import TakesHouseholds
from ui.widgets.schedule.rows import Place

Index = QModelIndex | QPersistentModelIndex
LANE_WIDTH = 236
ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class BoardView(TakesHouseholds, QTableView):
    """`current_changed(Card | None)`; `opened(Card)` on Enter or double click; `off_wanted(Card)` on Delete.

    While a card is moved `hovered(household, Place | None)` tells where it would go, and `dropped` where it was put.
    `pin_wanted(Card)` on P; `picked_up(household)`, "" once the card is no longer in hand.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    off_wanted = Signal(object)
    pin_wanted = Signal(object)
    picked_up = Signal(str)
    hovered = Signal(str, object)
    dropped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = BoardModel(self)
        self._in_hand, self._at = "", (0, 0)
        self._put_down = ""
        """The household that was put down last: the cursor stays with it wherever it is read again."""
        self.setModel(self.rows)
        self.setItemDelegate(CardDelegate(self))
        self.setAccessibleName(_("Board of the day: a column for each vehicle"))
        self._kept, self._kept_at = "", QPoint()
        self._empty: QWidget | None = None
        self._dress()
        needs(self)
        actions.make(self, "schedule.pin", self._pin)
        self.rows.modelAboutToBeReset.connect(self._keep)
        self.rows.modelReset.connect(self._bring_back)
        self.doubleClicked.connect(self._open)

    @property
    def in_hand(self) -> str:
        """The household that was picked up by a key; "" where none is."""
        return self._in_hand

    def current(self) -> Card | None:
        return self.rows.card(self.currentIndex())

    def current_key(self) -> str:
        card = self.current()
        return card.key if card is not None else self._kept

    def current_trip_id(self) -> str:
        card = self.current()
        return card.trip.trip_id if card is not None and card.trip is not None else ""

    def keep_key(self, key: str) -> None:
        """Make this card current as soon as it is there."""
        self._kept = key

    def select_household(self, household_id: str) -> bool:
        index = self.rows.index_of_household(household_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def take_focus(self) -> None:
        if not self.currentIndex().isValid() and self.rows.columnCount():
            self.setCurrentIndex(self.rows.index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_empty(self, widget: QWidget) -> None:
        """What lies over the board while it shows no vehicle."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_empty()

    def pick_up(self, household_id: str) -> None:
        """Take a card into the hand: arrows carry it, Enter puts it down, Esc puts it back."""
        if not self.rows.lanes:
            return
        index = self.rows.index_of_household(household_id)
        column = index.column() if index.isValid() else max(0, self.columnAt(0))
        places = self._places(column)
        if not places:
            column, places = next(((n, p) for n in range(len(self.rows.lanes)) if (p := self._places(n))), (0, []))
        if not places:
            return
        self._in_hand = household_id
        row = index.row() if index.isValid() else 0
        self._at = column, min(range(len(places)), key=lambda n: abs(places[n][0] - row))
        self.picked_up.emit(household_id)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell_place()

    def put_back(self) -> None:
        """Nothing is in hand any more; the day is shown as it is."""
        household, self._in_hand = self._in_hand, ""
        if household:
            self.hovered.emit(household, None)
            self.picked_up.emit("")
            self.select_household(household)

    def show_lane(self, lane: Lane | None, moving: str) -> None:
        """One lane as it would be; the card in hand is kept in sight."""
        self.rows.show_lane(lane, moving)
        held = self.rows.held_index()
        if held.isValid() and self._in_hand:
            self.setCurrentIndex(held)
            self.scrollTo(held)
            self._page_follows(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if self._in_hand and self._carry(key):
            return
        self._put_down = ""
        card, plain = self.current(), not event.modifiers()
        if card is None or not plain:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space and card.movable and self.dragEnabled():
            self.pick_up(card.household_id)
        elif key in ENTER:
            self.opened.emit(card)
        elif key == Qt.Key.Key_Delete:
            self.off_wanted.emit(card)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.currentIndex().isValid() and self.rows.columnCount():
            self.setCurrentIndex(self.rows.index(0, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.put_back()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._in_hand:
            self.current_changed.emit(self.current())
            if self.hasFocus():
                self._page_follows(self.currentIndex())

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:  # fmt: skip
        """To a lane that is shorter the cursor goes to its last card."""
        index = super().moveCursor(action, modifiers)
        lane = self.rows.lane(index.column()) if index.isValid() else None
        if lane is None or index.row() < len(lane.cards):
            return index
        return self.rows.index(max(0, len(lane.cards) - 1), index.column())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_empty()

    def place_for(self, household: str, point: QPoint) -> Place | None:
        """Where a household that is let go here would be put: before or after the card under the hand."""
        column = self.columnAt(point.x())
        lane = self.rows.lane(column)
        if lane is None or not lane.cards:
            return None
        row = self.rowAt(point.y())
        card = lane.cards[row] if 0 <= row < len(lane.cards) else lane.cards[-1]
        if card.held and self._over is not None:
            return self._over[1]
        upper = point.y() < self.visualRect(self.rows.index(row, column)).center().y() if row >= 0 else False
        return self._place(card, upper=upper)

    def _place(self, card: Card, *, upper: bool) -> Place | None:
        if card.kind is CardKind.NEW:
            return Place(NewTrip(card.vehicle_id))
        trip = self._standing(card)
        if trip is None:
            return Place(NewTrip(card.vehicle_id)) if card.trip is not None and not card.trip.number else None
        if card.kind is CardKind.TRIP:
            return Place(trip.trip_id, 0)
        if card.stop is None:
            return Place(trip.trip_id)
        order = [stop.stop_id for stop in trip.stops]
        if card.stop.stop_id not in order:
            return Place(trip.trip_id)
        return Place(trip.trip_id, order.index(card.stop.stop_id) + (0 if upper else 1))

    def _standing(self, card: Card) -> BoardTrip | None:
        """The trip of a card as it stands, where it can still take somebody."""
        over = (TripStatus.ARRIVED, TripStatus.CANCELLED)
        column = self.rows.column_of(card.vehicle_id)
        cards = self.rows.lanes[column].cards if column >= 0 else ()
        trips = (one.trip for one in cards if one.kind is CardKind.TRIP and one.trip is not None)
        return next((t for t in trips if card.trip and t.trip_id == card.trip.trip_id and t.status not in over), None)

    def _places(self, column: int) -> list[tuple[int, Place]]:
        """Where a card can be put in a lane, from top to bottom, each with the row it would stand at."""
        if not 0 <= column < len(self.rows.lanes):
            return []
        found: list[tuple[int, Place]] = []
        for row, card in enumerate(self.rows.lanes[column].cards):
            place = self._place(card, upper=False)
            if place is not None and card.kind is not CardKind.MET and card.household_id != self._in_hand:
                found.append((row + 1, place))
        return found

    def _carry(self, key: Qt.Key) -> bool:
        """A key while a card is in hand; False where it means nothing then."""
        if key == Qt.Key.Key_Escape:
            self.put_back()
        elif key == Qt.Key.Key_Delete:
            self._let_go(Place(None))
        elif key in ENTER or key == Qt.Key.Key_Space:
            self._let_go(self._places(self._at[0])[self._at[1]][1])
        elif key in ARROWS:
            self._step(key)
        else:
            return False
        return True

    def _step(self, key: Qt.Key) -> None:
        column, at = self._at
        places = self._places(column)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._at = column, min(max(0, at + (1 if key == Qt.Key.Key_Down else -1)), len(places) - 1)
        else:
            row, way = places[at][0], 1 if key == Qt.Key.Key_Right else -1
            column += way
            while 0 <= column < len(self.rows.lanes) and not self._places(column):
                column += way
            if not 0 <= column < len(self.rows.lanes):
                return
            others = self._places(column)
            self._at = column, min(range(len(others)), key=lambda n: abs(others[n][0] - row))
        self._tell_place()

    def _tell_place(self) -> None:
        self.hovered.emit(self._in_hand, self._places(self._at[0])[self._at[1]][1])

    def _let_go(self, place: Place) -> None:
        household, self._in_hand = self._in_hand, ""
        self._kept, self._put_down = "", household
        self.hovered.emit(household, None)
        self.picked_up.emit("")
        self.select_household(household)
        self.dropped.emit(household, place)

    def _dress(self) -> None:
        self.setHorizontalHeader(LaneHeads(self))
        self.setShowGrid(False)
        self.setStyleSheet("QTableView { show-decoration-selected: 0; } QTableView::item { border: 0; }")
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(False)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoScrollMargin(theme.unit(40))
        heads, rows = self.horizontalHeader(), self.verticalHeader()
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.setDefaultSectionSize(theme.unit(LANE_WIDTH))
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(0)
        rows.setDefaultSectionSize(card_height(self.fontMetrics()))

    def _pin(self) -> None:
        card = self.current()
        if card is not None and not self._in_hand:
            self.pin_wanted.emit(card)

    def _page_follows(self, index: Index) -> None:
        """With large text the whole page scrolls: the card stays in sight there too."""
        area = self.parentWidget()
        while area is not None and not isinstance(area, QScrollArea):
            area = area.parentWidget()
        if area is not None and area.widget() is not None and index.isValid():
            rect = self.visualRect(index)
            centre = self.viewport().mapTo(area.widget(), rect.center())
            area.ensureVisible(centre.x(), centre.y(), 0, rect.height())

    def _open(self, index: Index) -> None:
        card = self.rows.card(index)
        if card is not None:
            self.opened.emit(card)

    def _keep(self) -> None:
        card = self.current()
        if card is not None:
            self._kept = card.key
        if self.rows.lanes:
            self._kept_at = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _bring_back(self) -> None:
        self.verticalHeader().setDefaultSectionSize(card_height(self.fontMetrics()))
        if self._in_hand:
            self._in_hand = ""
            self.picked_up.emit("")
        followed = self.rows.index_of_household(self._put_down) if self._put_down else QModelIndex()
        found = followed if followed.isValid() else self.rows.index_of(self._kept)
        if found.isValid():
            self.setCurrentIndex(found)
        self.horizontalScrollBar().setValue(self._kept_at.x())
        self.verticalScrollBar().setValue(self._kept_at.y())
        if followed.isValid():
            self.scrollTo(followed)
        self.current_changed.emit(self.current())
        self._show_empty()

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(QRect(QPoint(0, 0), self.viewport().size()))
            self._empty.setVisible(not self.rows.lanes)
