"""How large a settlement is on the map, and which names can be read without lying on each other."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from coordinator.domain.mercator import Spot
from coordinator.queries.day_map import MapPlace
from ui.widgets.map.camera import Camera

SMALLEST, LARGEST, DOT, GAP, RING = 6.0, 26.0, 3.0, 2.0, 5.0
"""Pixels at normal font: the radius for one person, for the most people, where nobody remains; gaps; ring widths."""
MOST_RINGS = 3
MOST_NAMES = 120
"""More could not be read at once, and each costs time while the map is pushed."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A settlement as it stands in the window; pixels."""

    place: MapPlace
    at: QPointF
    radius: float

    def hit(self, point: QPointF, reach: float) -> float | None:
        """How far off its middle a point is that lies on it or within `reach` of it; None beyond."""
        distance = math.hypot(point.x() - self.at.x(), point.y() - self.at.y())
        return distance if distance <= max(self.radius, reach) else None


@dataclass(frozen=True, slots=True)
class Name:
    """`quiet`: nothing is known there."""

    rect: QRectF
    text: str
    key: str
    quiet: bool = False


def radius(remaining: int, most: int, unit: float = 1.0) -> float:
    """The area grows with the people remaining: twice as many, twice the area."""
    if not remaining:
        return DOT * unit
    return max(SMALLEST, LARGEST * math.sqrt(remaining / max(1, most))) * unit


def marks(places: Iterable[MapPlace], camera: Camera, unit: float) -> list[Mark]:
    """Those in sight, the largest first, so that small ones are painted over them.

    Settlements of one estimated place stand around it: each can be seen and clicked.
    """
    shared: dict[Spot, list[MapPlace]] = {}
    for place in places:
        if place.spot is not None:
            shared.setdefault(place.spot, []).append(place)
    most = max((place.remaining for group in shared.values() for place in group), default=0)
    found = []
    for spot, group in shared.items():
        sizes = [radius(place.remaining, most, unit) for place in group]
        at = QPointF(*camera.pixel(spot))
        around = zip(group, _around_first(sizes), sizes, strict=True)
        found += [
            mark for mark in (Mark(place, at + off, size) for place, off, size in around) if _in_sight(mark, camera)
        ]
    return sorted(found, key=lambda mark: -mark.radius)


def _around_first(sizes: Sequence[float]) -> list[QPointF]:
    """Where circles of these radii stand that share one place: the first in its middle, the others in rings."""
    found, angle, widest = [QPointF(0, 0)], 0.0, max(sizes)
    inner = sizes[0]
    for size in sizes[1:]:
        away = inner + widest + GAP
        step = 2 * math.asin(min(1.0, (size + GAP) / away))
        if angle + step > math.tau:
            angle, inner = 0.0, inner + 2 * widest + GAP
            away = inner + widest + GAP
        found.append(QPointF(away * math.sin(angle + step / 2), -away * math.cos(angle + step / 2)))
        angle += step
    return found


def _in_sight(mark: Mark, camera: Camera) -> bool:
    x, y, size = mark.at.x(), mark.at.y(), mark.radius
    return -size <= x <= camera.width + size and -size <= y <= camera.height + size


def names(
    shown: Sequence[Mark], width_of: Callable[[str], float], height: float, chosen: str = "",
    within: QRectF | None = None, kept_free: Sequence[QRectF] = (),
) -> list[Name]:  # fmt: skip
    """Names that lie on no other name and on no larger circle; the chosen settlement first, then by people.

    None is cut off by the edge of `within`, and none lies where something else is said (`kept_free`).
    """
    taken = _Taken()
    for rect in kept_free:
        taken.add(rect)
    for number, mark in enumerate(shown):
        taken.add(_around(mark), number)
    order = sorted(range(len(shown)), key=lambda at: _importance(shown[at], chosen))[:MOST_NAMES]
    found: list[Name] = []
    for number in order:
        mark = shown[number]
        text = f"{mark.place.name} {mark.place.remaining}" if mark.place.remaining else mark.place.name
        sides = _sides(mark, width_of(text), height)
        whole = (side for side in sides if within is None or within.contains(side))
        rect = next((side for side in whole if taken.free(side, number)), None)
        if rect is None and mark.place.key == chosen:
            rect = sides[0]
        if rect is not None:
            taken.add(rect)
            found.append(Name(rect, text, mark.place.key, not (mark.place.known or mark.place.order)))
    return found


def _importance(mark: Mark, chosen: str) -> tuple[bool, int, bool]:
    return mark.place.key != chosen, -mark.place.remaining, not mark.place.known


class _Taken:
    """What lies where already, looked up by squares: each name is compared with its neighbours alone."""

    SQUARE = 64

    def __init__(self) -> None:
        self._squares: dict[tuple[int, int], list[tuple[QRectF, int]]] = {}

    def add(self, rect: QRectF, owner: int = -1) -> None:
        for square in self._under(rect):
            self._squares.setdefault(square, []).append((rect, owner))

    def free(self, rect: QRectF, owner: int) -> bool:
        """Whether nothing lies there but what belongs to `owner`."""
        squares = (self._squares.get(square, ()) for square in self._under(rect))
        return not any(other != owner and rect.intersects(one) for found in squares for one, other in found)

    def _under(self, rect: QRectF) -> list[tuple[int, int]]:
        side = self.SQUARE
        across = range(int(rect.left() // side), int(rect.right() // side) + 1)
        down = range(int(rect.top() // side), int(rect.bottom() // side) + 1)
        return [(x, y) for x in across for y in down]


def _around(mark: Mark) -> QRectF:
    size = mark.radius
    return QRectF(mark.at.x() - size, mark.at.y() - size, 2 * size, 2 * size)


def _sides(mark: Mark, width: float, height: float) -> tuple[QRectF, ...]:
    """To the right, to the left, below, above."""
    rings = RING * min(MOST_RINGS, int(mark.place.hits.worst)) if mark.place.hits else 0.0
    x, y, off = mark.at.x(), mark.at.y(), mark.radius + rings + 3
    return (
        QRectF(x + off, y - height / 2, width, height), QRectF(x - off - width, y - height / 2, width, height),
        QRectF(x - width / 2, y + off, width, height), QRectF(x - width / 2, y - off - height, width, height),
    )  # fmt: skip
