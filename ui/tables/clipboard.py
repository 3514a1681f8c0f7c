"""Rows for the clipboard: tab-separated text, and the same as a worksheet reads it with every cell as text."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

FORMULA_SIGNS = ("=", "+", "-", "@", "\t")


def put_on_clipboard(lines: Sequence[Sequence[str]]) -> None:
    """The first line is the header. Text that would be run as a formula is told to be text."""
    content = QMimeData()
    content.setText(tsv(lines))
    content.setHtml(html(lines))
    QGuiApplication.clipboard().setMimeData(content)


def tsv(lines: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(_plain(cell) for cell in line) for line in lines)


def html(lines: Sequence[Sequence[str]]) -> str:
    """A table that Excel and LibreOffice paste as text, so that 050… keeps its 0."""
    style = "<style>td{mso-number-format:'\\@';white-space:pre}</style>"
    rows = ("".join(f"<td>{escape(cell)}</td>" for cell in line) for line in lines)
    return (
        f"<html><head><meta charset='utf-8'>{style}</head><body><table>"
        + "".join(f"<tr>{row}</tr>" for row in rows)
        + "</table></body></html>"
    )


def _plain(cell: str) -> str:
    """One line without tabs; a leading apostrophe keeps a worksheet from reading a formula."""
    guarded = "'" + cell if cell.startswith(FORMULA_SIGNS) else cell
    return " ".join(guarded.replace("\t", " ").splitlines())
