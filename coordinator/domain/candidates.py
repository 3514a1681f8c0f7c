"""Which households are worth comparing: those under one phone, one house, two parts of a name, or one birth date.

Everybody against everybody would take hours for a hromada; blocks make it seconds. Each holds the places of its
households in ascending order, so that a list compared with itself looks only at those that stand before.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz, process

from coordinator.domain.addresses import AddressKey
from coordinator.domain.likeness import TYPO, Agreement, Grade, Member, Span, compare, words_agree

CROWD = 6
"""A phone held by more known households than this is a village head's and says nothing by itself."""
_FEW = 8
"""Texts from which on one call for all of them is quicker than one each."""

_Key = tuple[str | None, ...]


class Compared(NamedTuple):
    """A household ready to compare; `spans`: of the births of its members."""

    key: str
    settlement: str | None
    address: AddressKey | None
    phones: frozenset[str]
    members: tuple[Member, ...]
    spans: tuple[Span, ...]


class Blocks:
    """The known households by phone, by house, by two parts of a name, and by birth date."""

    def __init__(self, households: Sequence[Compared]) -> None:
        self._phones: dict[str, list[int]] = defaultdict(list)
        self._houses: dict[_Key, list[int]] = defaultdict(list)
        self._names: dict[_Key, list[int]] = defaultdict(list)
        self._slips: dict[_Key, tuple[list[str], list[int]]] = {}
        self._births: dict[object, tuple[list[Member], list[int]]] = {}
        self._anywhere: dict[_Key, list[int]] | None = None
        self._households = households
        self._open = any(household.settlement is None for household in households)
        for place, household in enumerate(households):
            self._add(place, household)

    def _add(self, place: int, household: Compared) -> None:
        settlement, names, slips, births = household.settlement, self._names, self._slips, self._births
        for phone in household.phones:
            self._phones[phone].append(place)
        if household.address:
            self._houses[_house(settlement, household.address)].append(place)
        for member in household.members:
            for key in _name_keys(member, settlement, indexing=True):
                names[key].append(place)
            for key in _slip_keys(member, settlement):
                texts, places = slips.get(key) or slips.setdefault(key, ([], []))
                texts.append(member.surname.text if member.surname else "")
                places.append(place)
            if born := member.birth.on:
                members, places = births.get(born) or births.setdefault(born, ([], []))
                members.append(member)
                places.append(place)

    def crowded(self, phone: str) -> bool:
        return len(self._phones.get(phone, ())) > CROWD

    def candidates(self, household: Compared, before: int) -> list[int]:
        """Places below `before` of the known households worth comparing."""
        found: set[int] = set()
        for phone in household.phones:
            if not self.crowded(phone):
                found.update(_below(self._phones.get(phone, ()), before))
        settled = household.settlement is not None
        for settlement in (household.settlement, None) if settled and self._open else (household.settlement,):
            if household.address:
                found.update(_below(self._houses.get(_house(settlement, household.address), ()), before))
            for member in household.members:
                self._namesakes(found, member, settlement, before)
        for member in household.members:
            self._born_alike(found, member, before)
            if not settled:
                for key in _full_keys(member):
                    found.update(_below(self._of_one_name.get(key, ()), before))
        return sorted(found)

    def _namesakes(self, found: set[int], member: Member, settlement: str | None, before: int) -> None:
        names, slips = self._names, self._slips
        for key in _name_keys(member, settlement, indexing=False):
            if (places := names.get(key)) and places[0] < before:
                found.update(_below(places, before))
        if not member.surname:
            return
        for key in _slip_keys(member, settlement):
            if (bucket := slips.get(key)) and bucket[1][0] < before:
                found.update(_misspelt(member.surname.text, *bucket, before))

    @property
    def _of_one_name(self) -> dict[_Key, list[int]]:
        """The same full name in any settlement, for a household whose settlement is still open."""
        if self._anywhere is None:
            self._anywhere = defaultdict(list)
            for place, household in enumerate(self._households):
                for key in (key for other in household.members for key in _full_keys(other)):
                    self._anywhere[key].append(place)
        return self._anywhere

    def _born_alike(self, found: set[int], member: Member, before: int) -> None:
        bucket = self._births.get(member.birth.on) if member.birth.on else None
        for other, place in zip(*bucket, strict=True) if bucket else ():
            if place >= before:
                return
            if place in found or words_agree(member.given, other.given) is Agreement.DIFFERENT:
                continue
            if compare(member, other).grade >= Grade.PART:
                found.add(place)


def _below(places: Sequence[int], before: int) -> Sequence[int]:
    return places[: bisect_left(places, before)] if places and places[-1] >= before else places


def _misspelt(surname: str, texts: list[str], places: list[int], before: int) -> Iterator[int]:
    """Places of the surnames that are this one but for a slip of the pen."""
    end = bisect_left(places, before)
    if end < _FEW:
        for text, place in zip(texts[:end], places, strict=False):
            if fuzz.ratio(surname, text, score_cutoff=TYPO):
                yield place
        return
    hits = process.extract(surname, texts[:end], scorer=fuzz.ratio, score_cutoff=TYPO, limit=None)
    for _text, _score, index in hits:
        yield places[index]


def _house(settlement: str | None, address: AddressKey) -> _Key:
    return settlement, address.street, address.house


def _name_keys(member: Member, settlement: str | None, *, indexing: bool) -> list[_Key]:
    """Surname with given name or its initial; surname with patronymic, for slips in the given name."""
    surname, given, patronymic = member.surname, member.given, member.patronymic
    keys: list[_Key] = []
    if not surname or not given:
        return keys
    initial = given.initial
    for key in surname.keys:
        if initial or indexing:
            keys += [(settlement, "initial", key, letter) for letter in given.marks]
        keys += [(settlement, "given", key, other) for other in given.keys]
        if patronymic and not initial:
            keys += [(settlement, "patronymic", key, other) for other in patronymic.keys]
    return keys


def _slip_keys(member: Member, settlement: str | None) -> list[_Key]:
    """Given name with patronymic, for slips in the surname."""
    given, patronymic = member.given, member.patronymic
    if not given or not patronymic:
        return []
    return [(settlement, one, other) for one in given.keys for other in patronymic.keys]


def _full_keys(member: Member) -> Iterator[_Key]:
    if member.surname and member.given and member.patronymic:
        yield from product(member.surname.keys, member.given.keys, member.patronymic.keys)
