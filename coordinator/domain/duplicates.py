"""Households that may be one: found field by field, answered by a person.

One score over a whole name fails: a true Ukrainian/Russian pair scored 48 and two different brothers 86.
So people are compared by `likeness`, and phone, address and birth date decide what a name is worth. The
answer is always "possible duplicate: ask", never a merge. Candidates come from blocks (one phone, one
house, two parts of a name in one settlement, one birth date), so that tens of thousands of people
against tens of thousands take seconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from rapidfuzz import fuzz, process

from coordinator.domain.addresses import AddressKey, address_key, flats_agree
from coordinator.domain.household import Address
from coordinator.domain.likeness import (
    TYPO,
    Agreement,
    Grade,
    Match,
    Member,
    Vocabulary,
    compare,
    may_be_one,
    words_agree,
)
from coordinator.domain.people_pairs import POSSIBLE, is_certain
from coordinator.domain.person import Birth, PersonName
from coordinator.domain.person_evidence import Finding, Profile, line_of, sex_of, weighed


@dataclass(frozen=True, slots=True)
class Record:
    """A household as it is compared. `key` is unique over both sides; the head comes first in `people`."""

    key: str
    settlement_id: str | None
    address: Address
    phones: frozenset[str]
    people: tuple[tuple[PersonName, Birth], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two households to ask about. `reasons`: "phone", "address", "head_name", "name", "birth"; score 0 to 1.

    `certain`: one person at least is in both beyond doubt (by the rule of `people_pairs`); all else is possible.
    Relatives share phone, address, surname and more, so no number of such reasons makes a pair certain.
    """

    incoming_key: str
    known_key: str
    reasons: tuple[str, ...]
    score: float
    certain: bool = False


CROWD = 6
"""A phone held by more known households than this is a village head's and says nothing by itself."""

_WEIGHTS = {"phone": 0.6, "address": 0.5, "head_name": 0.6, "name": 0.5, "birth": 0.5}


class _Household(NamedTuple):
    key: str
    settlement: str | None
    address: AddressKey | None
    phones: frozenset[str]
    members: tuple[Member, ...]


class _Evidence(NamedTuple):
    """What two households share. `near`: one settlement, or one of them unknown; `apart`: two addresses."""

    phone: bool
    house: bool
    apart: bool
    near: bool
    settled: bool
    match: Match | None


def find_pairs(incoming: Sequence[Record], known: Sequence[Record]) -> list[Pair]:
    """Possible duplicates between two lists, or inside one (give it twice), the likeliest first.

    A record never pairs with itself, and inside one list each pair comes once, the later record as
    `incoming_key`. A shared phone is always asked about, unless more than CROWD households hold it.
    """
    vocabulary = Vocabulary(latin=_any_latin(incoming) or _any_latin(known))
    theirs = [_prepared(record, vocabulary) for record in known]
    position = {household.key: place for place, household in enumerate(theirs)}
    blocks = _Blocks(theirs)
    pairs = []
    for record in incoming:
        own = position.get(record.key)
        household = theirs[own] if own is not None else _prepared(record, vocabulary)
        places = blocks.candidates(household)
        for place in places if own is None else (place for place in places if place < own):
            if pair := _judged(household, theirs[place], blocks.crowded):
                pairs.append(pair)
    return sorted(pairs, key=lambda pair: (-pair.score, pair.incoming_key, pair.known_key))


def _any_latin(records: Iterable[Record]) -> bool:
    return any((name.surname or name.given or "я")[:2].isascii() for record in records for name, _ in record.people)


def _prepared(record: Record, vocabulary: Vocabulary) -> _Household:
    members = tuple(
        vocabulary.member(name, birth, head=place == 0) for place, (name, birth) in enumerate(record.people) if name
    )
    return _Household(record.key, record.settlement_id, address_key(record.address), record.phones, members)


class _Blocks:
    """The known households by phone, by house, by two parts of a name, and by birth date."""

    def __init__(self, households: Sequence[_Household]) -> None:
        self._phones: dict[str, list[int]] = defaultdict(list)
        self._houses: dict[tuple[str | None, str, str], list[int]] = defaultdict(list)
        self._names: dict[tuple[str | None, ...], list[int]] = defaultdict(list)
        self._slips: dict[tuple[str | None, ...], tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
        self._births: dict[object, list[tuple[Member, int]]] = defaultdict(list)
        self._anywhere: dict[tuple[str, ...], list[int]] | None = None
        self._households = households
        for place, household in enumerate(households):
            self._add(place, household)

    def _add(self, place: int, household: _Household) -> None:
        for phone in household.phones:
            self._phones[phone].append(place)
        if household.address:
            self._houses[_house(household.settlement, household.address)].append(place)
        for member in household.members:
            for key in _name_keys(member, household.settlement, indexing=True):
                self._names[key].append(place)
            for key in _slip_keys(member, household.settlement):
                texts, places = self._slips[key]
                texts.append(member.surname.text if member.surname else "")
                places.append(place)
            if member.birth.on:
                self._births[member.birth.on].append((member, place))

    def crowded(self, phone: str) -> bool:
        return len(self._phones.get(phone, ())) > CROWD

    def candidates(self, household: _Household) -> list[int]:
        """Places of the known households worth comparing."""
        found: set[int] = set()
        for phone in household.phones:
            if not self.crowded(phone):
                found.update(self._phones.get(phone, ()))
        for settlement in {household.settlement, None}:
            if household.address:
                found.update(self._houses.get(_house(settlement, household.address), ()))
            for member in household.members:
                found.update(self._namesakes(member, settlement))
        for member in household.members:
            found.update(self._born_alike(member))
            if household.settlement is None:
                found.update(self._of_one_name(member))
        return sorted(found)

    def _namesakes(self, member: Member, settlement: str | None) -> Iterator[int]:
        for key in _name_keys(member, settlement, indexing=False):
            yield from self._names.get(key, ())
        for key in _slip_keys(member, settlement):
            bucket = self._slips.get(key)
            if bucket and member.surname:
                texts, places = bucket
                hits = process.extract(member.surname.text, texts, scorer=fuzz.ratio, score_cutoff=TYPO, limit=None)
                yield from (places[index] for _, _, index in hits)

    def _of_one_name(self, member: Member) -> Iterator[int]:
        """The same full name in any settlement, for a household whose settlement is still open."""
        if self._anywhere is None:
            self._anywhere = defaultdict(list)
            for place, household in enumerate(self._households):
                for key in (key for other in household.members for key in _full_keys(other)):
                    self._anywhere[key].append(place)
        for key in _full_keys(member):
            yield from self._anywhere.get(key, ())

    def _born_alike(self, member: Member) -> Iterator[int]:
        for other, place in self._births.get(member.birth.on, ()) if member.birth.on else ():
            if words_agree(member.given, other.given) is Agreement.DIFFERENT:
                continue
            if compare(member, other).grade >= Grade.PART:
                yield place


def _house(settlement: str | None, address: AddressKey) -> tuple[str | None, str, str]:
    return settlement, address.street, address.house


def _name_keys(member: Member, settlement: str | None, *, indexing: bool) -> Iterator[tuple[str | None, ...]]:
    """Surname with given name or its initial; surname with patronymic, for slips in the given name."""
    surname, given, patronymic = member.surname, member.given, member.patronymic
    if not surname or not given:
        return
    for key in surname.keys:
        if given.initial or indexing:
            yield from ((settlement, "initial", key, letter) for letter in given.marks)
        yield from ((settlement, "given", key, other) for other in given.keys)
        if patronymic and not given.initial:
            yield from ((settlement, "patronymic", key, other) for other in patronymic.keys)


def _slip_keys(member: Member, settlement: str | None) -> Iterator[tuple[str | None, ...]]:
    """Given name with patronymic, for slips in the surname."""
    given, patronymic = member.given, member.patronymic
    if given and patronymic:
        yield from product((settlement,), given.keys, patronymic.keys)


def _full_keys(member: Member) -> Iterator[tuple[str, ...]]:
    if member.surname and member.given and member.patronymic:
        yield from product(member.surname.keys, member.given.keys, member.patronymic.keys)


def _judged(one: _Household, other: _Household, crowded: Callable[[str], bool]) -> Pair | None:
    evidence = _evidence(one, other, crowded)
    found = evidence.phone or _one_house(evidence, one, other) or _one_person(evidence)
    if not (found or _by_birth_year(evidence, one, other)):
        return None
    reasons = list(_reasons(evidence))
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - _WEIGHTS[reason]
    full = evidence.match is not None and evidence.match.grade is Grade.FULL
    certain = full and any(is_certain(findings) for findings in _findings(one, other))
    return Pair(one.key, other.key, tuple(reasons), round(1 - doubt, 3), certain)


def _evidence(one: _Household, other: _Household, crowded: Callable[[str], bool]) -> _Evidence:
    near = one.settlement == other.settlement or None in (one.settlement, other.settlement)
    a, b = one.address, other.address
    house = bool(near and a and b and (a.street, a.house) == (b.street, b.house) and flats_agree(a, b))
    pairs = product(one.members, other.members)
    matches = [compare(mine, theirs) for mine, theirs in pairs if may_be_one(mine, theirs)]
    return _Evidence(
        phone=any(not crowded(phone) for phone in one.phones & other.phones),
        house=house,
        apart=bool(a and b and not house),
        near=near,
        settled=near and one.settlement is not None and other.settlement is not None,
        match=max(matches, key=lambda match: (match.grade, match.birth, match.heads), default=None),
    )


def _one_house(evidence: _Evidence, one: _Household, other: _Household) -> bool:
    """One house and one family, or one house where a side names nobody."""
    if not evidence.house:
        return False
    if not one.members or not other.members:
        return evidence.settled
    return evidence.match is not None and evidence.match.grade > Grade.NONE


def _one_person(evidence: _Evidence) -> bool:
    """A person in both, without a common phone or house."""
    match = evidence.match
    if match is None or match.grade < Grade.PART:
        return False
    if match.birth is Agreement.SAME:
        return match.grade is Grade.FULL or evidence.near
    if match.grade is Grade.FULL:
        return evidence.settled or (evidence.near and not evidence.apart)
    return evidence.settled and not evidence.apart and match.grade is Grade.PART


def _by_birth_year(evidence: _Evidence, one: _Household, other: _Household) -> bool:
    """A person in both who moved inside the settlement: initials or no patronymic, but the birth year agrees."""
    if not evidence.settled or evidence.match is None or evidence.match.grade < Grade.PART:
        return False
    return any(
        any(finding.field == "birth" and finding.points > 0 for finding in findings)
        and sum(finding.points for finding in findings) >= POSSIBLE
        for findings in _findings(one, other)
    )


def _findings(one: _Household, other: _Household) -> Iterator[tuple[Finding, ...]]:
    """The evidence of every two members who can be one person."""
    for mine, theirs in product(one.members, other.members):
        if may_be_one(mine, theirs) and (findings := weighed(_profile(one, mine), _profile(other, theirs))):
            yield findings


def _profile(household: _Household, member: Member) -> Profile:
    surname, given, patronymic, birth, _ = member
    return Profile(
        surname, given, patronymic, birth, household.phones, household.settlement, household.address,
        sex_of(given, patronymic), line_of(surname),
    )  # fmt: skip


def _reasons(evidence: _Evidence) -> Iterator[str]:
    if evidence.phone:
        yield "phone"
    if evidence.house:
        yield "address"
    if evidence.match and evidence.match.grade >= Grade.GIVEN:
        yield "head_name" if evidence.match.heads else "name"
        if evidence.match.birth is Agreement.SAME:
            yield "birth"
