"""Bringing a database to the newest schema with the numbered scripts of db/migrations."""

from __future__ import annotations

from pathlib import Path

from playhouse.migrations import Runner

from db import journal
from db.connection import Database
from db.errors import StorageError

FOLDER = Path(__file__).parent / "migrations"


def migrate(database: Database) -> list[str]:
    """Apply what is missing, all in one transaction; returns the names of the scripts applied."""
    with database.atomic():
        applied = list(Runner(database, str(FOLDER)).up())
        if applied:
            journal.install(database)
    return applied


def pending(database: Database) -> list[str]:
    return [m.name for m in Runner(database, str(FOLDER)).status() if not m.applied]


def refuse_newer(database: Database, folder: Path) -> None:
    """A file made by a newer program has scripts that we do not: refused rather than half understood."""
    if any(m.path is None for m in Runner(database, str(FOLDER)).status()):
        raise StorageError("register.newer", path=str(folder))
