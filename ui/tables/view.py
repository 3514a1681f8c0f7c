"""The view of every table: whole rows, a menu of columns, copying, and a selection that outlives a refresh."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from ui import actions, theme
from ui.rights import gate_of
from ui.tables.clipboard import put_on_clipboard
from ui.tables.column_chooser import ColumnChooser
from ui.tables.header import Header
from ui.tables.model import Index, TableModel

ROW_AIR = 12
MOST_RUNS = 1000
LEAST_WIDTH = 36


class TableView(QTableView):
    """`current_changed(id)` when another record is current ("" for none), `opened(id)` on Enter or double click."""

    current_changed = Signal(str)
    opened = Signal(str)
    columns_changed = Signal()
    copied = Signal()

    def __init__(self, model: TableModel[Any], name: str, parent: QWidget | None = None, lines: int = 1) -> None:
        """`name` is a translated noun for screen readers: "Households". A row is so many `lines` high."""
        super().__init__(parent)
        self.rows, self._lines = model, lines
        self._told, self._kept_current = "", ""
        self._kept: dict[tuple[int, int], set[str]] = {}
        """(first column, last column) -> the records selected there."""
        self._kept_top = self._kept_column = 0
        self._empty: QWidget | None = None
        self._listed, self._people_of = "", _nobody
        self._whole = QItemSelectionModel.SelectionFlag.Rows
        """What is selected with a record that becomes current: its whole row."""
        self.setModel(model)
        self.header = Header(model, self)
        self.setHorizontalHeader(self.header)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(lines > 1)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._prepare_header()
        self._fit_to_font()
        actions.make(self, "table.copy", self.copy)
        actions.make(self, "table.columns", self.choose_columns)
        actions.make(self, "table.sort", self._sort_by_current_column)
        actions.make(self, "table.sort_more", self._sort_more)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._bring_back)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.rows.row_id(index.row())))

    def current_id(self) -> str:
        return self.rows.row_id(self.currentIndex().row())

    def selected_ids(self) -> list[str]:
        """The ids of all selected records, in the order shown."""
        return [self.rows.row_id(row) for row in self._selected_rows()]

    def select_id(self, row_id: str) -> bool:
        """Make a record current, selected and visible; False where it is not shown."""
        row = self.rows.row_of(row_id)
        if row is None:
            return False
        column = max(0, self.currentIndex().column())
        flags = QItemSelectionModel.SelectionFlag  # said outright: a Ctrl that is still held down would toggle the row
        index = self.rows.index(row, self._seen(column))
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | self._whole)
        self.scrollTo(self.currentIndex())
        return True

    def take_focus(self) -> None:
        """Come here from the search field; with nothing current the first row becomes it."""
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.select_id(self.rows.row_id(0))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_empty(self, widget: QWidget) -> None:
        """What lies over the table while it shows no row."""
        if self._empty is not None:
            self._empty.hide()
            self._empty.deleteLater()
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_empty()

    def copy(self) -> None:
        """The selected rows, visible columns only, ready to paste into a worksheet; phones stay text."""
        header = self.horizontalHeader()
        visible = [header.logicalIndex(place) for place in range(header.count())]
        visible = [column for column in visible if not self.isColumnHidden(column)]
        chosen = self._selected_rows()
        lines = [[self.rows.titles[column] for column in visible]]
        lines += [[self.rows.text(row, column) for column in visible] for row in chosen]
        self._give_out(chosen, lambda: self._put(lines))

    def _put(self, lines: list[list[str]]) -> None:
        put_on_clipboard(lines)
        self.copied.emit()

    def _give_out(self, rows: list[int], then: Callable[[], object]) -> None:
        """Let these rows go to the clipboard: where they name people, as far as this role may, and logged."""
        gate = gate_of(self) if self._listed and rows else None
        if gate is not None:
            gate.copy_names(self._listed, len(rows), sum(self._people_of(self.rows.record(row)) for row in rows), then)
        elif rows:
            then()

    def lists_people(self, code: str, people_of: Callable[[Any], int]) -> None:
        """The rows name people, so many each: to copy a list of them is an export. `code` names it in the log."""
        self._listed, self._people_of = code, people_of

    def columns_state(self) -> dict[str, object]:
        """Widths (at normal font size), order, hidden columns and sorting, by the keys of the columns."""
        header, keys = self.horizontalHeader(), [column.key for column in self.rows.columns]
        scale = theme.unit(1000) / 1000
        return {
            "widths": {
                key: round(header.sectionSize(n) / scale) for n, key in enumerate(keys) if header.sectionSize(n)
            },
            "hidden": [key for n, key in enumerate(keys) if self.isColumnHidden(n)],
            "order": [keys[header.logicalIndex(place)] for place in range(len(keys))],
            "sort": [[keys[column], backwards] for column, backwards in self.rows.sorted_by],
        }

    def restore_columns(self, state: dict[str, Any]) -> None:
        """Take back what `columns_state` gave; columns that are new or gone meanwhile are left as they are."""
        header = self.horizontalHeader()
        place = {column.key: number for number, column in enumerate(self.rows.columns)}
        for key, width in dict(state.get("widths", {})).items():
            if key in place:
                header.resizeSection(place[key], max(LEAST_WIDTH, theme.unit(int(width))))
        known = state.get("order", ())
        for key in place:
            column = self.rows.columns[place[key]]
            hidden = key in state.get("hidden", ()) if key in known else not column.shown
            self.setColumnHidden(place[key], hidden and not column.always)
        for target, key in enumerate(key for key in state.get("order", ()) if key in place):
            header.moveSection(header.visualIndex(place[key]), target)
        self.restore_sort(state.get("sort", ()))

    def restore_sort(self, kept: Any) -> None:
        """Sort as `columns_state` says it; a column that is gone is passed over."""
        place = {column.key: number for number, column in enumerate(self.rows.columns)}
        keys = [(place[key], bool(backwards)) for key, backwards in _sort_keys(kept) if key in place]
        if keys:
            self.rows.sort_by(keys)
            self.header.sort_changed.emit()

    def sort_by(self, key: str, backwards: bool = False) -> None:
        """Sort by the column with this key and show it in the header."""
        keys = [column.key for column in self.rows.columns]
        self.sortByColumn(keys.index(key), _way(backwards))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_id() and not event.modifiers():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab the first row becomes current, so that arrow keys and screen readers have where to begin."""
        super().focusInEvent(event)
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key and not self.currentIndex().isValid() and self.rows.rowCount():
            self.select_id(self.rows.row_id(0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_to_font()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_empty()

    def _prepare_header(self) -> None:
        header = self.header
        header.setStretchLastSection(True)
        header.setMinimumSectionSize(theme.unit(LEAST_WIDTH))
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda _where: self.choose_columns())
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)
        letter = self.fontMetrics().averageCharWidth()
        for number, column in enumerate(self.rows.columns):
            header.resizeSection(number, column.width * letter + theme.unit(22))
            self.setColumnHidden(number, not (column.shown or column.always))

    def _fit_to_font(self) -> None:
        text = self.fontMetrics().height() + (self._lines - 1) * self.fontMetrics().lineSpacing()
        self.verticalHeader().setDefaultSectionSize(text + theme.unit(ROW_AIR))

    def choose_columns(self) -> None:
        """Open the list of all columns: which are shown, in which order."""
        chooser = ColumnChooser(self.header, self.rows, self)
        chooser.changed.connect(self.columns_changed)
        chooser.show_at(self.header.mapToGlobal(QPoint(0, self.header.height())), self.screen().availableGeometry())

    def _sort_by_current_column(self) -> None:
        column = self.currentIndex().column()
        if column >= 0:
            again = self.rows.sorted_by[:1] == ((column, False),)
            self.sortByColumn(column, _way(again))

    def _sort_more(self) -> None:
        """By the current column as well, after those that are sorted by already."""
        column = self.currentIndex().column()
        if column >= 0:
            self.rows.adding = True
            self.sortByColumn(column, Qt.SortOrder.AscendingOrder)
            self.rows.adding = False

    def _keep(self) -> None:
        """Before a reset: what is selected, by the ids of the records, and which row is on top."""
        if not self.rows.rowCount():
            return
        self._kept = {}
        for chosen in self.selectionModel().selection().toList():
            ids = self._kept.setdefault((chosen.left(), chosen.right()), set())
            ids.update(self.rows.row_id(row) for row in range(chosen.top(), chosen.bottom() + 1))
        if self.currentIndex().isValid():
            self._kept_column = self.currentIndex().column()
        self._kept_current = self.current_id() or self._kept_current
        self._kept_top = self.verticalScrollBar().value()

    def _bring_back(self) -> None:
        chosen = QItemSelection()
        for (left, right), ids in self._kept.items():
            for first_row, last_row in self._runs(ids):
                first, last = self.rows.index(first_row, left), self.rows.index(last_row, right)
                chosen.append(QItemSelectionRange(first, last))
        row = self.rows.row_of(self._kept_current)
        flags = QItemSelectionModel.SelectionFlag
        if row is not None:
            current = self.rows.index(row, self._seen(self._kept_column))
            self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self.verticalScrollBar().setValue(self._kept_top)
        self._tell()
        self._show_empty()

    def _selected_rows(self) -> list[int]:
        """By ranges: with 60,000 rows selected one index for each would take a second."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for chosen in ranges for row in range(chosen.top(), chosen.bottom() + 1)})

    def _runs(self, ids: set[str]) -> list[tuple[int, int]]:
        """Their rows as runs (first, last); so many scattered ones that Qt would take seconds are let go."""
        found = sorted(row for row in map(self.rows.row_of, ids) if row is not None)
        runs: list[tuple[int, int]] = []
        for row in found:
            if runs and row == runs[-1][1] + 1:
                runs[-1] = (runs[-1][0], row)
            else:
                runs.append((row, row))
        return runs if len(runs) <= MOST_RUNS else []

    def _tell(self) -> None:
        current = self.current_id()
        if current != self._told:
            self._told = current
            self.current_changed.emit(current)

    def _seen(self, column: int) -> int:
        """This column, or the first visible one where it is hidden."""
        if not self.isColumnHidden(column):
            return column
        return next((n for n in range(self.rows.columnCount()) if not self.isColumnHidden(n)), 0)

    def _show_empty(self) -> None:
        if self._empty is not None:
            self._empty.setGeometry(QRect(QPoint(0, 0), self.viewport().size()))
            self._empty.setVisible(self.rows.rowCount() == 0)


def _way(backwards: bool) -> Qt.SortOrder:
    return Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder


def _sort_keys(kept: Any) -> list[tuple[str, bool]]:
    """Several keys as they are kept; earlier versions kept a single one without its brackets."""
    if len(kept) == 2 and isinstance(kept[0], str):
        return [(kept[0], kept[1])]
    return [tuple(key) for key in kept]


def _nobody(_record: object) -> int:
    return 0
