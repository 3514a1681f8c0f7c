"""The only place that speaks PyVRP (0.14): the day's problem in, orders of stops out.

Minutes are the cost, and a whole day of them for the use of a vehicle that has no driver yet. One more person is
worth more than both: a person's prize is above two of the longest vehicle days. The prize grows with the
household's weight up to the double, which decides who goes when places are short. Times are not taken from PyVRP:
`timing` computes them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pyvrp import (
    Activity,
    ActivityType,
    Client,
    Depot,
    IteratedLocalSearch,
    IteratedLocalSearchCallbacks,
    IteratedLocalSearchParams,
    Location,
    PenaltyManager,
    PenaltyParams,
    ProblemData,
    RandomNumberGenerator,
    Route,
    Solution,
    VehicleType,
)
from pyvrp.search import (
    OPERATORS,
    LocalSearch,
    NeighbourhoodParams,
    PerturbationManager,
    PerturbationParams,
    compute_neighbours,
)
from pyvrp.stop import StoppingCriterion

from coordinator.domain.schedule import Pickup, VehicleDay
from coordinator.planning.insertion import Runs
from coordinator.planning.places import Places
from coordinator.planning.timing import Timetable

_NO_DRIVER = 1440
"""Minutes that a vehicle without a driver costs beside its own: more than any detour of those that have one."""
_PERSON = 3000
"""Prize of one person of no weight, in minutes: more than the 1440 of a day and `_NO_DRIVER` together."""
_FIRST_PENALTY = 6 * _PERSON
"""Price of one place or one minute too many at the start: about the prize of one household."""
_MOST_PENALTY = 1e8
"""So far above any prize that it is never reached, so that the solver has nothing to warn of."""
_NEIGHBOURS = 120
"""Many households share a settlement; with PyVRP's 50 the search hardly sees the next one."""
_SHAKEN = 8
"""Households that one step moves at most; PyVRP's 25 tears short trips apart."""
_UPDATES = 100

_BASE, _TRANSIT = 0, 1


@dataclass(frozen=True, slots=True)
class Instance:
    """PyVRP's data with the way back: client i is pickups[i], vehicle type g has the vehicles groups[g]."""

    data: ProblemData
    pickups: tuple[Pickup, ...]
    groups: tuple[tuple[VehicleDay, ...], ...]


OnBest = Callable[[int, Callable[[], Runs]], None]
"""Told of each new best: how many households it serves, and how to get its orders of stops."""


class _Listener(IteratedLocalSearchCallbacks):
    def __init__(self, instance: Instance, on_best: OnBest) -> None:
        self._instance = instance
        self._tell = on_best

    def on_best(self, best: Solution) -> None:
        self._tell(best.num_clients(), lambda: to_runs(self._instance, best))


def prizes(pickups: Sequence[Pickup]) -> list[int]:
    """What serving each household is worth: its people, counted up to twice by its weight."""
    heaviest = max((pickup.weight for pickup in pickups), default=0) or 1
    return [round(pickup.load.people * _PERSON * (1 + max(0, pickup.weight) / max(1, heaviest))) for pickup in pickups]


def build(timetable: Timetable, pickups: Sequence[Pickup]) -> Instance:
    """The day as PyVRP sees it. All pickups need coordinates and a window that holds their service."""
    pinned = tuple(dict.fromkeys(pickup.pinned.vehicle_id for pickup in pickups if pickup.pinned is not None))
    groups: dict[tuple[object, ...], list[VehicleDay]] = {}
    for vehicle in timetable.problem.vehicles:
        alone = vehicle.vehicle_id if vehicle.vehicle_id in pinned else ""
        hours, roads_key = vehicle.window, timetable.roads_key(vehicle.vehicle_id)
        key = (vehicle.layouts, hours.start, hours.end, vehicle.driver_id is None, alone, roads_key)
        groups.setdefault(key, []).append(vehicle)
    rows = [_BASE, _TRANSIT, *(timetable.roads.row[pickup.household_id] for pickup in pickups)]
    places = Places.of(timetable.problem.vehicles, pickups, pinned)
    clients = [_client(2 + i, places, *pair) for i, pair in enumerate(zip(pickups, prizes(pickups), strict=True))]
    profiles = list(dict.fromkeys(timetable.roads_key(vehicles[0].vehicle_id) for vehicles in groups.values())) or [""]
    roads = [timetable.roads_of(key) for key in profiles]
    data = ProblemData(
        [Location(0, 0) for _ in rows],
        clients,
        _depots(timetable),
        [_vehicle_type(timetable, places, vehicles, profiles) for vehicles in groups.values()],
        [_part(one.hectometres, rows) for one in roads],
        [_part(one.minutes, rows) for one in roads],
    )
    return Instance(data, tuple(pickups), tuple(tuple(vehicles) for vehicles in groups.values()))


def to_solution(instance: Instance, runs: Runs) -> Solution:
    """Our orders of stops as a PyVRP solution, to start the search from."""
    number = {pickup.household_id: i for i, pickup in enumerate(instance.pickups)}
    routes = []
    for kind, vehicles in enumerate(instance.groups):
        for vehicle in vehicles:
            visits: list[Activity] = []
            for run in runs.get(vehicle.vehicle_id, ()):
                if visits:
                    visits.append(Activity(ActivityType.DEPOT, _TRANSIT))
                visits += [Activity(ActivityType.CLIENT, number[key]) for key in run]
            if visits:
                routes.append(Route(instance.data, visits, kind))
    return Solution(instance.data, routes)


def to_runs(instance: Instance, solution: Solution) -> Runs:
    """A PyVRP solution as orders of stops; the vehicles of a group are taken in turn."""
    waiting = [iter(vehicles) for vehicles in instance.groups]
    runs: Runs = {}
    for route in solution.routes():
        trips: dict[int, list[str]] = {}
        for activity in route.schedule():
            if activity.is_client():
                trips.setdefault(activity.trip, []).append(instance.pickups[activity.idx].household_id)
        if trips:
            runs[next(waiting[route.vehicle_type()]).vehicle_id] = [trips[index] for index in sorted(trips)]
    return runs


def search(instance: Instance, first: Runs, stop: StoppingCriterion, on_best: OnBest, seed: int) -> Runs:
    """Improve the feasible `first` until `stop(best cost)`; each new best is feasible and told to `on_best`."""
    data = instance.data
    neighbours = compute_neighbours(data, NeighbourhoodParams(num_neighbours=_NEIGHBOURS))
    shake = PerturbationManager(PerturbationParams(1, _SHAKEN))
    local = LocalSearch(data, RandomNumberGenerator(seed), neighbours, shake)
    for operator in OPERATORS:
        if operator.supports(data):
            local.add_operator(operator(data))
    start = float(_FIRST_PENALTY)
    penalties = PenaltyManager(
        ([start] * data.num_load_dimensions, start, start),
        PenaltyParams(solutions_between_updates=_UPDATES, max_penalty=_MOST_PENALTY),
    )
    params = IteratedLocalSearchParams(callbacks=_Listener(instance, on_best))
    algorithm = IteratedLocalSearch(data, penalties, local, to_solution(instance, first), params)
    return to_runs(instance, algorithm.run(stop, collect_stats=False).best)


def _part(table: list[list[int]], rows: Sequence[int]) -> Any:
    """Some rows and columns of a table, as an array (PyVRP's stub types numpy's arrays wrongly)."""
    return np.array(table, dtype=np.int64)[np.ix_(rows, rows)]


def _client(location: int, places: Places, pickup: Pickup, prize: int) -> Client:
    first, last = pickup.window.start, pickup.window.end - pickup.service
    if pickup.pinned is not None:
        first = last = pickup.pinned.arrive
    return Client(
        location,
        pickup=places.taken(pickup.load, pickup.pinned),
        service_duration=pickup.service,
        tw_early=max(0, first),
        tw_late=last,
        prize=prize,
        required=pickup.pinned is not None,
    )


def _depots(timetable: Timetable) -> list[Depot]:
    """PyVRP counts a depot's service where a trip starts or reloads, and not where the day ends."""
    rules, transit = timetable.problem.rules, timetable.problem.transit
    return [
        Depot(_BASE, service_duration=rules.start_service),
        Depot(_TRANSIT, service_duration=transit.unloading + rules.start_service),
    ]


def _vehicle_type(
    timetable: Timetable, places: Places, vehicles: Sequence[VehicleDay], profiles: Sequence[str]
) -> VehicleType:
    vehicle = vehicles[0]
    return VehicleType(
        len(vehicles),
        places.offered(vehicle),
        start_depot=_BASE,
        end_depot=_TRANSIT,
        tw_early=max(0, vehicle.window.start),
        tw_late=vehicle.window.end - timetable.problem.transit.unloading,
        fixed_cost=_NO_DRIVER if vehicle.driver_id is None else 0,
        unit_distance_cost=0,
        unit_duration_cost=1,
        reload_depots=[_TRANSIT],
        profile=profiles.index(timetable.roads_key(vehicle.vehicle_id)),
    )
