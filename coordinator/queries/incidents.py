"""Shelling incidents as the pages list them, and ready to be compared with addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coordinator.domain.addresses import street_key
from coordinator.domain.shelling import Hit, Incident, Severity, Shelled, hits_of, houses_named
from coordinator.queries.streets import links_by_settlement
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import IncidentRow


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident with the name of its settlement, and who wrote it down when."""

    incident: Incident
    settlement: str
    recorded_at: datetime | None
    recorded_by: str

    @property
    def id(self) -> str:
        return self.incident.id or ""

    @property
    def hits(self) -> int:
        return hits_of(self.incident.houses_hit, self.incident.house)


def incidents(session: Session) -> list[IncidentLine]:
    """All incidents, the newest first."""
    with session.reading() as db:
        names = {row.id: row.name for row in stores.settlements.all(db)}
        rows = stores.incidents.all(db)
    rows.sort(key=lambda row: (row.occurred_at, row.id), reverse=True)
    return [
        IncidentLine(_incident(row), names.get(row.settlement_id, ""), row.recorded_at, row.recorded_by) for row in rows
    ]


def shelled_since(db: Database, since: datetime, until: datetime) -> Shelled:
    """What was hit after `since` and not after `until`, with the streets that lie next to each other."""
    return Shelled(hits_since(db, since, until), links_by_settlement(db))


def hits_since(db: Database, since: datetime, until: datetime) -> dict[str, list[Hit]]:
    """Settlement id -> what fell there after `since` and not after `until`."""
    hits: dict[str, list[Hit]] = {}
    for row in stores.incidents.all(db):
        if since < row.occurred_at <= until:
            hits.setdefault(row.settlement_id, []).append(hit_of(row))
    return hits


def hit_of(row: IncidentRow) -> Hit:
    count = hits_of(row.houses_hit, row.house)
    key, severity = street_key(row.street), Severity(row.severity)
    return Hit(key, row.street, row.occurred_at, severity, count, houses_named(row.house))


def _incident(row: IncidentRow) -> Incident:
    return Incident(
        row.id, row.settlement_id, row.street, row.occurred_at, Severity(row.severity), row.houses_hit, row.house,
        row.source, row.note,
    )  # fmt: skip
