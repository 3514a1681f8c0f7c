"""The cells of a file as they stand there, for whoever looks at a row beside what was understood of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coordinator.exchange.incoming import SheetSummary
from coordinator.exchange.layout import is_blank
from coordinator.exchange.originals import Correction, Original
from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.report import News
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.values import shown


class FileCell(NamedTuple):
    """`row` as Excel numbers it; `cell`: "E17"; `header` as it is written; `key`: of the column, "" where unknown."""

    row: int
    cell: str
    header: str
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class FileCells:
    """The sheets of a file by their names, as they were sent."""

    sheets: Mapping[str, RawSheet]

    def of(self, summary: SheetSummary, rows: Iterable[int]) -> list[FileCell]:
        """All cells of these rows that are filled or stand in a column that is read."""
        sheet = self.sheets.get(summary.name)
        if sheet is None:
            return []
        keys = {place: key for key, places in summary.columns.items() for place in places}
        return [cell for row in rows for cell in _row(sheet, summary, keys, row)]


def _row(sheet: RawSheet, summary: SheetSummary, keys: Mapping[int, str], row: int) -> list[FileCell]:
    cells: Sequence[object] = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    found = []
    for place in range(max(len(cells), *(place + 1 for place in keys), 0)):
        value = sheet.at(row - 1, place)
        error = sheet.errors.get((row - 1, place), "")
        if place in keys or error or not is_blank(value):
            text = error or shown(value)
            name = cell_name(row - 1, place)
            found.append(FileCell(row, name, summary.headers.get(place, ""), text, keys.get(place, "")))
    return found


def file_cells(original: Original) -> FileCells:
    """Read the file once more, only to look at it."""
    return FileCells({sheet.name: sheet for sheet in read_workbook(original)})


def corrections_at(corrections: Iterable[Correction], sheet: str) -> dict[str, str]:
    """Cell -> its corrected text."""
    return {one.cell: one.new for one in corrections if one.sheet == sheet}


_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "settlement": ("settlement", "hromada", "address"),
    "address": ("address", "street", "house", "flat"),
    "landmark": ("landmark", "address"),
    "phone": ("phone",),
    "note": ("note", "decision", "evacuation_date"),
    "decision": ("decision", "note", "wants_on"),
    "wants_on": ("wants_on", "note"),
    "part_stays": ("note", "decision"),
    "pets": ("pets",),
    "destination_wish": ("destination",),
    "requested_at": ("requested_on",),
    "member": ("full_name", "surname", "given", "people"),
    "name": ("full_name", "surname", "given"),
    "birth": ("birth", "birth_year", "age", "children"),
    "sex": ("sex",),
    "relation": ("relation", "full_name"),
    "needs": ("needs", "disability", "wheelchair", "stretcher", "pregnant"),
    "person_note": ("note", "full_name"),
}
"""Field of the news -> the columns in which a list may say it, the likeliest first."""


def cell_of(summary: SheetSummary, news: News) -> str:
    """The cell that a value came from ("E17"); "" where no column says it."""
    for key in _COLUMNS.get(news.field, (news.field,)):
        if places := summary.columns.get(key):
            return cell_name(news.row - 1, places[0])
    return ""


def column_of(summary: SheetSummary, cell: str) -> str:
    """The key of the column that a cell stands in; "" for an unknown one."""
    letters = "".join(char for char in cell if char.isalpha())
    found = (key for key, places in summary.columns.items() for place in places if cell_name(0, place) == f"{letters}1")
    return next(found, "")
