"""Saving how a recipient wants an export, and forgetting it."""

from __future__ import annotations

from dataclasses import replace

from coordinator.domain.names import clean
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.exchange.wanted import Recipient
from coordinator.outcome import Outcome, Touched
from coordinator.queries.export_content import columns_of
from coordinator.queries.recipients import same_recipient
from coordinator.session import Session
from db import stores
from db.ids import new_id
from db.rows import RecipientRow


def save_recipient(session: Session, recipient: Recipient) -> Outcome[Recipient]:
    """Save a new one, or what changed of one with an id. Returns it with its id.

    UserError "recipient.no_name", "recipient.taken" (another one of the kind has the name), "export.column_unknown".
    """
    name = clean(recipient.name)
    if not name:
        raise UserError("recipient.no_name")
    known = [column.key for column in columns_of(recipient.kind)]
    for column in recipient.columns:
        if column.key not in known:
            raise UserError("export.column_unknown", key=column.key, known=", ".join(known))
    with session.act("save_recipient", right=Right.WRITE, name=name) as act:
        same = same_recipient(act.db, name, recipient.kind)
        if same is not None and same.id != recipient.id:
            raise UserError("recipient.taken", name=same.name)
        row = RecipientRow(
            recipient.id or new_id(), name, recipient.kind.value, recipient.columns_json(), recipient.options_json()
        )
        if recipient.id is None:
            stores.recipients.add(act.db, [row])
        elif stores.recipients.get(act.db, recipient.id) is None:
            raise UserError("recipient.gone", name=name)
        else:
            stores.recipients.replace(act.db, row)
        act.touch(Touched.SETTINGS)
    return act.outcome(replace(recipient, id=row.id, name=name))


def remove_recipient(session: Session, recipient_id: str) -> Outcome[None]:
    """Forget a recipient; what went to them stays in the log. UserError "recipient.gone"."""
    with session.act("remove_recipient", right=Right.WRITE) as act:
        row = stores.recipients.get(act.db, recipient_id)
        if row is None:
            raise UserError("recipient.gone", name="")
        stores.recipients.remove(act.db, [recipient_id])
        act.describe(name=row.name)
        act.touch(Touched.SETTINGS)
    return act.outcome(None)
