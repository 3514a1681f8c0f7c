"""What an import needs to know of the register, and what the window shows of past imports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from coordinator.domain.days import kyiv_day
from coordinator.domain.duplicates import Record
from coordinator.domain.household import Household
from coordinator.domain.missing import OPEN_QUESTIONS
from coordinator.domain.names import fold
from coordinator.domain.person import Person
from coordinator.domain.places import Gazetteer, Place, Resolution, is_home
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.matching import Face, House, house_of, phones_of
from coordinator.exchange.returned import place_text
from coordinator.exchange.statements import Statement, bare, from_lines
from coordinator.records import household_of, person_of
from coordinator.session import Session
from db import import_queries, stores
from db.connection import Ask, Database, nobody
from db.rows import BatchRow, ContactRow, HouseholdRow, MissingRow, PersonRow, SettlementRow

R = TypeVar("R")
_OFTEN = 500
"""Rows between two questions whether to go on."""

DECIDED = "decided"
"""Source of an alias that a person of the centre gave: it is asked before the gazetteer."""


class Places:
    """Settlement names as the register knows them; every text is worked out once."""

    def __init__(self, gazetteer: Gazetteer, decided: dict[str, str]) -> None:
        self.gazetteer = gazetteer
        self._decided = decided
        self._answers: dict[str, Resolution] = {}

    def resolve(self, text: str) -> Resolution:
        if text not in self._answers:
            place = self.gazetteer.get(self._decided.get(fold(text)))
            self._answers[text] = Resolution(place, "found") if place else self.gazetteer.resolve(text)
        return self._answers[text]

    def key(self, text: str) -> str:
        """The settlement's id, or "text:…" for one that is not resolved."""
        place = self.resolve(text).place
        return place.id if place else f"text:{fold(text)}"

    def name(self, settlement_id: str | None) -> str:
        place = self.gazetteer.get(settlement_id)
        return place.name if place else ""


@dataclass(frozen=True, slots=True)
class Known:
    """The register as a list of people or requests meets it.

    `households`: those that stand for themselves, by id; `merged`: id of a merged one -> where it went;
    `statements`: what the last list of the same kind said; `newest`: the date of that kind's newest list;
    `decided_on`: the day of the word by which a household stands where it does; `numbers`: number -> id;
    `missing`: whom an earlier list missed, as far as that is still a question; `senders`: import -> its sender, folded;
    `days`: import of that kind -> the date of its list.
    """

    places: Places
    households: dict[str, Household]
    merged: dict[str, str]
    sources: dict[str, str]
    statements: dict[str, Statement]
    newest: date | None
    decided_on: dict[str, date]
    numbers: dict[int, str]
    missing: tuple[MissingRow, ...] = ()
    senders: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)

    def newest_of(self, sender: str) -> date | None:
        """The date of the newest list of a sender (folded), or of whoever was not named; of all where it is ""."""
        if not sender:
            return self.newest
        return max((day for batch, day in self.days.items() if self.senders.get(batch, sender) == sender), default=None)

    def numbered(self, number: int) -> Household | None:
        """The household with this number, or the one that it was merged into."""
        return self.households.get(self.root(self.numbers.get(number, "")))

    def exported_place(self, household: Household) -> str:
        """The household's settlement as our own workbooks show it, in the words of a list's reader."""
        place = self.places.gazetteer.get(household.settlement_id)
        return place_text(place.name, place.hromada) if place else household.settlement_text

    def root(self, household_id: str) -> str:
        while household_id in self.merged:
            household_id = self.merged[household_id]
        return household_id

    def faces(self, kind: ListKind, ask: Ask = nobody, sent: Collection[int] = ()) -> list[Face]:
        """The households that lists of this kind brought, merged ones by what the list said of them.

        `sent`: numbers of households that stood in the list when it left us.
        """
        left = {self.numbers[number] for number in sent if number in self.numbers}
        ids = [key for key, source in self.sources.items() if source == kind or key in self.statements or key in left]
        return [face for key in _asking(ids, ask) if (face := self._face(key)) is not None]

    def _face(self, household_id: str) -> Face | None:
        held, said = self.households.get(household_id), self.statements.get(household_id)
        if self.root(household_id) not in self.households or not (held or said):
            return None
        houses: list[House] = []
        places = set()
        if held:
            place = held.settlement_id or self.places.key(held.settlement_text)
            houses += house_of(place, held.address)
            places.add(place)
        if said:
            place = self.places.key(said.said.settlement_text)
            houses += house_of(place, said.said.address)
            places.add(place)
        contacts = [*(held.contacts if held else ()), *(said.said.contacts if said else ())]
        accounts = tuple(people for people in (held and held.people, said and said.said.people) if people)
        return Face(
            household_id, self.root(household_id), frozenset(places), tuple(dict.fromkeys(houses)),
            phones_of(contacts), accounts, bare(said.said) if said else None,
        )  # fmt: skip

    def records(self) -> list[Record]:
        return [record_of(household) for household in self.households.values()]


def record_of(household: Household) -> Record:
    """A household as it is compared for possible duplicates, the head first."""
    people = sorted(household.people, key=lambda person: (person.id != household.head_id, person.position))
    return Record(
        key=household.id,
        settlement_id=household.settlement_id,
        address=household.address,
        phones=phones_of(household.contacts),
        people=tuple((person.name, person.birth) for person in people),
    )


def load_known(db: Database, kind: ListKind, ask: Ask = nobody) -> Known:
    """`ask` is called again and again meanwhile; what it raises ends it."""
    rows = stores.households.all(db)
    merged = {row.id: row.merged_into for row in rows if row.merged_into}
    statements = _statements(db, kind, ask)
    batches = stores.batches.all(db)
    days = {batch.id: batch.list_on for batch in batches if batch.list_on and batch.kind == kind}
    return Known(
        places=load_places(db),
        households=_households(db, [row for row in rows if not row.merged_into], ask),
        merged=merged,
        sources={row.id: row.source for row in rows},
        statements=statements,
        newest=max(days.values(), default=None),
        decided_on=_decided_on(rows, batches),
        numbers={row.number: row.id for row in rows},
        senders=_senders(db, batches),
        days=days,
        missing=tuple(stores.missing.where(db, state=OPEN_QUESTIONS)),
    )


def _senders(db: Database, batches: Iterable[BatchRow]) -> dict[str, str]:
    """Import -> its sender, folded; imports of nobody who was named are not in it."""
    names = {row.id: fold(row.name) for row in stores.senders.all(db)}
    return {batch.id: names[batch.sender_id] for batch in batches if batch.sender_id in names}


def _decided_on(rows: Iterable[HouseholdRow], batches: Iterable[BatchRow]) -> dict[str, date]:
    """Household id -> the day of its last decision: of a list that decided, the day of that list.

    A decision that an import wrote has the moment of the import.
    """
    lists = {batch.imported_at: batch.list_on for batch in batches}
    return {row.id: lists.get(row.decided_at) or kyiv_day(row.decided_at) for row in rows if row.decided_at}


def _asking(rows: Iterable[R], ask: Ask) -> Iterator[R]:
    for number, row in enumerate(rows):
        if number % _OFTEN == 0:
            ask()
        yield row


def _households(db: Database, rows: list[HouseholdRow], ask: Ask) -> dict[str, Household]:
    needs: dict[str, list[str]] = defaultdict(list)
    for need in stores.needs.all(db):
        needs[need.person_id].append(need.kind)
    members: dict[str, list[PersonRow]] = defaultdict(list)
    for person in _asking(stores.people.all(db), ask):
        members[person.household_id].append(person)
    phones: dict[str, list[ContactRow]] = defaultdict(list)
    for contact in stores.contacts.all(db):
        phones[contact.household_id].append(contact)

    def people(household_id: str) -> list[Person]:
        return [person_of(person, needs.get(person.id, ())) for person in members.get(household_id, ())]

    return {row.id: household_of(row, people(row.id), phones.get(row.id, ())) for row in _asking(rows, ask)}


def _statements(db: Database, kind: ListKind, ask: Ask) -> dict[str, Statement]:
    lines: dict[str, list[import_queries.SaidLine]] = defaultdict(list)
    for line in import_queries.last_said(db, kind.value):
        lines[line.household_id].append(line)
    found = {}
    for household_id, of_one in _asking(lines.items(), ask):
        said = from_lines((line.line, line.raw) for line in of_one)
        if said is not None:
            list_on = date.fromisoformat(of_one[0].list_on) if of_one[0].list_on else None
            found[household_id] = Statement(household_id, of_one[0].batch_id, list_on, said)
    return found


def load_places(db: Database) -> Places:
    """The register's settlements and aliases, ready to be asked."""
    aliases: dict[str, list[str]] = defaultdict(list)
    decided: dict[str, str] = {}
    for alias in stores.aliases.all(db):
        if alias.source == DECIDED:
            decided[fold(alias.name)] = alias.settlement_id
        else:
            aliases[alias.settlement_id].append(alias.name)
    rows = stores.settlements.all(db)
    codes = {row.id: row.katottg or "" for row in rows}
    return Places(Gazetteer(_place(row, codes, aliases.get(row.id, ())) for row in rows), decided)


def _place(row: SettlementRow, codes: dict[str, str], aliases: Iterable[str]) -> Place:
    code = row.katottg or codes.get(row.parent_id or "", "")
    return Place(
        id=row.id,
        name=row.name,
        katottg=row.katottg or "",
        hromada=row.hromada,
        raion=row.raion,
        kind=row.kind,
        lat=row.lat,
        lon=row.lon,
        aliases=tuple(aliases),
        home=is_home(code),
        estimated=row.estimated,
    )


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A settlement as it was typed, with how many households, and what the gazetteer says of it."""

    text: str
    households: int
    resolution: Resolution


def unresolved_settlements(session: Session) -> list[Unresolved]:
    """Settlement texts that still wait for somebody to say which place they mean, the most frequent first."""
    with session.reading() as db:
        rows = [row for row in stores.households.where(db, settlement_id=None) if row.settlement_text]
        places = load_places(db)
    texts: dict[str, str] = {}
    for row in rows:
        texts.setdefault(fold(row.settlement_text), row.settlement_text)
    counts = Counter(fold(row.settlement_text) for row in rows if not row.merged_into)
    return [Unresolved(texts[key], count, places.resolve(texts[key])) for key, count in counts.most_common()]


@dataclass(frozen=True, slots=True)
class PastImport:
    """One import; `action_id` is what to take back. `totals`: the numbers of its report."""

    batch_id: str
    file_name: str
    kind: str
    list_on: date | None
    imported_at: datetime
    imported_by: str
    action_id: str
    totals: dict[str, object] = field(default_factory=dict)
    sender: str = ""


def past_imports(session: Session) -> list[PastImport]:
    """Imports that stand, newest first; one that was undone is gone."""
    with session.reading() as db:
        batches = stores.batches.all(db)
        names = {row.id: row.name for row in stores.senders.all(db)}
    return [
        _past(batch, names.get(batch.sender_id or "", ""))
        for batch in sorted(batches, key=lambda batch: batch.id, reverse=True)
    ]


def _past(batch: BatchRow, sender: str) -> PastImport:
    summary = dict(batch.summary or {})
    return PastImport(
        batch.id, batch.file_name, batch.kind, batch.list_on, batch.imported_at, batch.imported_by,
        str(summary.pop("action_id", "")), summary, sender,
    )  # fmt: skip
