"""What a plan is for, in this order; a lower goal never outbids a higher one.

1. Who is served: people, each counted once and up to twice by the household's weight, which is its points in "who is
   next". Before all else below: as few vehicles as possible for which a driver has still to be found.
2. Time inside the danger zone: for each trip the minutes from the vehicle's arrival at its first stop until it
   reaches the destination, the first place outside. The way out to the first stop is driven empty and is not counted.
3. Kilometres, all of them.
4. Changes against a list already printed: households that are fetched by another vehicle or at another minute than
   their list says.

`Goals` measures a finished plan and compares exactly. The solver knows one sum only, in which `Scale` gives each goal
a unit larger than all that the goals below it can come to on that day: no day has more minutes in the zone than its
vehicles have hours, or than every household fetched alone from the farthest place; the same for kilometres. PyVRP adds
up 64-bit integers, so the sum is kept below `MOST` (the prices of an infeasible plan, which the adapter sets above a
household's prize, stay in range with it; PyVRP's usual limit of 1e5 for them would lie under the prizes, and then it
finds nothing but infeasible plans). Where a day is so large that it does not fit, weights are told apart less finely
and kilometres are counted in larger steps, never the order given up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coordinator.domain.schedule import DayProblem, Pickup, PlannedTrip
from coordinator.planning.timing import Timetable
from coordinator.planning.travel import Roads

MOST = 10**16
"""The largest sum of all prizes of a day."""
_FINENESS = ((1000, 1), (100, 1), (100, 10), (20, 10), (20, 50), (10, 200))
"""Steps between a household without weight and the heaviest; hectometres that count as one."""


class Goals(NamedTuple):
    """A plan's worth; `key` sorts the better plan first."""

    served: float
    undriven: int
    zone: int
    hectometres: int
    changes: int

    @property
    def key(self) -> tuple[float, int, int, int, int]:
        return -self.served, self.undriven, self.zone, self.hectometres, self.changes


def measure(problem: DayProblem, trips: Sequence[PlannedTrip]) -> Goals:
    """How far trips reach each goal. Households that the problem does not know count for nothing."""
    pickups = {pickup.household_id: pickup for pickup in problem.pickups}
    stops = {stop.household_id: (trip.vehicle_id, stop.arrive) for trip in trips for stop in trip.stops}
    heaviest = heaviest_of(problem.pickups)
    served = [pickups[key] for key in stops if key in pickups]
    return Goals(
        round(sum(one.load.people * (1 + _share(one, heaviest)) for one in served), 6),
        len({trip.vehicle_id for trip in trips if trip.driver_id is None}),
        sum(zone_minutes(problem, trip) for trip in trips),
        sum(round(trip.km * 10) for trip in trips),
        sum(changed(one, stops) for one in problem.pickups),
    )


def zone_minutes(problem: DayProblem, trip: PlannedTrip) -> int:
    """From the first door until the destination is reached (see the module)."""
    return trip.back - problem.transit.unloading - trip.stops[0].arrive if trip.stops else 0


def changed(pickup: Pickup, stops: Mapping[str, tuple[str, int]]) -> bool:
    """Whether its printed list says something else than `stops`: household -> vehicle and minute."""
    before = pickup.stands
    if before is None or not before.printed:
        return False
    return stops.get(pickup.household_id) != (before.vehicle_id, before.arrive)


def heaviest_of(pickups: Sequence[Pickup]) -> int:
    return max((pickup.weight for pickup in pickups), default=0)


def _share(pickup: Pickup, heaviest: int) -> float:
    return max(0, pickup.weight) / heaviest if heaviest > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Scale:
    """Units of the solver's one sum. `levels`: a person without weight; `person`: what one level is worth.

    `step`: hectometres that count as one `way`.
    """

    levels: int
    person: int
    undriven: int
    zone: int
    way: int
    step: int
    change: int

    @classmethod
    def of(cls, timetable: Timetable, pickups: Sequence[Pickup]) -> Scale:
        """The finest scale of a day that keeps the order and fits (see the module)."""
        people = sum(max(0, pickup.load.people) for pickup in pickups)
        for levels, step in _FINENESS:
            scale = cls._in_order(timetable, pickups, levels, step)
            if 2 * levels * people * scale.person <= MOST:
                return scale
        return scale

    @classmethod
    def soft(cls, problem: DayProblem) -> Scale:
        """A person of no weight against 3000 minutes of driving: a scale to search with, not to judge by.

        Eight hectometres are about a minute on the road, the way out counted too: what is short are vehicles' hours.
        """
        listed = sum(one.stands is not None and one.stands.printed for one in problem.pickups)
        return cls(1000, 3, 1440, 0, 1, 8, int(listed > 0))

    @classmethod
    def _in_order(cls, timetable: Timetable, pickups: Sequence[Pickup], levels: int, step: int) -> Scale:
        vehicles = timetable.problem.vehicles
        hours = sum(max(0, one.window.end - one.window.start) for one in vehicles)
        minutes, hectometres = _longest(timetable.roads)
        service = sum(pickup.service for pickup in pickups)
        change = 1
        way = 1 + change * sum(one.stands is not None and one.stands.printed for one in pickups)
        legs = 2 * len(pickups)
        zone = 1 + way * legs * (1 + hectometres // step) + way
        most_minutes = min(hours, service + len(pickups) * minutes)
        undriven = 1 + zone * most_minutes + zone
        person = 1 + undriven * (1 + sum(one.driver_id is None for one in vehicles))
        return cls(levels, person, undriven, zone, way, step, change)

    def prize(self, pickup: Pickup, heaviest: int) -> int:
        """What serving a household is worth."""
        return max(0, pickup.load.people) * self.level(pickup, heaviest) * self.person

    def level(self, pickup: Pickup, heaviest: int) -> int:
        return round(self.levels * (1 + _share(pickup, heaviest)))


def _longest(roads: Roads) -> tuple[int, int]:
    """Minutes and hectometres of the longest way that can be driven."""
    return max(map(max, roads.minutes)), max(map(max, roads.hectometres))
