"""The log of prints: which copies are out, and one key for each that came back or was destroyed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.papers import CopyEnd
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.print_log import PrintedCopy, print_log
from coordinator.services import history
from coordinator.services.paper_copies import end_copies
from resources.i18n import N_, _, ngettext
from ui import actions, texts, theme
from ui.action_words import COPY_ENDS, done_words, paper_name
from ui.pages.base import PageContext
from ui.rights import needs
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip

KEYS = {1: CopyEnd.RETURNED, 2: CopyEnd.DESTROYED, 0: CopyEnd.OUT}


def paper_words(copy: PrintedCopy) -> str:
    """ "pickup list 2023-08-15/3, version 2"; of a sheet of changes that it is one."""
    name = paper_name("difference" if copy.sheet else copy.kind)
    if not copy.list:
        return name
    return _("{paper} {list}, version {version}").format(paper=name, list=copy.list, version=copy.version)


def state_words(copy: PrintedCopy) -> str:
    """Where the copy is; of one that is out and was replaced, that too."""
    if copy.out:
        return _("out, and a newer version is issued") if copy.newer else _(COPY_ENDS[copy.end])
    when = texts.moment(copy.ended_at) if copy.ended_at else ""
    return ", ".join(part for part in (_(COPY_ENDS[copy.end]), when, copy.ended_by) if part)


def _sign(copy: PrintedCopy) -> tuple[str, str]:
    if copy.out:
        return ("warning", "warning") if copy.newer else ("", "")
    return ("success", "success") if copy.end is CopyEnd.RETURNED else ("delete", "text")


COLUMNS: tuple[Column[PrintedCopy], ...] = (
    Column("paper", N_("Which paper"), paper_words, width=31, always=True),
    Column("copy", N_("Copy"), lambda c: str(c.copy), sort=lambda c: c.copy, width=10, right=True),
    Column("to", N_("For whom"), lambda c: c.to or (_("driver") if c.list else ""), width=12),
    Column("state", N_("Where it is"), state_words, width=18, icon=lambda c: _sign(c)[0], mark=lambda c: _sign(c)[1]),
    Column("at", N_("Printed"), lambda c: texts.moment(c.printed_at), sort=lambda c: c.printed_at, width=13),
    Column("by", N_("By whom"), lambda c: c.printed_by, width=9),
    Column("target", N_("Where to"), lambda c: c.target, width=12),
)


class CopiesTable(TableView):
    """`ended(CopyEnd)` by one digit."""

    ended = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text().isdecimal() and int(event.text()) in KEYS:
            self.ended.emit(KEYS[int(event.text())])
        else:
            super().keyPressEvent(event)


class PrintLogDialog(QDialog):
    """Of one day, or of all; the newest print first."""

    def __init__(self, context: PageContext, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day = context, day
        self.setWindowTitle(_("Log of prints"))
        self.rows: TableModel[PrintedCopy] = TableModel(COLUMNS)
        self.table = CopiesTable(self.rows, _("Printed copies"))
        nothing = _("What is printed or saved as a PDF stands here, each copy on a line of its own.")
        self.table.set_empty(EmptyState("print", _("Nothing printed yet"), nothing))
        self.all_days = QCheckBox(_("All days"))
        self.only_out = QCheckBox(_("Only copies that are out"))
        self.tally, self.message = QLabel(), Strip(Kind.INFO)
        self.buttons = {
            CopyEnd.RETURNED: QPushButton(_("1  Returned")),
            CopyEnd.DESTROYED: QPushButton(_("2  Destroyed")),
            CopyEnd.OUT: QPushButton(_("0  Still out")),
        }
        self._lay_out()
        self._connect()
        self.table.setFocus()
        self._ask()

    def mark(self, end: CopyEnd) -> None:
        """The selected copies, or else the current one."""
        ids = set(self.table.selected_ids()) or {self.table.current_id()}
        chosen = [(copy.printed_id, copy.copy) for copy in self.rows.records() if copy.key in ids]
        if chosen:
            self._context.tasks.run_verb(
                end_copies, self._context.session, chosen, end, done=lambda n: self._marked(n, end),
                failed=self._say_error,
            )  # fmt: skip

    def undo(self) -> None:
        def said(undone: history.Undone) -> None:
            what = done_words(undone.label, undone.facts)
            self.message.say(_("Undone: {what}").format(what=what), Kind.SUCCESS)

        self._context.tasks.run_verb(history.undo, self._context.session, done=said, failed=self._say_error)

    def _marked(self, count: int, end: CopyEnd) -> None:
        text = ngettext("{n} copy: {state}", "{n} copies: {state}", count).format(n=count, state=_(COPY_ENDS[end]))
        self.message.say(text if count else _("The log says so already."), Kind.INFO)

    def _ask(self) -> None:
        day = None if self.all_days.isChecked() else self._day
        self._context.tasks.run_query(print_log, self._context.session, day, done=self._show, key=(self, "log"))

    def _show(self, copies: list[PrintedCopy]) -> None:
        out = sum(copy.out for copy in copies)
        late = sum(copy.out and copy.newer for copy in copies)
        text = ngettext("{n} copy is out", "{n} copies are out", out).format(n=out)
        if late:
            text += "; " + ngettext("{n} of an older version", "{n} of older versions", late).format(n=late)
        self.tally.setText(text)
        shown = [copy for copy in copies if copy.out or not self.only_out.isChecked()]
        self.rows.set_rows(prepare(COLUMNS, shown, lambda copy: copy.key))
        if shown and not self.table.current_id():
            self.table.select_id(shown[0].key)

    def _hear(self, change: Change) -> None:
        if change.touched & Touched.SCHEDULE:
            self._ask()

    def _say_error(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _connect(self) -> None:
        self.table.ended.connect(self.mark)
        for end, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, end=end: self.mark(end))
        self.all_days.toggled.connect(lambda _on: self._ask())
        self.only_out.toggled.connect(lambda _on: self._ask())
        self._context.bridge.changed.connect(self._hear)
        actions.make(self, "undo", self.undo)

    def _lay_out(self) -> None:
        theme.dress(self.tally, "muted")
        above, below = QHBoxLayout(), QHBoxLayout()
        above.addWidget(self.tally, 1)
        above.addWidget(self.only_out)
        above.addWidget(self.all_days)
        for button in self.buttons.values():
            needs(button, Right.PRINT)
            button.setAutoDefault(False)
            below.addWidget(button)
        below.addStretch(1)
        close = QPushButton(_("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        column.addLayout(above)
        column.addWidget(self.table, 1)
        column.addWidget(self.message)
        column.addLayout(below)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(1080), room.width() - 40), min(theme.unit(560), room.height() - 60))
