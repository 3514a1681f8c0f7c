"""Whom the last list of a sender named and the new one does not, and who is named again after having been missed.

Nobody is deleted for it: they are written down as a question to a person (`services.missing`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from coordinator.domain.decision import GONE
from coordinator.domain.names import fold
from coordinator.exchange.incoming import Cell, IncomingHousehold, IncomingList, Remark
from coordinator.exchange.matching import Face
from coordinator.exchange.report import Missed
from coordinator.exchange.update_work import Update
from coordinator.queries.imports import Known
from db.rows import MissingRow


@dataclass(frozen=True, slots=True)
class Comparison:
    """A list beside the register: `faces` tells who its households are, `updates` what becomes of those known."""

    known: Known
    incoming: IncomingList
    households: Sequence[IncomingHousehold]
    faces: dict[int, Face]
    updates: dict[int, Update]


def older_list(known: Known, incoming: IncomingList) -> Iterator[Remark]:
    """The warning where a newer list of this kind, of this sender where that is known, was imported before."""
    newest = known.newest_of(fold(incoming.sender))
    if newest and incoming.list_on and incoming.list_on < newest:
        facts: dict[str, object] = {"list_on": incoming.list_on, "newest": newest}
        yield Remark("import.older_list", Cell("", ""), facts)


def missed(compared: Comparison) -> list[Missed]:
    """Households and members of the last list of the same sender who are not in this one.

    Nobody of an older list, nor of rows that went back to be corrected.
    """
    if compared.incoming.partial or next(older_list(compared.known, compared.incoming), None) is not None:
        return []
    return [*_households(compared), *missing_members(compared)]


def remarks(found: Iterable[Missed]) -> Iterator[Remark]:
    """A remark for each household that is missing."""
    for one in found:
        if one.person_id is None:
            facts: dict[str, object] = {"number": one.number, "name": one.name}
            yield Remark("import.household_gone", Cell("", "", one.name), facts)


def named_again(compared: Comparison) -> list[MissingRow]:
    """The open questions about those whom this list names again."""
    people = {
        change.after.people[place].id for change in compared.updates.values() for place in change.members if place >= 0
    }
    households = {face.root for face in compared.faces.values()}
    return [
        row
        for row in compared.known.missing
        if (row.person_id in people if row.person_id else compared.known.root(row.household_id) in households)
    ]


def _households(compared: Comparison) -> Iterator[Missed]:
    """The same sender: imports that brought the households which are recognised, in settlements of this list.

    Where the sender is known, all their imports, and none that somebody else sent.
    """
    known, held, statements = compared.known, compared.known.households, compared.known.statements
    matched = {face.household_id for face in compared.faces.values()}
    by_number = {face.root for number, face in compared.faces.items() if compared.households[number].own}
    batches = {statements.batch(key) for key in matched if key in statements}
    if sender := fold(compared.incoming.sender):
        batches = {batch for batch in batches if known.senders.get(batch, sender) == sender}
        batches |= {batch for batch, whose in known.senders.items() if whose == sender}
    places = {known.places.key(household.settlement_text) for household in compared.households}
    asked = _asked(known.missing)
    for key in statements:
        root = known.root(key)
        if key in matched or statements.batch(key) not in batches or root not in held or root in by_number:
            continue
        if root in asked or held.decision(root) in GONE:
            continue
        place, name = statements.heading(key)
        if known.places.key(place) in places:
            settlement_id, text = held.settlement(root)
            yield Missed(root, held.number(root), name, known.places.name(settlement_id) or text)


def missing_members(compared: Comparison) -> Iterator[Missed]:
    """Members whom what was said before named and this list does not."""
    asked = {row.person_id for row in compared.known.missing}
    for change in compared.updates.values():
        after = change.after
        for person in change.gone:
            if person.id not in asked:
                place = compared.known.places.name(after.settlement_id) or after.settlement_text
                yield Missed(after.id, after.number, person.name.full, place, person.id)


def _asked(missing: Iterable[MissingRow]) -> Collection[str]:
    """Households about which the question is open already."""
    return {row.household_id for row in missing if row.person_id is None}
