"""The start of the import page: where a list comes from, and the imports of the past with the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.queries.imports import PastImport, past_imports
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import actions, texts, theme
from ui.pages.import_rows import PAST_COLUMNS
from ui.rights import needs
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState


class StartSide(QWidget):
    """`undo_wanted(PastImport)`: take back what an import of the past brought."""

    undo_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: TableModel[PastImport] = TableModel(PAST_COLUMNS)
        self.past = TableView(self.rows, _("Past imports"))
        self.choose = QPushButton(_("Choose a workbook…"))
        self.paste = QPushButton(_("Paste copied rows"))
        self.undo = QPushButton(_("Undo this import"))
        self.senders = QPushButton(_("Senders and their words…"))
        self.senders.setToolTip(actions.tooltip("import.senders"))
        self.missing = QPushButton()
        self.missing.hide()
        theme.dress(self.choose, "primary")
        needs(self.undo)
        self.undo.setEnabled(False)
        self.undo.setToolTip(_("Choose an import in the list first"))
        self.undo.clicked.connect(self._ask_undo)
        self.past.current_changed.connect(lambda row_id: self.undo.setEnabled(bool(row_id)))
        self._lay_out()

    def allow(self, allowed: bool) -> None:
        """While a file is read no other one can be chosen."""
        for button in (self.choose, self.paste):
            button.setEnabled(allowed)

    def say_missing(self, count: int) -> None:
        """So many are no longer in a list, and nobody has said what became of them."""
        text = ngettext("{n} no longer in the list…", "{n} no longer in the list…", count)
        self.missing.setText(text.format(n=texts.number(count)))
        self.missing.setVisible(bool(count))

    def _ask_undo(self) -> None:
        row = self.rows.row_of(self.past.current_id())
        record = None if row is None else self.rows.record(row)
        if record is not None:
            self.undo_wanted.emit(record)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(12))
        row = QHBoxLayout()
        label = QLabel(_("Past imports"))
        theme.dress(label, "heading")
        row.addWidget(label, 1)
        row.addWidget(self.senders)
        row.addWidget(self.missing)
        row.addWidget(self.undo)
        column.addWidget(self._card())
        column.addLayout(row)
        column.addWidget(self.past, 1)
        empty = EmptyState("import", _("Nothing was imported yet"), _("The first workbook will stand here."))
        self.past.set_empty(empty)

    def _card(self) -> QFrame:
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
        ways = QHBoxLayout()
        ways.addWidget(self.choose)
        ways.addWidget(self.paste)
        ways.addStretch(1)
        inside.addWidget(heading)
        inside.addWidget(hint)
        inside.addLayout(ways)
        return card


def past_rows(session: Session) -> TableData[PastImport]:
    return prepare(PAST_COLUMNS, past_imports(session), lambda past: past.batch_id)
