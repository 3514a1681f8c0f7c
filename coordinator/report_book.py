"""A report as sheets of a workbook: the settlements with their HXL row, the total, the last days, the corrections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from coordinator.day_bars import withheld_bars
from coordinator.domain.corrections import Correction
from coordinator.exchange.hiding import ALL, Cell, columns_hidden, masked, place
from coordinator.exchange.out_columns import OutColumn, arranged, out, rows_of
from coordinator.exchange.out_counts import SummaryLine, summary_list
from coordinator.exchange.wanted import Chosen
from coordinator.exchange.writing import CellKind, Sheet
from coordinator.report_content import ReportContent
from coordinator.report_words import correction_words
from coordinator.summary_content import HIDDEN, DayBar
from resources.i18n import N_, _


def summary_totals(lines: Sequence[SummaryLine], day: date) -> SummaryLine:
    """The sum over the settlements; a person is counted where they left last, so nobody stands twice."""

    def add(name: str) -> int:
        return sum(getattr(line, name) for line in lines)

    return SummaryLine(
        day, _("all"), "", "", "", add("people"), add("women"), add("men"), add("children"), add("seniors"),
        add("disabled"), add("alone"), add("alone_children"), add("total"), add("total_children"), add("refused"),
        add("remaining"), _("this register"),
    )  # fmt: skip


def summary_sheets(
    lines: Sequence[SummaryLine], day: date, hidden: Iterable[Cell], chosen: Sequence[Chosen] = ()
) -> list[Sheet]:
    """By settlement, and all together, with what does not leave masked."""
    hidden = frozenset(hidden)
    columns = arranged(summary_list(), chosen)
    heads, keys = [one.column for one in columns], [one.column.key for one in columns]
    by_place = masked(rows_of(columns, lines), keys, lambda at: columns_hidden(hidden, place(at)))
    whole = masked(rows_of(columns, [summary_totals(lines, day)]), keys, lambda _at: columns_hidden(hidden, ALL))
    return [
        Sheet(_("Daily summary"), heads, by_place, True, len(lines)), Sheet(_("Total"), heads, whole, False, 1),
    ]  # fmt: skip


def report_sheets(content: ReportContent) -> list[Sheet]:
    """All that a frozen report says."""
    sheets = summary_sheets(content.lines, content.day, content.hidden)
    days = _days(content)
    sheets.append(Sheet(_("Last days"), [one.column for one in days], rows_of(days, content.days), False, CHARTED))
    if content.corrections:
        changed = _corrections(content.hide_below)
        rows = rows_of(changed, content.corrections)
        sheets.append(Sheet(_("Corrections"), [one.column for one in changed], rows, False, len(content.corrections)))
    return sheets


CHARTED = 14


def _days(content: ReportContent) -> list[OutColumn[DayBar]]:
    """A day without a report is a row of blank cells, never of 0. What would tell a small number is hidden."""
    least = content.hide_below
    children = sum(line.total_children for line in content.lines)
    withheld = withheld_bars(content.days, content.day, columns_hidden(content.hidden, ALL), children, least)

    def shown(bar: DayBar, field: str) -> object:
        n = getattr(bar, field)
        return HIDDEN if n is not None and (0 < n < least or field in withheld.get(bar.day, ())) else n

    whole = CellKind.INTEGER
    return [
        out("day", N_("Date"), 12, lambda x: x.day, CellKind.DATE),
        out("people", N_("Evacuated that day"), 11, lambda x: shown(x, "people"), whole),
        out("children", N_("Children 0–17"), 10, lambda x: shown(x, "children"), whole),
        out("alone", N_("Left by themselves"), 11, lambda x: shown(x, "alone"), whole),
        out("total", N_("Evacuated since the first day"), 12, lambda x: shown(x, "total"), whole),
    ]


def _corrections(least: int) -> list[OutColumn[Correction]]:
    """What was sent and what is known now; numbers that do not leave are hidden here as well."""

    def shown(n: int) -> object:
        return HIDDEN if 0 < n < least else n

    whole = CellKind.INTEGER
    return [
        out("day", N_("Date"), 12, lambda x: x.day, CellKind.DATE),
        out("report", N_("Said by report No."), 10, lambda x: x.report, whole),
        out("sent", N_("Evacuated, as sent"), 11, lambda x: shown(x.people.sent), whole),
        out("now", N_("Evacuated, known now"), 11, lambda x: shown(x.people.now), whole),
        out("children_sent", N_("Children, as sent"), 10, lambda x: shown(x.children[0]), whole),
        out("children_now", N_("Children, known now"), 10, lambda x: shown(x.children[1]), whole),
        out("alone_sent", N_("Left by themselves, as sent"), 12, lambda x: shown(x.alone.sent), whole),
        out("alone_now", N_("Left by themselves, known now"), 12, lambda x: shown(x.alone.now), whole),
        out("words", N_("In words"), 60, lambda x: correction_words(x, least)),
    ]
