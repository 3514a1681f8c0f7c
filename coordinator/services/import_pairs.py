"""Possible duplicates of a list that is to be imported: of what is new in it, and of what looks otherwise by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import NamedTuple

from coordinator.domain.duplicates import Pair, Record, any_latin, changes_others, find_pairs, pairs_again
from coordinator.exchange.matching import phones_of
from coordinator.exchange.report import Candidate, Entry
from coordinator.meanwhile import asking
from coordinator.queries.held import Held
from coordinator.queries.imports import Known, record_of
from coordinator.services.import_again import Again
from coordinator.services.import_making import Making
from coordinator.services.import_plan import PlannedPair, PlannedUpdate
from coordinator.services.writing import HouseholdDraft

_IDENTITY = frozenset({"settlement", "address", "phone", "member", "name", "birth"})
"""News that can make a household look like another one."""


def found_pairs(making: Making, tick: Callable[[float], None]) -> tuple[Sequence[Pair], bool]:
    """Possible duplicates of what is new or looks otherwise now, against the register and inside the file; and whether
    any name is in Latin letters."""
    asked, held = _asking(making.updates, making.drafts), making.known.households
    tick(0.5)
    latin = any_latin(asked) or held.any_latin()
    if not asked:
        return [], latin
    changed = {one.key for one in asked}
    rest = (held.record(key) for key in held if key not in changed)
    # Those who ask stand last among the known, so that each of them meets every household before it once.
    return asking(lambda: find_pairs(asked, chain(rest, asked), latin=latin), lambda: tick(0.5)), latin


def found_again(making: Making, before: Again, tick: Callable[[float], None]) -> tuple[Sequence[Pair], bool] | None:
    """As `found_pairs`, where only those `anew` can look otherwise; None where they decide on pairs of others too."""
    last, latin, held = before.last, before.compared.latin, making.known.households
    was, now = (_only(one.updates, one.drafts, before.anew) for one in (last, making))
    gone, come = _turned(held, was, now)
    if not gone and not come:
        return last.found, latin
    near, ids = Nearness.of([*gone, *come]), _changed_ids(making.updates)
    asked = _asking(making.updates, {number: one for number, one in making.drafts.items() if near.draft(one)})
    rest = [held.record(key) for key in held.near(near.places, near.phones, near.days) if key not in ids]
    if changes_others(gone, come, [*rest, *asked]):
        return None
    return asking(lambda: pairs_again(last.found, gone, come, asked, rest, latin=latin), lambda: tick(0.5)), latin


def _turned(held: Held, before: Sequence[Record], now: Sequence[Record]) -> tuple[list[Record], list[Record]]:
    """Who asks otherwise, or only before or now: as they were and as they are; the register's as it has them."""
    old, new = {one.key: one for one in before}, {one.key: one for one in now}
    gone, come = list[Record](), list[Record]()
    for key in dict.fromkeys([*old, *new]):
        if old.get(key) != new.get(key):
            stands = [held.record(key)] if key in held else []
            gone += [old[key]] if key in old else stands
            come += [new[key]] if key in new else stands
    return gone, come


class Nearness(NamedTuple):
    """Where others may be found for those who changed, or are found no more."""

    places: frozenset[str | None]
    phones: frozenset[str]
    days: frozenset[date]

    @classmethod
    def of(cls, both: Sequence[Record]) -> Nearness:
        return cls(
            frozenset([None, *(one.settlement_id for one in both)]),
            frozenset([phone for one in both for phone in one.phones]),
            frozenset([birth.on for one in both for _name, birth in one.people if birth.on]),
        )

    def draft(self, draft: HouseholdDraft) -> bool:
        return (
            draft.settlement_id in self.places
            or any(contact.e164 in self.phones for contact in draft.contacts)
            or any(person.birth.on in self.days for person in draft.people)
        )


def _only(
    updates: Mapping[int, PlannedUpdate], drafts: Mapping[int, HouseholdDraft], anew: Collection[int]
) -> list[Record]:
    """Those of them who ask."""
    return _asking(
        {number: one for number, one in updates.items() if number in anew},
        {number: one for number, one in drafts.items() if number in anew},
    )


def _changed_ids(updates: Mapping[int, PlannedUpdate]) -> dict[str, None]:
    """Households that look otherwise, in their order."""
    return dict.fromkeys(
        [
            change.before.id
            for change in updates.values()
            if not _IDENTITY.isdisjoint([news.field for news in change.update.news])
        ]
    )


def _asking(updates: Mapping[int, PlannedUpdate], drafts: Mapping[int, HouseholdDraft]) -> list[Record]:
    """Those who can be somebody's duplicates now: what changed so that it looks otherwise, and what is new."""
    after = {change.before.id: change.update.after for change in updates.values()}
    known = [record_of(after[key]) for key in _changed_ids(updates)]
    return known + [_record(f"new:{number}", draft) for number, draft in drafts.items()]


def _record(key: str, draft: HouseholdDraft) -> Record:
    people = tuple((person.name, person.birth) for person in draft.people)
    return Record(key, draft.settlement_id, draft.address, phones_of(draft.contacts), people)


def planned(known: Known, pair: Pair) -> PlannedPair:
    """The older household first: by number, then by place in the file."""

    def age(key: str) -> tuple[int, int]:
        held = known.households.get(key)
        return (0, held.number) if held else (1, int(key.removeprefix("new:")))

    first, second = sorted((pair.incoming_key, pair.known_key), key=age)
    return PlannedPair(first, second, pair.reasons)


def with_candidates(known: Known, entries: list[Entry], pairs: Iterable[PlannedPair]) -> None:
    """Whom the entries may be, beside each of them."""
    entry_of = {entry.household_id: number for number, entry in enumerate(entries) if entry.household_id}
    candidates: dict[int, list[Candidate]] = defaultdict(list)
    for pair in pairs:
        new = [int(key.removeprefix("new:")) if key.startswith("new:") else None for key in (pair.first, pair.second)]
        number = new[1] if new[1] is not None else entry_of.get(pair.second)
        other = pair.first
        if number is None:
            number, other = entry_of[pair.first], pair.second
        candidates[number].append(_candidate(known, entries, other, pair.reasons))
    for number, found in candidates.items():
        entries[number] = replace(entries[number], candidates=tuple(found))


def _candidate(known: Known, entries: Sequence[Entry], key: str, reasons: tuple[str, ...]) -> Candidate:
    held = known.households.get(key)
    if held:
        head = next((person.name.full for person in held.people if person.id == held.head_id), "")
        return Candidate(held.id, held.number, reasons, head=head)
    entry = entries[int(key.removeprefix("new:"))]
    return Candidate(None, None, reasons, entry.sheet, entry.row, entry.title)
