"""Where degrees lie on a flat map: the Web Mercator square, from 0 at the west and north to 1 at the east and south.

Formula: spherical Mercator as map tiles use it (EPSG:3857, OGC Two Dimensional Tile Matrix Set, annex E), so that a
local tile file lies under the settlements without being bent.
"""

from __future__ import annotations

import math
from typing import NamedTuple

EQUATOR_KM = 40_075.016_686
"""WGS 84: the width of the whole square at the equator."""
LIMIT = 85.051_128_78
"""Degrees of latitude at which the square ends."""


class Spot(NamedTuple):
    """A place in the square, x to the east and y to the south."""

    x: float
    y: float


def project(lat: float, lon: float) -> Spot:
    """Degrees (WGS 84) to the square; latitudes beyond LIMIT lie on its edge."""
    sine = math.sin(math.radians(max(-LIMIT, min(LIMIT, lat))))
    return Spot(lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi))


def latitude(y: float) -> float:
    """Degrees of latitude at `y` of the square."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def kilometres(width: float, y: float) -> float:
    """What a distance of `width` of the square is on the ground at `y`."""
    return width * EQUATOR_KM * math.cos(math.radians(latitude(y)))


def is_place(lat: float | None, lon: float | None) -> bool:
    """Whether these are degrees that can be drawn: finite and within their limits."""
    return lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180
