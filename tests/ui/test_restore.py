"""Restoring a copy through the window: what would change is shown first, the register of now is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.errors import UserError
from coordinator.register import Access, open_register
from coordinator.services import backups
from coordinator.services.households import remove_household
from coordinator.session import Session, change_setting
from coordinator.settings import CENTRE_NAME
from db.layout import DATA, KEYS
from tests import builders
from tests.conftest import PASSPHRASE
from tests.ui.bench import unnamed
from tests.ui.settling import settle
from tests.ui.window import Notes, unlock
from ui import ask, texts
from ui.crash import CrashDesk
from ui.dialogs.check_report import CheckDialog
from ui.dialogs.damaged import DamagedDialog
from ui.dialogs.restore import RestoreDialog
from ui.main_window import MainWindow
from ui.pages.safety import SafetyPage
from ui.pages.unlock import UnlockPage
from ui.preferences import Preferences
from ui.widgets.safety.copies import CopiesTab

PAGE = 4096


@pytest.fixture
def shell(
    qtbot: QtBot, dressed: QApplication, own_preferences: Callable[[], Path], crashes: CrashDesk
) -> Iterator[MainWindow]:
    pages = {"today": Notes, "safety": SafetyPage}
    made = MainWindow(lambda: pages, Preferences(language="en", theme="light"), crashes)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show_unlock()
    made.show()
    qtbot.waitUntil(lambda: made._pages is not None)
    yield made
    made.close()


@pytest.fixture
def used(folder: Path) -> Path:
    """A closed register with a copy of one household, and two more households and less another one since."""
    with open_register(folder, PASSPHRASE) as session:
        first = builders.add_household(session, "Коваль")
        backups.backup(session)
        builders.add_household(session, "Шевчук", people=3)
        builders.add_household(session, "Мельник")
        remove_household(session, first)
    return folder


def open_window(shell: MainWindow, folder: Path, qtbot: QtBot) -> CopiesTab:
    """The tab with the copies of a register opened in the window."""
    shell.open(open_register(folder, PASSPHRASE, access=Access.WINDOW))
    settle(qtbot, shell)
    assert shell.desk is not None and shell.register is not None
    shell.register.copies.close()
    shell.desk.go("safety", tab="copies")
    settle(qtbot, shell)
    page = shell.desk.pages["safety"]
    assert isinstance(page, SafetyPage)
    found: CopiesTab = page.tabs["copies"]
    return found


def households(session: Session) -> int:
    with session.reading() as db:
        return int(db.rows("SELECT count(*) FROM household")[0][0])


def shown(shell: MainWindow, kind: type) -> object:
    return next(widget for widget in shell.findChildren(kind) if widget.isVisible())


def compare(shell: MainWindow, tab: CopiesTab, qtbot: QtBot) -> RestoreDialog:
    tab.table.select_id(tab.table.rows.row_id(0))
    tab.restore.click()
    settle(qtbot, shell)
    dialog = shown(shell, RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    return dialog


def test_fault_20_what_would_change_is_shown_before_anything_is_done(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    tab = open_window(shell, used, qtbot)
    assert not tab.restore.isEnabled() and tab.restore.toolTip() == "Choose a copy in the list first."
    dialog = compare(shell, tab, qtbot)
    rows = dialog.view.lines.rows
    table = [[rows.text(row, column) for column in range(rows.columnCount())] for row in range(rows.rowCount())]
    assert table[:2] == [["Households", "2", "1", "2", "1", ""], ["People", "5", "2", "5", "2", ""]]
    assert dialog.view.since.text() == "3 actions were done since then and would be taken out of the register."
    assert dialog.view.done.rows.rowCount() == 3
    assert "set aside first" in dialog.kept.text()
    with ask.answers([False]):
        dialog.restore.click()
    dialog.reject()
    assert shell.register is not None and households(shell.register.session) == 2, "nothing was changed"


def test_fault_20_the_register_of_now_is_set_aside_and_the_copy_opens_without_a_question(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    dialog = compare(shell, open_window(shell, used, qtbot), qtbot)
    before = shell.register
    with ask.answers([True]):
        dialog.restore.click()
    qtbot.waitUntil(lambda: shell.register is not None and shell.register is not before, timeout=20_000)
    settle(qtbot, shell)
    assert shell.register is not None and shell.desk is not None
    assert households(shell.register.session) == 1
    aside = next(copy for copy in backups.list_copies(shell.register.session) if copy.why == "before-restore")
    assert aside.households == 2
    assert shell.desk.notices.texts()[0].endswith(
        f"The register as it was is kept as the copy of {texts.moment(aside.made_at)}."
    )


def test_what_was_set_aside_can_itself_be_restored(shell: MainWindow, used: Path, qtbot: QtBot) -> None:
    for _turn in range(2):
        before = shell.register
        tab = open_window(shell, used, qtbot) if before is None else tab_of(shell, qtbot)
        before = shell.register
        dialog = compare(shell, tab, qtbot)
        with ask.answers([True]):
            dialog.restore.click()
        qtbot.waitUntil(lambda was=before: shell.register is not None and shell.register is not was, timeout=20_000)
        settle(qtbot, shell)
    assert shell.register is not None and households(shell.register.session) == 2


def tab_of(shell: MainWindow, qtbot: QtBot) -> CopiesTab:
    assert shell.desk is not None
    shell.desk.go("safety", tab="copies")
    settle(qtbot, shell)
    page = shell.desk.pages["safety"]
    assert isinstance(page, SafetyPage)
    found: CopiesTab = page.tabs["copies"]
    return found


def test_a_copy_from_another_place_is_compared_and_one_of_another_register_refused(
    shell: MainWindow, used: Path, qtbot: QtBot, session: Session, tmp_path: Path
) -> None:
    tab = open_window(shell, used, qtbot)
    other = backups.make_a_copy(session, tmp_path / "other").value
    with ask.answers([other.path]):
        tab.restore_other.click()
    settle(qtbot, shell)
    dialog = shown(shell, RestoreDialog)
    assert isinstance(dialog, RestoreDialog)
    assert dialog.message.words.text() == texts.error_text(UserError("backup.other_register", path=str(other.path)))
    assert not dialog.restore.isEnabled()


def test_a_restore_that_is_refused_leaves_the_register_open_and_says_why(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    dialog = compare(shell, open_window(shell, used, qtbot), qtbot)
    with open_register(used, PASSPHRASE):
        with ask.answers([True]):
            dialog.restore.click()
        before = shell.register
        qtbot.waitUntil(lambda: shell.register is not None and shell.register is not before, timeout=20_000)
        settle(qtbot, shell)
    assert shell.register is not None and shell.desk is not None
    assert households(shell.register.session) == 2
    assert shell.desk.notices.texts(), "the reason is told"


def test_what_is_half_typed_and_the_last_edit_are_not_lost_by_a_restore(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    dialog = compare(shell, open_window(shell, used, qtbot), qtbot)
    register = shell.register
    assert register is not None
    register.tasks.run_verb(change_setting, register.session, CENTRE_NAME, "Центр")
    with ask.answers([True]):
        dialog.restore.click()
    qtbot.waitUntil(lambda: shell.register is not None and shell.register is not register, timeout=20_000)
    settle(qtbot, shell)
    assert shell.register is not None
    aside = next(copy for copy in backups.list_copies(shell.register.session) if copy.why == "before-restore")
    with open_register(aside.path, PASSPHRASE) as was:
        assert was.setting(CENTRE_NAME) == "Центр"


def test_the_check_says_in_plain_sentences_that_the_register_is_whole(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    open_window(shell, used, qtbot).check.click()
    settle(qtbot, shell)
    dialog = shown(shell, CheckDialog)
    assert isinstance(dialog, CheckDialog)
    assert dialog.verdict.text().startswith("The register is whole.")
    said = [strip.words.text() for strip in dialog.lines]
    assert said and not [text for text in said if text.startswith("check.")]


def damage(folder: Path, table: str = "sqlite_master") -> bytes:
    """Flip a bit in the first page of a table; returns the bytes of the damaged file."""
    with open_register(folder, PASSPHRASE) as session, session.reading() as db:
        pages = db.rows("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    data = bytearray((folder / DATA).read_bytes())
    data[(pages[0][0] - 1) * PAGE + 100 if pages else 100] ^= 1
    (folder / DATA).write_bytes(data)
    return bytes(data)


def open_damaged(shell: MainWindow, folder: Path, qtbot: QtBot) -> DamagedDialog:
    page = unlock(shell, folder, PASSPHRASE)
    qtbot.waitUntil(page.open_form.message.isVisible, timeout=20_000)
    assert isinstance(page, UnlockPage)
    page.restore_wanted.emit(folder, PASSPHRASE)
    settle(qtbot, shell)
    dialog = shown(shell, DamagedDialog)
    assert isinstance(dialog, DamagedDialog)
    return dialog


def agree(shell: MainWindow, dialog: DamagedDialog, qtbot: QtBot) -> None:
    dialog.restore.click()
    settle(qtbot, shell)
    comparing = shown(shell, RestoreDialog)
    assert isinstance(comparing, RestoreDialog)
    with ask.answers([True]):
        comparing.restore.click()
    qtbot.waitUntil(lambda: shell.register is not None, timeout=20_000)
    settle(qtbot, shell)


def test_fault_11_a_damaged_register_offers_its_copies_and_the_damaged_file_is_kept(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    damaged = damage(used)
    dialog = open_damaged(shell, used, qtbot)
    assert "damaged" in dialog.message.words.text()
    assert dialog.model.rowCount() == 1 and dialog.table.current_id()
    agree(shell, dialog, qtbot)
    assert shell.register is not None and shell.desk is not None
    assert households(shell.register.session) == 1
    kept = [file for file in used.rglob(DATA) if file.read_bytes() == damaged]
    assert len(kept) == 1, "the damaged file lies untouched beside"
    assert str(kept[0].parent) in shell.desk.notices.texts()[0]


def test_fault_11_what_can_be_read_is_read_and_restored_like_a_copy(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    damage(used, "event")
    page = shell.unlock_page
    assert page is not None
    page.restore_wanted.emit(used, PASSPHRASE)
    settle(qtbot, shell)
    dialog = shown(shell, DamagedDialog)
    assert isinstance(dialog, DamagedDialog)
    assert "damaged" in dialog.message.words.text()
    dialog.save.click()
    qtbot.waitUntil(lambda: dialog.model.rowCount() == 2, timeout=20_000)
    assert "read and checked" in dialog.news.words.text()
    assert dialog.model.text(0, 2) == "what could still be read of a damaged register"
    assert dialog.table.current_id() == dialog.model.row_id(0)
    agree(shell, dialog, qtbot)
    assert shell.register is not None and households(shell.register.session) == 2, "what came after the last copy too"


def test_fault_11_damage_that_shows_while_working_is_found_by_the_check_and_read_from_there(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    damage(used, "event")
    tab = open_window(shell, used, qtbot)
    tab.check.click()
    settle(qtbot, shell)
    dialog = shown(shell, CheckDialog)
    assert isinstance(dialog, CheckDialog)
    assert dialog.verdict.text().startswith("The register is damaged.")
    dialog.salvage.click()
    settle(qtbot, shell)
    assert shell.desk is not None and "read and checked" in shell.desk.notices.texts()[0]
    assert tab.model.text(0, 1) == "what could still be read of a damaged register"


def test_fault_10_a_truncated_register_is_damaged_and_its_copy_restored(
    shell: MainWindow, used: Path, qtbot: QtBot
) -> None:
    (used / DATA).write_bytes(b"")
    dialog = open_damaged(shell, used, qtbot)
    assert dialog.restore.isEnabled()
    agree(shell, dialog, qtbot)
    assert shell.register is not None and households(shell.register.session) == 1


def test_a_register_without_its_data_file_is_restored_too(shell: MainWindow, used: Path, qtbot: QtBot) -> None:
    (used / DATA).unlink()
    dialog = open_damaged(shell, used, qtbot)
    agree(shell, dialog, qtbot)
    assert shell.register is not None and households(shell.register.session) == 1


@pytest.mark.parametrize(("text", "code"), [("{", "register.keys_damaged"), (None, "register.no_keys")])
def test_a_key_file_that_is_gone_or_damaged_is_put_back_from_a_copy(
    shell: MainWindow, used: Path, qtbot: QtBot, text: str | None, code: str
) -> None:
    if text is None:
        (used / KEYS).unlink()
    else:
        (used / KEYS).write_text(text)
    dialog = open_damaged(shell, used, qtbot)
    assert dialog.message.words.text() == texts.error_text(UserError(code, path=str(used)))
    assert dialog.model.rowCount() == 1, "the copies are listed all the same"
    assert not dialog.restore.isEnabled()
    assert dialog.restore.toolTip() == "The key file has to be put back first: keys.json of a copy."
    assert unnamed(dialog) == []
    dialog.keys.click()
    settle(qtbot, shell)
    assert dialog.message.words.text().startswith("It opens again.")
    assert not dialog.keys.isVisible()
    with open_register(used, PASSPHRASE) as session:
        assert households(session) == 2, "the data were never touched"
