"""One line of a preview: its values beside those of the register, to take or to leave, and its cells to correct."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.exchange.file_cells import FileCell, FileCells, corrections_at
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import Choice
from coordinator.queries.duplicates import Side
from coordinator.queries.provenance import Origins
from coordinator.services.imports import ImportPreview
from resources.i18n import _
from ui import actions, theme
from ui.pages.import_candidates import candidate_lines
from ui.pages.import_marks import CELL_ICONS, CELL_ROLES, CELL_WORDS, WORDS, Mark
from ui.pages.import_rows import PreviewRow, rows_words
from ui.pages.import_values import ValueLine, can_choose, value_lines
from ui.pages.import_words import remark_words
from ui.rights import needs
from ui.widgets.small_table import Part, SmallTable

Choices = dict[Choice, bool]


class DetailPane(QWidget):
    """`chosen`: something was taken or left; `corrected(Correction)`: a cell was typed anew."""

    chosen = Signal()
    corrected = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preview: ImportPreview | None = None
        self._row: PreviewRow | None = None
        self._lines: list[ValueLine] = []
        self._origins: Origins = {}
        self._sides: Mapping[str, Side] = {}
        self._file: FileCells | None = None
        self._cells: list[FileCell] = []
        self._pending: Mapping[tuple[str, str], str] = {}
        self.choices: Choices = {}
        self.heading, self.remarks = QLabel(), QLabel()
        self.whole = QPushButton()
        titles = [_("Value"), _("In the register"), _("In the file"), _("Cell"), _("Where from")]
        self.values = SmallTable(titles, (17, 19, 21, 5, 18), _("What this row changes"))
        self.cells = SmallTable([_("Cell"), _("Column"), _("In the file")], (5, 17, 26), _("The row in the file"))
        needs(self.whole)
        self._lay_out()
        self.values.ticked.connect(self._ticked)
        self.cells.edited.connect(self._typed)
        self.whole.clicked.connect(self.toggle_row)
        actions.make(self.values, "import.take", self.values.toggle)

    def start(self, preview: ImportPreview, choices: Choices) -> None:
        """Another file, or the same one read again."""
        self._preview, self.choices = preview, choices
        self._row, self._origins, self._sides = None, {}, {}

    def show_row(self, row: PreviewRow | None) -> None:
        other = row is None or self._row is None or row.id != self._row.id
        self._row = row
        if other:
            self._origins, self._sides = {}, {}
        self._fill()

    def tell_origins(self, household_id: str, origins: Origins) -> None:
        """Where the values come from that the register has of this household."""
        if self._entry_household() == household_id:
            self._origins = origins
            self._fill()

    def tell_sides(self, row_id: str, sides: Mapping[str, Side]) -> None:
        """The households that this row may be, by their ids."""
        if self._row is not None and self._row.id == row_id:
            self._sides = sides
            self._fill()

    def tell_file(self, cells: FileCells | None) -> None:
        """The file as it was sent; None while it is being read."""
        self._file = cells
        self._fill_cells()

    def tell_pending(self, pending: Mapping[tuple[str, str], str]) -> None:
        """(sheet, cell) -> what was typed there and is being read in."""
        self._pending = pending
        self._fill_cells()

    def toggle_row(self) -> None:
        """Take or leave all values of this row; a new household as a whole."""
        row, preview = self._row, self._preview
        if row is None or preview is None or not can_choose(preview):
            return
        if Mark.NEW in row.marks or Mark.OUT in row.marks:
            whole = Choice(row.sheet, row.row)
            self._choose([whole], not self.choices.get(whole, True))
        else:
            open_ones = [line for line in self._lines if line.choice is not None]
            taking = not any(line.taken for line in open_ones)
            self._choose([line.choice for line in open_ones if line.choice is not None], taking)

    def _choose(self, choices: Iterable[Choice], taken: bool) -> None:
        for choice in choices:
            self.choices[choice] = taken
        self._fill()
        self.chosen.emit()

    def _ticked(self, line: int, on: bool) -> None:
        choice = self._lines[line].choice
        if choice is not None:
            self._choose([choice], on)

    def _typed(self, line: int, _column: int, text: str) -> None:
        if self._row is not None and line < len(self._cells):
            cell = self._cells[line]
            self.corrected.emit(Correction(self._row.sheet, cell.cell, cell.text, text.strip()))

    def _entry_household(self) -> str:
        row, preview = self._row, self._preview
        if row is None or preview is None or row.entry < 0:
            return ""
        return preview.report.entries[row.entry].household_id or ""

    def _fill(self) -> None:
        row, preview = self._row, self._preview
        self.setVisible(row is not None)
        if row is None or preview is None:
            return
        self.heading.setText(_heading(row))
        told = "\n".join(map(remark_words, row.remarks)) or ("" if row.entry >= 0 else "\n".join(row.detail))
        self.remarks.setText(told)
        self.remarks.setVisible(bool(told))
        self._lines = value_lines(preview, row.entry, self.choices, self._origins) if row.entry >= 0 else []
        doubles = candidate_lines(preview, row.entry, self._sides) if row.entry >= 0 else []
        if Mark.NEW in row.marks and self._sides:
            self._lines = []  # all of them stand beside those of the households that they may be
        lines = [*map(_parts, self._lines), *doubles]
        self.values.setVisible(bool(lines))
        self.values.show_lines(lines)
        self._offer_whole(row, preview)
        self._fill_cells()

    def _offer_whole(self, row: PreviewRow, preview: ImportPreview) -> None:
        new = Mark.NEW in row.marks or Mark.OUT in row.marks
        several = any(line.choice is not None for line in self._lines)
        self.whole.setVisible(can_choose(preview) and (new or several))
        taken = self.choices.get(Choice(row.sheet, row.row), True) if new else any(line.taken for line in self._lines)
        if new:
            self.whole.setText(_("Leave this row out") if taken else _("Take this row again"))
        else:
            self.whole.setText(_("Take nothing of it") if taken else _("Take all of it"))

    def _fill_cells(self) -> None:
        row, preview = self._row, self._preview
        if row is None or preview is None or self._file is None or not row.rows:
            self._cells = []
        else:
            summary = next((one for one in preview.report.sheets if one.name == row.sheet), None)
            self._cells = self._file.of(summary, row.rows) if summary else []
        made = corrections_at(preview.listed.corrections, row.sheet) if preview and row else {}
        doubts = {remark.at.cell: remark_words(remark) for remark in (row.remarks if row else ())}
        self.cells.setVisible(bool(self._cells))
        sheet = row.sheet if row else ""
        lines = [
            _cell_parts(cell, made.get(cell.cell), doubts.get(cell.cell, ""), self._pending.get((sheet, cell.cell)))
            for cell in self._cells
        ]
        self.cells.show_lines(lines)

    def _lay_out(self) -> None:
        theme.dress(self.heading, "strong")
        theme.dress(self.remarks, "plain")
        theme.dress(self.whole, "quiet")
        for label in (self.heading, self.remarks):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.whole)
        sides = QSplitter(Qt.Orientation.Horizontal)
        sides.addWidget(self.values)
        sides.addWidget(self.cells)
        sides.setStretchFactor(0, 1)
        sides.setSizes([theme.unit(720), theme.unit(400)])
        sides.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(4), 0, 0)
        column.setSpacing(theme.unit(4))
        column.addLayout(top)
        column.addWidget(self.remarks)
        column.addWidget(sides, 1)


def _heading(row: PreviewRow) -> str:
    """Who or what, what becomes of it, and where it stands in the file."""
    where = row.sheet
    if row.rows:
        rows = _("row {n}") if len(row.rows) == 1 else _("rows {n}")
        where = ", ".join(part for part in (row.sheet, rows.format(n=rows_words(row.rows))) if part)
    marks = ", ".join(_(WORDS[mark]) for mark in Mark if mark in row.marks)
    return "  ·  ".join(part for part in (row.title, where, marks) if part)


def _parts(line: ValueLine) -> Sequence[Part]:
    mark = line.mark
    words = _(CELL_WORDS[mark]) if mark else ""
    icon, role = (CELL_ICONS[mark], CELL_ROLES[mark]) if mark else ("", "")
    new = f"{line.new} ({words})" if words else ""
    return (
        Part(line.field, ticked=line.taken if line.choice is not None else None, tip=f"{line.field}: {words}"),
        Part(line.old or "–"),
        Part(line.new, icon, role, new, strong=line.taken and mark is not None),
        Part(line.cell),
        Part(line.old_from),
    )


def _cell_parts(cell: FileCell, corrected: str | None, doubt: str, pending: str | None) -> Sequence[Part]:
    text = cell.text if corrected is None else corrected
    icon, role, tip = "", "", ""
    if pending is not None:
        text, icon, role, tip = pending, "clock", "muted", _("This is being read in")
    elif corrected is not None:
        icon, role, tip = "check", "success", _("Corrected here; in the file: {text}").format(text=cell.text or "–")
    elif doubt:
        icon, role, tip = "warning", "warning", doubt
    return Part(cell.cell), Part(cell.header), Part(text, icon, role, tip, typed=True)
