"""The preview of one file: totals, filters by what happens, the lines, and the detail of the one chosen."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.domain.roles import Right
from coordinator.exchange.incoming import ListKind
from coordinator.services.imports import ImportPreview
from resources.i18n import _
from ui import texts, theme
from ui.pages.import_rows import PREVIEW_COLUMNS, WORDS, Mark, PreviewRow, added_line, counted, totals_line
from ui.rights import needs
from ui.tables.columns import TableData
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.chips import FlowLayout
from ui.widgets.search_field import SearchField


class PreviewView(QWidget):
    """`accepted`: import it; `left`: back without writing; `report_wanted`: save what would happen as a workbook."""

    accepted = Signal()
    left = Signal()
    report_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark: Mark | None = None
        self._rows: TableModel[PreviewRow] = TableModel(PREVIEW_COLUMNS)
        self.table = TableView(self._rows, _("What will happen"))
        self.search = SearchField(_("Search in the preview"))
        self._heading, self._totals, self._added = QLabel(), QLabel(), QLabel()
        self._detail = QPlainTextEdit()
        self._import, self._back, self._report = QPushButton(_("Import")), QPushButton(_("Back")), QPushButton()
        self.table.lists_people("import-preview", lambda row: row.people)
        needs(self._import)
        needs(self._report, Right.EXPORT_NAMES)
        self._filters: dict[Mark | None, QPushButton] = {}
        self._lay_out()
        self._connect()

    @property
    def ready(self) -> bool:
        return self._import.isEnabled()

    def show_preview(self, preview: ImportPreview, rows: TableData[PreviewRow]) -> None:
        incoming, report = preview.incoming, preview.report
        kind = texts.label(ListKind(report.kind))
        day = texts.day_short(incoming.list_on or preview.day)
        self._heading.setText(_("{file}: {kind}, as of {day}").format(file=incoming.file_name, kind=kind, day=day))
        self._totals.setText(totals_line(report))
        self._added.setText(added_line(report))
        self._import.setEnabled(True)
        self._offer(rows.records)
        self._rows.set_rows(rows)
        self.show_only(None)
        self.table.take_focus()

    def show_only(self, mark: Mark | None) -> None:
        """Show the lines with this mark; None shows all."""
        self._mark = mark
        for key, button in self._filters.items():
            button.setChecked(key is mark)
        self._rows.set_filter(None if mark is None else lambda row: mark in row.marks)

    def wait(self, waiting: bool) -> None:
        self._import.setEnabled(not waiting)
        self._back.setEnabled(not waiting)

    def _offer(self, rows: list[PreviewRow]) -> None:
        """A filter for each mark that occurs, with its count."""
        self._flow.empty()
        self._filters.clear()
        found = counted(rows)
        for mark in (None, *Mark):
            count = len(rows) if mark is None else found[mark]
            if count:
                name = _("All") if mark is None else _(WORDS[mark])
                self._filters[mark] = self._filter_button(mark, f"{name}  {texts.number(count)}")

    def _filter_button(self, mark: Mark | None, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setCheckable(True)
        theme.dress(button, "quiet")
        button.clicked.connect(lambda: self.show_only(mark))
        self._flow.addWidget(button)
        return button

    def _show_detail(self, row_id: str) -> None:
        place = self._rows.row_of(row_id)
        record = None if place is None else self._rows.record(place)
        self._detail.setPlainText("" if record is None else _in_full(record))

    def _connect(self) -> None:
        self.search.searched.connect(self._rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.table.current_changed.connect(self._show_detail)
        self._import.clicked.connect(self.accepted)
        self._back.clicked.connect(self.left)
        self._report.clicked.connect(self.report_wanted)

    def _lay_out(self) -> None:
        theme.dress(self._heading, "heading")
        theme.dress(self._totals, "muted")
        theme.dress(self._added, "strong")
        theme.dress(self._import, "primary")
        for label in (self._heading, self._totals, self._added):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._report.setText(_("Save as a report…"))
        self._detail.setReadOnly(True)
        self._detail.setAccessibleName(_("In detail"))
        filters = QWidget()
        self._flow = FlowLayout(filters)
        row = QHBoxLayout()
        row.addWidget(filters, 1)
        row.addWidget(self.search)
        below = QHBoxLayout()
        below.addWidget(self._report)
        below.addStretch(1)
        for button in (self._back, self._import):
            below.addWidget(button)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self._detail)
        parts.setSizes([theme.unit(380), theme.unit(90)])
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(7))
        for label in (self._heading, self._totals, self._added):
            column.addWidget(label)
        column.addLayout(row)
        column.addWidget(parts, 1)
        column.addLayout(below)


def _in_full(row: PreviewRow) -> str:
    """Who or what, where it stands in the file, and all that happens, a line each."""
    where = _("{sheet}, row {row}").format(sheet=row.sheet, row=row.row) if row.row else row.sheet
    first = "  ·  ".join(part for part in (row.title, where) if part)
    return "\n".join([first, *(row.detail or (_(WORDS[row.mark]),))])
