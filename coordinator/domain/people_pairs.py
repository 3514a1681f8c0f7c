"""People who may be one, found person against person.

What is **possible** has at least POSSIBLE points of evidence (`person_evidence`); what is **certain** has no guess
in it: every part of both names written out and the same in some spelling, the same full birth date, and a phone,
an address or the settlement in common. Both are put to a person, none is merged by itself: "certain" only says
that a quick yes is in order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from coordinator.domain.addresses import address_key
from coordinator.domain.household import Address
from coordinator.domain.likeness import Vocabulary, Word
from coordinator.domain.person import Birth, PersonName
from coordinator.domain.person_evidence import Degree, Finding, Profile, line_of, sex_of, weighed

POSSIBLE = 16.0
"""Points from which a pair is proposed. 60,000 people are about 2 to the 16th, so a pair with 16 points of evidence
is as likely one person as chance: somebody should look. Surname, given name and settlement alone stay below it,
a patronymic or the birth year more lifts them over it."""

CROWD = 12
"""A phone that more known people than this give is a village head's and says nothing."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """A person as one list tells of them. `key` is unique over both sides; `phones` in E.164."""

    key: str
    name: PersonName
    birth: Birth = Birth()
    phones: frozenset[str] = frozenset()
    settlement_id: str | None = None
    address: Address = Address()


@dataclass(frozen=True, slots=True)
class PersonPair:
    """Two people to ask about. `findings`: the evidence of every field; `score`: its points together."""

    incoming_key: str
    known_key: str
    findings: tuple[Finding, ...]
    score: float
    certain: bool


def find_people_pairs(incoming: Sequence[PersonRecord], known: Sequence[PersonRecord]) -> list[PersonPair]:
    """Possible duplicates between two lists, or inside one (give it twice), the likeliest first.

    A record never pairs with itself, and inside one list each pair comes once, the later record as
    `incoming_key`. Unnamed people are never proposed.
    """
    profiler = Profiler(latin=_any_latin(incoming) or _any_latin(known), crowd=_crowd(known))
    theirs = [profiler.profile(record) for record in known]
    position = {record.key: place for place, record in enumerate(known)}
    blocks = _Blocks(theirs)
    pairs = []
    for record in incoming:
        own = position.get(record.key)
        profile = theirs[own] if own is not None else profiler.profile(record)
        for place in blocks.candidates(profile):
            if own is None or place < own:
                pair = judged(record.key, profile, known[place].key, theirs[place])
                if pair:
                    pairs.append(pair)
    return sorted(pairs, key=lambda pair: (-pair.score, pair.incoming_key, pair.known_key))


def judged(key: str, one: Profile, other_key: str, other: Profile) -> PersonPair | None:
    """The pair where its evidence reaches POSSIBLE."""
    findings = weighed(one, other)
    if findings is None:
        return None
    score = sum(finding.points for finding in findings)
    return PersonPair(key, other_key, findings, score, is_certain(findings)) if score >= POSSIBLE else None


def is_certain(findings: Iterable[Finding]) -> bool:
    """By the rule of the module docstring."""
    degrees = {finding.field: finding.degree for finding in findings}
    whole = all(degrees[field] is Degree.SAME for field in ("surname", "given", "patronymic", "birth"))
    return whole and any(degrees[field] is Degree.SAME for field in ("phone", "address", "settlement"))


class Profiler:
    """Makes records ready to compare. `crowd`: phones that say nothing."""

    def __init__(self, *, latin: bool, crowd: frozenset[str] = frozenset()) -> None:
        self._vocabulary = Vocabulary(latin=latin)
        self._crowd = crowd

    def profile(self, record: PersonRecord) -> Profile:
        member = self._vocabulary.member(record.name, record.birth, head=False)
        return Profile(
            member.surname, member.given, member.patronymic, record.birth, record.phones - self._crowd,
            record.settlement_id, address_key(record.address),
            sex_of(member.given, member.patronymic), line_of(member.surname),
        )  # fmt: skip


def _any_latin(records: Iterable[PersonRecord]) -> bool:
    return any((record.name.surname or record.name.given or "я")[:2].isascii() for record in records)


def _crowd(records: Iterable[PersonRecord]) -> frozenset[str]:
    held = Counter(phone for record in records for phone in record.phones)
    return frozenset(phone for phone, count in held.items() if count > CROWD)


class _Blocks:
    """The known people under every key that two accounts of one person share in spite of two damaged fields."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        self._profiles = profiles
        self._near = _index(_near(profile, profile.settlement) for profile in profiles)
        self._anywhere = _index(_anywhere(profile) for profile in profiles)
        self._unsettled: _Index | None = None

    def candidates(self, profile: Profile) -> list[int]:
        """Places of the known people worth comparing."""
        found: set[int] = set()
        for key in _anywhere(profile):
            found.update(self._anywhere.get(key, ()))
        if profile.settlement is None:
            for key in _near(profile, None):
                found.update(self._by_no_settlement.get(key, ()))
        else:
            for key in (*_near(profile, profile.settlement), *_near(profile, None)):
                found.update(self._near.get(key, ()))
        return sorted(found)

    @property
    def _by_no_settlement(self) -> _Index:
        """Everybody as if in one settlement: made when somebody asks whose own is not known."""
        if self._unsettled is None:
            self._unsettled = _index(_near(profile, None) for profile in self._profiles)
        return self._unsettled


_Key = tuple[object, ...]
_Index = dict[_Key, list[int]]


def _index(keys_of_all: Iterable[Iterable[_Key]]) -> _Index:
    places: _Index = defaultdict(list)
    for place, keys in enumerate(keys_of_all):
        for key in keys:
            places[key].append(place)
    return places


def _near(profile: Profile, settlement: str | None) -> list[_Key]:
    """Inside one settlement: the house, or two parts of what is known of a person."""
    keys: list[_Key] = []
    marks, years = _marks(profile)
    if profile.address:
        keys += [(settlement, profile.address.street, profile.address.house, mark) for mark in (*marks, *years)]
    keys += [(settlement, surname, mark) for surname in _keys(profile.surname) for mark in (*marks, *years)]
    others = (*_keys(profile.patronymic), *years)
    keys += [(settlement, given, other) for given in _keys(profile.given) for other in others]
    return keys


def _anywhere(profile: Profile) -> list[_Key]:
    """In any settlement: a phone, a day of birth, the whole name."""
    marks, years = _marks(profile)
    keys: list[_Key] = [(phone, mark) for phone in profile.phones for mark in (*marks, *years)]
    if profile.birth.on:
        keys += [(profile.birth.on, mark) for mark in (*marks, *_keys(profile.surname))]
    keys += product("=", *map(_keys, (profile.surname, profile.given, profile.patronymic)))
    return keys


def _marks(profile: Profile) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """First letters of the given name, and the birth year."""
    year = profile.birth.on.year if profile.birth.on else profile.birth.year
    return profile.given.marks if profile.given else (), (year,) if year else ()


def _keys(word: Word | None) -> tuple[str, ...]:
    return word.keys if word else ()
