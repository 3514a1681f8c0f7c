"""coordinator new FILE: an empty register with the gazetteer, an editable base and transit centre."""

from __future__ import annotations

import argparse
import sys

from coordinator.register import create_register
from coordinator.services.gazetteer import seed
from coordinator.services.users import new_recovery_code
from resources.i18n import _
from ui import key_words
from ui.commands.common import VARIABLE, add_register, new_passphrase, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("--name", metavar=_("NAME"), default="", help=_("your name, as it stands in the history"))


def run(args: argparse.Namespace) -> int:
    name = args.name or _ask_name()
    with create_register(args.file, new_passphrase(VARIABLE), user=name) as session:
        seed(session)
        code = new_recovery_code(session).value
        say(_("The register {path} is ready.").format(path=session.folder))
    show_code(code)
    return 0


def _ask_name() -> str:
    """The history names who did what; "" where nobody can be asked."""
    if not sys.stdin.isatty():
        return ""
    print(_("Your name, as it stands in the history:"), end=" ", file=sys.stderr, flush=True)
    return " ".join(sys.stdin.readline().split())


def show_code(code: str) -> None:
    """The recovery code alone on standard output; what it is for beside it."""
    print(code)
    say(_("The recovery code stands above."))
    for sentence in (key_words.about_code(), key_words.without_code(), key_words.never_a_file()):
        say(sentence)
