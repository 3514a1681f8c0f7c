"""Published counts as the register keeps them."""

from __future__ import annotations

from coordinator.domain.published import Jump, Published, Told, in_force, jumps
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import PublishedCountRow

_KNOWN = {figure.value: figure for figure in Told}


def published_of(row: PublishedCountRow) -> Published:
    """Figures of a newer program that this one does not know are left out."""
    figures = {_KNOWN[key]: int(value) for key, value in row.figures.items() if key in _KNOWN}
    return Published(
        row.id, row.as_of_on, row.source, figures, row.published_at, row.scope, row.note, row.entered_at,
        row.entered_by,
    )  # fmt: skip


def all_published(db: Database) -> list[Published]:
    return [published_of(row) for row in stores.published_counts.all(db)]


def published(session: Session) -> list[Published]:
    """All of them, the newest day first; of one day what was published last."""
    with session.reading() as db:
        found = all_published(db)
    return sorted(found, key=lambda one: (one.day, one.entered_at, one.id), reverse=True)


def published_series(session: Session) -> tuple[list[Published], list[Jump]]:
    """What is in force, by day, for the chart; and where a total was corrected backwards."""
    with session.reading() as db:
        found = all_published(db)
    return in_force(found), jumps(found)
