"""The preview of one file: totals, filters by what happens, the lines, and each value of the one chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from coordinator.domain.roles import Right
from coordinator.exchange.file_cells import FileCells, file_cells
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.originals import Correction, Original
from coordinator.queries.duplicates import sides_of
from coordinator.queries.provenance import origins
from coordinator.services.imports import ImportPreview
from resources.i18n import _, ngettext
from ui import actions, texts, theme
from ui.import_totals import totals_line
from ui.pages.base import PageContext
from ui.pages.import_detail import Choices, DetailPane
from ui.pages.import_marks import WORDS, Mark
from ui.pages.import_rows import PREVIEW_COLUMNS, PreviewRow, counted, done_line
from ui.pages.import_words import remark_words
from ui.rights import needs
from ui.tables.columns import TableData
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.chips import FlowLayout
from ui.widgets.search_field import SearchField

TO_LOOK_AT = frozenset({Mark.DOUBLE, Mark.LOOK, Mark.ASIDE, Mark.CHANGED})
"""Lines that a person should see before the import."""


LEAST_HEIGHT = 250


class PreviewView(QWidget):
    """`accepted`: import it; `left`: back without writing; `report_wanted`, `errors_wanted`: save a workbook.

    `corrected(Correction)`: somebody typed a cell anew.
    """

    accepted = Signal()
    left = Signal()
    report_wanted = Signal()
    errors_wanted = Signal()
    corrected = Signal(object)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._mark: Mark | None = None
        self._preview: ImportPreview | None = None
        self._file: Original | None = None
        self._rows: TableModel[PreviewRow] = TableModel(PREVIEW_COLUMNS)
        self.table = TableView(self._rows, _("What will happen"))
        self.search = SearchField(_("Search in the preview"))
        self.detail = DetailPane()
        self._heading, self._totals, self._added = QLabel(), QLabel(), QLabel()
        self._import, self._back, self._report = QPushButton(_("Import")), QPushButton(_("Back")), QPushButton()
        self._errors = QPushButton(_("Rows for the sender to correct…"))
        self.table.lists_people("import-preview", lambda row: row.people)
        needs(self._import)
        needs(self._report, Right.EXPORT_NAMES)
        needs(self._errors, Right.EXPORT_NAMES)
        self._filters: dict[Mark | None, QPushButton] = {}
        self._lay_out()
        self._connect()

    @property
    def ready(self) -> bool:
        return self._import.isEnabled()

    @property
    def choices(self) -> Choices:
        """What somebody decided of single values and rows of the file shown."""
        return self.detail.choices

    def show_preview(self, preview: ImportPreview, rows: TableData[PreviewRow], choices: Choices) -> None:
        """Another file; or the same one read again, where the line that was chosen stays chosen."""
        again = self._preview is not None and self._preview.listed.original is preview.listed.original
        self._preview = preview
        self.detail.start(preview, choices)
        self._word(preview)
        self._import.setEnabled(True)
        self._offer(rows.records)
        self._rows.set_rows(rows)
        self._read_file(preview.listed.original)
        if again:
            self.show_only(self._mark if self._mark in self._filters else None)
        else:
            self.show_only(None)
            self.table.take_focus()
        # Lines of another file can have the same ids, of which the table does not tell.
        self._show_detail(self.table.current_id())

    def show_only(self, mark: Mark | None) -> None:
        """Show the lines with this mark; None shows all."""
        self._mark = mark
        for key, button in self._filters.items():
            button.setChecked(key is mark)
        self._rows.set_filter(None if mark is None else lambda row: mark in row.marks)

    def wait(self, waiting: bool) -> None:
        self._import.setEnabled(not waiting)
        self._back.setEnabled(not waiting)

    def tell_pending(self, corrections: Sequence[Correction]) -> None:
        """Cells that were typed anew and are being read in."""
        self.detail.tell_pending({(one.sheet, one.cell): one.new for one in corrections})

    def go_to_next(self) -> None:
        """The next line that a person should see; at the end it begins again."""
        total = self._rows.rowCount()
        start = self._rows.row_of(self.table.current_id())
        for step in range(1, total + 1):
            place = ((-1 if start is None else start) + step) % total
            record = self._rows.record(place)
            if record is not None and record.marks & TO_LOOK_AT:
                self.table.select_id(record.id)
                return

    def _word(self, preview: ImportPreview) -> None:
        incoming, report = preview.incoming, preview.report
        kind = texts.label(ListKind(report.kind))
        day = texts.day_short(incoming.list_on or preview.day)
        self._heading.setText(_("{file}: {kind}, as of {day}").format(file=incoming.file_name, kind=kind, day=day))
        self._totals.setText(totals_line(report))
        self._say_added()
        self._errors.setVisible(bool(report.rows_rejected or report.warnings))

    def _say_added(self) -> None:
        """What is new, and what somebody corrected and left out."""
        preview = self._preview
        if preview is None:
            return
        again = [one for one in preview.report.warnings if one.code == "import.same_file"]
        parts = [*map(remark_words, again)] or [done_line(preview.report)]
        corrected = len(preview.listed.corrections)
        if corrected:
            parts.append(ngettext("{n} cell corrected", "{n} cells corrected", corrected).format(n=corrected))
        left = sum(not taken for taken in self.choices.values())
        if left:
            parts.append(ngettext("{n} value or row not taken", "{n} values or rows not taken", left).format(n=left))
        self._added.setText("  ·  ".join(parts))

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

    def _read_file(self, original: Original | None) -> None:
        """The cells as they were sent are read once, when the file is first shown."""
        if original is None or original is self._file:
            return
        self._file = original
        self.detail.tell_file(None)
        self._context.tasks.run_work(file_cells, original, done=lambda cells: self._take_file(original, cells))

    def _take_file(self, original: Original, cells: FileCells) -> None:
        if original is self._file:
            self.detail.tell_file(cells)

    def _show_detail(self, row_id: str) -> None:
        place = self._rows.row_of(row_id)
        record = None if place is None else self._rows.record(place)
        self.detail.show_row(record)
        preview = self._preview
        if record is None or preview is None or record.entry < 0:
            return
        entry = preview.report.entries[record.entry]
        run, session = self._context.tasks.run_query, self._context.session
        if entry.household_id and (entry.news or entry.kept or entry.declined or entry.ours):
            known = entry.household_id
            run(origins, session, known, done=lambda found: self.detail.tell_origins(known, found), key=(self, "from"))
        asked = [candidate.household_id for candidate in entry.candidates if candidate.household_id]
        if asked:
            run(
                sides_of, session, asked, done=lambda sides: self.detail.tell_sides(record.id, sides),
                key=(self, "sides"),
            )  # fmt: skip

    def _connect(self) -> None:
        self.search.searched.connect(self._rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.table.current_changed.connect(self._show_detail)
        self.detail.chosen.connect(self._say_added)
        self.detail.corrected.connect(self.corrected)
        self._import.clicked.connect(self.accepted)
        self._back.clicked.connect(self.left)
        self._report.clicked.connect(self.report_wanted)
        self._errors.clicked.connect(self.errors_wanted)
        actions.make(self.table, "import.take_row", self.detail.toggle_row)
        actions.make(self, "import.next_look", self.go_to_next)

    def _lay_out(self) -> None:
        theme.dress(self._heading, "heading")
        theme.dress(self._totals, "muted")
        theme.dress(self._added, "strong")
        theme.dress(self._import, "primary")
        for label in (self._heading, self._totals, self._added):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._report.setText(_("Save as a report…"))
        filters = QWidget()
        self._flow = FlowLayout(filters)
        row = QHBoxLayout()
        row.addWidget(filters, 1)
        row.addWidget(self.search)
        below = QHBoxLayout()
        for button in (self._report, self._errors):
            below.addWidget(button)
        below.addStretch(1)
        for button in (self._back, self._import):
            below.addWidget(button)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self.detail)
        parts.setChildrenCollapsible(False)
        # The window scrolls a page by the height it would like: this one is content with what there is.
        parts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        parts.setMinimumHeight(theme.unit(LEAST_HEIGHT))
        parts.setSizes([theme.unit(250), theme.unit(210)])
        # Takes the room that is there: by its wish alone the page would be higher than a small screen.
        parts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        parts.setMinimumHeight(theme.unit(300))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.unit(16), theme.unit(10), theme.unit(16), theme.unit(10))
        column.setSpacing(theme.unit(5))
        for label in (self._heading, self._totals, self._added):
            column.addWidget(label)
        column.addLayout(row)
        column.addWidget(parts, 1)
        column.addLayout(below)
