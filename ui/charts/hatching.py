"""Hatches as single lines, so that a picture of vectors, paper and the screen show the same.

Brush patterns of Qt come out of an SVG as a smear; lines do not.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil, floor

from PySide6.QtCore import QLineF, QRectF

from ui.charts.looks import Hatch

APART = 5.0
"""Pixels between two lines."""
NARROWEST = 3.0
"""Pixels; in a narrower bar no hatch can be seen."""

Segment = tuple[float, float, float, float]


def hatch_lines(rect: QRectF, hatch: Hatch, pixel: tuple[float, float]) -> list[QLineF]:
    """The lines of a hatch within `rect`; `pixel` is the width and the height of a pixel in the rectangle's units."""
    wide, high = pixel
    if hatch is Hatch.SOLID or not (wide and high) or rect.width() < NARROWEST * wide:
        return []
    left, right = sorted((rect.left() / wide, rect.right() / wide))
    low, top = sorted((rect.top() / high, rect.bottom() / high))
    return [QLineF(a * wide, b * high, c * wide, d * high) for a, b, c, d in _segments(hatch, left, right, low, top)]


def _segments(hatch: Hatch, left: float, right: float, low: float, top: float) -> Iterator[Segment]:
    """In pixels. Lines begin at multiples of their distance, so that a hatch runs on from bar to bar."""
    if hatch in (Hatch.RISING, Hatch.CROSSED):
        for along in _steps(left - top, right - low):
            yield max(left, along + low), max(low, left - along), min(right, along + top), min(top, right - along)
    if hatch in (Hatch.FALLING, Hatch.CROSSED):
        for along in _steps(left + low, right + top):
            yield max(left, along - top), min(top, along - left), min(right, along - low), max(low, along - right)
    if hatch is Hatch.UPRIGHT:
        yield from ((x, low, x, top) for x in _steps(left, right))
    if hatch is Hatch.LEVEL:
        yield from ((left, y, right, y) for y in _steps(low, top))
    if hatch is Hatch.DOTTED:
        yield from ((x, y, min(x + 1.2, right), y) for x in _steps(left, right) for y in _steps(low, top))


def _steps(start: float, end: float) -> Iterator[float]:
    return (APART * number for number in range(ceil(start / APART), floor(end / APART) + 1))
