"""Rows of our own people or households workbook that come back into the register that wrote it.

A number alone is no proof, for another register may have made the file: somebody's name must agree too. What
the file only shows (ages, needs in words, the household's note beside each person, counts) says nothing by
coming back; only what somebody changed in the file is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import count

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact, Household
from coordinator.domain.joining import Account, likeness, precision
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Person
from coordinator.exchange.decided import household_decision
from coordinator.exchange.exports import phones_line
from coordinator.exchange.harvest import joined, with_hromada
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson, Own
from coordinator.exchange.wording import NoteReading
from coordinator.words import NEEDS
from resources.i18n import LANGUAGES, catalogue


def place_text(settlement: str, hromada: str) -> str:
    """A settlement as the readers of lists give it for a row that has both columns."""
    return with_hromada(settlement, hromada)


def is_returned(incoming: IncomingHousehold, held: Household, place: str) -> bool:
    """Whether the row with this household's number is the household: `place` is its settlement as exported.

    Where a side names nobody, place, address, phones and number of people must all be as they are.
    """
    own = incoming.own
    if own is None or own.number != held.number:
        return False
    named = [person for person in held.people if person.name]
    if named and any(person.name for person in incoming.people):
        return any(_agree(new, old) for new in incoming.people for old in named if new.name)
    size = max(1, len(held.people))
    return (
        fold(incoming.settlement_text) == fold(place)
        and _same_words(own.rows[0].address, held.address, place)
        and fold(own.rows[0].phones) == fold(phones_line(held.contacts))
        and size == len(incoming.people)
    )


def _agree(new: Account, old: Account) -> bool:
    if _bare(new.name.full) == _bare(old.name.full):
        return True
    return bool(new.name.surname and old.name.surname and likeness(new, old))


def _bare(name: str) -> str:
    """Dashes around a name do not come through one cell for all of it."""
    return fold(name).strip(" -")


def _same_words(shown: str, address: Address, place: str = "") -> bool:
    """Whether a cell is the address as our lists show it: in one line or apart, alone or behind its settlement."""
    apart = " ".join(part for part in (address.street or address.text, address.house, address.flat) if part)
    settlement = place.partition(",")[0]
    behind = ", ".join(part for part in (settlement, address.line) if part)
    return fold(shown) in (fold(address.line), fold(apart), fold(behind))


def pairs_of(incoming: IncomingHousehold, held: Household, *, sent: bool = False) -> dict[int, int]:
    """Index of a person of the file -> index of the member with that number, unless the names contradict.

    `sent`: `held` is what the file itself said when it left; then a surname may have been corrected or changed.
    """
    places = {person.position: place for place, person in enumerate(held.people)}
    pairs = {}
    members = [row.member for row in incoming.own.rows] if incoming.own and incoming.own.listed else []
    for number, (person, member) in enumerate(zip(incoming.people, members, strict=False)):
        place = places.pop(member, None) if member is not None else None
        if place is None:
            continue
        old = held.people[place]
        if not person.name or not old.name or _agree(person, old) or (sent and _still(person, old)):
            pairs[number] = place
    return pairs


def _still(new: Account, old: Account) -> bool:
    """Whether the row may still be of the same person: another given name in it is somebody else."""
    given = fold(new.name.given) == fold(old.name.given) != ""
    return given or bool(new.birth.on and new.birth.on == old.birth.on)


def news_of(incoming: IncomingHousehold, held: Household, place: str) -> IncomingHousehold:
    """The row without what the register itself shows of the household; blanks say nothing.

    What holds for the household may be changed in any of its rows: the first that differs counts.
    """
    own = incoming.own
    if own is None:
        return incoming
    people, notes = _people(incoming, held, own)
    repeated = incoming.decision in (held.decision, _shown_decision(held, own)) and (
        incoming.wants_on in (None, held.wants_on) or (held.wants_on is None and not notes)
    )
    # Words of a note that was there already decide nothing a second time.
    repeated = repeated or not (notes or incoming.wants_on or any(row.decision for row in own.rows))
    moved = next((row for row in own.rows if row.address and not _same_words(row.address, held.address, place)), None)
    return replace(
        incoming,
        settlement_text=_changed((row.settlement for row in own.rows), place, place.partition(",")[0]),
        address=moved.read if moved else Address(),
        contacts=_phones(incoming, held),
        people=people,
        decision=Decision.NOT_ASKED if repeated else incoming.decision,
        wants_on=None if repeated else incoming.wants_on,
        part_stays=bool(notes) and incoming.part_stays,
        pets=_changed((row.pets for row in own.rows), held.pets),
        destination_wish=_changed((row.destination for row in own.rows), held.destination_wish),
        note=joined(notes),
    )


def _changed(cells: Iterable[str], *shown: str) -> str:
    """The first cell that says something else than what was shown; "" where none does."""
    known = {"", *map(fold, shown)}
    return next((cell for cell in cells if fold(cell) not in known), "")


def _shown_decision(held: Household, own: Own) -> Decision | None:
    """What the rows of the household's members would be read as, one decision a row as a list of people shows it."""
    if not own.listed or not held.people:
        return None
    stands = [held.stands(person) for person in held.people]
    decision, _part_stays = household_decision(
        [NoteReading(None if one is Decision.NOT_ASKED else one) for one in stands]
    )
    return decision or Decision.NOT_ASKED


def _phones(incoming: IncomingHousehold, held: Household) -> tuple[Contact, ...]:
    shown = fold(phones_line(held.contacts))
    return tuple(phone for phone in incoming.contacts if phone.e164 or fold(phone.raw) not in shown)


def _people(
    incoming: IncomingHousehold, held: Household, own: Own
) -> tuple[tuple[IncomingPerson, ...], tuple[str, ...]]:
    """The people with their news, and notes of the household that the file has and the register has not."""
    if not own.listed:
        note = _changed((row.note for row in own.rows), held.note)
        more = len(incoming.people) - max(1, len(held.people))
        return incoming.people[-more:] if more > 0 else (), (note,) if note else ()
    pairs = pairs_of(incoming, held)
    people: list[IncomingPerson] = []
    notes: list[str] = []
    for person, row, number in zip(incoming.people, own.rows, count(), strict=False):
        old = held.people[pairs[number]] if number in pairs else None
        notes.append(_changed([row.note], held.note, old.note if old else ""))
        note = "" if old is not None and fold(row.person_note) == fold(old.note) else row.person_note
        people.append(replace(_person(person, old) if old else person, note=note))
    return tuple(people), tuple(dict.fromkeys(filter(None, notes)))


def _person(new: IncomingPerson, old: Person) -> IncomingPerson:
    only_age = new.birth.on is None and new.birth.year is None
    if new.needs_raw and fold(new.needs_raw) == fold(old.needs_raw):
        new = replace(new, needs=frozenset() if new.needs_read is None else new.needs, needs_raw="")
    elif in_own_words(new.needs_raw):
        new = replace(new, needs_raw="")
    return replace(
        new,
        name=old.name if fold(new.name.full) == fold(old.name.full) else new.name,
        birth=Birth() if only_age and precision(old.birth) > 1 else new.birth,
    )


@cache
def _need_words() -> tuple[str, ...]:
    words = {fold(catalogue(language).gettext(text)) for text in NEEDS.values() for language in LANGUAGES}
    return tuple(sorted(words, key=len, reverse=True))


def in_own_words(text: str) -> bool:
    """Whether a text on needs is made of the program's own words for them, in whichever language."""
    rest = fold(text)
    for word in _need_words():
        rest = rest.replace(word, "")
    return rest != fold(text) and not any(char.isalnum() for char in rest)
