"""Layouts, roads, drop-outs, crew words, confirmations; published counts and frozen reports; no two trips at once."""

from __future__ import annotations

from typing import Any

COLUMNS = {
    "vehicle": ('"space" INTEGER',),
    "driver": ('"most_minutes" INTEGER',),
    "trip": ('"pinned" INTEGER NOT NULL DEFAULT 0', "\"crew\" TEXT NOT NULL DEFAULT ''", '"departed_at" TEXT'),
    "stop": ('"pinned" INTEGER NOT NULL DEFAULT 0', "\"override_reason\" TEXT NOT NULL DEFAULT ''"),
    "printed": ('"content" TEXT', '"copies" INTEGER NOT NULL DEFAULT 1', '"returned_at" TEXT'),
    "action_scope": ('"trips" INTEGER NOT NULL DEFAULT 0',),
}

STATEMENTS = (
    """CREATE TABLE "vehicle_layout" ("id" TEXT NOT NULL PRIMARY KEY,
       "vehicle_id" TEXT NOT NULL,
       "position" INTEGER NOT NULL,
       "name" TEXT NOT NULL,
       "seats" INTEGER NOT NULL,
       "wheelchair" INTEGER NOT NULL,
       "stretcher" INTEGER NOT NULL,
       "space" INTEGER, FOREIGN KEY ("vehicle_id") REFERENCES "vehicle" ("id") ON DELETE CASCADE)""",
    'CREATE INDEX "vehicle_layout_vehicle_id" ON "vehicle_layout" ("vehicle_id")',
    """CREATE TABLE "road" ("id" TEXT NOT NULL PRIMARY KEY,
       "first_id" TEXT NOT NULL,
       "second_id" TEXT NOT NULL,
       "minutes" REAL,
       "km" REAL,
       "closed" INTEGER NOT NULL,
       "vehicle_id" TEXT,
       "from_on" TEXT,
       "until_on" TEXT,
       "source" TEXT NOT NULL, FOREIGN KEY ("vehicle_id") REFERENCES "vehicle" ("id") ON DELETE SET NULL)""",
    'CREATE INDEX "road_first_id" ON "road" ("first_id")',
    'CREATE INDEX "road_vehicle_id" ON "road" ("vehicle_id")',
    """CREATE TABLE "drop_out" ("id" TEXT NOT NULL PRIMARY KEY,
       "work_on" TEXT NOT NULL,
       "vehicle_id" TEXT,
       "driver_id" TEXT,
       "from_minute" INTEGER,
       "until_minute" INTEGER,
       "reason" TEXT NOT NULL,
       FOREIGN KEY ("vehicle_id") REFERENCES "vehicle" ("id") ON DELETE SET NULL,
       FOREIGN KEY ("driver_id") REFERENCES "driver" ("id") ON DELETE SET NULL)""",
    'CREATE INDEX "drop_out_work_on" ON "drop_out" ("work_on")',
    'CREATE INDEX "drop_out_vehicle_id" ON "drop_out" ("vehicle_id")',
    'CREATE INDEX "drop_out_driver_id" ON "drop_out" ("driver_id")',
    """CREATE TABLE "crew_word" ("id" TEXT NOT NULL PRIMARY KEY,
       "trip_id" TEXT NOT NULL,
       "kind" TEXT NOT NULL,
       "said_at" TEXT NOT NULL,
       "expected_back" INTEGER,
       "note" TEXT NOT NULL,
       "noted_by" TEXT NOT NULL, FOREIGN KEY ("trip_id") REFERENCES "trip" ("id") ON DELETE CASCADE)""",
    'CREATE INDEX "crew_word_trip_id" ON "crew_word" ("trip_id")',
    """CREATE TABLE "confirmation" ("id" TEXT NOT NULL PRIMARY KEY,
       "number" INTEGER NOT NULL,
       "household_id" TEXT NOT NULL,
       "content" TEXT NOT NULL,
       "code" TEXT NOT NULL,
       "issued_at" TEXT NOT NULL,
       "issued_by" TEXT NOT NULL, FOREIGN KEY ("household_id") REFERENCES "household" ("id") ON DELETE CASCADE)""",
    'CREATE UNIQUE INDEX "confirmation_number" ON "confirmation" ("number")',
    'CREATE INDEX "confirmation_household_id" ON "confirmation" ("household_id")',
    """CREATE TABLE "published_count" ("id" TEXT NOT NULL PRIMARY KEY,
       "as_of_on" TEXT NOT NULL,
       "scope" TEXT NOT NULL,
       "figures" TEXT NOT NULL,
       "source" TEXT NOT NULL,
       "published_at" TEXT,
       "entered_at" TEXT NOT NULL,
       "entered_by" TEXT NOT NULL,
       "note" TEXT NOT NULL)""",
    'CREATE INDEX "published_count_as_of_on" ON "published_count" ("as_of_on")',
    """CREATE TABLE "report" ("id" TEXT NOT NULL PRIMARY KEY,
       "number" INTEGER NOT NULL,
       "kind" TEXT NOT NULL,
       "work_on" TEXT NOT NULL,
       "content" TEXT NOT NULL,
       "definitions" TEXT NOT NULL,
       "frozen_at" TEXT NOT NULL,
       "frozen_by" TEXT NOT NULL,
       "sent_to" TEXT NOT NULL)""",
    'CREATE UNIQUE INDEX "report_number" ON "report" ("number")',
    'CREATE INDEX "report_work_on" ON "report" ("work_on")',
)

NO_TWO_AT_ONCE = (
    """CREATE TRIGGER trip_written_insert AFTER INSERT ON "trip" BEGIN UPDATE action_scope SET trips = 1; END""",
    """CREATE TRIGGER trip_written_update AFTER UPDATE ON "trip" BEGIN UPDATE action_scope SET trips = 1; END""",
    """CREATE TRIGGER trip_one_at_a_time BEFORE DELETE ON action_scope WHEN OLD.trips = 1
BEGIN
  SELECT RAISE(ABORT, 'trip.two_at_once') WHERE EXISTS (
    SELECT 1 FROM change_log c
    JOIN trip a ON a.id = c.row_id
    JOIN trip b ON b.work_on = a.work_on AND b.id <> a.id AND a.depart < b.back AND b.depart < a.back
    WHERE c.action_id = OLD.action_id AND +c."table" = 'trip'
      AND a.status IN ('planned', 'departed') AND b.status IN ('planned', 'departed')
      AND (a.vehicle_id = b.vehicle_id OR a.driver_id = b.driver_id)
      AND a.override_reason = '' AND b.override_reason = ''
      AND EXISTS (SELECT 1 FROM stop s WHERE s.trip_id = a.id AND s.freed = 0 AND s.result IN ('open', 'boarded'))
      AND EXISTS (SELECT 1 FROM stop s WHERE s.trip_id = b.id AND s.freed = 0 AND s.result IN ('open', 'boarded')));
END""",
)
"""Fault 77: asked at the end of each action, since replanning moves several trips one after the other. What somebody
overrode with a recorded reason stands, and a trip with nobody to fetch takes no time."""


def up(migrator: Any, db: Any) -> None:
    for table, columns in COLUMNS.items():
        for column in columns:
            db.execute_sql(f'ALTER TABLE "{table}" ADD COLUMN {column}')
    for statement in (*STATEMENTS, *NO_TWO_AT_ONCE):
        db.execute_sql(statement)


def down(migrator: Any, db: Any) -> None:
    for trigger in ("trip_one_at_a_time", "trip_written_update", "trip_written_insert"):
        db.execute_sql(f"DROP TRIGGER {trigger}")
    tables = ("report", "published_count", "confirmation", "crew_word", "drop_out", "road", "vehicle_layout")
    for table in tables:
        db.execute_sql(f'DROP TABLE "{table}"')
    for table, columns in COLUMNS.items():
        for column in reversed(columns):
            db.execute_sql(f'ALTER TABLE "{table}" DROP COLUMN {column.split()[0]}')
