"""The reasons why a household is next, in words: one clause a reason, and all of them as a line.

Call these at the moment of showing, so that a switched language is spoken at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from coordinator.domain.days import kyiv, kyiv_day
from coordinator.domain.priority import Behind, Factor, Part
from coordinator.words import day_near
from resources.i18n import _, ngettext, pgettext

Facts = Mapping[str, Any]
SPELT = 10
"""Hits up to so many are spelt out."""


def reasons_line(parts: Iterable[Part], today: date) -> str:
    """ "Two hits in Sadova street since yesterday, a child of 3, packed, last asked 5 days ago" """
    line = ", ".join(filter(None, (reason(part, today) for part in parts)))
    return line[:1].upper() + line[1:]


def reason(part: Part, today: date) -> str:
    """One clause; "" for what another clause says already."""
    return _REASONS[part.factor](part.facts, today)


def detail(part: Part, today: date) -> str:
    """As `reason`, but never silent: for the breakdown, where each part stands by itself."""
    return _DETAILS[part.factor](part.facts, today) if part.factor in _DETAILS else reason(part, today)


def _hits_word(n: int) -> str:
    """The number of hits: "two"; in Ukrainian neuter, as "влучання" is."""
    if n > SPELT:
        return str(n)
    words = (
        pgettext("so many hits", "one"), pgettext("so many hits", "two"), pgettext("so many hits", "three"),
        pgettext("so many hits", "four"), pgettext("so many hits", "five"), pgettext("so many hits", "six"),
        pgettext("so many hits", "seven"), pgettext("so many hits", "eight"), pgettext("so many hits", "nine"),
        pgettext("so many hits", "ten"),
    )  # fmt: skip
    return words[n - 1]


def _when(facts: Facts, today: date) -> str:
    """ "yesterday", or from the first to the last of several days: "since yesterday", "in the last 5 days"."""
    first, last = facts["first"], facts["last"]
    if first == last:
        return day_near(first, today)
    days = (today - first).days
    if days <= 1:
        return _("since yesterday")
    return ngettext("in the last {n} day", "in the last {n} days", days).format(n=days)


def _house(facts: Facts, today: date) -> str:
    n = facts["count"]
    text = ngettext("their house was hit {when}", "{count} hits on their house {when}", n)
    return text.format(count=_hits_word(n), when=_when(facts, today))


def _street(facts: Facts, today: date) -> str:
    n = facts["count"]
    text = ngettext("{count} hit in {street} {when}", "{count} hits in {street} {when}", n)
    return text.format(count=_hits_word(n), street=facts["streets"][0], when=_when(facts, today))


def _next(facts: Facts, today: date) -> str:
    n, streets = facts["count"], facts["streets"]
    text = ngettext(
        "{count} hit in the next street, {street}, {when}", "{count} hits next to their street, {street}, {when}", n
    )
    return text.format(count=_hits_word(n), street=", ".join(streets), when=_when(facts, today))


def _settlement(facts: Facts, today: date) -> str:
    return _("the settlement was shelled {when}").format(when=_when(facts, today))


def _elsewhere(facts: Facts, today: date) -> str:
    n = facts["count"]
    text = ngettext(
        "{count} hit elsewhere in the settlement {when}", "{count} hits elsewhere in the settlement {when}", n
    )
    return text.format(count=_hits_word(n), when=_when(facts, today))


def _elsewhere_in_full(facts: Facts, today: date) -> str:
    words = _("{hits}: {streets}. Nobody has said which streets lie next to theirs.")
    return words.format(hits=_elsewhere(facts, today), streets=", ".join(facts["streets"]))


def _children(facts: Facts, _today: date) -> str:
    n, youngest = facts["count"], facts["youngest"]
    if n == 1 and youngest is None:
        return _("a child")
    if n == 1:
        return _child_of(youngest)
    children = ngettext("{n} child", "{n} children", n).format(n=n)
    return children if youngest is None else _("{children}, the youngest {age}").format(
        children=children, age=_years(youngest)
    )  # fmt: skip


def _child_of(age: int) -> str:
    if age == 0:
        return _("a child under one year")
    return ngettext("a child of {n}", "a child of {n}", age).format(n=age)


def _years(age: int) -> str:
    return ngettext("{n} year", "{n} years", age).format(n=age) if age else _("under one year")


def _young(facts: Facts, _today: date) -> str:
    youngest = facts["youngest"]
    return _("age not known") if youngest is None else _("the youngest child: {age}").format(age=_years(youngest))


def _people(one: Callable[[], str], several: Callable[[], str]) -> Callable[[Facts, date], str]:
    def words(facts: Facts, _today: date) -> str:
        n = facts["count"]
        return one() if n == 1 else several().format(n=n)

    return words


def _behind(facts: Facts, _today: date) -> str:
    return {
        Behind.REST_LEFT: _("stay behind: the others of the family have left"),
        Behind.REST_LEAVES: _("stay behind: the others of the family are leaving"),
        Behind.PART_STAYS: _("a part of the family stays"),
    }[Behind(facts["behind"])]


def _wants(facts: Facts, _today: date) -> str:
    day = facts["wants_on"]
    return _("want pickup by {day}").format(day=_day(day)) if day else _("want pickup as soon as possible")


def _refused(facts: Facts, _today: date) -> str:
    day = facts["refused_on"]
    return _("refused on {day}").format(day=_day(day)) if day else _("refused")


def _wish(facts: Facts, today: date) -> str:
    late = (today - facts["wants_on"]).days
    if late <= 0:
        return _("today is the day they wished for")
    return _("the day they wished for was {when}").format(when=day_near(facts["wants_on"], today))


def _call_back(facts: Facts, today: date) -> str:
    return _("call back was due {when}").format(when=_near(facts["again_at"], today))


def _later(facts: Facts, today: date) -> str:
    return _("call again {when}").format(when=_near(facts["again_at"], today))


def _asked(facts: Facts, today: date) -> str:
    days = facts["days"]
    if facts["ever"]:
        return _("asked today") if days == 0 else ngettext(
            "last asked {n} day ago", "last asked {n} days ago", days
        ).format(n=days)  # fmt: skip
    return ngettext("waiting for {n} day", "waiting for {n} days", days).format(n=days) if days else _("new today")


def _near(moment: datetime, today: date) -> str:
    """ "today at 15:00", "yesterday", "18.08" """
    day = kyiv_day(moment)
    if day == today:
        return _("today at {time}").format(time=f"{kyiv(moment):%H:%M}")
    return day_near(day, today) if abs((day - today).days) <= 1 else _day(day)


def _day(day: date) -> str:
    return f"{day:%d.%m}"


_Words = Callable[[Facts, date], str]
_REASONS: Mapping[Factor, _Words] = {
    Factor.HOUSE: _house,
    Factor.STREET: _street,
    Factor.NEXT: _next,
    Factor.SETTLEMENT: _settlement,
    Factor.ELSEWHERE: _elsewhere,
    Factor.FORCED: lambda _f, _t: _("forced evacuation of children"),
    Factor.MANDATORY: lambda _f, _t: _("mandatory evacuation"),
    Factor.CHILDREN: _children,
    Factor.YOUNG: lambda _f, _t: "",
    Factor.STRETCHER: _people(lambda: _("somebody lies on a stretcher"), lambda: _("{n} lie on stretchers")),
    Factor.WHEELCHAIR: _people(lambda: _("somebody in a wheelchair"), lambda: _("{n} in wheelchairs")),
    Factor.POWER: _people(lambda: _("somebody needs power"), lambda: _("{n} need power")),
    Factor.PREGNANT: _people(lambda: _("somebody is pregnant"), lambda: _("{n} are pregnant")),
    Factor.HELP: _people(lambda: _("somebody needs help to leave"), lambda: _("{n} need help to leave")),
    Factor.STAYS_BEHIND: _behind,
    Factor.NO_CARER: lambda _f, _t: _("whoever cared for them has left"),
    Factor.PACKED: lambda _f, _t: _("packed"),
    Factor.WANTS_PICKUP: _wants,
    Factor.PREPARING: lambda _f, _t: _("are preparing"),
    Factor.UNDECIDED: lambda _f, _t: _("are undecided"),
    Factor.NOT_ASKED: lambda _f, _t: _("not asked yet"),
    Factor.RETURNED: lambda _f, _t: _("have come back"),
    Factor.UNREACHABLE: lambda _f, _t: _("could not be reached"),
    Factor.REFUSED: _refused,
    Factor.REFUSED_HIT: lambda _f, _t: _("shelling came near since"),
    Factor.WISH: _wish,
    Factor.CALL_BACK: _call_back,
    Factor.LATER: _later,
    Factor.ASKED: _asked,
}
_DETAILS: Mapping[Factor, _Words] = {Factor.YOUNG: _young, Factor.ELSEWHERE: _elsewhere_in_full}
