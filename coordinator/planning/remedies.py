"""What would help a household that is left over: tried out, not guessed.

In turn: one more trip of each vehicle beyond its hours or its driver's, more places of one kind in a vehicle that comes
near, one more vehicle, a later hour at the door, another destination. What is named fits by insertion into the finished
plan with that one thing changed and nobody else moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from coordinator.domain.schedule import ANY_SPACE, LeftOver, LeftReason, Load, Pickup, VehicleDay, Window, clock
from coordinator.planning.hosting import Berths
from coordinator.planning.insertion import Fleet, Slot, VehicleRuns

HELPED = frozenset(
    {
        LeftReason.NO_PLACE,
        LeftReason.NO_WHEELCHAIR,
        LeftReason.NO_STRETCHER,
        LeftReason.NO_SPACE,
        LeftReason.TOO_LARGE,
        LeftReason.WINDOW,
        LeftReason.DRIVER_HOURS,
        LeftReason.DESTINATION,
    }
)
"""Reasons that more of something may answer; the others say themselves what is to be done."""
_MIDNIGHT = 24 * 60
_LATER = (60, 120, 180)
_MOST_MORE = 12
"""Places that a vehicle could be short of; where more are lacking another vehicle is the answer."""
_KINDS = ("seats", "wheelchair", "stretcher", "space")
_ONE_MORE = "one more"


class Remedies:
    """Looks for help beside the runs of one finished plan; what it tried for one household serves the next."""

    def __init__(self, fleet: Fleet) -> None:
        self._timetable, self._berths = fleet.timetable, fleet.berths
        self._runs = {day.vehicle.vehicle_id: (day.runs, day.ends) for day in fleet.days}
        self._tried: dict[tuple[str, str, int], VehicleRuns] = {}

    def told(self, left: LeftOver) -> LeftOver:
        """The same with the fact `help`: the code of a sentence and its facts; without it where nothing was found."""
        pickup = self._timetable.pickups[left.household_id]
        if left.reason not in HELPED or pickup.household_id not in self._timetable.roads.row:
            return left
        found = next(self._found(pickup), None)
        return replace(left, facts={**left.facts, "help": found}) if found else left

    def _found(self, pickup: Pickup) -> Iterator[dict[str, object]]:
        yield from self._one_more_trip(pickup)
        yield from self._one_more_place(pickup)
        yield from self._one_more_vehicle(pickup)
        yield from self._later(pickup)
        yield from self._other_destination(pickup)

    def _one_more_trip(self, pickup: Pickup) -> Iterator[dict[str, object]]:
        """Of each vehicle, beyond its hours; the one that is back soonest after them."""
        found: list[tuple[int, int, dict[str, object]]] = []
        for vehicle in self._timetable.problem.vehicles:
            longer = replace(vehicle, window=Window(vehicle.window.start, _MIDNIGHT), most_minutes=None)
            trial = self._day(longer, "hours", 0)
            slot = trial.best_slot(pickup, self._timetable.visit(pickup.household_id))
            if slot is not None:
                depart, back = self._times(longer, slot, pickup)
                facts: dict[str, object] = {"vehicle": vehicle.name, "depart": clock(depart), "back": clock(back)}
                over = back - vehicle.window.end
                code = "help.trip" if over > 0 else "help.trip.driver"
                facts |= {"end": clock(vehicle.window.end)}
                found.append((max(0, over), depart, {"code": code, **facts}))
        yield from (facts for *_, facts in sorted(found, key=lambda one: one[:2])[:1])

    def _times(self, vehicle: VehicleDay, slot: Slot, pickup: Pickup) -> tuple[int, int]:
        """When the trip that takes them leaves and is back."""
        trial = self._fresh(vehicle)
        trial.insert(slot, pickup.household_id)
        trip = trial.trips[slot.trip]
        run = [visit.household_id for visit in trip.visits]
        came = trial.trips[slot.trip - 1].end if slot.trip else ""
        timed = self._timetable.trip(vehicle.vehicle_id, run, trip.depart, slot.trip == 0, came, trip.end)
        return timed.depart, timed.back

    def _one_more_place(self, pickup: Pickup) -> Iterator[dict[str, object]]:
        """Of each kind, as few as will do, in the vehicle that needs the fewest."""
        visit = self._timetable.visit(pickup.household_id)
        for kind in _KINDS:
            for count in range(1, min(getattr(pickup.load, kind), _MOST_MORE) + 1):
                for vehicle in self._timetable.problem.vehicles:
                    slot = self._day(_with_more(vehicle, kind, count), kind, count).best_slot(pickup, visit)
                    if slot is not None:
                        depart, _back = self._times(_with_more(vehicle, kind, count), slot, pickup)
                        yield {
                            "code": f"help.place.{kind}", "count": count, "vehicle": vehicle.name,
                            "depart": clock(depart),
                        }  # fmt: skip
                        return

    def _one_more_vehicle(self, pickup: Pickup) -> Iterator[dict[str, object]]:
        """With just their places, free from the first hour to the last of the day's vehicles."""
        vehicles = self._timetable.problem.vehicles
        hours = Window(
            min((v.window.start for v in vehicles), default=0), max((v.window.end for v in vehicles), default=_MIDNIGHT)
        )
        load = replace(pickup.load, space=ANY_SPACE)
        extra = VehicleDay(_ONE_MORE, "", load, hours)
        visit = self._timetable.visit(pickup.household_id)
        slot = VehicleRuns(self._timetable, extra, berths=self._berths).best_slot(pickup, visit)
        if slot is not None:
            timed = self._timetable.trip(_ONE_MORE, [pickup.household_id], self._timetable.ready(extra), first=True)
            facts = {"seats": load.seats, "wheelchair": load.wheelchair, "stretcher": load.stretcher}
            code = "help.vehicle.carried" if load.wheelchair or load.stretcher else "help.vehicle"
            yield {"code": code, "depart": clock(timed.depart), **facts}

    def _later(self, pickup: Pickup) -> Iterator[dict[str, object]]:
        """Allowed at the door for an hour or more longer, the vehicle as well."""
        visit = self._timetable.visit(pickup.household_id)
        for minutes in _LATER:
            last = pickup.window.end + minutes - pickup.service
            for vehicle in self._timetable.problem.vehicles:
                longer = replace(vehicle, window=Window(vehicle.window.start, _MIDNIGHT), most_minutes=None)
                if self._day(longer, "hours", 0).best_slot(pickup, replace(visit, last=last)) is not None:
                    until = clock(pickup.window.end + minutes)
                    yield {"code": "help.later", "vehicle": vehicle.name, "until": until}
                    return

    def _day(self, vehicle: VehicleDay, what: str, count: int) -> VehicleRuns:
        key = vehicle.vehicle_id, what, count
        if key not in self._tried:
            self._tried[key] = self._fresh(vehicle)
        return self._tried[key]

    def _fresh(self, vehicle: VehicleDay, berths: Berths | None = None) -> VehicleRuns:
        runs, ends = self._runs.get(vehicle.vehicle_id, ((), ()))
        return VehicleRuns(self._timetable, vehicle, runs, ends, berths or self._berths)

    def _other_destination(self, pickup: Pickup) -> Iterator[dict[str, object]]:
        """As near as the transit centre, with places for them."""
        visit, free = self._timetable.visit(pickup.household_id), Berths(self._timetable.problem)
        free.easy = True
        if any(self._fresh(one, free).best_slot(pickup, visit) for one in self._timetable.problem.vehicles):
            kinds = {"wheelchairs": pickup.load.wheelchair, "pets": pickup.pets}
            detail = next((f".{kind}" for kind, has in kinds.items() if has), "")
            yield {"code": f"help.destination{detail}", "people": pickup.load.people}


def _with_more(vehicle: VehicleDay, kind: str, count: int) -> VehicleDay:
    more: Sequence[Load] = [replace(one, **{kind: getattr(one, kind) + count}) for one in vehicle.layouts]
    return replace(vehicle, capacity=more[0], others=tuple(more[1:]))
