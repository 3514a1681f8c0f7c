"""What an import is saved as: a report of each row, and the rows that go back to their sender to be corrected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from coordinator.services.exports import export_report
from coordinator.services.import_errors import export_errors
from coordinator.services.imports import ImportPreview
from resources.i18n import _
from ui import ask
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind


class Saving:
    """Asks where, writes, and says where it lies."""

    def __init__(self, context: PageContext, owner: QWidget) -> None:
        self._context, self._owner = context, owner

    def report(self, preview: ImportPreview) -> None:
        name = f"{Path(preview.incoming.file_name).stem}-report.xlsx"
        ask.file_to_save(self._owner, _("Save the report"), _patterns(), name=name,
                         then=lambda path: self._write_report(path, preview))  # fmt: skip

    def errors(self, preview: ImportPreview) -> None:
        name = _("{file}-to-correct.xlsx").format(file=Path(preview.incoming.file_name).stem)
        ask.file_to_save(self._owner, _("Save the rows for the sender to correct"), _patterns(), name=name,
                         then=lambda path: self._write_errors(path, preview))  # fmt: skip

    def _write_report(self, path: Path, preview: ImportPreview) -> None:
        self._context.tasks.run_verb(
            export_report, self._context.session, preview.report, preview.incoming.file_name, path,
            done=lambda _none: self._saved(path), label=_("Writing the report"),
        )  # fmt: skip

    def _write_errors(self, path: Path, preview: ImportPreview) -> None:
        self._context.tasks.run_verb(
            export_errors, self._context.session, preview, path, done=lambda _none: self._saved(path),
            label=_("Writing the rows for the sender"),
        )  # fmt: skip

    def _saved(self, path: Path) -> None:
        self._context.show_notice(_("Saved: {path}").format(path=path), Kind.SUCCESS)


def _patterns() -> str:
    return _("Workbooks ({patterns})").format(patterns="*.xlsx")
