"""The same facts for .ods.

An OpenDocument sheet may say "repeat this cell 16,384 times in 1,048,576 rows"; the reader would lay out the whole
rectangle. Of a formula that failed it gives 0 or "".
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from xml.parsers import expat

from coordinator.exchange.sheet_scan import SheetFacts, WorkbookFacts, attributes, refuse_entities, refuse_far_cell

_TAGS = re.compile(
    r"<(?P<close>/?)table:(?P<what>table|table-row|table-column|table-cell|"
    r"covered-table-cell)(?P<rest>(?:\s[^>]*?)?)(?P<empty>/?)>"
)
_SHOWN = re.compile(r"\s*<text:p(?:\s[^>]*)?>([^<]*)<")
_FAILED = re.compile(r"#[A-ZА-ЯІЇЄ/0' ]{2,20}[!?]?|#N/A|#Н/Д|Err:\d{3}")
"""What a cell shows in place of a value that could not be calculated."""

_EPOCH = re.compile(r"<table:null-date\b[^>]*date-value=[\"']1904-01-01")


@dataclass(slots=True)
class _OdsSheet:
    """Where the walk through one OpenDocument table stands."""

    row: int = -1
    column: int = 0
    next_row: int = 0
    next_column: int = 0
    last: tuple[int, int] | None = None
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def start_row(self, found: dict[str, str]) -> None:
        self.row, self.column = self.next_row, 0
        self.next_row += _number(found, "number-rows-repeated")
        if found.get("visibility") in ("collapse", "filter") and self.next_row - self.row < 1000:
            self.hidden.update(range(self.row, self.next_row))

    def add_column(self, found: dict[str, str]) -> None:
        first = self.next_column
        self.next_column += _number(found, "number-columns-repeated")
        if found.get("visibility") in ("collapse", "filter"):
            self.hidden_columns.update(range(first, min(self.next_column, 16_384)))

    def add_cell(self, found: dict[str, str], filled: bool, shown: str = "") -> None:
        repeated = _number(found, "number-columns-repeated")
        if "formula" in found:
            if found.get("value-type") == "error" or _FAILED.fullmatch(shown):
                self.errors[self.row, self.column] = shown or "#N/A"
            elif "value-type" not in found:
                self.uncached.add((self.row, self.column))
        if filled:
            across = self.column + repeated - 1
            bottom, right = self.last or (0, 0)
            self.last = max(bottom, self.next_row - 1), max(right, across)
        tall, wide = _number(found, "number-rows-spanned"), _number(found, "number-columns-spanned")
        if tall > 1 or wide > 1:
            self.merged.append((self.row, self.column, self.row + tall - 1, self.column + wide - 1))
        self.column += repeated

    def facts(self) -> SheetFacts:
        return SheetFacts(
            self.last, self.errors, frozenset(self.uncached), frozenset(self.hidden), tuple(self.merged),
            frozenset(self.hidden_columns),
        )  # fmt: skip


def _number(found: dict[str, str], name: str) -> int:
    text = found.get(name, "1")
    return int(text) if text.isdecimal() and len(text) < 9 else 1


def scan_ods(name: str, content: bytes) -> WorkbookFacts:
    """Facts of an .ods. UserError where a sheet reaches too far, ExpatError for broken XML."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        refuse_entities(name, archive)
        content_xml = archive.read("content.xml")
    # calamine does not return from an element that is never closed.
    expat.ParserCreate().Parse(content_xml, True)
    xml = content_xml.decode("utf-8", "replace")
    sheets: dict[str, SheetFacts] = {}
    walk, title, depth = _OdsSheet(), "", 0
    for tag in _TAGS.finditer(xml):
        what = tag["what"]
        if what == "table":
            depth += -1 if tag["close"] else 0 if tag["empty"] else 1
            if depth == 1 and not tag["close"]:
                walk, title = _OdsSheet(), attributes(tag["rest"]).get("name", "")
            elif depth == 0 and tag["close"]:
                refuse_far_cell(name, title, walk.last)
                sheets[title] = walk.facts()
        elif not tag["close"] and what == "table-column":
            walk.add_column(attributes(tag["rest"]))
        elif not tag["close"] and what == "table-row":
            walk.start_row(attributes(tag["rest"]))
        elif not tag["close"]:
            shown = _SHOWN.match(xml, tag.end()) if "formula=" in tag["rest"] and not tag["empty"] else None
            filled = not tag["empty"] or "value-type=" in tag["rest"]
            walk.add_cell(attributes(tag["rest"]), filled, unescape(shown[1]).strip() if shown else "")
    return WorkbookFacts(sheets, _EPOCH.search(xml) is not None)
