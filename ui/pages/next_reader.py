"""Reading who is next off the GUI thread, with the reasons in the words of the day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject

from coordinator.queries.who_next import NextRow, who_next
from coordinator.session import Session
from ui.pages.base import PageContext
from ui.pages.rows_reader import RowsReader
from ui.tables.columns import TableData, prepare
from ui.tables.next_columns import columns_on
from ui.tables.patching import patched, rank_all

Data = TableData[NextRow]


def read_all(session: Session, day: date) -> Data:
    """All rows ready to show, every column ranked. Run it on the reader thread."""
    columns = columns_on(session.today())
    data = prepare(columns, who_next(session, day), _row_id, _search)
    rank_all(columns, data)
    return data


def read_some(session: Session, day: date, old: Data, household_ids: frozenset[str]) -> Data:
    """The old rows with these households, and what their place depends on, read anew."""
    fresh = who_next(session, day, household_ids)
    return patched(columns_on(session.today()), old, household_ids, fresh, _row_id, _search)


def next_reader(context: PageContext, parent: QObject) -> RowsReader:
    return RowsReader(context, parent, context.session, read_all, read_some)


def _row_id(row: NextRow) -> str:
    return row.id


def _search(row: NextRow) -> str:
    return row.search_text
