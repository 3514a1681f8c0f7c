"""A report that was sent stays as it was sent, whatever code writes: neither changed, replaced nor removed."""

from __future__ import annotations

from typing import Any

KEPT = ("id", "number", "kind", "work_on", "content", "definitions", "frozen_at", "frozen_by")
_REFUSED = "BEGIN SELECT RAISE(ABORT, 'report.frozen'); END"
_DIFFERS = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in KEPT)

TRIGGERS = {
    # REPLACE removes a row without asking those who guard removing.
    "report_stays_insert": f"""BEFORE INSERT ON "report"
       WHEN EXISTS (SELECT 1 FROM "report" WHERE "id" = NEW."id" OR "number" = NEW."number") {_REFUSED}""",
    "report_stays_update": f"""BEFORE UPDATE ON "report"
       WHEN {_DIFFERS} OR (NEW."sent_to" IS NOT OLD."sent_to" AND NEW."sent_to" <> '') {_REFUSED}""",
    "report_stays_delete": f'BEFORE DELETE ON "report" {_REFUSED}',
}
"""To whom it was sent can name a person, so that may be emptied. A register that is destroyed goes as a whole file."""


def up(migrator: Any, db: Any) -> None:
    for name, when in TRIGGERS.items():
        db.execute_sql(f"CREATE TRIGGER {name} {when}")


def down(migrator: Any, db: Any) -> None:
    for name in TRIGGERS:
        db.execute_sql(f"DROP TRIGGER {name}")
