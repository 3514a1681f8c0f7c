"""coordinator settings FILE [KEY VALUE]: show the settings of a register, or change one."""

from __future__ import annotations

import argparse

from coordinator.errors import UserError
from coordinator.services.settings import set_option, settings, weights
from resources.i18n import _
from ui.commands.common import add_register, opened


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    parser.add_argument("key", metavar=_("KEY"), nargs="?", help=_("the setting to change; without one all are shown"))
    parser.add_argument("value", metavar=_("VALUE"), nargs="?", help=_("its new value; empty brings the default back"))


def run(args: argparse.Namespace) -> int:
    with opened(args) as session:
        known = {line.id for line in (*settings(session), *weights(session))}
        if args.key is not None:
            if args.key not in known or args.value is None:
                raise UserError("setting.unknown", key=args.key, keys=", ".join(sorted(known)))
            set_option(session, args.key, args.value)
        for line in (*settings(session), *weights(session)):
            print(f"{line.id:24} {line.value:24} {line.label}")
    return 0
