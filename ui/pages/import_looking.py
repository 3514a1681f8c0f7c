"""What the import page has worked out beside the window: a file that was read, and its preview with ready lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from coordinator.collecting import without_collecting
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import Choice
from coordinator.meanwhile import asking
from coordinator.queries.reading import OpenList, open_list, without_cells
from coordinator.services.import_preview import ticker
from coordinator.services.import_seen import look_again
from coordinator.services.imports import ImportPreview, correct_cells, preview_import
from coordinator.services.senders import Meaning
from coordinator.session import Session
from ui.pages.import_rows import PREVIEW_COLUMNS, PreviewRow, preview_rows, searched
from ui.pages.import_sources import Source
from ui.tables.columns import TableData, prepare


class Looked(NamedTuple):
    """A preview with its lines ready for the table."""

    preview: ImportPreview
    rows: TableData[PreviewRow]
    choices: dict[Choice, bool]


class Found(NamedTuple):
    """A file that was read; `looked` None: somebody has to say how it is read first."""

    opened: OpenList
    looked: Looked | None


def look(session: Session, source: Source, day: date, password: str, progress: Any) -> Found:
    """The file, and its preview where nothing has to be asked."""
    opened = open_list(session, source, day, progress, password=password)
    if not opened.clear:
        return Found(opened, None)
    looked = compared(session, opened, (), progress)
    return Found(without_cells(opened), looked)


def compared(session: Session, opened: OpenList, words: Sequence[Meaning], progress: Any) -> Looked:
    preview = preview_import(
        session, opened.original, opened.day, progress, reading=opened.reading, words=words, sheets=opened.sheets
    )
    preview.check()
    return worded(preview, progress)


def corrected(session: Session, preview: ImportPreview, corrections: Sequence[Correction], progress: Any) -> Looked:
    return worded(correct_cells(session, preview, corrections, progress), progress)


def looked_again(session: Session, looked: Looked, choices: dict[Choice, bool], progress: Any) -> Looked:
    """The same file beside the register as it is by now."""
    preview, still = look_again(session, looked.preview, choices, progress)
    return worded(preview, progress)._replace(choices=still)


def worded(preview: ImportPreview, progress: Any) -> Looked:
    """The lines of a preview in the language of the window; where somebody cancels, the wording is left to itself."""
    return asking(lambda: _worded(preview), lambda: ticker(progress, 0, 1, "import.comparing")(0.99))


def _worded(preview: ImportPreview) -> Looked:
    with without_collecting():
        rows = preview_rows(preview)
        return Looked(preview, prepare(PREVIEW_COLUMNS, rows, lambda row: row.id, searched), {})
