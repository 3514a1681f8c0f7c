"""Households that may be one: found field by field, answered by a person.

One score over a whole name fails: a true Ukrainian/Russian pair scored 48 and two different brothers 86.
So people are compared by `likeness`, and phone, address and birth date decide what a name is worth. The
answer is always "possible duplicate: ask", never a merge. Whom to compare, `candidates` knows, so that tens
of thousands of people against tens of thousands take seconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, product
from typing import NamedTuple

from coordinator.domain.addresses import AddressKey, address_key, flats_agree
from coordinator.domain.candidates import CROWD, Blocks, Compared
from coordinator.domain.household import Address
from coordinator.domain.likeness import (
    Agreement,
    Grade,
    Match,
    Member,
    Vocabulary,
    compare,
    may_be_one,
    spans_meet,
)
from coordinator.domain.people_pairs import POSSIBLE, is_certain
from coordinator.domain.person import Birth, PersonName
from coordinator.domain.person_evidence import Finding, Profile, line_of, sex_of, weighed
from coordinator.domain.records import record


@record
class Record:
    """A household as it is compared. `key` is unique over both sides; the head comes first in `people`."""

    key: str
    settlement_id: str | None
    address: Address
    phones: frozenset[str]
    people: tuple[tuple[PersonName, Birth], ...]


@record
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


_WEIGHTS = {"phone": 0.6, "address": 0.5, "head_name": 0.6, "name": 0.5, "birth": 0.5}


class _Evidence(NamedTuple):
    """What two households share. `near`: one settlement, or one of them unknown; `apart`: two addresses."""

    phone: bool
    house: bool
    apart: bool
    near: bool
    settled: bool
    match: Match | None


def find_pairs(incoming: Sequence[Record], known: Iterable[Record], *, latin: bool | None = None) -> list[Pair]:
    """Possible duplicates between two lists, or inside one (give it twice), the likeliest first.

    A record never pairs with itself, and inside one list each pair comes once, the later record as
    `incoming_key`. A shared phone is always asked about, unless more than CROWD households hold it.

    `latin`: whether a name is in Latin letters, where that is known; the known are then taken one by one, once.
    """
    if latin is None:
        known = list(known)
        latin = any_latin(incoming) or any_latin(known)
    return _found(incoming, known, latin=latin)


def pairs_again(
    found: Sequence[Pair],
    gone: Sequence[Record],
    come: Sequence[Record],
    asked: Sequence[Record],
    rest: Sequence[Record],
    *,
    latin: bool | None = None,
) -> list[Pair]:
    """What `find_pairs(asked, [*rest, *asked])` gives, where it `found` these of them as they were before.

    `gone`: as those were who changed, asked or did not; `come`: as they are now. Only these are compared anew, with
    those that they might be: the same phone, settlement or day of birth. Of all others nobody need be given where
    `changes_others` is False; `latin` then tells of names among them.
    """
    everybody = [*rest, *asked]
    if changes_others(gone, come, everybody):
        return find_pairs(asked, everybody)
    latin = any_latin(everybody) if latin is None else latin
    touched = frozenset([one.key for one in (*gone, *come)])
    phones = frozenset([phone for one in come for phone in one.phones])
    places = {one.settlement_id for one in come} | {None}
    born = {birth.on for one in come for _name, birth in one.people} - {None}

    def near(one: Record) -> bool:
        if one.settlement_id in places or not phones.isdisjoint(one.phones):
            return True
        return any(birth.on in born for _name, birth in one.people)

    known = [one for one in everybody if near(one)]
    again = _found([one for one in asked if near(one)], known, latin=latin, touching=touched)
    kept = [pair for pair in found if pair.incoming_key not in touched and pair.known_key not in touched]
    return _likeliest_first([*kept, *again])


def changes_others(gone: Sequence[Record], come: Sequence[Record], everybody: Sequence[Record]) -> bool:
    """Whether a change may decide on pairs of others: by what alphabets are about, by a phone that a crowd holds now
    or no more; or a household may be found in every settlement."""
    both = [*gone, *come]
    if any_latin(both) or any(one.settlement_id is None for one in both):
        return True
    more = Counter(phone for one in come for phone in one.phones)
    more.subtract(Counter(phone for one in gone for phone in one.phones))
    moved = {phone for phone, change in more.items() if change}
    held = Counter(phone for one in everybody if not moved.isdisjoint(one.phones) for phone in one.phones & moved)
    return any((held[phone] > CROWD) != (held[phone] - more[phone] > CROWD) for phone in moved)


def _found(
    incoming: Sequence[Record], known: Iterable[Record], *, latin: bool, touching: frozenset[str] | None = None
) -> list[Pair]:
    """`latin`: some names are in Latin letters. `touching`: only pairs with one of these keys are wanted."""
    vocabulary = Vocabulary(latin=latin)
    asking = {one.key for one in incoming}
    theirs = [_prepared(one, vocabulary) for one in known]
    apart = asking.difference([one.key for one in theirs])
    everybody = theirs + [_prepared(one, vocabulary) for one in incoming if one.key in apart]
    blocks = Blocks(everybody, len(theirs), [household.key in asking for household in everybody])
    wanted = None if touching is None else {place for place, one in enumerate(everybody) if one.key in touching}
    pairs: dict[tuple[str, str], Pair] = {}
    for place, others in chain(blocks.neighbours(), blocks.elsewhere()):
        household = everybody[place]
        if wanted is not None and place not in wanted:
            others = others & wanted
        if others:
            phones = blocks.telling(household.phones)
            met = _not_apart(household, [everybody[other] for other in others if other < len(theirs)], phones)
            found = [pair for other in met if (pair := _judged(household, other, phones)) is not None]
            pairs.update([((pair.incoming_key, pair.known_key), pair) for pair in found])
    return _likeliest_first(pairs.values())


def _likeliest_first(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, pair.incoming_key, pair.known_key))


def any_latin(records: Iterable[Record]) -> bool:
    """Whether a name is in Latin letters: then all are compared by their Latin forms too."""
    return any((name.surname or name.given or "я")[:2].isascii() for one in records for name, _ in one.people)


def _prepared(one: Record, vocabulary: Vocabulary) -> Compared:
    members = tuple(
        [vocabulary.member(name, birth, head=place == 0) for place, (name, birth) in enumerate(one.people) if name]
    )
    years = turns = 0
    vague = False
    for member in members:
        day, turn, year, slack = member.span
        # Two years of one bit only look alike here: births_agree then tells them apart.
        years |= 1 << year % 128
        turns |= 1 << turn if day else 0
        vague = vague or not year or slack > 0
    return Compared(one.key, one.settlement_id, address_key(one.address), one.phones, members, years, turns, vague)


def _not_apart(one: Compared, others: list[Compared], phones: frozenset[str]) -> list[Compared]:
    """Without those in other houses, with other phones and births: most share no more than names with somebody."""
    years, turns, address = one.years, one.turns, one.address
    if one.vague:
        return others
    return [
        other
        for other in others
        if other.vague
        or years & other.years
        or turns & other.turns
        or (address and other.address and address.house == other.address.house)
        or not phones.isdisjoint(other.phones)
    ]


def _no_birth_meets(one: Compared, other: Compared) -> bool:
    """A quick look at all members at once: `spans_meet` would be False for any two."""
    return not (one.vague or other.vague or one.years & other.years or one.turns & other.turns)


def _judged(one: Compared, other: Compared, phones: frozenset[str]) -> Pair | None:
    """`phones`: those of the first that tell something."""
    phone = not phones.isdisjoint(other.phones)
    near = one.settlement == other.settlement or one.settlement is None or other.settlement is None
    house = near and _same_house(one.address, other.address)
    # Most candidates end here: nothing in common but a name that somebody else has too.
    apart_in_time = not house and _no_birth_meets(one, other)
    if apart_in_time and not phone:
        return None
    match = None if apart_in_time else _best_match(one, other, whole_family=house)
    if not (phone or house) and (match is None or match.grade < Grade.PART):
        return None
    apart = bool(one.address and other.address and not house)
    settled = near and one.settlement is not None and other.settlement is not None
    evidence = _Evidence(phone, house, apart, near, settled, match)
    found = phone or _one_house(evidence, one, other) or _one_person(evidence)
    if not (found or _by_birth_year(evidence, one, other)):
        return None
    reasons = list(_reasons(evidence))
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - _WEIGHTS[reason]
    full = match is not None and match.grade is Grade.FULL
    certain = full and any(is_certain(findings) for findings in _findings(one, other))
    return Pair(one.key, other.key, tuple(reasons), round(1 - doubt, 3), certain)


def _same_house(one: AddressKey | None, other: AddressKey | None) -> bool:
    if one is None or other is None or one.house != other.house or one.street != other.street:
        return False
    return flats_agree(one, other)


def _best_match(one: Compared, other: Compared, *, whole_family: bool) -> Match | None:
    """The likeliest of all two members.

    Births that cannot be one person's are looked at only under one roof, where a surname in common is enough:
    `compare` would find no more than that.
    """
    best: Match | None = None
    for mine in one.members:
        for theirs in other.members:
            if (whole_family or spans_meet(mine.span, theirs.span)) and may_be_one(mine, theirs):
                match = compare(mine, theirs)
                if best is None or match > best:
                    best = match
    return best


def _one_house(evidence: _Evidence, one: Compared, other: Compared) -> bool:
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


def _by_birth_year(evidence: _Evidence, one: Compared, other: Compared) -> bool:
    """A person in both who moved inside the settlement: initials or no patronymic, but the birth year agrees."""
    if not evidence.settled or evidence.match is None or evidence.match.grade < Grade.PART:
        return False
    return any(
        any(finding.field == "birth" and finding.points > 0 for finding in findings)
        and sum(finding.points for finding in findings) >= POSSIBLE
        for findings in _findings(one, other)
    )


def _findings(one: Compared, other: Compared) -> Iterator[tuple[Finding, ...]]:
    """The evidence of every two members who can be one person."""
    for mine, theirs in product(one.members, other.members):
        if may_be_one(mine, theirs) and (findings := weighed(_profile(one, mine), _profile(other, theirs))):
            yield findings


def _profile(household: Compared, member: Member) -> Profile:
    surname, given, patronymic, birth, _head, _span = member
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
