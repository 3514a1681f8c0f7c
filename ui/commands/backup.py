"""coordinator backup FILE [--to DIR]: a verified copy of the register, data and keys together."""

from __future__ import annotations

import argparse
from pathlib import Path

from coordinator.copies import CopyInfo
from coordinator.register import Access, open_register
from coordinator.services.backups import backup, backup_to
from resources.i18n import _
from resources.messages import sentence
from ui import texts
from ui.commands.common import add_json, add_register, ask_passphrase, print_json, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument(
        "--to", metavar=_("DIR"), type=Path, help=_("a folder for the copy, in place of the register's own “backups”")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    # Reading is enough for the register's own folder; what is carried elsewhere is logged, where that can be written.
    access = Access.READ if args.to is None else Access.COMMAND
    with open_register(args.file, ask_passphrase(_("Passphrase:")), access=access) as session:
        if args.to is not None:
            made = backup_to(session, args.to).value
        else:
            done = backup(session)
            made = done.copy
            if done.fault is not None:
                say(sentence(done.fault.code, done.fault.facts))
            if done.second is not None and done.second.fault:
                say(sentence(done.second.fault, {"path": done.second.place, **dict(done.second.facts)}))
    if args.json:
        print_json(facts_of(made))
    else:
        print(made.path)
        say(_("The copy is whole: {content}.").format(content=content_of(made)))
    return 0


def facts_of(copy: CopyInfo) -> dict[str, object]:
    return {
        "path": copy.path, "made_at": copy.made_at.isoformat(), "why": copy.why, "size": copy.size,
        "households": copy.households, "people": copy.people, "events": copy.events, "fault": copy.fault,
    }  # fmt: skip


def content_of(copy: CopyInfo) -> str:
    """ "25 households, 60 people, 1.4 MB", or the size alone where the copy does not say."""
    size = _("{amount} MB").format(amount=f"{copy.size / 1_000_000:.1f}")
    if copy.households is None or copy.people is None:
        return size
    return f"{texts.households(copy.households)}, {texts.people(copy.people)}, {size}"
