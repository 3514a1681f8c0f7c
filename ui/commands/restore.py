"""coordinator restore FILE [COPY]: put a copy in the place of the register, also of a damaged one.

Without COPY the copies are listed. What would change is shown first; --yes answers the question beforehand.
With --keys only the key file of the copy is put back, where that of the register is missing or damaged.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from coordinator.copies import CopyInfo, info_of
from coordinator.errors import UserError
from coordinator.register import register_folder, unlock
from coordinator.services.backups import copies_in
from coordinator.services.keys_back import put_keys_back
from coordinator.services.restore import Difference, difference, restore_closed
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import texts
from ui.action_words import done_words
from ui.commands.backup import content_of, facts_of
from ui.commands.common import NO_PASSPHRASE_EXIT, add_json, add_register, ask_passphrase, print_json, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument(
        "copy", metavar=_("COPY"), nargs="?", help=_("the copy: its folder, or the moment its name begins with")
    )
    parser.add_argument("--yes", action="store_true", help=_("restore without asking"))
    parser.add_argument(
        "--keys", action="store_true", help=_("put back only the key file, where it is missing or damaged")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.keys:
        return _keys(args)
    keyring, owner = unlock(args.file, ask_passphrase(_("Passphrase:")))
    folder = keyring.folder
    if args.copy is None:
        return _list(copies_in(folder), args.json)
    copy = _found(folder, args.copy)
    found = difference(folder, keyring.key, copy)
    _show(found)
    if found.newer_register:
        say(_("A newer version of the program wrote this register. What only that version knows would be in the copy "
              "set aside, and nowhere else."))  # fmt: skip
        if not sys.stdin.isatty():
            raise UserError("restore.newer", path=folder)
    if not (args.yes and not found.newer_register) and not _agreed():
        say(_("Nothing was changed."))
        return 1
    aside = restore_closed(folder, keyring.key, copy, owner=owner, over_newer=found.newer_register)
    print(aside)
    say(_("The register is as the copy of {when}. What it was before is kept in the folder above.").format(
        when=texts.moment(found.copy.made_at)))  # fmt: skip
    return 0


def _keys(args: argparse.Namespace) -> int:
    folder = register_folder(args.file)
    if args.copy is None:
        return _list(copies_in(folder), args.json)
    copy = _found(folder, args.copy)
    put_keys_back(folder, copy, ask_passphrase(_("Passphrase:")))
    say(
        _("The key file is back. The passphrases are those of {when}.").format(when=texts.moment(info_of(copy).made_at))
    )
    return 0


def _list(found: list[CopyInfo], as_json: bool) -> int:
    if as_json:
        print_json([facts_of(copy) for copy in found])
    for copy in () if as_json else found:
        fault = f"  {sentence(copy.fault, {'path': copy.path.name})}" if copy.fault else ""
        print(f"{copy.path.name}  {texts.moment(copy.made_at)}  {content_of(copy)}{fault}")
    if not found:
        say(_("There are no copies yet. “coordinator backup” makes one."))
    return 0


def _found(folder: Path, wanted: str) -> Path:
    """A folder as given, or the newest copy whose name begins with what was given."""
    path = Path(wanted)
    if path.is_dir():
        return path
    known = copies_in(folder)
    named = next((copy.path for copy in known if copy.path.name.startswith(wanted)), None)
    if named is None:
        raise UserError("restore.no_copy", copy=wanted)
    return named


def _show(found: Difference) -> None:
    say(_("Copy of {when}: {content}.").format(
        when=texts.moment(found.copy.made_at), content=content_of(info_of(found.copy.path))))  # fmt: skip
    if not found.readable:
        say(_("The register cannot be read, so it cannot be compared. It will be kept as it is, beside the new one."))
    for count in found.counts:
        now = "–" if count.now is None else texts.number(count.now)
        say(f"  {sentence('count.' + count.what)}: {now} → {texts.number(count.then)}")
    if found.actions:
        say(ngettext("{n} action was done since then and would be gone:",
                     "{n} actions were done since then and would be gone:", found.actions).format(
            n=texts.number(found.actions)))  # fmt: skip
        for done in found.last:
            say(f"  {texts.moment(done.at)}  {done_words(done.label, done.facts)}  {done.who}")
        if found.actions > len(found.last):
            say("  …")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise UserError("restore.cannot_ask", exit_code=NO_PASSPHRASE_EXIT)
    yes = _("yes")
    say(_("Put this copy in the place of the register? Type “{yes}” to go on.").format(yes=yes))
    return input().strip().casefold() in {yes, "yes"}
