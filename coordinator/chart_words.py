"""What charts say in words, alike in the window, in pictures, workbooks and on paper."""

from __future__ import annotations

from coordinator.domain.charts import Asked, Chart, Series
from coordinator.domain.counted_parts import BY_CENTRE, BY_OTHERS, BY_THEMSELVES
from coordinator.domain.days import kyiv
from coordinator.domain.figures import Unit
from resources.i18n import N_, _

UNITS = {Unit.PERSONS: N_("persons"), Unit.EVENTS: N_("events"), Unit.HOUSEHOLDS: N_("households")}


def unit_words(chart: Chart) -> str:
    return _("unit: {unit}").format(unit=_(UNITS[chart.unit]))


def series_words(one: Series) -> str:
    """ "Published, organised (ОВА)": what a series is, and whose it is where it is not ours."""
    return f"{_(one.title)} ({one.office})" if one.office else _(one.title)


def organisation_words(code: str) -> str:
    """The name of an organisation, or what stands for one without a name."""
    known = {BY_CENTRE: _("This centre"), BY_OTHERS: _("Others, not named"), BY_THEMSELVES: _("By themselves")}
    return known.get(code, code)


def asked_words(asked: Asked) -> str:
    """The days and what is narrowed to: "06.08.2023 – 15.08.2023, Куп'янська"."""
    since, until = asked.since, asked.until
    days = _("all days")
    if since and until:
        days = f"{since:%d.%m.%Y} – {until:%d.%m.%Y}"
    elif since:
        days = _("since {day}").format(day=f"{since:%d.%m.%Y}")
    elif until:
        days = _("until {day}").format(day=f"{until:%d.%m.%Y}")
    return ", ".join(part for part in (days, asked.hromada, organisation_words(asked.organisation)) if part)


def source_words(chart: Chart, centre: str) -> list[str]:
    """Where the figures come from: our register as of when, and whoever published those beside them."""
    name = centre or _("this register")
    ours = _("Source: {name}, as of {moment}").format(name=name, moment=f"{kyiv(chart.as_of):%d.%m.%Y %H:%M}")
    return [ours, *chart.sources]
