"""Two accounts of the same people made one: who is who, and which of two values says more.

Used where a newer list meets the register, and where a possible duplicate turns out to be one family.
The rule of both: nothing known is lost. A blank never wipes a value, a year never replaces a full date,
initials never a full name; a more precise value completes a vaguer one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz

from coordinator.domain.household import Contact
from coordinator.domain.memory import remembered
from coordinator.domain.names import clean, fold
from coordinator.domain.person import Age, AgeGroup, Birth, PersonName, age_on
from coordinator.domain.spellings import Pool, name_forms

_EQUAL, _SPELLED, _INITIAL, _NEAR = 4, 3, 2, 1
_NEAR_FROM = 84.0
_SAME_DAY, _SAME_YEAR, _OTHER_BIRTH = 4, 2, -6
GENERATION = 15
"""Years between two of one full name from which on they are father and son, and no mistyped year."""


class Account(Protocol):
    """What one source says of one person."""

    @property
    def name(self) -> PersonName: ...

    @property
    def birth(self) -> Birth: ...


class Named(NamedTuple):
    """An account of a person, and no more."""

    name: PersonName
    birth: Birth


folded = remembered(fold, 100_000)
_forms = remembered(name_forms, 50_000)


def likeness(one: Account, other: Account) -> int:
    """How surely two named accounts are of one person; 0: not the same, or no way to tell.

    Surname, given name and patronymic are compared apart (in any spelling, or as initials); none may
    disagree. A mistyped given name needs an equal birth date: twins are called Олександр and Олександра.
    A birth year that disagrees is borne only by equal full names (a mistyped year), and not where a generation lies
    between them, unless day and month are the same.
    """
    # Most who are compared are neighbours: their surnames differ, and nothing else needs a look.
    mine, theirs = one.name, other.name
    if (surname := _part(mine.surname, theirs.surname, "last")) is None:
        return 0
    if (given := _part(mine.given, theirs.given, "first")) is None:
        return 0
    if (patronymic := _part(mine.patronymic, theirs.patronymic, "patronymic")) is None:
        return 0
    parts = surname + given + patronymic
    birth = _births(one.birth, other.birth)
    if (given == _NEAR and birth < _SAME_DAY) or (birth < 0 and parts < 3 * _EQUAL):
        return 0
    if birth <= 0 and _generation_apart(one.birth, other.birth):
        return 0
    if not given and (birth <= 0 or not surname):
        only_surnames = not (one.name.given or other.name.given) and surname
        return parts if only_surnames and birth >= 0 else 0
    return max(0, parts + birth)


def _points(one: str, other: str, pool: Pool) -> int | None:
    """Points for one part of a name: 0 where a side is blank, None where they disagree."""
    if not one or not other:
        return 0
    a, b = folded(one), folded(other)
    if a == b:
        return _EQUAL
    if is_initial(one) or is_initial(other):
        return _INITIAL if a[:1] == b[:1] else None
    if _forms(a, pool) & _forms(b, pool):
        return _SPELLED
    return _NEAR if fuzz.ratio(a, b) >= _NEAR_FROM else None


_part = remembered(_points, 1 << 16)


def says_otherwise(one: str, other: str, pool: Pool) -> bool:
    """Whether two parts of a name are written out and neither equal nor one name in two spellings."""
    return _part(one, other, pool) in (_NEAR, None) and not (is_initial(one) or is_initial(other))


def is_initial(part: str) -> bool:
    """ "А." or "А" stands for a name."""
    return len(part.rstrip(".")) == 1


def _births(one: Birth, other: Birth) -> int:
    if one.on and one.on == other.on:
        return _SAME_DAY
    years = [birth.on.year if birth.on else birth.year for birth in (one, other)]
    if None in years:
        return 0
    return _SAME_YEAR if years[0] == years[1] else _OTHER_BIRTH


def _generation_apart(one: Birth, other: Birth) -> bool:
    if one.on and other.on and (one.on.month, one.on.day) == (other.on.month, other.on.day):
        return False
    here, there = _about(one), _about(other)
    return here is not None and there is not None and abs(here - there) >= GENERATION


def _about(birth: Birth) -> int | None:
    """The year of birth, as near as it is known."""
    if birth.on or birth.year:
        return birth.on.year if birth.on else birth.year
    return birth.age_on.year - birth.age if birth.age is not None and birth.age_on else None


def match_members(incoming: Sequence[Account], known: Sequence[Account], day: date) -> dict[int, int]:
    """Which incoming person is which known one: index -> index, each used once.

    Named people first, the surest pairs before the others. An unnamed member ("child 2 of 3") can be any
    member whom nobody else claimed and whose age does not contradict it, so that a count and a list of names of
    one family make one family. `day` is the day of the ages.
    """
    ages = [age_on(account.birth, day) for account in incoming], [age_on(account.birth, day) for account in known]
    scored = [
        (likeness(new, old), i, k)
        for i, new in enumerate(incoming)
        if new.name
        for k, old in enumerate(known)
        if old.name
    ]
    found: dict[int, int] = {}
    for _score, i, k in sorted((entry for entry in scored if entry[0]), key=lambda entry: (-entry[0], *entry[1:])):
        if i not in found and k not in found.values():
            found[i] = k

    def claim(wanted: Callable[[int, int], bool], agree: Callable[[Age, Age], bool]) -> None:
        for i in range(len(incoming)):
            if i in found:
                continue
            taken = set(found.values())
            for k in range(len(known)):
                if k not in taken and wanted(i, k) and agree(ages[0][i], ages[1][k]):
                    found[i] = k
                    break

    def one_unnamed(i: int, k: int) -> bool:
        return not (incoming[i].name and known[k].name)

    def both_unnamed(i: int, k: int) -> bool:
        return not incoming[i].name and not known[k].name

    if not all(account.name for account in incoming) or not all(account.name for account in known):
        claim(both_unnamed, _same_group)
        claim(one_unnamed, _same_group)
        claim(one_unnamed, _may_agree)
        claim(both_unnamed, lambda one, other: True)
    return found


def _same_group(one: Age, other: Age) -> bool:
    return one.is_child == other.is_child and AgeGroup.UNKNOWN not in (one.group, other.group)


def _may_agree(one: Age, other: Age) -> bool:
    open_age = AgeGroup.UNKNOWN in (one.group, other.group) or one.uncertain or other.uncertain
    return open_age or one.is_child == other.is_child


def better_name(old: PersonName, new: PersonName) -> PersonName:
    """The old name, each part completed where it is blank or an initial and the new one says more."""
    return PersonName(
        _fuller(old.surname, new.surname), _fuller(old.given, new.given), _fuller(old.patronymic, new.patronymic)
    )


def _fuller(old: str, new: str) -> str:
    if not old:
        return new
    completes = is_initial(old) and not is_initial(new) and folded(old)[:1] == folded(new)[:1]
    return new if completes else old


def precision(birth: Birth) -> int:
    """How much is known: 4 the day, 3 the year, 2 an age, 1 only child or adult (or an unread text), 0 nothing."""
    if birth.on:
        return 4
    if birth.year:
        return 3
    if birth.age is not None:
        return 2
    return int(birth.stated_child is not None or bool(birth.raw))


def better_birth(old: Birth, new: Birth) -> Birth:
    """The more precise of two; of two that are equally precise the old one."""
    return new if precision(new) > precision(old) else old


def same_birth(one: Birth, other: Birth) -> bool:
    """Whether two say the same, however it was written."""
    return (one.on, one.year, one.age, one.stated_child) == (other.on, other.year, other.age, other.stated_child)


def birth_text(birth: Birth) -> str:
    """For a preview: the day in ISO form, the year, or the text as it arrived."""
    if birth.on:
        return birth.on.isoformat()
    if birth.year or birth.age is not None:
        return str(birth.year or birth.age)
    return birth.raw


def phone_key(contact: Contact) -> str:
    """What makes two phones the same: the number, or the folded text of an unreadable one."""
    return contact.e164 or fold(contact.raw)


def missing_phones(old: Iterable[Contact], new: Iterable[Contact]) -> tuple[Contact, ...]:
    """The phones of `new` that `old` does not have, each once."""
    seen = {phone_key(contact) for contact in old}
    added = []
    for contact in new:
        if phone_key(contact) not in seen:
            seen.add(phone_key(contact))
            added.append(contact)
    return tuple(added)


def joined_text(old: str, new: str) -> str:
    """Both texts; once only where one contains the other."""
    a, b = fold(old), fold(new)
    if not b or b in a:
        return old
    return new if a in b else f"{clean(old)}; {clean(new)}"


def replaced_text(old: str, said: str, new: str) -> str:
    """`new` in the place of `said`; what somebody added to it by hand stays behind it."""
    if fold(old) == fold(said):
        return new
    pieces, there = f"; {clean(old)}; ", f"; {clean(said)}; "
    rest = pieces.replace(there, "; ", 1)[2:-2] if said and there in pieces else ""
    return joined_text(new, rest) if rest else joined_text(old, new)
