"""coordinator demo: a training register of invented people, in the window or as a day that runs by itself."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from itertools import count
from pathlib import Path

from coordinator.demo.register import (
    LEAST_PEOPLE,
    MOST_PEOPLE,
    PASSPHRASE,
    PEOPLE,
    Filled,
    check_people,
    create_training_register,
)
from coordinator.register import register_folder
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts
from ui.commands.common import Progress
from ui.demo_day import DemoDay
from ui.pictures import take_pictures
from ui.probe import Screen, explain, look_for_screen


def add_arguments(parser: argparse.ArgumentParser) -> None:
    text = _("about how many invented people, from {least} to {most}").format(least=LEAST_PEOPLE, most=MOST_PEOPLE)
    parser.add_argument("--people", metavar=_("N"), type=int, default=PEOPLE, help=text)
    parser.add_argument("--no-window", action="store_true", help=_("run a day through without a window"))
    parser.add_argument(
        "--file", metavar=_("FILE"), type=Path, help=_("where to make the training register; otherwise a new folder")
    )


def run(args: argparse.Namespace) -> int:
    check_people(args.people)
    screen = _screen(args.no_window)
    register = register_folder(args.file) if args.file else _new_folder() / "training.register"
    begun = time.monotonic()
    session, filled = create_training_register(register, args.people, progress=Progress(_("Inventing people")))
    _introduce(session, filled, time.monotonic() - begun)
    if screen.available and not args.no_window:
        session.close()
        print(_("The window opens on it."), flush=True)
        from ui.app import run_window  # Qt only where there is a screen

        return run_window(register, PASSPHRASE)
    print(_("No window was asked for.") if args.no_window else explain(screen))
    print(_("So the day runs through by itself."))
    _day_by_itself(session, register, args.file is not None, screen.qt_loads)
    return 0


def _screen(no_window: bool) -> Screen:
    """Without a window it only matters whether Qt loads; asked of its platform that needs no screen."""
    return look_for_screen({**os.environ, "QT_QPA_PLATFORM": "offscreen"} if no_window else None)


def _new_folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="coordinator-demo-"))


def _introduce(session: Session, filled: Filled, seconds: float) -> None:
    print(_("Training register: {path}").format(path=session.folder))
    print(_("Its passphrase: {passphrase}").format(passphrase=PASSPHRASE))
    made = ngettext("{people} invented, in {n} second:", "{people} invented, in {n} seconds:", round(seconds))
    print(made.format(people=texts.people(filled.people), n=round(seconds)))
    print("  " + _("brought out by us in ten days: {people}").format(people=texts.people(filled.evacuated)))
    print("  " + _("left by themselves: {people}").format(people=texts.people(filled.left_by_themselves)))
    print("  " + _("still there: {households} with {people}").format(
        households=texts.households(filled.waiting_households), people=texts.people(filled.waiting)))  # fmt: skip
    print("  " + _("the fleet: {vehicles}").format(vehicles=texts.vehicles(filled.vehicles)), flush=True)


def _day_by_itself(session: Session, register: Path, beside: bool, draws: bool) -> None:
    """Papers, workbooks and pictures go beside a register whose place was chosen, otherwise into its own folder."""
    folder = _folder_beside(register) if beside else register.parent
    with session:
        DemoDay(session, folder, draws).run()
    if draws:
        pictures = take_pictures(register, PASSPHRASE, folder)
        n = len(pictures)
        print("\n" + ngettext("{n} picture of a page.", "{n} pictures of pages.", n).format(n=n))
    print("\n" + _("Everything lies in {folder}").format(folder=folder))


def _folder_beside(register: Path) -> Path:
    """A new folder with the register's name: NAME-day, or NAME-day-2 where that is there already."""
    name = register.name.removesuffix(".register")
    tries = (register.with_name(f"{name}-day{f'-{number}' if number > 1 else ''}") for number in count(1))
    folder = next(path for path in tries if not path.exists())
    folder.mkdir()
    return folder
