"""What a pasted block would change, cell by cell, before anything is written; all of it is one action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.queries.cells import CellChange, CellPlan, Target, plan_cells
from resources.i18n import N_, _, ngettext
from resources.messages import sentence
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.registry_columns import COLUMNS, NUMBERS
from ui.tables.sheet.block import Laid
from ui.tables.view import TableView

SIZE = (1080, 540)
Write = Callable[..., object]
"""(plan, done(Written), failed(UserError), how many cells are left out)."""


def _remark(change: CellChange) -> str:
    code = change.problem or change.remark
    return sentence(code, change.facts) if code else ""


def _icon(change: CellChange) -> str:
    return "close" if change.problem else "warning" if change.remark else ""


def _mark(change: CellChange) -> str:
    return "danger" if change.problem else "warning" if change.remark else ""


CHANGES: tuple[Column[CellChange], ...] = (
    Column("number", N_("No."), lambda c: str(c.number), sort=lambda c: c.number, width=6, right=True, always=True),
    Column("head", N_("Head"), lambda c: c.head or _("No name"), width=17),
    Column("column", N_("Column"), lambda c: _(COLUMNS[NUMBERS[c.column]].title), width=12),
    Column("old", N_("Now"), lambda c: c.old or "–", width=17),
    Column("new", N_("Will be"), lambda c: c.new or "–", width=17, mark=_mark, icon=_icon),
    Column("remark", N_("Remark"), _remark, width=40),
)


class PasteDialog(QDialog):
    """`write` does it; the dialog closes when it is done. `lost`: what rows without a household say of their number."""

    def __init__(
        self,
        context: PageContext,
        targets: list[Target],
        laid: Laid,
        lost: Sequence[str],
        write: Write,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context, self._targets, self._write = context, targets, write
        self._laid, self._lost = laid, lost
        self.plan: CellPlan | None = None
        self.setWindowTitle(_("Paste cells"))
        self.said, self.fault = QLabel(), QLabel()
        for label in (self.said, self.fault):
            label.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setStyleSheet(f"color: {theme.color('danger').name()}")
        self.fault.hide()
        self.empty = QCheckBox(_("Empty cells empty the field too"))
        self.wrong = QCheckBox(_("Show only what cannot be used or wants a look"))
        self._rows: TableModel[CellChange] = TableModel(CHANGES)
        self.table = TableView(self._rows, _("What would change"))
        self.go = QPushButton(_("Paste cells"))
        self._lay_out()
        self.empty.toggled.connect(self._read)
        self.wrong.toggled.connect(self._show_wrong)
        actions.make(self, "form.save", self._paste)
        self._read()

    def _read(self) -> None:
        context = self._context
        self.go.setEnabled(False)
        self.said.setText(_("Comparing with the register…"))
        work = partial(_planned, empty=self.empty.isChecked())
        context.tasks.run_query(
            work, context.session, context.memory, self._targets, context.day, done=self._show, key=(self, "plan")
        )  # fmt: skip

    def _show(self, found: tuple[CellPlan, TableData[CellChange]]) -> None:
        self.plan, data = found
        self._rows.set_rows(data)
        self.said.setText("\n".join(self._words(self.plan)))
        changes, left = len(self.plan.edits), len(self.plan.changes) - len(self.plan.edits)
        self.go.setEnabled(changes > 0)
        self.go.setToolTip("" if changes else _("There is nothing to change"))
        self.go.setText(ngettext("Change {n} cell", "Change {n} cells", changes).format(n=changes))
        self.wrong.setVisible(left > 0 or any(change.remark for change in self.plan.changes))
        self.empty.setVisible(self.plan.blank > 0 or self.empty.isChecked())
        (self.go if changes else self.table).setFocus()

    def _words(self, plan: CellPlan) -> list[str]:
        changes = len(plan.edits)
        households = len({edit.household_id for edit in plan.edits})
        left = len(plan.changes) - changes
        lines = [
            _("Cells that change: {cells}, in {households}.").format(
                cells=texts.number(changes), households=texts.households(households)
            )
        ]
        more = (
            (left, _("Cells that cannot be used: {n}.")),
            (plan.same, _("Cells that are so already: {n}.")),
            (plan.blank, _("Empty cells, left as they are: {n}.")),
            (self._laid.beyond, _("Columns past the last one of the table, left out: {n}.")),
        )
        lines += [words.format(n=texts.number(count)) for count, words in more if count]
        if self._laid.by_number:
            lines.append(_("Rows were found by the number of their household, wherever they stand."))
        return [*lines, *self._lost_words()]

    def _lost_words(self) -> list[str]:
        if not self._lost:
            return []
        if not self._laid.by_number:
            return [_("Rows past the last one of the table, left out: {n}.").format(n=len(self._lost))]
        named = ", ".join(self._lost[:10]) + ("…" if len(self._lost) > 10 else "")
        return [_("Rows without a household of their number, left out: {numbers}.").format(numbers=named)]

    def _show_wrong(self, only: bool) -> None:
        self._rows.set_filter((lambda change: bool(change.problem or change.remark)) if only else None)

    def _paste(self) -> None:
        if self.plan is None or not self.plan.edits:
            return
        self.go.setEnabled(False)
        left = len(self.plan.changes) - len(self.plan.edits)
        self._write(self.plan, lambda _written: self.accept(), self._refused, left)

    def _refused(self, error: UserError) -> None:
        self.go.setEnabled(True)
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _lay_out(self) -> None:
        box = QDialogButtonBox()
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        theme.dress(self.go, "primary")
        box.accepted.connect(self._paste)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        for part in (self.said, self.wrong, self.table, self.empty, self.fault, box):
            column.addWidget(part, 1 if part is self.table else 0)
        self.resize(theme.unit(SIZE[0]), theme.unit(SIZE[1]))


def _planned(*args: object, empty: bool) -> tuple[CellPlan, TableData[CellChange]]:
    """The plan and its lines ready to show; run it on the reader thread."""
    plan = plan_cells(*args, empty=empty)  # type: ignore[arg-type]
    lines = {id(change): f"{at}" for at, change in enumerate(plan.changes)}
    return plan, prepare(CHANGES, plan.changes, lambda change: lines[id(change)])
