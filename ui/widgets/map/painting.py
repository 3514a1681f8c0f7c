"""The signs of the map: circles, rings, ways, hubs and the scale. What a colour says a shape or a word says too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from coordinator.domain.fleet import OrderKind
from coordinator.domain.trip import TripStatus
from coordinator.queries.day_map import Hits
from resources.i18n import _
from ui import texts, theme
from ui.widgets.map.camera import Camera
from ui.widgets.map.marks import MOST_RINGS, RING, Mark, Name

ORDER_ROLES = {None: "chart_self", OrderKind.MANDATORY: "warning", OrderKind.FORCED: "danger"}
"""Colour of a settlement by what is ordered there."""
ORDER_PATTERNS = {
    None: Qt.BrushStyle.BDiagPattern, OrderKind.MANDATORY: Qt.BrushStyle.SolidPattern,
    OrderKind.FORCED: Qt.BrushStyle.Dense3Pattern,
}  # fmt: skip
TRIP_STYLES = {
    TripStatus.PLANNED: Qt.PenStyle.DashLine, TripStatus.DEPARTED: Qt.PenStyle.SolidLine,
    TripStatus.ARRIVED: Qt.PenStyle.DotLine,
}  # fmt: skip


def paint_place(painter: QPainter, mark: Mark, *, current: bool, focused: bool) -> None:
    """The circle of a settlement, with a halo where it is the chosen one."""
    place, size = mark.place, mark.radius
    if current:
        halo = QPen(theme.color("focus" if focused else "edge"), theme.unit(3))
        _circle(painter, mark.at, size + theme.unit(4), halo, QBrush())
    if not place.known and place.order is None:
        _circle(painter, mark.at, size, QPen(theme.color("edge"), 1), QBrush(theme.color("surface")))
        return
    colour = theme.color(ORDER_ROLES[place.order])
    edge = QPen(colour, theme.unit(2) if place.order is OrderKind.FORCED else 1)
    if place.estimated:
        edge.setStyle(Qt.PenStyle.DashLine)
    _circle(painter, mark.at, size, QPen(Qt.PenStyle.NoPen), QBrush(theme.color("surface")))
    soft = QColor(colour)
    soft.setAlphaF(0.75)
    _circle(painter, mark.at, size, edge, QBrush(soft, ORDER_PATTERNS[place.order]))


def paint_rings(painter: QPainter, at: QPointF, size: float, hits: Hits) -> None:
    """As many rings as the worst hit was bad; inside them the settlement keeps its own colour."""
    for number in range(1, min(MOST_RINGS, int(hits.worst)) + 1):
        _circle(painter, at, size + theme.unit(1) + number * theme.unit(int(RING)), _ring_pen(), QBrush())


def paint_way(painter: QPainter, way: Sequence[QPointF], status: TripStatus, chosen: bool) -> None:
    """A trip from its base to where it ends, with an arrow in the middle of each leg."""
    role, width = ("accent", 3) if chosen else ("chart_published", 2)
    pen = QPen(theme.color(role), theme.unit(width), TRIP_STYLES.get(status, Qt.PenStyle.DashLine))
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(list(way)))
    painter.setPen(QPen(theme.color(role), 1))
    painter.setBrush(theme.color(role))
    for start, end in pairwise(way):
        _arrow(painter, start, end)


def hub_name(painter: QPainter, at: QPointF, name: str) -> QRectF:
    """Where the name of a hub stands."""
    wide, high = painter.fontMetrics().horizontalAdvance(name), painter.fontMetrics().height()
    return QRectF(at.x() + theme.unit(9), at.y() - high / 2, wide, high)


def paint_hub(painter: QPainter, at: QPointF, name: str) -> None:
    """A square with its name: where people are brought."""
    side = theme.unit(9)
    painter.setPen(QPen(theme.color("text"), theme.unit(2)))
    painter.setBrush(theme.color("surface"))
    painter.drawRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side))
    _text(painter, hub_name(painter, at, name).topLeft(), name)


def paint_name(painter: QPainter, name: Name, *, current: bool) -> None:
    font = painter.font()
    font.setBold(current)
    painter.setFont(font)
    _text(painter, name.rect.topLeft(), name.text, "muted" if name.quiet else "text")
    font.setBold(False)
    painter.setFont(font)


def scale_room(painter: QPainter, camera: Camera) -> QRectF:
    """Where the bar of the scale and its words stand."""
    high = painter.fontMetrics().height() + theme.unit(20)
    return QRectF(0, camera.height - high, camera.bar(theme.unit(140))[1] + theme.unit(20), high)


def paint_scale(painter: QPainter, camera: Camera) -> None:
    """A bar of a round distance at the lower left."""
    km, length = camera.bar(theme.unit(140))
    x, y, tick = float(theme.unit(14)), float(camera.height - theme.unit(12)), float(theme.unit(5))
    painter.setPen(QPen(theme.color("text"), theme.unit(2)))
    painter.drawPolyline([QPointF(x, y - tick), QPointF(x, y), QPointF(x + length, y), QPointF(x + length, y - tick)])
    words = _("{km} km").format(km=texts.decimal(km, 1) if km < 1 else texts.number(int(km)))
    _text(painter, QPointF(x, y - tick - painter.fontMetrics().height()), words)


def _ring_pen() -> QPen:
    return QPen(theme.color("danger"), theme.unit(2))


def _circle(painter: QPainter, at: QPointF, size: float, pen: QPen, brush: QBrush) -> None:
    painter.setPen(pen)
    painter.setBrush(brush)
    painter.drawEllipse(at, size, size)


def _arrow(painter: QPainter, start: QPointF, end: QPointF) -> None:
    across, down = end.x() - start.x(), end.y() - start.y()
    length = math.hypot(across, down)
    side = theme.unit(5)
    if length < 4 * side:
        return
    x, y = across / length, down / length
    tip = QPointF((start.x() + end.x()) / 2 + x * side, (start.y() + end.y()) / 2 + y * side)
    back = QPointF(tip.x() - 2 * side * x, tip.y() - 2 * side * y)
    left = QPointF(back.x() - side * y, back.y() + side * x)
    painter.drawPolygon([tip, left, QPointF(back.x() + side * y, back.y() - side * x)])


def _text(painter: QPainter, at: QPointF, text: str, role: str = "text") -> None:
    """Text on a ground of its own, so that a line or a tile below it never makes it illegible."""
    wide, high = painter.fontMetrics().horizontalAdvance(text), painter.fontMetrics().height()
    ground = QColor(theme.color("surface"))
    ground.setAlphaF(0.8)
    rect = QRectF(at.x(), at.y(), wide, high)
    painter.fillRect(rect, ground)
    painter.setPen(theme.color(role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, text)
