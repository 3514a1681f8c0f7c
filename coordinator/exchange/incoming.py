"""What a workbook says, read and understood but not yet compared with the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.domain.records import record
from coordinator.exchange.stamp import Stamp


class ListKind(StrEnum):
    PEOPLE = "people"
    REQUESTS = "requests"
    FLEET = "fleet"
    GAZETTEER = "gazetteer"


@record
class Cell:
    """Where a value stood: sheet name, cell as in Excel ("C17"), the value as text."""

    sheet: str
    cell: str
    value: str = ""


@record
class Remark:
    """A warning or a reason: a code of `resources.messages` with its facts, and the cell it is about."""

    code: str
    at: Cell
    facts: dict[str, object] = field(default_factory=dict)


@record
class IncomingPerson:
    row: int
    name: PersonName
    sex: Sex = Sex.UNKNOWN
    birth: Birth = Birth()
    relation: Relation = Relation.UNKNOWN
    needs: frozenset[Need] = frozenset()
    needs_raw: str = ""
    note: str = ""
    documents: str = ""
    escort: int | None = None
    needs_read: frozenset[Need] | None = None


@record
class OwnRow:
    """A row of a workbook of ours, its cells word for word; `address` also as it is read.

    `member`: the number of the person in the household, None without one. `settlement`: with its hromada. `name`:
    in columns of its own. `kinds`: needs by their names, and `wants_on`: None without such a column. `kept`:
    "header: text" of what has no field.
    """

    member: int | None = None
    settlement: str = ""
    address: str = ""
    read: Address = Address()
    landmark: str = ""
    phones: str = ""
    pets: str = ""
    destination: str = ""
    decision: str = ""
    note: str = ""
    person_note: str = ""
    part_stays: str = ""
    luggage: str = ""
    documents: str = ""
    escort: str = ""
    name: PersonName | None = None
    kinds: str | None = None
    wants_on: str | None = None
    kept: str = ""


@record
class Own:
    """Of rows that carry the register's number of a household: what holds for it stands in each of them.

    `listed`: a row a person, in the order of `people`. `sure`: the columns are those of our own workbooks; otherwise
    only the mark of the file proves it.
    """

    number: int
    rows: tuple[OwnRow, ...]
    listed: bool
    sure: bool = True


@record
class IncomingHousehold:
    """One household block (people list) or one row (requests). `rows` are the sheet rows it was read from.

    `own`: where the file carries the columns of our own workbooks.
    """

    sheet: str
    rows: tuple[int, ...]
    settlement_text: str
    address: Address
    people: tuple[IncomingPerson, ...]
    contacts: tuple[Contact, ...] = ()
    decision: Decision = Decision.NOT_ASKED
    wants_on: date | None = None
    requested_at: datetime | None = None
    part_stays: bool = False
    pets: str = ""
    destination_wish: str = ""
    note: str = ""
    own: Own | None = None
    luggage: int | None = None


class Beside(NamedTuple):
    """What else a household was read with: the settlement `above` it and the one that it leaves to the next (`then`),
    the heading of its `section`, the rows `below` others that go on with them, from 0, and what was warned about."""

    above: str
    then: str
    section: str
    below: tuple[int, ...]
    warnings: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class IncomingVehicle:
    sheet: str
    row: int
    plate: str
    model: str = ""
    seats: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    armoured: bool = False
    licence: str = ""
    organisation: str = ""
    driver: str = ""
    driver_phone: Contact | None = None
    available_from: time | None = None
    available_until: time | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class IncomingSettlement:
    sheet: str
    row: int
    katottg: str
    name: str
    name_en: str = ""
    kind: str = ""
    hromada: str = ""
    raion: str = ""
    oblast: str = ""
    lat: float | None = None
    lon: float | None = None
    population: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """One sheet: rows read (those with a person, request, vehicle, settlement, total or signature).

    `columns`: key -> its places, from 0; `headers`: place -> header as it is written.
    """

    name: str
    rows_read: int
    used: bool
    header_row: int | None = None
    settlement: str = ""
    columns: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    headers: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncomingList:
    """A whole file. `skipped` are rows that are no data (totals, signatures); `rejected` cannot be used.

    `layout`: a key of how it was read, columns and all: the same file read otherwise is another list. `sender`: whose
    list it is, "" where nobody has said. `beside`: for each household of a list of people, in order.
    """

    kind: ListKind
    file_name: str
    sha256: str
    list_on: date | None
    sheets: tuple[SheetSummary, ...]
    rows_read: int
    households: tuple[IncomingHousehold, ...] = ()
    vehicles: tuple[IncomingVehicle, ...] = ()
    settlements: tuple[IncomingSettlement, ...] = ()
    skipped: tuple[Remark, ...] = ()
    rejected: tuple[Remark, ...] = ()
    warnings: tuple[Remark, ...] = ()
    layout: str = ""
    sender: str = ""
    stamp: Stamp | None = None
    beside: tuple[Beside, ...] = field(default=(), compare=False, repr=False)

    @property
    def partial(self) -> bool:
        """Rows that went back to be corrected: whoever is not among them is not missed."""
        return any("sent_back" in sheet.columns for sheet in self.sheets if sheet.used)
