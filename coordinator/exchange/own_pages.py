"""Sheets of our own workbooks and forms that only explain them: nobody is asked what stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from coordinator.exchange.reading import RawSheet
from coordinator.exchange.stamp import find_stamp

WORD_LISTS = "lists"
"""The hidden sheet of a form with the words of its drop-downs."""

_FORM = re.compile(r"\bEC-[a-z]+-\d{1,3}\b")
_SHORT = 60
"""Rows of a sheet that explains."""


def form_mark(kind: str, version: int) -> str:
    """The mark that a form of ours carries on the sheet that says how to fill it in."""
    return f"EC-{kind}-{version}"


def explaining(sheets: Sequence[RawSheet]) -> frozenset[str]:
    """Names of the sheets that say what a workbook of ours is or how a form of ours is filled in, and of its words."""
    about = {sheet.name for sheet in sheets if _is_short(sheet) and find_stamp(_texts(sheet))}
    how_to = {sheet.name for sheet in sheets if _is_short(sheet) and any(map(_FORM.search, _texts(sheet)))}
    words = {sheet.name for sheet in sheets if how_to and sheet.name == WORD_LISTS and not sheet.visible}
    return frozenset(about | how_to | words)


def _is_short(sheet: RawSheet) -> bool:
    return not sheet.chart and len(sheet.rows) <= _SHORT


def _texts(sheet: RawSheet) -> list[str]:
    return [value for cells in sheet.rows for value in cells if isinstance(value, str)]
