"""Undecided possible duplicates of a day: one family is never planned into two trips without somebody's word."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.decision import GONE
from coordinator.queries.day_records import DayRecords
from db import stores
from db.connection import Database


def open_partners(db: Database, household_ids: Iterable[str], day: date) -> dict[str, set[str]]:
    """Household -> those it may be the same family as, undecided and not confirmed for the day."""
    ids = set(household_ids)
    partners: dict[str, set[str]] = {}
    for pair in stores.pairs.where(db, state="open"):
        if pair.both_on == day or not ids & {pair.first_id, pair.second_id}:
            continue
        partners.setdefault(pair.first_id, set()).add(pair.second_id)
        partners.setdefault(pair.second_id, set()).add(pair.first_id)
    return partners


def held_households(db: Database, records: DayRecords, free: list[str], confirmed: frozenset[str]) -> dict[str, int]:
    """Those of `free` that must wait for a decision -> the number of the household that goes instead.

    Of two ready ones the larger goes, of equals the older. One that is on a fixed trip or has left already goes
    before any. A chain of pairs is walked from the largest.
    """
    partners = open_partners(db, free, records.day)
    others = {other for ids in partners.values() for other in ids} - set(free)
    rows = stores.households.where(db, id=others)
    numbers = {row.id: row.number for row in rows}
    numbers |= {household_id: records.households[household_id].number for household_id in free}
    # Ready and yet not free: it stands on a trip that stays, or is on the road.
    going = (others & records.ready) | {row.id for row in rows if row.decision in GONE}
    held: dict[str, int] = {}

    def size(household_id: str) -> int:
        return len(records.going(household_id))

    for household_id in sorted(free, key=lambda one: (-size(one), numbers[one])):
        before = partners.get(household_id, set()) & going
        if before and household_id not in confirmed:
            held[household_id] = min(numbers[one] for one in before)
        else:
            going.add(household_id)
    return held
