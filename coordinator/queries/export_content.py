"""What an export says: read once from the register, then cut and arranged as somebody wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from coordinator.domain.decision import Decision
from coordinator.domain.fleet import Vehicle
from coordinator.exchange.exports import Located, household_list, households_of, people_list, people_of
from coordinator.exchange.hiding import columns_hidden, hidden_of, hidden_of_coverage, masked, place
from coordinator.exchange.out_columns import OutColumn, arranged, rows_of
from coordinator.exchange.out_counts import CoverageLine, SummaryLine, coverage_list, summary_list
from coordinator.exchange.out_day import fleet_list, pickup_list, stops_of
from coordinator.exchange.template import Template, read_template
from coordinator.exchange.wanted import ExportKind, Only, Wanted
from coordinator.exchange.writing import Column, Sheet, cell_text
from coordinator.paper_content import PickupList
from coordinator.queries.coverage import Coverage, coverage_of
from coordinator.queries.exports import located_households
from coordinator.queries.fleet import vehicles
from coordinator.queries.papers import pickup_lists
from coordinator.queries.summary import counted_since, daily_summary
from coordinator.report_book import summary_sheets
from coordinator.report_words import definitions as report_definitions
from coordinator.report_words import hiding_definition
from coordinator.session import Session
from coordinator.settings import HIDE_BELOW
from coordinator.words import label
from db import import_queries
from db.connection import Ask, nobody
from resources.i18n import _, speaking

PREVIEWED = 20
"""Rows of a preview."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the register says for exports of one kind; `mark`: the place in the journal that it was read at.

    `households`, `trips`, `fleet`, `summary` or `coverage` is filled, by the kind; with counts also which numbers are
    hidden in them, and the first day of the running total.
    """

    kind: ExportKind
    day: date
    mark: int
    households: tuple[Located, ...] = ()
    trips: tuple[PickupList, ...] = ()
    fleet: tuple[Vehicle, ...] = ()
    summary: tuple[SummaryLine, ...] = ()
    coverage: tuple[CoverageLine, ...] = ()
    hide_below: int = 0
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """The sheets of an export; rows come when they are asked for. `people`: how many persons it names.

    `numbers`: of the households in it, where it is a list that may come back.
    """

    title: str
    sheets: Sequence[Sheet]
    people: int = 0
    definitions: Sequence[tuple[str, str]] = field(default_factory=tuple)
    numbers: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows as they will stand in the cells; `rows` of them in all, with `people` named persons."""

    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    rows: int
    people: int


def gather(session: Session, kind: ExportKind, day: date, ask: Ask = nobody) -> Gathered:
    """Read the register, at one moment. `ask`: see located_households."""
    with session.reading() as db:
        mark = import_queries.journal_mark(db)
        match kind:
            case ExportKind.PEOPLE | ExportKind.HOUSEHOLDS:
                return Gathered(kind, day, mark, households=tuple(located_households(session, ask)))
            case ExportKind.PICKUP:
                return Gathered(kind, day, mark, trips=tuple(pickup_lists(session, day)))
            case ExportKind.FLEET:
                return Gathered(kind, day, mark, fleet=tuple(vehicles(session)))
            case ExportKind.DAILY_SUMMARY:
                lines, least = tuple(daily_summary(session, day)), session.setting(HIDE_BELOW)
                return Gathered(kind, day, mark, summary=lines, hide_below=least, since=counted_since(session))
            case ExportKind.COVERAGE:
                covered, least = tuple(map(_covered, coverage_of(db, day))), session.setting(HIDE_BELOW)
                return Gathered(kind, day, mark, coverage=covered, hide_below=least)


def columns_of(kind: ExportKind, language: str = "") -> list[Column]:
    """Every column that a kind offers, in the usual order; `language`: of its titles and words."""
    with speaking(language):
        return [column.column for column in _CATALOGUES[kind]()]


def usual_keys(kind: ExportKind) -> list[str]:
    """The columns of whoever has not chosen any."""
    return [column.column.key for column in _CATALOGUES[kind]() if column.usual]


def template_of(path: Path, wanted: Wanted, password: str = "") -> Template:
    """A recipient's own form, with the columns of ours that belong under its headers. UserError: see read_template."""
    return read_template(path, wanted.kind, columns_of(wanted.kind), wanted.columns, password)


def content_of(gathered: Gathered, wanted: Wanted) -> Content:
    """The export in the language of the moment. UserError "export.column_unknown"."""
    return _CONTENTS[gathered.kind](gathered, wanted)


def preview_of(gathered: Gathered, wanted: Wanted) -> Preview:
    """UserError as `content_of`."""
    with speaking(wanted.language):
        content = content_of(gathered, wanted)
        sheet = content.sheets[0]
        rows = [tuple(cell_text(value, wanted.dates) for value in row) for row in islice(sheet.rows, PREVIEWED)]
        return Preview(tuple(column.words for column in sheet.columns), tuple(rows), sheet.count, content.people)


def _people(gathered: Gathered, wanted: Wanted) -> Content:
    rows = list(people_of(gathered.households, wanted.day, wanted.only))
    title = _("People of the register, ages on {day}").format(day=f"{wanted.day:%d.%m.%Y}")
    numbers = list(dict.fromkeys(row.household.number for row in rows))
    sheet = _sheet(_("People"), people_list(), rows, wanted)
    return Content(title, [sheet], len(rows), _cut(wanted.only), numbers)


def _households(gathered: Gathered, wanted: Wanted) -> Content:
    rows = list(households_of(gathered.households, wanted.day, wanted.only))
    sheet = _sheet(_("Households"), household_list(), rows, wanted)
    numbers = [row.household.number for row in rows]
    return Content(_("Households of the register"), [sheet], len(rows), _cut(wanted.only), numbers)


def _pickup(gathered: Gathered, wanted: Wanted) -> Content:
    only = wanted.only.trips
    lists = [paper for paper in gathered.trips if not only or paper.number in only]
    title = _("Pickup lists of {day}").format(day=f"{wanted.day:%d.%m.%Y}")
    sheet = _sheet(_("Pickup lists"), pickup_list(), list(stops_of(lists)), wanted)
    return Content(title, [sheet], sum(paper.totals.people for paper in lists))


def _fleet(gathered: Gathered, wanted: Wanted) -> Content:
    drivers = {one.driver for one in gathered.fleet if one.driver}
    return Content(_("Vehicles and drivers"), [_sheet(_("Fleet"), fleet_list(), gathered.fleet, wanted)], len(drivers))


def _summary(gathered: Gathered, wanted: Wanted) -> Content:
    lines = [line for line in gathered.summary if wanted.only.has_place(line.settlement, line.hromada)]
    least = gathered.hide_below
    sheets = summary_sheets(lines, wanted.day, hidden_of(lines, least), wanted.columns)
    definitions = [*report_definitions(gathered.since, least), *_cut(wanted.only)]
    title = _("Daily summary for {day}, without personal data").format(day=f"{wanted.day:%d.%m.%Y}")
    return Content(title, sheets, 0, definitions)


def _coverage(gathered: Gathered, wanted: Wanted) -> Content:
    lines = [line for line in gathered.coverage if wanted.only.has_place(line.settlement, line.hromada)]
    definitions = [
        (_("People known"), _("Everybody of this register who lives there or lived there until they left.")),
        (_("Ready to go"), _("Still there, and packed or wanting pickup by this day.")),
        (_("Evacuated"), _("Persons, each counted once, where they left last.")),
        (_("People remaining"), _("People of this register who have not left; others who live there are not in it.")),
        (_("Published population"), _("From the source beside it, before the war where nothing else is said.")),
        *_cut(wanted.only),
    ]
    title = _("Coverage by settlement on {day}").format(day=f"{wanted.day:%d.%m.%Y}")
    if gathered.hide_below > 1:
        definitions.append(hiding_definition(gathered.hide_below))
    hidden = hidden_of_coverage(lines, gathered.hide_below)
    sheet = _sheet(_("Coverage"), coverage_list(), lines, wanted)
    keys = [column.key for column in sheet.columns]
    shown = masked(map(list, sheet.rows), keys, lambda at: columns_hidden(hidden, place(at)))
    return Content(title, [replace(sheet, rows=shown)], 0, definitions)


def _covered(one: Coverage) -> CoverageLine:
    return CoverageLine(
        one.name, one.hromada, one.pcode, one.katottg, one.households, one.known, one.ready, one.refused,
        one.evacuated, one.left_themselves, one.remaining, one.population, one.population_source,
        label(one.order) if one.order else "",
    )  # fmt: skip


def _sheet(
    name: str, catalogue: Sequence[OutColumn[Any]], records: Sequence[Any], wanted: Wanted, hxl: bool = False
) -> Sheet:
    columns = arranged(catalogue, wanted.columns)
    return Sheet(name, [one.column for one in columns], rows_of(columns, records), hxl, len(records))


def _cut(only: Only) -> list[tuple[str, str]]:
    """What the export leaves out, in words: whoever opens it later must not take it for the whole."""
    if not only:
        return []
    parts = [", ".join(sorted(names)) for names in (only.settlements, only.hromadas) if names]
    if only.decisions:
        parts.append(_("decisions: {words}").format(words=_decisions(only)))
    if only.left:
        days = [f"{day:%d.%m.%Y}" if day else "…" for day in (only.since, only.until)]
        parts.append(_("who left on {since}–{until}").format(since=days[0], until=days[1]))
    return [(_("Only a part"), "; ".join(parts))]


def _decisions(only: Only) -> str:
    return ", ".join(label(decision) for decision in Decision if decision in only.decisions)


_CATALOGUES: dict[ExportKind, Callable[[], list[OutColumn[Any]]]] = {
    ExportKind.PEOPLE: people_list,
    ExportKind.HOUSEHOLDS: household_list,
    ExportKind.PICKUP: pickup_list,
    ExportKind.DAILY_SUMMARY: summary_list,
    ExportKind.COVERAGE: coverage_list,
    ExportKind.FLEET: fleet_list,
}
_CONTENTS: dict[ExportKind, Callable[[Gathered, Wanted], Content]] = {
    ExportKind.PEOPLE: _people,
    ExportKind.HOUSEHOLDS: _households,
    ExportKind.PICKUP: _pickup,
    ExportKind.DAILY_SUMMARY: _summary,
    ExportKind.COVERAGE: _coverage,
    ExportKind.FLEET: _fleet,
}
