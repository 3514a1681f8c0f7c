"""A chart as a workbook: its cells in a sheet, and beside them what they count, of when, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from coordinator.chart_words import asked_words, series_words, source_words, unit_words
from coordinator.domain.charts import Cell, Chart
from coordinator.exchange.exports import about_lines
from coordinator.exchange.writing import CellKind, Column, Note, Sheet
from coordinator.summary_content import HIDDEN
from resources.i18n import N_, _

MOST_WIDTH = 36


def chart_sheet(chart: Chart) -> Sheet:
    """One row a point. An empty cell is a gap; what was first reported stands in columns of its own."""
    days = any(point.day for point in chart.points)
    first = Column("point", chart.first_column, 13 if days else 30, CellKind.DATE if days else CellKind.TEXT)
    told = [_series(one.key, series_words(one), [cell for cell in one.cells if cell]) for one in chart.series]
    changed = [Column("first", N_("First reported, sum"), 16, CellKind.INTEGER)] if chart.stacks and days else []
    last = [Column("changed", N_("Last changed"), 14, CellKind.DATE)] if days else []
    return Sheet(_(chart.title), [first, *told, *changed, *last], list(_rows(chart, days, bool(changed))))


def _series(key: str, words: str, cells: list[Cell]) -> Column:
    whole = all(float(cell.value).is_integer() for cell in cells)
    kind = CellKind.INTEGER if whole else CellKind.NUMBER
    return Column(key, "", min(MOST_WIDTH, max(10, len(words))), kind, header=words)


def _rows(chart: Chart, days: bool, sums: bool) -> Iterator[list[object]]:
    for at, point in enumerate(chart.points):
        row: list[object] = [point.day if days else point.words or _("not known")]
        row += [HIDDEN if (one.key, at) in chart.hidden else _value(one.cells[at]) for one in chart.series]
        if sums:
            first = chart.first_total(at, chart.stacks[0])
            row.append(None if first is None else int(first))
        if days:
            row.append(chart.corrected_on(at))
        yield row


def _value(cell: Cell | None) -> object:
    if cell is None:
        return None
    return int(cell.value) if float(cell.value).is_integer() else cell.value


def chart_notes(chart: Chart, centre: str, when: datetime, by: str, training: bool) -> list[Note]:
    """What the workbook is; `when` in Kyiv time."""
    lines = about_lines(_(chart.title), centre, when, by, training)
    lines += [(_("Unit"), unit_words(chart)), (_("Days"), asked_words(chart.asked))]
    lines += [(_("Source"), words) for words in source_words(chart, centre)]
    lines += [(_("Note"), words) for words in chart.notes]
    lines.append((_("Gaps"), _("An empty cell is a day without a report, never a zero.")))
    if any(one.instead for one in chart.series):
        lines.append((_("Sums"), _("A sum stands only where its parts may not be told; elsewhere its cell is empty.")))
    return [Note(_("About"), lines)]
