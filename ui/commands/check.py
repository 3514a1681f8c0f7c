"""coordinator check FILE [--salvage]: is the register whole? Exit code 0 whole, 1 not."""

from __future__ import annotations

import argparse

from coordinator.register import unlock
from coordinator.services.checking import CheckReport, check
from coordinator.services.salvaging import Salvaged, salvage
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import texts
from ui.commands.backup import content_of
from ui.commands.common import add_json, add_register, ask_passphrase, print_json, say

NOT_WHOLE = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument(
        "--salvage", action="store_true", help=_("write what can be read of a damaged register to a new copy")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    keyring, owner = unlock(args.file, ask_passphrase(_("Passphrase:")))
    report = check(keyring.folder, keyring.key)
    if args.json:
        print_json({"whole": report.whole, "lines": [
            {"code": line.code, "ok": line.ok, **dict(line.facts)} for line in report.lines]})  # fmt: skip
    else:
        _show(report)
    if args.salvage:
        _tell(salvage(keyring.folder, keyring.key, owner))
    return 0 if report.whole and report.looked else NOT_WHOLE


def _show(report: CheckReport) -> None:
    marks = {True: "✓", None: "!", False: "✗"}
    for line in report.lines:
        print(f"{marks[line.ok]} {sentence(line.code, {name: texts.shown(fact) for name, fact in line.facts})}")
    if report.damaged:
        say(_("The register is damaged. It was left as it is. “coordinator restore” brings a copy back; "
              "“coordinator check --salvage” saves what can still be read."))  # fmt: skip
    elif report.looked:
        say(_("The register is whole."))
    else:
        say(_("The data could not be looked at now. That is no damage; try again when the cause is gone."))


def _tell(saved: Salvaged) -> None:
    print(saved.copy.path)
    say(_("Saved in a new copy: {content}. “coordinator restore” puts it in place.").format(
        content=content_of(saved.copy)))  # fmt: skip
    gone = saved.lost + saved.left_out
    if gone:
        say(ngettext("{n} row could not be read, or named one that could not.",
                     "{n} rows could not be read, or named some that could not.", gone).format(n=gone))  # fmt: skip
