"""The operational day: the Kyiv calendar day. Times are UTC in the file and Kyiv time for people."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")
MINUTES_A_DAY = 24 * 60


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


def last_days(until: date, days: int) -> tuple[date, date]:
    """First and last day of a period of `days` days that ends with `until`."""
    return until - timedelta(days=days - 1), until
