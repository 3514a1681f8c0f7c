"""The register's households as an import keeps them: rows as the file gave them, made into objects where one is needed.

An import looks closely at those whom its list names, and passes the others. The objects of 60,000 people take three
times the memory of their rows, and longer to make than everybody takes to be looked through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeVar

from coordinator.domain.decision import Decision
from coordinator.domain.duplicates import Record
from coordinator.domain.household import Address, Household
from coordinator.domain.joining import Named
from coordinator.domain.memory import remembered
from coordinator.domain.person import Birth, PersonName
from coordinator.records import household_of, person_of
from db import stores
from db.connection import Ask, Database, nobody
from db.rows import ContactRow, HouseholdRow, NeedRow, PersonRow

R = TypeVar("R")
Values = tuple[Any, ...]
"""The columns of a row in their order, as the file keeps them."""

_OFTEN = 500
"""Rows between two questions whether to go on."""


def _places(row: type[tuple[Any, ...]], *names: str) -> list[int]:
    fields: tuple[str, ...] = row._fields  # type: ignore[attr-defined]
    return [fields.index(name) for name in names]


_NUMBER, _SETTLEMENT, _TEXT, _STREET, _HEAD, _DECISION, _SOURCE, _MERGED = _places(
    HouseholdRow, "number", "settlement_id", "settlement_text", "street", "head_id", "decision", "source", "merged_into"
)
_OF, _POSITION, _SURNAME, _BORN = _places(PersonRow, "household_id", "position", "surname", "birth_on")
_CALLED, _PLACE, _E164 = _places(ContactRow, "household_id", "position", "e164")
_WHO, _NEED = _places(NeedRow, "person_id", "kind")

_day: Callable[[str], date] = remembered(date.fromisoformat, 1 << 16)


class Held(Mapping[str, Household]):
    """By id: the households that stand for themselves. Of merged ones only `source` and `merged` tell."""

    def __init__(self, db: Database, ask: Ask = nobody) -> None:
        """Reads the register; `ask` is called again and again meanwhile, and what it raises ends it."""
        alike: dict[object, Any] = {}
        self._rows: dict[str, Values] = {}
        self._people: dict[str, list[Values]] = {}
        self._contacts: dict[str, list[Values]] = {}
        self._needs: dict[str, list[str]] = {}
        for row in asking(stores.households.kept(db, blank=("search_text", "sort_key")), ask):
            self._rows[row[0]] = (*row[:_SETTLEMENT], *_once(alike, row[_SETTLEMENT:]))
        for row in asking(stores.people.kept(db, blank=("sort_key",)), ask):
            of_one = self._people.setdefault(row[_OF], [])
            owner = of_one[0][_OF] if of_one else row[_OF]
            of_one.append((row[0], owner, row[_POSITION], *_once(alike, row[_SURNAME:])))
        for row in asking(stores.contacts.kept(db), ask):
            # Nothing asks for the ids of phones.
            self._contacts.setdefault(row[_CALLED], []).append(("", "", *row[_PLACE:]))
        for row in asking(stores.needs.kept(db), ask):
            self._needs.setdefault(row[_WHO], []).append(alike.setdefault(row[_NEED], row[_NEED]))
        self._standing = {key: None for key, row in self._rows.items() if not row[_MERGED]}
        self.merged: dict[str, str] = {key: row[_MERGED] for key, row in self._rows.items() if row[_MERGED]}
        """Id of a merged one -> where it went."""

    def __len__(self) -> int:
        return len(self._standing)

    def __iter__(self) -> Iterator[str]:
        return iter(self._standing)

    def __contains__(self, household_id: object) -> bool:
        return household_id in self._standing

    def __getitem__(self, household_id: str) -> Household:
        if household_id not in self._standing:
            raise KeyError(household_id)
        people = [stores.people.made(row) for row in self._people.get(household_id, ())]
        return household_of(
            stores.households.made(self._rows[household_id]),
            [person_of(one, self._needs.get(one.id, ())) for one in people],
            [stores.contacts.made(row) for row in self._contacts.get(household_id, ())],
        )

    def numbers(self) -> dict[int, str]:
        """Number -> id, also of those that were merged."""
        return {row[_NUMBER]: key for key, row in self._rows.items()}

    def ids(self) -> Iterable[str]:
        """Also of those that were merged."""
        return self._rows.keys()

    def source(self, household_id: str) -> str:
        """The kind of list that brought it; "" for one that is not there."""
        row = self._rows.get(household_id)
        return str(row[_SOURCE]) if row else ""

    def number(self, household_id: str) -> int:
        return int(self._rows[household_id][_NUMBER])

    def decision(self, household_id: str) -> Decision:
        return Decision(self._rows[household_id][_DECISION])

    def settlement(self, household_id: str) -> tuple[str | None, str]:
        """Its id and how it was typed."""
        row = self._rows[household_id]
        return row[_SETTLEMENT], row[_TEXT]

    def address(self, household_id: str) -> Address:
        return Address(*self._rows[household_id][_STREET : _STREET + 5])

    def phones(self, household_id: str) -> frozenset[str]:
        return frozenset([row[_E164] for row in self._contacts.get(household_id, ()) if row[_E164]])

    def accounts(self, household_id: str) -> tuple[Named, ...]:
        """Who its people are, as far as it takes to know them again."""
        people = sorted(self._people.get(household_id, ()), key=lambda row: row[_POSITION])
        return tuple([Named(_name(row), _birth(row)) for row in people])

    def record(self, household_id: str) -> Record:
        """As it is compared for possible duplicates, the head first; see `record_of`."""
        head = self._rows[household_id][_HEAD]
        people = sorted(self._people.get(household_id, ()), key=lambda row: (row[0] != head, row[_POSITION]))
        return Record(
            household_id,
            self._rows[household_id][_SETTLEMENT],
            self.address(household_id),
            self.phones(household_id),
            tuple([(_name(row), _birth(row)) for row in people]),
        )

    def near(self, places: Collection[str | None], phones: Collection[str], days: Collection[date]) -> Iterator[str]:
        """Households in these settlements, with one of these phones, or with somebody born on one of these days."""
        born = {day.isoformat() for day in days}
        for key in self._standing:
            if (
                self._rows[key][_SETTLEMENT] in places
                or any(row[_E164] in phones for row in self._contacts.get(key, ()))
                or any(row[_BORN] in born for row in self._people.get(key, ()))
            ):
                yield key

    def any_latin(self) -> bool:
        """See `duplicates.any_latin`."""
        people = (row for key in self._standing for row in self._people.get(key, ()))
        return any((row[_SURNAME] or row[_SURNAME + 1] or "я")[:2].isascii() for row in people)


def _name(row: Values) -> PersonName:
    return PersonName(*row[_SURNAME : _SURNAME + 3])


def _birth(row: Values) -> Birth:
    """As far as it is compared: without the words of a list."""
    on, year, age, age_on = row[_BORN : _BORN + 4]
    return Birth(on and _day(on), year, age, age_on and _day(age_on))


def _once(alike: dict[object, Any], values: Values) -> Values:
    """The same values, each text that was met before being that very one."""
    return tuple([alike.setdefault(value, value) for value in values])


def asking(rows: Iterable[R], ask: Ask) -> Iterator[R]:
    """The rows; `ask`, which may stop it all, is called again and again in between."""
    for number, row in enumerate(rows):
        if number % _OFTEN == 0:
            ask()
        yield row
