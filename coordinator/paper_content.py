"""What stands on each paper, said without Qt: services fill these from the register, ui/paper draws them.

A pickup list leaves the centre, so what must not be on it (DOMAIN: paper) has no field here: no passport or
tax numbers, no birth dates, no diagnoses, no address that people move on to, no other vehicle's trips.

Times of day are whole minutes after midnight of the paper's day, Kyiv time, and may pass 1440.
`printed_at` is an aware moment (UTC as kept in the file); paper shows it in Kyiv time. A household's number is
printed once in a document, as "№ 417". Phones are texts as they shall be read ("050 123 45 67").
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.domain.schedule import Load, Window


@dataclass(frozen=True, slots=True)
class ChildEscort:
    """A child and the adult who travels with it.

    `child` may be empty (only counted on a list). `escort`: name and basis ("Марія Коваль (mother)"); empty text:
    an adult of this household whose name is not known; None: nobody, then `reason` says why, or is still empty.
    """

    child: str
    escort: str | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PaperStop:
    """One household on a pickup list. `people` may exceed adults + children: the rest is of unknown age.

    `walking`, `wheelchair`, `stretcher`: the places that these people take. `needs`: a code per person who has it.
    `names` of those to be taken, where they are known. `luggage` in pieces, None: not known. `part_stays`: some
    of them may not travel.
    """

    order: int
    household_number: int
    settlement: str
    window: Window | None = None
    hromada: str = ""
    street_line: str = ""
    landmark: str = ""
    contact_name: str = ""
    phones: tuple[str, ...] = ()
    people: int = 0
    adults: int = 0
    children: int = 0
    walking: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    needs: tuple[Need, ...] = ()
    pets: str = ""
    luggage: int | None = None
    names: tuple[str, ...] = ()
    escorts: tuple[ChildEscort, ...] = ()
    part_stays: bool = False
    note: str = ""

    @property
    def children_alone(self) -> int:
        """Children with no adult named, those that no entry of `escorts` speaks of included."""
        named = sum(1 for entry in self.escorts if entry.escort is not None)
        return max(len(self.escorts), self.children) - named


@dataclass(frozen=True, slots=True)
class Totals:
    stops: int
    people: int
    adults: int
    children: int
    places: Load
    children_alone: int
    luggage: int


@dataclass(frozen=True, slots=True)
class PickupList:
    """The driver's list of one trip. `draft`: the register has not issued what it says now; `version` is the next one.

    `copies`: for whom each copy is, "" the driver; the first has the number `first_copy`. `void`: the trip was given
    up after the list had been issued.
    """

    number: str
    version: int
    day: date
    printed_at: datetime
    stops: tuple[PaperStop, ...] = ()
    vehicle: str = ""
    driver: str = ""
    driver_phone: str = ""
    coordinator_phone: str = ""
    departure: int | None = None
    must_be_out_by: int | None = None
    back_at: int | None = None
    destination: str = ""
    training: bool = False
    draft: bool = False
    copies: tuple[str, ...] = ("",)
    first_copy: int = 1
    void: bool = False

    @property
    def totals(self) -> Totals:
        stops = self.stops
        places = Load(
            sum(stop.walking for stop in stops),
            sum(stop.wheelchair for stop in stops),
            sum(stop.stretcher for stop in stops),
        )
        return Totals(
            stops=len(stops),
            people=sum(stop.people for stop in stops),
            adults=sum(stop.adults for stop in stops),
            children=sum(stop.children for stop in stops),
            places=places,
            children_alone=sum(stop.children_alone for stop in stops),
            luggage=sum(stop.luggage or 0 for stop in stops),
        )


@dataclass(frozen=True, slots=True)
class StateHousehold:
    """A line of the whole state. `address` is what stands on the street: house and flat.

    `apart`: (decision, people, children) where members differ; empty where all stand where the household stands.
    """

    number: int
    address: str
    decision: Decision
    people: int = 0
    children: int = 0
    wants_on: date | None = None
    contact_name: str = ""
    phones: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    pets: str = ""
    note: str = ""
    apart: tuple[tuple[Decision, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class StateStreet:
    """The households of one street in the order of their houses. An empty name: street not known."""

    name: str
    households: tuple[StateHousehold, ...]


@dataclass(frozen=True, slots=True)
class StateSettlement:
    """A settlement in the Ukrainian alphabet's order; an empty name: settlement not known."""

    name: str
    hromada: str = ""
    streets: tuple[StateStreet, ...] = ()

    @property
    def households(self) -> tuple[StateHousehold, ...]:
        return tuple(household for street in self.streets for household in street.households)


@dataclass(frozen=True, slots=True)
class StateVehicle:
    plate: str
    places: Load = field(default_factory=Load)
    driver: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class StatePaper:
    """The whole register by settlement and street, for the day the power goes. It stays in the centre."""

    register_name: str
    printed_at: datetime
    settlements: tuple[StateSettlement, ...] = ()
    vehicles: tuple[StateVehicle, ...] = ()
    training: bool = False

    @property
    def households(self) -> tuple[StateHousehold, ...]:
        return tuple(household for settlement in self.settlements for household in settlement.households)


@dataclass(frozen=True, slots=True)
class CallRow:
    """A household to be called. `pickup`: when its vehicle comes, None where it is in no trip yet."""

    household_number: int
    settlement: str
    street_line: str = ""
    contact_name: str = ""
    phones: tuple[str, ...] = ()
    people: int = 0
    children: int = 0
    pickup: Window | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class CallList:
    day: date
    printed_at: datetime
    rows: tuple[CallRow, ...] = field(default_factory=tuple)
    training: bool = False


@dataclass(frozen=True, slots=True)
class CallSheetRow:
    """A household to be asked. `why`: the reasons in words. `asked`: the day of the last talk, None: never."""

    household_number: int
    settlement: str
    street_line: str = ""
    contact_name: str = ""
    phones: tuple[str, ...] = ()
    people: int = 0
    children: int = 0
    decision: Decision = Decision.NOT_ASKED
    wants_on: date | None = None
    why: str = ""
    asked: date | None = None


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Whom one caller (from 1) asks, the most urgent first."""

    caller: int
    rows: tuple[CallSheetRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CallSheets:
    """One sheet a caller; together they share one list."""

    day: date
    printed_at: datetime
    sheets: tuple[CallSheet, ...]
    training: bool = False

    @property
    def people(self) -> int:
        return sum(row.people for sheet in self.sheets for row in sheet.rows)
