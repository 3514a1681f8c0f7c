"""A register comes back to the window without its passphrase: opened again for writing, or restored from a copy."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from coordinator.copies import CopyInfo
from coordinator.errors import UserError
from coordinator.session import Session
from resources.i18n import _
from resources.messages import sentence
from ui import ask, texts
from ui.desk import Desk, OpenRegister
from ui.dialogs.damaged import DamagedDialog, PutBack, back_words
from ui.drafts import LastWords
from ui.locking.closing import Closing
from ui.locking.lobby import Lobby
from ui.opening_again import opening_again
from ui.restoring import Restored, restore_open
from ui.restoring import words as restored_words
from ui.widgets.notice_bar import Kind


class Shell(Protocol):
    """What the window offers for this."""

    register: OpenRegister | None

    @property
    def desk(self) -> Desk | None: ...

    def open(self, session: Session) -> None: ...

    def let_go(self) -> None: ...

    def take_down(self) -> tuple[OpenRegister, LastWords]: ...

    def show_waiting(self, text: str) -> None: ...

    def show_unlock(self, folder: Path | None = None, message: str = "") -> object: ...

    def sentences(self, errors: Iterable[BaseException]) -> list[str]: ...


class Returning:
    """Part of the window, which it outlives nowhere. What a lock overtakes is closed again."""

    def __init__(self, shell: Shell, lobby: Lobby, closing: Closing) -> None:
        self._shell, self._lobby, self._closing = shell, lobby, closing

    def open_again(self) -> None:
        """Try to open for writing what can only be looked at."""
        register, desk = self._shell.register, self._shell.desk
        if register is not None and desk is not None:
            desk.read_only.wait(True)
            self._lobby.run_work(
                opening_again(register.session), done=partial(self._opened_again, register), failed=self._not_again
            )

    def _opened_again(self, register: OpenRegister, session: Session) -> None:
        desk = self._shell.desk
        if desk is None or self._shell.register is not register:
            self._closing.turn_away(session)  # another register, or another user, stands there by now
        elif session.read_only is not None:
            self._closing.turn_away(session)
            desk.read_only.wait(False)
            desk.notices.show_notice(sentence(session.read_only.code, session.read_only.facts))
        else:
            state = desk.state()
            self._shell.let_go()
            self._shell.open(session)
            if self._shell.desk is not None:
                self._shell.desk.restore(state)

    def _not_again(self, error: UserError) -> None:
        if self._shell.desk is not None:
            self._shell.desk.read_only.wait(False)
            self._shell.desk.notices.show_notice(texts.error_text(error), Kind.WARNING)

    def restore(self, copy: CopyInfo) -> None:
        """Put a copy in the place of the open register: it is closed for that, and opened again without a question."""
        if self._shell.register is None:
            return
        register, last = self._shell.take_down()
        self._shell.show_waiting(_("Restoring the copy…"))
        restored = partial(self._restored, register, self._lobby.locks)
        self._lobby.see_through(restore_open, register, last, copy, self._closing.patience, done=restored)

    def _restored(self, register: OpenRegister, asked: int, restored: Restored) -> None:
        register.forget()
        session, folder = restored.session, register.session.folder
        wrong = self._shell.sentences([*restored.lost, *([restored.fault] if restored.fault else [])])
        said = wrong if restored.fault else [*wrong, restored_words(restored)]
        if session is not None and self._lobby.locks != asked:  # locked meanwhile: nobody may be here
            self._closing.turn_away(session)
            session = None
        if session is None:
            self._shell.show_unlock(folder, "\n".join(said))
            return
        self._shell.open(session)
        if self._shell.desk is not None:
            self._shell.desk.notices.show_notice("\n".join(said), Kind.WARNING if wrong else Kind.SUCCESS)

    def show_damaged(self, folder: Path, passphrase: str, window: QWidget) -> None:
        """A register that cannot be opened: its copies, and what can be read of it."""
        dialog = DamagedDialog(self._lobby, folder, passphrase, window)
        dialog.restored.connect(self._put_back)
        ask.show(dialog)

    def _put_back(self, back: PutBack) -> None:
        self._shell.open(back.session)
        if self._shell.desk is not None:
            self._shell.desk.notices.show_notice(back_words(back), Kind.SUCCESS)
