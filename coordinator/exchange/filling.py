"""Filling a recipient's own form with rows, its styles, formulas, merged titles, print set-up and rules kept."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.formula.translate import Translator
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles.numbers import is_date_format
from openpyxl.workbook import Workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from coordinator.errors import Cancelled, UserError
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.protected import protected
from coordinator.exchange.row_shift import Shift, make_room
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.template import Template, unfilled
from coordinator.exchange.writing import (
    MOST_TEXT,
    SHOWN_AS,
    STAMP_PROPERTY,
    DateStyle,
    Finish,
    Progress,
    day_text,
    plain_text,
    typed,
)

MOST_ROWS = 20_000
"""Rows of one form: it is held in memory cell by cell, each with its style."""
_OFTEN = 200


@dataclass(frozen=True, slots=True)
class Filled:
    """The finished workbook, how many rows were filled, and what could not be or was lost."""

    content: bytes
    rows: int
    remarks: tuple[Remark, ...]


def fill(
    template: Template, rows: Sequence[Sequence[object]], finish: Finish, progress: Progress | None = None
) -> Filled:
    """Put the rows (values in the order of `template.chosen`) under the headers.

    The first row of the list gives the others their style and its formulas; what stands below goes down, and totals
    cover all rows. UserError "template.too_many", "export.too_long".
    """
    if len(rows) > MOST_ROWS:
        raise UserError("template.too_many", file=template.original.name, rows=len(rows), most=MOST_ROWS)
    book = _opened(template)
    sheet = book[template.sheet]
    form = _Form(sheet, template, finish.dates)
    form.make_room(len(rows))
    places = [slot.place + 1 for slot in template.slots if slot.key]
    for number, row in enumerate(rows):
        if progress and number % _OFTEN == 0 and not progress(number / len(rows), "export"):
            raise Cancelled
        for column, value in zip(places, row, strict=True):
            form.put(form.first + number, column, value)
    whole = BytesIO()
    _save(book, finish.stamp, whole)
    content = protected(whole, finish.password) if finish.password else whole.getvalue()
    return Filled(content, len(rows), (*template.remarks, *_said(template, form, len(rows))))


def _opened(template: Template) -> Workbook:
    with warnings.catch_warnings():
        # What the library leaves out is told by `template.remarks`.
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(template.original.content), rich_text=True)


def _save(book: Any, stamp: str, whole: BytesIO) -> None:
    """With the mark among its properties; Excel counts the formulas anew when it opens it."""
    if stamp:
        properties = book.custom_doc_props
        if STAMP_PROPERTY in properties.names:
            del properties[STAMP_PROPERTY]
        properties.append(StringProperty(name=STAMP_PROPERTY, value=stamp))
    book.calculation.fullCalcOnLoad = True
    book.save(whole)


def _said(template: Template, form: _Form, rows: int) -> Iterator[Remark]:
    yield from unfilled(template)
    if form.replaced:
        first, last = form.replaced[0], form.replaced[-1]
        facts: dict[str, object] = {"rows": len(form.replaced), "first": first, "last": last}
        yield Remark("template.rows_replaced", Cell(template.sheet, cell_name(first - 1, 0)), facts)
    if not rows:
        yield Remark("template.no_rows", Cell(template.sheet, ""), {"file": template.original.name})


class _Form:
    """The list of a form. Rows and columns count from 1, as the library has them."""

    def __init__(self, sheet: Worksheet, template: Template, dates: DateStyle) -> None:
        self.sheet = sheet
        self.dates = dates
        self.replaced: list[int] = []
        self.first = template.first_row + 1
        self.size = self._length(template)
        self.width = max(sheet.max_column, *(slot.place + 1 for slot in template.slots))
        places = [slot.place + 1 for slot in template.slots if slot.key]
        self._counted = frozenset(one for one in places if self.size and sheet.cell(self.first, one).data_type == "f")
        self._filled = frozenset(places) - self._counted
        self._clear(template)

    def make_room(self, rows: int) -> None:
        """As many rows as are needed, all dressed like the first of the list."""
        more = rows - self.size
        if more > 0:
            make_room(Shift(self.sheet, self.first, self.first + self.size, more))
        if self.size:
            for row in range(self.first + 1, self.first + rows):
                self._dress(row, added=row >= self.first + self.size)

    def put(self, row: int, column: int, value: object) -> None:
        """A value of the right type; text stays text, a formula of the form stays. UserError "export.too_long"."""
        if column in self._counted:
            return
        cell = self.sheet.cell(row, column)
        value = typed(value, self.dates) if value not in (None, "") else None
        as_text = cell.number_format == "@"
        if isinstance(value, (date, datetime)):
            self._put_day(cell, value, as_text)
        elif isinstance(value, time) or value is None or (isinstance(value, (int, float)) and not as_text):
            cell.value = value
            if isinstance(value, (int, float)) and is_date_format(cell.number_format):
                cell.number_format = "0"  # A year would be shown as a day of 1905.
        else:
            text = plain_text(value)
            if len(text) > MOST_TEXT:
                raise UserError(
                    "export.too_long", sheet=self.sheet.title, cell=cell_name(row - 1, column - 1), most=MOST_TEXT
                )
            cell.value = text
            # The library takes a text that begins with "=" for a formula.
            cell.data_type = "s"

    def _put_day(self, cell: Any, value: date | datetime, as_text: bool) -> None:
        if as_text:
            cell.value = day_text(value, self.dates)
            return
        shown = cell.number_format
        cell.value = value
        if is_date_format(shown):
            cell.number_format = shown
        else:
            clock = " hh:mm" if isinstance(value, datetime) else ""
            cell.number_format = f"{SHOWN_AS[self.dates]}{clock}"

    def _length(self, template: Template) -> int:
        """Rows of the list that are there already: filled ones, and blank ones that look like the first."""
        row = self.first
        while row <= template.end_row and (row <= template.last_row + 1 or self._looks_alike(row)):
            row += 1
        return row - self.first

    def _looks_alike(self, row: int) -> bool:
        if row == self.first:
            return True
        cells = ((self.sheet.cell(row, column), self.sheet.cell(self.first, column)) for column in range(1, 8))
        return any(first.has_style for _cell, first in cells) and all(
            self.sheet.cell(row, column)._style == self.sheet.cell(self.first, column)._style  # type: ignore[union-attr]
            for column in range(1, self.sheet.max_column + 1)
        )

    def _clear(self, template: Template) -> None:
        """Take out what stands in the list already, but for formulas; merged cells over several of its rows part.

        A row where only numbers stand in advance, or texts of columns that we do not fill, is no row of somebody's.
        """
        numbers = {slot.place + 1 for slot in template.slots if slot.key == "number"}
        for area in list(self.sheet.merged_cells.ranges):
            if area.min_row >= self.first and area.max_row < self.first + self.size and area.min_row != area.max_row:
                self.sheet.unmerge_cells(area.coord)
        for row in range(self.first, self.first + self.size):
            cells = [self.sheet.cell(row, column) for column in range(1, self.width + 1)]
            own = [cell for cell in cells if isinstance(cell, SheetCell) and cell.data_type != "f"]
            if any(cell.value is not None and cell.column in self._filled - numbers for cell in own):
                self.replaced.append(row)
            for cell in own:
                if cell.column in self._filled or row in self.replaced:
                    cell.value = None

    def _dress(self, row: int, added: bool) -> None:
        """Style (of an added row), height, sideways merged cells and formulas of the first row of the list."""
        sheet = self.sheet
        if added:
            sheet.row_dimensions[row].height = sheet.row_dimensions[self.first].height
            for area in self._merged_sideways():
                sheet.merge_cells(start_row=row, end_row=row, start_column=area.min_col, end_column=area.max_col)
        for column in range(1, self.width + 1):
            model: Any = sheet.cell(self.first, column)
            cell: Any = sheet.cell(row, column)
            if added and model.has_style:
                cell._style = copy(model._style)
            if column not in self._filled and model.data_type == "f" and isinstance(model.value, str):
                if added or cell.value is None:
                    cell.value = Translator(model.value, model.coordinate).translate_formula(cell.coordinate)
            elif added and column not in self._filled and self._same_all_over(column):
                cell.value = model.value

    def _merged_sideways(self) -> list[CellRange]:
        ranges: Iterable[CellRange] = self.sheet.merged_cells.ranges
        return [area for area in ranges if area.min_row == area.max_row == self.first]

    def _same_all_over(self, column: int) -> bool:
        """A text that stands in each row of the form ("Харківська область") stands in the added ones too."""
        values = [self.sheet.cell(row, column).value for row in range(self.first, self.first + self.size)]
        return self.size > 1 and values[0] is not None and all(value == values[0] for value in values)
