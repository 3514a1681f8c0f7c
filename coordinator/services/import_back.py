"""A list of ours that comes back, as a whole: which rows are whose, who is missing in it, and what is told of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from coordinator.domain.days import kyiv
from coordinator.domain.decision import GONE
from coordinator.exchange.incoming import Cell, IncomingHousehold, Remark
from coordinator.exchange.matching import Face
from coordinator.exchange.report import Missed
from coordinator.exchange.returned import is_returned
from coordinator.exchange.update_work import Update
from coordinator.queries.imports import Known
from coordinator.queries.sent_back import CameBack, SentList
from coordinator.services.import_missing import Comparison, missing_members


def returned(known: Known, households: Sequence[IncomingHousehold], back: CameBack | None) -> dict[int, Face]:
    """Rows of our own workbooks: index -> the household with that number.

    Two rows may be one household by now: those that were joined since the list left. The numbers of another register
    mean nothing here.
    """
    found: dict[int, Face] = {}
    given: set[str] = set()
    if back is not None and not back.ours:
        return found
    for number, household in enumerate(households):
        held = known.numbered(household.own.number) if household.own else None
        if held is None or household.own is None:
            continue
        base = back.bases.get(household.own.number) if back else None
        if base is not None:
            same = is_returned(household, base.household, base.place)
        else:
            same = held.id not in given and is_returned(household, held, known.exported_place(held))
        if same:
            given.add(held.id)
            found[number] = Face(held.id, held.id, frozenset(), (), frozenset())
    return found


def missing_of_sent(compared: Comparison, sent: SentList) -> list[Missed]:
    """Households and members who were in the list when it left, are in it no more, and are still here."""
    if compared.incoming.partial:
        return []
    known = compared.known
    there = {face.root for face in compared.faces.values()}
    asked = {known.root(row.household_id) for row in known.missing if row.person_id is None}
    listed = {household.own.number for household in compared.households if household.own}
    found: list[Missed] = []
    for number in sorted(sent.households - listed):
        held = known.numbered(number)
        if held is None or held.id in there or held.id in asked or held.decision in GONE:
            continue
        there.add(held.id)
        name = next((person.name.full for person in held.people if person.name), "")
        found.append(Missed(held.id, held.number, name, known.places.name(held.settlement_id) or held.settlement_text))
    return [*found, *missing_members(compared)]


def remarks_on(back: CameBack, file_name: str, changes: Collection[Update]) -> Iterator[Remark]:
    """What is told of the list as a whole."""
    at, number = Cell("", "", file_name), back.stamp.number
    if not back.ours:
        yield Remark("import.foreign_mark", at, {"number": number})
    elif back.sent is None:
        yield Remark("import.unknown_mark", at, {"number": number})
    else:
        sent = back.sent
        facts: dict[str, object] = {
            "number": number,
            "when": f"{kyiv(sent.sent_at):%d.%m.%Y %H:%M}",
            "recipient": sent.recipient or "–",
            "theirs": _count(change.news or change.declined for change in changes),
            "ours": _count(change.ours for change in changes),
            "both": _count(change.kept for change in changes),
        }
        yield Remark("import.came_back", at, facts)


def _count(told: Iterable[object]) -> int:
    return sum(bool(one) for one in told)
