"""Where the bubble of a chart stands: beside the point that it tells of, over as little of the chart as it can."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF

from ui.charts.layers import Drawn

Array = np.ndarray
BETWEEN = 4
"""Places looked at between two points of a line, or along a bar."""


def traces(drawn: Drawn) -> Array:
    """Places (x, y) of the data along all that is drawn, NaN left out; shape (n, 2)."""
    shares = np.linspace(0, 1, BETWEEN + 1)
    found = [np.empty((0, 2))]
    for line in drawn.lines:
        for share in shares:
            x = line.x[:-1] + share * np.diff(line.x)
            found.append(np.column_stack((x, line.y[:-1] + share * np.diff(line.y))))
        found.append(np.column_stack((line.x, line.y)))
    for bars in drawn.bars:
        for share in shares:
            along, across = (share, 0.5) if drawn.sideways else (0.5, share)
            size = bars.wide if drawn.sideways else bars.high
            x, y = bars.left + along * bars.wide, bars.low + across * bars.high
            found.append(np.column_stack((np.where(size > 0, x, np.nan), y)))
    places = np.concatenate(found)
    return places[np.isfinite(places).all(axis=1)]


def spots(point: QPointF, size: QSizeF, within: QRectF, air: float, *, sideways: bool) -> list[QPointF]:
    """Corners where a bubble of this size may stand, the most usual first; never over the edge.

    None lies on the point's place along the chart, where there is room for that.
    """
    right, bottom = within.right() - size.width(), within.bottom() - size.height()
    if sideways:
        corners = [(right - air, y) for y in (point.y() - size.height() - air, point.y() + air)]
    else:
        levels = [within.top() + air, (within.top() + bottom) / 2, bottom - air]
        corners = [(x, y) for y in levels for x in (point.x() + air, point.x() - air - size.width())]
    inside = [QPointF(max(within.left(), min(x, right)), max(within.top(), min(y, bottom))) for x, y in corners]

    def off(corner: QPointF) -> bool:
        low, place = (corner.y(), point.y()) if sideways else (corner.x(), point.x())
        return not low < place < low + (size.height() if sideways else size.width())

    return [corner for corner in inside if off(corner)] or inside


def clearest(corners: Sequence[QPointF], size: QSizeF, drawn: Array) -> QPointF:
    """The first of these corners from which the bubble covers the fewest of these places; shape (n, 2), in pixels."""

    def covered(corner: QPointF) -> int:
        x, y = drawn[:, 0] - corner.x(), drawn[:, 1] - corner.y()
        return int(((x >= 0) & (x <= size.width()) & (y >= 0) & (y <= size.height())).sum())

    return min(corners, key=covered)
