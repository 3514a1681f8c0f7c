"""The map on the screen: pushed with the mouse or the arrows, nearer and farther by wheel or + and −."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from coordinator.domain.mercator import Spot
from coordinator.queries.day_map import DayMap, MapPlace
from resources.i18n import _
from ui import actions, theme
from ui.widgets.map import painting, words
from ui.widgets.map.camera import Camera
from ui.widgets.map.marks import Mark, marks, names
from ui.widgets.map.tiles import Tiles

STEP = 1.4
WHEEL_NOTCH = 120
_PUSHES = {
    Qt.Key.Key_Left: (1, 0), Qt.Key.Key_Right: (-1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip


class MapView(QWidget):
    """`chosen(key)` when a settlement was clicked or stepped to, `opened(key)` on Enter or a double click.

    Page Down and Page Up go through the settlements by people remaining.
    """

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, tiles: Tiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = tiles
        self._map: DayMap | None = None
        self._camera = Camera()
        self._own_look = False
        self._marks: list[Mark] = []
        self._key = ""
        self._held: QPointF | None = None
        self._pushed = False
        self.setAccessibleName(_("Map of the day"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(theme.unit(240), theme.unit(200))
        tiles.arrived.connect(self.update)
        actions.make(self, "map.nearer", lambda: self.zoom(STEP))
        actions.make(self, "map.farther", lambda: self.zoom(1 / STEP))
        actions.make(self, "map.all", self.show_all)

    @property
    def camera(self) -> Camera:
        return self._camera

    @property
    def current(self) -> MapPlace | None:
        places = self._map.places if self._map else ()
        return next((place for place in places if place.key == self._key), None)

    def show_map(self, shown: DayMap) -> None:
        """Another state of the same map keeps what is in sight and what is chosen."""
        first, self._map = self._map is None, shown
        if first and not self._own_look:
            self.show_all()
        self._tell()

    def show_all(self) -> None:
        """Every settlement where somebody remains in sight, with the ways of the day; else everything known."""
        if self._map is None:
            return
        peopled = [place.spot for place in self._map.places if place.spot and place.remaining]
        known = [place.spot for place in self._map.places if place.spot and (place.known or place.order)]
        spots = peopled or known or [place.spot for place in self._map.places if place.spot]
        self._own_look = False
        self._look(self._camera.fitted(spots, theme.unit(48)))

    def look_at(self, x: float, y: float, scale: float) -> None:
        """As it was seen before, for another window size too."""
        self._own_look = True
        self._look(replace(self._camera, centre=Spot(x, y), scale=scale))

    def zoom(self, factor: float) -> None:
        """Nearer or farther; the chosen settlement stays where it is, or else the middle."""
        place = self.current
        at = self._camera.pixel(place.spot) if place and place.spot else (None, None)
        self._turn(self._camera.zoomed(factor, *at))

    def choose(self, key: str) -> None:
        """Make a settlement current, and bring it into sight."""
        self._key = key
        place = self.current
        if place is not None and place.spot is not None:
            x, y = self._camera.pixel(place.spot)
            air = theme.unit(30)
            if not (air <= x <= self.width() - air and air <= y <= self.height() - air):
                self._turn(self._camera.moved(self.width() / 2 - x, self.height() / 2 - y))
        self._tell()

    def place_at(self, point: QPointF) -> MapPlace | None:
        """The settlement under a pixel, the nearest of several."""
        near = [(mark.hit(point, theme.unit(8)), mark) for mark in self._marks]
        found = [(distance, mark) for distance, mark in near if distance is not None]
        return min(found, key=lambda one: one[0])[1].place if found else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("surface"))
        if self._map is not None:
            self._tiles.paint(painter, self._camera)
            self._paint(painter, self._map)
        painter.setPen(theme.color("focus" if self.hasFocus() else "line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held, self._pushed = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position() - self._held
        if self._pushed or way.manhattanLength() > theme.unit(4):
            self._pushed, self._held = True, event.position()
            self._turn(self._camera.moved(way.x(), way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = None if self._pushed else self.place_at(event.position())
        self._held = None
        if place is not None:
            self._go(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None:
            self.opened.emit(place.key)

    def wheelEvent(self, event: QWheelEvent) -> None:
        notches = event.angleDelta().y() / WHEEL_NOTCH
        self._turn(self._camera.zoomed(STEP**notches, event.position().x(), event.position().y()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _PUSHES:
            across, down = _PUSHES[key]
            self._turn(self._camera.moved(across * self.width() / 6, down * self.height() / 6))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._step(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self.opened.emit(self._key)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words.in_full(place).replace(" · ", "\n") if place else "", self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        camera = self._camera.resized(self.width(), self.height())
        if self._own_look or self._map is None:
            self._look(camera)
        else:
            self._camera = camera
            self.show_all()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _step(self, way: int) -> None:
        places = [place for place in self._map.places if place.spot] if self._map else []
        if not places:
            return
        at = next((number for number, place in enumerate(places) if place.key == self._key), None)
        place = places[0] if at is None else places[min(len(places) - 1, max(0, at + way))]
        self.choose(place.key)
        self.chosen.emit(place.key)

    def _go(self, place: MapPlace) -> None:
        self._key = place.key
        self._tell()
        self.chosen.emit(place.key)

    def _tell(self) -> None:
        """The words of the chosen settlement are what a screen reader says."""
        place = self.current
        self.setAccessibleDescription(words.in_full(place) if place else "")
        self._look(self._camera)

    def _turn(self, camera: Camera) -> None:
        """Somebody looks elsewhere: it stays so in a window of another size too."""
        self._own_look = True
        self._look(camera)

    def _look(self, camera: Camera) -> None:
        self._camera = camera
        self._marks = marks(self._map.places, camera, theme.unit(100) / 100) if self._map else []
        self.update()

    def _paint(self, painter: QPainter, shown: DayMap) -> None:
        pixel = self._camera.pixel
        lists = self.current.trips if self.current else ()
        for trip in shown.trips:
            way = [QPointF(*pixel(spot)) for spot in trip.way]
            painting.paint_way(painter, way, trip.status, trip.number in lists)
        for mark in self._marks:
            if mark.place.hits:
                painting.paint_rings(painter, mark.at, mark.radius, mark.place.hits)
            current = mark.place.key == self._key
            painting.paint_place(painter, mark, current=current, focused=current and self.hasFocus())
        for hub in shown.hubs:
            painting.paint_hub(painter, QPointF(*pixel(hub.spot)), hub.name)
        metrics = painter.fontMetrics()
        said = [painting.hub_name(painter, QPointF(*pixel(hub.spot)), hub.name) for hub in shown.hubs]
        said.append(painting.scale_room(painter, self._camera))
        window = QRectF(self.rect())
        for name in names(self._marks, metrics.horizontalAdvance, metrics.height(), self._key, window, said):
            painting.paint_name(painter, name, current=name.key == self._key)
        painting.paint_scale(painter, self._camera)
