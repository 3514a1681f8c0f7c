"""The charts of parts: by place, age, sex, need and organisation; refusals, who remains where, hours of waiting."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from math import inf

from coordinator.domain.charts import Asked, Cell, Look, Point, Series
from coordinator.domain.counted_parts import (
    BY_CENTRE,
    BY_OTHERS,
    BY_THEMSELVES,
    COARSE,
    FINE,
    NO_NEED,
    Band,
    Part,
    parts,
)
from coordinator.domain.counting import ALL_WHO_LEFT, ORGANISED, OURS, people
from coordinator.domain.figures import ByAge, Figure, Households, Persons, Together
from coordinator.domain.names import sort_key
from coordinator.domain.pace import hours_to_pickup
from coordinator.domain.person import Need, Sex
from coordinator.domain.standings import refusals
from coordinator.queries.chart_spec import Filled, asked_kinds, asked_ledger
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.ledger import AS_WRITTEN
from coordinator.queries.population import there_by_place
from coordinator.words import NEEDS, OBSTACLES
from resources.i18n import N_, _

Words = Callable[[str], str]
BANDS: Mapping[Band, str] = {
    Band.UNDER_5: N_("0–4 years"), Band.UNDER_12: N_("5–11 years"), Band.TEENS: N_("12–17 years"),
    Band.MINORS: N_("0–17 years"), Band.ADULTS: N_("18–59 years"), Band.SENIORS: N_("60 years and older"),
    Band.SOME_CHILD: N_("A child, years not known"), Band.SOME_ADULT: N_("An adult, years not known"),
    Band.UNKNOWN: N_("Age not known"),
}  # fmt: skip
OF_SEX: Mapping[Sex, str] = {
    Sex.FEMALE: N_("Women and girls"), Sex.MALE: N_("Men and boys"), Sex.UNKNOWN: N_("Sex not known"),
}  # fmt: skip
CARRIERS = {
    BY_CENTRE: N_("This centre"), BY_OTHERS: N_("Others, not named"), BY_THEMSELVES: N_("By themselves"),
}  # fmt: skip
AGES: Sequence[tuple[str, Look, Callable[[ByAge[Persons]], Persons]]] = (
    (N_("Adults"), Look.ADULTS, lambda x: x.adults),
    (N_("Children"), Look.CHILDREN, lambda x: x.children),
    (N_("Age not known"), Look.UNKNOWN, lambda x: x.unknown),
)
WAITING: Sequence[tuple[float, str]] = (
    (6, N_("under 6 hours")), (12, N_("6–12 hours")), (24, N_("12–24 hours")), (48, N_("1–2 days")),
    (72, N_("2–3 days")), (168, N_("3–7 days")), (inf, N_("over 7 days")),
)  # fmt: skip
LAST = ("", NO_NEED, Band.UNKNOWN, Band.SOME_ADULT)
"""Keys that stand below the others, however many they are."""


def by(part: Part) -> Callable[[CountMemory, Asked, date], Filled]:
    """The chart of those who were moved, by this mark."""
    return partial(_by, part)


def _by(part: Part, memory: CountMemory, asked: Asked, day: date) -> Filled:
    ledger, until = asked_ledger(memory, asked), asked.until or day
    kinds = ALL_WHO_LEFT if part is Part.ORGANISATION else asked_kinds(asked)
    wanted = Part.AGE_FINE if part is Part.AGE and asked.fine else part
    found = parts(ledger, wanted, asked.since, until, kinds)
    whole = people(ledger, asked.since, until, kinds).all
    order = (FINE if asked.fine else COARSE) if part is Part.AGE else ()
    filled = _filled(found, _words(part, memory, found), [str(band) for band in order], whole)
    if part is Part.SETTLEMENT:
        book = memory.book()
        filled = replace(filled, points=[point._replace(group=book.place(point.key)[1]) for point in filled.points])
    ours = people(ledger, asked.since, until, OURS).value
    if kinds is not ORGANISED or asked.organisation or ours == whole.value:
        return filled
    return replace(filled, inside=(_("By us and by other organisations; by us alone: {ours}.").format(ours=ours),))


def _words(part: Part, memory: CountMemory, found: Collection[str]) -> Words:
    if part is Part.SETTLEMENT:
        return memory.book().names(found).__getitem__
    if part is Part.AGE:
        return lambda key: _(BANDS[Band(key)])
    if part is Part.SEX:
        return lambda key: _(OF_SEX[Sex(key)])
    if part is Part.NEED:
        return lambda key: _("No need recorded") if key == NO_NEED else _(NEEDS[Need(key)])
    if part is Part.ORGANISATION:
        return lambda key: _(CARRIERS[key]) if key in CARRIERS else key
    return lambda key: key


def _filled(
    found: Mapping[str, ByAge[Persons]], words: Words, order: Sequence[str] = (), whole: Figure | None = None
) -> Filled:
    """The largest part first, or in `order`; what is not known comes last."""
    named = {key: words(key) or _("not known") for key in found}
    place = {key: at for at, key in enumerate(order)}
    keys = sorted(
        found,
        key=lambda key: (
            place.get(key, 0), key in LAST or key == AS_WRITTEN, -found[key].value, sort_key(named[key]), key,
        ),
    )  # fmt: skip
    points = [Point(key, named[key]) for key in keys]
    series = [
        Series(str(look), title, look, [_cell(pick(found[key])) for key in keys], "persons")
        for title, look, pick in AGES
    ]
    return Filled(points, series, whole)


def _cell(figure: Figure) -> Cell:
    return Cell(figure.value, figure)


def refusals_by_reason(memory: CountMemory, _asked: Asked, _day: date) -> Filled:
    """Households that refuse now; one stands under each of its reasons."""
    reasons = memory.refusals()
    found = {str(reason or ""): list(households.ids) for reason, households in refusals(reasons).items()}
    words = {str(code): _(text) for code, text in OBSTACLES.items()} | {"": _("No reason recorded")}
    return _households(found, words, Look.REFUSED, Households(list(reasons)))


def remaining_by_settlement(memory: CountMemory, asked: Asked, day: date) -> Filled:
    """Persons who are still there at the end of the working date, by the settlement of their household, as the
    dashboard counts them."""
    population = memory.population()
    place = population.book.place
    found = {
        key: split
        for key, split in there_by_place(population, day, day).items()
        if not asked.hromada or place(key)[1] == asked.hromada
    }
    names = population.book.names(found)
    return _filled(found, names.__getitem__, (), Persons(Together([split.all for split in found.values()])))


def hours_of_waiting(memory: CountMemory, asked: Asked, day: date) -> Filled:
    """Households picked up on the days asked for, by the hours from their request until then."""
    waits = memory.waits(asked.since, asked.until or day)
    hours = hours_to_pickup(waits)
    found: dict[str, list[str]] = {key: [] for key, _hours in _bins()}
    for wait in waits:
        took = (wait.picked_up_at - wait.requested_at).total_seconds() / 3600
        found[next(key for key, most in _bins() if took < most)].append(wait.household_id)
    words = {str(at): _(text) for at, (_hours, text) in enumerate(WAITING)}
    filled = _households(found, words, Look.PLAIN, hours.households, in_order=True)
    if hours.median is None:
        return filled
    said = _("Half of them waited {median} hours or less; the middle half between {lower} and {upper} hours.").format(
        median=round(hours.median), lower=round(hours.lower or 0), upper=round(hours.upper or 0)
    )
    return Filled(filled.points, filled.series, filled.whole, notes=(said,))


def _bins() -> list[tuple[str, float]]:
    return [(str(at), most) for at, (most, _text) in enumerate(WAITING)]


def _households(
    found: Mapping[str, list[str]], words: Mapping[str, str], look: Look, whole: Households, *, in_order: bool = False
) -> Filled:
    keys = list(found) if in_order else sorted(found, key=lambda key: (key == "", -len(found[key]), words.get(key, "")))
    cells = [_cell(Households(found[key])) for key in keys]
    points = [Point(key, words.get(key, key)) for key in keys]
    return Filled(points, [Series("households", N_("Households"), look, cells, "households")], whole)
