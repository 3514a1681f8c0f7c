"""The tab "Privacy" in a real window: who is due, removing it, locking, and erasing the register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QVBoxLayout
from pytestqt.qtbot import QtBot

from coordinator.domain.events import EventKind
from coordinator.domain.roles import Role
from coordinator.outcome import Change, Touched
from coordinator.register import Access, create_register
from coordinator.services import retention
from coordinator.services.backups import make_a_copy
from coordinator.services.decisions import record_departure
from coordinator.services.old_copies import old_copies
from coordinator.session import Session, change_setting
from coordinator.settings import LOCK_MINUTES, RETENTION_DAYS, SECOND_PLACE
from tests import builders
from tests.conftest import PASSPHRASE
from tests.ui.bench import unnamed
from tests.ui.settling import settle
from ui import ask, speech
from ui.crash import CrashDesk
from ui.dialogs.erase import EraseDialog
from ui.main_window import MainWindow
from ui.pages.base import Page, PageContext
from ui.preferences import Preferences
from ui.widgets.safety.privacy import PrivacyTab

NOW = datetime(2023, 10, 20, 9, tzinfo=UTC)
LEFT_ON = NOW.date() - timedelta(days=40)


class Safety(Page):
    """A page with the tab alone."""

    name = "safety"
    depends_on = Touched.EVERYTHING

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.tab = PrivacyTab(context)
        column = QVBoxLayout(self)
        column.addWidget(self.tab)

    def title(self) -> str:
        return "Safety"

    def refresh(self, change: Change | None) -> None:
        self.tab.refresh(change)


class Bench:
    def __init__(self, qtbot: QtBot, crashes: CrashDesk, session: Session) -> None:
        self.qtbot, self.session = qtbot, session
        self.window = MainWindow(lambda: {"safety": Safety}, Preferences(language="en", theme="light"), crashes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 740)
        self.window.show()
        self.window.open(session)
        qtbot.waitUntil(lambda: self.window.desk is not None)
        self.settle()

    @property
    def tab(self) -> PrivacyTab:
        assert self.window.desk is not None
        page = self.window.desk.pages["safety"]
        assert isinstance(page, Safety)
        return page.tab

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def say(self) -> str:
        return self.tab.term.state.words.text()

    def notices(self) -> list[str]:
        assert self.window.desk is not None
        return self.window.desk.notices.texts()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A family that left forty days ago, and one that is there."""
    with create_register(tmp_path / "kupiansk", PASSPHRASE, access=Access.WINDOW, clock=lambda: NOW) as made:
        for surname in ("Немирович", "Гречка"):
            household = builders.add_household(made, surname, phone="0671234509", house=surname)
        record_departure(made, household, EventKind.BY_US, LEFT_ON)
        yield made


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, own_preferences: object, crashes: CrashDesk, session: Session) -> Bench:
    return Bench(qtbot, crashes, session)


def set_term(bench: Bench, days: int) -> None:
    bench.tab.term.days.setValue(days)
    bench.tab.term.save.click()
    bench.settle()


def test_nothing_is_due_before_a_term_is_set(bench: Bench) -> None:
    assert bench.say() == "No term is set, so personal data stay."
    assert bench.tab.term.names.isChecked()
    assert not bench.tab.term.remove.isEnabled() and bench.tab.term.remove.toolTip()
    assert bench.tab.model.rowCount() == 0


def test_a_term_shows_who_is_due_and_reminds_by_more_than_colour(bench: Bench) -> None:
    set_term(bench, 30)
    assert bench.session.setting(RETENTION_DAYS) == 30
    assert bench.say() == "Due: 1 household with 2 people, delivered on 20.09.2023 or before."
    assert bench.tab.term.state.property("kind") == "warning"
    assert [bench.tab.model.text(0, column) for column in range(5)] == [
        "2", "Гречка Олена", "Подоли", "2", "10.09.2023",
    ]  # fmt: skip
    set_term(bench, 60)
    bench.qtbot.waitUntil(lambda: bench.tab.model.rowCount() == 0)


def test_removing_is_asked_with_numbers_and_cancel_changes_nothing(bench: Bench) -> None:
    set_term(bench, 30)
    bench.tab.term.remove.click()
    (box,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert box.text() == "Remove personal data?"
    assert "1 household with 2 people" in box.informativeText()
    assert "cannot be undone" in box.informativeText()
    box.reject()
    bench.settle()
    assert bench.tab.model.rowCount() == 1


def test_what_is_due_is_removed_and_old_copies_go_where_that_is_wanted(bench: Bench) -> None:
    bench.session.safe_copy("test")
    set_term(bench, 30)
    assert "1 copy made before still holds" in bench.tab.term.copies.text()
    bench.tab.term.drop.setChecked(True)
    before = {copy.folder for copy in old_copies(bench.session)}
    with ask.answers([True]):
        bench.tab.term.remove.click()
    bench.settle()
    assert bench.tab.model.rowCount() == 0
    after = {copy.folder for copy in old_copies(bench.session)}
    assert len(after) == 1 and not before & after
    assert bench.notices()[0] == "A new copy is made; 1 copy made before went."
    assert "Personal data removed: 1 household, 2 people. The counts are as before." in bench.notices()


def test_an_unfinished_removal_is_told_and_can_be_finished(bench: Bench) -> None:
    retention.set_term(bench.session, 30, True)
    with bench.session.act("anonymise") as act:
        retention._set(act.db, retention.PENDING, True)
        act.touch(Touched.SETTINGS)
    bench.settle()
    assert "not finished" in bench.say()
    bench.tab.term.finish.click()
    bench.settle()
    assert not bench.tab.term.finish.isVisible()
    assert "The removal is finished." in bench.notices()


def test_the_minutes_until_it_locks_are_set_here_too(bench: Bench) -> None:
    bench.tab.lock.minutes.setValue(9)
    bench.tab.lock.save.click()
    bench.settle()
    assert bench.session.setting(LOCK_MINUTES) == 9
    assert not bench.tab.lock.save.isEnabled()


def test_an_operator_may_look_and_is_told_why_no_more(
    qtbot: QtBot, dressed: QApplication, own_preferences: object, crashes: CrashDesk, session: Session
) -> None:
    retention.set_term(session, 30, True)
    session.who = replace(session.who, role=Role.OPERATOR)
    tab = Bench(qtbot, crashes, session).tab
    assert tab.model.rowCount() == 1
    for button in (tab.term.remove, tab.term.save, tab.erasing.erase):
        assert not button.isEnabled() and "coordinator" in button.toolTip()
    assert tab.lock.minutes.isEnabled()


def test_erasing_wants_the_name_and_ends_on_the_unlock_page(bench: Bench, qtbot: QtBot) -> None:
    folder = bench.session.folder
    bench.tab.erasing.erase.click()
    (dialog,) = bench.tab.findChildren(EraseDialog)
    assert not dialog.erase.isEnabled()
    qtbot.keyClicks(dialog.typed, "kupians")
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert folder.exists() and not dialog.erase.isEnabled()
    assert not unnamed(dialog)
    qtbot.keyClicks(dialog.typed, "k")
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.window.unlock_page is not None, timeout=20_000)
    assert not folder.exists()
    page = bench.window.unlock_page
    assert page is not None
    assert any("Nobody can open it any more" in label.text() for label in page.findChildren(QLabel))


def test_what_an_erasing_leaves_is_named_before_and_a_copy_under_way_waited_for(
    bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "stick").mkdir()
    change_setting(bench.session, SECOND_PLACE, str(tmp_path / "stick"))
    north = make_a_copy(bench.session, tmp_path / "stick" / "north").value.path
    bench.settle()
    bench.tab.erasing.erase.click()
    (dialog,) = bench.tab.findChildren(EraseDialog)
    qtbot.waitUntil(lambda: str(north) in dialog.others.text())
    copies = bench.window.register.copies if bench.window.register else None
    assert copies is not None
    copies.make_now(lambda _made: None)
    qtbot.keyClicks(dialog.typed, "kupiansk")
    qtbot.mouseClick(dialog.erase, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bench.window.unlock_page is not None, timeout=20_000)
    assert not bench.session.folder.exists() and north.exists()
    assert [entry.name for entry in (tmp_path / "stick").iterdir() if "kupiansk" in entry.name] == ["kupiansk-copies"]
    assert not list((tmp_path / "stick" / "kupiansk-copies").iterdir())


def test_every_field_of_the_tab_is_named_in_both_languages(bench: Bench) -> None:
    assert not unnamed(bench.tab)
    bench.window.speak("uk")
    bench.qtbot.waitUntil(lambda: bench.say().startswith("Строк"))
    assert not unnamed(bench.tab)
    speech.speak("en")
