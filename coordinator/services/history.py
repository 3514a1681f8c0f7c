"""Undo and redo: an action taken back by the journal is itself a new action, and can be taken back again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.writing import refresh_keys
from coordinator.session import Session
from db import journal
from db import undo as undoing
from db.connection import Database
from db.errors import Clash
from db.rows import ActionRow

NOT_UNDONE = frozenset({"create_register", "seed", "fill_training", "propose_pairs", "undo", "redo", "print", "export"})
NOT_IN_THE_WAY = frozenset({"undo", "redo", "print", "export"})
"""What may have been done since an undo that is done again."""


@dataclass(frozen=True, slots=True)
class Target:
    """An action by its label and facts, as resources.messages words them."""

    label: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Undone:
    """Which action was taken back, and what of it was kept since somebody changed it or built on it.

    `kept` counts rows and changes, `households` are the numbers of the households among them.
    """

    label: str
    facts: dict[str, object]
    kept: int
    households: tuple[int, ...] = ()


def undo(session: Session) -> Outcome[Undone]:
    """Take back the last action that is not taken back yet; UserError "undo.nothing" where there is none."""
    return _take_back(session, "undo", _last_undoable)


def redo(session: Session) -> Outcome[Undone]:
    """Take back the last undo, unless something else was done since; UserError "redo.nothing"."""
    return _take_back(session, "redo", lambda db: undoing.last_taken_back(db, NOT_IN_THE_WAY))


def undo_action(session: Session, action_id: str) -> Outcome[Undone]:
    """Take back one action by its id (a whole import, say); UserError "undo.done" where it is taken back already."""
    return _take_back(session, "undo", lambda db: _undoable(db, action_id))


def next_undo(session: Session) -> Target | None:
    """What `undo` would take back now, to name it beforehand."""
    with session.reading() as db:
        found = _last_undoable(db)
    return None if found is None else Target(found.label, dict(found.facts or {}))


def _take_back(session: Session, label: str, choose: Callable[[Database], ActionRow | None]) -> Outcome[Undone]:
    # Chosen inside the action: two sessions must not take the same one back.
    try:
        with session.act(label) as act:
            target = choose(act.db)
            if target is None:
                raise UserError(f"{label}.nothing")
            facts = dict(target.facts or {})
            act.describe(of=target.id, what=target.label, facts=facts)
            changed = journal.changes_of_action(act.db, target.id)
            kept = undoing.take_back(act.db, target.id)
            refresh_keys(act.db, {change.row_id for change in changed if change.table == "household"})
            households = undoing.households_of(act.db, kept)
            act.touch(Touched.EVERYTHING)
    except Clash as clash:
        raise UserError("undo.clash") from clash
    return act.outcome(Undone(target.label, facts, len(kept), tuple(households)))


def _last_undoable(db: Database) -> ActionRow | None:
    return undoing.last_standing(db, NOT_UNDONE)


def _undoable(db: Database, action_id: str) -> ActionRow | None:
    if undoing.is_taken_back(db, action_id):
        raise UserError("undo.done")
    return undoing.action(db, action_id)
