"""Import: choose a workbook, see what will happen line by line, then bring it in as one action that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from coordinator.errors import UserError
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import ImportReport
from coordinator.outcome import Change, Touched
from coordinator.queries.imports import PastImport
from coordinator.queries.reading import OpenList, without_cells
from coordinator.services.history import Undone, undo_action
from coordinator.services.import_seen import CHANGED_SINCE
from coordinator.services.imports import ImportPreview, apply_import
from coordinator.services.senders import Meaning
from resources.i18n import _, ngettext
from ui import actions, ask, texts, theme
from ui.dialogs.senders import SendersDialog
from ui.pages.base import Page, PageContext
from ui.pages.import_correcting import Correcting
from ui.pages.import_gone import GoneView
from ui.pages.import_looking import Found, Looked, compared, look, looked_again, worded
from ui.pages.import_preview import PreviewView
from ui.pages.import_reading import ReadingDesk
from ui.pages.import_rows import done_line
from ui.pages.import_saving import Saving
from ui.pages.import_sources import Opening, Source, WaitingBar, dropped_files, pasted
from ui.pages.import_start import StartSide, past_rows
from ui.undoing import tell
from ui.widgets.importing.read_as_bar import ReadAsBar
from ui.widgets.importing.reading_view import ReadingView
from ui.widgets.importing.words_table import WordRow
from ui.widgets.notice_bar import Kind
from ui.widgets.page_stack import Front

START, PREVIEW, READING, GONE = 0, 1, 2, 3
"""What the page shows: where lists come from, what one would bring, how one is read, whom lists no longer name."""

PATTERNS = "*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv"


class ImportPage(Page):
    name = "import"
    depends_on = Touched.HOUSEHOLDS | Touched.FLEET | Touched.PLACES | Touched.MISSING

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._looked: Looked | None = None
        self._opened: OpenList | None = None
        self.start = StartSide()
        self.past = self.start.past
        self.gone = GoneView(context)
        self.preview, self.reading, self.read_as = PreviewView(context), ReadingView(), ReadAsBar()
        self.desk, self.saving = ReadingDesk(context, self.reading), Saving(context, self)
        self.opening, self.correcting = Opening(context, look, self), Correcting(context, self)
        self.waiting = WaitingBar(self.opening, self.leave_preview)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(theme.unit(16), theme.unit(6), theme.unit(16), 0)
        above.addWidget(self.waiting)
        column.addLayout(above)
        self._stack = Front()
        column.addLayout(self._stack, 1)
        for side in (self.start, self._preview_side(), self.reading, self.gone):
            self._stack.put(side)
        self._bring(START)
        self.setAcceptDrops(True)
        self._connect()

    def title(self) -> str:
        return _("Import")

    def refresh(self, change: Change | None) -> None:
        self.context.tasks.run_query(past_rows, self.context.session, done=self.start.rows.set_rows, key="import.past")
        self.gone.refresh()

    def state(self) -> dict[str, Any]:
        reading = self._opened is not None and self._looked is None
        words = self.reading.words.given if reading else ()
        opened = self.reading.opened if reading else self._opened
        return {
            "looked": self._looked, "opened": opened, "words": words, "waiting": tuple(self.opening.waiting)
        }  # fmt: skip

    def restore(self, state: Mapping[str, Any]) -> None:
        """What was read outlives a change of language; it is worded anew."""
        self.opening.waiting.extend(state.get("waiting", ()))
        self.waiting.show_waiting()
        self._opened = state.get("opened")
        if state.get("looked") is None and self._opened is not None:
            self.show_reading(state.get("words", ()))
        if state.get("looked") is not None:
            self._word_anew(state["looked"])

    def _word_anew(self, looked: Looked) -> None:
        self._looked = looked

        def show(anew: Looked) -> None:
            if self._looked is looked:
                self._show(anew._replace(choices=looked.choices))

        label = _("Comparing {file}").format(file=looked.preview.incoming.file_name)
        self.context.tasks.run_work(worded, looked.preview, done=show, label=label, progress=True)

    def show_target(self, **what: Any) -> None:
        """navigate("import", path=…), navigate("import", missing=True)"""
        if "missing" in what:
            self.show_gone()
        if "path" in what:
            self.read(Path(what["path"]))

    def focus_search(self) -> bool:
        if self._stack.currentWidget() is self.gone:
            self.gone.search.take_focus()
            return True
        if self._looked is None:
            return False
        self.preview.search.take_focus()
        return True

    def choose(self) -> None:
        patterns = _("Workbooks and tables ({patterns})").format(patterns=PATTERNS)
        ask.file_to_open(self, _("Choose a workbook"), patterns, then=self.read)

    def read(self, *sources: Source) -> None:
        """Read a file; nothing is written. Where all of it is recognised it is compared at once, otherwise it is shown
        how it is read. Several are shown one after another.

        The working date stands in for a list without a date.
        """
        self.opening.take(sources)

    def paste(self) -> None:
        """Rows or files that were copied in another program."""
        self.read(*pasted(QApplication.clipboard().mimeData()))

    def import_now(self) -> None:
        if self._stack.currentWidget() is self.reading:
            self.desk.go_on()
            return
        if self._looked is None or not self.preview.ready:
            return
        self.preview.wait(True)
        name = self._looked.preview.incoming.file_name
        verb = partial(apply_import, choices=dict(self.preview.choices))
        self.context.tasks.run_verb(
            verb, self.context.session, self._looked.preview, done=self._imported,
            failed=partial(self._not_imported, self._looked),
            ended=lambda: self.preview.wait(False), label=_("Importing {file}").format(file=name), progress=True,
        )  # fmt: skip

    def _not_imported(self, looked: Looked, error: UserError) -> None:
        """Somebody else changed what this list is about: show what would happen now."""
        self._not_corrected(error)
        if error.code == CHANGED_SINCE and self._looked is looked:
            self.context.tasks.run_work(
                looked_again, self.context.session, looked, dict(self.preview.choices),
                done=lambda anew: self._shown_again(looked, anew),
                label=_("Comparing {file}").format(file=looked.preview.incoming.file_name), progress=True,
            )  # fmt: skip

    def _shown_again(self, before: Looked, anew: Looked) -> None:
        if self._looked is before:
            self._show(anew)

    def show_gone(self) -> None:
        """Those whom lists no longer name."""
        self._bring(GONE)
        self.gone.come_into_view()

    def _bring(self, side: int) -> None:
        self._stack.bring(self._stack.widget(side))

    def show_senders(self) -> None:
        """Whose lists are remembered, and what their words mean."""
        ask.show(SendersDialog(self.context, self))

    def leave_preview(self) -> None:
        """Back to the start, or to the next file that waits."""
        self._put_away()
        self.opening.advance()

    def _put_away(self) -> None:
        # What another file would bring must not be imported in place of this one.
        self._looked = self._opened = None
        self._bring(START)
        self.start.choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = dropped_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.read(*files)

    def _arrived(self, found: Found) -> None:
        self._opened = found.opened
        if found.looked is None:
            self.show_reading()
        else:
            self._show(found.looked)

    def show_reading(self, words: Sequence[WordRow] = ()) -> None:
        """How this list is read, to be said otherwise. `words` were given a meaning before."""
        if self._opened is not None and self._stack.currentWidget() is not self.reading:
            self._looked = None
            self._bring(READING)
            self.desk.show(self._opened, words)

    def _compare(self, opened: OpenList, words: Sequence[Meaning]) -> None:
        """Show what would happen to a list that is read so."""
        self.reading.wait(True)
        self.context.tasks.run_work(
            compared, self.context.session, opened, words, done=lambda looked: self._compared(opened, looked),
            failed=self._not_corrected, ended=lambda: self.reading.wait(False),
            label=_("Comparing {file}").format(file=opened.original.name), progress=True,
        )  # fmt: skip

    def _compared(self, opened: OpenList, looked: Looked) -> None:
        if self._opened is not None and self._opened.original is opened.original:
            self._opened = without_cells(opened)
            self._show(looked)

    def _show(self, looked: Looked) -> None:
        self._looked = looked
        self.preview.show_preview(looked.preview, looked.rows, looked.choices)
        if self._opened is not None:
            self.read_as.show_list(self._opened)
        self._bring(PREVIEW)

    def _correct(self, correction: Correction) -> None:
        """Read the file again with this cell corrected; what was decided on its values stays."""
        if self._looked is not None and (self.preview.ready or self.correcting.busy):
            self.correcting.correct(self._looked, correction)

    def _reading_in(self, corrections: Sequence[Correction]) -> None:
        self.preview.wait(True)
        self.preview.tell_pending(corrections)

    def _read_in(self, before: Looked, anew: Looked) -> None:
        if self._looked is before:
            self._show(anew._replace(choices=self.preview.choices))
        else:
            self.correcting.forget()

    def _corrections_rest(self) -> None:
        self.preview.tell_pending(())
        self.preview.wait(False)

    def _not_corrected(self, error: UserError) -> None:
        self.context.show_notice(texts.error_text(error), Kind.WARNING)

    def _imported(self, report: ImportReport) -> None:
        self.leave_preview()
        doubles = len(report.possible_duplicates)
        if not report.action_id:
            self.context.show_notice(_("Nothing was new, so nothing was changed."))
            return
        parts, gone = [done_line(report).replace("  ·  ", ". ")], len(report.missed)
        if gone:
            more = ngettext("{n} is not in this list any more.", "{n} are not in this list any more.", gone)
            parts.append(more.format(n=gone))
        if doubles:
            more = ngettext("{n} household is possibly known already.",
                            "{n} households are possibly known already.", doubles)  # fmt: skip
            parts.append(more.format(n=doubles))
            step, then = _("Decide now"), lambda: self.context.navigate("duplicates")
        elif gone:
            step, then = _("Say what became of them"), self.show_gone
        elif report.kind in (ListKind.PEOPLE, ListKind.REQUESTS):
            step, then = _("Show the registry"), lambda: self.context.navigate("registry")
        else:
            step, then = _("Undo this import"), lambda: self._take_back(report.action_id)
        text = ". ".join(part.removesuffix(".") for part in parts)
        self.context.show_notice(text, Kind.SUCCESS, step=step, then=then)

    def undo_import(self, record: PastImport) -> None:
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

    def _save(self, how: Callable[[ImportPreview], None]) -> None:
        if self._looked is not None:
            how(self._looked.preview)

    def _connect(self) -> None:
        self.opening.begun.connect(self._put_away)
        self.opening.looked.connect(self._arrived)
        self.opening.changed.connect(lambda: self.start.allow(not self.opening.busy))
        self.start.choose.clicked.connect(self.choose)
        self.start.paste.clicked.connect(self.paste)
        self.start.undo_wanted.connect(self.undo_import)
        self.start.senders.clicked.connect(self.show_senders)
        self.read_as.wanted.connect(self.show_reading)
        self.desk.accepted.connect(self._compare)
        self.reading.left.connect(self.leave_preview)
        self.gone.left.connect(self._put_away)
        self.gone.counted.connect(self.start.say_missing)
        self.start.missing.clicked.connect(self.show_gone)
        self.preview.accepted.connect(self.import_now)
        self.preview.left.connect(self.leave_preview)
        self.preview.report_wanted.connect(lambda: self._save(self.saving.report))
        self.preview.errors_wanted.connect(lambda: self._save(self.saving.errors))
        self.preview.corrected.connect(self._correct)
        self.correcting.begun.connect(self._reading_in)
        self.correcting.done.connect(self._read_in)
        self.correcting.rest.connect(self._corrections_rest)
        actions.make(self, "import.choose", self.choose)
        actions.make(self, "import.paste", self.paste)
        actions.make(self, "import.start", self.import_now)
        actions.make(self, "import.reading", self.show_reading)
        actions.make(self, "import.senders", self.show_senders)

    def _preview_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.read_as)
        column.addWidget(self.preview, 1)
        return side
