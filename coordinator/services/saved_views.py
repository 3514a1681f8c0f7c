"""Verbs on saved views of the registry. Everybody who works with the register shares them."""

from __future__ import annotations

from coordinator.domain.names import clean, fold
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.saved_views import REGISTRY, Look, state_of
from coordinator.session import Act, Session
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import SavedViewRow

LONGEST_NAME = 60


def save_view(session: Session, name: str, look: Look, *, pinned: bool = False) -> Outcome[str]:
    """Keep a view under a new name, behind the others; returns its id.

    UserError "view.no_name", "view.long_name", "view.name_taken".
    """
    name = _checked(name)
    with session.act("save_view", name=name) as act:
        others = _views(act.db)
        _not_taken(others, name)
        position = 1 + max((row.position for row in others), default=0)
        row = SavedViewRow(new_id(), REGISTRY, name, state_of(look), pinned, position, act.user)
        stores.saved_views.add(act.db, [row])
        act.touch(Touched.VIEWS)
    return act.outcome(row.id)


def change_view(session: Session, view_id: str, look: Look) -> Outcome[None]:
    """Let a view show something else from now on. UserError "view.gone"."""
    with session.act("change_view") as act:
        _change(act, view_id, state=state_of(look))
    return act.outcome(None)


def rename_view(session: Session, view_id: str, name: str) -> Outcome[None]:
    """UserError "view.gone", and those of `save_view`."""
    name = _checked(name)
    with session.act("rename_view") as act:
        others = [row for row in _views(act.db) if row.id != view_id]
        _not_taken(others, name)
        row = _change(act, view_id, name=name)
        act.describe(old=row.name, name=name)
    return act.outcome(None)


def pin_view(session: Session, view_id: str, pinned: bool) -> Outcome[None]:
    """Show a view with its count on the first page, or no longer. UserError "view.gone"."""
    with session.act("pin_view" if pinned else "unpin_view") as act:
        _change(act, view_id, pinned=pinned)
    return act.outcome(None)


def move_view(session: Session, view_id: str, step: int) -> Outcome[None]:
    """Move a view by so many places among the others; beyond the ends it stays there. UserError "view.gone"."""
    with session.act("move_view") as act:
        views = _views(act.db)
        row = next((view for view in views if view.id == view_id), None)
        if row is None:
            raise UserError("view.gone")
        act.describe(name=row.name)
        at = views.index(row)
        views.insert(max(0, min(len(views) - 1, at + step)), views.pop(at))
        for position, view in enumerate(views, start=1):
            if view.position != position:
                stores.saved_views.change(act.db, view.id, position=position)
        act.touch(Touched.VIEWS)
    return act.outcome(None)


def remove_view(session: Session, view_id: str) -> Outcome[None]:
    """Delete a view; no household is touched. UserError "view.gone"."""
    with session.act("remove_view") as act:
        act.describe(name=_view(act.db, view_id).name)
        stores.saved_views.remove(act.db, [view_id])
        act.touch(Touched.VIEWS)
    return act.outcome(None)


def _change(act: Act, view_id: str, **values: object) -> SavedViewRow:
    """Write into a view; returns it as it was."""
    row = _view(act.db, view_id)
    act.describe(name=row.name)
    stores.saved_views.change(act.db, view_id, **values)
    act.touch(Touched.VIEWS)
    return row


def _views(db: Database) -> list[SavedViewRow]:
    return sorted(stores.saved_views.where(db, page=REGISTRY), key=lambda row: (row.position, row.id))


def _view(db: Database, view_id: str) -> SavedViewRow:
    row = stores.saved_views.get(db, view_id)
    if row is None:
        raise UserError("view.gone")
    return row


def _checked(name: str) -> str:
    name = clean(name)
    if not name:
        raise UserError("view.no_name")
    if len(name) > LONGEST_NAME:
        raise UserError("view.long_name", most=LONGEST_NAME)
    return name


def _not_taken(others: list[SavedViewRow], name: str) -> None:
    if any(fold(row.name) == fold(name) for row in others):
        raise UserError("view.name_taken", name=name)
