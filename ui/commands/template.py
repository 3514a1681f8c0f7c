"""coordinator template KIND FILE.xlsx: a form for whoever asks which list the centre wants."""

from __future__ import annotations

import argparse
from pathlib import Path

from coordinator.exchange.supplied import FormKind
from coordinator.exchange.supplied_book import write_supplied
from resources.i18n import LANGUAGES, _, speaking
from ui.commands.common import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    kinds = [kind.value for kind in FormKind]
    parser.add_argument("kind", metavar=_("KIND"), choices=kinds, help=", ".join(kinds))
    parser.add_argument("out", metavar=_("FORM.xlsx"), type=Path, help=_("the form to write"))
    parser.add_argument("--words", choices=sorted(LANGUAGES), default="", help=_("language of headers and words"))


def run(args: argparse.Namespace) -> int:
    with speaking(args.words):
        write_supplied(args.out, FormKind(args.kind))
    say(_("Form written: {path}").format(path=args.out))
    return 0
