"""The same day for OR-Tools and pyvroom: the same minutes, places, windows and prizes; see benchmarks/schedule.py."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import vroom as vroom_solver
from ortools.constraint_solver import pywrapcp, routing_enums_pb2

from coordinator.domain.schedule import DayProblem, Load, PlannedTrip, VehicleDay
from coordinator.planning.timing import Timetable
from coordinator.planning.travel import Roads

STRATEGIES = ("PATH_CHEAPEST_ARC", "PARALLEL_CHEAPEST_INSERTION", "LOCAL_CHEAPEST_INSERTION", "SAVINGS")
RELOADS = 4
"""Times a vehicle may come back to unload and go out again."""
PERSON = 3000
"""Prize of one person of no weight in minutes: more than the day of a vehicle."""
SLICES = (2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Answer:
    trips: tuple[PlannedTrip, ...]
    said: str = ""


def worth(problem: DayProblem) -> list[float]:
    """People of each household, counted up to twice by its weight."""
    heaviest = max(pickup.weight for pickup in problem.pickups)
    return [pickup.load.people * (1 + pickup.weight / heaviest) for pickup in problem.pickups]


def timed(problem: DayProblem, runs: dict[str, list[list[int]]]) -> tuple[PlannedTrip, ...]:
    """Orders of households (indexes) with the product's own times."""
    timetable = Timetable(problem)
    names = [pickup.household_id for pickup in problem.pickups]
    days = ([[names[i] for i in run] for run in own] for own in runs.values())
    return tuple(trip for key, own in zip(runs, days, strict=True) for trip in timetable.day(key, own))


def served_worth(problem: DayProblem, trips: Sequence[PlannedTrip]) -> float:
    values = dict(zip((pickup.household_id for pickup in problem.pickups), worth(problem), strict=True))
    return sum(values[stop.household_id] for trip in trips for stop in trip.stops)


def ortools_best(problem: DayProblem, seconds: float, _seed: int) -> Answer:
    """The best of the strategies, each with guided local search for all of the time."""
    answers = []
    for strategy in STRATEGIES:
        trips = _ortools(problem, seconds, strategy)
        answers.append((served_worth(problem, trips), strategy, trips))
    _value, strategy, trips = max(answers, key=lambda one: one[0])
    return Answer(trips, strategy)


def _ortools(problem: DayProblem, seconds: float, strategy: str) -> tuple[PlannedTrip, ...]:
    """Nodes: base, end, then the reloads, then the households."""
    roads, vehicles, pickups = Timetable(problem).roads, problem.vehicles, problem.pickups
    reloads = RELOADS * len(vehicles)
    rows = [Roads.BASE, *[Roads.TRANSIT] * (1 + reloads), *(roads.row[one.household_id] for one in pickups)]
    first = 2 + reloads
    pause = problem.transit.unloading + problem.rules.start_service
    service = [problem.rules.start_service, 0, *[pause] * reloads, *(one.service for one in pickups)]
    manager = pywrapcp.RoutingIndexManager(len(rows), len(vehicles), [0] * len(vehicles), [1] * len(vehicles))
    routing = pywrapcp.RoutingModel(manager)
    legs = [[0 if a == b else roads.leg(row, other) for b, other in enumerate(rows)] for a, row in enumerate(rows)]
    cost = routing.RegisterTransitMatrix(legs)
    routing.SetArcCostEvaluatorOfAllVehicles(cost)
    minutes = [[service[a] + leg for leg in line] for a, line in enumerate(legs)]
    _time(problem, routing, manager, routing.RegisterTransitMatrix(minutes), first)
    for kind in ("seats", "wheelchair", "stretcher", "space"):
        _places(problem, routing, manager, kind, first)
    for node in range(2, first):
        routing.AddDisjunction([manager.NodeToIndex(node)], 0)
    for i, value in enumerate(worth(problem)):
        routing.AddDisjunction([manager.NodeToIndex(first + i)], round(PERSON * value))
    options = pywrapcp.DefaultRoutingSearchParameters()
    options.first_solution_strategy = getattr(routing_enums_pb2.FirstSolutionStrategy, strategy)
    options.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    options.time_limit.FromMilliseconds(int(seconds * 1000))
    solution = routing.SolveWithParameters(options)
    return timed(problem, _runs(problem, routing, manager, solution, first)) if solution else ()


def _time(
    problem: DayProblem, routing: pywrapcp.RoutingModel, manager: pywrapcp.RoutingIndexManager, transit: int, first: int
) -> None:
    routing.AddDimension(transit, 24 * 60, 24 * 60, False, "time")
    clock = routing.GetDimensionOrDie("time")
    for i, pickup in enumerate(problem.pickups):
        window = pickup.window
        clock.CumulVar(manager.NodeToIndex(first + i)).SetRange(window.start, window.end - pickup.service)
    for number, vehicle in enumerate(problem.vehicles):
        clock.CumulVar(routing.Start(number)).SetRange(vehicle.window.start, vehicle.window.end)
        end = vehicle.window.end - problem.transit.unloading
        clock.CumulVar(routing.End(number)).SetRange(vehicle.window.start, end)


def _places(
    problem: DayProblem, routing: pywrapcp.RoutingModel, manager: pywrapcp.RoutingIndexManager, kind: str, first: int
) -> None:
    """A reload takes off as much as the largest vehicle holds; slack there lets no load fall below zero."""
    offered = [int(getattr(vehicle.capacity, kind)) for vehicle in problem.vehicles]
    most = max(offered)
    demand = [0, 0, *[-most] * (first - 2), *(int(getattr(one.load, kind)) for one in problem.pickups)]
    evaluator = routing.RegisterUnaryTransitVector(demand)
    routing.AddDimensionWithVehicleCapacity(evaluator, most, offered, True, kind)
    dimension = routing.GetDimensionOrDie(kind)
    for node in range(first, len(demand)):
        dimension.SlackVar(manager.NodeToIndex(node)).SetValue(0)
    for number in range(len(problem.vehicles)):
        dimension.SlackVar(routing.Start(number)).SetValue(0)


def _runs(
    problem: DayProblem,
    routing: pywrapcp.RoutingModel,
    manager: pywrapcp.RoutingIndexManager,
    solution: pywrapcp.Assignment,
    first: int,
) -> dict[str, list[list[int]]]:
    found: dict[str, list[list[int]]] = {}
    for number, vehicle in enumerate(problem.vehicles):
        runs: list[list[int]] = [[]]
        index = routing.Start(number)
        while not routing.IsEnd(index):
            node = manager.IndexToNode(index)
            if node >= first:
                runs[-1].append(node - first)
            elif node >= 2 and runs[-1]:
                runs.append([])
            index = solution.Value(routing.NextVar(index))
        found[vehicle.vehicle_id] = [run for run in runs if run]
    return found


def vroom(problem: DayProblem, seconds: float, _seed: int) -> Answer:
    """The best of cutting each vehicle's day into 2 to 5 trips of equal time, each for all of the time."""
    answers = []
    for slices in SLICES:
        trips = _vroom(problem, seconds, slices)
        answers.append((served_worth(problem, trips), slices, trips))
    _value, slices, trips = max(answers, key=lambda one: one[0])
    return Answer(trips, f"{slices} trips a vehicle")


def _vroom(problem: DayProblem, seconds: float, slices: int) -> tuple[PlannedTrip, ...]:
    from datetime import timedelta

    roads = Timetable(problem).roads
    model = vroom_solver.Input()
    model.set_durations_matrix(profile="car", matrix_input=np.array(roads.minutes, dtype=np.uint32))
    values = worth(problem)
    for i, pickup in enumerate(problem.pickups):
        window = vroom_solver.TimeWindow(pickup.window.start, pickup.window.end - pickup.service)
        model.add_job(vroom_solver.Job(
            i, location=roads.row[pickup.household_id], default_service=pickup.service, pickup=_amount(pickup.load),
            priority=round(100 * values[i] / max(values)), time_windows=[window],
        ))  # fmt: skip
    trips_of: dict[int, tuple[str, int]] = {}
    for vehicle in problem.vehicles:
        for part, (start, end) in enumerate(_parts(problem, vehicle, slices)):
            trips_of[len(trips_of)] = vehicle.vehicle_id, part
            where = Roads.TRANSIT if part else Roads.BASE
            window = vroom_solver.TimeWindow(start, end)
            model.add_vehicle(vroom_solver.Vehicle(
                len(trips_of) - 1, start=where, end=Roads.TRANSIT, capacity=_amount(vehicle.capacity),
                time_window=window,
            ))  # fmt: skip
    solution = model.solve(exploration_level=5, nb_threads=2, timeout=timedelta(seconds=seconds))
    found: dict[str, dict[int, list[int]]] = {}
    routes = solution.routes
    for vehicle_number, kind, job in zip(routes["vehicle_id"], routes["type"], routes["id"], strict=True):
        if kind == "job":
            vehicle_id, part = trips_of[int(vehicle_number)]
            found.setdefault(vehicle_id, {}).setdefault(part, []).append(int(job))
    return timed(problem, {key: [parts[n] for n in sorted(parts)] for key, parts in found.items()})


def _parts(problem: DayProblem, vehicle: VehicleDay, slices: int) -> list[tuple[int, int]]:
    """Hours on the road of each trip, with loading before and unloading after it."""
    ready, unloading = problem.rules.start_service, problem.transit.unloading
    each = (vehicle.window.end - vehicle.window.start) // slices
    starts = [vehicle.window.start + n * each for n in range(slices)]
    return [(start + ready, start + each - unloading) for start in starts]


def _amount(load: Load) -> list[int]:
    return [load.seats, load.wheelchair, load.stretcher, load.space]
