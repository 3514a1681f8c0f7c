"""The words of a day's schedule. Times are whole minutes after midnight, Kyiv time, of the working date.

A minute may pass 1440 (a trip that ends after midnight). Distances are kilometres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LICENCE_SEATS = {"B": 8, "D1": 16}
"""Passenger seats that a category allows besides the driver (DOMAIN: rules); D has no limit here."""


def clock(minute: int) -> str:
    """A minute of the day as people read it: 1085 is "18:05"; after midnight it starts again at "00:00"."""
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


ANY_SPACE = 10**6
"""Room for luggage of a vehicle of which nobody has said how much it takes."""


@dataclass(frozen=True, slots=True)
class Load:
    """Places taken or offered: ordinary seats, wheelchair places, stretcher places, and pieces of luggage.

    `carers`: seats among `seats` for somebody of the crew beside a lying person who has nobody with them.
    `laps`: infants who take no seat. Both only tell people from places.
    """

    seats: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    space: int = 0
    carers: int = 0
    laps: int = 0

    def __add__(self, other: Load) -> Load:
        return Load(
            self.seats + other.seats,
            self.wheelchair + other.wheelchair,
            self.stretcher + other.stretcher,
            self.space + other.space,
            self.carers + other.carers,
            self.laps + other.laps,
        )

    def fits(self, offered: Load) -> bool:
        seated = self.seats <= offered.seats and self.wheelchair <= offered.wheelchair
        return seated and self.stretcher <= offered.stretcher and self.space <= offered.space

    @property
    def people(self) -> int:
        return self.seats - self.carers + self.laps + self.wheelchair + self.stretcher


def layout_for(layouts: Sequence[Load], load: Load) -> Load | None:
    """The first of a vehicle's layouts that takes `load`; None where none does."""
    return next((offered for offered in layouts if load.fits(offered)), None)


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, WGS 84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Window:
    """From `start` to `end`, minutes, both included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pin:
    """Somebody decided: this vehicle comes at this minute."""

    vehicle_id: str
    arrive: int


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the plan before has a household. `trip`: the number of its list; `printed`: its paper is out."""

    vehicle_id: str
    trip: int
    arrive: int
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Pickup:
    """A household that is ready for the day, as the planner sees it.

    `windows` is when a vehicle may stand there (daylight or outside curfew, cut by the household's own wish).
    `weight` says how much it counts to be served (larger first). `held_by` is the household that an undecided
    possible duplicate shares with; such a one is not planned before somebody decides. `open_list` is the number of
    an earlier day's list of which nobody knows what became of them; they are not planned before that is entered.
    `pinned`: planned so and not otherwise. `stands`: where the plan has it that a new one would replace.
    """

    household_id: str
    number: int
    load: Load
    children: int
    point: Point | None
    window: Window
    service: int
    weight: int
    estimated: bool = False
    held_by: int | None = None
    settlement: str = ""
    open_list: str = ""
    pinned: Pin | None = None
    settlement_id: str = ""
    stands: Stands | None = None
    pets: bool = False


@dataclass(frozen=True, slots=True)
class Out:
    """Not to be had in `window`: the vehicle (`driver_id` ""), or this driver. `reason` as somebody gave it."""

    window: Window
    reason: str = ""
    driver_id: str = ""


@dataclass(frozen=True, slots=True)
class VehicleDay:
    """A vehicle with its driver on the working date; `window` is when it is available.

    `others`: what it offers instead of `capacity` where seats are folded or benches taken out, one for each trip.
    `most_minutes`: how long its driver may be on the road that day, all trips together; None: no limit. `outs`: when
    the vehicle or a driver of its trips dropped out.
    """

    vehicle_id: str
    plate: str
    capacity: Load
    window: Window
    licence: str = ""
    driver_id: str | None = None
    others: tuple[Load, ...] = ()
    most_minutes: int | None = None
    model: str = ""
    outs: tuple[Out, ...] = ()

    @property
    def name(self) -> str:
        """As people call it: make and plate."""
        return f"{self.model} {self.plate}".strip()

    @property
    def layouts(self) -> tuple[Load, ...]:
        return (self.capacity, *self.others)

    def takes(self, load: Load) -> bool:
        """Whether some layout has all these places."""
        return layout_for(self.layouts, load) is not None


@dataclass(frozen=True, slots=True)
class Hub:
    """Where vehicles start and where they bring people (base, transit centre, dormitory).

    `places`: free that day for all trips together, None: nobody has said. `pets`, `wheelchairs`: whether it takes them.
    """

    destination_id: str
    point: Point
    unloading: int = 20
    settlement_id: str = ""
    name: str = ""
    places: int | None = None
    pets: bool = True
    wheelchairs: bool = True


@dataclass(frozen=True, slots=True)
class TravelRules:
    """Great circle x detour at a speed, for each class of road; at least `local_minutes` between two addresses.

    The first `local_km` of the straight line lie on local roads (`local_detour`, `local_speed_kmh`), what is beyond
    on main roads (`detour`, `speed_kmh`): so a longer way never takes less. `start_service`: minutes at the base or the
    transit centre before each trip leaves (briefing, fuel).
    """

    detour: float = 1.3
    speed_kmh: float = 50.0
    local_minutes: int = 4
    start_service: int = 0
    local_km: float = 0.0
    local_detour: float = 1.3
    local_speed_kmh: float = 30.0


EVERYWHERE = ""
"""The other end of a closure that cuts a place off: every way into it that is not recorded by itself."""


@dataclass(frozen=True, slots=True)
class Way:
    """Between `first` and `second`, ids of settlements or destinations; `second` may be EVERYWHERE.

    Open: it takes `minutes` and is `km` long, None where nobody has measured. Closed: they are those of the way round,
    and where there are none there is no way. `vehicle_id` "": for every vehicle. `name` is for people: "A – B".
    """

    first: str
    second: str
    minutes: float | None = None
    km: float | None = None
    closed: bool = False
    vehicle_id: str = ""
    name: str = ""

    @property
    def passable(self) -> bool:
        return not self.closed or self.minutes is not None


@dataclass(frozen=True, slots=True)
class DayProblem:
    """`ways`: what is known of roads on that day, closed ones among them. `others`: where trips may end besides the
    transit centre, the first choice first.
    """

    day: str
    pickups: tuple[Pickup, ...]
    vehicles: tuple[VehicleDay, ...]
    base: Hub
    transit: Hub
    rules: TravelRules = TravelRules()
    ways: tuple[Way, ...] = ()
    others: tuple[Hub, ...] = ()

    @property
    def ends(self) -> tuple[Hub, ...]:
        """Where trips may end, the transit centre first."""
        return (self.transit, *self.others)


@dataclass(frozen=True, slots=True)
class PlannedStop:
    household_id: str
    arrive: int
    leave: int


@dataclass(frozen=True, slots=True)
class PlannedTrip:
    """One run of one vehicle: leaves at `depart`, is back at the transit centre and unloaded at `back`.

    The first run of a vehicle's day leaves from the base, each later one from where the one before ended.
    `destination_id`: where it ends; "" and what the day does not know are the transit centre.
    """

    vehicle_id: str
    driver_id: str | None
    depart: int
    back: int
    stops: tuple[PlannedStop, ...]
    km: float = 0.0
    destination_id: str = ""


class LeftReason(StrEnum):
    """Why a household that is ready is in no trip."""

    NO_PLACE = "no_place"
    NO_WHEELCHAIR = "no_wheelchair"
    NO_STRETCHER = "no_stretcher"
    NO_SPACE = "no_space"
    TOO_LARGE = "too_large"
    WINDOW = "window"
    ROAD = "road"
    NO_COORDINATES = "no_coordinates"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    NO_FLEET = "no_fleet"
    NOBODY = "nobody"
    TAKEN_OFF = "taken_off"
    OPEN_RESULT = "open_result"
    PINNED = "pinned"
    DRIVER_HOURS = "driver_hours"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """A household in no trip. `facts` fill its sentence; the fact "detail" names a sharper sentence.

    The fact "help" says what would help: the code of a sentence and its facts.
    """

    household_id: str
    reason: LeftReason
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The code of its sentence: "left.no_place", or sharper "left.no_place.seats"."""
        detail = self.facts.get("detail")
        return f"left.{self.reason}.{detail}" if detail else f"left.{self.reason}"


@dataclass(frozen=True, slots=True)
class DayPlan:
    trips: tuple[PlannedTrip, ...]
    left_over: tuple[LeftOver, ...]
    estimated: tuple[str, ...] = ()
    """Households whose place is only an estimate."""


class Breach(StrEnum):
    """A rule that a trip breaks; the checker's vocabulary."""

    SEATS = "seats"
    WHEELCHAIR = "wheelchair"
    STRETCHER = "stretcher"
    SPACE = "space"
    WINDOW = "window"
    VEHICLE_HOURS = "vehicle_hours"
    OVERLAP = "overlap"
    TRAVEL_TIME = "travel_time"
    ROAD = "road"
    LICENCE = "licence"
    TWICE = "twice"
    UNKNOWN = "unknown"
    STOP_TIME = "stop_time"
    DRIVER = "driver"
    NO_COORDINATES = "no_coordinates"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    OPEN_RESULT = "open_result"
    NO_DRIVER = "no_driver"
    OUT = "out"
    PINNED = "pinned"
    DRIVER_HOURS = "driver_hours"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: which trip (index in the plan), which household, and the figures. `warning`: not a block."""

    breach: Breach
    trip: int
    household_id: str | None = None
    facts: dict[str, object] = field(default_factory=dict)
    warning: bool = False

    @property
    def key(self) -> str:
        """The code of its sentence: "breach.window", or sharper "breach.travel_time.back"."""
        detail = self.facts.get("detail")
        return f"breach.{self.breach}.{detail}" if detail else f"breach.{self.breach}"
