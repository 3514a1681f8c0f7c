"""Where each household stands: decisions in full, calls and visits, split families, shelling, requests, saved views."""

from __future__ import annotations

from typing import Any

COLUMNS = {
    "decision": (
        '"person_id" TEXT',
        '"form_signed" INTEGER NOT NULL DEFAULT 0',
        '"children_stay" INTEGER',
        '"holds_back" TEXT',
        "\"would_change\" TEXT NOT NULL DEFAULT ''",
    ),
    "household": (
        '"form_signed" INTEGER NOT NULL DEFAULT 0',
        '"children_stay" INTEGER',
        '"holds_back" TEXT',
        "\"would_change\" TEXT NOT NULL DEFAULT ''",
        '"spoke_at" TEXT',
        "\"spoke_by\" TEXT NOT NULL DEFAULT ''",
        '"again_at" TEXT',
        "\"again_by\" TEXT NOT NULL DEFAULT ''",
        '"split_from_id" TEXT',
    ),
    "person": (
        "\"decision\" TEXT NOT NULL DEFAULT ''",
        '"wants_on" TEXT',
        "\"refusal_reason\" TEXT NOT NULL DEFAULT ''",
        '"carer_id" TEXT',
    ),
    "incident": (
        "\"house\" TEXT NOT NULL DEFAULT ''",
        "\"note\" TEXT NOT NULL DEFAULT ''",
        '"recorded_at" TEXT',
        "\"recorded_by\" TEXT NOT NULL DEFAULT ''",
    ),
}

STATEMENTS = (
    """CREATE TABLE "attempt" ("id" TEXT NOT NULL PRIMARY KEY,
       "household_id" TEXT NOT NULL,
       "person_id" TEXT,
       "kind" TEXT NOT NULL,
       "outcome" TEXT NOT NULL,
       "phone" TEXT NOT NULL,
       "done_at" TEXT NOT NULL,
       "done_by" TEXT NOT NULL,
       "note" TEXT NOT NULL,
       "again_at" TEXT,
       "again_by" TEXT NOT NULL, FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE CASCADE)""",
    'CREATE INDEX "attempt_household_id" ON "attempt" ("household_id")',
    'CREATE INDEX "attempt_done_at" ON "attempt" ("done_at")',
    """CREATE TABLE "street_link" ("id" TEXT NOT NULL PRIMARY KEY,
       "settlement_id" TEXT NOT NULL,
       "first" TEXT NOT NULL,
       "second" TEXT NOT NULL, FOREIGN KEY ("settlement_id") REFERENCES "settlement" ("id") ON DELETE CASCADE)""",
    'CREATE INDEX "street_link_settlement_id" ON "street_link" ("settlement_id")',
    """CREATE TABLE "request" ("id" TEXT NOT NULL PRIMARY KEY,
       "number" INTEGER NOT NULL,
       "household_id" TEXT NOT NULL,
       "organisation" TEXT NOT NULL,
       "reference" TEXT NOT NULL,
       "channel" TEXT NOT NULL,
       "requested_at" TEXT,
       "recorded_at" TEXT NOT NULL,
       "recorded_by" TEXT NOT NULL,
       "note" TEXT NOT NULL, FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE CASCADE)""",
    'CREATE UNIQUE INDEX "request_number" ON "request" ("number")',
    'CREATE INDEX "request_household_id" ON "request" ("household_id")',
    'CREATE INDEX "request_reference" ON "request" ("reference")',
    """CREATE TABLE "saved_view" ("id" TEXT NOT NULL PRIMARY KEY,
       "page" TEXT NOT NULL,
       "name" TEXT NOT NULL,
       "state" TEXT NOT NULL,
       "pinned" INTEGER NOT NULL,
       "position" INTEGER NOT NULL,
       "made_by" TEXT NOT NULL)""",
    'CREATE INDEX "household_again_at" ON "household" ("again_at")',
    'CREATE INDEX "household_split_from_id" ON "household" ("split_from_id")',
)


def up(migrator: Any, db: Any) -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    for statement in STATEMENTS:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:
    for index in ("household_again_at", "household_split_from_id"):
        db.execute_sql(f'DROP INDEX "{index}"')
    for table in ("saved_view", "request", "street_link", "attempt"):
        db.execute_sql(f'DROP TABLE "{table}"')
    for table, columns in COLUMNS.items():
        for column in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN {column.split()[0]}')
