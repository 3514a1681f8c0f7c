"""Undo and redo: an action taken back by the journal is itself a new action, and can be taken back again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coordinator.domain.roles import Right
from coordinator.errors import Cancelled, UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.problem import Rules, rules_of
from coordinator.services.households import make_head
from coordinator.services.undo_rules import RulesAskedAgain, two_lists
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from coordinator.settings import DECLARED
from db import stores
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
    "freeze_report": "undo.report_frozen",
    "issue_confirmation": "undo.confirmation",
    "undo": "undo.is_undo",
    "redo": "undo.is_redo",
    **dict.fromkeys(_USERS, "undo.users"),
    **dict.fromkeys(_BEGINNING, "undo.beginning"),
    **dict.fromkeys(_FINAL, "undo.final"),
}
"""Labels of actions that are not undone -> the code of the reason."""

NOT_UNDONE = frozenset(REFUSED)
NOT_IN_THE_WAY = frozenset(
    {"undo", "redo", "print", "export", "freeze_report", "issue_confirmation", "make_copy", *_USERS}
)
"""What may have been done since an undo that is done again."""
_NO_WORK = NOT_IN_THE_WAY - {"undo", "redo"}


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
    (`action_id`) keeps both in its facts. `overloaded`: lists that have more people than places now.
    """

    label: str
    facts: dict[str, object]
    kept: int
    households: tuple[int, ...] = ()
    action_id: str = ""
    overloaded: tuple[str, ...] = ()


def undo(session: Session, progress: Progress | None = None) -> Outcome[Undone]:
    """Take back the last action that is not taken back yet; one that this role may not take back is passed over.

    UserError "undo.nothing" where there is none, and those of `undo_action` where it would break a rule.
    """
    return _take_back(session, "undo", lambda db: _last_undoable(session, db), progress)


def redo(session: Session, progress: Progress | None = None) -> Outcome[Undone]:
    """Take back the last undo, unless something else was done since; UserError "redo.nothing", and as `undo`."""
    return _take_back(session, "redo", lambda db: _last_undone(session, db), progress)


def undo_action(session: Session, action_id: str, progress: Progress | None = None) -> Outcome[Undone]:
    """Take back one action by its id (a whole import, say).

    UserError "undo.done" where it is taken back already, "undo.gone", and why its kind is not undone (REFUSED).
    Where later work stands in the way nothing is changed: "undo.vehicle_busy", "undo.driver_busy", "undo.two_lists",
    "undo.left_twice", "undo.not_left", "undo.clash".
    """
    return _take_back(session, "undo", lambda db: _undoable(db, action_id), progress)


def redo_action(session: Session, undo_id: str, progress: Progress | None = None) -> Outcome[Undone]:
    """Do again what one undo, by its id, took back. UserError "redo.done", "undo.gone"."""
    return _take_back(session, "redo", lambda db: _redoable(db, undo_id), progress)


def next_undo(session: Session) -> Target | None:
    """What `undo` would take back now, to name it beforehand."""
    with session.reading() as db:
        return _target(_last_undoable(session, db))


def next_redo(session: Session) -> Target | None:
    """The action that `redo` would do again now."""
    with session.reading() as db:
        return _target(_last_undone(session, db))


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
    rules, row = rules_of(session), None
    try:
        with session.act(label) as act:
            row = choose(act.db)
            if row is None:
                raise UserError(f"{label}.nothing")
            what, facts = original(row.label, row.facts or {})
            session.require(right_of(what, facts))
            undone = _write_back(act, row, rules, _ticker(progress))
            act.describe(of=row.id, what=what, facts=facts, kept=undone.kept, households=list(undone.households))
            act.touch(Touched.EVERYTHING)
    except Clash as clash:
        raise (row and _two_lists(session, row, clash)) or UserError("undo.clash") from clash
    return act.outcome(undone)


def _two_lists(session: Session, row: ActionRow, clash: Exception) -> UserError | None:
    if "stop." not in str(clash):
        return None
    with session.reading() as db:
        return two_lists(db, row.id)


def _write_back(act: Act, row: ActionRow, rules: Rules, tick: undoing.Tick) -> Undone:
    what, facts = original(row.label, row.facts or {})
    again = None if undoing.returns_to(act.db, row.id, _NO_WORK) else RulesAskedAgain(act.db, row.id, rules)
    taken = undoing.take_back(act.db, row.id, tick)
    overloaded = again.judge() if again else ()
    for table, household_id, column in sorted(taken.lost):
        if (table, column) == ("household", "head_id"):
            _stays_head(act, household_id)
    refresh_keys(act.db, taken.households)
    numbers = undoing.households_of(act.db, taken.kept)
    return Undone(what, facts, len(taken.kept), tuple(numbers), act.id, overloaded)


def _stays_head(act: Act, household_id: str) -> None:
    """The head before is gone, so that the one of now stays it, in the list of people too."""
    row = stores.households.get(act.db, household_id)
    if row is not None and row.head_id:
        make_head(act, row, row.head_id)


def right_of(label: str, facts: Mapping[str, object]) -> Right:
    """The right that undoing an action, or doing it again, needs: a setting goes back only by who may set it."""
    label, facts = original(label, facts)
    if label != "change_setting":
        return Right.WRITE
    return next((option.right for option in DECLARED if option.key == facts.get("key")), Right.WRITE)


def _ticker(progress: Progress | None) -> undoing.Tick:
    def tick(part: float) -> None:
        if progress is not None and not progress(part):
            raise Cancelled

    return tick


def _last_undoable(session: Session, db: Database) -> ActionRow | None:
    return undoing.last_standing(db, NOT_UNDONE, lambda row: _may_take_back(session, row))


def _last_undone(session: Session, db: Database) -> ActionRow | None:
    return undoing.last_taken_back(db, NOT_IN_THE_WAY, lambda row: _may_take_back(session, row))


def _may_take_back(session: Session, row: ActionRow) -> bool:
    """Whether this role may, as far as it may write at all."""
    right = right_of(row.label, row.facts or {})
    return right is Right.WRITE or session.may(right)


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
