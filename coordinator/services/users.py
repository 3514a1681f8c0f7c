"""Who may open the register: users, their roles and passphrases, and the recovery code.

Rows say who somebody is, slots of the key file let them in. Both change in one action; the slot is written last,
whole or not at all, so that a power cut leaves the old passphrase or the new one. The data are never encrypted anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.names import fold
from coordinator.domain.roles import Right, Role
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.patience import begin_try
from coordinator.recovery_code import new_code
from coordinator.register import check_passphrase
from coordinator.session import Act, Session, told
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import UserRow


@dataclass(frozen=True, slots=True)
class UserLine:
    """One user. `has_key`: has a passphrase; `is_me`: opened this session."""

    id: str
    name: str
    role: Role
    has_key: bool
    is_me: bool


def users(session: Session) -> list[UserLine]:
    """All who were not removed, by name."""
    with told():
        owners = session.keyring.owners()
    with session.reading() as db:
        rows = [row for row in stores.users.all(db) if row.active]
    lines = [UserLine(row.id, row.name, Role(row.role), row.id in owners, row.id == session.user_id) for row in rows]
    return sorted(lines, key=lambda line: (fold(line.name), line.id))


def add_user(session: Session, name: str, role: Role, passphrase: str) -> Outcome[str]:
    """A new user with a passphrase of their own; returns the id.

    UserError: "users.name_missing", "users.name_taken", "register.short_passphrase", "users.passphrase_taken".
    """
    check_passphrase(passphrase)
    name = " ".join(name.split())
    with session.act("add_user", right=Right.MANAGE_USERS, name=name, role=role.value) as act:
        _check_name(act.db, name)
        row = UserRow(new_id(), name, role.value)
        stores.users.add(act.db, [row])
        _let_in(session, row.id, passphrase)
        act.touch(Touched.SETTINGS)
    return act.outcome(row.id)


def remove_user(session: Session, user_id: str) -> Outcome[None]:
    """Take a user's passphrase away; their name stays in the history. UserError "users.yourself", "users.gone"."""
    with session.act("remove_user", right=Right.MANAGE_USERS) as act:
        row = _user(act, user_id)
        if user_id == session.user_id:
            raise UserError("users.yourself")
        act.describe(name=row.name)
        _keep_a_coordinator(session, act.db, without=user_id)
        stores.users.change(act.db, user_id, active=False)
        session.keyring.take_away(user_id)
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def set_role(session: Session, user_id: str, role: Role) -> Outcome[None]:
    """UserError "users.last_coordinator", "users.gone". Holds from the user's next unlocking."""
    with session.act("set_role", right=Right.MANAGE_USERS) as act:
        row = _user(act, user_id)
        act.describe(name=row.name, role=role.value)
        if role is not Role.COORDINATOR:
            _keep_a_coordinator(session, act.db, without=user_id)
        stores.users.change(act.db, user_id, role=role.value)
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def rename_user(session: Session, user_id: str, name: str) -> Outcome[None]:
    """Earlier entries of the history keep the old name. UserError "users.name_missing", "users.name_taken"."""
    name = " ".join(name.split())
    with session.act("rename_user", right=Right.MANAGE_USERS) as act:
        row = _user(act, user_id)
        act.describe(old=row.name, name=name)
        _check_name(act.db, name, but=user_id)
        stores.users.change(act.db, user_id, name=name)
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def change_passphrase(session: Session, old: str, new: str) -> Outcome[None]:
    """One's own. UserError "users.wrong_old", "register.short_passphrase", "users.passphrase_taken", "register.wait".

    A viewer may do this too: nothing of the register changes but the entry in its history.
    """
    check_passphrase(new)
    # Counted like a try to open: both refusals would otherwise tell a guess from a passphrase of somebody else.
    attempt = begin_try(session.folder, session.clock())
    with session.act("change_passphrase", right=Right.EXPORT_COUNTS) as act:
        if session.keyring.owner_of(old) != session.user_id:
            raise UserError("users.wrong_old", wait=attempt.wait)
        _let_in(session, session.user_id, new)
        act.touch(Touched.SETTINGS)
    attempt.was_right()
    return act.outcome(None)


def reset_passphrase(session: Session, user_id: str, new: str) -> Outcome[None]:
    """A coordinator gives a user a new passphrase. UserError as `add_user`, and "users.gone"."""
    check_passphrase(new)
    with session.act("reset_passphrase", right=Right.MANAGE_USERS) as act:
        act.describe(name=_user(act, user_id).name)
        _let_in(session, user_id, new)
        act.touch(Touched.SETTINGS)
    return act.outcome(None)


def new_recovery_code(session: Session) -> Outcome[str]:
    """Make a recovery code; an earlier one no longer opens the register. It is kept nowhere in plain."""
    code = new_code()
    with session.act("recovery_code", right=Right.MANAGE_USERS) as act:
        session.keyring.put_recovery(code)
        act.touch(Touched.SETTINGS)
    return act.outcome(code)


def has_recovery_code(session: Session) -> bool:
    with told():
        return session.keyring.has_recovery()


def _let_in(session: Session, user_id: str, passphrase: str) -> None:
    # The passphrase alone says who it is: two users cannot share one.
    owner = session.keyring.owner_of(passphrase)
    if owner is not None and owner != user_id:
        raise UserError("users.passphrase_taken")
    session.keyring.put(user_id, passphrase)


def _user(act: Act, user_id: str) -> UserRow:
    row = stores.users.get(act.db, user_id)
    if row is None or not row.active:
        raise UserError("users.gone")
    return row


def _check_name(db: Database, name: str, but: str = "") -> None:
    if not name:
        raise UserError("users.name_missing")
    if any(row.active and row.id != but and fold(row.name) == fold(name) for row in stores.users.all(db)):
        raise UserError("users.name_taken", name=name)


def _keep_a_coordinator(session: Session, db: Database, without: str) -> None:
    owners = session.keyring.owners()
    left = [
        row for row in stores.users.all(db)
        if row.active and row.role == Role.COORDINATOR and row.id in owners and row.id != without
    ]  # fmt: skip
    if not left:
        raise UserError("users.last_coordinator")
