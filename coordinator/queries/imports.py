"""What an import needs to know of the register, and what the window shows of past imports."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from coordinator.domain.days import kyiv_day
from coordinator.domain.duplicates import Record
from coordinator.domain.household import Household
from coordinator.domain.joining import Named
from coordinator.domain.missing import OPEN_QUESTIONS
from coordinator.domain.names import fold
from coordinator.domain.places import Gazetteer, Place, Resolution, is_home
from coordinator.exchange.incoming import IncomingHousehold, ListKind
from coordinator.exchange.matching import Face, House, house_of, phones_of
from coordinator.exchange.returned import place_text
from coordinator.queries.held import Held, asking
from coordinator.queries.said import Statements
from coordinator.session import Session
from db import stores
from db.connection import Ask, Database, nobody
from db.rows import BatchRow, MissingRow, SettlementRow

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

    `statements`: what the last list of the same kind said; `newest`: the date of that kind's newest list;
    `lists`: moment of an import -> the date of its list; `numbers`: number -> id of a household;
    `missing`: whom an earlier list missed, as far as that is still a question; `senders`: import -> its sender, folded;
    `days`: import of that kind -> the date of its list.
    """

    places: Places
    households: Held
    statements: Statements
    newest: date | None
    lists: dict[datetime, date | None]
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
        merged = self.households.merged
        while household_id in merged:
            household_id = merged[household_id]
        return household_id

    def decided_on(self, household: Household) -> date | None:
        """The day of the word by which it stands where it does: of a list that decided, the day of that list.

        A decision that an import wrote has the moment of the import.
        """
        moment = household.decided_at
        return moment and (self.lists.get(moment) or kyiv_day(moment))

    def faces(self, kind: ListKind, ask: Ask = nobody, sent: Collection[int] = ()) -> list[Face]:
        """The households that lists of this kind brought, merged ones by what the list said of them.

        `sent`: numbers of households that stood in the list when it left us.
        """
        held, told = self.households, self.statements
        left = {self.numbers[number] for number in sent if number in self.numbers}
        ids = [key for key in held.ids() if held.source(key) == kind or key in told or key in left]
        alike: dict[frozenset[str], frozenset[str]] = {}
        return [face for key in asking(ids, ask) if (face := self._face(key, alike)) is not None]

    def _face(self, household_id: str, alike: dict[frozenset[str], frozenset[str]]) -> Face | None:
        """`alike`: sets of settlements, each once: most households have one of a few."""
        held, root, said = self.households, self.root(household_id), self.statements.outline(household_id)
        stands = household_id in held
        if root not in held or not (stands or said):
            return None
        houses: list[House] = []
        phones: frozenset[str] = frozenset()
        places = set()
        if stands:
            settlement_id, text = held.settlement(household_id)
            places.add(place := settlement_id or self.places.key(text))
            houses += house_of(place, held.address(household_id))
            phones = held.phones(household_id)
        if said:
            places.add(place := self.places.key(said.settlement_text))
            houses += house_of(place, said.address)
            phones |= phones_of(said.contacts)
        at = alike.setdefault(frozenset(places), frozenset(places))
        return Face(household_id, root, at, tuple(dict.fromkeys(houses)), phones, said.word if said else None)

    def accounts(self, face: Face) -> tuple[tuple[Named, ...], ...]:
        """Who is in the household by the register, and by the last list where that says otherwise."""
        key = face.household_id
        held = self.households.accounts(key) if key in self.households else ()
        said = self.statements.accounts(key)
        return tuple([people for people in ((held,) if held == said else (held, said)) if people])

    def said(self, face: Face) -> IncomingHousehold | None:
        """What the last list said of the household."""
        statement = self.statements.get(face.household_id)
        return statement.said if statement else None


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
    households = Held(db, ask)
    batches = stores.batches.all(db)
    days = {batch.id: batch.list_on for batch in batches if batch.list_on and batch.kind == kind}
    return Known(
        places=load_places(db),
        households=households,
        statements=Statements(db, kind.value, ask),
        newest=max(days.values(), default=None),
        lists={batch.imported_at: batch.list_on for batch in batches},
        numbers=households.numbers(),
        senders=_senders(db, batches),
        days=days,
        missing=tuple(stores.missing.where(db, state=OPEN_QUESTIONS)),
    )


def _senders(db: Database, batches: Iterable[BatchRow]) -> dict[str, str]:
    """Import -> its sender, folded; imports of nobody who was named are not in it."""
    names = {row.id: fold(row.name) for row in stores.senders.all(db)}
    return {batch.id: names[batch.sender_id] for batch in batches if batch.sender_id in names}


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
