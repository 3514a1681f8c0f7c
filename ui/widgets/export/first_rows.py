"""The first rows of an export as they will stand in the file, and how many people will leave with it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QLabel, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from coordinator.queries.export_content import Preview
from resources.i18n import _, ngettext
from ui import texts, theme

WIDEST = 220


class FirstRows(QWidget):
    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        theme.dress(self.words, "heading")
        self.table = QTableWidget()
        self.table.setAccessibleName(_("The first rows as they will leave"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.unit(12))
        self.table.setWordWrap(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.words)
        column.addWidget(self.table, 1)

    def wait(self) -> None:
        self.words.setText(_("Reading the register…"))

    def show_preview(self, preview: Preview) -> None:
        self.words.setText(_counted(preview))
        table = self.table
        table.clear()
        table.setRowCount(len(preview.cells))
        table.setColumnCount(len(preview.headers))
        table.setHorizontalHeaderLabels(list(preview.headers))
        letters = table.fontMetrics()
        for at, header in enumerate(preview.headers):
            texts_below = [row[at] for row in preview.cells]
            widest = max((letters.horizontalAdvance(text) for text in (header, *texts_below)), default=0)
            table.setColumnWidth(at, min(theme.unit(WIDEST), widest + theme.unit(26)))
            for line, text in enumerate(texts_below):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                table.setItem(line, at, item)

    def show_nothing(self, why: str) -> None:
        self.words.setText(why)
        self.table.clear()
        self.table.setRowCount(0)
        self.table.setColumnCount(0)


def _counted(preview: Preview) -> str:
    """ "148 rows; by name 148 people will leave." """
    if not preview.rows:
        return _("No row fits. Choose a larger part or another day.")
    rows = ngettext("{n} row", "{n} rows", preview.rows).format(n=texts.number(preview.rows))
    if not preview.people:
        return _("{rows}, nobody by name.").format(rows=rows)
    people = ngettext("{n} person leaves by name", "{n} people leave by name", preview.people)
    return _("{rows}; {people}.").format(rows=rows, people=people.format(n=texts.number(preview.people)))
