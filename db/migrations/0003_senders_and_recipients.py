"""Who sends lists and how they are read, what a list no longer names, and how recipients want theirs."""

from __future__ import annotations

from typing import Any

STATEMENTS = (
    """CREATE TABLE "sender" ("id" TEXT NOT NULL PRIMARY KEY,
       "name" TEXT NOT NULL,
       "note" TEXT NOT NULL)""",
    'CREATE UNIQUE INDEX "sender_name" ON "sender" ("name")',
    """CREATE TABLE "mapping" ("id" TEXT NOT NULL PRIMARY KEY,
       "sender_id" TEXT NOT NULL,
       "kind" TEXT NOT NULL,
       "header_key" TEXT NOT NULL,
       "headers" TEXT NOT NULL,
       "columns" TEXT NOT NULL,
       "options" TEXT,
       "used_at" TEXT NOT NULL, FOREIGN KEY ("sender_id") REFERENCES "sender" ("id") ON DELETE CASCADE)""",
    'CREATE INDEX "mapping_sender_id" ON "mapping" ("sender_id")',
    'CREATE INDEX "mapping_header_key" ON "mapping" ("header_key")',
    """CREATE TABLE "value_meaning" ("id" TEXT NOT NULL PRIMARY KEY,
       "sender_id" TEXT,
       "field" TEXT NOT NULL,
       "said" TEXT NOT NULL,
       "meaning" TEXT NOT NULL, FOREIGN KEY ("sender_id") REFERENCES "sender" ("id") ON DELETE SET NULL)""",
    'CREATE INDEX "value_meaning_sender_id" ON "value_meaning" ("sender_id")',
    """CREATE TABLE "missing" ("id" TEXT NOT NULL PRIMARY KEY,
       "batch_id" TEXT NOT NULL,
       "household_id" TEXT NOT NULL,
       "person_id" TEXT,
       "state" TEXT NOT NULL,
       "decided_at" TEXT,
       "decided_by" TEXT NOT NULL, FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE CASCADE)""",
    'CREATE INDEX "missing_batch_id" ON "missing" ("batch_id")',
    'CREATE INDEX "missing_household_id" ON "missing" ("household_id")',
    'CREATE INDEX "missing_state" ON "missing" ("state")',
    """CREATE TABLE "recipient" ("id" TEXT NOT NULL PRIMARY KEY,
       "name" TEXT NOT NULL,
       "kind" TEXT NOT NULL,
       "columns" TEXT NOT NULL,
       "options" TEXT)""",
    'CREATE UNIQUE INDEX "recipient_name_kind" ON "recipient" ("name", "kind")',
    'ALTER TABLE "printed" ADD COLUMN "about" TEXT',
    'ALTER TABLE "batch" ADD COLUMN "sender_id" TEXT',
    'ALTER TABLE "batch_line" ADD COLUMN "person_id" TEXT',
    'ALTER TABLE "pair" ADD COLUMN "batch_id" TEXT',
    'ALTER TABLE "pair" ADD COLUMN "parked_at" TEXT',
)


def up(migrator: Any, db: Any) -> None:
    for statement in STATEMENTS:
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:
    added = (
        ("pair", "parked_at"), ("pair", "batch_id"), ("batch_line", "person_id"), ("batch", "sender_id"),
        ("printed", "about"),
    )  # fmt: skip
    for table, column in added:
        db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN "{column}"')
    for table in ("recipient", "missing", "value_meaning", "mapping", "sender"):
        db.execute_sql(f'DROP TABLE "{table}"')
