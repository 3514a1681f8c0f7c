"""The rows that a sender has to correct, as a workbook that goes back. It names people, so it is logged."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange.error_book import write_error_book
from coordinator.exchange.incoming import IncomingList
from coordinator.exchange.originals import place_of
from coordinator.exchange.sent_back import SheetBack, sheets_back
from coordinator.outcome import Change, Outcome
from coordinator.services.exports import Exported
from coordinator.services.imports import ImportPreview
from coordinator.services.outgoing import Entry, digest_of_file, log_outgoing
from coordinator.session import Session

ERRORS = "import-errors"
"""Its kind in the log of what left."""


def export_errors(session: Session, preview: ImportPreview, path: Path) -> Outcome[Exported]:
    """Write the rows that were set aside or have a warning, in the sender's own layout, and log it.

    Cells that were corrected here go back as they were sent. UserError "import.nothing_to_correct",
    "import.not_held" where the preview is of no file, "role.refused", and those of writing.
    """
    session.require_writing(Right.EXPORT_NAMES)
    listed = preview.listed
    if listed.original is None:
        raise UserError("import.not_held", file=listed.incoming.file_name)
    remarks = (*preview.report.rows_rejected, *preview.report.warnings)
    people = _named_in(listed.incoming, sheets_back(listed.incoming, remarks))
    changes: list[Change] = []

    def log(draft: Path, rows: int) -> None:
        entry = Entry(f"export:{ERRORS}", path.name, people, None, digest_of_file(draft))
        changes.append(log_outgoing(session, Right.EXPORT_NAMES, entry, rows).change)

    rows = write_error_book(path, listed.original, listed.incoming, remarks, log)
    return Outcome(Exported(path, rows, people), changes[0])


def _named_in(incoming: IncomingList, sheets: Iterable[SheetBack]) -> int:
    """Persons in the rows that go back: all of a household, and one in a row that nobody could read."""
    headings = {(one.at.sheet, place_of(one.at.cell)[0] + 1) for one in incoming.skipped}
    rows = {(sheet.summary.name, row) for sheet in sheets for row in sheet.kept} - headings
    people = 0
    for household in incoming.households:
        own = {(household.sheet, row) for row in household.rows}
        if own & rows:
            rows -= own
            people += len(household.people)
    return people + len(rows)
