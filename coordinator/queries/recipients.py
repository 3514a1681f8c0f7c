"""Who wants exports, and in which columns."""

from __future__ import annotations

from coordinator.domain.names import fold, sort_key
from coordinator.errors import UserError
from coordinator.exchange.wanted import ExportKind, Recipient
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import RecipientRow


def recipients(session: Session, kind: ExportKind | None = None) -> list[Recipient]:
    """The saved recipients of a kind (None: of all), by name."""
    with session.reading() as db:
        rows = stores.recipients.all(db) if kind is None else stores.recipients.where(db, kind=kind.value)
    found = [recipient_of(row) for row in rows]
    return sorted(found, key=lambda one: (sort_key(one.name), one.kind))


def recipient_named(session: Session, name: str, kind: ExportKind) -> Recipient:
    """UserError "recipient.unknown" with the names that there are."""
    known = recipients(session, kind)
    found = next((one for one in known if fold(one.name) == fold(name)), None)
    if found is None:
        raise UserError("recipient.unknown", name=name, known=", ".join(one.name for one in known) or "–")
    return found


def same_recipient(db: Database, name: str, kind: ExportKind) -> RecipientRow | None:
    """The row with this name, however it is spelt in case and apostrophes."""
    rows = stores.recipients.where(db, kind=kind.value)
    return next((row for row in rows if fold(row.name) == fold(name)), None)


def recipient_of(row: RecipientRow) -> Recipient:
    return Recipient.from_json(row.id, row.name, row.kind, row.columns, row.options)
