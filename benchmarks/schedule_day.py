"""The invented day of benchmarks/schedule.py: 200 households, and a fleet that cannot take them all."""

from __future__ import annotations

from random import Random

from coordinator.domain.schedule import DayProblem, Hub, Load, Pickup, Point, TravelRules, VehicleDay, Window

KHARKIV = Point(49.9935, 36.2304)
SHEVCHENKOVE = Point(49.6960, 37.1730)
VILLAGES = (
    Point(49.706, 37.616), Point(49.692, 37.655), Point(49.631, 37.683), Point(49.655, 37.700), Point(49.846, 37.687),
    Point(49.888, 37.759), Point(49.797, 37.855), Point(49.620, 37.795), Point(49.760, 37.560), Point(49.940, 37.600),
)  # fmt: skip
OUTSIDE_CURFEW, EARLIER = Window(6 * 60, 18 * 60), Window(6 * 60, 15 * 60)
MORNING, AFTERNOON = Window(7 * 60, 11 * 60 + 30), Window(12 * 60, 17 * 60)
SPACE = 40


def big_day(households: int = 200, seed: int = 7) -> DayProblem:
    """Seats, wheelchairs, stretchers with a carer, windows, and a transit centre an hour away to reload at."""
    rng = Random(seed)
    pickups = tuple(_pickup(rng, number) for number in range(1, households + 1))
    base, transit = Hub("base", SHEVCHENKOVE, 0), Hub("transit", SHEVCHENKOVE, 20)
    return DayProblem("2023-09-04", pickups, FLEET, base, transit, TravelRules(start_service=10))


def _pickup(rng: Random, number: int) -> Pickup:
    people = rng.choices((1, 2, 3, 4, 5, 6), (24, 34, 20, 12, 7, 3))[0]
    wheelchair = int(rng.random() < 0.06)
    stretcher = int(not wheelchair and rng.random() < 0.05)
    seats = max(people - wheelchair - stretcher, stretcher)
    children = rng.randint(0, max(0, people - 1)) if rng.random() < 0.35 else 0
    place = rng.choices(VILLAGES, (30, 24, 12, 10, 8, 6, 4, 6, 5, 5))[0]
    point = Point(place.lat + rng.uniform(-0.012, 0.012), place.lon + rng.uniform(-0.018, 0.018))
    window = rng.choices((OUTSIDE_CURFEW, EARLIER, MORNING, AFTERNOON), (62, 14, 14, 10))[0]
    weight = rng.randint(10, 60) + 15 * children + 25 * (wheelchair + stretcher)
    lone_carer = int(stretcher and people == 1)
    load = Load(seats, wheelchair, stretcher, space=seats + wheelchair + stretcher, carers=lone_carer)
    service = 6 + people + 8 * (wheelchair + stretcher)
    return Pickup(f"h{number}", number, load, children, point, window, service, 10 * weight)


def _vehicle(number: int, seats: int, wheelchair: int = 0, stretcher: int = 0, *others: Load) -> VehicleDay:
    hours = Window(6 * 60, 18 * 60) if number % 3 else Window(8 * 60, 17 * 60)
    usual = Load(seats, wheelchair, stretcher, SPACE)
    return VehicleDay(f"v{number}", f"AX{number:04}BM", usual, hours, "D", f"d{number}", tuple(others))


FLEET = (
    _vehicle(1, 8), _vehicle(2, 8), _vehicle(3, 16), _vehicle(4, 24), _vehicle(5, 6, 1), _vehicle(6, 6, 1),
    _vehicle(7, 3, 0, 2), _vehicle(8, 2, 1, 1), _vehicle(9, 18), _vehicle(10, 24),
)  # fmt: skip
