"""The columns of a sheet: letter, header, samples, and what each is taken for, to be corrected by hand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coordinator.exchange.guessing import keys_for
from coordinator.exchange.how_read import UNUSED, Why
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.survey import ColumnSurvey, SheetSurvey
from resources.i18n import N_, _, ngettext
from ui import actions, theme
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.importing.choice_popup import ChoicePopup
from ui.widgets.importing.words import WHYS, column_word


def _why(column: ColumnSurvey) -> str:
    parts = [_(WHYS[column.why])] if column.key is not None else []
    if column.doubtful:
        parts.append(_("the cells say something else"))
    if column.doubled:
        parts.append(_("a second column for the same"))
    if column.merged:
        text = ngettext("{n} merged cell", "{n} merged cells", column.merged)
        parts.append(text.format(n=column.merged))
    if not column.filled:
        parts.append(_("empty"))
    return ", ".join(parts)


def _mark(column: ColumnSurvey) -> str:
    if column.doubtful or column.doubled or (column.key is None and column.filled):
        return "warning"
    return "muted" if not column.key else ""


def _icon(column: ColumnSurvey) -> str:
    if column.doubtful or column.doubled or (column.key is None and column.filled):
        return "warning"
    if column.why is Why.CONTENTS:
        return "info"
    return "check" if column.key else "minus"


COLUMNS: list[Column[ColumnSurvey]] = [
    Column("letter", N_("Column"), lambda c: c.letter, sort=lambda c: c.place, width=8, always=True),
    Column("header", N_("Header"), lambda c: c.header or "–", width=17, tooltip=lambda c: c.header),
    Column("key", N_("Taken for"), lambda c: column_word(c.key), width=19, icon=_icon, mark=_mark, always=True),
    Column("samples", N_("Samples"), lambda c: "  ·  ".join(c.samples), width=32,
           tooltip=lambda c: "\n".join(c.samples)),
    Column("why", N_("Why"), _why, width=20),
]  # fmt: skip


def _no_search(_column: ColumnSurvey) -> str:
    """Nobody searches in here, and folding texts costs time."""
    return ""


class ColumnsTable(QWidget):
    """`chosen(place, key)`: a column was said to hold this, UNUSED for nothing."""

    chosen = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = ListKind.PEOPLE
        self._rows: TableModel[ColumnSurvey] = TableModel(COLUMNS)
        self.table = TableView(self._rows, _("Columns of the sheet"))
        hint = QLabel(_("Enter says what a column holds, Delete that it is not used."))
        hint.setWordWrap(True)
        theme.dress(hint, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(4))
        column.addWidget(self.table, 1)
        column.addWidget(hint)
        # The samples are cells of the list: copied, they leave as its preview does.
        self.table.lists_people("import-preview", lambda column: len(column.samples))
        self.table.opened.connect(self.choose)
        actions.make(self.table, "reading.unused", self._leave_out)

    def show_sheet(self, sheet: SheetSurvey | None, kind: ListKind | None) -> None:
        self._kind = kind or ListKind.PEOPLE
        columns = sheet.columns if sheet is not None else ()
        self._rows.set_rows(prepare(COLUMNS, columns, lambda column: column.letter, search=_no_search))

    def select(self, letter: str) -> None:
        """Make a column current."""
        self.table.select_id(letter)

    def current(self) -> ColumnSurvey | None:
        row = self._rows.row_of(self.table.current_id())
        return None if row is None else self._rows.record(row)

    def choose(self, _row_id: str = "") -> None:
        """Open the list of what a column may hold below the current row."""
        column = self.current()
        if column is None:
            return
        title = _("What column {column} holds").format(column=f"{column.letter} {column.header}".strip())
        keys = sorted(keys_for(self._kind), key=lambda key: column_word(key))
        choices = [(UNUSED, column_word(UNUSED)), *((key, column_word(key)) for key in keys)]
        popup = ChoicePopup(title, choices, column.key, self)
        popup.chosen.connect(lambda key: self.chosen.emit(column.place, key))
        popup.show_at(self._below_current(), self.screen().availableGeometry())

    def _below_current(self) -> QPoint:
        cell = self.table.visualRect(self.table.currentIndex().siblingAtColumn(2))
        return self.table.viewport().mapToGlobal(cell.bottomLeft())

    def _leave_out(self) -> None:
        column = self.current()
        if column is not None:
            self.chosen.emit(column.place, UNUSED)
