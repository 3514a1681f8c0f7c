"""coordinator new FILE: an empty register with the gazetteer, an editable base and transit centre."""

from __future__ import annotations

import argparse
import os
import sys

from coordinator.errors import UserError
from coordinator.register import create_register
from coordinator.services.gazetteer import seed
from resources.i18n import _
from ui.commands.common import VARIABLE, add_register, ask_passphrase, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)


def run(args: argparse.Namespace) -> int:
    with create_register(args.file, _new_passphrase()) as session:
        seed(session)
        say(_("The register {path} is ready.").format(path=session.folder))
        say(_("Without its passphrase nobody can open it, you neither: keep it in a safe place."))
    return 0


def _new_passphrase() -> str:
    passphrase = ask_passphrase(_("New passphrase:"))
    if VARIABLE not in os.environ and sys.stdin.isatty() and ask_passphrase(_("Once more:")) != passphrase:
        raise UserError("passphrase.differs")
    return passphrase
