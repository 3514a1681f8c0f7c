"""coordinator senders FILE: who sends lists and what their words mean; rename, remove, give meanings, forget them."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict

from coordinator.errors import UserError
from coordinator.exchange.coded import FIELDS
from coordinator.exchange.how_read import word_key
from coordinator.queries.senders import SenderLine, meaning_lines, sender_lines
from coordinator.services import senders as verbs
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui.commands.common import add_json, add_register, opened, print_json, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_json(parser)
    actions = parser.add_subparsers(metavar=_("ACTION"), dest="action", help=_("without one the senders are listed"))
    actions.add_parser("words", help=_("list what words mean"))
    mean = actions.add_parser("mean", help=_("say what a word means"))
    _add_word(mean)
    mean.add_argument("meaning", metavar=_("MEANING"), help=_("its code; of needs several with commas between them"))
    _add_word(actions.add_parser("forget", help=_("forget what a word means")))
    rename = actions.add_parser("rename", help=_("give a sender another name"))
    rename.add_argument("name", metavar=_("NAME"), help=_("the sender's name"))
    rename.add_argument("to", metavar=_("NEW"), help=_("the new name"))
    remove = actions.add_parser("remove", help=_("forget a sender and how their lists are read"))
    remove.add_argument("name", metavar=_("NAME"), help=_("the sender's name"))


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        _ACTIONS[args.action](session, args)
    return 0


def _add_word(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("column", metavar=_("COLUMN"), choices=FIELDS, help=", ".join(FIELDS))
    parser.add_argument("word", metavar=_("WORD"), help=_("the word as it stands in the lists"))
    parser.add_argument("--sender", metavar=_("NAME"), default="", help=_("whose word it is; without it everybody's"))


def _list(session: Session, args: argparse.Namespace) -> None:
    lines = sender_lines(session)
    if args.json:
        print_json([asdict(line) for line in lines])
        return
    for line in lines:
        lists = ngettext("{n} list", "{n} lists", line.lists).format(n=line.lists)
        words = ngettext("{n} word", "{n} words", line.words).format(n=line.words)
        print(f"{line.name:32} {lists:14} {words}")
    if not lines:
        say(_("No sender is known yet. “import --sender NAME” remembers one."))


def _words(session: Session, args: argparse.Namespace) -> None:
    lines = meaning_lines(session)
    if args.json:
        print_json([asdict(line) for line in lines])
        return
    for line in lines:
        print(f"{line.field:12} {line.said:28} {line.meaning or '–':24} {line.sender or _('everybody')}")
    if not lines:
        say(_("No word has been given a meaning yet."))


def _mean(session: Session, args: argparse.Namespace) -> None:
    sender = _found(session, args.sender).name if args.sender else ""
    verbs.give_meanings(session, [verbs.Meaning(args.column, args.word, args.meaning, sender)])
    say(_("Saved."))


def _forget(session: Session, args: argparse.Namespace) -> None:
    sender = _found(session, args.sender).name if args.sender else ""
    wanted = (args.column, word_key(args.word), sender)
    for line in meaning_lines(session):
        if (line.field, line.said, line.sender) == wanted:
            verbs.forget_meaning(session, line.id)
            say(_("Forgotten. The word is asked about again when it comes."))
            return
    raise UserError("meaning.gone")


def _rename(session: Session, args: argparse.Namespace) -> None:
    verbs.rename_sender(session, _found(session, args.name).id, args.to)
    say(_("Saved."))


def _remove(session: Session, args: argparse.Namespace) -> None:
    line = _found(session, args.name)
    verbs.remove_sender(session, line.id)
    say(_("{name} was removed. What their lists brought stays.").format(name=line.name))


def _found(session: Session, name: str) -> SenderLine:
    """The sender of this name, however it is written. UserError "sender.unknown" with those that are known."""
    lines = sender_lines(session)
    wanted = word_key(name)
    for line in lines:
        if word_key(line.name) == wanted:
            return line
    raise UserError("sender.unknown", name=name, names=", ".join(line.name for line in lines) or "–")


_ACTIONS: dict[str | None, Callable[[Session, argparse.Namespace], None]] = {
    None: _list,
    "words": _words,
    "mean": _mean,
    "forget": _forget,
    "rename": _rename,
    "remove": _remove,
}
