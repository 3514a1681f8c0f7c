"""What stands on the wall's table of trips, on a checkpoint's list and on a refusal record, said without Qt.

Each carries the least that serves (DOMAIN: paper): the wall no names, phones or addresses; a checkpoint number, name,
year of birth, from, to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.schedule import Load
from coordinator.domain.trip import TripStatus


@dataclass(frozen=True, slots=True)
class WallTrip:
    """`settlements` in the order of the stops, each once. `places`: what the people take, those who walk included."""

    number: int
    vehicle: str
    departure: int
    back: int
    settlements: tuple[str, ...]
    stops: int
    people: int
    children: int
    places: Load
    destination: str
    status: TripStatus


@dataclass(frozen=True, slots=True)
class WallPaper:
    """The day's trips for the wall; `waiting`: (households, people) that are ready and on no trip."""

    day: date
    printed_at: datetime
    trips: tuple[WallTrip, ...] = ()
    waiting: tuple[int, int] = (0, 0)
    training: bool = False


@dataclass(frozen=True, slots=True)
class Passenger:
    """`name` "" : a line to write on. `born`: the year, None where it is not known."""

    name: str
    born: int | None
    start: str


@dataclass(frozen=True, slots=True)
class CheckpointList:
    """The people of one trip for a checkpoint, in the order in which they board. `to`: where the trip ends."""

    number: str
    day: date
    vehicle: str
    to: str
    passengers: tuple[Passenger, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckpointPaper:
    day: date
    printed_at: datetime
    lists: tuple[CheckpointList, ...] = ()
    training: bool = False

    @property
    def people(self) -> int:
        return sum(len(one.passengers) for one in self.lists)


@dataclass(frozen=True, slots=True)
class Refusal:
    """An adult who refuses, and why in their words."""

    name: str
    born: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefusalPaper:
    """A record for each adult of one household. `children`: (name, year of birth) of those who stay.

    `ordered_on`: since when evacuation is ordered there; `order_source`: by what.
    """

    day: date
    printed_at: datetime
    household_number: int
    settlement: str
    hromada: str
    address: str
    adults: tuple[Refusal, ...]
    children: tuple[tuple[str, int | None], ...] = ()
    ordered_on: date | None = None
    order_source: str = ""
    training: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A person on a confirmation: evacuated on `on`, to `to` (the destination of the trip, "" not known)."""

    name: str
    born: int | None
    on: date
    to: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmationPaper:
    """That people of a household were evacuated by us. `number` and `code` are checked in the register.

    `version`: 2 where it takes the place of an earlier one, whose number is `replaces`. `count`: how many people it
    was issued for; after they were removed from the register it is all that is left of them.
    """

    number: int
    code: str
    version: int
    household_number: int
    settlement: str
    hromada: str
    address: str
    issued_at: datetime
    issued_by: str
    centre: str
    people: tuple[Confirmed, ...] = ()
    count: int = 0
    replaces: int | None = None
    phone: str = ""
    training: bool = field(default=False)
