"""Words that are not understood: how often and where they stand, and what each of them means from now on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.exchange.coded import UnknownWord
from coordinator.exchange.how_read import Words
from coordinator.services.senders import Meaning
from resources.i18n import N_, _
from ui import texts, theme
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.importing.choice_popup import ChoicePopup
from ui.widgets.importing.words import column_word, meaning_choices, meaning_word

EVERYBODY, SENDER = 0, 1


class WordRow(NamedTuple):
    """`meaning` None: not said yet. `only_sender`: it is remembered for this sender alone."""

    word: UnknownWord
    meaning: str | None = None
    only_sender: bool = False

    @property
    def id(self) -> str:
        return "|".join(self.word.key)


def _cells(row: WordRow) -> str:
    cells = ", ".join(cell.cell for cell in row.word.cells)
    return f"{cells} …" if row.word.count > len(row.word.cells) else cells


def _whose(row: WordRow) -> str:
    if row.meaning is None:
        return ""
    return _("this sender") if row.only_sender else _("everybody")


COLUMNS: list[Column[WordRow]] = [
    Column("word", N_("Word"), lambda r: r.word.said, width=24, always=True, tooltip=lambda r: r.word.said),
    Column("column", N_("Column"), lambda r: column_word(r.word.field), width=18),
    Column("meaning", N_("Means"), lambda r: meaning_word(r.word.field, r.meaning) or _("not said yet"), width=26,
           icon=lambda r: "warning" if r.meaning is None else "check",
           mark=lambda r: "warning" if r.meaning is None else "", always=True),
    Column("count", N_("Cells"), lambda r: texts.number(r.word.count), sort=lambda r: r.word.count, width=7,
           right=True),
    Column("cells", N_("Where"), _cells, width=20,
           tooltip=lambda r: "\n".join(f"{cell.sheet} {cell.cell}" for cell in r.word.cells)),
    Column("whose", N_("Remembered for"), _whose, width=16),
]  # fmt: skip


class WordsTable(QWidget):
    """`changed()`: a word was given a meaning; `meanings` has all that were."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._given: dict[tuple[str, str], WordRow] = {}
        self._unknown: tuple[UnknownWord, ...] = ()
        self._sender = ""
        self._rows: TableModel[WordRow] = TableModel(COLUMNS)
        self.table = TableView(self._rows, _("Words that are not understood"))
        self.scope = QComboBox()
        self.scope.setAccessibleName(_("Remember meanings for"))
        self.scope.addItems([_("everybody"), _("this sender")])
        self.button = QPushButton(_("Say what it means…"))
        label = QLabel(_("Remember meanings for"))
        label.setBuddy(self.scope)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        row.addWidget(label)
        row.addWidget(self.scope)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(4))
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.table.set_empty(EmptyState("check", _("All words are understood"), _("There is nothing to say here.")))
        self.table.lists_people("import-preview", lambda row: row.word.count)
        self.table.opened.connect(lambda _id: self.choose())
        self.table.current_changed.connect(lambda row_id: self.button.setEnabled(bool(row_id)))
        self.button.clicked.connect(self.choose)
        self.button.setEnabled(False)
        self.button.setToolTip(_("Choose a word in the list first"))

    def show_words(self, unknown: Iterable[UnknownWord], sender: str) -> None:
        """Those that are open, and those that were given a meaning here."""
        self._unknown, self._sender = tuple(unknown), sender
        self.scope.setEnabled(bool(sender))
        self.scope.setToolTip("" if sender else _("Name the sender first"))
        if not sender:
            self.scope.setCurrentIndex(EVERYBODY)
        self._show()

    def begin(self, given: Iterable[WordRow] = ()) -> None:
        """Another file; `given` was said before."""
        self._given = {row.word.key: row for row in given}

    @property
    def given(self) -> tuple[WordRow, ...]:
        """What was said here."""
        return tuple(self._given.values())

    @property
    def open_words(self) -> int:
        return sum(row.meaning is None for row in self._all())

    @property
    def said(self) -> Words:
        return Words({key: row.meaning for key, row in self._given.items() if row.meaning is not None})

    def meanings(self, sender: str) -> tuple[Meaning, ...]:
        """What is to be remembered."""
        return tuple(
            Meaning(row.word.field, row.word.said, row.meaning or "", sender if row.only_sender else "")
            for row in self._given.values()
        )

    def choose(self) -> None:
        """Open the list of what the current word may mean."""
        place = self._rows.row_of(self.table.current_id())
        row = None if place is None else self._rows.record(place)
        if row is None:
            return
        title = _("What “{word}” means under {column}").format(word=row.word.said, column=column_word(row.word.field))
        several = row.word.field == "needs"
        popup = ChoicePopup(title, meaning_choices(row.word.field), row.meaning, self, several=several)
        popup.chosen.connect(lambda meaning: self.give(row.word, meaning))
        popup.show_at(self._below_current(), self.screen().availableGeometry())

    def give(self, word: UnknownWord, meaning: str) -> None:
        only = self.scope.currentIndex() == SENDER and bool(self._sender)
        self._given[word.key] = WordRow(word, meaning, only)
        self._show()
        self.changed.emit()

    def _all(self) -> list[WordRow]:
        return [WordRow(word) for word in self._unknown if word.key not in self._given] + list(self._given.values())

    def _show(self) -> None:
        self._rows.set_rows(prepare(COLUMNS, self._all(), lambda row: row.id, search=lambda _row: ""))

    def _below_current(self) -> QPoint:
        cell = self.table.visualRect(self.table.currentIndex().siblingAtColumn(2))
        return self.table.viewport().mapToGlobal(cell.bottomLeft())
