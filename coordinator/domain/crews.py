"""Where a crew should be by now, and when its silence becomes an alarm. Times are minutes after midnight of the day.

Nothing here looks at a clock: `now` is given, so that a screen may ask every few seconds without the register.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

DAY = 24 * 60


class WordKind(StrEnum):
    """What a crew let the centre know. LATE: it comes back at another time than planned."""

    DEPARTED = "departed"
    WORD = "word"
    LATE = "late"
    BACK = "back"


class CrewState(StrEnum):
    """From what needs somebody at once to what is done."""

    OVERDUE = "overdue"
    OUT_LATE = "out_late"
    SILENT = "silent"
    NOT_LEFT = "not_left"
    ON_ROAD = "on_road"
    WAITING = "waiting"
    BACK = "back"


ALARMS = frozenset({CrewState.OVERDUE, CrewState.OUT_LATE, CrewState.SILENT})
"""What every page shows, in words and with a sign. A crew that has not left yet is safe, so it is no alarm."""


@dataclass(frozen=True, slots=True)
class CrewRules:
    """`tolerance`: minutes after the expected return. `silence`: minutes without a word while in the zone.

    `leave_tolerance`: minutes after the planned departure.
    """

    tolerance: int = 20
    silence: int = 60
    leave_tolerance: int = 15


@dataclass(frozen=True, slots=True)
class CrewStop:
    """A stop as planned; `done`: its result is known. `place`: the settlement, for people."""

    place: str
    arrive: int
    leave: int
    done: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A trip with what is known of its crew. `departed`, `last_word`, `returned`: when; None: not, or not known.

    `expected_back`: what the crew itself said last. `out_by`: when the last stop has to be left; None: no limit.
    """

    depart: int
    back: int
    stops: tuple[CrewStop, ...] = ()
    departed: int | None = None
    last_word: int | None = None
    expected_back: int | None = None
    returned: int | None = None
    out_by: int | None = None

    @property
    def shift(self) -> int:
        """Minutes by which the crew left later than planned; an early start shifts nothing."""
        return max(0, self.departed - self.depart) if self.departed is not None else 0

    @property
    def delay(self) -> int:
        """Minutes by which it may be later at its stops: as late as it left, or as it says that it will be back."""
        said = 0 if self.expected_back is None else self.expected_back - self.back
        return max(self.shift, said)

    @property
    def due_back(self) -> int:
        """By the crew's own word, else as planned and as late as it left."""
        return self.back + self.shift if self.expected_back is None else self.expected_back


def expected_minute(said: int, depart: int, now: int) -> int:
    """The minute that a time of day means: after noon, one earlier than the departure is of the night to come."""
    return said + DAY if said < depart and now >= DAY // 2 else said


class Whereabouts(StrEnum):
    """BASE: before it left. TO and AT a stop; HOME: on the way to the transit centre; BACK: there."""

    BASE = "base"
    TO = "to"
    AT = "at"
    HOME = "home"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Standing:
    """`minutes`: how far past what was expected, or how long silent; 0 where neither counts."""

    state: CrewState
    where: Whereabouts
    place: str
    due_back: int
    minutes: int = 0


def standing(run: Run, now: int, rules: CrewRules) -> Standing:
    """What a crew's board says at minute `now`.

    Overdue: later than the expected return and the tolerance; a word calms it for as long again. Out late: it may
    still be among its open stops when the place has to be left, by curfew or darkness. Silent: in
    the zone, and without a word for too long. The worst counts.
    """
    where, place = whereabouts(run, now)
    state, minutes = _state(run, now, rules)
    return Standing(state, where, place, run.due_back, minutes)


def _state(run: Run, now: int, rules: CrewRules) -> tuple[CrewState, int]:
    if run.returned is not None:
        return CrewState.BACK, 0
    if run.departed is None:
        late = now - run.depart
        return (CrewState.NOT_LEFT, late) if late > rules.leave_tolerance else (CrewState.WAITING, 0)
    if now > max(run.due_back, run.last_word or 0) + rules.tolerance:
        return CrewState.OVERDUE, now - run.due_back
    if run.out_by is not None and now > run.out_by and among_stops(run, now):
        return CrewState.OUT_LATE, now - run.out_by
    quiet = now - heard(run)
    return (CrewState.SILENT, quiet) if in_zone_now(run, now) and quiet > rules.silence else (CrewState.ON_ROAD, 0)


def heard(run: Run) -> int:
    """When the crew was last heard of: its word, its departure, or its arrival in the zone, the latest of them.

    On the way there nobody waits for a word, so the silence counts from the first stop on.
    """
    begins = [run.stops[0].arrive + run.shift] if run.stops else []
    return max((at for at in (run.last_word, run.departed, *begins) if at is not None), default=run.depart)


def in_zone_now(run: Run, now: int) -> bool:
    """From the first stop until it is due back, as late as it left; sooner where the results of all stops are in."""
    if run.departed is None or not run.stops or all(stop.done for stop in run.stops):
        return False
    return run.stops[0].arrive + run.shift <= now < run.due_back


def among_stops(run: Run, now: int) -> bool:
    """Whether nobody knows that it has left its last open stop: a crew that says it is late may be late there."""
    return any(not stop.done and now < stop.leave + run.delay for stop in run.stops)


def whereabouts(run: Run, now: int) -> tuple[Whereabouts, str]:
    """Where the crew should be, with the settlement's name."""
    if run.returned is not None:
        return Whereabouts.BACK, ""
    if run.departed is None:
        return Whereabouts.BASE, ""
    for stop in run.stops:
        if stop.done:
            continue
        if now < stop.arrive + run.shift:
            return Whereabouts.TO, stop.place
        if now < stop.leave + run.shift:
            return Whereabouts.AT, stop.place
    return Whereabouts.HOME, ""


_ORDER = {state: place for place, state in enumerate(CrewState)}


def by_need(standings: Sequence[Standing]) -> list[int]:
    """Positions in the order of what needs attention: alarms first, the longest first; then who is due first."""
    keys = [(_ORDER[one.state], -one.minutes, one.due_back, at) for at, one in enumerate(standings)]
    return [key[-1] for key in sorted(keys)]
