"""What is told of a register that was locked: why it is not closed yet, and what went wrong with its last writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from coordinator.errors import UserError
from resources.i18n import _
from ui import texts
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.locking.words import held_words
from ui.pages.unlock import UnlockPage
from ui.pages.waiting import WaitingPage
from ui.widgets.notice_bar import Kind


class Shell(Protocol):
    """What the window offers for this."""

    @property
    def desk(self) -> Desk | None: ...

    @property
    def unlock_page(self) -> UnlockPage | None: ...

    @property
    def waiting_page(self) -> WaitingPage | None: ...


class Telling:
    """It is told on the unlock page; whoever has unlocked meanwhile is told on the desk."""

    def __init__(self, shell: Shell, crashes: CrashDesk) -> None:
        self._shell, self._crashes = shell, crashes
        self._wrong: list[str] = []
        self._held = ""

    def begin_anew(self) -> None:
        """Another register is locked now."""
        self._wrong = []

    def sentences(self, errors: Iterable[BaseException]) -> list[str]:
        """What went wrong with the last writes. Faults of ours go to the crash dialog too."""
        said = []
        for error in errors:
            if isinstance(error, UserError):
                said.append(texts.error_text(error))
            else:
                self._crashes.take(error)
                said.append(_("The last edit could not be saved. Open the register and look whether it is there."))
        return list(dict.fromkeys(said))

    def tell(self, *said: str) -> None:
        self._wrong += said
        desk, page = self._shell.desk, self._shell.unlock_page
        if desk is not None:
            for text in self._wrong:
                desk.notices.show_notice(text, Kind.WARNING)
            self._wrong = []
        elif page is not None and self._wrong:
            page.say("\n".join(self._wrong))

    def hold(self, why: UserError | None) -> None:
        """A locked register is not closed yet; None: it is not known why."""
        self._say_held(held_words(why))

    def closed(self) -> None:
        self._say_held("")

    def go_on(self) -> None:
        """Another page stands there: what was told before is told on it too."""
        self._say_held(self._held)
        self.tell()

    def _say_held(self, text: str) -> None:
        self._held = text
        page = self._shell.unlock_page or self._shell.waiting_page
        if page is not None:
            page.say_held(text)
