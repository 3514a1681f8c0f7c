"""The only place that speaks PyVRP (0.14): the day's problem in, orders of stops out.

What the solver adds up is the sum of `goals.Scale`: a prize for each household served, and for each leg its minutes in
the danger zone, its kilometres, and the change where it leads to a household whose printed list names another vehicle.
Minutes of waiting are not in it, nor the minute that a list names: `timing` avoids the first and keeps the second.
Times are not taken from PyVRP: `timing` computes them anew.
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
from coordinator.planning.goals import Scale, heaviest_of
from coordinator.planning.insertion import Runs
from coordinator.planning.places import Places
from coordinator.planning.timing import Timetable

_FIRST_PENALTY = 6
"""Price of one place or one minute too many at the start, in people of no weight: about the prize of one household."""
_MOST_PENALTY = 20
"""The same price at most, as a multiple of that at the start: PyVRP's own limit of 1e5 would lie under the prizes."""
_TOO_LONG = 3000
"""Minutes of a way that nobody can drive: past every hour of a day."""
_NEIGHBOURS = 120
"""Many households share a settlement; with PyVRP's 50 the search hardly sees the next one."""
_SHAKEN = 4
"""Households that one step moves at most; PyVRP's 25 tears short trips apart."""
_UPDATES = 100

_ANY_SHIFT = 10**6
_BASE, _TRANSIT = 0, 1

_Table = Any
_Profile = tuple[str, str]
"""Whose roads, and the vehicle that a printed list names; "" for any."""


@dataclass(frozen=True, slots=True)
class Instance:
    """PyVRP's data with the way back: client i is pickups[i], vehicle type g has the vehicles groups[g]."""

    data: ProblemData
    pickups: tuple[Pickup, ...]
    groups: tuple[tuple[VehicleDay, ...], ...]
    one_too_many: float


OnBest = Callable[[int, Callable[[], Runs]], None]
"""Told of each new best: how many households it serves, and how to get its orders of stops."""


class _Listener(IteratedLocalSearchCallbacks):
    def __init__(self, instance: Instance, on_best: OnBest) -> None:
        self._instance = instance
        self._tell = on_best

    def on_best(self, best: Solution) -> None:
        self._tell(best.num_clients(), lambda: to_runs(self._instance, best))


def build(timetable: Timetable, pickups: Sequence[Pickup], scale: Scale | None = None) -> Instance:
    """The day as PyVRP sees it. All pickups need coordinates and a window that holds their service.

    `scale`: other units than the day's own, for instances that have only some of the goals.
    """
    scale = scale or Scale.of(timetable, pickups)
    pinned = tuple(dict.fromkeys(pickup.pinned.vehicle_id for pickup in pickups if pickup.pinned is not None))
    listed = {one.stands.vehicle_id for one in pickups if one.stands is not None and one.stands.printed}

    def profile_of(vehicle: VehicleDay) -> _Profile:
        own = vehicle.vehicle_id
        return timetable.roads_key(own), own if own in listed else ""

    groups: dict[tuple[object, ...], list[VehicleDay]] = {}
    for vehicle in timetable.problem.vehicles:
        alone = vehicle.vehicle_id if vehicle.vehicle_id in pinned else ""
        hours, profile = vehicle.window, profile_of(vehicle)
        key = (vehicle.layouts, hours.start, hours.end, vehicle.driver_id is None, vehicle.most_minutes, alone, profile)
        groups.setdefault(key, []).append(vehicle)
    rows = [_BASE, _TRANSIT, *(timetable.roads.row[pickup.household_id] for pickup in pickups)]
    places = Places.of(timetable.problem.vehicles, pickups, pinned)
    heaviest = heaviest_of(pickups)
    clients = [_client(2 + i, places, pickup, scale.prize(pickup, heaviest)) for i, pickup in enumerate(pickups)]
    profiles = list(dict.fromkeys(profile_of(vehicles[0]) for vehicles in groups.values())) or [("", "")]
    minutes = [_part(timetable.roads_of(key).minutes, rows).clip(max=_TOO_LONG) for key, _ in profiles]
    data = ProblemData(
        [Location(0, 0) for _ in rows],
        clients,
        _depots(timetable),
        [
            _vehicle_type(timetable, places, vehicles, profiles.index(profile_of(vehicles[0])), scale)
            for vehicles in groups.values()
        ],
        [
            _costs(_part(timetable.roads_of(key).hectometres, rows), own, pickups, vehicle_id, scale)
            for own, (key, vehicle_id) in zip(minutes, profiles, strict=True)
        ],
        minutes,
    )
    one_too_many = float(_FIRST_PENALTY * scale.levels * scale.person)
    return Instance(data, tuple(pickups), tuple(tuple(vehicles) for vehicles in groups.values()), one_too_many)


def to_solution(instance: Instance, runs: Runs) -> Solution:
    """Our orders of stops as a PyVRP solution, to start the search from; without those whom it does not look at."""
    number = {pickup.household_id: i for i, pickup in enumerate(instance.pickups)}
    routes = []
    for kind, vehicles in enumerate(instance.groups):
        for vehicle in vehicles:
            visits: list[Activity] = []
            for run in runs.get(vehicle.vehicle_id, ()):
                if visits:
                    visits.append(Activity(ActivityType.DEPOT, _TRANSIT))
                visits += [Activity(ActivityType.CLIENT, number[key]) for key in run if key in number]
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
    start = instance.one_too_many
    penalties = PenaltyManager(
        ([start] * data.num_load_dimensions, start, start),
        PenaltyParams(solutions_between_updates=_UPDATES, max_penalty=_MOST_PENALTY * start),
    )
    params = IteratedLocalSearchParams(callbacks=_Listener(instance, on_best))
    algorithm = IteratedLocalSearch(data, penalties, local, to_solution(instance, first), params)
    return to_runs(instance, algorithm.run(stop, collect_stats=False).best)


def _part(table: list[list[int]], rows: Sequence[int]) -> _Table:
    """Some rows and columns of a table, as an array (PyVRP's stub types numpy's arrays wrongly)."""
    return np.array(table, dtype=np.int64)[np.ix_(rows, rows)]


def _costs(hectometres: _Table, minutes: _Table, pickups: Sequence[Pickup], vehicle_id: str, scale: Scale) -> _Table:
    """What each leg costs a vehicle with the ways of one profile, in the units of `scale` (see goals)."""
    service = np.array([0, 0, *(pickup.service for pickup in pickups)], dtype=np.int64)
    in_zone = minutes + service[:, None]
    in_zone[[_BASE, _TRANSIT], :] = 0
    costs = scale.zone * in_zone + scale.way * np.rint(hectometres / scale.step).astype(np.int64)
    for row, pickup in enumerate(pickups, start=2):
        if pickup.stands is not None and pickup.stands.printed and pickup.stands.vehicle_id != vehicle_id:
            costs[:, row] += scale.change
    np.fill_diagonal(costs, 0)
    return costs


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
    timetable: Timetable, places: Places, vehicles: Sequence[VehicleDay], profile: int, scale: Scale
) -> VehicleType:
    vehicle = vehicles[0]
    unloading = timetable.problem.transit.unloading
    longest = _ANY_SHIFT if vehicle.most_minutes is None else max(0, vehicle.most_minutes - unloading)
    return VehicleType(
        len(vehicles),
        places.offered(vehicle),
        start_depot=_BASE,
        end_depot=_TRANSIT,
        tw_early=max(0, vehicle.window.start),
        tw_late=vehicle.window.end - unloading,
        fixed_cost=scale.undriven if vehicle.driver_id is None else 0,
        unit_distance_cost=1,
        unit_duration_cost=0,
        reload_depots=[_TRANSIT],
        profile=profile,
        shift_duration=longest,
    )
