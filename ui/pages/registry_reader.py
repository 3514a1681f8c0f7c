"""Reading the registry off the GUI thread: everything at first, later only the households that changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from coordinator.domain.filtering import Kind, warm
from coordinator.outcome import Change
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FIELDS
from coordinator.queries.registry_memory import MOST_PATCHED, RegistryMemory
from ui.pages.base import PageContext
from ui.tables.columns import TableData, prepare
from ui.tables.patching import patched, rank_all
from ui.tables.registry_columns import COLUMNS

Data = TableData[RegistryRow]


def read_all(memory: RegistryMemory, day: date) -> Data:
    """All rows ready to show, every column ranked, its texts folded. Run it on the reader thread."""
    rows = memory.rows(day)
    data = prepare(COLUMNS, rows, _row_id, _search)
    rank_all(COLUMNS, data)
    for field in FIELDS.values():
        if field.kind is Kind.TEXT:
            warm(field, rows)
    return data


def read_some(memory: RegistryMemory, day: date, old: Data, household_ids: frozenset[str]) -> Data:
    """The old rows with these households read anew."""
    return patched(COLUMNS, old, household_ids, memory.some(day, household_ids), _row_id, _search)


def _row_id(row: RegistryRow) -> str:
    return row.id


def _search(row: RegistryRow) -> str:
    return row.search_text


class RegistryReader(QObject):
    """`read(TableData)` when rows are ready. Changes that come while reading are gathered and read next."""

    read = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._data: Data | None = None
        self._stale: frozenset[str] = frozenset()
        self._patching = False

    def read_all(self) -> None:
        """Everything anew, for the working date of the moment."""
        self._data, self._stale = None, frozenset()
        self._ask(read_all, self._context.memory, self._context.day)

    def hear(self, change: Change) -> None:
        """Read what a change touched; a change that names no households may be about any."""
        if not change.households or len(change.households | self._stale) > MOST_PATCHED:
            self.read_all()
        else:
            self._stale |= change.households
            self._patch()

    def _patch(self) -> None:
        if self._data is None or self._patching or not self._stale:
            return
        self._patching = True
        stale, self._stale = self._stale, frozenset()
        self._ask(read_some, self._context.memory, self._context.day, self._data, stale)

    def _ask(self, query: Callable[..., Data], *args: object) -> None:
        self._context.tasks.run_query(query, *args, done=self._take, ended=self._ended, key=(self, "rows"))

    def _take(self, data: Data) -> None:
        self._data = data
        self.read.emit(data)
        self._patch()

    def _ended(self) -> None:
        self._patching = False
