"""Reading the rows of a large table off the GUI thread: all at first, later only the households that changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from coordinator.outcome import Change
from coordinator.queries.registry_memory import MOST_PATCHED
from ui.pages.base import PageContext
from ui.tables.columns import TableData

Whole = Callable[..., TableData[Any]]
"""(source, day) -> all rows."""
Some = Callable[..., TableData[Any]]
"""(source, day, old rows, household ids) -> the old rows with these households read anew."""


class RowsReader(QObject):
    """`read(TableData)` when rows are ready. Changes that come while reading are gathered and read next.

    `source`: what is asked, the session or what remembers for it.
    """

    read = Signal(object)

    def __init__(self, context: PageContext, parent: QObject, source: object, whole: Whole, some: Some) -> None:
        super().__init__(parent)
        self._context, self._source, self._whole, self._some = context, source, whole, some
        self._data: TableData[Any] | None = None
        self._stale: frozenset[str] = frozenset()
        self._patching = False
        self.patched = False
        """Of the rows read last only some are new; the others stand where they stood."""

    def read_all(self) -> None:
        """Everything anew, for the working date of the moment."""
        self._data, self._stale = None, frozenset()
        self._ask(False, self._whole, self._source, self._context.day)

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
        self._ask(True, self._some, self._source, self._context.day, self._data, stale)

    def _ask(self, patched: bool, query: Callable[..., TableData[Any]], *args: object) -> None:
        take = partial(self._take, patched)
        self._context.tasks.run_query(query, *args, done=take, ended=self._ended, key=(self, "rows"))

    def _take(self, patched: bool, data: TableData[Any]) -> None:
        self._data, self.patched = data, patched
        self.read.emit(data)
        self._patch()

    def _ended(self) -> None:
        self._patching = False
