"""A chart that can be read by mouse, by keys and by ear: what stands at a point is told in words beside it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLabel, QWidget

from coordinator.domain.charts import Drawing
from resources.i18n import _
from ui import actions, theme
from ui.charts.layers import PART_HEIGHT, Drawn
from ui.charts.placing import clearest, spots, traces
from ui.charts.plot import Plot

ZOOM = 0.6


class ChartView(Plot):
    """`opened(n)`: whoever looks wants the rows behind point n. `zooms`: the wheel and the mouse move the view;
    without it they belong to the page around."""

    opened = Signal(int)
    moved = Signal(int)
    at: int | None = None
    """The point that is told."""

    def __init__(self, drawing: Drawing, name: str, *, zooms: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(drawing, parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._zooms = zooms
        self._traces: np.ndarray | None = None
        self.bubble = QLabel(self)
        theme.dress(self.bubble, "bubble")
        self.bubble.setMargin(theme.unit(7))
        self.bubble.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.bubble.hide()
        pen = pg.mkPen(self.theme.color("focus"), width=1, style=Qt.PenStyle.DashLine)
        self._cursor = pg.InfiniteLine(angle=0 if self.sideways else 90, pen=pen, movable=False)
        self._cursor.setZValue(1)
        self._cursor.hide()
        self.addItem(self._cursor, ignoreBounds=True)
        self.setMouseEnabled(x=zooms and not self.sideways, y=zooms and self.sideways)
        self._make_actions()

    def show_drawn(self, drawn: Drawn) -> None:
        """New arrays; what is zoomed to and the point that is told stay."""
        key = self._key()
        self.draw(drawn, keep_view=True)
        self._traces = None
        keys = [point.key for point in drawn.chart.points]
        if key is not None and self.at is not None:
            self._tell(keys.index(key) if key in keys else None)
        elif not self.bubble.isVisible():
            self.setAccessibleDescription(_("{n} points. Arrow keys go from one to the next.").format(n=len(keys)))

    def told(self) -> str:
        """What is told right now."""
        return self.bubble.text() if self.bubble.isVisibleTo(self) else ""

    def go_to(self, at: int) -> None:
        """Tell a point, and bring it into view."""
        count = self.drawn.places.size if self.drawn is not None else 0
        if not count:
            return
        at = max(0, min(count - 1, at))
        self._bring_into_view(float(self.drawn.places[at]))  # type: ignore[union-attr]
        self._tell(at)

    def step(self, by: int) -> None:
        last = (self.drawn.places.size - 1) if self.drawn is not None else 0
        start = (-1 if self.sideways else last + 1) if self.at is None else self.at
        self.go_to(start + by)

    def zoom(self, factor: float) -> None:
        """Closer (below 1) or farther, around the point that is told."""
        if self.drawn is None or not self.drawn.places.size:
            return
        low, high = self.box.viewRange()[1 if self.sideways else 0]
        middle = float(self.drawn.places[self.at]) if self.at is not None else (low + high) / 2
        half = max(1.0, (high - low) * factor / 2)
        self._look_at(middle - half, middle + half)

    def open(self) -> None:
        if self.at is not None:
            self.opened.emit(self.at)

    def _look_at(self, low: float, high: float) -> None:
        first, last = self.ends()
        width = min(high - low, last - first)
        low = min(max(low, first), last - width)
        (self.box.setYRange if self.sideways else self.box.setXRange)(low, low + width, padding=0)

    def _bring_into_view(self, place: float) -> None:
        low, high = self.box.viewRange()[1 if self.sideways else 0]
        if place - 0.5 < low:
            self._look_at(place - 0.6, place - 0.6 + high - low)
        elif place + 0.5 > high:
            self._look_at(place + 0.6 - high + low, place + 0.6)

    def _make_actions(self) -> None:
        back, on = ("chart.up", "chart.down") if self.sideways else ("chart.left", "chart.right")
        actions.make(self, back, lambda: self.step(-1))
        actions.make(self, on, lambda: self.step(1))
        actions.make(self, "chart.first", lambda: self.go_to(0))
        actions.make(self, "chart.last", lambda: self.go_to(1_000_000))
        actions.make(self, "chart.open", self.open)
        if self._zooms:
            actions.make(self, "chart.closer", lambda: self.zoom(ZOOM))
            actions.make(self, "chart.farther", lambda: self.zoom(1 / ZOOM))
            actions.make(self, "chart.whole", self.show_whole)

    def _key(self) -> str | None:
        if self.drawn is None or self.at is None or self.at >= len(self.drawn.chart.points):
            return None
        return self.drawn.chart.points[self.at].key

    def _tell(self, at: int | None) -> None:
        changed, self.at = at != self.at, at
        shown = at is not None and self.drawn is not None and at < len(self.drawn.told)
        self._cursor.setVisible(shown)
        self.bubble.setVisible(shown)
        if not shown or self.drawn is None or at is None:
            return
        # Of bars that lie it runs below the bar: through its middle it would strike its number out.
        self._cursor.setValue(float(self.drawn.places[at]) + (PART_HEIGHT / 2 + 0.06) * self.sideways)
        words = "\n".join(self.drawn.told[at])
        self.bubble.setText(words)
        self.bubble.adjustSize()
        self._place_bubble(float(self.drawn.places[at]))
        if changed or self.accessibleDescription() != words:
            self.setAccessibleDescription(words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        if changed:
            self.moved.emit(at)

    def _place_bubble(self, place: float) -> None:
        """Beside the point, where it covers the least."""
        at = QPointF(0, place) if self.sideways else QPointF(place, 0)
        point = QPointF(self.mapFromScene(self.box.mapViewToScene(at)))
        size = self.bubble.size().toSizeF()
        corners = spots(point, size, QRectF(self.rect()), theme.unit(12), sideways=self.sideways)
        self.bubble.move(clearest(corners, size, self._pixels()).toPoint())
        self.bubble.raise_()

    def _pixels(self) -> np.ndarray:
        """Where what is drawn stands in the widget."""
        if self._traces is None:
            self._traces = np.empty((0, 2)) if self.drawn is None else traces(self.drawn)
        (left, right), (low, high) = self.box.viewRange()
        near, far = (
            self.mapFromScene(self.box.mapViewToScene(QPointF(*corner))) for corner in ((left, low), (right, high))
        )
        share = (self._traces - (left, low)) / (right - left, high - low)
        return share * (far.x() - near.x(), far.y() - near.y()) + (near.x(), near.y())

    def _near(self, event: QMouseEvent) -> int | None:
        """The point under the pointer."""
        if self.drawn is None or not self.drawn.places.size:
            return None
        scene = self.mapToScene(event.position().toPoint())
        if not self.box.sceneBoundingRect().contains(scene):
            return None
        spot = self.box.mapSceneToView(scene)
        value = spot.y() if self.sideways else spot.x()
        at = int(np.abs(self.drawn.places - value).argmin())
        return at if abs(self.drawn.places[at] - value) <= 0.6 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._zooms or event.buttons() == Qt.MouseButton.NoButton:
            super().mouseMoveEvent(event)
        self._tell(self._near(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._tell(self._near(event))
        self.open()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._zooms:
            super().wheelEvent(event)
        else:
            event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._tell(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab the last day, or the first part, is told, so that keys and ears have where to begin."""
        super().focusInEvent(event)
        if self.at is None and event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.step(1 if self.sideways else -1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.underMouse():
            self._tell(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.at is not None:
            self._tell(self.at)
