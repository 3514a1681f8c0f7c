"""coordinator users FILE: who may open a register; add, remove, roles, passphrases, a new recovery code."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import open_register
from coordinator.services import users as verbs
from coordinator.services.users import UserLine
from coordinator.session import Session
from resources.i18n import _
from ui import key_words, texts
from ui.commands.common import add_json, add_register, ask_passphrase, new_passphrase, print_json, say
from ui.commands.new import show_code


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_json(parser)
    actions = parser.add_subparsers(metavar=_("ACTION"), dest="action", help=_("without one the users are listed"))
    add = actions.add_parser("add", help=_("a new user with a passphrase of their own"))
    _add_name(add)
    add.add_argument("--role", choices=_roles(), default=Role.OPERATOR.value, help=_("what they may do"))
    _add_name(actions.add_parser("remove", help=_("take a user's passphrase away")))
    role = actions.add_parser("role", help=_("change what a user may do"))
    _add_name(role)
    role.add_argument("role", metavar=_("ROLE"), choices=_roles(), help=", ".join(_roles()))
    rename = actions.add_parser("rename", help=_("give a user another name"))
    _add_name(rename)
    rename.add_argument("to", metavar=_("NEW"), help=_("the new name"))
    passphrase = actions.add_parser("passphrase", help=_("change your passphrase, or set that of another user"))
    passphrase.add_argument("name", metavar=_("NAME"), nargs="?", help=_("whose; without it your own"))
    actions.add_parser("recovery-code", help=_("make a new recovery code; the one before ends"))


def run(args: argparse.Namespace) -> int:
    passphrase = ask_passphrase(_("Passphrase:"))
    with open_register(args.file, passphrase) as session:
        _ACTIONS[args.action](session, args, passphrase)
    return 0


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar=_("NAME"), help=_("the user's name"))


def _roles() -> list[str]:
    return [role.value for role in Role]


def _list(session: Session, args: argparse.Namespace, _passphrase: str) -> None:
    lines = verbs.users(session)
    code = verbs.has_recovery_code(session)
    if args.json:
        users = [
            {"name": line.name, "role": line.role.value, "has_passphrase": line.has_key, "is_me": line.is_me}
            for line in lines
        ]
        print_json({"users": users, "recovery_code": code})
        return
    for line in lines:
        print(f"{key_words.person_name(line.name):32} {texts.label(line.role):14} {_state(line)}")
    say(_("There is a recovery code.") if code else _("There is no recovery code: make one with “recovery-code”."))


def _state(line: UserLine) -> str:
    parts = ["" if line.has_key else _("has no passphrase"), _("this is you") if line.is_me else ""]
    return ", ".join(part for part in parts if part)


def _add(session: Session, args: argparse.Namespace, _passphrase: str) -> None:
    verbs.add_user(session, args.name, Role(args.role), new_passphrase())
    say(_("{name} can open the register now.").format(name=args.name))


def _remove(session: Session, args: argparse.Namespace, _passphrase: str) -> None:
    line = _found(session, args.name)
    verbs.remove_user(session, line.id)
    say(_("{name} can no longer open this register.").format(name=line.name))
    say(_("A copy of the register that they took away keeps the old keys and still opens with their passphrase."))


def _role(session: Session, args: argparse.Namespace, _passphrase: str) -> None:
    line = _found(session, args.name)
    verbs.set_role(session, line.id, Role(args.role))
    say(_("Saved."))


def _rename(session: Session, args: argparse.Namespace, _passphrase: str) -> None:
    verbs.rename_user(session, _found(session, args.name).id, args.to)
    say(_("Saved."))


def _set_passphrase(session: Session, args: argparse.Namespace, passphrase: str) -> None:
    if args.name is None:
        verbs.change_passphrase(session, passphrase, new_passphrase())
        say(_("Your new passphrase opens the register from now on."))
        return
    line = _found(session, args.name)
    verbs.reset_passphrase(session, line.id, new_passphrase())
    say(_("{name} has a new passphrase.").format(name=key_words.person_name(line.name)))


def _recovery_code(session: Session, _args: argparse.Namespace, _passphrase: str) -> None:
    show_code(verbs.new_recovery_code(session).value)


def _found(session: Session, name: str) -> UserLine:
    """The user of this name, in any case of letters. UserError "users.unknown"."""
    wanted = " ".join(name.split()).casefold()
    for line in verbs.users(session):
        if line.name.casefold() == wanted:
            return line
    raise UserError("users.unknown", name=name)


_ACTIONS: dict[str | None, Callable[[Session, argparse.Namespace, str], None]] = {
    None: _list,
    "add": _add,
    "remove": _remove,
    "role": _role,
    "rename": _rename,
    "passphrase": _set_passphrase,
    "recovery-code": _recovery_code,
}
