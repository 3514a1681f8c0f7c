"""coordinator erase FILE --yes-erase NAME: destroy a register, its keys first."""

from __future__ import annotations

import argparse

from coordinator.services import erasing
from coordinator.services.erasing import Erased
from resources.i18n import _, ngettext
from ui import privacy_words
from ui.commands.common import add_register, opened, say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    sure = _("the register's name once more, since this can never be undone")
    parser.add_argument("--yes-erase", metavar=_("NAME"), required=True, help=sure)


def run(args: argparse.Namespace) -> int:
    if erasing.half_erased(args.file):
        _tell(erasing.finish_erasing(args.file, args.yes_erase))
        return 0
    with opened(args) as session:
        erased = erasing.erase(session, args.yes_erase)
    _tell(erased)
    return 0


def _tell(erased: Erased) -> None:
    for line in privacy_words.erased(erased):
        say(line)
    if erased.copies:
        text = ngettext(
            "{n} copy in the second place went too.", "{n} copies in the second place went too.", erased.copies
        )
        say(text.format(n=erased.copies))
    say(_("Copies in other places, papers and exported workbooks are not reached: destroy those as well."))
