"""New rows of a large import are logged together; of a new row the log leaves out what is empty or derived."""

from __future__ import annotations

from typing import Any


def up(migrator: Any, db: Any) -> None:
    db.execute_sql('ALTER TABLE "action_scope" ADD COLUMN "in_bulk" TEXT')


def down(migrator: Any, db: Any) -> None:
    # The triggers read the column; migrating up again makes them anew.
    ours = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'"
    for (name,) in db.execute_sql(ours).fetchall():
        db.execute_sql(f'DROP TRIGGER "{name}"')
    db.execute_sql('ALTER TABLE "action_scope" DROP COLUMN "in_bulk"')
