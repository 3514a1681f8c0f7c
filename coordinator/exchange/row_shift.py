"""Making room in a worksheet: rows below a place go down, and everything that refers to them goes with them.

openpyxl's own insert_rows moves cells alone; formulas, merged cells, validations, heights and the print area stay
where they were. The rule is Excel's, with one more: a range that ends in the last row of the list still does
afterwards, so that a total covers the rows that came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formula.tokenizer import Token, Tokenizer
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

_ONE = r"\$?[A-Za-z]{1,3}\$?\d{1,7}|\$?\d{1,7}|\$?[A-Za-z]{1,3}"
_RANGE = re.compile(rf"({_ONE})(?::({_ONE}))?")
_ROW = re.compile(r"\d+$")


@dataclass(frozen=True, slots=True)
class Shift:
    """`by` rows come in before row `at` of `sheet`, below a list that begins in row `first`. Rows count from 1."""

    sheet: Worksheet
    first: int
    at: int
    by: int

    def row(self, row: int) -> int:
        """Where this row stands afterwards."""
        return row + self.by if row >= self.at else row

    def end(self, start: int, end: int) -> int:
        """Where a range ends that went from `start` to `end`: with the list, if it ended in its last row."""
        with_list = end == self.at - 1 >= self.first and start <= end
        return end + self.by if with_list else self.row(end)

    def area(self, coord: str) -> str:
        """ "A6:H25" afterwards."""
        area = CellRange(coord)
        area.min_row, area.max_row = self.row(area.min_row), self.end(area.min_row, area.max_row)
        return str(area.coord)

    def reference(self, text: str) -> str:
        """A reference without its sheet: "A6:$H$25", "C7", "3:9"; names stay as they are."""
        found = _RANGE.fullmatch(text)
        if found is None:
            return text
        rows = [_ROW.search(part) if part else None for part in found.groups()]
        if rows[0] is None:
            return text
        start = int(rows[0][0])
        first = _ROW.sub(str(self.row(start)), found[1])
        if found[2] is None or rows[1] is None:
            return first if found[2] is None else text
        return f"{first}:{_ROW.sub(str(self.end(start, int(rows[1][0]))), found[2])}"

    def formula(self, text: str, page: Worksheet | None) -> str:
        """A formula on `page` (None: with the sheet in each reference)."""
        if not text.startswith("="):
            return text
        tokens = Tokenizer(text).items
        return "=" + "".join(self._token(token, page) for token in tokens)

    def _token(self, token: Token, page: Worksheet | None) -> str:
        value = str(token.value)
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            return value
        sheet, mark, reference = value.rpartition("!")
        named = sheet.strip("'").replace("''", "'")
        here = named == self.sheet.title if mark else page is self.sheet
        return f"{sheet}{mark}{self.reference(reference)}" if here else value


def make_room(shift: Shift) -> None:
    """Move everything; the rows that come in are blank and without a style."""
    if shift.by <= 0:
        return
    sheet: Any = shift.sheet
    _cells(shift)
    sheet.merged_cells = MultiCellRange([CellRange(shift.area(area.coord)) for area in sheet.merged_cells.ranges])
    _heights(shift)
    _marked_areas(shift)
    for page in sheet.parent.worksheets:
        _formulas(shift, page)
        _validations(shift, page)
        _names(shift, page.defined_names.values())
    _names(shift, sheet.parent.defined_names.values())
    _drawings(shift)


def _cells(shift: Shift) -> None:
    # By hand: move_range leaves the cells under merged ones behind, and their borders with them.
    sheet: Any = shift.sheet
    cells: dict[tuple[int, int], Any] = sheet._cells
    for row, column in sorted((place for place in cells if place[0] >= shift.at), reverse=True):
        cell = cells.pop((row, column))
        cell.row = row + shift.by
        cells[row + shift.by, column] = cell
        link = getattr(cell, "hyperlink", None)
        if link is not None:
            link.ref = cell.coordinate


def _heights(shift: Shift) -> None:
    heights: Any = shift.sheet.row_dimensions
    for row in sorted((row for row in heights if row >= shift.at), reverse=True):
        height = heights.pop(row)
        height.index = row + shift.by
        heights[row + shift.by] = height


def _marked_areas(shift: Shift) -> None:
    """Print area, filter, page breaks, tables, conditional formats."""
    sheet: Any = shift.sheet
    if sheet.print_area:
        areas = str(sheet.print_area).split(",")
        sheet.print_area = ",".join(shift.reference(area.rpartition("!")[2]) for area in areas)
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = shift.area(sheet.auto_filter.ref)
    for one in sheet.row_breaks.brk:
        one.id = shift.row(one.id)
    for table in sheet.tables.values():
        table.ref = shift.area(table.ref)
        if table.autoFilter is not None:
            table.autoFilter.ref = shift.area(table.autoFilter.ref)
    formats = ConditionalFormattingList()
    for marked in sheet.conditional_formatting:
        marks = " ".join(shift.area(area.coord) for area in marked.sqref.ranges)
        for rule in marked.rules:
            rule.formula = [_without_mark(shift, one, shift.sheet) for one in rule.formula]
            formats.add(marks, rule)
    sheet.conditional_formatting = formats


def _formulas(shift: Shift, page: Worksheet) -> None:
    for row in page.iter_rows():
        for cell in row:
            if cell.data_type != "f":
                continue
            value: Any = cell.value
            if isinstance(value, str):
                cell.value = shift.formula(value, page)
            elif isinstance(value, ArrayFormula):
                value.text = shift.formula(str(value.text), page)
                value.ref = shift.area(value.ref) if page is shift.sheet else value.ref


def _validations(shift: Shift, page: Worksheet) -> None:
    for one in page.data_validations.dataValidation:
        if page is shift.sheet:
            one.sqref = MultiCellRange(" ".join(shift.area(area.coord) for area in one.sqref.ranges))
        one.formula1 = _without_mark(shift, one.formula1, page)
        one.formula2 = _without_mark(shift, one.formula2, page)


def _without_mark(shift: Shift, text: str | None, page: Worksheet | None) -> str | None:
    """A formula that is kept without its "="."""
    return shift.formula(f"={text}", page)[1:] if text else text


def _names(shift: Shift, names: Iterable[Any]) -> None:
    for name in names:
        name.attr_text = _without_mark(shift, name.attr_text, None)


def _drawings(shift: Shift) -> None:
    """Pictures and charts; a marker counts rows from 0."""
    sheet: Any = shift.sheet
    for drawing in (*sheet._images, *sheet._charts):
        for name in ("_from", "to"):
            marker = getattr(drawing.anchor, name, None)
            if marker is not None:
                marker.row = shift.row(marker.row + 1) - 1
