"""Two households field by field: what each says, and whether that is the same, alike, different or on one side only."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.domain.addresses import address_key, flats_agree
from coordinator.domain.household import Contact, Household
from coordinator.domain.joining import likeness, match_members, phone_key, same_birth
from coordinator.domain.names import fold
from coordinator.domain.person import Person, age_on
from coordinator.domain.phones import show_phone
from coordinator.domain.taking import PERSON, Take, may_take_decision
from coordinator.queries.duplicates import PairView, Side
from resources.i18n import N_, _
from ui import texts
from ui.widgets.household.escorts import person_name
from ui.widgets.household.members import age_words


class Sign(StrEnum):
    SAME = "="
    ALIKE = "≈"
    DIFFERENT = "≠"
    ONE_SIDE = "+"


SIGN_WORDS = {
    Sign.SAME: N_("the same"),
    Sign.ALIKE: N_("alike"),
    Sign.DIFFERENT: N_("different"),
    Sign.ONE_SIDE: N_("only on one side"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One field. `caption` is "" where the line goes on with the field above.

    `take`: how the newer one's value is named where it can stand in place of the older one's; None where it cannot.
    """

    caption: str
    first: str
    second: str
    sign: Sign
    take: Take | None = None


def lines(pair: PairView, day: date) -> list[Line]:
    """Everything that at least one of the two says, in the order in which one judges."""
    one, other = pair.first.household, pair.second.household
    found = [_settlement(pair), _address(one, other), *_phones(one.contacts, other.contacts)]
    found += _people(one, other, day)
    decides = may_take_decision(one.decision, other.decision)
    found += [
        _line(_("Decision"), _decision(one), _decision(other), take="decision" if decides else ""),
        _line(_("Needs"), _needs(one), _needs(other)),
        _line(_("Pets"), one.pets, other.pets, take="pets"),
        _line(_("Luggage, pieces"), _number(one.luggage), _number(other.luggage), take="luggage"),
        _line(_("Wants to go to"), one.destination_wish, other.destination_wish, take="destination_wish"),
        _line(_("Note"), one.note, other.note, take="note"),
        _line(_("Requested"), _moment(one), _moment(other)),
        *_files(pair),
    ]
    return [line for line in found if line.first or line.second]


def _files(pair: PairView) -> Iterator[Line]:
    """ "week1.xlsx, Ківшарівка, row 17" beside the other's; nothing where both were entered by hand."""
    if pair.first.source or pair.second.source:
        yield _line(_("From the file"), _file(pair.first), _file(pair.second))


def _file(side: Side) -> str:
    row = _("row {n}").format(n=side.row) if side.row else ""
    return ", ".join(part for part in (side.source, side.sheet, row) if part) or _("entered by hand")


def spoken(line: Line) -> str:
    """The line for a screen reader."""
    return _("{field}: {sign}. {first} / {second}").format(
        field=line.caption, sign=_(SIGN_WORDS[line.sign]), first=line.first or _("nothing"),
        second=line.second or _("nothing"),
    )  # fmt: skip


def head_name(household: Household) -> str:
    head = next((one.name.full for one in household.people if one.id == household.head_id), "")
    return head or _("No name")


def reason_words(code: str) -> str:
    """Why the two may be one family: "Same phone"."""
    return _(texts.DUPLICATE_REASONS.get(code, code))


def _line(caption: str, first: str, second: str, sign: Sign | None = None, take: str = "") -> Line:
    sign = sign or _sign(first, second)
    differs = take and first and second and sign in (Sign.DIFFERENT, Sign.ALIKE)
    return Line(caption, first, second, sign, Take(take) if differs else None)


def _sign(first: str, second: str) -> Sign:
    if fold(first) == fold(second):
        return Sign.SAME
    return Sign.DIFFERENT if first and second else Sign.ONE_SIDE


def _settlement(pair: PairView) -> Line:
    ids = [side.household.settlement_id for side in (pair.first, pair.second)]
    sign = Sign.SAME if ids[0] is not None and ids[0] == ids[1] else None
    return _line(_("Settlement"), _place(pair.first), _place(pair.second), sign, "settlement")


def _place(side: Side) -> str:
    return side.settlement or side.household.settlement_text


def _address(one: Household, other: Household) -> Line:
    first, second = one.address.line, other.address.line
    keys = address_key(one.address), address_key(other.address)
    sign = None
    if keys[0] is not None and keys[1] is not None and keys[0][:2] == keys[1][:2]:
        same = Sign.SAME if fold(first) == fold(second) else Sign.ALIKE
        sign = same if flats_agree(keys[0], keys[1]) else Sign.DIFFERENT
    return _line(_("Address"), first, second, sign, "address")


def _phones(one: Sequence[Contact], other: Sequence[Contact]) -> Iterator[Line]:
    """Equal numbers side by side first, then the rest."""
    keys = [phone_key(contact) for contact in other]
    shared = [contact for contact in one if phone_key(contact) in keys]
    alone = [contact for contact in one if contact not in shared]
    rest = [contact for contact in other if phone_key(contact) not in {phone_key(mine) for mine in one}]
    caption = _("Phones")
    for contact in shared:
        yield Line(caption, _phone(contact), _phone(other[keys.index(phone_key(contact))]), Sign.SAME)
        caption = ""
    for place in range(max(len(alone), len(rest))):
        first = _phone(alone[place]) if place < len(alone) else ""
        second = _phone(rest[place]) if place < len(rest) else ""
        yield _line(caption, first, second)
        caption = ""


def _phone(contact: Contact) -> str:
    shown = show_phone(contact.e164) if contact.e164 else contact.raw
    return f"{shown} ({contact.note})" if contact.note else shown


def _people(one: Household, other: Household, day: date) -> Iterator[Line]:
    """Each person beside the one whom joining the households would make them."""
    matched = {known: new for new, known in match_members(other.people, one.people, day).items()}
    caption = _("People")
    for place, person in enumerate(one.people):
        twin = other.people[matched[place]] if place in matched else None
        sign = _people_sign(person, twin)
        take = Take(PERSON, twin.id) if twin and twin.name and sign is Sign.ALIKE else None
        yield Line(caption, _person(person, day), _person(twin, day) if twin else "", sign, take)
        caption = ""
    for place, person in enumerate(other.people):
        if place not in matched.values():
            yield Line(caption, "", _person(person, day), Sign.ONE_SIDE)
            caption = ""


def _people_sign(person: Person, twin: Person | None) -> Sign:
    if twin is None:
        return Sign.ONE_SIDE
    if fold(person.name.full) == fold(twin.name.full) and same_birth(person.birth, twin.birth):
        return Sign.SAME
    one_unnamed = not (person.name and twin.name)
    return Sign.ALIKE if one_unnamed or likeness(person, twin) else Sign.DIFFERENT


def _person(person: Person, day: date) -> str:
    birth = person.birth
    born = texts.day_short(birth.on) if birth.on else str(birth.year or "")
    parts = (person_name(person), born, age_words(age_on(birth, day)), texts.needs_line(person.needs))
    return ", ".join(part for part in parts if part)


def _decision(household: Household) -> str:
    words = texts.label(household.decision)
    return f"{words}, {texts.day_short(household.wants_on)}" if household.wants_on else words


def _needs(household: Household) -> str:
    return texts.needs_line({need for person in household.people for need in person.needs})


def _number(count: int | None) -> str:
    return "" if count is None else str(count)


def _moment(household: Household) -> str:
    return texts.moment(household.requested_at) if household.requested_at else ""
