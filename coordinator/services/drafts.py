"""Half-typed forms: each user's own, inside the encrypted file, until the form is saved or thrown away.

They are no part of the register yet: not journalled, not undone, not counted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from coordinator.domain.roles import Right
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import DraftRow


@dataclass(frozen=True, slots=True)
class Draft:
    """`kind` says which form, `fields` what stood in it (plain values that JSON can hold)."""

    id: str
    kind: str
    fields: Mapping[str, Any]
    saved_at: datetime


def new_draft_id() -> str:
    return new_id()


def keeps_drafts(session: Session) -> bool:
    """Not where the register can only be read, and not for one who may not write: such a form cannot be saved."""
    return session.read_only is None and session.may(Right.WRITE)


def drafts(session: Session) -> list[Draft]:
    """The half-typed forms of this user, the oldest first; none of anybody else's."""
    if not keeps_drafts(session):
        return []
    with session.reading() as db:
        rows = stores.drafts.where(db, user_id=session.user_id)
    return [Draft(row.id, row.kind, row.fields, row.saved_at) for row in sorted(rows, key=lambda row: row.saved_at)]


def keep_drafts(session: Session, typed: Collection[tuple[str, str, Mapping[str, Any]]], gone: Collection[str]) -> None:
    """Write the forms `typed` (id, kind, fields), forget those in `gone`: all of it or nothing.

    UserError as Session.act: why the register cannot be written now.
    """
    if not typed and not gone:
        return
    with session.beside_the_journal() as db:
        stores.drafts.remove(db, _mine(db, session, gone))
        for draft_id, kind, fields in typed:
            row = DraftRow(draft_id, session.user_id, kind, dict(fields), session.clock())
            if stores.drafts.get(db, draft_id) is None:
                stores.drafts.add(db, [row])
            else:
                stores.drafts.replace(db, row)


def _mine(db: Database, session: Session, ids: Collection[str]) -> list[str]:
    return [row.id for row in stores.drafts.where(db, user_id=session.user_id) if row.id in ids]
