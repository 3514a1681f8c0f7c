"""What differs between two versions of a pickup list, as a driver has to hear it. Pure; words come from ui."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from coordinator.paper_content import PaperStop, PickupList


class What(StrEnum):
    """What a list, or a stop on it, says otherwise now."""

    VEHICLE = "vehicle"
    DRIVER = "driver"
    DRIVER_PHONE = "driver_phone"
    COORDINATOR_PHONE = "coordinator_phone"
    DEPARTURE = "departure"
    OUT_BY = "out_by"
    BACK = "back"
    DESTINATION = "destination"
    ORDER = "order"
    TIME = "time"
    PLACE = "place"
    LANDMARK = "landmark"
    CONTACT = "contact"
    PHONES = "phones"
    PEOPLE = "people"
    NEEDS = "needs"
    NAMES = "names"
    CHILDREN = "children"
    PETS = "pets"
    LUGGAGE = "luggage"
    PART_STAYS = "part_stays"
    NOTE = "note"


class Kind(StrEnum):
    NEW = "new"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class StopChange:
    """One household. `before` None: a new stop; `after` None: it was taken off. `what`: what differs, else empty."""

    kind: Kind
    before: PaperStop | None
    after: PaperStop | None
    what: tuple[What, ...] = ()

    @property
    def number(self) -> int:
        stop = self.after or self.before
        return stop.household_number if stop else 0


@dataclass(frozen=True, slots=True)
class ListChanges:
    """Of two versions: `list` of the head; `stops` taken off (in the old order), then new and changed (in the new)."""

    old: PickupList
    new: PickupList
    list: tuple[What, ...] = ()
    stops: tuple[StopChange, ...] = ()

    @property
    def void(self) -> bool:
        return self.new.void and not self.old.void

    def of(self, kind: Kind) -> tuple[StopChange, ...]:
        return tuple(change for change in self.stops if change.kind is kind)

    def __bool__(self) -> bool:
        return bool(self.void or self.list or self.stops)


_OF_LIST: dict[What, Callable[[PickupList], object]] = {
    What.VEHICLE: lambda paper: paper.vehicle,
    What.DRIVER: lambda paper: paper.driver,
    What.DRIVER_PHONE: lambda paper: paper.driver_phone,
    What.COORDINATOR_PHONE: lambda paper: paper.coordinator_phone,
    What.DEPARTURE: lambda paper: paper.departure,
    What.OUT_BY: lambda paper: paper.must_be_out_by,
    What.BACK: lambda paper: paper.back_at,
    What.DESTINATION: lambda paper: paper.destination,
}
_OF_STOP: dict[What, Callable[[PaperStop], object]] = {
    What.TIME: lambda stop: stop.window,
    What.PLACE: lambda stop: (stop.settlement, stop.hromada, stop.street_line),
    What.LANDMARK: lambda stop: stop.landmark,
    What.CONTACT: lambda stop: stop.contact_name,
    What.PHONES: lambda stop: stop.phones,
    What.PEOPLE: lambda stop: (
        stop.people, stop.adults, stop.children, stop.walking, stop.wheelchair, stop.stretcher,
    ),
    What.NEEDS: lambda stop: tuple(sorted(stop.needs)),
    What.NAMES: lambda stop: stop.names,
    What.CHILDREN: lambda stop: stop.escorts,
    What.PETS: lambda stop: stop.pets,
    What.LUGGAGE: lambda stop: stop.luggage,
    What.PART_STAYS: lambda stop: stop.part_stays,
    What.NOTE: lambda stop: stop.note,
}  # fmt: skip


def changes_between(old: PickupList, new: PickupList) -> ListChanges:
    """What somebody who holds `old` has to hear of `new`. Order numbers alone that moved up are no change."""
    if new.void:
        return ListChanges(old, new)
    head = tuple(what for what, said in _OF_LIST.items() if said(old) != said(new))
    return ListChanges(old, new, head, tuple(_stops(old.stops, new.stops)))


def _stops(old: Sequence[PaperStop], new: Sequence[PaperStop]) -> Iterator[StopChange]:
    before = {stop.household_number: stop for stop in old}
    after = {stop.household_number: stop for stop in new}
    yield from (StopChange(Kind.REMOVED, stop, None) for stop in old if stop.household_number not in after)
    moved = _moved([n for n in before if n in after], [n for n in after if n in before])
    for number, stop in after.items():
        if number not in before:
            yield StopChange(Kind.NEW, None, stop)
            continue
        what = [one for one, said in _OF_STOP.items() if said(before[number]) != said(stop)]
        if number in moved:
            what.insert(0, What.ORDER)
        if what:
            yield StopChange(Kind.CHANGED, before[number], stop, tuple(what))


def _moved(old: list[int], new: list[int]) -> set[int]:
    """The households that come earlier or later than among the others before, as few as explain it."""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    stayed = {number for block in matcher.get_matching_blocks() for number in old[block.a : block.a + block.size]}
    return set(old) - stayed
