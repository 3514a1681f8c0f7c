"""The terminal: every main job runs without a screen.

Commands load from one table on demand, so that importing and counting work where Qt's libraries are missing.
Exit codes: 0 done; 1 a rule or the world said no, or the program has a fault; 2 the command was not understood or
no passphrase could be asked; 3 `crews` shows one in alarm.
"""

from __future__ import annotations

import argparse
import gettext
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from typing import NamedTuple

from coordinator.errors import Cancelled, UserError
from resources import i18n
from resources.i18n import N_, _
from resources.messages import sentence
from ui import faults, preferences


class Command(NamedTuple):
    module: str
    help: str


COMMANDS = {
    "new": Command("ui.commands.new", N_("make an empty register")),
    "open": Command("ui.commands.open", N_("open the window")),
    "demo": Command("ui.commands.demo", N_("try the program with a training register of invented people")),
    "import": Command("ui.commands.import_", N_("read a workbook into a register")),
    "senders": Command("ui.commands.senders", N_("list and change who sends lists and what their words mean")),
    "undo": Command("ui.commands.undo", N_("take back what was done last, or a whole import")),
    "plan": Command("ui.commands.plan", N_("plan the pickups of a day")),
    "roads": Command("ui.commands.roads", N_("list, close and open roads, take in travel times")),
    "crews": Command("ui.commands.crews", N_("show the crews on the road, and enter their words")),
    "print": Command("ui.commands.print_", N_("write pickup lists and other papers")),
    "papers": Command("ui.commands.papers", N_("show what was printed, and mark copies that came back")),
    "confirmation": Command("ui.commands.confirmation", N_("check or withdraw a confirmation of evacuation")),
    "results": Command("ui.commands.results", N_("enter the results of a day from a sheet")),
    "counts": Command("ui.commands.counts", N_("count the evacuated of a period")),
    "report": Command("ui.commands.report", N_("show, freeze and write daily reports; import published counts")),
    "views": Command("ui.commands.views", N_("show the saved views of the registry with their counts")),
    "settings": Command("ui.commands.settings", N_("show or change the settings of a register")),
    "backup": Command("ui.commands.backup", N_("make a verified copy of a register")),
    "restore": Command("ui.commands.restore", N_("list the copies of a register, or put one in its place")),
    "check": Command("ui.commands.check", N_("check whether a register is whole")),
    "users": Command("ui.commands.users", N_("list, add and remove users, set passphrases, make a recovery code")),
    "recover": Command("ui.commands.recover", N_("set a forgotten passphrase anew with the recovery code")),
    "retention": Command("ui.commands.retention", N_("remove personal data of those delivered long ago")),
    "erase": Command("ui.commands.erase", N_("destroy a register for good")),
    "export": Command("ui.commands.export", N_("write a workbook from a register")),
    "template": Command("ui.commands.template", N_("write a form to be filled in by whoever sends lists")),
}

REFUSED, NOT_UNDERSTOOD, STOPPED = 1, 2, 130
DEBUG = "COORDINATOR_DEBUG"
"""Set to 1, a fault of the program is shown with Python's traceback, which may quote what the register holds."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    faults.no_memory_dumps()
    try:
        return _run(arguments)
    except UserError as refusal:
        print(sentence(refusal.code, refusal.facts), file=sys.stderr)
        return int(refusal.facts.get("exit_code", REFUSED))  # type: ignore[call-overload,no-any-return]
    except (KeyboardInterrupt, Cancelled):
        print(_("Stopped. Nothing more was written."), file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # The reader of our output (head, say) has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as fault:
        _tell_fault(fault)
        return REFUSED


def _run(arguments: list[str]) -> int:
    use_language(_chosen_language(arguments))
    args = _parser(arguments).parse_args(arguments)
    code: int = args.run(args)
    return code


def _tell_fault(fault: Exception) -> None:
    """A calm sentence here; types and places, never values, in the log."""
    file = faults.log_file()
    faults.log_to(file)
    faults.log.error("fault\n%s", faults.report(fault))
    if os.environ.get(DEBUG) == "1":
        traceback.print_exception(fault)
    print(_("Something went wrong in the program. Everything saved before is kept."), file=sys.stderr)
    print(_("If it happens again, send this log; it holds no personal data: {file}").format(file=file), file=sys.stderr)


def use_language(code: str) -> None:
    """Speak `code` from now on, argparse's own words included: it asks the gettext domain of the process."""
    i18n.set_language(code)
    os.environ["LANGUAGE"] = code
    gettext.bindtextdomain("coordinator", os.fspath(i18n.FOLDER))
    gettext.textdomain("coordinator")


def _chosen_language(arguments: list[str]) -> str:
    if "--lang" in arguments[:-1]:
        wanted = arguments[arguments.index("--lang") + 1]
        if wanted in i18n.LANGUAGES:
            return wanted
    if "COORDINATOR_LANG" in os.environ:
        return i18n.system_language()
    return preferences.load().language or i18n.system_language()


def _parser(arguments: list[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="coordinator", description=_("Evacuation Coordinator"))
    parser.add_argument("--lang", choices=sorted(i18n.LANGUAGES), help=_("language of this command"))
    commands = parser.add_subparsers(metavar=_("COMMAND"), required=True, dest="command")
    for name, command in COMMANDS.items():
        branch = commands.add_parser(name, help=_(command.help), description=_(command.help))
        if name in arguments:
            module = importlib.import_module(command.module)
            module.add_arguments(branch)
            branch.set_defaults(run=module.run)
    return parser


if __name__ == "__main__":
    sys.exit(main())
