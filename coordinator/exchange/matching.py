"""Which household of the register a household of a list is, where an earlier list of the same kind brought it.

Recognised are: the same house and a member in common; the same phone and a name in common; without any
address the same settlement and a full name; for requests also the same phone from the same house. Everything
weaker is a question for a person (domain.duplicates), never an answer: a village head's phone stands beside
half of a list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, Protocol

from coordinator.domain.addresses import AddressKey, address_key, flats_agree
from coordinator.domain.household import Address, Contact
from coordinator.domain.joining import Account, folded, likeness
from coordinator.domain.records import record
from coordinator.exchange.incoming import IncomingHousehold, ListKind
from coordinator.exchange.statements import bare, word_of

_CROWD = 40
"""More households than this behind one phone: only those with a word of a name in common are looked at."""
_ADDRESS, _PHONE, _FLAT, _SAME_SIZE = 100, 60, 5, 2


class House(NamedTuple):
    """A settlement ("text:…" where it is not resolved) and an address in it."""

    place: str
    address: AddressKey


@record
class Face:
    """One household as lists of this kind know it: what the register holds and what the last list said.

    `household_id` is the record that a list brought; `root` the household it stands for since it was merged.
    `places`: settlement keys; `word`: of the last statement (see `statements.Outline`), None without one.
    """

    household_id: str
    root: str
    places: frozenset[str]
    houses: tuple[House, ...]
    phones: frozenset[str]
    word: int | None = None


class Witness(Protocol):
    """Tells of a face what takes long to tell of all."""

    def accounts(self, face: Face) -> _People:
        """Its people by each source that names some."""

    def said(self, face: Face) -> IncomingHousehold | None:
        """The last statement."""


class Recognition(NamedTuple):
    """Index of an incoming household -> the face it is, and those that repeat the last statement word for word.

    `left`: the faces that nobody repeats; `scores`: index -> how surely it is which of them, by their places.
    """

    faces: dict[int, Face]
    repeated: frozenset[int]
    left: Sequence[Face]
    scores: dict[int, list[tuple[int, int]]]


_People = tuple[tuple[Account, ...], ...]
"""The people of a household by each source."""


class _Common(NamedTuple):
    """Points of the names in common; `sure`: with a surname on both sides; `full`: and a given name."""

    points: int
    sure: bool
    full: bool


def house_of(place: str, address: Address) -> tuple[House, ...]:
    key = address_key(address)
    return (House(place, key),) if key else ()


def phones_of(contacts: Iterable[Contact]) -> frozenset[str]:
    return frozenset(contact.e164 for contact in contacts if contact.e164)


class Recogniser:
    """Recognises households of a list by the faces of a register."""

    def __init__(self, faces: Sequence[Face], witness: Witness, kind: ListKind) -> None:
        self._faces, self._witness, self._kind = faces, witness, kind
        self._words = {face.word for face in faces}

    def all(
        self,
        incoming: Sequence[IncomingHousehold],
        places: Sequence[str],
        tick: Callable[[float], None] = lambda _part: None,
    ) -> Recognition:
        """Who is whom; each face is given once, the surest first.

        `places` has the settlement key of each incoming household; `tick` hears the part done, 0 to 1.
        """
        found = _repeated(incoming, self._faces, self._witness) if self._faces else {}
        given = {id(face) for face in found.values()}
        left = [face for face in self._faces if id(face) not in given]
        index = _Index(_Accounts(left, self._witness), range(len(left)))
        scores = {}
        for number, (household, place) in enumerate(zip(incoming, places, strict=True)):
            if number not in found and (scored := self._scored(index, household, place)):
                scores[number] = scored
            if number % 500 == 0:
                tick(number / len(incoming))
        return _recognition(left, found, scores)

    def again(self, last: Recognition, changed: Mapping[int, tuple[IncomingHousehold, str]]) -> Recognition | None:
        """`last` with other households, with their places, at some indices; None where `all` are to be recognised."""
        words = {word_of(household) for household, _place in changed.values()}
        if not last.repeated.isdisjoint(changed) or not words.isdisjoint(self._words):
            return None
        phones = {phone for household, _place in changed.values() for phone in phones_of(household.contacts)}
        places = {place for _household, place in changed.values()}
        near = [
            number
            for number, face in enumerate(last.left)
            if not phones.isdisjoint(face.phones) or not places.isdisjoint(face.places)
        ]
        index, scores = _Index(_Accounts(last.left, self._witness), near), dict(last.scores)
        for number, (household, place) in changed.items():
            scores[number] = self._scored(index, household, place)
        return _recognition(last.left, {number: last.faces[number] for number in last.repeated}, scores)

    def _scored(self, index: _Index, household: IncomingHousehold, place: str) -> list[tuple[int, int]]:
        houses, accounts = house_of(place, household.address), index.accounts
        scored = []
        for face in index.candidates(household, place, houses):
            if score := _score(household, houses, accounts.faces[face], accounts[face], self._kind):
                scored.append((score, face))
        return scored


def _recognition(left: Sequence[Face], found: dict[int, Face], scores: dict[int, list[tuple[int, int]]]) -> Recognition:
    """`found`: who repeats the last list word for word."""
    repeated = frozenset(found)
    ranked = sorted([(-score, number, face) for number, of_one in scores.items() for score, face in of_one])
    taken: set[int] = set()
    for _minus, number, face in ranked:
        if number not in found and face not in taken:
            found[number] = left[face]
            taken.add(face)
    return Recognition(found, repeated, left, scores)


def _repeated(incoming: Sequence[IncomingHousehold], faces: Sequence[Face], witness: Witness) -> dict[int, Face]:
    """Those of whom the list says word for word what it said last time, in order."""
    alike: dict[int, list[Face]] = defaultdict(list)
    for face in faces:
        if face.word is not None:
            alike[face.word].append(face)
    found = {}
    for number, household in enumerate(incoming):
        if not (left := alike.get(word_of(household))):
            continue
        said = bare(household)
        for place, face in enumerate(left):
            told = witness.said(face)
            if told is not None and bare(told) == said:
                found[number] = left.pop(place)
                break
    return found


class _Accounts(dict[int, _People]):
    """The people of faces, by their places; asked for once."""

    def __init__(self, faces: Sequence[Face], witness: Witness) -> None:
        super().__init__()
        self.faces, self._witness = faces, witness

    def __missing__(self, place: int) -> _People:
        accounts = self[place] = self._witness.accounts(self.faces[place])
        return accounts


class _Index:
    """Faces by phone, by house, and those without a house by surname."""

    def __init__(self, accounts: _Accounts, places: Iterable[int]) -> None:
        """`places`: of the faces that may be found."""
        self.accounts = accounts
        self._phones: dict[str, list[int]] = defaultdict(list)
        self._houses: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._homeless: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number in places:
            face = accounts.faces[number]
            for phone in face.phones:
                self._phones[phone].append(number)
            for house in set(face.houses):
                self._houses[house.place, house.address.street, house.address.house].append(number)
            if not face.houses:
                names = set().union(*map(_names, accounts[number]))
                for key in product(face.places, names):
                    self._homeless[key].append(number)

    def candidates(self, household: IncomingHousehold, place: str, houses: Iterable[House]) -> list[int]:
        found: set[int] = set()
        for house in houses:
            found.update(self._houses.get((house.place, house.address.street, house.address.house), ()))
        if not houses:
            for name in _names(household.people):
                found.update(self._homeless.get((place, name), ()))
        for phone in phones_of(household.contacts):
            found.update(self._behind(phone, household))
        return sorted(found)

    def _behind(self, phone: str, household: IncomingHousehold) -> Iterator[int]:
        behind = self._phones.get(phone, ())
        if len(behind) <= _CROWD:
            yield from behind
            return
        words = _names(household.people)
        yield from (face for face in behind if any(words & _names(people) for people in self.accounts[face]))


def _names(people: Iterable[Account]) -> set[str]:
    return {folded(part) for person in people for part in (person.name.surname, person.name.given) if part}


def _score(
    household: IncomingHousehold, houses: tuple[House, ...], face: Face, accounts: _People, kind: ListKind
) -> int:
    """How surely the household is this one; 0: not recognised."""
    same = [(new, old) for new in houses for old in face.houses if _same_house(new, old)]
    shared = not face.phones.isdisjoint(phones_of(household.contacts))
    common = _in_common(household.people, accounts)
    if same:
        recognised = bool(common.points) or _nameless_match(household, face, accounts, kind, shared)
    elif houses and face.houses:
        recognised = shared and common.sure
    else:
        neither = not houses and not face.houses
        recognised = bool(shared and common.points) or (neither and common.full)
    if not recognised:
        return 0
    exact = any(new.address.flat == old.address.flat for new, old in same)
    size = any(len(people) == len(household.people) for people in accounts)
    return common.points + _ADDRESS * bool(same) + _PHONE * shared + _FLAT * exact + _SAME_SIZE * size


def _nameless_match(household: IncomingHousehold, face: Face, accounts: _People, kind: ListKind, shared: bool) -> bool:
    """The same house and no name in common: the phone decides for requests and where no names are given."""
    if shared and kind is ListKind.REQUESTS:
        return True
    nameless = not _names(household.people) or not any(_names(people) for people in accounts)
    return nameless and (shared or not face.phones or not phones_of(household.contacts))


def _same_house(new: House, old: House) -> bool:
    same = (new.place, new.address.street, new.address.house) == (old.place, old.address.street, old.address.house)
    return same and flats_agree(new.address, old.address)


def _in_common(people: Sequence[Account], accounts: _People) -> _Common:
    """The names in common with the source that has most of them."""
    best = _Common(0, False, False)
    for known in accounts:
        points, sure, full = 0, False, False
        for new in people:
            matches = [(likeness(new, old), old) for old in known] if new.name else []
            match, old = max(matches, key=lambda entry: entry[0], default=(0, None))
            if match and old is not None:
                points += match
                surnames = bool(new.name.surname and old.name.surname)
                sure = sure or surnames
                full = full or (surnames and bool(new.name.given and old.name.given))
        best = max(best, _Common(points, sure, full))
    return best
