"""The view of the day's trips: cards that open into their stops; households are moved by keys or by dragging."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QWidget

from coordinator.queries.moving import NewTrip
from resources.i18n import _
from ui import theme
from ui.rights import needs
from ui.widgets.schedule.dropping import TakesHouseholds
from ui.widgets.schedule.model import TripsModel, takes_households
from ui.widgets.schedule.painting import RowDelegate
from ui.widgets.schedule.rows import COLUMNS, PEOPLE, STATE, TIME, WHO, Kind, Place, Row

Index = QModelIndex | QPersistentModelIndex
WIDTHS = {TIME: 148, WHO: 260, PEOPLE: 172, STATE: 144}
LEAST_WIDTH = 120
INDENT = 14
FREE = "free"


class TripsView(TakesHouseholds, QTreeView):
    """`current_changed(Row | None)`; `opened(Row)` on Enter or double click; `off_wanted(Row)` on Delete.

    While a household is dragged `hovered(household, Place | None)` tells where it would go, and `dropped` where it
    was let go.
    """

    current_changed = Signal(object)
    opened = Signal(object)
    off_wanted = Signal(object)
    hovered = Signal(str, object)
    dropped = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = TripsModel(self)
        self._painter = RowDelegate(self)
        self._collapsed, self._restoring = {FREE}, False
        self._kept_key, self._kept_top, self._told = "", 0, ""
        self._empty: QWidget | None = None
        self.setModel(self.rows)
        self.setItemDelegate(self._painter)
        self.setAccessibleName(_("Trips of the day"))
        self._dress()
        needs(self)
        self.rows.modelAboutToBeReset.connect(self._keep)
        self.rows.modelReset.connect(self._bring_back)
        self.collapsed.connect(lambda index: self._remember(index, closed=True))
        self.expanded.connect(lambda index: self._remember(index, closed=False))
        self.doubleClicked.connect(self._open)

    def current(self) -> Row | None:
        return self.rows.row(self.currentIndex())

    def current_key(self) -> str:
        row = self.current()
        return row.key if row is not None else self._kept_key

    def keep_key(self, key: str) -> None:
        """Make this row current as soon as it is there."""
        self._kept_key = key

    def current_trip(self) -> Row | None:
        """The trip that the current row belongs to."""
        return self.rows.trip_of(self.currentIndex())

    def select_key(self, key: str) -> bool:
        """Make a row current and visible; False where it is not shown."""
        index = self.rows.index_of(key)
        if not index.isValid():
            return False
        self.expand(index.parent())
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def select_household(self, household_id: str) -> bool:
        for row in self._all_rows():
            if row.household_id == household_id:
                return self.select_key(row.key)
        return False

    def take_focus(self) -> None:
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_empty(self, widget: QWidget) -> None:
        """What lies over the view while it shows no trip."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_empty()

    def open_all(self, on: bool) -> None:
        """Show the stops of all trips, or the trips alone."""
        for place in range(self.rows.rowCount()):
            self.setExpanded(self.rows.index(place, 0), on)

    def closed_keys(self) -> list[str]:
        """The trips that a person has closed, for a page that is made anew."""
        return sorted(self._collapsed)

    def close_keys(self, keys: list[str]) -> None:
        self._collapsed = set(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.current()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row is not None and not event.modifiers():
            self._open(self.currentIndex())
        elif key == Qt.Key.Key_Delete and row is not None and not event.modifiers():
            self.off_wanted.emit(row)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.currentIndex().isValid() and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tell()

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Only the mark that opens and closes a trip, in the theme's colour, on the plain ground."""
        painter.fillRect(rect, theme.color("surface"))
        if self.rows.rowCount(index):
            size = theme.unit(12)
            left, top = rect.right() - size + 1, rect.center().y() - size // 2
            name = "chevron-down" if self.isExpanded(index) else "chevron-right"
            theme.icon(name, "muted").paint(painter, QRect(left, top, size, size))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._painter.width != self.viewport().width():
            self._painter.width = self.viewport().width()
            self.scheduleDelayedItemsLayout()
        self._show_empty()

    def place_for(self, household: str, point: QPoint) -> Place | None:
        """Where a household that is let go here would be put."""
        index = self.indexAt(point)
        row, trip = self.rows.row(index), self.rows.trip_of(index)
        if row is not None and row.vehicle is not None and row.vehicle.id:
            return Place(NewTrip(row.vehicle.id))
        if trip is None or trip.trip is None or not takes_households(trip) or row is None:
            return None
        if row.kind is Kind.TRIP:
            return Place(trip.trip.trip_id)
        if row.kind is not Kind.STOP or row.stop is None:
            return Place(trip.trip.trip_id, 0 if row.kind is Kind.REMARK else None)
        order = [stop.stop_id for stop in trip.trip.stops].index(row.stop.stop_id)
        rect = self.visualRect(index)
        return Place(trip.trip.trip_id, order if point.y() < rect.center().y() else order + 1)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setIndentation(theme.unit(INDENT))
        self.setStyleSheet("QTreeView { show-decoration-selected: 0; }")
        self.setExpandsOnDoubleClick(False)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setAutoExpandDelay(400)
        header = self.header()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(theme.unit(LEAST_WIDTH))
        for column in range(len(COLUMNS)):
            header.resizeSection(column, theme.unit(WIDTHS[column]))
        header.setSectionResizeMode(WHO, QHeaderView.ResizeMode.Stretch)

    def _open(self, index: Index) -> None:
        row = self.rows.row(index)
        if row is not None:
            self.opened.emit(row)

    def _remember(self, index: Index, *, closed: bool) -> None:
        row = self.rows.row(index)
        if row is None or self._restoring:
            return
        if closed:
            self._collapsed.add(row.key)
        else:
            self._collapsed.discard(row.key)

    def _keep(self) -> None:
        row = self.current()
        if row is not None:
            self._kept_key = row.key
        if self.rows.rowCount():
            self._kept_top = self.verticalScrollBar().value()

    def _bring_back(self) -> None:
        self._restoring = True
        for place in range(self.rows.rowCount()):
            index = self.rows.index(place, 0)
            row = self.rows.row(index)
            self.setFirstColumnSpanned(place, QModelIndex(), True)
            self.setExpanded(index, row is not None and row.key not in self._collapsed)
            for below in range(self.rows.rowCount(index)):
                child = self.rows.row(self.rows.index(below, 0, index))
                self.setFirstColumnSpanned(below, index, child is not None and child.head is not None)
        self._restoring = False
        found = self.rows.index_of(self._kept_key)
        if found.isValid():
            self.setCurrentIndex(found)
        self.verticalScrollBar().setValue(self._kept_top)
        self._tell(again=True)
        self._show_empty()

    def _tell(self, *, again: bool = False) -> None:
        row = self.current()
        key = row.key if row is not None else ""
        if again or key != self._told:
            self._told = key
            self.current_changed.emit(row)

    def _all_rows(self) -> list[Row]:
        found = []
        for place in range(self.rows.rowCount()):
            index = self.rows.index(place, 0)
            row = self.rows.row(index)
            found += [row, *row.children] if row is not None else []
        return found

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(QRect(QPoint(0, 0), self.viewport().size()))
            self._empty.setVisible(self.rows.rowCount() == 0)
