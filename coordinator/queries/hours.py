"""When a vehicle may stand in a place on a day: outside the recorded curfew, or else by daylight."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.daylight import usable
from coordinator.domain.names import fold
from coordinator.domain.schedule import Point, Window
from db.rows import CurfewRow

_KIND_WORDS = frozenset(
    fold(word) for word in ("міська", "селищна", "сільська", "територіальна", "громада", "тг", "hromada", "community")
)


class Hours:
    """The allowed hours of one day, by hromada and place."""

    def __init__(self, day: date, curfews: Iterable[CurfewRow]) -> None:
        self.day = day
        self._curfews: dict[str, CurfewRow] = {}
        for row in sorted(curfews, key=lambda row: row.from_on):
            if row.from_on <= day and (row.until_on is None or day <= row.until_on):
                self._curfews[_hromada_key(row.hromada)] = row
        self._daylight: dict[Point, Window] = {}

    def at(self, hromada: str, point: Point) -> Window:
        """The newest curfew that covers the day decides; where none is recorded, daylight at the place."""
        curfew = self._curfews.get(_hromada_key(hromada)) if hromada else None
        if curfew is not None:
            return usable(self.day, point, (curfew.starts, curfew.ends))
        if point not in self._daylight:
            self._daylight[point] = usable(self.day, point)
        return self._daylight[point]


def _hromada_key(name: str) -> str:
    """The name without the words for what it is: a curfew for "Куп'янська громада" is that of Куп'янська."""
    return " ".join(word for word in fold(name).split() if word not in _KIND_WORDS)
