"""What offices published, as series of their own beside ours: never added to them, and never mended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.charts import Asked, Cell, Look, Series
from coordinator.domain.published import Jump, Published, Told
from coordinator.queries.count_memory import CountMemory
from resources.i18n import N_, _

Wanted = tuple[str, str, Told, Look, Look]
"""Key, title, the figure, how it looks, and how that of a further office looks."""
A_DAY: Sequence[Wanted] = (
    ("people", N_("Published, that day"), Told.DAY_PEOPLE, Look.PUBLISHED, Look.PUBLISHED_OTHER),
    ("children", N_("Published, children that day"), Told.DAY_CHILDREN, Look.PUBLISHED_CHILDREN,
     Look.PUBLISHED_CHILDREN),
)  # fmt: skip
SINCE: Sequence[Wanted] = (
    ("people", N_("Published, organised"), Told.TOTAL_PEOPLE, Look.PUBLISHED, Look.PUBLISHED_OTHER),
    ("children", N_("Published, children"), Told.TOTAL_CHILDREN, Look.PUBLISHED_CHILDREN, Look.PUBLISHED_CHILDREN),
    ("alone", N_("Published, by themselves"), Told.SELF_PEOPLE, Look.PUBLISHED_SELF, Look.PUBLISHED_SELF),
)


@dataclass(frozen=True, slots=True)
class Beside:
    """The published series of a chart, whose they are, and what has to be said of them."""

    series: Sequence[Series] = ()
    sources: Sequence[str] = ()
    notes: Sequence[str] = ()


def first_published(memory: CountMemory, asked: Asked) -> date | None:
    """The first day of which anything is published; None where that does not stand beside what is asked."""
    told, _jumps = memory.published()
    return min((one.day for one in told), default=None) if _comparable(asked) else None


def published_beside(memory: CountMemory, asked: Asked, days: Sequence[date], wanted: Sequence[Wanted]) -> Beside:
    """One series a source and figure. Of a part of the people (a hromada, an organisation) nothing is published."""
    told, jumps = memory.published()
    within = [one for one in told if days and days[0] <= one.day <= days[-1]]
    if not _comparable(asked) or not within:
        return Beside()
    offices = list(dict.fromkeys((one.source, one.scope) for one in within))
    series = [
        found
        for number, office in enumerate(offices)
        for one in wanted
        if (found := _series(number, office, one, within, jumps if wanted is SINCE else (), days)) is not None
    ]
    sources = [
        _("Published by: {source}").format(source=", ".join(part for part in office if part)) for office in offices
    ]
    notes = [_jump(one) for one in jumps if days[0] <= one.day <= days[-1]] if wanted is SINCE else _several(within)
    return Beside(series, sources, notes)


def _comparable(asked: Asked) -> bool:
    return not asked.hromada and not asked.organisation


def _series(
    number: int, office: tuple[str, str], wanted: Wanted, told: Sequence[Published], jumps: Sequence[Jump],
    days: Sequence[date],
) -> Series | None:  # fmt: skip
    """None where the office does not say this figure of any of the days."""
    key, title, figure, look, further = wanted
    daily = figure in (Told.DAY_PEOPLE, Told.DAY_CHILDREN)
    mine = {
        one.day: one for one in told if (one.source, one.scope) == office and figure in one.figures
        and not (daily and one.days > 1)
    }  # fmt: skip
    if not mine:
        return None
    implied = {
        one.day: one.implied for one in jumps if (one.source, one.scope) == office and figure is Told.TOTAL_PEOPLE
    }  # fmt: skip
    cells = [
        Cell(mine[day].figures[figure], implied=implied.get(day)) if day in mine else None for day in days
    ]  # fmt: skip
    return Series(
        f"published.{number}.{key}", title, further if number else look, cells, office=office[0], published=True
    )


def _jump(one: Jump) -> str:
    return _(
        "{source} corrected its total backwards: on {day} it said {said}; by what it said on {later} it was {implied}."
    ).format(
        source=one.source, day=f"{one.day:%d.%m}", said=one.said, later=f"{one.later:%d.%m}", implied=one.implied
    )  # fmt: skip


def _several(told: Sequence[Published]) -> list[str]:
    """Figures of several days at once stand on no single day."""
    text = _("{source} published {n} for {days} days together, until {day}.")
    return [
        text.format(source=one.source, n=one.figures[Told.DAY_PEOPLE], days=one.days, day=f"{one.day:%d.%m}")
        for one in told
        if one.days > 1 and Told.DAY_PEOPLE in one.figures
    ]
