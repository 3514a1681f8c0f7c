"""The confirmations of one household: issue, print again, withdraw."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from coordinator.day_papers import ConfirmationPaper
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.confirmations import ConfirmationLine, Standing, confirmations_of
from coordinator.services.confirmations import issue_confirmation, withdraw_confirmation
from resources.i18n import _, ngettext
from ui import ask, texts, theme
from ui.confirmation_words import STANDINGS, standing_words
from ui.pages.base import PageContext
from ui.rights import needs
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip


class ConfirmationsDialog(QDialog):
    """`print_wanted(ConfirmationPaper)`: the owner previews, prints and logs it."""

    print_wanted = Signal(object)

    def __init__(self, context: PageContext, household_id: str, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._household_id = context, household_id
        self._lines: list[ConfirmationLine] = []
        self.setWindowTitle(_("Confirmations of evacuation, household {number}").format(number=number))
        self.list = QListWidget()
        self.list.setAccessibleName(_("Confirmations"))
        self.message = Strip(Kind.INFO)
        self.issue = QPushButton(theme.icon("print", "on_accent"), _("Issue a confirmation…"))
        self.again, self.withdraw = QPushButton(_("Print again…")), QPushButton(_("Withdraw…"))
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _row: self._allow())
        self.list.itemActivated.connect(lambda _item: self.print_again())
        context.bridge.changed.connect(self._hear)
        self._ask()

    def current(self) -> ConfirmationLine | None:
        row = self.list.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def issue_now(self) -> None:
        """A number is given at once, so that the log of the register has it before the paper leaves."""
        self._context.tasks.run_verb(
            issue_confirmation, self._context.session, self._household_id, done=self._issued, failed=self._say_error
        )

    def print_again(self) -> None:
        line = self.current()
        if line is not None and line.standing is Standing.VALID:
            self.print_wanted.emit(line.paper)

    def withdraw_now(self) -> None:
        line = self.current()
        if line is None or line.standing is not Standing.VALID:
            return
        question = _("Why is confirmation no. {number} withdrawn? Whoever checks it is told.")

        def go(reason: str) -> None:
            self._context.tasks.run_verb(
                withdraw_confirmation, self._context.session, line.id, reason, failed=self._say_error
            )

        ask.text(self, question.format(number=line.paper.number), then=go)

    def _issued(self, paper: ConfirmationPaper) -> None:
        said = _("No. {number} is issued. An earlier one of this household holds no longer.")
        self.message.say(said.format(number=paper.number), Kind.SUCCESS)
        self.print_wanted.emit(paper)

    def _ask(self) -> None:
        self._context.tasks.run_query(
            confirmations_of, self._context.session, self._household_id, done=self._show, key=(self, "confirmations")
        )

    def _hear(self, change: Change) -> None:
        if change.touched & (Touched.HOUSEHOLDS | Touched.EVENTS):
            self._ask()

    def _show(self, lines: list[ConfirmationLine]) -> None:
        before = self.list.currentRow()
        self._lines = lines
        self.list.clear()
        for line in lines:
            paper = line.paper
            about = ngettext("{n} person", "{n} people", paper.count).format(n=paper.count)
            first = _("No. {number} of {day}, {people}").format(
                number=paper.number, day=texts.moment(paper.issued_at), people=about
            )
            word, icon, role = STANDINGS[line.standing]
            item = QListWidgetItem(theme.icon(icon, role), f"{first}\n{standing_words(line)}", self.list)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{first}. {_(word)}")
        self.list.setCurrentRow(max(0, min(before, len(lines) - 1)))
        if not lines and not self.message.words.text():
            self.message.say(_("No confirmation was issued for this household yet."), Kind.INFO)
        self._allow()

    def _allow(self) -> None:
        line = self.current()
        holds = line is not None and line.standing is Standing.VALID
        for button in (self.again, self.withdraw):
            button.setEnabled(holds)
            button.setToolTip("" if holds else _("Choose a confirmation that holds"))

    def _say_error(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _lay_out(self) -> None:
        theme.dress(self.issue, "primary")
        close, below, column = QPushButton(_("Close")), QHBoxLayout(), QVBoxLayout(self)
        close.clicked.connect(self.reject)
        for button, verb in (
            (self.again, self.print_again), (self.withdraw, self.withdraw_now), (self.issue, self.issue_now),
        ):  # fmt: skip
            needs(button, Right.PRINT)
            button.clicked.connect(verb)
        for button in (self.again, self.withdraw, close):
            button.setAutoDefault(False)
        below.addWidget(self.again)
        below.addWidget(self.withdraw)
        below.addStretch(1)
        below.addWidget(close)
        below.addWidget(self.issue)
        column.addWidget(self.list, 1)
        column.addWidget(self.message)
        column.addLayout(below)
        self.resize(theme.unit(560), theme.unit(360))
