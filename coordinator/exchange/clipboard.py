"""Rows that were copied in Excel, LibreOffice or a web page: the table of the clipboard's HTML, else its text.

HTML carries what the text has lost: merged cells, hidden rows, and the number behind 3,80501E+11. Where the rows stood
in their sheet is told by the "Link" format alone, and not by every program.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from coordinator.errors import UserError
from coordinator.exchange.delimited import split_text

LARGEST_TEXT = 64 << 20
"""Characters. 60,000 people take about 8 million."""

_LARGEST_HTML = 24 << 20
_MOST_DOWN, _MOST_ACROSS = 2000, 256


@dataclass(frozen=True, slots=True)
class Copied:
    """The clipboard. `name` is told to the person in place of a file's; `link` is the content of the "Link" format."""

    name: str
    text: str = ""
    html: str = ""
    link: bytes = b""

    @property
    def stem(self) -> str:
        return self.name

    def read_bytes(self) -> bytes:
        """What the same rows are known again by."""
        return (self.text or self.html).encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Block:
    """The copied cells. `top` and `left` are where the first one stood in its sheet; 0 where that is not known."""

    sheet: str
    rows: list[list[str]]
    top: int = 0
    left: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    named: bool = False


def copied_block(copied: Copied) -> Block:
    """The table in the clipboard. UserError "import.clipboard_empty", "import.clipboard_too_large"."""
    if max(len(copied.text), len(copied.html)) > LARGEST_TEXT:
        raise UserError("import.clipboard_too_large", file=copied.name, limit=LARGEST_TEXT >> 20)
    table = _largest_table(copied.html) if len(copied.html) <= _LARGEST_HTML else None
    if table is not None:
        rows, merged, hidden = table.rows, tuple(table.merged), frozenset(table.hidden)
    else:
        rows, merged, hidden = split_text(copied.name, copied.text.replace("\x00", "")), (), frozenset[int]()
    if not any(cell.strip() for row in rows for cell in row):
        raise UserError("import.clipboard_empty", file=copied.name)
    place = _place(copied.link, len(rows))
    if place is None:
        return Block(copied.name, rows, 0, 0, merged, hidden)
    sheet, top, left = place
    return Block(sheet, rows, top, left, merged, hidden, named=True)


_EXCEL = re.compile(r"(?:.*\])?(?P<sheet>[^\]]+)!?$")
_R1C1 = re.compile(r"[RZL](\d{1,7})[CS](\d{1,5})(?::[RZL](\d{1,7})[CS]\d{1,5})?")
_A1 = re.compile(r"'?(?P<sheet>.+?)'?\.\$?([A-Z]{1,3})\$?(\d{1,7})(?::(?:.*\.)?\$?[A-Z]{1,3}\$?(\d{1,7}))?")


def _place(link: bytes, rows: int) -> tuple[str, int, int] | None:
    """Sheet, top and left (from 0) that the "Link" format tells: program NUL document NUL cells NUL NUL.

    None where it tells none, or where other rows than those were copied (a filter was on).
    """
    parts = _decoded(link).split("\x00")
    if len(parts) < 3:
        return None
    _program, document, cells = parts[:3]
    found = _R1C1.fullmatch(cells)
    if found is not None:
        sheet = _EXCEL.match(document)
        first, last = int(found[1]), int(found[3] or found[1])
        place = (sheet["sheet"] if sheet else "", first - 1, int(found[2]) - 1)
    else:
        found = _A1.fullmatch(cells.lstrip("$"))
        if found is None:
            return None
        first, last = int(found[3]), int(found[4] or found[3])
        place = (found["sheet"].strip("$'"), first - 1, _column(found[2]))
    return place if last - first + 1 == rows and place[0] and min(place[1:]) >= 0 else None


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _decoded(link: bytes) -> str:
    for encoding in ("utf-8", "cp1251"):
        try:
            return link.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""


@dataclass(slots=True)
class _Table:
    """Rows as they are shown; a cell that spans others stands in the first of them."""

    rows: list[list[str]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    taken: set[tuple[int, int]] = field(default_factory=set)

    def start_row(self, hidden: bool) -> None:
        self.rows.append([])
        if hidden:
            self.hidden.add(len(self.rows) - 1)

    def add(self, text: str, down: int, across: int) -> None:
        if not self.rows:
            self.start_row(False)
        row, cells = len(self.rows) - 1, self.rows[-1]
        while (row, len(cells)) in self.taken:
            cells.append("")
        column = len(cells)
        cells += [text, *[""] * (across - 1)]
        if down > 1 or across > 1:
            self.merged.append((row, column, row + down - 1, column + across - 1))
            self.taken.update((row + r, column + c) for r in range(1, down) for c in range(across))


_ROUNDED = re.compile(r"#+|-?\d+(?:[.,]\d+)?[eEеЕ][+-]?\d+")
"""What a narrow cell shows in place of a long number."""


class _Reader(HTMLParser):
    """Collects the tables that stand side by side; one inside a cell belongs to the text of that cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_Table] = []
        self._depth = 0
        self._silent = 0
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._number = ""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(_Table())
        elif tag in ("style", "script"):
            self._silent += 1
        elif self._depth == 1 and tag == "tr":
            self._close_cell()
            self.tables[-1].start_row("display:none" in found.get("style", "").replace(" ", "").lower())
        elif self._depth == 1 and tag in ("td", "th"):
            self._close_cell()
            self._cell = []
            self._spans = _span(found.get("rowspan", ""), _MOST_DOWN), _span(found.get("colspan", ""), _MOST_ACROSS)
            self._number = found.get("x:num", "") or found.get("sdval", "")
        elif tag in ("br", "p", "div", "li") and self._cell:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("style", "script"):
            self._silent = max(0, self._silent - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._close_cell()
        elif tag == "table" and self._depth:
            if self._depth == 1:
                self._close_cell()
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            # A line break of the source is only a blank.
            self._cell.append(re.sub(r"[ \t\r\n]+", " ", data))

    def _close_cell(self) -> None:
        if self._cell is None:
            return
        lines = ("".join(self._cell)).split("\n")
        text = "\n".join(line.strip(" ") for line in lines).strip("\n")
        if self._number and _ROUNDED.fullmatch(text):
            text = self._number
        self.tables[-1].add(text, *self._spans)
        self._cell = None


def _span(text: str, most: int) -> int:
    return min(int(text), most) if text.isdecimal() and len(text) < 6 and int(text) else 1


def _largest_table(html: str) -> _Table | None:
    """The table with the most rows; None where there is none with text."""
    if "<t" not in html and "<T" not in html:
        return None
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return max(_filled(reader.tables), key=lambda table: len(table.rows), default=None)


def _filled(tables: Iterable[_Table]) -> Iterable[_Table]:
    return (table for table in tables if any(cell.strip() for row in table.rows for cell in row))
