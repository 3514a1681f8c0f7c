"""Import: choose a workbook, see what will happen line by line, then bring it in as one action that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from coordinator.errors import UserError
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import Choice, ImportReport
from coordinator.outcome import Change, Touched
from coordinator.queries.imports import PastImport, past_imports
from coordinator.services.exports import export_report
from coordinator.services.history import Undone, undo_action
from coordinator.services.import_errors import export_errors
from coordinator.services.imports import ImportPreview, apply_import, correct_cells, preview_import
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import actions, ask, texts, theme
from ui.pages.base import Page, PageContext
from ui.pages.import_preview import PreviewView
from ui.pages.import_rows import PAST_COLUMNS, PREVIEW_COLUMNS, PreviewRow, added_line, preview_rows
from ui.pages.import_sources import Opening, Source, WaitingBar, dropped_files, pasted
from ui.rights import needs
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.undoing import tell
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind

PATTERNS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv"


class Looked(NamedTuple):
    """A preview with its lines ready for the table."""

    preview: ImportPreview
    rows: TableData[PreviewRow]
    choices: dict[Choice, bool]


class ImportPage(Page):
    name = "import"
    depends_on = Touched.HOUSEHOLDS | Touched.FLEET | Touched.PLACES

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._looked: Looked | None = None
        self._past: TableModel[PastImport] = TableModel(PAST_COLUMNS)
        self.past = TableView(self._past, _("Past imports"))
        self.preview = PreviewView(context)
        self.opening = Opening(context, _look, self)
        self.waiting = WaitingBar(self.opening, self.leave_preview)
        self._choose = QPushButton(_("Choose a workbook…"))
        self._paste = QPushButton(_("Paste copied rows"))
        self._undo = QPushButton(_("Undo this import"))
        theme.dress(self._choose, "primary")
        needs(self._undo)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(theme.unit(16), theme.unit(6), theme.unit(16), 0)
        above.addWidget(self.waiting)
        column.addLayout(above)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._start_side())
        self._stack.addWidget(self.preview)
        self.setAcceptDrops(True)
        self._connect()

    def title(self) -> str:
        return _("Import")

    def refresh(self, change: Change | None) -> None:
        self.context.tasks.run_query(_past_rows, self.context.session, done=self._past.set_rows, key="import.past")

    def state(self) -> dict[str, Any]:
        return {"looked": self._looked, "waiting": tuple(self.opening.waiting)}

    def restore(self, state: Mapping[str, Any]) -> None:
        """A preview outlives a change of language; its lines are worded anew."""
        self.opening.waiting.extend(state.get("waiting", ()))
        self.waiting.show_waiting()
        if state.get("looked") is not None:
            looked = state["looked"]
            self._show(_worded(looked.preview)._replace(choices=looked.choices))

    def show_target(self, **what: Any) -> None:
        """navigate("import", path=…)"""
        if "path" in what:
            self.read(Path(what["path"]))

    def focus_search(self) -> bool:
        if self._looked is None:
            return False
        self.preview.search.take_focus()
        return True

    def choose(self) -> None:
        patterns = _("Workbooks and tables ({patterns})").format(patterns=PATTERNS)
        ask.file_to_open(self, _("Choose a workbook"), patterns, then=self.read)

    def read(self, *sources: Source) -> None:
        """Read and compare a file; nothing is written. Several are shown one after another.

        The working date stands in for a list without a date.
        """
        self.opening.take(sources)

    def paste(self) -> None:
        """Rows or files that were copied in another program."""
        self.read(*pasted(QApplication.clipboard().mimeData()))

    def import_now(self) -> None:
        if self._looked is None or not self.preview.ready:
            return
        self.preview.wait(True)
        name = self._looked.preview.incoming.file_name
        verb = partial(apply_import, choices=dict(self.preview.choices))
        self.context.tasks.run_verb(
            verb, self.context.session, self._looked.preview, done=self._imported,
            ended=lambda: self.preview.wait(False), label=_("Importing {file}").format(file=name), progress=True,
        )  # fmt: skip

    def leave_preview(self) -> None:
        """Back to the start, or to the next file that waits."""
        self._put_away()
        self.opening.advance()

    def _put_away(self) -> None:
        self._looked = None  # what another file would bring must not be imported in place of this one
        self._stack.setCurrentIndex(0)
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.read(*files)

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        self.preview.show_preview(looked.preview, looked.rows, looked.choices)
        self._stack.setCurrentIndex(1)

    def _correct(self, correction: Correction) -> None:
        """Read the file again with this cell corrected; what was decided on its values stays."""
        if self._looked is None or not self.preview.ready:
            return
        self.preview.wait(True)
        looked, choices = self._looked, self.preview.choices
        self.context.tasks.run_work(
            _corrected, self.context.session, looked.preview, correction,
            done=lambda anew: self._corrected(looked, anew._replace(choices=choices)), failed=self._not_corrected,
            ended=lambda: self.preview.wait(False), label=_("Reading the file with the corrected cell"), progress=True,
        )  # fmt: skip

    def _corrected(self, before: Looked, anew: Looked) -> None:
        if self._looked is before:
            self._show(anew)

    def _not_corrected(self, error: UserError) -> None:
        self.context.show_notice(texts.error_text(error), Kind.WARNING)

    def _imported(self, report: ImportReport) -> None:
        self.leave_preview()
        doubles = len(report.possible_duplicates)
        if not report.action_id:
            self.context.show_notice(_("Nothing was new, so nothing was changed."))
            return
        text = added_line(report)
        if doubles:
            more = ngettext("{n} household is possibly known already.",
                            "{n} households are possibly known already.", doubles)  # fmt: skip
            text = f"{text}. {more.format(n=doubles)}"
            step, then = _("Decide now"), lambda: self.context.navigate("duplicates")
        elif report.kind in (ListKind.PEOPLE, ListKind.REQUESTS):
            step, then = _("Show the registry"), lambda: self.context.navigate("registry")
        else:
            step, then = _("Undo this import"), lambda: self._take_back(report.action_id)
        self.context.show_notice(text, Kind.SUCCESS, step=step, then=then)

    def undo_chosen(self) -> None:
        row = self._past.row_of(self.past.current_id())
        record = None if row is None else self._past.record(row)
        if record is not None:
            question = _("Take back everything that {file} brought?").format(file=record.file_name)
            detail = _("What somebody changed since then is kept. The undo can be undone.")
            ask.confirm(self, question, yes=_("Undo this import"), detail=detail,
                        then=lambda: self._take_back(record.action_id))  # fmt: skip

    def _take_back(self, action_id: str) -> None:
        self.context.tasks.run_verb(
            undo_action,
            self.context.session,
            action_id,
            done=self._taken_back,
            label=_("Undoing the import"),
            progress=True,
        )

    def _taken_back(self, undone: Undone) -> None:
        tell(self.context.show_notice, self.context.navigate, _("The import was undone."), undone)

    def _save_report(self) -> None:
        looked = self._looked
        if looked is None:
            return
        name = f"{Path(looked.preview.incoming.file_name).stem}-report.xlsx"
        ask.file_to_save(self, _("Save the report"), _("Workbooks ({patterns})").format(patterns="*.xlsx"), name=name,
                         then=lambda path: self._write_report(path, looked.preview))  # fmt: skip

    def _write_report(self, path: Path, preview: ImportPreview) -> None:
        self.context.tasks.run_verb(
            export_report, self.context.session, preview.report, preview.incoming.file_name, path,
            done=lambda _none: self.context.show_notice(_("Saved: {path}").format(path=path), Kind.SUCCESS),
            label=_("Writing the report"),
        )  # fmt: skip

    def _save_errors(self) -> None:
        looked = self._looked
        if looked is None:
            return
        name = _("{file}-to-correct.xlsx").format(file=Path(looked.preview.incoming.file_name).stem)
        pattern = _("Workbooks ({patterns})").format(patterns="*.xlsx")
        ask.file_to_save(self, _("Save the rows for the sender to correct"), pattern, name=name,
                         then=lambda path: self._write_errors(path, looked.preview))  # fmt: skip

    def _write_errors(self, path: Path, preview: ImportPreview) -> None:
        self.context.tasks.run_verb(
            export_errors, self.context.session, preview, path,
            done=lambda _none: self.context.show_notice(_("Saved: {path}").format(path=path), Kind.SUCCESS),
            label=_("Writing the rows for the sender"),
        )  # fmt: skip

    def _connect(self) -> None:
        self.opening.begun.connect(self._put_away)
        self.opening.looked.connect(self._show)
        self.opening.changed.connect(self._allow)
        self._choose.clicked.connect(self.choose)
        self._paste.clicked.connect(self.paste)
        self._undo.clicked.connect(self.undo_chosen)
        self.past.current_changed.connect(lambda row_id: self._undo.setEnabled(bool(row_id)))
        self._undo.setEnabled(False)
        self._undo.setToolTip(_("Choose an import in the list first"))
        self.preview.accepted.connect(self.import_now)
        self.preview.left.connect(self.leave_preview)
        self.preview.report_wanted.connect(self._save_report)
        self.preview.errors_wanted.connect(self._save_errors)
        self.preview.corrected.connect(self._correct)
        actions.make(self, "import.choose", self.choose)
        actions.make(self, "import.paste", self.paste)
        actions.make(self, "import.start", self.import_now)

    def _allow(self) -> None:
        for button in (self._choose, self._paste):
            button.setEnabled(not self.opening.busy)

    def _start_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(12))
        card = QFrame()
        theme.dress(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*[theme.unit(18)] * 4)
        heading = QLabel(_("Bring in a workbook"))
        theme.dress(heading, "heading")
        hint = QLabel(
            _("Lists of people, requests of the hotline, vehicles, settlements: xlsx, xls, xlsb, ods, csv or tsv. "
              "Drop one or several files here, choose one, or paste rows that you copied. "
              "You see what will happen before anything is written.")
        )  # fmt: skip
        hint.setWordWrap(True)
        theme.dress(hint, "muted")
        for part in (heading, hint):
            inside.addWidget(part)
        ways = QHBoxLayout()
        ways.addWidget(self._choose)
        ways.addWidget(self._paste)
        ways.addStretch(1)
        inside.addLayout(ways)
        row = QHBoxLayout()
        label = QLabel(_("Past imports"))
        theme.dress(label, "heading")
        row.addWidget(label, 1)
        row.addWidget(self._undo)
        column.addWidget(card)
        column.addLayout(row)
        column.addWidget(self.past, 1)
        empty = EmptyState("import", _("Nothing was imported yet"), _("The first workbook will stand here."))
        self.past.set_empty(empty)
        return side


def _look(session: Session, source: Source, day: date, password: str, progress: Any) -> Looked:
    preview = preview_import(session, source, day, progress, password=password)
    preview.check()
    return _worded(preview)


def _corrected(session: Session, preview: ImportPreview, correction: Correction, progress: Any) -> Looked:
    return _worded(correct_cells(session, preview, [correction], progress))


def _worded(preview: ImportPreview) -> Looked:
    rows = preview_rows(preview)
    return Looked(preview, prepare(PREVIEW_COLUMNS, rows, lambda row: row.id), {})


def _past_rows(session: Session) -> TableData[PastImport]:
    return prepare(PAST_COLUMNS, past_imports(session), lambda past: past.batch_id)
