"""Crews in words: how one stands, where it should be, what it said last, what was hit near its stops."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.domain.crews import CrewState, Standing, Whereabouts
from coordinator.domain.schedule import clock
from coordinator.domain.shelling import Nearness
from coordinator.queries.crews import CrewLine, CrewWord, HitNear
from coordinator.words import label
from resources.i18n import _, ngettext, pgettext
from ui import texts

ICONS = {
    CrewState.OVERDUE: "danger", CrewState.OUT_LATE: "danger", CrewState.SILENT: "warning",
    CrewState.NOT_LEFT: "clock", CrewState.ON_ROAD: "fleet", CrewState.WAITING: "clock", CrewState.BACK: "success",
}  # fmt: skip
MARKS = {CrewState.OVERDUE: "danger", CrewState.OUT_LATE: "danger", CrewState.SILENT: "warning"}
MOST_NAMED = 3


def state_words(one: Standing) -> str:
    """ "OVERDUE 25 min" """
    words = label(one.state)
    return f"{words} {_span(one.minutes)}" if one.minutes else words


def _span(minutes: int) -> str:
    if minutes < 2 * 60:
        return _("{n} min").format(n=minutes)
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("{n} day", "{n} days", days).format(n=texts.number(days))
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def where_words(one: Standing) -> str:
    if one.where is Whereabouts.TO:
        return _("on the way to {place}").format(place=one.place)
    if one.where is Whereabouts.AT:
        return _("at a stop in {place}").format(place=one.place)
    return {
        Whereabouts.BASE: _("at the base"),
        Whereabouts.HOME: _("on the way back"),
        Whereabouts.BACK: pgettext("crew", "back"),
    }[one.where]


def left_words(line: CrewLine) -> str:
    """ "07:02 (planned 06:30)" """
    planned = clock(line.run.depart)
    if line.run.departed is None:
        return _("planned {time}").format(time=planned)
    left = clock(line.run.departed)
    return left if left == planned else _("{time} (planned {planned})").format(time=left, planned=planned)


def word_words(word: CrewWord | None) -> str:
    """ "09:12 all well: at the checkpoint" """
    if word is None:
        return ""
    said = label(word.kind)
    if word.expected_back is not None:
        said = _("back at {time}").format(time=clock(word.expected_back))
    return f"{texts.clock_short(word.said_at)} {said}" + (f": {word.note}" if word.note else "")


def hit_words(hits: Sequence[HitNear]) -> str:
    """ "Household 12: their street, вул. Садова, 08:20" """
    near = {
        Nearness.HOUSE: _("their house"), Nearness.STREET: _("their street"),
        Nearness.NEXT: _("a street next to theirs"),
    }  # fmt: skip
    told = [
        _("No. {number}, {place}: {near} hit at {time}").format(
            number=one.number, place=one.place, near=near.get(one.hit.nearness, one.hit.street),
            time=texts.clock_short(one.hit.occurred_at),
        )
        for one in hits
    ]  # fmt: skip
    more = len(told) - MOST_NAMED
    return "; ".join(told[:MOST_NAMED]) + (_(" and {count} more").format(count=more) if more > 0 else "")


def hits_short(hits: Sequence[HitNear]) -> str:
    """For a narrow column: the newest hit, and how many open stops have one near: "09:20 Подоли, stops: 2"."""
    if not hits:
        return ""
    last = max(hits, key=lambda one: one.hit.occurred_at)
    at, place = texts.clock_short(last.hit.occurred_at), last.place
    return _("{time} {place}, stops: {count}").format(time=at, place=place, count=len(hits))


def alarm_sentence(alarms: Sequence[tuple[CrewLine, Standing]]) -> str:
    """ "OVERDUE 25 min: AX0001AA, expected 13:40, last word 09:12 all well. …" """
    told = [_alarm(line, one) for line, one in alarms[:MOST_NAMED]]
    more = len(alarms) - len(told)
    if more > 0:
        told.append(ngettext("and {n} more crew", "and {n} more crews", more).format(n=more))
    return "\n".join(told)


def _alarm(line: CrewLine, one: Standing) -> str:
    who = " ".join(part for part in (line.plate, line.driver, line.phone) if part)
    word = word_words(line.last)
    text = (
        _("{state}: {who}. Expected back {time}; last word {word}.")
        if word
        else _("{state}: {who}. Expected back {time}; no word yet.")
    )
    return text.format(state=state_words(one), who=who, time=clock(one.due_back), word=word)


def alarm_short(alarms: Sequence[tuple[CrewLine, Standing]]) -> str:
    """For the bottom line of every page: "OVERDUE: AX0001AA; 2 crews in alarm"."""
    if not alarms:
        return ""
    line, one = alarms[0]
    first = f"{label(one.state)}: {line.plate}"
    more = len(alarms) - 1
    if not more:
        return first
    return first + " " + ngettext("and {n} more crew", "and {n} more crews", more).format(n=more)
