"""What stands in a plot: bars, lines with marks, small numbers, and the height that was first reported.

Each item is made once and given ready arrays. All lengths that are not data are pixels of the view, so that an item
looks alike on the screen, in an SVG and on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QTransform

from ui.charts.hatching import hatch_lines
from ui.charts.looks import Hatch, Mark, Style
from ui.theme import Theme

Array = np.ndarray
NOTHING: Array = np.empty(0)
TINT = 46
"""How strong the ground under a hatch is, of 255."""
MARK_SIZE = 4.0
TOGETHER = 8
"""So many marks are one stroke of the painter: it takes longer the more of them cross (180 in one stroke: 40 ms)."""
CLOSE = 7.0
"""Marks nearer to each other than so many pixels are left out, all but those that stand alone."""
CLEAR, CROWDED = 8.0, 12.0
"""Pixels: of first figures nearer to each other than CROWDED only those stay that are CLEAR of what is known now."""
NEIGHBOURS = 12
"""Numbers that stand near enough to lie on the next one."""


class Item(pg.GraphicsObject):
    """Base: takes part in fitting the view, and knows how large a pixel is."""

    def __init__(self, theme: Theme, weight: float = 1.0) -> None:
        super().__init__()
        self.theme, self.weight = theme, weight
        self._bounds = QRectF()

    def pen(self, role: str, width: float = 1.0, dash: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen = QPen(self.theme.color(role), width * self.weight, dash)
        pen.setCosmetic(True)
        return pen

    def pixel(self) -> tuple[float, float]:
        """The width and height of a pixel in the units of the data."""
        return float(self.pixelWidth() or 0), float(self.pixelHeight() or 0)

    def boundingRect(self) -> QRectF:
        """With room for marks and numbers, which reach beyond their points."""
        wide, high = self.pixel()
        return self._bounds.adjusted(-60 * wide, -24 * high, 60 * wide, 24 * high)

    def bound(self, left: Array, low: Array, right: Array, top: Array) -> None:
        self.prepareGeometryChange()
        if left.size and np.isfinite(top).any():
            corners = float(left.min()), float(np.nanmin(low)), float(right.max()), float(np.nanmax(top))
            self._bounds = QRectF(corners[0], corners[1], corners[2] - corners[0], corners[3] - corners[1])
        else:
            self._bounds = QRectF()
        self.update()

    def viewTransformChanged(self) -> None:
        """Pixels have another size now."""
        self.prepareGeometryChange()
        self.update()

    def visible(self) -> QRectF:
        box = self.getViewBox()
        return box.viewRect() if box is not None else self._bounds


class Bars(Item):
    """Rectangles of one series."""

    def __init__(self, style: Style, theme: Theme, weight: float = 1.0) -> None:
        super().__init__(theme, weight)
        self.style = style
        self.left = self.low = self.wide = self.high = NOTHING

    def set_bars(self, left: Array, low: Array, wide: Array, high: Array) -> None:
        """Corners and sizes in the units of the data; NaN where there is a gap."""
        self.left, self.low, self.wide, self.high = left, low, wide, high
        self.bound(left, low, left + np.nan_to_num(wide), low + np.nan_to_num(high))

    def paint(self, painter: QPainter, *_rest: object) -> None:
        seen, (across, up) = self.visible(), self.pixel()
        box = self.getViewBox()
        pixel = (across, up if box is not None and box.yInverted() else -up)
        colour = self.theme.color(self.style.role)
        ground = QColor(colour)
        if self.style.hatch is not Hatch.SOLID:
            ground.setAlpha(TINT)
        rects = [
            rect
            for x, y, wide, high in zip(self.left, self.low, self.wide, self.high, strict=True)
            if isfinite(wide) and isfinite(high) and wide and high and seen.intersects(rect := QRectF(x, y, wide, high))
        ]
        # Each call to the painter may wait for whoever counts beside it, so there are few of them.
        # Without smoothing edges stay sharp and bars that touch show no seam.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self.pen(self.style.role if self.style.hatch is not Hatch.SOLID else "surface"))
        painter.setBrush(QBrush(ground))
        painter.drawRects(rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        lines = [line for rect in rects for line in hatch_lines(rect, self.style.hatch, pixel)]
        if lines:
            painter.setPen(self.pen(self.style.role, 1.1))
            painter.drawLines(lines)


class Line(Item):
    """Values joined by a line where neighbours are known; NaN breaks it. A mark stands on each value."""

    def __init__(self, style: Style, theme: Theme, weight: float = 1.0) -> None:
        super().__init__(theme, weight)
        self.style = style
        self.x = self.y = NOTHING

    def set_line(self, x: Array, y: Array) -> None:
        self.x, self.y = x, y
        self.bound(x, y, x, y)

    def paint(self, painter: QPainter, *_rest: object) -> None:
        path, alone = _pieces(self.x, self.y)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(self.pen(self.style.role, 1.6, self.style.dash))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        pixel = self.pixel()
        dense = self.x.size > 1 and pixel[0] and (self.x[1] - self.x[0]) / pixel[0] < CLOSE
        painter.setPen(self.pen(self.style.role, 1.2))
        painter.setBrush(QBrush(self.theme.color(self.style.role)))
        shown = [
            QPointF(x, y)
            for number, (x, y) in enumerate(zip(self.x, self.y, strict=True))
            if isfinite(y) and (not dense or number in alone)
        ]
        draw_marks(painter, self.style.mark, shown, pixel)


class Firsts(Item):
    """What was first reported where it has changed since: a dashed step across a bar, a hollow mark beside a line."""

    def __init__(self, theme: Theme, weight: float = 1.0) -> None:
        super().__init__(theme, weight)
        self.left = self.right = self.first = self.now = NOTHING

    def set_firsts(self, left: Array, right: Array, first: Array, now: Array) -> None:
        self.left, self.right, self.first, self.now = left, right, first, now
        self.bound(left, np.minimum(first, now), right, np.maximum(first, now))

    def paint(self, painter: QPainter, *_rest: object) -> None:
        pixel = self.pixel()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        found = list(zip(self.left, self.right, self.first, self.now, strict=True))
        if self._crowded(pixel[0]):
            # The marks would cover what they tell of: those stay that stand clear of it.
            found = [one for one in found if abs(one[2] - one[3]) > CLEAR * pixel[1]]
        middles = [(left + right) / 2 for left, right, _first, _now in found]
        painter.setPen(self.pen("text", 1.2))
        painter.drawLines([QLineF(at, one[2], at, one[3]) for at, one in zip(middles, found, strict=True)])
        painter.setPen(self.pen("text", 1.8, Qt.PenStyle.DashLine))
        painter.drawLines([QLineF(left, first, right, first) for left, right, first, _now in found if right > left])
        painter.setPen(self.pen("text", 1.4))
        painter.setBrush(QBrush(self.theme.color("surface")))
        if not self._crowded(pixel[0]):
            hollow = [QPointF(at, one[2]) for at, one in zip(middles, found, strict=True)]
            draw_marks(painter, Mark.ROUND, hollow, pixel)

    def _crowded(self, wide: float) -> bool:
        """Do the marks stand nearer to each other than they are large?"""
        if self.left.size < 2 or not wide:
            return False
        span = float(self.right.max() - self.left.min()) / wide
        return span / self.left.size < CROWDED


class Numbers(Item):
    """Small texts at points of the data, above them or to their right."""

    def __init__(self, theme: Theme, font: QFont, *, beside: bool, weight: float = 1.0) -> None:
        super().__init__(theme, weight)
        self._font, self._beside = font, beside
        self.x = self.y = NOTHING
        self.texts: Sequence[str] = ()

    def set_numbers(self, x: Array, y: Array, texts: Sequence[str]) -> None:
        self.x, self.y, self.texts = x, y, texts
        self.bound(x, y, x, y)

    def paint(self, painter: QPainter, *_rest: object) -> None:
        wide, high = self.pixel()
        box = self.getViewBox()
        if not (wide and high) or box is None:
            return
        metrics = QFontMetricsF(self._font)
        up = 1.0 if box.yInverted() else -1.0
        seen = self.visible()
        painter.setFont(self._font)
        painter.setPen(self.theme.color("text"))
        taken: list[QRectF] = []
        for x, y, text in zip(self.x, self.y, self.texts, strict=True):
            room = QRectF(x / wide, y / high, metrics.horizontalAdvance(text) + 2, metrics.height())
            free = self._beside or not any(room.intersects(one) for one in taken[-NEIGHBOURS:])
            if text and seen.top() <= y <= seen.bottom() and free:
                taken.append(room)
                painter.save()
                painter.translate(x, y)
                painter.scale(wide, high * up)
                across = 5.0 if self._beside else -metrics.horizontalAdvance(text) / 2
                painter.drawText(QPointF(across, metrics.ascent() / 2 - 1 if self._beside else -4.0), text)
                painter.restore()


def _pieces(x: Array, y: Array) -> tuple[QPainterPath, set[int]]:
    """The line in its pieces, and the places of values that have no neighbour."""
    path, alone = QPainterPath(), set()
    known = np.isfinite(y)
    for number in np.flatnonzero(known):
        before, after = number > 0 and known[number - 1], number + 1 < y.size and known[number + 1]
        if before:
            path.lineTo(x[number], y[number])
        else:
            path.moveTo(x[number], y[number])
        if not before and not after:
            alone.add(int(number))
    return path, alone


def draw_marks(painter: QPainter, mark: Mark, places: Sequence[QPointF], pixel: tuple[float, float]) -> None:
    """Marks of a few pixels around points of the data, in few strokes of the painter."""
    shape = QTransform.fromScale(pixel[0] or 1, -pixel[1] or 1).map(_SHAPES[mark])
    for start in range(0, len(places), TOGETHER):
        together = QPainterPath()
        together.setFillRule(Qt.FillRule.WindingFill)
        for at in places[start : start + TOGETHER]:
            together.addPath(shape.translated(at))
        painter.drawPath(together)


def _shapes() -> dict[Mark, QPainterPath]:
    size = MARK_SIZE
    around = {
        Mark.TRIANGLE: ((0, -size), (size, size), (-size, size)),
        Mark.SQUARE: ((-size, -size), (size, -size), (size, size), (-size, size)),
        Mark.DIAMOND: ((0, -size * 1.3), (size * 1.3, 0), (0, size * 1.3), (-size * 1.3, 0)),
    }
    shapes = {mark: QPainterPath() for mark in Mark}
    shapes[Mark.ROUND].addEllipse(QPointF(0, 0), size, size)
    for mark, corners in around.items():
        shapes[mark].moveTo(*corners[0])
        for corner in corners[1:]:
            shapes[mark].lineTo(*corner)
        shapes[mark].closeSubpath()
    for one, other in (((-size, -size), (size, size)), ((-size, size), (size, -size))):
        shapes[Mark.CROSS].moveTo(*one)
        shapes[Mark.CROSS].lineTo(*other)
    return shapes


_SHAPES = _shapes()
