"""What a preview keeps of its comparison, so that a corrected cell or a decision costs what it changes and no more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.matching import Face, Recogniser, Recognition
from coordinator.exchange.report import Choice, Missed
from coordinator.exchange.update_work import Choices
from coordinator.services.import_making import Making
from coordinator.services.import_missing import Comparison
from coordinator.services.import_plan import PeoplePlan

Settled = frozenset[frozenset[str]]
"""Pairs of household ids that are proposed or decided already."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A list beside a register; no number of ours is in it. `latin`: whether any name is in Latin letters."""

    settled: Settled
    making: Making
    recogniser: Recogniser
    recognition: Recognition
    households: Sequence[IncomingHousehold]
    missed: tuple[Missed, ...]
    latin: bool


@dataclass(frozen=True, slots=True)
class Again:
    """A comparison to be made again for the households `anew`; `recognition` is the new one, `last` the old plan."""

    last: PeoplePlan
    compared: Compared
    recognition: Recognition
    anew: frozenset[int]

    @property
    def recogniser(self) -> Recogniser:
        return self.compared.recogniser

    @property
    def missed(self) -> list[Missed]:
        """Households that the list did not name."""
        return [one for one in self.compared.missed if one.person_id is None]

    def take_over(self, making: Making) -> None:
        """What was made of all others."""
        before, anew = self.compared.making, self.anew
        making.entries = {number: one for number, one in before.entries.items() if number not in anew}
        making.drafts = {number: one for number, one in before.drafts.items() if number not in anew}
        making.updates = {number: one for number, one in before.updates.items() if number not in anew}
        making.changes = {number: one for number, one in before.changes.items() if number not in anew}
        making.remarks = {number: one for number, one in before.remarks.items() if number not in anew}

    def same_households(self, now: Comparison) -> bool:
        """The same of the register, and in the same settlements: then nobody else is missing."""
        faces, places = self.compared.recognition.faces, now.known.places
        return faces == now.faces and all(
            places.key(one.settlement_text) == places.key(now.households[number].settlement_text)
            for number, one in enumerate(self.compared.households)
            if number in self.anew
        )


def again(last: PeoplePlan | None, now: Making, households: Sequence[IncomingHousehold]) -> Again | None:
    """What is to be compared anew since `last`; None: everything."""
    before = last.keeping.compared if last is not None else None
    if last is None or before is None or not _same_list(before.making, now):
        return None
    changed = _changed(before.households, households)
    decided = _decided(households, before.making.choices, now.choices)
    if changed is None or decided is None:
        return None
    places = now.known.places
    told = {number: (households[number], places.key(households[number].settlement_text)) for number in changed}
    recognition = before.recogniser.again(before.recognition, told)
    if recognition is None:
        return None
    one, other = before.recognition.faces, recognition.faces
    moved = {number for number in one.keys() | other.keys() if one.get(number) is not other.get(number)}
    anew = frozenset(changed | decided | moved)
    return None if _named_twice(one, anew) or _named_twice(other, anew) else Again(last, before, recognition, anew)


def _same_list(before: Making, now: Making) -> bool:
    """The same but for its households."""
    one, other = before.incoming, now.incoming
    if before.known is not now.known or before.day != now.day:
        return False
    return (one.kind, one.list_on, one.sender, one.partial) == (other.kind, other.list_on, other.sender, other.partial)


def _changed(before: Sequence[IncomingHousehold], now: Sequence[IncomingHousehold]) -> set[int] | None:
    if len(before) != len(now):
        return None
    every = enumerate(zip(before, now, strict=True))
    changed = {number for number, (old, new) in every if old is not new and old != new}
    same_rows = all((before[at].sheet, before[at].rows) == (now[at].sheet, now[at].rows) for at in changed)
    return changed if same_rows else None


def _decided(households: Sequence[IncomingHousehold], before: Choices, now: Choices) -> set[int] | None:
    """Households about which somebody has decided otherwise; None where it is not clear which they are."""
    choices: set[tuple[Choice, bool]] = set(before.items()) ^ set(now.items())
    rows = {(choice.sheet, choice.row) for choice, _wanted in choices}
    if not rows:
        return set()
    found = {
        (household.sheet, row): number
        for number, household in enumerate(households)
        for row in household.rows
        if (household.sheet, row) in rows
    }
    return set(found.values()) if len(found) == len(rows) else None


def _named_twice(faces: Mapping[int, Face], anew: frozenset[int]) -> bool:
    """Whether one of these is a household that the list names twice: each row then goes on from the one before."""
    roots = Counter([face.root for face in faces.values()])
    return any(number in faces and roots[faces[number].root] > 1 for number in anew)
