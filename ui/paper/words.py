"""What paper calls codes, times and numbers, in the language of the moment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QLocale

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need
from coordinator.domain.schedule import Window
from resources.i18n import N_, _, language, ngettext
from ui.paper.pieces import GLUE, glued

KYIV = ZoneInfo("Europe/Kyiv")
NOTHING = "–"
DAY_MINUTES = 1440

DECISIONS: dict[Decision, str] = {
    Decision.NOT_ASKED: N_("not asked yet"),
    Decision.UNDECIDED: N_("undecided"),
    Decision.PREPARING: N_("preparing"),
    Decision.PACKED: N_("packed, ready"),
    Decision.WANTS_PICKUP: N_("wants pickup"),
    Decision.REFUSED: N_("refused"),
    Decision.LEFT_THEMSELVES: N_("left by themselves"),
    Decision.EVACUATED: N_("evacuated"),
    Decision.RETURNED: N_("returned"),
    Decision.UNREACHABLE: N_("cannot be reached"),
}

NEEDS: dict[Need, str] = {
    Need.STRETCHER: N_("lies down, needs a stretcher"),
    Need.WHEELCHAIR: N_("uses a wheelchair"),
    Need.STEPS: N_("needs help on steps"),
    Need.POWER: N_("needs oxygen or electric power"),
    Need.SENSES: N_("sees or hears badly"),
    Need.ESCORT: N_("needs a companion"),
    Need.PREGNANT: N_("pregnant"),
    Need.INFANT: N_("infant, needs a child seat"),
    Need.COLD_MEDICINE: N_("medicine that must stay cold"),
    Need.DISABILITY: N_("has a disability"),
}
"""Function in words. A disability as such is no function: it stays on the papers of the centre."""

NOT_FOR_DRIVERS = frozenset({Need.DISABILITY})


def clock(minutes: int | None) -> str:
    """Minutes after midnight as 09:20; after midnight of the next day as 00:30 (+1)."""
    if minutes is None:
        return NOTHING
    days, rest = divmod(minutes, DAY_MINUTES)
    text = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{text}{GLUE}(+{days})" if days else text


def window(span: Window | None) -> str:
    if span is None:
        return NOTHING
    return clock(span.start) if span.start == span.end else f"{clock(span.start)}–{clock(span.end)}"


def household(number: int) -> str:
    """The number by which paper and talk know a household; printed once in a document."""
    return f"№{GLUE}{number}"


def long_day(day: date) -> str:
    """Tuesday, 15 August 2023."""
    return QLocale(language()).toString(QDate(day.year, day.month, day.day), "dddd, d MMMM yyyy")


def short_day(day: date) -> str:
    """15 Aug 2023, in Ukrainian 15.08.2023."""
    pattern = "dd.MM.yyyy" if language() == "uk" else "d MMM yyyy"
    return glued(QLocale(language()).toString(QDate(day.year, day.month, day.day), pattern))


def moment(when: datetime) -> str:
    """Day and time in Kyiv; a moment without a zone is taken as Kyiv time."""
    local = when.astimezone(KYIV) if when.tzinfo is not None else when
    return f"{short_day(local.date())}{GLUE}{local:%H:%M}"


def people(count: int) -> str:
    return ngettext("{n} person", "{n} people", count).format(n=count)


def people_short(count: int, children: int) -> str:
    """ "4 (2)": people, and the children among them."""
    return f"{count} ({children})" if children else str(count)


def households(count: int) -> str:
    return ngettext("{n} household", "{n} households", count).format(n=count)


def makeup(adults: int, children: int, everybody: int) -> str:
    """2 adults, 3 children, 1 of unknown age; what is zero is left out."""
    unknown = everybody - adults - children
    parts = [
        ngettext("{n} adult", "{n} adults", adults).format(n=adults) if adults else "",
        ngettext("{n} child", "{n} children", children).format(n=children) if children else "",
        ngettext("{n} of unknown age", "{n} of unknown age", unknown).format(n=unknown) if unknown > 0 else "",
    ]
    return ", ".join(part for part in parts if part)


def places(walking: int, wheelchair: int, stretcher: int) -> str:
    """How people travel, in words."""
    parts = [
        ngettext("{n} walks", "{n} walk", walking).format(n=walking) if walking else "",
        ngettext("{n} in a wheelchair", "{n} in wheelchairs", wheelchair).format(n=wheelchair) if wheelchair else "",
        ngettext("{n} lying on a stretcher", "{n} lying on stretchers", stretcher).format(n=stretcher)
        if stretcher
        else "",
    ]
    return ", ".join(part for part in parts if part)


def pieces_of_luggage(count: int) -> str:
    return ngettext("{n} piece", "{n} pieces", count).format(n=count)


def needs(codes: Iterable[Need], without: frozenset[Need] = frozenset()) -> str:
    """Needs in words, in the order of the table; a need of several people with their count."""
    counted = Counter(code for code in codes if code not in without)
    parts = []
    for code, text in NEEDS.items():
        if counted[code]:
            parts.append(_(text) if counted[code] == 1 else f"{_(text)} ({counted[code]})")
    return "; ".join(parts)


def decision(code: Decision, wants_on: date | None = None) -> str:
    if code is Decision.WANTS_PICKUP and wants_on is not None:
        return _("wants pickup by {day}").format(day=short_day(wants_on))
    return _(DECISIONS[code])
