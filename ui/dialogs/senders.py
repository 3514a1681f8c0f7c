"""Who sends lists, and what their words mean: renamed, and forgotten where it was remembered wrongly."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.outcome import Outcome
from coordinator.queries.senders import MeaningLine, SenderLine, meaning_lines, sender_lines
from coordinator.services import senders as verbs
from coordinator.session import Session
from resources.i18n import _
from ui import texts, theme
from ui.pages.base import PageContext
from ui.rights import why_not
from ui.widgets.importing.words import column_word, meaning_word
from ui.widgets.small_table import Part, SmallTable

WIDTH, HEIGHT = 760, 560


def _read(session: Session) -> tuple[list[SenderLine], list[MeaningLine]]:
    return sender_lines(session), meaning_lines(session)


class SendersDialog(QDialog):
    """F2 in a line renames its sender; Delete forgets the sender or the word. Each is one action that can be undone."""

    def __init__(self, context: PageContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._senders: list[SenderLine] = []
        self._words: list[MeaningLine] = []
        self.setWindowTitle(_("Senders and their words"))
        titles = [_("Sender"), _("Lists brought"), _("Forms remembered"), _("Words"), _("Last list")]
        self.senders = SmallTable(titles, (34, 9, 14, 8, 16), _("Senders"))
        titles = [_("Word"), _("Column"), _("Means"), _("Whose word")]
        self.words = SmallTable(titles, (20, 18, 24, 20), _("Words that have a meaning"))
        self.rename, self.forget_sender = QPushButton(_("Rename (F2)")), QPushButton(_("Forget this sender"))
        self.forget_word = QPushButton(_("Forget this word"))
        self.hint, self.fault = QLabel(), QLabel()
        self._lay_out()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        session = self._context.session
        self._context.tasks.run_query(_read, session, done=self._show, key=(self, "senders"))

    def _show(self, found: tuple[list[SenderLine], list[MeaningLine]]) -> None:
        self._senders, self._words = found
        may = not why_not(self._context.session)
        self.senders.show_lines([_sender_parts(line, may) for line in self._senders])
        self.words.show_lines([_word_parts(line) for line in self._words])
        self.hint.setVisible(not self._senders)
        self._allow()

    def _allow(self) -> None:
        why = why_not(self._context.session)
        for button, there, nothing in (
            (self.rename, self.senders.currentRow() >= 0, _("Choose a sender first")),
            (self.forget_sender, self.senders.currentRow() >= 0, _("Choose a sender first")),
            (self.forget_word, self.words.currentRow() >= 0, _("Choose a word first")),
        ):
            button.setEnabled(there and not why)
            button.setToolTip(why or ("" if there else nothing))

    def _renamed(self, row: int, _column: int, name: str) -> None:
        self._do(verbs.rename_sender, self._senders[row].id, name)

    def _forget_sender(self) -> None:
        row = self.senders.currentRow()
        if 0 <= row < len(self._senders):
            self._do(verbs.remove_sender, self._senders[row].id)

    def _forget_word(self) -> None:
        row = self.words.currentRow()
        if 0 <= row < len(self._words):
            self._do(verbs.forget_meaning, self._words[row].id)

    def _do(self, verb: Callable[..., Outcome[None]], *args: str) -> None:
        self.fault.hide()
        run = self._context.tasks.run_verb
        run(verb, self._context.session, *args, done=lambda _none: self.refresh(), failed=self._refused)

    def _refused(self, error: UserError) -> None:
        self.fault.setText(texts.error_text(error))
        self.fault.show()
        self.refresh()

    def _connect(self) -> None:
        self.senders.edited.connect(self._renamed)
        self.senders.currentCellChanged.connect(lambda *_where: self._allow())
        self.words.currentCellChanged.connect(lambda *_where: self._allow())
        self.rename.clicked.connect(self.senders.type_into_line)
        self.forget_sender.clicked.connect(self._forget_sender)
        self.forget_word.clicked.connect(self._forget_word)

    def _lay_out(self) -> None:
        self.resize(theme.unit(WIDTH), theme.unit(HEIGHT))
        self.hint.setText(_("No sender is known yet. Name one in “How this list is read”: the next list is read so."))
        self.fault.setStyleSheet(f"color: {theme.color('danger').name()}")
        self.fault.hide()
        close = QPushButton(_("Close"))
        close.clicked.connect(self.accept)
        close.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        for heading, table, buttons in (
            (_("Senders"), self.senders, (self.rename, self.forget_sender)),
            (_("Words that have a meaning"), self.words, (self.forget_word,)),
        ):
            label = QLabel(heading)
            theme.dress(label, "heading")
            row = QHBoxLayout()
            for button in buttons:
                button.setAutoDefault(False)
                row.addWidget(button)
            row.addStretch(1)
            column.addWidget(label)
            column.addWidget(table, 1)
            column.addLayout(row)
        for text in (self.hint, self.fault):
            text.setWordWrap(True)
            column.addWidget(text)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(close)
        column.addLayout(below)


def _sender_parts(line: SenderLine, may: bool) -> tuple[Part, ...]:
    last = texts.moment(line.last_used) if line.last_used else "–"
    counts = (texts.number(line.lists), texts.number(line.headers), texts.number(line.words))
    return (Part(line.name, typed=may), *map(Part, counts), Part(last))


def _word_parts(line: MeaningLine) -> tuple[Part, ...]:
    means = meaning_word(line.field, line.meaning)
    return Part(line.said), Part(column_word(line.field)), Part(means), Part(line.sender or _("everybody"))
