"""Possible duplicates of a list that is to be imported: of what is new in it, and of what looks otherwise by it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from coordinator.domain.duplicates import Pair, Record, any_latin, find_pairs, pairs_again
from coordinator.exchange.matching import phones_of
from coordinator.exchange.report import Candidate, Entry
from coordinator.meanwhile import asking
from coordinator.queries.imports import Known, record_of
from coordinator.services.import_plan import PeoplePlan, PlannedPair, PlannedUpdate
from coordinator.services.writing import HouseholdDraft

_IDENTITY = frozenset({"settlement", "address", "phone", "member", "name", "birth"})
"""News that can make a household look like another one."""


def found_pairs(
    known: Known,
    updates: Mapping[int, PlannedUpdate],
    drafts: Mapping[int, HouseholdDraft],
    last: PeoplePlan | None,
    tick: Callable[[float], None],
) -> Sequence[Pair]:
    """Possible duplicates of what is new or looks otherwise now, against the register and inside the file.

    `last`: the plan of the same list a little otherwise, beside the same register.
    """
    asked = _asking(updates, drafts)
    if not asked:
        return []
    changed = {one.key for one in asked}
    held = known.households
    rest = (held.record(key) for key in held if key not in changed)
    if last is not None:
        before = _asking(last.updates, last.drafts)
        return asking(lambda: pairs_again(last.found, before, asked, list(rest)), lambda: tick(0.5))
    # Those who ask stand last among the known, so that each of them meets every household before it once.
    latin = any_latin(asked) or held.any_latin()
    return asking(lambda: find_pairs(asked, chain(rest, asked), latin=latin), lambda: tick(0.5))


def _asking(updates: Mapping[int, PlannedUpdate], drafts: Mapping[int, HouseholdDraft]) -> list[Record]:
    """Those who can be somebody's duplicates now: what changed so that it looks otherwise, and what is new."""
    after = {change.before.id: change.update.after for change in updates.values()}
    changed = [
        change.before.id
        for change in updates.values()
        if not _IDENTITY.isdisjoint([news.field for news in change.update.news])
    ]
    known = [record_of(after[key]) for key in dict.fromkeys(changed)]
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
