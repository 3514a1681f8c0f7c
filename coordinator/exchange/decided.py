"""What a household has decided, where several of its rows say something."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.decision import GONE, Decision
from coordinator.exchange.wording import NoteReading


def household_decision(readings: Sequence[NoteReading]) -> tuple[Decision | None, bool]:
    """One decision from the notes of all rows, the head's first.

    A refusal, or having gone, in another member's row is that member's; the household follows only where
    every row says it. A refusal by the head beside another's readiness is the head's own.
    """
    first = readings[0]
    if len(readings) == 1 and first.only_part:
        return Decision.REFUSED, False
    if readings.count(first) == len(readings):
        return first.decision, first.part_stays
    part_stays = any(reading.part_stays for reading in readings)
    decisions = [reading.decision for reading in readings]
    head, others = decisions[0], decisions[1:]
    if len(set(decisions)) == 1:
        return head, part_stays
    willing = [other for other in others if other in (Decision.PACKED, Decision.WANTS_PICKUP, Decision.PREPARING)]
    if head is Decision.REFUSED and willing:
        return willing[0], True
    if head is not None:
        return head, part_stays or (Decision.REFUSED in others and head is not Decision.REFUSED)
    told = [other for other in others if other is not None and other is not Decision.REFUSED and other not in GONE]
    return (told[0] if told else None), part_stays or Decision.REFUSED in others
