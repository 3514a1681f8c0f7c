"""Which households are worth comparing: those under one phone, one house, two parts of a name, or one birth date.

Everybody against everybody would take hours for a hromada; blocks make it seconds. Households are met one after
another, and each finds those that were met before it: so a key is made once, both to look it up and to be found by.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from coordinator.domain.addresses import AddressKey
from coordinator.domain.likeness import TYPO, Agreement, Grade, Member, Word, compare, words_agree

CROWD = 6
"""A phone held by more known households than this is a village head's and says nothing by itself."""
_FEW = 8
"""Texts from which on one call for all of them is quicker than one each."""

Key = TypeVar("Key", bound=Hashable)


class Compared(NamedTuple):
    """A household ready to compare.

    `years` and `turns` of all births, a bit each; `vague`: some birth is no more than an age, or unknown.
    """

    key: str
    settlement: str | None
    address: AddressKey | None
    phones: frozenset[str]
    members: tuple[Member, ...]
    years: int
    turns: int
    vague: bool


_Places = dict[tuple[str, str], list[int]]
"""Two parts of a name, or street and house -> the places of those who have them."""


@dataclass(slots=True)
class _Settlement:
    """The households of one settlement that were met. `short`: members with initials, by surname and letter;
    `long`: those and all others; `slips`: by given name and patronymic, with their surnames."""

    houses: _Places = field(default_factory=dict)
    given: _Places = field(default_factory=dict)
    patronymic: _Places = field(default_factory=dict)
    short: _Places = field(default_factory=dict)
    long: _Places = field(default_factory=dict)
    slips: dict[tuple[str, str], tuple[list[str], list[int]]] = field(default_factory=dict)


Met = Iterator[tuple[int, set[int]]]
"""Places of those who ask, each with the places of those met before it that are worth comparing with it."""


class Blocks:
    """Households by phone, by house, by two parts of a name, and by birth date; a place is one in `everybody`.

    Only the first `known` of them may be found, and only those of whom `asks` is true look for others.
    """

    def __init__(self, everybody: Sequence[Compared], known: int, asks: Sequence[bool]) -> None:
        self._everybody, self._asks = everybody, asks
        asking = [household for household, one in zip(everybody, asks, strict=True) if one]
        theirs = everybody[:known]
        held = Counter(phone for household in theirs for phone in household.phones)
        self._crowded = {phone for phone, count in held.items() if count > CROWD}
        self._open = any(household.settlement is None for household in theirs)
        self._unsettled = any(household.settlement is None for household in asking)
        self._initials = any(
            member.given is not None and member.given.initial for one in asking for member in one.members
        )
        self._phones: dict[str, list[int]] = {}
        self._births: dict[date, list[tuple[Member, int]]] = {}
        self._anywhere: dict[tuple[str, str, str], list[int]] = {}

    def telling(self, phones: frozenset[str]) -> frozenset[str]:
        """Without those of a crowd."""
        return phones if self._crowded.isdisjoint(phones) else phones - self._crowded

    def neighbours(self) -> Met:
        """Found in one settlement, or where one of two is not known; the names of one after another are held."""
        places: dict[str | None, list[int]] = {}
        for place, household in enumerate(self._everybody):
            places.setdefault(household.settlement, []).append(place)
        nowhere = _Settlement()
        yield from self._of_settlement(nowhere, places.pop(None, []))
        for of_one in places.values():
            for place, found in self._of_settlement(_Settlement(), of_one):
                if self._open:
                    others: set[int] = set()
                    self._as_neighbour(-1, self._everybody[place], nowhere, others, True)
                    found.update([other for other in others if other < place])
                yield place, found

    def _of_settlement(self, settlement: _Settlement, places: Sequence[int]) -> Met:
        for place in places:
            found: set[int] = set()
            self._as_neighbour(place, self._everybody[place], settlement, found, self._asks[place])
            if self._asks[place]:
                found.discard(place)
                yield place, found

    def elsewhere(self) -> Met:
        """Found by a phone or a birth date, wherever they are; by the whole name where a settlement is not known."""
        for place, household in enumerate(self._everybody):
            asks, found = self._asks[place], set[int]()
            for phone in self.telling(household.phones):
                _join(self._phones, phone, place, found)
            for member in household.members:
                self._born_alike(place, member, found, asks)
                if self._unsettled:
                    for key in _full_keys(member):
                        _join(self._anywhere, key, place, set() if household.settlement is not None else found)
            if asks and found:
                found.discard(place)
                yield place, found

    def _as_neighbour(
        self, place: int, household: Compared, settlement: _Settlement, found: set[int], asks: bool
    ) -> None:
        """`place` -1: the household only looks around in this settlement."""
        if household.address:
            _join(settlement.houses, (household.address.street, household.address.house), place, found)
        for member in household.members:
            if member.surname and member.given:
                self._as_namesake(place, member.surname, member.given, member.patronymic, settlement, found)
            for key in _slip_keys(member):
                bucket = settlement.slips.get(key)
                if bucket and asks and member.surname:
                    found.update(_misspelt(member.surname.text, *bucket))
                if place >= 0:
                    texts, places = bucket or settlement.slips.setdefault(key, ([], []))
                    texts.append(member.surname.text if member.surname else "")
                    places.append(place)

    def _as_namesake(
        self, place: int, surname: Word, given: Word, patronymic: Word | None, settlement: _Settlement, found: set[int]
    ) -> None:
        """Surname with given name or its initial; surname with patronymic, for slips in the given name."""
        short, long = settlement.short, settlement.long
        for key in surname.keys:
            for name in given.keys:
                _join(settlement.given, (key, name), place, found)
            if patronymic and not given.initial:
                for name in patronymic.keys:
                    _join(settlement.patronymic, (key, name), place, found)
            for letter in given.marks if short or given.initial or self._initials else ():
                if given.initial:
                    found.update(long.get((key, letter), ()))
                    _join(short, (key, letter), place, found)
                else:
                    found.update(short.get((key, letter), ()))
                if self._initials and place >= 0:
                    long.setdefault((key, letter), []).append(place)

    def _born_alike(self, place: int, member: Member, found: set[int], asks: bool) -> None:
        born = member.birth.on
        if born is None:
            return
        before = self._births.get(born)
        if before is None:
            self._births[born] = [(member, place)]
            return
        for other, at in before if asks else ():
            alike = at not in found and words_agree(member.given, other.given) is not Agreement.DIFFERENT
            if alike and compare(member, other).grade >= Grade.PART:
                found.add(at)
        before.append((member, place))


def _join(index: dict[Key, list[int]], key: Key, place: int, found: set[int]) -> None:
    """Find those of one key, and be found by it from now on; with the place -1 only find."""
    places = index.get(key)
    if places is not None:
        found.update(places)
        if place >= 0:
            places.append(place)
    elif place >= 0:
        index[key] = [place]


def _misspelt(surname: str, texts: Sequence[str], places: Sequence[int]) -> Iterator[int]:
    """Places of the surnames that are this one but for a slip of the pen."""
    if len(texts) < _FEW:
        for text, place in zip(texts, places, strict=True):
            if fuzz.ratio(surname, text, score_cutoff=TYPO):
                yield place
        return
    for _text, _score, index in process.extract(surname, texts, scorer=fuzz.ratio, score_cutoff=TYPO, limit=None):
        yield places[index]


def _slip_keys(member: Member) -> list[tuple[str, str]]:
    """Given name with patronymic, for slips in the surname."""
    given, patronymic = member.given, member.patronymic
    if not given or not patronymic:
        return []
    return [(one, other) for one in given.keys for other in patronymic.keys]


def _full_keys(member: Member) -> Iterator[tuple[str, str, str]]:
    if member.surname and member.given and member.patronymic:
        yield from product(member.surname.keys, member.given.keys, member.patronymic.keys)
