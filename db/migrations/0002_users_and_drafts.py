"""Users with roles, and half-typed forms."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE "user" ("id" TEXT NOT NULL PRIMARY KEY,
       "name" TEXT NOT NULL,
       "role" TEXT NOT NULL,
       "active" INTEGER NOT NULL)""",
    """CREATE TABLE "draft" ("id" TEXT NOT NULL PRIMARY KEY,
       "user_id" TEXT NOT NULL,
       "kind" TEXT NOT NULL,
       "fields" TEXT NOT NULL,
       "saved_at" TEXT NOT NULL)""",
    'CREATE INDEX "draft_user_id" ON "draft" ("user_id")',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:
    db.execute_sql('DROP TABLE "draft"')
    db.execute_sql('DROP TABLE "user"')
