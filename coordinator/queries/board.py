"""What the schedule page shows of a day: trips with their stops, and who waits. Filled by queries.schedule."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from coordinator.domain.figures import Persons
from coordinator.domain.schedule import Finding, LeftReason, Load
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.paper_changes import ListChanges


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household on the board. `people` are those who can be picked up; `load` the places that they take.

    `estimated`: its place is only that of its hromada's centre. `notice`: what came of the day's call.
    """

    household_id: str
    number: int
    head: str
    settlement: str
    address: str
    phones: tuple[str, ...]
    people: int
    children: int
    load: Load
    days_waiting: int
    estimated: bool
    notice: CallOutcome | None

    @property
    def first(self) -> bool:
        """Children, or people who cannot walk."""
        return bool(self.children or self.load.wheelchair or self.load.stretcher)


@dataclass(frozen=True, slots=True)
class BoardStop:
    """`arrive` and `leave` as planned, minutes; `boarded` people of this stop. `override_reason`: why it stands there
    although it broke a rule."""

    stop_id: str
    household: HouseholdLine
    arrive: int
    leave: int
    result: StopResult
    note: str
    boarded: int
    pinned: bool = False
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class MetLine:
    """A household that came along without being on the list."""

    household_id: str
    number: int
    head: str
    people: int
    children: int


@dataclass(frozen=True, slots=True)
class BoardTrip:
    """`load` is what the vehicle carries when full: open stops as expected, others as they boarded.

    `layouts`: what the vehicle offers, its usual places first; `capacity` is the one that takes the load, or else the
    usual one. `pinned`: planning leaves it as it is. `findings` of the checker, the warnings (licence) among them.
    `version`: of the last printed list, None: never printed. `changed`: its list says something else now than when it
    was printed; `changes`: what, where the register kept what was printed.
    """

    trip_id: str
    number: int
    list_number: str
    status: TripStatus
    vehicle_id: str
    plate: str
    model: str
    capacity: Load
    driver_id: str | None
    driver: str
    driver_phone: str
    destination: str
    depart: int
    back: int
    km: float
    override_reason: str
    stops: tuple[BoardStop, ...]
    met: tuple[MetLine, ...]
    load: Load
    layouts: tuple[Load, ...] = ()
    findings: tuple[Finding, ...] = ()
    version: int | None = None
    changed: bool = False
    pinned: bool = False
    changes: ListChanges | None = None

    @property
    def people(self) -> int:
        """Planned: expected at the stops that were not given up."""
        return sum(stop.household.people for stop in self.stops)

    @property
    def children(self) -> int:
        return sum(stop.household.children for stop in self.stops)

    @property
    def boarded(self) -> int:
        return sum(stop.boarded for stop in self.stops) + sum(met.people for met in self.met)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.warning)

    @property
    def breaches(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if not finding.warning)


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A ready household in no trip. `reason` None: it became ready after the plan; `key` is its sentence's code."""

    household: HouseholdLine
    reason: LeftReason | None
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """As domain.schedule.LeftOver.key; "left.not_planned" where nobody has planned it yet."""
        if self.reason is None:
            return "left.not_planned"
        detail = self.facts.get("detail")
        return f"left.{self.reason}.{detail}" if detail else f"left.{self.reason}"

    @property
    def help(self) -> tuple[str, dict[str, object]] | None:
        """What would help: the code of a sentence and its facts."""
        found = self.facts.get("help")
        return (str(found.get("code", "")), dict(found)) if isinstance(found, dict) else None


@dataclass(frozen=True, slots=True)
class Totals:
    """People: on live trips, on the way, arrived; those who are ready and in no trip; and all who are ready.

    Ready: by the household's decision, and not on board or gone; the same figure wherever it is shown. `who_…`: the
    people whom these count, each once.
    """

    planned: int = 0
    boarded: int = 0
    arrived: int = 0
    waiting: int = 0
    ready: int = 0
    ready_households: int = 0
    who_planned: Persons = Persons()
    who_boarded: Persons = Persons()
    who_arrived: Persons = Persons()
    who_ready: Persons = Persons()


@dataclass(frozen=True, slots=True)
class DayBoard:
    """`trips` by number, the cancelled ones included. `waiting`: children and people who cannot walk first, then by
    days waiting. `said_no`: households that said no on the day's call. `missing`: code of a UserError ("plan.no_base")
    where nothing can be planned or checked yet.
    """

    day: date
    trips: tuple[BoardTrip, ...]
    waiting: tuple[WaitingLine, ...]
    totals: Totals
    said_no: tuple[HouseholdLine, ...] = ()
    missing: str = ""

    @property
    def printed_before_change(self) -> tuple[BoardTrip, ...]:
        """Trips whose paper no longer says what the register says."""
        return tuple(trip for trip in self.trips if trip.changed)

    @property
    def estimated(self) -> tuple[int, ...]:
        """Numbers of households whose place is only an estimate."""
        lines = [stop.household for trip in self.trips for stop in trip.stops]
        lines += [waiting.household for waiting in self.waiting]
        return tuple(sorted({line.number for line in lines if line.estimated}))
