"""What part of the map is seen: from the square of domain.mercator to pixels and back. Knows nothing of Qt."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from coordinator.domain.mercator import Spot, kilometres

NEAREST, FARTHEST = 256 * 2.0**17, 256 * 2.0**3
"""Pixels for the whole square: a street fills the window, or a continent does."""
ALONE = 256 * 2.0**12
"""The closest that a fit goes by itself: one settlement stands in its surroundings."""
STEPS_KM = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500)


@dataclass(frozen=True, slots=True)
class Camera:
    """`scale`: pixels of the whole square; `width` and `height` of what is seen, in pixels."""

    centre: Spot = Spot(0.5, 0.5)
    scale: float = FARTHEST
    width: int = 1
    height: int = 1

    def pixel(self, spot: Spot) -> tuple[float, float]:
        x = (spot.x - self.centre.x) * self.scale + self.width / 2
        return x, (spot.y - self.centre.y) * self.scale + self.height / 2

    def spot(self, x: float, y: float) -> Spot:
        """What lies under a pixel."""
        across, down = (x - self.width / 2) / self.scale, (y - self.height / 2) / self.scale
        return Spot(self.centre.x + across, self.centre.y + down)

    def resized(self, width: int, height: int) -> Camera:
        return replace(self, width=max(1, width), height=max(1, height))

    def moved(self, across: float, down: float) -> Camera:
        """The picture pushed by so many pixels; its centre stays on the square."""
        x, y = self.centre.x - across / self.scale, self.centre.y - down / self.scale
        return replace(self, centre=Spot(min(1.0, max(0.0, x)), min(1.0, max(0.0, y))))

    def zoomed(self, factor: float, x: float | None = None, y: float | None = None) -> Camera:
        """Nearer by `factor`; what lies under the pixel x, y (without one: in the middle) stays there."""
        scale = min(NEAREST, max(FARTHEST, self.scale * factor))
        at = self.width / 2 if x is None else x, self.height / 2 if y is None else y
        held = self.spot(*at)
        nearer = replace(self, scale=scale, centre=held)
        return nearer.moved(at[0] - self.width / 2, at[1] - self.height / 2)

    def fitted(self, spots: Iterable[Spot], air: float) -> Camera:
        """Everything in sight, with `air` pixels around; as it was where there is nothing."""
        seen = list(spots)
        if not seen:
            return self
        left, right = min(spot.x for spot in seen), max(spot.x for spot in seen)
        top, bottom = min(spot.y for spot in seen), max(spot.y for spot in seen)
        room_across, room_down = max(1.0, self.width - 2 * air), max(1.0, self.height - 2 * air)
        across = room_across / (right - left) if right > left else ALONE
        down = room_down / (bottom - top) if bottom > top else ALONE
        scale = min(ALONE, max(FARTHEST, min(across, down)))
        return replace(self, centre=Spot((left + right) / 2, (top + bottom) / 2), scale=scale)

    @property
    def tile_zoom(self) -> int:
        """The zoom at which tiles of 256 pixels are nearest to their own size."""
        return round(math.log2(self.scale / 256))

    def bar(self, longest: float) -> tuple[float, float]:
        """The longest round distance of at most `longest` pixels: kilometres and pixels."""
        one = kilometres(1 / self.scale, self.centre.y)
        km = max((step for step in STEPS_KM if step / one <= longest), default=STEPS_KM[0])
        return km, km / one
