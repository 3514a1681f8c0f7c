"""Locked while a register is being opened, or opened again, and when its user is removed: no desk appears."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import Access, open_register
from coordinator.services.users import add_user, remove_user, users
from coordinator.session import Session
from tests.conftest import PASSPHRASE
from tests.ui.locks import Clock, Slow, closed, is_locked
from tests.ui.window import unlock
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.drafts import LastWords
from ui.main_window import MainWindow

OTHER = "another long passphrase"


@pytest.fixture
def clock(window: MainWindow) -> Clock:
    made = Clock()
    window.idle.clock = made
    return made


class TestWhileOpening:
    """A register that is being opened when nobody is there any more does not appear afterwards."""

    @pytest.fixture
    def gate(self, window: MainWindow, qtbot: QtBot) -> Iterator[threading.Event]:
        """What opens a register waits for this, as for the register before."""
        made = threading.Event()
        qtbot.waitUntil(lambda: not window._lobby.busy)
        window.closing.begin(Slow(made), LastWords())
        yield made
        made.set()

    @pytest.mark.parametrize("way", ["panic", "lock"])
    def test_fault_28_no_desk_appears_after_the_panic_key(
        self, window: MainWindow, folder: Path, qtbot: QtBot, way: str
    ) -> None:
        qtbot.waitUntil(lambda: not window._lobby.busy)
        opened: list[Session] = []

        def opening() -> Session:
            opened.append(open_register(folder, PASSPHRASE, access=Access.WINDOW))
            return opened[0]

        window._lobby.run_work(opening, done=window.open)
        qtbot.waitUntil(lambda: bool(opened) or window.desk is not None)
        getattr(window, way)()
        qtbot.waitUntil(lambda: not window._lobby.busy and not window.closing.under_way)
        assert is_locked(window) and window.desk is None
        with pytest.raises(UserError, match=r"register\.closed"), opened[0].reading():
            pass

    def test_fault_28_what_waits_to_be_opened_is_not_begun(
        self, window: MainWindow, folder: Path, qtbot: QtBot, gate: threading.Event
    ) -> None:
        page = unlock(window, folder, PASSPHRASE)
        assert page.open_form.passphrase.text()
        window.panic()
        gate.set()
        qtbot.waitUntil(lambda: not window._lobby.busy)
        again = window.unlock_page
        assert again is not None and again is not page
        assert (again.open_form.chosen(), again.open_form.passphrase.text()) == (folder, "")

    def test_a_register_that_waits_for_its_pages_is_closed_too(self, window: MainWindow, folder: Path) -> None:
        window._pages = None
        session = open_register(folder, PASSPHRASE)
        window.open(session)
        assert window.idle.watching
        window.lock()
        window.closing.wait()
        assert is_locked(window)
        with pytest.raises(UserError, match=r"register\.closed"), session.reading():
            pass

    def test_who_goes_away_meanwhile_is_noticed(
        self, clock: Clock, window: MainWindow, folder: Path, qtbot: QtBot, gate: threading.Event
    ) -> None:
        unlock(window, folder, PASSPHRASE)
        assert window.idle.watching
        clock.go(4 * 60 + 1)
        window.idle.look()
        gate.set()
        qtbot.waitUntil(lambda: not window._lobby.busy)
        assert is_locked(window)
        assert not window.idle.watching

    def test_a_passphrase_that_was_typed_is_wiped_and_what_was_said_stays(
        self, window: MainWindow, folder: Path, qtbot: QtBot
    ) -> None:
        qtbot.waitUntil(lambda: not window._lobby.busy)
        page = window.unlock_page
        assert page is not None
        page.open_form.passphrase.line.setText(PASSPHRASE)
        page.say("The register is erased.")
        window.lock()
        assert window.unlock_page is page
        assert (page.open_form.passphrase.text(), page.open_form.message.text()) == ("", "The register is erased.")

    def test_the_code_of_a_register_made_meanwhile_is_not_shown(
        self, window: MainWindow, tmp_path: Path, qtbot: QtBot
    ) -> None:
        page = window.unlock_page
        assert page is not None
        page.new_form.submitted.emit(tmp_path / "centre.register", PASSPHRASE, "Олена")
        qtbot.waitUntil(lambda: (tmp_path / "centre.register").exists() or bool(window.findChild(RecoveryCodeDialog)))
        window.panic()
        qtbot.waitUntil(lambda: not window._lobby.busy, timeout=20_000)
        assert not any(dialog.isVisible() for dialog in window.findChildren(RecoveryCodeDialog))
        assert window.unlock_page is not None
        assert "make a new code" in window.unlock_page.open_form.message.text()


def test_a_register_that_takes_long_to_close_is_told_of_on_the_unlock_page(window: MainWindow, qtbot: QtBot) -> None:
    go_on = threading.Event()
    window.closing._slow.setInterval(10)
    window.closing.begin(Slow(go_on), LastWords())
    page = window.unlock_page
    assert page is not None
    qtbot.waitUntil(lambda: page.held.words.text().startswith("The last edits are still being written."))
    go_on.set()
    qtbot.waitUntil(lambda: not page.held.isVisible())


class TestOpenedAgain:
    """A register that was held by another window is tried again, and somebody else stands there by then."""

    def test_the_answer_does_not_reach_another_users_register(
        self, window: MainWindow, folder: Path, qtbot: QtBot
    ) -> None:
        with open_register(folder, PASSPHRASE) as session:
            add_user(session, "Ніна", Role.VIEWER, OTHER)
        with open_register(folder, PASSPHRASE, access=Access.WINDOW):
            window.open(open_register(folder, PASSPHRASE, access=Access.WINDOW))
            qtbot.waitUntil(lambda: window.desk is not None)
        assert window.register is not None and window.register.session.read_only is not None
        window._returning.open_again()
        window.lock()
        window.closing.wait()
        window.open(open_register(folder, OTHER, access=Access.READ))
        viewer = window.register
        qtbot.waitUntil(lambda: not window._lobby.busy and not window.closing.under_way)
        assert window.register is viewer and viewer is not None and viewer.session.user == "Ніна"


class TestSentAway:
    def test_a_user_who_is_removed_by_another_program_is_locked_out(
        self, window: MainWindow, folder: Path, qtbot: QtBot
    ) -> None:
        with open_register(folder, PASSPHRASE) as session:
            add_user(session, "Ніна", Role.OPERATOR, OTHER)
        window.open(open_register(folder, OTHER))
        qtbot.waitUntil(lambda: window.desk is not None)
        with open_register(folder, PASSPHRASE) as session:
            nina = next(line for line in users(session) if line.name == "Ніна")
            remove_user(session, nina.id)
        qtbot.waitUntil(lambda: closed(window))
        assert window.unlock_page is not None
        assert "removed you from its users" in window.unlock_page.open_form.message.text()
