"""The rows that a sender has to correct, in the sender's own workbook: titles, headers, styles, and why.

A workbook of today's kind is cut down to those rows; of any other the same columns come in a new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from coordinator.errors import UserError
from coordinator.exchange.guards import FileKind, kind_of
from coordinator.exchange.incoming import IncomingList, Remark
from coordinator.exchange.originals import Original, place_of
from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.sent_back import SheetBack, sheets_back
from coordinator.exchange.writing import MOST_TEXT, Ready, plain_text, write_whole
from resources.i18n import N_, _, speaking
from resources.messages import sentence

REASON = N_("What to correct")
"""The header of the reasons; `headers` knows it again when the workbook comes back."""

_MARKED = PatternFill("solid", fgColor="FFF2CC")
_WIDTH = 60


def write_error_book(
    path: Path, original: Original, incoming: IncomingList, remarks: Iterable[Remark], ready: Ready | None = None
) -> int:
    """Write the rows to correct, with the reasons in the sender's language; returns how many rows have one.

    `ready`, UserError: as `write_workbook`, and "import.nothing_to_correct".
    """
    sheets = sheets_back(incoming, remarks)
    rows = sum(len(sheet.remarks) for sheet in sheets)
    if not rows:
        raise UserError("import.nothing_to_correct", file=original.name)
    with speaking(sender_language(incoming)):
        content = _content(original, incoming, sheets)

    def write(draft: Path) -> int:
        draft.write_bytes(content)
        return rows

    return write_whole(path, write, ready)


def sender_language(incoming: IncomingList) -> str:
    """The language of ours that is nearest to that of the headers."""
    headers = "".join(header for sheet in incoming.sheets for header in sheet.headers.values())
    return "uk" if any("а" <= char <= "я" or char in "іїєґё" for char in headers.lower()) else "en"


def _content(original: Original, incoming: IncomingList, sheets: list[SheetBack]) -> bytes:
    same = original.copied is None and kind_of(original, original.content) is FileKind.XLSX
    book = _opened(original) if same else _anew(original, sheets)
    wanted = {sheet.summary.name: sheet for sheet in sheets}
    used = {summary.name for summary in incoming.sheets if summary.used}
    for page in list(book.worksheets):
        back = wanted.get(page.title)
        if back is not None:
            _Page(page, back, _settlements(incoming, back)).cut()
        elif page.title in used or page.sheet_state != "visible":
            book.remove(page)
    book.active = book.index(book[sheets[0].summary.name])
    whole = BytesIO()
    book.save(whole)
    return whole.getvalue()


def _opened(original: Original) -> Workbook:
    """The workbook with the values that its formulas show: moved rows would change those."""
    book: Any = load_workbook(BytesIO(original.content), data_only=True, keep_links=False)
    for chart in list(book.chartsheets):
        book.remove(chart)
    book.defined_names.clear()
    opened: Workbook = book
    return opened


def _anew(original: Original, sheets: Iterable[SheetBack]) -> Workbook:
    """The sheets of another kind of file, at the same places; text stays text."""
    book = Workbook()
    book.remove(book.worksheets[0])
    raw = {sheet.name: sheet for sheet in read_workbook(original)}
    for sheet in sheets:
        _copy(book.create_sheet(sheet.summary.name), raw[sheet.summary.name])
    return book


def _copy(page: Worksheet, raw: RawSheet) -> None:
    for row, cells in enumerate(raw.rows, start=1):
        for column, value in enumerate(cells, start=1):
            if value is not None:
                _put(page.cell(row, column), value)
    for (row, column), text in raw.errors.items():
        _put(page.cell(row + 1, column + 1), text)
    for top, left, bottom, right in raw.merged:
        page.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)


def _put(cell: Any, value: object) -> Any:
    """Text stays text, whatever it begins with, and loses what no workbook can hold."""
    cell.value = plain_text(value)[:MOST_TEXT] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    return cell


def _settlements(incoming: IncomingList, back: SheetBack) -> dict[int, str]:
    """First row of a household -> its settlement: what the row above says is perhaps not in the workbook any more."""
    return {one.rows[0]: one.settlement_text for one in incoming.households if one.sheet == back.summary.name}


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet to be cut down to its titles, headers and the rows kept."""

    page: Any
    back: SheetBack
    settlements: Mapping[int, str]

    def cut(self) -> None:
        places = self._places()
        self._fill_settlements()
        merged = self._unmerged(places)
        self._move(places)
        for area in merged:
            self.page.merge_cells(**area)
        self._forget_areas()
        self._tell(places)

    def _places(self) -> dict[int, int]:
        """Row of the list -> its row in the workbook: all rows above the first of the list, then those kept."""
        first = min((*self.settlements, *self.back.kept))
        rows = [*range(1, first), *(row for row in self.back.kept if row >= first)]
        return {row: place for place, row in enumerate(rows, start=1)}

    def _fill_settlements(self) -> None:
        columns = self.back.summary.columns.get("settlement", ())
        for row in self.back.kept if columns else ():
            cell = self.page.cell(row, columns[0] + 1)
            said = self.settlements.get(row, "")
            if said and not any(char.isalnum() for char in str(cell.value or "")):
                _put(cell, said)

    def _unmerged(self, places: Mapping[int, int]) -> list[dict[str, int]]:
        """Take all merged cells apart; what is left of them afterwards. A value goes to the first row that stays."""
        found = []
        for area in list(self.page.merged_cells.ranges):
            value = self.page.cell(area.min_row, area.min_col).value
            style = copy(self.page.cell(area.min_row, area.min_col)._style)
            self.page.unmerge_cells(area.coord)
            rows = [row for row in range(area.min_row, area.max_row + 1) if row in places]
            if not rows:
                continue
            top = self.page.cell(rows[0], area.min_col)
            _put(top, value)._style = style
            if len(rows) > 1 or area.max_col > area.min_col:
                found.append(
                    {
                        "start_row": places[rows[0]], "end_row": places[rows[-1]],
                        "start_column": area.min_col, "end_column": area.max_col,
                    }
                )  # fmt: skip
        return found

    def _move(self, places: Mapping[int, int]) -> None:
        # By hand: deleting rows one by one takes minutes on a long list and leaves heights behind.
        cells: dict[tuple[int, int], Any] = {}
        for (row, column), cell in self.page._cells.items():
            if row in places:
                cell.row = places[row]
                cells[places[row], column] = cell
        self.page._cells = cells
        heights = {places[row]: one for row, one in self.page.row_dimensions.items() if row in places}
        self.page.row_dimensions.clear()
        for row, one in heights.items():
            one.index, one.hidden = row, False
            self.page.row_dimensions[row] = one

    def _forget_areas(self) -> None:
        """What names rows that have moved."""
        self.page.auto_filter.ref = None
        self.page.print_area = None
        self.page.conditional_formatting = ConditionalFormattingList()
        self.page.tables.clear()
        self.page.protection.sheet = False

    def _tell(self, places: Mapping[int, int]) -> None:
        """The reasons in a column of their own, and the cells that they are about marked."""
        header_row = self.back.summary.header_row or 1
        last = max(self.back.summary.headers, default=0) + 1
        column = last + 1
        while any(self.page.cell(row, column).value is not None for row in (header_row, *places.values())):
            column += 1
        header = self.page.cell(header_row, column, _(REASON))
        header._style = copy(self.page.cell(header_row, last)._style)
        header.font = Font(bold=True)
        self.page.column_dimensions[get_column_letter(column)].width = _WIDTH
        for row, remarks in self.back.remarks.items():
            told = _put(self.page.cell(places[row], column), "\n".join(map(self._words, remarks)))
            told.alignment, told.fill = Alignment(wrap_text=True, vertical="top"), _MARKED
            for remark in remarks:
                self.page.cell(places[row], place_of(remark.at.cell)[1] + 1).fill = _MARKED

    def _words(self, remark: Remark) -> str:
        """ "Row 17, phone: …" as the sender's own list has it."""
        header = self.back.summary.headers.get(place_of(remark.at.cell)[1], "")
        text = sentence(remark.code, {"value": remark.at.value, **remark.facts})
        where = _("Row {row}, {header}") if header else _("Row {row}")
        words = where.format(row=place_of(remark.at.cell)[0] + 1, header=header)
        return _("{where}: {text}").format(where=words, text=text)
