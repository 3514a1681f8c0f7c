"""Blocks of cells in the registry's table: pasted with a preview, filled down, dated, emptied. Each is one action."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QApplication

from coordinator.domain.filtering import Kind as FieldKind
from coordinator.domain.names import fold
from coordinator.errors import UserError
from coordinator.exchange.cells import CellKey, why_read_only
from coordinator.exchange.clipboard import Copied, copied_block
from coordinator.queries.cells import CellPlan, Target, plan_cells
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FIELDS
from coordinator.services.cells import Written, set_cell, set_cells
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import ask, texts
from ui.dialogs.paste_cells import PasteDialog
from ui.pages.base import PageContext
from ui.pages.registry_cells import RegistryCells
from ui.rights import allowed
from ui.tables.model import TableModel
from ui.tables.registry_columns import COLUMNS, NUMBERS
from ui.tables.sheet.block import Laid, lay
from ui.tables.sheet.view import SheetView
from ui.widgets.notice_bar import Kind

MOST_CELLS = 200_000


class RegistryBlocks(QObject):
    """What several cells are changed by at once, besides typing into one."""

    def __init__(
        self, context: PageContext, view: SheetView, rows: TableModel[RegistryRow], cells: RegistryCells
    ) -> None:
        super().__init__(view)
        self._context, self._view, self._rows, self._cells = context, view, rows, cells
        view.fill_wanted.connect(self.fill)
        view.today_wanted.connect(self.date)
        view.clear_wanted.connect(self.clear)
        view.paste_wanted.connect(self.paste)

    def fill(self) -> None:
        """The first row of the selected cells goes into those below it; one row alone takes the one above it."""
        rows, columns = self._view.block()
        if len(rows) == 1 and rows[0] > 0:
            rows = [rows[0] - 1, *rows]
        if len(rows) < 2 or not allowed(self._view):
            return
        targets = [
            self._target(row, column, self._cells.text(rows[0], column))
            for row in rows[1:]
            for column in self._writable(columns)
        ]
        self._apply(targets, empty=True, none=columns)

    def date(self) -> None:
        """The working date into the selected cells that hold a day."""
        rows, columns = self._view.block()
        days = [n for n in self._writable(columns) if FIELDS[COLUMNS[n].key].kind is FieldKind.DAY]
        text = texts.day_short(self._context.day)
        if not days:
            self._cells.say(_("Only a column of days takes a date: “Pickup wished” or “Ask again”."))
        elif allowed(self._view):
            self._apply([self._target(row, column, text) for row in rows for column in days], none=columns)

    def clear(self) -> None:
        """Empty the selected cells, as far as they may be empty."""
        rows, columns = self._view.block()
        keep = {CellKey.DECISION.value, CellKey.HEAD.value}
        empty = [n for n in self._writable(columns) if COLUMNS[n].key not in keep]
        if allowed(self._view):
            self._apply([self._target(row, n, "") for row in rows for n in empty], empty=True, none=columns)

    def paste(self) -> None:
        """Lay the clipboard over the table and show what it would change."""
        if not allowed(self._view) or not self._view.currentIndex().isValid():
            return
        data = QApplication.clipboard().mimeData()
        self._context.tasks.run_work(_block, _copied(data), done=self._pasted)

    def _pasted(self, block: list[list[str]]) -> None:
        visible = self._view.visible_columns()
        _rows, columns = self._view.block()
        first = columns[0] if columns else self._view.currentIndex().column()
        keys = [COLUMNS[n].key for n in visible[visible.index(first) :]]
        titles = {fold(title): COLUMNS[n].key for n, title in enumerate(self._rows.titles)}
        laid = lay(block, keys, titles)
        targets, lost = self._targets(laid)
        if len(targets) == 1 and not laid.by_number:
            self._apply(targets, empty=True, none=columns)
        elif targets or lost:
            self._preview(targets[:MOST_CELLS], laid, lost)

    def _targets(self, laid: Laid) -> tuple[list[Target], list[str]]:
        """The cells, and the rows that have no household: by their number, or past the last row of the table."""
        targets: list[Target] = []
        lost: list[str] = []
        if laid.by_number:
            known = {str(row.number): row.id for row in self._rows.data_shown.records}
            for row in laid.rows:
                number = laid.number(row)
                if number in known:
                    targets += self._row_targets(known[number], [c for c in laid.cells(row) if c[0] != "number"])
                elif any(cell.strip() for cell in row):
                    lost.append(number or "–")
            return targets, lost
        chosen, columns = self._view.block()
        top = chosen[0] if chosen else self._view.currentIndex().row()
        rows, pasted = list(range(top, top + len(laid.rows))), laid.rows
        if len(pasted) == 1 and len(chosen) > 1:
            rows, pasted = chosen, pasted * len(chosen)
        for place, row in zip(rows, pasted, strict=True):
            row_id = self._rows.row_id(place)
            cells = laid.cells(row)
            if len(laid.columns) == 1 and len(laid.rows) == 1 and len(columns) > 1:
                cells = [(COLUMNS[n].key, row[0]) for n in columns]
            if row_id:
                targets += self._row_targets(row_id, cells)
            else:
                lost.append("")
        return targets, lost

    def _row_targets(self, row_id: str, cells: list[tuple[str, str]]) -> list[Target]:
        place = self._rows.row_of(row_id)
        return [
            Target(row_id, column, text, self._rows.text(place, NUMBERS[column]) if place is not None else "")
            for column, text in cells
        ]

    def _preview(self, targets: list[Target], laid: Laid, lost: list[str]) -> None:
        ask.show(PasteDialog(self._context, targets, laid, lost, self._write, self._view))

    def _target(self, row: int, column: int, text: str) -> Target:
        return Target(self._rows.row_id(row), COLUMNS[column].key, text, self._rows.text(row, column))

    def _writable(self, columns: list[int]) -> list[int]:
        return [n for n in columns if not why_read_only(COLUMNS[n].key)]

    def _apply(self, targets: list[Target], *, none: list[int], empty: bool = False) -> None:
        """Change cells without a preview: what was done is said, and Ctrl+Z takes it back."""
        if not targets:
            reasons = [why for n in none if (why := why_read_only(COLUMNS[n].key))]
            self._cells.say(sentence(reasons[0]) if reasons else _("These cells cannot be empty."))
            return
        context = self._context
        context.tasks.run_query(
            partial(plan_cells, empty=empty), context.session, context.memory, targets, context.day,
            done=self._planned,
        )  # fmt: skip

    def _planned(self, plan: CellPlan) -> None:
        problem = next((change for change in plan.changes if change.problem), None)
        if not plan.edits:
            self._cells.say(sentence(problem.problem, problem.facts) if problem else _("Nothing changes."))
        elif len(plan.edits) == 1 and problem is None:
            self._context.tasks.run_verb(set_cell, self._context.session, plan.edits[0], failed=self._refused)
        else:
            skipped = sum(bool(change.problem) for change in plan.changes)
            self._write(plan, lambda _written: None, self._refused, skipped)

    def _write(
        self,
        plan: CellPlan,
        done: Callable[[Written], object],
        failed: Callable[[UserError], object],
        skipped: int = 0,
    ) -> None:
        def written(value: Written) -> None:
            done(value)
            self._tell(value, skipped)

        self._context.tasks.run_verb(
            set_cells, self._context.session, plan.edits, done=written, failed=failed,
            label=_("Writing cells"), progress=True,
        )  # fmt: skip

    def _tell(self, written: Written, skipped: int) -> None:
        words = ngettext("{n} cell was changed", "{n} cells were changed", written.cells).format(n=written.cells)
        left = skipped + len(written.refused)
        if not left:
            self._context.show_notice(_("{done}. Ctrl+Z takes it back.").format(done=words), Kind.SUCCESS)
            return
        stayed = ngettext("{n} cell stayed as it was", "{n} cells stayed as they were", left).format(n=left)
        why = f" {texts.error_text(written.refused[0].error)}" if written.refused else ""
        self._context.show_notice(f"{words}; {stayed}.{why}", Kind.WARNING)

    def _refused(self, error: UserError) -> None:
        self._cells.say(texts.error_text(error), "danger")
        self._context.show_notice(texts.error_text(error), Kind.WARNING)


def _copied(data: QMimeData) -> Copied:
    return Copied(_("Clipboard"), data.text(), data.html())


def _block(copied: Copied) -> list[list[str]]:
    """The rows that are seen: those that a filter hid in the worksheet do not come along."""
    block = copied_block(copied)
    return [row for at, row in enumerate(block.rows) if at not in block.hidden_rows]
