"""The process that makes the pictures: python -m ui.picture_window REGISTER FOLDER

The passphrase comes from COORDINATOR_PASSPHRASE, the language from COORDINATOR_LANG. Prints the path of each
picture. Nothing is kept of the person's own window: its preferences stay as they are.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from coordinator.register import open_register
from resources import i18n
from ui import speech, theme
from ui.app import start_qt
from ui.commands.common import VARIABLE
from ui.desk import Desk, OpenRegister
from ui.pages.table import PAGES
from ui.preferences import Preferences

SIZE = (1366, 768)
TURN_MS = 50
QUIET_TURNS = 8
"""A page is finished when nothing was read for so long."""
MOST_TURNS = 400


class Round(QObject):
    """Goes through the pages of a desk, a step at each turn of a timer; `take_next` ends with False."""

    def __init__(self, register: OpenRegister, desk: Desk, folder: Path) -> None:
        super().__init__()
        self._register, self._desk, self._folder = register, desk, folder
        self._steps = self._all_pages()
        self.taken: list[Path] = []

    def take_next(self) -> bool:
        return next(self._steps, False)

    def _all_pages(self) -> Iterator[bool]:
        for number, name in enumerate(self._desk.pages, start=1):
            self._desk.go(name)
            yield from self._until_quiet()
            path = self._folder / f"page-{number}-{name}.png"
            if self._desk.grab().save(os.fspath(path)):
                self.taken.append(path)

    def _until_quiet(self) -> Iterator[bool]:
        quiet = 0
        for _turn in range(MOST_TURNS):
            yield True
            quiet = 0 if self._register.tasks.busy else quiet + 1
            if quiet >= QUIET_TURNS:
                return


def main(register_folder: Path, folder: Path) -> int:
    application = start_qt()
    speech.speak(i18n.system_language())
    theme.load_fonts()
    theme.wear(application, theme.load("light"))
    register = OpenRegister(open_register(register_folder, os.environ[VARIABLE]))
    desk = Desk(register, PAGES, Preferences(), lambda: None)
    desk.resize(*SIZE)
    desk.show()
    pages = Round(register, desk, folder)
    timer = QTimer(interval=TURN_MS)
    timer.timeout.connect(lambda: None if pages.take_next() else application.quit())
    timer.start()
    application.exec()
    timer.stop()
    desk.close()
    register.close()
    for path in pages.taken:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
