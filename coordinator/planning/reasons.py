"""Why a household that is ready is in no trip, in plain words with figures.

`sort_out` finds those whom no plan could serve; `explain` looks at the finished trips. A sharp reason is
given only where it can be shown; otherwise it is NO_PLACE and no more is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from coordinator.domain.schedule import DayProblem, LeftOver, LeftReason, Load, Pickup, VehicleDay, clock
from coordinator.planning.hosting import Berths, Party, party
from coordinator.planning.insertion import Fleet, Trip, VehicleRuns
from coordinator.planning.timing import Timetable, forward
from coordinator.planning.travel import NO_WAY, Roads

_SHORT = {
    "wheelchair": LeftReason.NO_WHEELCHAIR,
    "stretcher": LeftReason.NO_STRETCHER,
    "space": LeftReason.NO_SPACE,
}
_WHOLE_DAY = 10**6


def urgency(pickup: Pickup) -> tuple[int, int]:
    """Sort key: the heaviest first ("who is next"), of equal ones the older record."""
    return -pickup.weight, pickup.number


def usable_vehicles(problem: DayProblem) -> tuple[VehicleDay, ...]:
    """Vehicles that have a place, and hours in which a trip could be.

    Of two vehicles that one driver would have to drive at the same hours, the larger one is used, of equal ones that
    with the longer hours; before all that one to which somebody is pinned. One without a driver stays, since one may
    still be found: the planner takes it last, and the checker warns.
    """
    rules, unloading = problem.rules, problem.transit.unloading
    kept: dict[str, VehicleDay] = {}
    pinned = {pickup.pinned.vehicle_id for pickup in problem.pickups if pickup.pinned is not None}

    def worth(one: VehicleDay) -> tuple[bool, int, int]:
        return one.vehicle_id not in pinned, -one.capacity.people, one.window.start - one.window.end

    by_worth = sorted(problem.vehicles, key=worth)
    for vehicle in by_worth:
        hours = vehicle.window.start + rules.start_service < vehicle.window.end - unloading
        if vehicle.capacity.people > 0 and hours and not any(_one_driver(vehicle, other) for other in kept.values()):
            kept.setdefault(vehicle.vehicle_id, vehicle)
    return tuple(vehicle for vehicle in problem.vehicles if kept.get(vehicle.vehicle_id) is vehicle)


def sort_out(timetable: Timetable) -> tuple[list[LeftOver], list[Pickup]]:
    """Those whom no plan could serve, with the reason, and the pickups that are left to plan."""
    never: list[LeftOver] = []
    ready: list[Pickup] = []
    empty = [VehicleRuns(timetable, vehicle) for vehicle in timetable.problem.vehicles]
    for pickup in timetable.problem.pickups:
        left = _never(timetable, empty, pickup)
        if left is None:
            ready.append(pickup)
        else:
            never.append(left)
    return never, ready


def pin_broken(pickup: Pickup) -> LeftOver:
    """The pinned vehicle cannot be there at the pinned minute; nobody is fetched otherwise than was decided."""
    at = clock(pickup.pinned.arrive) if pickup.pinned else ""
    return LeftOver(pickup.household_id, LeftReason.PINNED, {"at": at})


def explain(fleet: Fleet, pickup: Pickup) -> LeftOver:
    """Why a pickup that could be served alone, and that `insert_all` could not place, is in none of these trips."""
    key = pickup.household_id
    whole, berths = party([pickup]), fleet.berths
    if not any(berths.takes(hub, whole, Party()) for hub in berths.ends):
        return LeftOver(key, LeftReason.DESTINATION, {"detail": "full", "people": whole.people})
    able = [day for day in fleet.days if _alone(fleet.timetable, day.vehicle, pickup)]
    trips = [trip for day in able for trip in day.trips]
    if not trips:
        return LeftOver(key, LeftReason.NO_PLACE)
    for dimension, reason in _SHORT.items():
        if _lacks(trips, pickup.load, dimension):
            places = sum(_most(day.vehicle, dimension) * len(day.trips) for day in able)
            return LeftOver(key, reason, {"detail": "taken", "places": places, "trips": len(trips)})
    if _lacks(trips, pickup.load, "seats"):
        free = max(0, max(trip.free.seats for trip in trips))
        return LeftOver(key, LeftReason.NO_PLACE, {"detail": "seats", "needed": pickup.load.seats, "free": free})
    if not any(trip.takes(pickup.load) for trip in trips):
        return LeftOver(key, LeftReason.NO_PLACE)
    at_any_time = replace(fleet.timetable.visit(key), start=0, last=_WHOLE_DAY)
    if any(day.best_slot(pickup, at_any_time) for day in able):
        return LeftOver(key, LeftReason.WINDOW, {"detail": "free", **_window(pickup)})
    return LeftOver(key, LeftReason.NO_PLACE, {"detail": "time"})


def _never(timetable: Timetable, empty: list[VehicleRuns], pickup: Pickup) -> LeftOver | None:
    key, load = pickup.household_id, pickup.load
    if load.people <= 0:
        return LeftOver(key, LeftReason.NOBODY)
    if pickup.open_list:
        return LeftOver(key, LeftReason.OPEN_RESULT, {"list": pickup.open_list})
    if pickup.held_by is not None:
        return LeftOver(key, LeftReason.POSSIBLE_DUPLICATE, {"number": pickup.held_by})
    if not empty:
        return LeftOver(key, LeftReason.NO_FLEET)
    if key not in timetable.roads.row:
        return LeftOver(key, LeftReason.NO_COORDINATES, {"settlement": pickup.settlement})
    if Berths(timetable.problem).first(party([pickup])) is None:
        return _no_host(timetable.problem, pickup)
    visit, pin, window = timetable.visit(key), pickup.pinned, pickup.window
    kept = pin is None or window.start <= pin.arrive <= window.end - pickup.service
    if kept and any(day.best_slot(pickup, visit) for day in empty):
        return None
    if pin is not None:
        return pin_broken(pickup)
    fitting = [day.vehicle for day in empty if day.vehicle.takes(load)]
    if not fitting:
        return _too_much([day.vehicle for day in empty], pickup)
    return _too_late(timetable, fitting, pickup)


def _no_host(problem: DayProblem, pickup: Pickup) -> LeftOver:
    """No destination takes them even while it is empty."""
    most = max((hub.places for hub in problem.ends if hub.places is not None), default=0)
    facts: dict[str, object] = {"detail": "places", "people": pickup.load.people, "most": most}
    if pickup.load.wheelchair and not any(hub.wheelchairs for hub in problem.ends):
        facts["detail"] = "wheelchairs"
    elif pickup.pets and not any(hub.pets for hub in problem.ends):
        facts["detail"] = "pets"
    return LeftOver(pickup.household_id, LeftReason.DESTINATION, facts)


def _too_much(vehicles: list[VehicleDay], pickup: Pickup) -> LeftOver:
    load = pickup.load
    for dimension in ("stretcher", "wheelchair", "space"):
        needed, most = getattr(load, dimension), max(_most(vehicle, dimension) for vehicle in vehicles)
        if needed > most:
            facts: dict[str, object] = {"detail": "fleet", "needed": needed, "most": most}
            return LeftOver(pickup.household_id, _SHORT[dimension], facts)
    together = {"seats": load.seats, "wheelchair": load.wheelchair, "stretcher": load.stretcher}
    most = max(_most(vehicle, "seats") for vehicle in vehicles)
    detail = {"detail": "seats"} if load.seats > most else {}
    return LeftOver(pickup.household_id, LeftReason.TOO_LARGE, {**detail, **together, "most": most})


def _most(vehicle: VehicleDay, dimension: str) -> int:
    return max(int(getattr(offered, dimension)) for offered in vehicle.layouts)


def _too_late(timetable: Timetable, fitting: list[VehicleDay], pickup: Pickup) -> LeftOver:
    """No vehicle that is large enough can be there in the window and be back in its hours."""
    facts = _window(pickup)
    if pickup.window.end - pickup.window.start < pickup.service:
        facts |= {"detail": "short", "service": pickup.service}
        return LeftOver(pickup.household_id, LeftReason.WINDOW, facts)
    visit = timetable.visit(pickup.household_id)
    runs = [forward(timetable.roads_of(v.vehicle_id), Roads.BASE, [visit], timetable.ready(v)) for v in fitting]
    if all(end >= NO_WAY for _, end in runs):
        return LeftOver(pickup.household_id, LeftReason.ROAD, {"settlement": pickup.settlement})
    unloading, pairs = timetable.problem.transit.unloading, zip(fitting, runs, strict=True)
    back = {v.vehicle_id: (end + unloading, v.window.end) for v, ((arrive,), end) in pairs if arrive <= visit.last}
    if any(soonest <= latest for soonest, latest in back.values()):
        return LeftOver(pickup.household_id, LeftReason.DRIVER_HOURS)
    in_time = [soonest for soonest, _ in back.values()]
    if in_time:
        facts |= {"detail": "far", "back": clock(min(in_time))}
    else:
        facts |= {"detail": "late", "earliest": clock(min(arrive for (arrive,), _ in runs))}
    return LeftOver(pickup.household_id, LeftReason.WINDOW, facts)


def _one_driver(one: VehicleDay, other: VehicleDay) -> bool:
    meet = one.window.start < other.window.end and other.window.start < one.window.end
    meet = meet or one.most_minutes is not None
    return meet and one.driver_id is not None and one.driver_id == other.driver_id


def _window(pickup: Pickup) -> dict[str, object]:
    return {"start": clock(pickup.window.start), "end": clock(pickup.window.end)}


def _alone(timetable: Timetable, vehicle: VehicleDay, pickup: Pickup) -> bool:
    return VehicleRuns(timetable, vehicle).best_slot(pickup, timetable.visit(pickup.household_id)) is not None


def _lacks(trips: Iterable[Trip], load: Load, dimension: str) -> bool:
    """Whether every one of these trips has too few places of one kind left."""
    need = attrgetter(dimension)
    return need(load) > 0 and all(need(trip.free) < need(load) for trip in trips)
