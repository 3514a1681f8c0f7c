"""A form of ours as a workbook: headers, one example row, drop-downs, hints beside each cell, and how to fill it in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from io import BytesIO
from pathlib import Path
from typing import Any

from coordinator.exchange.memory_book import MemoryBook
from coordinator.exchange.own_pages import WORD_LISTS, form_mark
from coordinator.exchange.supplied import COLUMNS, TITLES, VERSION, Choices, FormColumn, FormKind, words_of
from coordinator.exchange.writing import CellKind, write_whole
from resources.i18n import _

ROWS = 500
"""So many rows have drop-downs and hints; more may be written below."""
_HEADER, _EXAMPLE = 3, 4
_SHORT_HINT, _LONG_HINT = 32, 255
"""What Excel allows for the title and the text of a hint."""


def write_supplied(path: Path, kind: FormKind) -> None:
    """Write the form in the language of the moment. UserError: as `write_workbook`."""
    write_whole(path, lambda draft: _write(draft, kind))


def _write(draft: Path, kind: FormKind) -> int:
    whole = BytesIO()
    book = MemoryBook(whole)
    form = _Form(book, kind)
    form.list_sheet()
    form.how_to()
    form.word_lists()
    book.close()
    draft.write_bytes(whole.getbuffer())
    return 1


@dataclass(slots=True)
class _Form:
    book: Any
    kind: FormKind
    lists: dict[Choices, list[str]] = field(default_factory=dict)

    def list_sheet(self) -> None:
        """Titles, a cell for the day of the list, headers in row 4, the example in row 5, blank rows with hints."""
        page = self.book.add_worksheet(_("List"))
        columns = COLUMNS[self.kind]
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(_HEADER)
        page.freeze_panes(_EXAMPLE, 0)
        header, text = self._style("header"), self._style("text")
        for at, column in enumerate(columns):
            page.set_column(at, at, column.width, self._of_kind(column.kind))
        page.write_string(0, 0, _(TITLES[self.kind]), self._style("title"))
        page.write_string(1, 0, _("Date of the list:"), text)
        page.write_blank(1, 2, None, self._style("day"))
        page.write_string(2, 0, _("How to fill it in stands on the next sheet. Columns with * are needed."), text)
        for at, column in enumerate(columns):
            page.write_string(_HEADER, at, _titled(column), header)
        for at, column in enumerate(columns):
            self._example(page, at, column)
        for at, column in enumerate(columns):
            self._hint(page, at, column)

    def how_to(self) -> None:
        """In one column: two would look like a list with headers."""
        page = self.book.add_worksheet(_("How to fill it in"))
        page.set_column(0, 0, 110)
        bold, text = self._style("bold"), self._style("wrapped")
        lines = [
            _("Write one row below another, under the example. The example may stay: it is not read."),
            _("Leave the headers as they are; columns that you do not need may stay blank."),
            _("Days as 15.08.2023; where only the year of birth is known, the year alone."),
            _("Where a column has a list, choose from it; your own words are read too."),
            _("No diagnoses, no numbers of passports or tax codes."),
        ]
        page.write_string(0, 0, _(TITLES[self.kind]), self._style("title"))
        for at, line in enumerate(lines, start=2):
            page.write_string(at, 0, line, text)
        for at, column in enumerate(COLUMNS[self.kind], start=len(lines) + 3):
            page.write_rich_string(at, 0, bold, _titled(column), f": {_(column.hint)}", text)
        form = form_mark(self.kind.value, VERSION)
        page.write_string(len(lines) + len(COLUMNS[self.kind]) + 4, 0, _("Form {mark}").format(mark=form), text)

    def word_lists(self) -> None:
        """The words of the drop-downs below one another on a hidden sheet; `list_sheet` refers to it."""
        page = self.book.add_worksheet(WORD_LISTS)
        page.hide()
        line = 0
        for words in self.lists.values():
            for word in words:
                page.write_string(line, 0, word)
                line += 1

    def _range(self, choices: Choices) -> str:
        """Where the words of a list will stand."""
        start = 1
        for known, words in self.lists.items():
            if known is choices:
                break
            start += len(words)
        words = self.lists.setdefault(choices, words_of(choices))
        return f"={WORD_LISTS}!$A${start}:$A${start + len(words) - 1}"

    def _example(self, page: Any, at: int, column: FormColumn) -> None:
        value, style = column.example, self._of_kind(column.kind, example=True)
        if isinstance(value, (date, time)):
            page.write_datetime(_EXAMPLE, at, value, style)
        elif isinstance(value, (int, float)):
            page.write_number(_EXAMPLE, at, value, style)
        else:
            page.write_string(_EXAMPLE, at, _(str(value)), style)

    def _hint(self, page: Any, at: int, column: FormColumn) -> None:
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": _titled(column)[:_SHORT_HINT],
            "input_message": _(column.hint)[:_LONG_HINT],
        }
        if column.choices is not None:
            # Other words stay possible: whoever fills it in knows better than a list.
            rule |= {"validate": "list", "source": self._range(column.choices), "show_error": False}
        page.data_validation(_EXAMPLE, at, _EXAMPLE + ROWS, at, rule)

    def _of_kind(self, kind: CellKind, example: bool = False) -> Any:
        shown = {CellKind.DATE: "dd.mm.yyyy", CellKind.TIME: "hh:mm", CellKind.INTEGER: "0", CellKind.NUMBER: "0.0000"}
        look = {"italic": True, "font_color": "#5A6672"} if example else {}
        return self.book.add_format({"num_format": shown.get(kind, "@"), "valign": "top", **look})

    def _style(self, name: str) -> Any:
        return self.book.add_format(_STYLES[name])


_STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14},
    "bold": {"bold": True},
    "text": {"valign": "top"},
    "wrapped": {"valign": "top", "text_wrap": True},
    "header": {"bold": True, "text_wrap": True, "valign": "top", "border": 1, "bg_color": "#E8EDF2"},
    "day": {"num_format": "dd.mm.yyyy", "border": 1, "align": "left"},
}


def _titled(column: FormColumn) -> str:
    return f"{_(column.title)} *" if column.needed else _(column.title)
