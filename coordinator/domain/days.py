"""The operational day: the Kyiv calendar day. Times are UTC in the file and Kyiv time for people."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from coordinator.errors import UserError

KYIV = ZoneInfo("Europe/Kyiv")
MINUTES_A_DAY = 24 * 60
_TURN = re.compile(r"(.*?)\s*\(([12])\)\s*")


def kyiv(moment: datetime) -> datetime:
    """An aware moment as Kyiv wall time."""
    return moment.astimezone(KYIV)


def kyiv_day(moment: datetime) -> date:
    return kyiv(moment).date()


def clock_text(minutes: int) -> str:
    """Minutes after midnight as "06:05"; past midnight it starts anew ("01:10")."""
    hours, rest = divmod(minutes % MINUTES_A_DAY, 60)
    return f"{hours:02}:{rest:02}"


def read_clock(text: str) -> int | None:
    """ "6:05", "06.05" or "6" as minutes after midnight; None where it is no time of day."""
    parts = text.strip().replace(".", ":").split(":")
    if not parts[0].isdecimal() or len(parts) > 3 or not all(part.isdecimal() for part in parts):
        return None
    hours, minutes = int(parts[0]), int(parts[1]) if len(parts) > 1 else 0
    return hours * 60 + minutes if hours < 24 and minutes < 60 else None


def split_turn(text: str) -> tuple[str, int]:
    """ "03:30 (2)" as "03:30" and 2: which of two, in the night when the clocks go back; else the text and 0."""
    match = _TURN.fullmatch(text)
    return (match[1], int(match[2])) if match else (text, 0)


def moments(day: date, minutes: int) -> tuple[datetime, ...]:
    """The UTC moments at which Kyiv's clocks show `minutes` after midnight of `day`, the earlier one first.

    One, as a rule; two in the night when the clocks go back; none in the hour that is left out when they go forward.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    found = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=KYIV, fold=fold).astimezone(UTC)
        if kyiv(moment).replace(tzinfo=None, fold=0) == wall and moment not in found:
            found.append(moment)
    return tuple(found)


def moment_of(day: date, minutes: int, turn: int = 0) -> datetime:
    """The one moment in UTC that was meant. `turn` 1 or 2: which of two, where somebody said so (see split_turn).

    UserError "time.twice" where the time comes twice and nobody said which, "time.never" where it is left out.
    """
    found = moments(day, minutes)
    on = day + timedelta(days=minutes // MINUTES_A_DAY)
    if not found:
        raise UserError("time.never", day=on, time=clock_text(minutes))
    if len(found) > 1 and turn not in (1, 2):
        raise UserError("time.twice", day=on, time=clock_text(minutes))
    return found[turn - 1] if len(found) > 1 else found[0]


def last_days(until: date, days: int) -> tuple[date, date]:
    """First and last day of a period of `days` days that ends with `until`."""
    return until - timedelta(days=days - 1), until
