"""A forgotten passphrase: the recovery code opens the register and sets a new one."""

from __future__ import annotations

from pathlib import Path

from coordinator.domain.roles import Right, Role
from coordinator.errors import UserError
from coordinator.opening import NOBODY, Access, Opening, unlock_slot, users_in
from coordinator.recovery_code import normal
from coordinator.register import check_passphrase, register_folder
from coordinator.session import Clock, Session, utc_now
from db import stores
from db.keys import RECOVERY


def people_of_code(folder: Path, code: str, *, clock: Clock = utc_now) -> list[tuple[str, str]]:
    """(id, name) of the users whose passphrase the recovery code can set anew, coordinators first.

    Raises UserError "register.wrong_code" (with `wait`) and as `open_register`.
    """
    keyring, _owner = unlock_slot(register_folder(folder), normal(code), RECOVERY, clock)
    with Opening(keyring, NOBODY, Access.READ, clock).session() as session, session.reading() as db:
        rows = [row for row in users_in(db) if row.active]
    order = list(Role)
    return [(row.id, row.name) for row in sorted(rows, key=lambda row: (order.index(Role(row.role)), row.name))]


def recover(
    folder: Path,
    code: str,
    user_id: str,
    new_passphrase: str,
    *,
    access: Access = Access.COMMAND,
    clock: Clock = utc_now,
) -> Session:
    """Give a user a new passphrase with the recovery code, and open the register for them.

    Raises UserError: "register.short_passphrase", "register.wrong_code", "users.passphrase_taken", "users.gone",
    "register.user_removed", and why the register can only be read.
    """
    check_passphrase(new_passphrase)
    keyring, _owner = unlock_slot(register_folder(folder), normal(code), RECOVERY, clock)
    session = Opening(keyring, user_id, access, clock).session()
    try:
        # Looking is all the right that this needs: a viewer forgets passphrases too.
        with session.act("recover", right=Right.EXPORT_COUNTS, name=session.user) as act:
            row = stores.users.get(act.db, user_id)
            if row is None or not row.active:
                raise UserError("users.gone")
            if keyring.owner_of(new_passphrase) not in (None, user_id):
                raise UserError("users.passphrase_taken")
            keyring.put(user_id, new_passphrase)
    except BaseException:
        session.close()
        raise
    return session
