"""Bringing a database to the newest schema with the numbered scripts of db/migrations."""

from __future__ import annotations

from pathlib import Path

from playhouse.migrations import Runner

from db import journal
from db.connection import Database

FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing, all in one transaction; returns the names of the scripts applied.

    The write lock is taken first: two programs that open an old register together migrate it once.
    """
    with database.atomic("IMMEDIATE"):
        applied = list(Runner(database, str(folder)).up())
        if applied:
            journal.install(database)
    return applied


def pending(database: Database, folder: Path = FOLDER) -> list[str]:
    return [m.name for m in Runner(database, str(folder)).status() if not m.applied]


def is_newer(database: Database, folder: Path = FOLDER) -> bool:
    """A file made by a newer program has scripts that we do not: it is not written to."""
    return any(m.path is None for m in Runner(database, str(folder)).status())
