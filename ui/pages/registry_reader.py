"""Reading the registry off the GUI thread: everything at first, later only the households that changed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from coordinator.domain.filtering import Kind, warm
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FIELDS
from coordinator.queries.registry_memory import RegistryMemory
from ui.pages.base import PageContext
from ui.pages.rows_reader import RowsReader
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


class RegistryReader(RowsReader):
    """See RowsReader."""

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(context, parent, context.memory, read_all, read_some)
