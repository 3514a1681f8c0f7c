"""Undo and redo: an action taken back by the journal is itself a new action, and can be taken back again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordinator.domain.roles import Right
from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.writing import refresh_keys
from coordinator.session import Session
from coordinator.settings import OPTIONS, RETENTION_DAYS, RETENTION_NAMES, SECOND_PLACE
from db import undo as undoing
from db.connection import Database
from db.errors import Clash
from db.rows import ActionRow

Progress = Callable[[float], bool]
"""Hears the share done, 0 to 1; answers False to stop, and nothing is written then."""

_USERS = (
    "add_user", "remove_user", "set_role", "rename_user", "change_passphrase", "reset_passphrase", "recovery_code",
    "recover", "first_user",
)  # fmt: skip
_BEGINNING = ("create_register", "seed", "fill_training", "propose_pairs")
_FINAL = ("anonymise", "overwrite", "erase", "restore", "salvage", "make_copy")

REFUSED: Mapping[str, str] = {
    "print": "undo.went_out",
    "export": "undo.went_out",
    "undo": "undo.is_undo",
    "redo": "undo.is_redo",
    **dict.fromkeys(_USERS, "undo.users"),
    **dict.fromkeys(_BEGINNING, "undo.beginning"),
    **dict.fromkeys(_FINAL, "undo.final"),
}
"""Labels of actions that are not undone -> the code of the reason."""

NOT_UNDONE = frozenset(REFUSED)
NOT_IN_THE_WAY = frozenset({"undo", "redo", "print", "export", "make_copy", *_USERS})
"""What may have been done since an undo that is done again."""


@dataclass(frozen=True, slots=True)
class Target:
    """An action by its id, label and facts, as resources.messages words them."""

    label: str
    facts: dict[str, object]
    action_id: str = ""


@dataclass(frozen=True, slots=True)
class Undone:
    """Which action was taken back, and what of it was kept since somebody changed it or built on it.

    `kept` counts rows and changes, `households` are the numbers of the households among them; the undo itself
    (`action_id`) keeps both in its facts.
    """

    label: str
    facts: dict[str, object]
    kept: int
    households: tuple[int, ...] = ()
    action_id: str = ""


def undo(session: Session, progress: Progress | None = None) -> Outcome[Undone]:
    """Take back the last action that is not taken back yet; UserError "undo.nothing" where there is none."""
    return _take_back(session, "undo", _last_undoable, progress)


def redo(session: Session, progress: Progress | None = None) -> Outcome[Undone]:
    """Take back the last undo, unless something else was done since; UserError "redo.nothing"."""
    return _take_back(session, "redo", _last_undone, progress)


def undo_action(session: Session, action_id: str, progress: Progress | None = None) -> Outcome[Undone]:
    """Take back one action by its id (a whole import, say).

    UserError "undo.done" where it is taken back already, "undo.gone", and why its kind is not undone (REFUSED).
    """
    return _take_back(session, "undo", lambda db: _undoable(db, action_id), progress)


def redo_action(session: Session, undo_id: str, progress: Progress | None = None) -> Outcome[Undone]:
    """Do again what one undo, by its id, took back. UserError "redo.done", "undo.gone"."""
    return _take_back(session, "redo", lambda db: _redoable(db, undo_id), progress)


def next_undo(session: Session) -> Target | None:
    """What `undo` would take back now, to name it beforehand."""
    with session.reading() as db:
        return _target(_last_undoable(db))


def next_redo(session: Session) -> Target | None:
    """The action that `redo` would do again now."""
    with session.reading() as db:
        return _target(_last_undone(db))


def next_both(session: Session) -> tuple[Target | None, Target | None]:
    """`next_undo` and `next_redo` of one moment."""
    with session.reading():
        return next_undo(session), next_redo(session)


def original(label: str, facts: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """The action behind an undo or a redo of it: its label and facts."""
    while label in ("undo", "redo") and "what" in facts:
        within = facts.get("facts")
        label, facts = str(facts["what"]), within if isinstance(within, dict) else {}
    return label, dict(facts)


def _target(row: ActionRow | None) -> Target | None:
    return None if row is None else Target(*original(row.label, row.facts or {}), row.id)


def _take_back(
    session: Session, label: str, choose: Callable[[Database], ActionRow | None], progress: Progress | None
) -> Outcome[Undone]:
    # Chosen inside the action: two sessions must not take the same one back.
    try:
        with session.act(label) as act:
            row = choose(act.db)
            if row is None:
                raise UserError(f"{label}.nothing")
            what, facts = original(row.label, row.facts or {})
            session.require(_right_of(what, facts))
            taken = undoing.take_back(act.db, row.id, _ticker(progress))
            refresh_keys(act.db, taken.households)
            numbers = undoing.households_of(act.db, taken.kept)
            act.describe(of=row.id, what=what, facts=facts, kept=len(taken.kept), households=numbers)
            act.touch(Touched.EVERYTHING)
    except Clash as clash:
        raise UserError("undo.clash") from clash
    return act.outcome(Undone(what, facts, len(taken.kept), tuple(numbers), act.id))


def _right_of(label: str, facts: Mapping[str, object]) -> Right:
    """A setting is taken back only by those who may set it."""
    if label != "change_setting":
        return Right.WRITE
    options = (*OPTIONS, SECOND_PLACE, RETENTION_DAYS, RETENTION_NAMES)
    return next((option.right for option in options if option.key == facts.get("key")), Right.WRITE)


def _ticker(progress: Progress | None) -> undoing.Tick:
    def tick(part: float) -> None:
        if progress is not None and not progress(part):
            raise Cancelled

    return tick


def _last_undoable(db: Database) -> ActionRow | None:
    return undoing.last_standing(db, NOT_UNDONE)


def _last_undone(db: Database) -> ActionRow | None:
    return undoing.last_taken_back(db, NOT_IN_THE_WAY)


def _undoable(db: Database, action_id: str) -> ActionRow:
    found = undoing.action(db, action_id)
    if found is None:
        raise UserError("undo.gone")
    if found.label in REFUSED:
        raise UserError(REFUSED[found.label])
    if undoing.is_taken_back(db, action_id):
        raise UserError("undo.done")
    return found


def _redoable(db: Database, undo_id: str) -> ActionRow:
    found = undoing.action(db, undo_id)
    if found is None or found.label != "undo":
        raise UserError("undo.gone")
    if undoing.is_taken_back(db, undo_id):
        raise UserError("redo.done")
    return found
