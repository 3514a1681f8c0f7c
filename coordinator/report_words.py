"""A report in words: what each figure counts, what was corrected, and the text for a messenger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from coordinator.domain.corrections import Correction, Shift
from coordinator.domain.days import kyiv
from coordinator.domain.pace import Forecast, Unsaid
from coordinator.exchange.hiding import ALL, Cell, columns_hidden, hromada
from coordinator.exchange.out_counts import SummaryLine
from coordinator.report_content import ReportContent
from coordinator.summary_content import HIDDEN
from resources.i18n import _, language, ngettext


def definitions(since: date | None, hide_below: int) -> list[tuple[str, str]]:
    """(term, what it counts), as they stand in a report and are frozen with it."""
    first = f"{since:%d.%m.%Y}" if since else _("the first event of this register")
    told = [
        (_("Unit"), _("Persons, each counted once a day; “since the first day” counts each person once.")),
        (_("Day"), _("The Kyiv calendar day on which they were moved, whenever it was recorded.")),
        (_("Evacuated"), _("Brought to the transit centre by us, on the date of the trip.")),
        (_("Left by themselves"), _("Without any organisation; never among the evacuated.")),
        (_("Women, men"), _("18 and older; children are counted apart. Sex or age not known: only in the total.")),
        (_("Children 0–17"), _("Under 18 on the day; by a year of birth alone, 18 at most in that year.")),
        (_("Settlement"), _("Where they left last; so each person stands in one settlement.")),
        (_("First day"), first),
        (_("Households that refused"), _("Households of whom somebody who is there refuses.")),
        (_("People remaining"), _("People of this register who have not left; others who live there are not in it.")),
    ]
    return [*told, hiding_definition(hide_below)] if hide_below > 1 else told


def hiding_definition(hide_below: int) -> tuple[str, str]:
    """What stands instead of a number that does not leave."""
    hidden = _("A number from 1 to {most}, or one that would tell such a number: not shown.")
    return HIDDEN, hidden.format(most=hide_below - 1)


def correction_words(one: Correction, least: int = 0) -> str:
    """ "15.08: 92 sent, 95 known now (3 recorded on 17.08)" and the children and those by themselves as well.

    `least`: numbers below it are hidden, where the words leave the centre.
    """
    say = _Say(least)
    parts = []
    if one.people.sent != one.people.now:
        parts.append(say.shift(_("{sent} sent, {now} known now"), one.people))
    parts += say.pair(_("children {sent} sent, {now} known now"), one.children)
    if one.alone.sent != one.alone.now:
        parts.append(say.shift(_("by themselves {sent} sent, {now} known now"), one.alone))
    parts += say.pair(_("of them children {sent} sent, {now} known now"), one.alone_children)
    return f"{one.day:%d.%m}: {'; '.join(parts)}"


def corrections_words(found: Iterable[Correction]) -> str:
    """All of them as lines; "" where there is none."""
    return "\n".join(map(correction_words, found))


class _Say:
    def __init__(self, least: int) -> None:
        self._least = least

    def pair(self, text: str, pair: tuple[int, int]) -> list[str]:
        sent, now = pair
        return [text.format(sent=self._number(sent), now=self._number(now))] if sent != now else []

    def shift(self, text: str, shift: Shift) -> str:
        why = [
            ngettext("{n} was recorded on {day}", "{n} were recorded on {day}", n).format(
                n=self._number(n), day=f"{day:%d.%m}"
            )
            for day, n in shift.recorded
        ]
        why += [
            ngettext("{n} was taken out on {day}", "{n} were taken out on {day}", n).format(
                n=self._number(n), day=f"{day:%d.%m}"
            )
            for day, n in shift.withdrawn
        ]
        if shift.other and abs(shift.other) >= self._least:
            why.append(_("{n} by other corrections").format(n=f"{shift.other:+d}"))
        said = text.format(sent=self._number(shift.sent), now=self._number(shift.now))
        return f"{said} ({', '.join(why)})" if why else said

    def _number(self, n: int) -> str:
        return HIDDEN if 0 < n < self._least else str(n)


def messenger_text(content: ReportContent, total: SummaryLine, number: int | None = None) -> str:
    """The report as lines of plain text. `number` None: it is not frozen yet, and says so."""
    return "\n".join(line for line in _lines(content, total, number) if line)


def _lines(content: ReportContent, total: SummaryLine, number: int | None) -> Iterator[str]:
    day, at = f"{content.day:%d.%m.%Y}", f"{kyiv(content.as_of):%H:%M %d.%m}"
    if number is None:
        yield _("DRAFT, not a report yet: {day}, as of {at}").format(day=day, at=at)
    else:
        yield _("Daily report No. {number}: {day}, as of {at}").format(number=number, day=day, at=at)
    say = _Shown(total, columns_hidden(content.hidden, ALL))
    yield _("Evacuated that day: {people}, of them children {children}").format(
        people=say.of("people"), children=say.of("children")
    )
    who = _("Women {women}, men {men}, 60 and older {seniors}, with a disability {disabled}").format(
        women=say.of("women"), men=say.of("men"), seniors=say.of("seniors"), disabled=say.of("disabled")
    )
    yield ", ".join(filter(None, (who, rest_words(total, say.hidden))))
    yield _("Left by themselves: {alone}, of them children {children}").format(
        alone=say.of("alone"), children=say.of("alone_children")
    )
    since = _("Since {day}").format(day=f"{content.since:%d.%m.%Y}") if content.since else _("Since the first day")
    yield _("{since}: {total}, of them children {children}").format(
        since=since, total=say.of("total"), children=say.of("total_children")
    )
    yield _("Households that refuse: {refused}; people remaining: {remaining} (this register)").format(
        refused=say.of("refused"), remaining=say.of("remaining")
    )
    yield from _by_hromada(content)
    for one in content.corrections:
        yield _("Correction: {what}").format(what=correction_words(one, content.hide_below))
    if content.hidden:
        yield _("{mark}: numbers below {least} are not shown, nor those that would tell them.").format(
            mark=HIDDEN, least=content.hide_below
        )


def _by_hromada(content: ReportContent) -> Iterator[str]:
    """Hromadas from which somebody was evacuated that day."""
    people: dict[str, int] = {}
    for line in content.lines:
        people[line.hromada] = people.get(line.hromada, 0) + line.people
    for name, n in people.items():
        hidden: Iterable[Cell] = content.hidden
        shown = HIDDEN if "people" in columns_hidden(hidden, hromada(name)) else str(n)
        if n:
            yield _("– {hromada}: {people}").format(hromada=name or _("hromada not known"), people=shown)


class MadeUp(Protocol):
    """Persons of a day; `women` and `men` are adults."""

    @property
    def people(self) -> int: ...
    @property
    def children(self) -> int: ...
    @property
    def women(self) -> int: ...
    @property
    def men(self) -> int: ...


def rest_words(total: MadeUp, hidden: frozenset[str]) -> str:
    """Those of a day who stand neither among its children nor its women nor its men; "" where there are none.

    What is not shown is left in the rest, so that it tells no more than the numbers beside it do.
    """
    if "people" in hidden:
        return ""
    shown = [name for name in ("children", "women", "men") if name not in hidden]
    rest = total.people - sum(getattr(total, name) for name in shown)
    if not rest:
        return ""
    text = _("sex or age not known: {n}") if len(shown) == 3 else _("not known or not shown: {n}")
    return text.format(n=rest)


class _Shown:
    def __init__(self, line: SummaryLine, hidden: frozenset[str]) -> None:
        self._line, self.hidden = line, hidden

    def of(self, name: str) -> str:
        return HIDDEN if name in self.hidden else str(getattr(self._line, name))


def forecast_words(told: Forecast) -> str:
    """The forecast as a sentence that says what it is made of, or why there is none."""
    days = _("{since}–{until}").format(since=f"{told.since:%d.%m}", until=f"{told.until:%d.%m}")
    if told.unsaid is Unsaid.NOBODY_READY:
        return _("Forecast: nobody is ready, so there is nothing to say.")
    if told.unsaid is Unsaid.FEW_DAYS:
        return _("Forecast: it cannot be said; of {days} too few days have a report.").format(days=days)
    if told.unsaid is Unsaid.NOBODY_MOVED:
        return _("Forecast: it cannot be said; on most days of {days} nobody was moved.").format(days=days)
    said = ngettext(
        "Forecast, no promise: at {rate} people a day (median of {days}, days with a report: {reported}) the {ready} "
        "who are ready are out in {n} day",
        "Forecast, no promise: at {rate} people a day (median of {days}, days with a report: {reported}) the {ready} "
        "who are ready are out in {n} days",
        told.days_left or 0,
    ).format(
        rate=_decimal(told.rate or 0), days=days, reported=told.days, ready=told.ready.value, n=told.days_left
    )  # fmt: skip
    if told.at_worst is None:
        return _("{said} (at best {best}; at the pace of the slow days, never).").format(said=said, best=told.at_best)
    if told.at_best == told.at_worst:
        return _("{said}, at the pace of faster and of slower days alike.").format(said=said)
    return _("{said} ({best} to {worst} at the pace of faster and slower days).").format(
        said=said, best=told.at_best, worst=told.at_worst
    )


def _decimal(value: float) -> str:
    """At most one place; Ukrainian writes a comma."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if language() == "uk" else text
