"""All charts, declared once; page, table, picture, workbook and paper are made from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from coordinator.chart_hiding import BESIDE, withheld
from coordinator.domain.charts import Asked, Chart, Drawing
from coordinator.domain.counted_parts import Part
from coordinator.domain.counting import TEN_DAYS
from coordinator.domain.days import last_days
from coordinator.domain.figures import Unit
from coordinator.queries.chart_days import decisions_over_time, persons_a_day, running_total
from coordinator.queries.chart_parts import by, hours_of_waiting, refusals_by_reason, remaining_by_settlement
from coordinator.queries.chart_spec import ChartSpec
from coordinator.queries.count_memory import CountMemory
from coordinator.settings import HIDE_BELOW
from resources.i18n import N_

_PEOPLE, _HOMES = Unit.PERSONS, Unit.HOUSEHOLDS
_DAYS, _LINES, _PARTS = Drawing.DAYS, Drawing.LINES, Drawing.PARTS
_DECLARED = (
    ChartSpec("daily", N_("Persons a day"), _PEOPLE, _DAYS, N_("Day"), persons_a_day),
    ChartSpec("running", N_("Persons since the first day"), _PEOPLE, _LINES, N_("Day"), running_total),
    ChartSpec("hromada", N_("Evacuated, by hromada"), _PEOPLE, _PARTS, N_("Hromada"), by(Part.HROMADA)),
    ChartSpec("settlement", N_("Evacuated, by settlement"), _PEOPLE, _PARTS, N_("Settlement"), by(Part.SETTLEMENT)),
    ChartSpec("age", N_("Evacuated, by age"), _PEOPLE, _PARTS, N_("Age"), by(Part.AGE), ages=True),
    ChartSpec("sex", N_("Evacuated, by sex"), _PEOPLE, _PARTS, N_("Sex"), by(Part.SEX)),
    ChartSpec("need", N_("Evacuated, by need"), _PEOPLE, _PARTS, N_("Need"), by(Part.NEED)),
    ChartSpec("organisation", N_("Who left, by organisation"), _PEOPLE, _PARTS, N_("Organisation"),
              by(Part.ORGANISATION)),
    ChartSpec("decisions", N_("Decisions over time"), _HOMES, _DAYS, N_("Day"), decisions_over_time, filtered=False),
    ChartSpec("refusals", N_("Refusals, by reason"), _HOMES, _PARTS, N_("Reason"), refusals_by_reason,
              ranged=False, filtered=False),
    ChartSpec("remaining", N_("Still there, by settlement"), _PEOPLE, _PARTS, N_("Settlement"),
              remaining_by_settlement, ranged=False),
    ChartSpec("hours", N_("Hours from request to pickup"), _HOMES, _PARTS, N_("Waited"), hours_of_waiting,
              filtered=False),
)  # fmt: skip

CHARTS: Mapping[str, ChartSpec] = {spec.key: spec for spec in _DECLARED}


class Span(StrEnum):
    """Which days: the ten that end with the working date, since the count began, all, or from one to another."""

    TEN_DAYS = "ten_days"
    COUNTED = "counted"
    ALL = "all"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody has chosen beside the chart; `since` and `until` only of a span between two days."""

    span: Span = Span.TEN_DAYS
    since: date | None = None
    until: date | None = None
    hromada: str = ""
    organisation: str = ""
    fine: bool = False


def asked(memory: CountMemory, wish: Wish, day: date) -> Asked:
    """The days that a wish means on a working date."""
    since, until = wish.since, wish.until
    if wish.span is Span.TEN_DAYS:
        since, until = last_days(day, TEN_DAYS)
    elif wish.span is Span.COUNTED:
        since, until = memory.counting_since(), day
    elif wish.span is Span.ALL:
        since, until = None, _last(memory, day)
    if since and until and since > until:
        since, until = until, since
    return Asked(since, until, wish.hromada, wish.organisation, wish.fine)


def _last(memory: CountMemory, day: date) -> date:
    """The last day of which anything is known, ours or published; the working date at least."""
    known = (one.day for one in memory.published()[0])
    return max(day, date.fromordinal(max(memory.book().ledger.reports, default=1)), *known)


def chart(memory: CountMemory, key: str, wish: Wish, day: date) -> Chart:
    """The chart `key` for what is wished; `day` is the working date. For the reader thread. KeyError if undeclared."""
    spec = CHARTS[key]
    as_of = memory.session.clock()
    days = asked(memory, wish, day)
    filled = spec.make(memory, days, day)
    return Chart(
        spec.key, spec.title, spec.unit, spec.drawing, spec.first_column, filled.points, filled.series, days, as_of,
        filled.whole, filled.sources, (*filled.notes, *filled.inside), filled.reported, inside=filled.inside,
    )  # fmt: skip


def leaving(memory: CountMemory, key: str, wish: Wish, day: date) -> Chart:
    """As `chart`, as it may leave the centre."""
    beside = chart(memory, BESIDE[key], wish, day) if key in BESIDE else None
    return withheld(chart(memory, key, wish, day), memory.session.setting(HIDE_BELOW), beside)
