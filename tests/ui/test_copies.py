"""Copies by themselves, their sign in the bottom line, and the tab that shows them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.copies import list_copies
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import Access, open_register
from coordinator.services import backups
from coordinator.services.users import add_user
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME, SECOND_PLACE
from db.layout import BACKUPS
from tests.conftest import PASSPHRASE
from tests.ui.bench import unnamed
from tests.ui.settling import settle
from tests.ui.window import Notes
from ui import ask, texts
from ui.backing_up import BackingUp
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.safety import SafetyPage
from ui.preferences import Preferences
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.copies import CopiesTab

NOON = datetime(2026, 8, 12, 9, 0, tzinfo=UTC)
"""12:00 in Kyiv."""


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


class Copying:
    """A window on a register whose clock the test moves; copies are begun by the test and not by the first timer."""

    def __init__(self, qtbot: QtBot, window: MainWindow, session: Session, clock: Clock) -> None:
        self.qtbot, self.window, self.session, self.clock = qtbot, window, session, clock
        window.open(session)
        qtbot.waitUntil(lambda: window.desk is not None)
        self.copies.close()

    @property
    def desk(self) -> Desk:
        assert self.window.desk is not None
        return self.window.desk

    @property
    def copies(self) -> BackingUp:
        assert self.window.register is not None
        return self.window.register.copies

    @property
    def tab(self) -> CopiesTab:
        page = self.desk.pages["safety"]
        assert isinstance(page, SafetyPage)
        self.desk.go("safety", tab="copies")
        self.settle()
        found: CopiesTab = page.tabs["copies"]
        return found

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def start(self) -> None:
        self.copies.start()
        self.settle()

    def look(self) -> None:
        """What the timer does every few seconds."""
        self.copies.look()
        self.settle()

    def edit(self, name: str) -> None:
        change_setting(self.session, CENTRE_NAME, name)

    def made(self) -> list[str]:
        """Why each copy was made, the oldest first."""
        return [copy.why for copy in reversed(list_copies(self.session.folder / BACKUPS))]

    def said(self) -> list[str]:
        return self.desk.notices.texts()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shell(
    qtbot: QtBot, dressed: QApplication, own_preferences: Callable[[], Path], crashes: CrashDesk
) -> Iterator[MainWindow]:
    made = MainWindow(
        lambda: {"today": Notes, "safety": SafetyPage}, Preferences(language="en", theme="light"), crashes
    )
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show_unlock()
    made.show()
    qtbot.waitUntil(lambda: made._pages is not None)
    yield made
    made.close()


@pytest.fixture
def copying(qtbot: QtBot, shell: MainWindow, folder: Path, clock: Clock) -> Copying:
    return Copying(qtbot, shell, open_register(folder, PASSPHRASE, access=Access.WINDOW, clock=clock), clock)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_a_copy_is_made_at_the_start_and_then_every_half_hour_if_something_changed(copying: Copying) -> None:
    copying.start()
    assert copying.made() == ["start"]
    copying.clock.pass_by(minutes=31)
    copying.look()
    assert copying.made() == ["start"], "nothing changed"
    copying.edit("Центр")
    copying.clock.pass_by(minutes=29)
    copying.look()
    assert copying.made() == ["start"], "half an hour has not passed"
    copying.clock.pass_by(minutes=2)
    copying.look()
    assert copying.made() == ["start", "changed"]
    assert copying.said() == [], "all of it quietly"


def test_the_first_copy_begins_by_itself_after_unlocking(copying: Copying, qtbot: QtBot) -> None:
    copying.copies.begin()
    qtbot.waitUntil(lambda: copying.made() == ["start"], timeout=10_000)


def test_a_clock_that_was_set_back_does_not_put_the_next_copy_off(copying: Copying) -> None:
    copying.start()
    copying.edit("Центр")
    copying.clock.pass_by(hours=-5)
    copying.look()
    assert copying.made() == ["changed", "start"]


def test_the_sign_says_when_the_last_copy_was_made_and_leads_to_the_copies(copying: Copying) -> None:
    sign = copying.desk.status.copies
    assert (sign.text(), sign.accessibleName()) == ("No copy yet", "No copy yet")
    copying.start()
    assert sign.text() == "Copies: 12:00"
    assert sign.toolTip() == "Copy made 12:00"
    assert not sign.icon().isNull()
    sign.click()
    assert copying.desk.current_name() == "safety"
    page = copying.desk.pages["safety"]
    assert isinstance(page, SafetyPage) and page.state() == {"tab": "copies"}


def test_the_sign_goes_on_in_another_language(copying: Copying, qtbot: QtBot) -> None:
    copying.start()
    before = copying.desk
    copying.window.speak("uk")
    qtbot.waitUntil(lambda: copying.desk is not before)
    assert "12:00" in copying.desk.status.copies.text()
    copying.window.speak("en")


def test_a_copy_that_fails_is_told_once_and_the_sign_says_so_until_one_works(copying: Copying) -> None:
    in_the_way = copying.session.folder / BACKUPS
    in_the_way.write_text("a file where a folder should be")
    copying.start()
    sign = copying.desk.status.copies
    assert (sign.text(), sign.kind) == ("The last copy failed", Kind.DANGER)
    assert len(copying.said()) == 1 and copying.said()[0].startswith("The copy could not be made.")
    copying.desk.notices.clear()
    copying.clock.pass_by(minutes=31)
    copying.look()
    assert copying.said() == [], "the same trouble is told once"
    in_the_way.unlink()
    copying.clock.pass_by(minutes=31)
    copying.look()
    assert (sign.text(), sign.kind) == ("Copies: 13:02", Kind.SUCCESS)


def test_fault_17_a_register_out_of_reach_is_told_at_once_and_a_copy_elsewhere_offered(
    copying: Copying, stick: Path
) -> None:
    copying.start()
    away = copying.session.folder.with_name("pulled-out")
    copying.session.folder.rename(away)
    copying.look()
    assert copying.said()[0].startswith(f"The register is out of reach: {copying.session.folder}.")
    assert copying.desk.status.copies.text() == "The register is out of reach"
    copying.look()
    assert len(copying.said()) == 1, "told once"
    with ask.answers([None]):
        press_step(copying, "Make a copy elsewhere…")
    away.rename(copying.session.folder)
    copying.look()
    assert copying.said()[0] == "The register is within reach again. Work goes on."
    assert copying.desk.status.copies.text() == "Copies: 12:00"
    with ask.answers([stick]):
        copying.desk.status.copies.copy_elsewhere()
    copying.settle()
    made = next(stick.iterdir())
    assert copying.said()[0].startswith(f"A copy of the whole register was made: {made}.")
    with open_register(made, PASSPHRASE) as whole:
        assert whole.user == copying.session.user


def test_fault_17_a_second_place_that_is_pulled_out_is_told_at_once_and_used_again_when_it_is_back(
    copying: Copying, stick: Path
) -> None:
    change_setting(copying.session, SECOND_PLACE, str(stick))
    copying.start()
    assert len(in_second(copying, stick)) == 1
    copying.look()
    shutil.move(stick, stick.with_name("drawer"))
    copying.clock.pass_by(minutes=31)
    copying.look()
    assert copying.said() == [
        f"The second place {stick} is out of reach. Its last copy was made 31 minutes ago; "
        "copies on this computer go on."
    ]
    copying.edit("Центр")
    shutil.move(stick.with_name("drawer"), stick)
    copying.look()
    assert len(in_second(copying, stick)) == 2, "a copy is carried there as soon as it is back"


def test_fault_19_a_second_place_that_is_gone_makes_the_sign_amber_and_is_reminded_of_after_a_day(
    copying: Copying, stick: Path
) -> None:
    change_setting(copying.session, SECOND_PLACE, str(stick))
    copying.start()
    sign = copying.desk.status.copies
    assert sign.kind is Kind.SUCCESS
    stick.rename(stick.with_name("gone"))
    copying.look()
    copying.desk.notices.clear()
    copying.edit("Центр")
    copying.clock.pass_by(hours=25)
    copying.look()
    copying.look()
    assert copying.made() == ["start", "changed"], "copies on this computer go on"
    assert (sign.text(), sign.kind) == ("No copy in the second place since 12.08.2026", Kind.WARNING)
    reminder = f"The last copy came to the second place {stick} 1 day ago. Put the stick in, or choose another place."
    assert copying.said() == [reminder]
    copying.desk.notices.clear()
    copying.clock.pass_by(hours=23)
    copying.look()
    assert copying.said() == []
    copying.clock.pass_by(hours=2)
    copying.look()
    copying.look()
    assert copying.said() == [reminder.replace("1 day", "2 days")]


def test_fault_19_where_the_first_place_fails_the_copy_lies_in_the_second(copying: Copying, stick: Path) -> None:
    change_setting(copying.session, SECOND_PLACE, str(stick))
    in_the_way = copying.session.folder / BACKUPS
    in_the_way.write_text("a file where a folder should be")
    copying.start()
    sign = copying.desk.status.copies
    assert len(in_second(copying, stick)) == 1
    assert (sign.text(), sign.kind) == ("Copy in the second place only", Kind.WARNING)
    assert copying.said()[0].startswith("The copy lies in the second place only.")
    copying.desk.notices.clear()
    copying.edit("Центр")
    copying.clock.pass_by(minutes=31)
    copying.look()
    assert len(in_second(copying, stick)) == 2 and copying.said() == [], "the same trouble is told once"


def test_fault_09_a_folder_copied_without_its_log_is_told_and_a_copy_offered(
    qtbot: QtBot, shell: MainWindow, folder: Path, clock: Clock, tmp_path: Path
) -> None:
    with open_register(folder, PASSPHRASE) as open_now:
        change_setting(open_now, CENTRE_NAME, "Центр")
        by_hand = tmp_path / "by-hand.register"
        shutil.copytree(folder, by_hand, ignore=shutil.ignore_patterns("*-wal", "*-shm"))
    copying = Copying(qtbot, shell, open_register(by_hand, PASSPHRASE, access=Access.WINDOW, clock=clock), clock)
    assert copying.said() == [texts.error_text(UserError("register.copied_without_wal", path=str(by_hand)))]
    with ask.answers([None]):
        press_step(copying, "Make a copy elsewhere…")


def test_the_register_can_be_locked_while_a_copy_is_made(copying: Copying, qtbot: QtBot) -> None:
    copying.copies.start()
    copying.window.lock()
    assert copying.window.unlock_page is not None
    qtbot.waitUntil(lambda: not copying.window.closing.under_way, timeout=20_000)
    left = list_copies(copying.session.folder / BACKUPS)
    assert all(not copy.fault for copy in left), "whole or not there"
    with open_register(copying.session.folder, PASSPHRASE, access=Access.WINDOW) as again:
        assert again.read_only is None


def test_the_tab_lists_the_copies_and_makes_one_by_hand(copying: Copying) -> None:
    copying.start()
    tab = copying.tab
    copying.clock.pass_by(minutes=31)
    tab.make_now.click()
    copying.settle()
    assert copying.made() == ["start", "asked"]
    assert [tab.model.text(row, 1) for row in range(tab.model.rowCount())] == ["by hand", "at the start"]
    assert tab.last.text() == "The last copy was made 12.08.2026 12:31, just now."
    assert copying.said() == ["Copy made, opened, checked and counted."]
    assert unnamed(tab) == []


def test_the_second_place_is_chosen_tested_and_cleared(copying: Copying, stick: Path) -> None:
    copying.start()
    tab = copying.tab
    assert not tab.second.test.isEnabled() and tab.second.test.toolTip() == "No second place is chosen."
    with ask.answers([stick]):
        tab.second.choose.click()
    copying.settle()
    assert len(in_second(copying, stick)) == 1, "a first copy goes there at once"
    assert sorted(tab.model.text(row, 2) for row in range(3)) == ["second place", "this computer", "this computer"]
    assert tab.second.place.text() == str(stick)
    assert tab.second.state.words.text() == "The last copy there was made 12.08.2026 12:00, just now."
    tab.second.test.click()
    copying.settle()
    assert len(in_second(copying, stick)) == 2
    assert copying.said()[0] == "Copy made in both places, opened, checked and counted."
    tab.second.clear.click()
    copying.settle()
    assert tab.second.place.text().startswith("No second place is chosen.")


def test_the_second_place_cannot_lie_in_the_register_itself(copying: Copying) -> None:
    tab = copying.tab
    with ask.answers([copying.session.folder]):
        tab.second.choose.click()
    copying.settle()
    assert copying.session.setting(SECOND_PLACE) == ""
    assert len(copying.said()) == 1


def test_who_may_not_restore_is_told_why(qtbot: QtBot, shell: MainWindow, folder: Path, clock: Clock) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as first:
        add_user(first, "Оператор", Role.OPERATOR, "another long passphrase")
    operator = open_register(folder, "another long passphrase", access=Access.WINDOW, clock=clock)
    copying = Copying(qtbot, shell, operator, clock)
    copying.start()
    tab = copying.tab
    assert not tab.restore_other.isEnabled() and tab.restore_other.toolTip()
    assert tab.make_now.isEnabled() and tab.make_elsewhere.isEnabled()


def test_a_window_that_only_reads_still_makes_a_copy_elsewhere(
    qtbot: QtBot, shell: MainWindow, folder: Path, clock: Clock, stick: Path
) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW):
        second = open_register(folder, PASSPHRASE, access=Access.WINDOW, clock=clock)
        copying = Copying(qtbot, shell, second, clock)
        copying.start()
        tab = copying.tab
        assert copying.made() == [], "who writes makes the copies"
        for button in (tab.make_now, tab.restore, tab.restore_other, tab.second.choose):
            assert not button.isEnabled() and button.toolTip()
        with ask.answers([stick]):
            tab.make_elsewhere.click()
        copying.settle()
        assert copying.said()[0].startswith("A copy of the whole register was made")


def in_second(copying: Copying, stick: Path) -> list[str]:
    return [copy.why for copy in list_copies(backups.second_folder(copying.session, stick))]


def press_step(copying: Copying, words: str) -> None:
    """Press the button of the newest notice."""
    found = [button for button in copying.desk.notices.findChildren(QPushButton) if button.text() == words]
    assert found, words
    found[0].click()
