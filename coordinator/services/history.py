"""Undo and redo: an action taken back by the journal is itself a new action, and can be taken back again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.writing import refresh_keys
from coordinator.session import Session
from db import journal
from db.connection import Database
from db.errors import Clash
from db.rows import ActionRow

Choice = Callable[[list[ActionRow]], ActionRow | None]

NOT_UNDONE = frozenset({"create_register", "seed", "fill_training", "propose_pairs", "undo", "redo", "print", "export"})


@dataclass(frozen=True, slots=True)
class Undone:
    """Which action was taken back, and how many of its changes were kept since somebody changed them again."""

    label: str
    facts: dict[str, object]
    kept: int


def undo(session: Session) -> Outcome[Undone]:
    """Take back the last action that is not taken back yet; UserError "undo.nothing" where there is none."""
    return _take_back(session, "undo", _last_undoable)


def redo(session: Session) -> Outcome[Undone]:
    """Take back the last undo, unless something else was done since; UserError "redo.nothing"."""
    return _take_back(session, "redo", _last_redoable)


def undo_action(session: Session, action_id: str) -> Outcome[Undone]:
    """Take back one action by its id (a whole import, say)."""
    return _take_back(session, "undo", lambda rows: next((row for row in rows if row.id == action_id), None), 100_000)


def next_undo(db: Database) -> ActionRow | None:
    """What Ctrl+Z would take back now, for its name in the menu."""
    return _last_undoable(journal.actions(db))


def next_redo(db: Database) -> ActionRow | None:
    return _last_redoable(journal.actions(db))


def _take_back(session: Session, label: str, choose: Choice, limit: int = 500) -> Outcome[Undone]:
    with session.reading() as db:
        target = choose(journal.actions(db, limit))
    if target is None:
        raise UserError(f"{label}.nothing")
    facts = dict(target.facts or {})
    try:
        with session.act(label, of=target.id, what=target.label, facts=facts) as act:
            changed = journal.changes_of_action(act.db, target.id)
            kept = journal.take_back(act.db, target.id)
            refresh_keys(act.db, {change.row_id for change in changed if change.table == "household"})
            act.touch(Touched.EVERYTHING)
    except Clash as clash:
        raise UserError("undo.clash") from clash
    return act.outcome(Undone(target.label, facts, len(kept)))


def _last_undoable(rows: list[ActionRow]) -> ActionRow | None:
    """Newest first; a redo puts the action it brought back on the pile again."""
    taken: dict[str, int] = {}
    for row in rows:
        if row.label == "undo":
            taken.setdefault(row.facts["of"], 1)
        elif row.label == "redo":
            undone = next((u for u in rows if u.id == row.facts["of"]), None)
            if undone is not None:
                taken.setdefault(undone.facts["of"], 0)
        elif row.label not in NOT_UNDONE and not taken.get(row.id):
            return row
    return None


def _last_redoable(rows: list[ActionRow]) -> ActionRow | None:
    redone = {row.facts["of"] for row in rows if row.label == "redo"}
    for row in rows:
        if row.label == "undo" and row.id not in redone:
            return row
        if row.label not in ("undo", "redo", "print", "export"):
            return None
    return None
