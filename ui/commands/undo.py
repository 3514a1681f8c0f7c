"""coordinator undo REGISTER [--import FILE]: take back what was done last, or a whole import."""

from __future__ import annotations

import argparse

from coordinator.errors import UserError
from coordinator.queries.imports import past_imports
from coordinator.services.history import Undone, undo, undo_action
from coordinator.session import Session
from resources.i18n import _
from ui.commands.common import add_json, add_register, opened, print_json
from ui.undone_words import undone_words, with_kept


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument(
        "--import", dest="list", metavar=_("FILE"), help=_("the import of this file, the last one of that name")
    )
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        session.require_writing()
        undone = _import(session, args.list) if args.list else undo(session).value
    if args.json:
        print_json({"label": undone.label, "kept": undone.kept, "households": list(undone.households)})
    else:
        words = undone_words(undone)
        print(with_kept(words.removesuffix("."), undone) if undone.kept else words)
    return 0


def _import(session: Session, name: str) -> Undone:
    """UserError "undo.no_import" where no import of this name stands."""
    found = next((past for past in past_imports(session) if past.file_name == name), None)
    if found is None:
        raise UserError("undo.no_import", file=name)
    return undo_action(session, found.action_id).value
