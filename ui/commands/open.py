"""coordinator open [FILE]: the window, with the unlock page."""

from __future__ import annotations

import argparse
from pathlib import Path

from coordinator.errors import UserError
from resources.i18n import _
from ui.probe import explain, look_for_screen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar=_("FILE"), type=Path, nargs="?", help=_("the register, a folder NAME.register"))


def run(args: argparse.Namespace) -> int:
    screen = look_for_screen()
    if not screen.available:
        raise UserError("window.none", why=explain(screen))
    from ui.app import run_window  # Qt only where there is a screen

    return run_window(args.file)
