"""A workbook of ours that comes back: which export it was, and what the register said when it left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.exchange.how_read import Reading
from coordinator.exchange.incoming import IncomingHousehold, ListKind
from coordinator.exchange.originals import Original
from coordinator.exchange.own_books import own_columns, stamp_of
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.stamp import Stamp, numbers_in
from coordinator.exchange.three_way import Base
from coordinator.exchange.wanted import ExportKind
from coordinator.queries.imports import Known
from coordinator.records import household_of, person_of
from coordinator.session import Session
from db import outgoing
from db.as_of import rows_at
from db.connection import Database
from db.rows import ContactRow

_LISTS = {
    ExportKind.PEOPLE: ListKind.PEOPLE, ExportKind.HOUSEHOLDS: ListKind.REQUESTS, ExportKind.FLEET: ListKind.FLEET,
}  # fmt: skip
"""What comes in again of what goes out."""

_NO_LISTS = {
    ExportKind.DAILY_SUMMARY: "import.own_counts", ExportKind.COVERAGE: "import.own_counts",
    ExportKind.PICKUP: "import.own_pickup",
}  # fmt: skip
"""What goes out and brings nobody when it comes in: counts, and stops of households that we have -> what is said."""


@dataclass(frozen=True, slots=True)
class SentList:
    """One export of the log. `mark`: the place in the journal that it was read at; `households`: their numbers.

    `columns`: (key, header) in their order. `whole`: of each household in it every member was.
    """

    number: int
    kind: ExportKind
    recipient: str
    day: date
    sent_at: datetime
    mark: int
    columns: tuple[tuple[str, str], ...]
    households: frozenset[int]
    whole: bool


@dataclass(frozen=True, slots=True)
class CameBack:
    """A list with a mark of ours. `ours`: this register made it; `sent` None: it is not in its log (an older copy)."""

    stamp: Stamp
    ours: bool
    sent: SentList | None
    bases: Mapping[int, Base]


def read_as_sent(session: Session, reading: Reading, original: Original, sheets: Sequence[RawSheet]) -> Reading:
    """How a workbook of ours is read whose recipient has headers of their own; what a person has said comes first.

    UserError "import.own_counts", "import.own_pickup" for one that is no list of people: whatever is said of it, there
    is nobody new in it.
    """
    stamp = stamp_of(original, sheets)
    if stamp is None:
        return reading
    with session.reading() as db:
        sent = _sent(db, stamp)
    if sent is not None and sent.kind in _NO_LISTS:
        raise UserError(_NO_LISTS[sent.kind], file=original.name, number=sent.number, day=sent.day)
    if sent is None or sent.kind not in _LISTS or reading.sheets:
        return reading
    kind = _LISTS[sent.kind]
    columns = own_columns(sheets, sent.columns, kind)
    return replace(reading, kind=kind, sheets=columns) if columns else reading


def came_back(db: Database, known: Known, stamp: Stamp, households: Sequence[IncomingHousehold]) -> CameBack:
    """The households of the list as they stood when it left."""
    ours = stamp.register == Stamp.of(outgoing.first_action(db), 0, "").register
    sent = _sent(db, stamp) if ours else None
    if sent is None:
        return CameBack(stamp, ours, None, {})
    numbers = {household.own.number for household in households if household.own}
    ids = [known.numbers[number] for number in numbers & sent.households if number in known.numbers]
    found = _households_at(db, sent.mark, ids)
    bases = {one.number: Base(one, known.exported_place(one), sent.day, sent.whole) for one in found}
    return CameBack(stamp, True, sent, bases)


def _sent(db: Database, stamp: Stamp) -> SentList | None:
    row = outgoing.sent(db, stamp.number, stamp.export)
    if row is None or row.work_on is None:
        return None
    about, kind = row.about, ExportKind(row.kind.removeprefix("export:"))
    return SentList(
        stamp.number, kind, about.get("recipient", ""), row.work_on, row.printed_at, about["mark"],
        tuple((key, header) for key, header in about["columns"]), frozenset(numbers_in(about.get("households", ""))),
        bool(about.get("whole")),
    )  # fmt: skip


def _households_at(db: Database, mark: int, ids: Sequence[str]) -> list[Household]:
    rows = rows_at(db, mark, ids)
    needs: dict[str, list[str]] = defaultdict(list)
    for need in rows.needs:
        needs[need.person_id].append(need.kind)
    people: dict[str, list[Person]] = defaultdict(list)
    for person in rows.people:
        people[person.household_id].append(person_of(person, needs.get(person.id, ())))
    contacts: dict[str, list[ContactRow]] = defaultdict(list)
    for contact in rows.contacts:
        contacts[contact.household_id].append(contact)
    return [household_of(row, people.get(row.id, []), contacts.get(row.id, [])) for row in rows.households]
