"""A list that is looked at, as of the working date: search, table, a line of sums; Enter leads on from a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.session import Session
from resources.i18n import _
from ui import theme
from ui.pages.base import Navigate, Page, PageContext
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.search_field import SearchField

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class LookList(Generic[R]):
    """`load` runs on the reader thread. `about` says in a line what the shown rows sum up to, and how it is counted.

    `step` (N_) names what `lead` does with a row.
    """

    name: str
    title: str
    hint: str
    icon: str
    columns: Sequence[Column[R]]
    load: Callable[[Session, date], list[R]]
    row_id: Callable[[R], str]
    about: Callable[[Sequence[R]], str]
    step: str
    lead: Callable[[Navigate, R], object]


class LookView(QWidget):
    def __init__(self, context: PageContext, look: LookList[Any], page: Page) -> None:
        super().__init__(page)
        self._context, self._look = context, look
        self.name, self.title = look.name, _(look.title)
        self.rows: TableModel[Any] = TableModel(look.columns)
        self.table = TableView(self.rows, self.title)
        self.search, self.about, self.step = SearchField(_("Search")), QLabel(), QPushButton(_(look.step))
        self._lay_out()
        self.search.searched.connect(self.rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.rows.counted.connect(lambda _shown, _all: self.about.setText(look.about(self.rows.records())))
        self.table.opened.connect(lambda _id: self.edit())
        self.table.current_changed.connect(lambda _id: self._enable())
        self.step.clicked.connect(self.edit)
        self._enable()

    def read(self) -> None:
        self._context.tasks.run_query(
            _load, self._context.session, self._context.day, self._look, self.rows.sort_key, done=self.rows.set_rows,
            key=(self, "rows"),
        )  # fmt: skip

    def add(self) -> None:
        """Nothing is added here: the rows are counted."""

    def remove(self) -> None:
        """As `add`."""

    def edit(self) -> None:
        """F2 and Enter lead on from the row."""
        row = self.rows.row_of(self.table.current_id())
        record = None if row is None else self.rows.record(row)
        if record is not None:
            self._look.lead(self._context.navigate, record)

    def _enable(self) -> None:
        chosen = bool(self.table.current_id())
        self.step.setEnabled(chosen)
        self.step.setToolTip("" if chosen else _("Choose a row first"))

    def _lay_out(self) -> None:
        self.about.setWordWrap(True)
        theme.dress(self.about, "muted")
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.step)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(10), 0, 0)
        column.addLayout(row)
        column.addWidget(self.about)
        column.addWidget(self.table, 1)
        self.table.set_empty(EmptyState(self._look.icon, _("Nothing here yet"), _(self._look.hint)))


def _load(session: Session, day: date, look: LookList[Any], sorted_by: str) -> TableData[Any]:
    return prepare(look.columns, look.load(session, day), look.row_id, sort_by=sorted_by)
