"""What an import did, as a workbook: totals, each row that was set aside, warnings, possible duplicates."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coordinator.exchange.incoming import ListKind, Remark
from coordinator.exchange.report import ImportReport
from coordinator.exchange.writing import CellKind, Column, Note, Ready, Sheet, write_workbook
from coordinator.words import DUPLICATE_REASONS, label
from resources.i18n import N_, _
from resources.messages import sentence


def write_report(path: Path, report: ImportReport, file_name: str, ready: Ready | None = None) -> None:
    """Write the report of one file; `ready`, UserError: as `write_workbook`."""
    remarks = [
        Column("sheet", N_("Sheet"), 20),
        Column("cell", N_("Cell"), 8),
        Column("value", N_("Value"), 30),
        Column("reason", N_("Reason"), 70),
    ]
    sheets = [
        Sheet(_("Set aside"), remarks, _rows(report.rows_rejected)),
        Sheet(_("To look at"), remarks, _rows(report.warnings)),
        Sheet(_("Possible duplicates"), _pair_columns(), _pairs(report)),
    ]
    write_workbook(path, sheets, [Note(_("Totals"), _totals(report, file_name))], ready=ready)


def _rows(remarks: Iterable[Remark]) -> list[list[object]]:
    return [[r.at.sheet, r.at.cell, r.at.value, sentence(r.code, {"value": r.at.value, **r.facts})] for r in remarks]


def _pair_columns() -> list[Column]:
    return [
        Column("sheet", N_("Sheet"), 20),
        Column("row", N_("Row"), 8, CellKind.INTEGER),
        Column("head", N_("Head of household"), 32),
        Column("number", N_("Possibly household No."), 14, CellKind.INTEGER),
        Column("reasons", N_("Why"), 50),
    ]


def _pairs(report: ImportReport) -> list[list[object]]:
    return [
        [entry.sheet, entry.row, entry.title, candidate.number, ", ".join(_reason(code) for code in candidate.reasons)]
        for entry in report.possible_duplicates
        for candidate in entry.candidates
    ]


def _reason(code: str) -> str:
    return _(DUPLICATE_REASONS.get(code, code))


def _totals(report: ImportReport, file_name: str) -> list[tuple[str, str]]:
    return [
        (_("File"), file_name),
        (_("Kind"), label(ListKind(report.kind))),
        (_("Rows read"), str(report.rows_read)),
        (_("Rows added"), str(report.rows_added)),
        (_("Rows changed"), str(report.rows_updated)),
        (_("Rows the same"), str(report.rows_unchanged)),
        (_("Rows set aside"), str(len(report.rows_rejected))),
        (_("Rows that are no data"), str(report.rows_skipped)),
    ]
