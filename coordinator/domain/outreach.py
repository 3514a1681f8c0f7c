"""Talks with households: what came of one, and when and by whom to try again.

A rule per outcome (issue D, point 3): no answer, anyone in four hours; call later, the same person at the time agreed;
refused, a pause, and again when shelling is near (that is in domain.priority); wrong number, find another one at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from coordinator.domain.days import kyiv, moment_of
from coordinator.domain.decision import GONE, Again, Decision


class Channel(StrEnum):
    CALL = "call"
    VISIT = "visit"
    MESSAGE = "message"


class Result(StrEnum):
    """What came of a call, a visit or a message."""

    TALKED = "talked"
    NO_ANSWER = "no_answer"
    CALL_LATER = "call_later"
    REFUSED = "refused"
    WRONG_NUMBER = "wrong_number"
    NOT_IN_REACH = "not_in_reach"
    LEFT_WORD = "left_word"


FIRST_HOUR, LAST_HOUR, CALLS_BEGIN = 8, 20, 9 * 60
SPOKEN = frozenset({Result.TALKED, Result.CALL_LATER, Result.REFUSED})
"""Somebody of the household was spoken with."""
OF_CALLS = frozenset({Result.WRONG_NUMBER, Result.NOT_IN_REACH})
"""Only a telephone can tell this."""
SETTLED = GONE | {Decision.PACKED, Decision.WANTS_PICKUP}
"""Decisions after a talk that leave nothing to ask: the schedule takes over."""


@dataclass(frozen=True, slots=True)
class Pauses:
    """How long to wait before the next try, by outcome."""

    no_answer: timedelta = timedelta(hours=4)
    not_in_reach: timedelta = timedelta(hours=4)
    left_word: timedelta = timedelta(hours=24)
    refused: timedelta = timedelta(days=3)
    talked: timedelta = timedelta(days=2)


def next_try(
    result: Result,
    now: datetime,
    caller: str,
    pauses: Pauses,
    *,
    agreed: datetime | None = None,
    decision: Decision = Decision.NOT_ASKED,
) -> Again:
    """When to ask again and who ("" anyone). `agreed`: the time that was agreed on; `decision`: as it stands then.

    ValueError where "call later" comes without its time.
    """  # fmt: skip
    if result is Result.CALL_LATER:
        if agreed is None:
            raise ValueError("call later needs its time")
        return Again(agreed, caller)
    if agreed is not None:
        return Again(agreed)
    if result is Result.WRONG_NUMBER:
        return Again(now)
    if result is Result.TALKED and decision in SETTLED:
        return Again()
    return Again(by_day(now + getattr(pauses, result.value)))


def by_day(moment: datetime) -> datetime:
    """Nobody is rung up at night by a rule: what falls between 20:00 and 08:00, Kyiv time, waits until 09:00."""
    local = kyiv(moment)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return moment
    day = local.date() if local.hour < FIRST_HOUR else local.date() + timedelta(days=1)
    return moment_of(day, CALLS_BEGIN)


def keep_agreed(before: Again, again: Again, now: datetime) -> Again:
    """A try in vain never moves a call that was agreed on: one that lies ahead stands with who agreed on it."""
    ahead = before.at is not None and before.at > now
    earlier = ahead and again.at is not None and before.at is not None and before.at < again.at
    return before if ahead and (before.by or earlier) else again


@dataclass(frozen=True, slots=True)
class Number:
    """A number as call mode shows it. `wrong`: the last try on it said so; `tries` in vain since the last talk."""

    raw: str
    e164: str
    note: str
    wrong: bool = False
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Tried:
    """A past try on one number, as far as the choice of the next one asks."""

    phone: str
    result: Result
    at: datetime


def numbers_to_dial(numbers: list[Number], tries: list[Tried]) -> list[Number]:
    """The numbers in the order to dial them: those that are wrong last, then the fewest tries in vain, then as kept."""
    found: list[Number] = []
    for number in numbers:
        own = sorted((one for one in tries if one.phone in (number.e164, number.raw) and one.phone), key=lambda t: t.at)
        vain = 0
        for one in reversed(own):
            if one.result in SPOKEN:
                break
            vain += 1
        wrong = bool(own) and own[-1].result is Result.WRONG_NUMBER
        found.append(Number(number.raw, number.e164, number.note, wrong, vain))
    return sorted(found, key=lambda number: (number.wrong, number.tries))
