"""Solomon's instances as a day of households and vehicles, solved through the planner's adapter."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from time import monotonic

import numpy as np
import vrplib

from coordinator.domain.schedule import DayProblem, Hub, Load, Pickup, Point, TravelRules, VehicleDay, Window
from coordinator.planning import adapter
from coordinator.planning.goals import Scale
from coordinator.planning.insertion import Fleet, Runs
from coordinator.planning.timing import Timetable
from coordinator.planning.travel import Legs, Place

OPTIMAL = {"C201": 589.1, "C205": 586.4, "R201": 1143.2, "R205": 949.8, "RC201": 1261.8, "RC205": 1154.0}
"""Of the README beside the instances."""
TENTHS = 10
VEHICLES = 25
DEGREE = 100
"""Whole units of the instance in a degree, so that each point is one that could be on the map."""
ONLY_KILOMETRES = Scale(levels=1, person=10_000, undriven=0, zone=0, way=1, step=1, change=0)
"""Everybody is served, and then hectometres alone count: these instances know no danger zone."""


@dataclass(frozen=True, slots=True)
class Planar:
    """Ways as the instance has them: tenths of a unit are minutes and hectometres.

    A point is x and y in hundredths of a degree.
    """

    def legs(self, places: Sequence[Place], vehicle_id: str = "") -> Legs:
        table = np.array([[_tenths(one.point, other.point) for other in places] for one in places], dtype=np.int64)
        return Legs(table, table)


def _tenths(one: Point, other: Point) -> int:
    across, up = (round(DEGREE * (a - b)) for a, b in ((one.lat, other.lat), (one.lon, other.lon)))
    return math.floor(TENTHS * math.hypot(across, up))


def solve_solomon(folder: Path, seconds: float, seed: int) -> None:
    print(f"{'':8}{'found':>9}{'optimal':>9}{'gap':>8}{'vehicles':>10}{'seconds':>9}")
    for path in sorted(folder.glob("*.vrp")):
        name = path.stem.split("R0.")[0]
        problem = read(path, 700 if name.startswith("C") else 1000)
        began = monotonic()
        runs = solve(problem, seconds, seed)
        found = length(problem, runs)
        gap = 100 * (found / OPTIMAL[name] - 1)
        routes = sum(len(own) for own in runs.values())
        took = monotonic() - began
        print(f"{name:8}{found:9.1f}{OPTIMAL[name]:9.1f}{gap:7.2f}%{routes:10}{took:9.1f}", flush=True)


def read(path: Path, capacity: int) -> DayProblem:
    """Without release times and reloads. All times of the file in units, ten minutes each."""
    raw = vrplib.read_instance(path, compute_edge_weights=False)
    points = [Point(float(x) / DEGREE, float(y) / DEGREE) for x, y in raw["node_coord"]]
    windows = [Window(int(early) * TENTHS, int(late) * TENTHS) for early, late in raw["time_window"]]
    service = int(raw["service_time"]) * TENTHS
    pickups = tuple(
        Pickup(
            f"h{i}", i, Load(seats=int(demand)), 0, points[i], Window(windows[i].start, windows[i].end + service),
            service, weight=0,
        )
        for i, demand in enumerate(raw["demand"])
        if i
    )  # fmt: skip
    vehicles = tuple(
        VehicleDay(f"v{i}", f"{i}", Load(seats=capacity), windows[0], "D", f"d{i}") for i in range(VEHICLES)
    )
    depot = Hub("depot", points[0], unloading=0)
    return DayProblem("1987-01-01", pickups, vehicles, depot, depot, TravelRules(local_minutes=0))


def solve(problem: DayProblem, seconds: float, seed: int) -> Runs:
    timetable = Timetable(problem, Planar())
    fleet = Fleet(timetable)
    fleet.insert_all(problem.pickups)
    instance = adapter.build(timetable, problem.pickups, ONLY_KILOMETRES)
    end = monotonic() + seconds
    return adapter.search(instance, fleet.runs, lambda _cost: monotonic() > end, lambda _served, _runs: None, seed)


def length(problem: DayProblem, runs: Runs) -> float:
    """Units driven, reckoned from the instance alone; raises where somebody is left out, late or too many."""
    pickups = {pickup.household_id: pickup for pickup in problem.pickups}
    depot = problem.base.point
    total = 0
    for vehicle_id, own in runs.items():
        now = 0
        for run in own:
            places = [depot, *(pickups[key].point or depot for key in run), depot]
            total += sum(_tenths(one, other) for one, other in pairwise(places))
            seats = sum(pickups[key].load.seats for key in run)
            assert seats <= problem.vehicles[0].capacity.seats, f"{vehicle_id} carries {seats}"
            for (one, other), key in zip(pairwise(places), run, strict=False):
                now = max(now + _tenths(one, other), pickups[key].window.start)
                assert now <= pickups[key].window.end - pickups[key].service, f"{vehicle_id} is late at {key}"
                now += pickups[key].service
            now += _tenths(places[-2], depot)
        assert now <= problem.vehicles[0].window.end, f"{vehicle_id} is back late"
    served = sorted(key for own in runs.values() for run in own for key in run)
    assert served == sorted(pickups), "somebody is left out, or visited twice"
    return total / TENTHS
