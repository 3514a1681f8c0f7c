"""Small days to plan: a base in Kharkiv, villages an hour to three away, invented households."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.domain.schedule import DayProblem, Hub, Load, Pickup, Point, TravelRules, VehicleDay, Window
from coordinator.planning.check import check
from coordinator.planning.insertion import Runs
from coordinator.planning.timing import Timetable

KHARKIV = Point(49.99, 36.23)
NEAR = Point(49.80, 36.90)
KUPIANSK = Point(49.71, 37.61)
FAR = Point(49.75, 37.95)
DAYLIGHT = Window(5 * 60 + 20, 19 * 60 + 40)


def household(number: int, seats: int = 2, wheelchair: int = 0, stretcher: int = 0, **other: object) -> Pickup:
    """A household "h<number>" in Kupiansk, in daylight, ten minutes at the door."""
    values: dict[str, object] = {
        "children": 0,
        "point": KUPIANSK,
        "window": DAYLIGHT,
        "service": 10,
        "weight": 100,
        "settlement": "Куп'янськ",
    }
    return Pickup(f"h{number}", number, Load(seats, wheelchair, stretcher), **{**values, **other})  # type: ignore[arg-type]


def vehicle(number: int, seats: int = 8, wheelchair: int = 0, stretcher: int = 0, **other: object) -> VehicleDay:
    """A vehicle "v<number>" with its own driver, 06:00 to 17:30."""
    values: dict[str, object] = {"window": Window(6 * 60, 17 * 60 + 30), "licence": "B", "driver_id": f"d{number}"}
    places = Load(seats, wheelchair, stretcher)
    return VehicleDay(f"v{number}", f"AX{number:04d}AA", places, **{**values, **other})  # type: ignore[arg-type]


def day(
    pickups: list[Pickup],
    vehicles: list[VehicleDay],
    base: Point = KHARKIV,
    transit: Point = KHARKIV,
    rules: TravelRules | None = None,
) -> DayProblem:
    hubs = Hub("base", base), Hub("transit", transit)
    return DayProblem("2023-08-15", tuple(pickups), tuple(vehicles), *hubs, rules or TravelRules())


def sound(problem: DayProblem, runs: Runs) -> bool:
    """Whether the checker has nothing but warnings to say about these orders of stops."""
    trips = [trip for key, own in runs.items() for trip in Timetable(problem).day(key, own)]
    return all(finding.warning for finding in check(problem, trips))


def fits_somewhere(problem: DayProblem, runs: Runs, household_id: str) -> bool:
    """By trying it: before or after any stop, or in a last trip of its own, nobody else being moved."""
    return any(sound(problem, {**runs, **longer}) for longer in _with_one_more(problem, runs, household_id))


def _with_one_more(problem: DayProblem, runs: Runs, household_id: str) -> Iterator[Runs]:
    for one in problem.vehicles:
        own = runs.get(one.vehicle_id, [])
        yield {one.vehicle_id: [*own, [household_id]]}
        for index, run in enumerate(own):
            for position in range(len(run) + 1):
                longer = [*run[:position], household_id, *run[position:]]
                yield {one.vehicle_id: [*own[:index], longer, *own[index + 1 :]]}
