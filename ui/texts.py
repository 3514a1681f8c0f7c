"""Words for what the core names by codes: errors, decisions, needs, reasons; dates, times and counted things.

Needs no Qt: the window, the terminal and paper share it. Call the functions at the moment of showing,
so that a switched language is spoken at once.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from coordinator.domain.days import MINUTES_A_DAY, clock_text, kyiv
from coordinator.domain.decision import Decision
from coordinator.errors import UserError
from coordinator.exchange.incoming import ListKind
from coordinator.words import DUPLICATE_REASONS, day_near, label, needs_line
from resources.i18n import _, language, ngettext, pgettext
from resources.messages import sentence

__all__ = ["DUPLICATE_REASONS", "day_near", "label", "needs_line"]


def error_text(error: UserError) -> str:
    """The calm sentence for an error of the core, in the language of the moment."""
    return sentence(error.code, {name: shown(fact) for name, fact in error.facts.items()})


def shown(value: object) -> object:
    """A fact as it is written in a sentence: dates and times in order, enums in words, paths as paths."""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day_short(value)
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, Path):
        return str(value)
    return value


def weekday(day: date) -> str:
    names = (
        _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
    )  # fmt: skip
    return names[day.weekday()]


def month(number: int) -> str:
    """The month (1-12) as it is said within a date: "15 August", "15 серпня"."""
    names = (
        pgettext("within a date", "January"), pgettext("within a date", "February"),
        pgettext("within a date", "March"), pgettext("within a date", "April"),
        pgettext("within a date", "May"), pgettext("within a date", "June"),
        pgettext("within a date", "July"), pgettext("within a date", "August"),
        pgettext("within a date", "September"), pgettext("within a date", "October"),
        pgettext("within a date", "November"), pgettext("within a date", "December"),
    )  # fmt: skip
    return names[number - 1]


def day_short(day: date) -> str:
    """15.08.2023: the same in both languages, as the centre writes it."""
    return f"{day:%d.%m.%Y}"


def day_long(day: date) -> str:
    """Tuesday, 15 August 2023"""
    return _("{weekday}, {day} {month} {year}").format(
        weekday=weekday(day), day=day.day, month=month(day.month), year=day.year
    )


def moment(when: datetime) -> str:
    """An aware moment in Kyiv time: 15.08.2023 14:03"""
    return f"{kyiv(when):%d.%m.%Y %H:%M}"


def clock(when: datetime) -> str:
    """The time of day in Kyiv to the second: 14:03:22"""
    return f"{kyiv(when):%H:%M:%S}"


def clock_short(when: datetime) -> str:
    """The time of day in Kyiv to the minute: 14:03"""
    return f"{kyiv(when):%H:%M}"


def minute(minutes: int) -> str:
    """Minutes after midnight of the working date: "06:05"; the next day is marked: "01:10 (+1)"."""
    days = minutes // MINUTES_A_DAY
    return clock_text(minutes) if days == 0 else f"{clock_text(minutes)} ({days:+d})"


def decision_short(decision: Decision, wants_on: date | None = None) -> str:
    """One or two words for a small place; of a wish with its day that: "by 16.08"."""
    word = {
        Decision.NOT_ASKED: pgettext("on the board", "not asked"),
        Decision.UNDECIDED: pgettext("on the board", "undecided"),
        Decision.PREPARING: pgettext("on the board", "preparing"),
        Decision.PACKED: pgettext("on the board", "packed"),
        Decision.WANTS_PICKUP: pgettext("on the board", "pickup"),
        Decision.REFUSED: pgettext("on the board", "refused"),
        Decision.LEFT_THEMSELVES: pgettext("on the board", "left"),
        Decision.EVACUATED: pgettext("on the board", "evacuated"),
        Decision.RETURNED: pgettext("on the board", "returned"),
        Decision.UNREACHABLE: pgettext("on the board", "not reached"),
    }[decision]
    if wants_on and decision is Decision.WANTS_PICKUP:
        return pgettext("on the board", "by {day}").format(day=f"{wants_on:%d.%m}")
    return word


def people(n: int) -> str:
    return ngettext("{n} person", "{n} people", n).format(n=number(n))


def children(n: int) -> str:
    return ngettext("{n} child", "{n} children", n).format(n=number(n))


def households(n: int) -> str:
    return ngettext("{n} household", "{n} households", n).format(n=number(n))


def vehicles(n: int) -> str:
    return ngettext("{n} vehicle", "{n} vehicles", n).format(n=number(n))


def trips(n: int) -> str:
    return ngettext("{n} trip", "{n} trips", n).format(n=number(n))


def list_kind(code: str) -> str:
    """The words for a kind of list that the register keeps by its code."""
    return label(ListKind(code))


def people_word(n: int) -> str:
    """The unit alone, in the form that n asks for."""
    return ngettext("person", "people", n)


def households_word(n: int) -> str:
    return ngettext("household", "households", n)


def number(n: int) -> str:
    """Thousands apart by a no-break space: 25 000. Right in both languages."""
    return f"{n:,}".replace(",", "\u00a0")


def decimal(n: float, digits: int) -> str:
    """0.77, in Ukrainian 0,77"""
    text = f"{n:.{digits}f}"
    return text.replace(".", ",") if language() == "uk" else text


def time_left(seconds: float) -> str:
    """A calm estimate; it never counts single seconds down at the end."""
    if seconds < 3:
        return _("almost done")
    if seconds < 60:
        near = max(5, round(seconds / 5) * 5)
        return ngettext("about {n} second left", "about {n} seconds left", near).format(n=near)
    near = round(seconds / 60)
    return ngettext("about {n} minute left", "about {n} minutes left", near).format(n=near)
