"""What commands share: the register argument, the passphrase, dates, progress."""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from datetime import date, datetime
from pathlib import Path

from coordinator.domain.passphrase import Strength, strength
from coordinator.errors import UserError
from coordinator.register import MIN_PASSPHRASE, open_register
from coordinator.session import Session
from resources.i18n import _
from resources.messages import sentence
from ui import key_words

VARIABLE = "COORDINATOR_PASSPHRASE"
NEW_VARIABLE = "COORDINATOR_NEW_PASSPHRASE"
NO_PASSPHRASE_EXIT = 2


def add_register(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), type=Path, help=_("the register, a folder NAME.register"))


def add_date(parser: argparse.ArgumentParser, name: str = "--date", help_text: str = "") -> None:
    parser.add_argument(name, metavar=_("DATE"), type=day, help=help_text or _("the working date, as 2023-08-15"))


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON alone"))


def day(text: str) -> date:
    """An argument as a day, "2023-08-15" or as the centre writes it, "15.08.2023"; argparse words the refusal."""
    for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    message = _("“{text}” is no date. Write it as 2023-08-15 or 15.08.2023.").format(text=text)
    raise argparse.ArgumentTypeError(message)


def ask_passphrase(prompt: str, variable: str = VARIABLE) -> str:
    """From the environment, or typed unseen. UserError "passphrase.cannot_ask" (exit 2) where neither is possible."""
    if variable in os.environ:
        return os.environ[variable]
    if not sys.stdin.isatty():
        raise UserError("passphrase.cannot_ask", variable=variable, exit_code=NO_PASSPHRASE_EXIT)
    return getpass.getpass(prompt + " ")


def new_passphrase(variable: str = NEW_VARIABLE) -> str:
    """As `ask_passphrase`, typed twice; one that is easy to guess is told. UserError "passphrase.differs"."""
    passphrase = ask_passphrase(_("New passphrase:"), variable)
    if variable not in os.environ and ask_passphrase(_("Once more:"), variable) != passphrase:
        raise UserError("passphrase.differs")
    found = strength(passphrase, MIN_PASSPHRASE)
    if found in (Strength.WEAK, Strength.FAIR):
        say(key_words.strength_words(found))
    return passphrase


def opened(args: argparse.Namespace) -> Session:
    """The register of the command, open; its passphrase asked for. What is odd about the file is told."""
    session = open_register(args.file, ask_passphrase(_("Passphrase:")))
    for code, facts in session.notices:
        say(sentence(code, facts))
    return session


def say(text: str) -> None:
    """A line for the person, on standard error, so that standard output holds only what was asked for."""
    print(text, file=sys.stderr)


def print_json(data: object) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1, default=str))


class Progress:
    """Counts per cent on a terminal; silent where output goes to a file."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._shown = -1
        self._live = sys.stderr.isatty()

    def __call__(self, fraction: float, _what: object = None) -> bool:
        percent = int(fraction * 100)
        if self._live and percent != self._shown:
            self._shown = percent
            print(f"\r{self.label} {percent:3} %", end="\n" if percent >= 100 else "", file=sys.stderr, flush=True)
        return True
