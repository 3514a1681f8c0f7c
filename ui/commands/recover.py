"""coordinator recover FILE: a forgotten passphrase set anew with the recovery code from paper."""

from __future__ import annotations

import argparse
import os
import sys

from coordinator.errors import UserError
from coordinator.services.recovery import people_of_code, recover
from resources.i18n import _
from ui import key_words
from ui.commands.common import NO_PASSPHRASE_EXIT, add_register, new_passphrase, say

CODE_VARIABLE = "COORDINATOR_RECOVERY_CODE"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("--user", metavar=_("NAME"), help=_("whose passphrase is set anew, where there are several"))


def run(args: argparse.Namespace) -> int:
    code = _ask_code()
    user_id, name = _person(people_of_code(args.file, code), args.user)
    recover(args.file, code, user_id, new_passphrase()).close()
    say(_("{name} has a new passphrase.").format(name=key_words.person_name(name)))
    return 0


def _ask_code() -> str:
    """Typed where one can see it: it is copied from paper sign by sign."""
    if CODE_VARIABLE in os.environ:
        return os.environ[CODE_VARIABLE]
    if not sys.stdin.isatty():
        raise UserError("passphrase.cannot_ask", variable=CODE_VARIABLE, exit_code=NO_PASSPHRASE_EXIT)
    print(_("Recovery code:"), end=" ", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _person(people: list[tuple[str, str]], wanted: str | None) -> tuple[str, str]:
    """The user meant; the only one where there is one. UserError "users.which", "users.unknown"."""
    if wanted is None and len(people) == 1:
        return people[0]
    if wanted is None:
        names = ", ".join(key_words.person_name(name) for _id, name in people)
        raise UserError("users.which", names=names)
    asked = " ".join(wanted.split()).casefold()
    for user_id, name in people:
        if asked in (name.casefold(), key_words.person_name(name).casefold()):
            return user_id, name
    raise UserError("users.unknown", name=wanted)
