"""A part of an action that may fail by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from db.connection import Database


@contextmanager
def step(database: Database) -> Iterator[None]:
    """A savepoint inside the transaction under way: an exception takes back the block's writes and goes on up."""
    database.execute_sql("SAVEPOINT step")
    try:
        yield
    except BaseException:
        # On a full disk SQLite has rolled the whole transaction back already.
        if database.connection().in_transaction:
            database.execute_sql("ROLLBACK TO step")
            database.execute_sql("RELEASE step")
        raise
    database.execute_sql("RELEASE step")
