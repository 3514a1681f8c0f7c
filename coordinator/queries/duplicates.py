"""Possible duplicates as people decide them: two households in full, side by side, with the reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.domain.duplicates import find_pairs
from coordinator.domain.household import Household
from coordinator.domain.phones import parse_phones
from coordinator.errors import UserError
from coordinator.queries.household import load_households
from coordinator.queries.imports import record_of
from coordinator.session import Session
from db import import_queries, stores
from db.connection import Database


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: the household, its settlement's name, and where it came from.

    `source`: the name of the file, "" for one entered by hand; `sheet` and `row` where it stood in the file.
    """

    household: Household
    settlement: str
    source: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class PairView:
    """An undecided pair, the older household first. `reasons`: codes of domain.duplicates.

    `aside`: put aside for later. `rivals`: how many other undecided pairs ask about the newer household too.
    """

    id: str
    first: Side
    second: Side
    reasons: tuple[str, ...]
    aside: bool = False
    rivals: int = 0


@dataclass(frozen=True, slots=True)
class CandidateView:
    household: Household
    reasons: tuple[str, ...]
    score: float


def open_pairs(session: Session) -> list[PairView]:
    """The queue: those with the most reasons first, then by number; the pairs of one newer household together."""
    with session.reading() as db:
        pairs = stores.pairs.where(db, state="open")
        sides = _sides(db, {key for pair in pairs for key in (pair.first_id, pair.second_id)})
    pairs = [pair for pair in pairs if pair.first_id in sides and pair.second_id in sides]
    asked = Counter(pair.second_id for pair in pairs)
    views = [
        PairView(
            pair.id, sides[pair.first_id], sides[pair.second_id], tuple(pair.reasons), pair.parked_at is not None,
            asked[pair.second_id] - 1,
        )
        for pair in pairs
    ]  # fmt: skip
    most: dict[str, int] = {}
    for view in views:
        newer = view.second.household.id
        most[newer] = max(most.get(newer, 0), len(view.reasons))

    def place(view: PairView) -> tuple[object, ...]:
        newer = view.second.household
        return -most[newer.id], newer.number, -len(view.reasons), view.first.household.number, view.id

    return sorted(views, key=place)


def _sides(db: Database, ids: set[str]) -> dict[str, Side]:
    households = load_households(db, list(ids))
    places = {row.id: row.name for row in stores.settlements.where(db, id={h.settlement_id for h in households})}
    rows = {row.id: row for row in stores.households.where(db, id=ids)}
    batches = {row.id: row.file_name for row in stores.batches.where(db, id={row.batch_id for row in rows.values()})}
    stood = import_queries.first_rows(db, ids)
    found = {}
    for household in households:
        batch = rows[household.id].batch_id or ""
        sheet, row = stood.get((household.id, batch), ("", 0))
        place = places.get(household.settlement_id or "", household.settlement_text)
        found[household.id] = Side(household, place, batches.get(batch, ""), sheet, row)
    return found


def find_known_phone(session: Session, phone: str) -> list[Household]:
    """The households that have this number, in any spelling; empty for a text that is no number."""
    numbers = {contact.e164 for contact in parse_phones(phone) if contact.e164}
    with session.reading() as db:
        contacts = stores.contacts.where(db, e164=numbers)
        return load_households(db, list(_standing(db, {contact.household_id for contact in contacts})))


def candidates_for(session: Session, household_id: str) -> list[CandidateView]:
    """Who else this household may be, the likeliest first; pairs that were decided are left out.

    Compared are those with a phone in common and those of the same settlement. UserError "household.gone".
    """
    with session.reading() as db:
        return find_candidates(db, household_id)


def find_candidates(db: Database, household_id: str) -> list[CandidateView]:
    """As `candidates_for`, on an open connection."""
    row = stores.households.get(db, household_id)
    if row is None:
        raise UserError("household.gone")
    (household,) = load_households(db, [household_id])
    numbers = {contact.e164 for contact in household.contacts if contact.e164}
    near = {contact.household_id for contact in stores.contacts.where(db, e164=numbers)}
    near |= {other.id for other in stores.households.where(db, settlement_id=row.settlement_id)}
    near -= _decided(db, household_id) | {household_id}
    others = {other.id: other for other in load_households(db, list(_standing(db, near)))}
    pairs = find_pairs([record_of(household)], [record_of(other) for other in others.values()])
    return [CandidateView(others[pair.known_key], pair.reasons, pair.score) for pair in pairs]


def _standing(db: Database, ids: Iterable[str]) -> set[str]:
    """Those that were not merged into another."""
    return {row.id for row in stores.households.where(db, id=set(ids)) if row.merged_into is None}


def _decided(db: Database, household_id: str) -> set[str]:
    pairs = stores.pairs.where(db, first_id=household_id) + stores.pairs.where(db, second_id=household_id)
    return {key for pair in pairs if pair.state != "open" for key in (pair.first_id, pair.second_id)}


def sides_of(session: Session, household_ids: Iterable[str]) -> dict[str, Side]:
    """Households in full, by their ids; those that are gone are left out."""
    with session.reading() as db:
        return _sides(db, set(household_ids))
