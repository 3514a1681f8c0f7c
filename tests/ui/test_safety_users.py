"""The tab "Users and keys" in the real window: who may do what, and what is said before somebody is removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import Access, create_register, open_register
from coordinator.services.recovery import people_of_code
from coordinator.services.users import add_user, new_recovery_code
from coordinator.session import Session
from tests.conftest import PASSPHRASE
from tests.ui.bench import unnamed
from tests.ui.settling import settle
from tests.ui.window import CTRL
from ui import ask, speech, theme
from ui.crash import CrashDesk
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.dialogs.users import AddUserDialog, EditUserDialog, KeyDialog, OwnPassphraseDialog, ResetPassphraseDialog
from ui.main_window import MainWindow
from ui.pages.safety import SafetyPage
from ui.preferences import Preferences
from ui.widgets.safety.users import UsersTab

MARKO, NEW = "another horse battery", "quite a new passphrase"


class Desk:
    """The page "Safety" on a register, opened with somebody's passphrase."""

    def __init__(self, qtbot: QtBot, window: MainWindow, folder: Path) -> None:
        self.qtbot, self.window, self.folder = qtbot, window, folder

    def open(self, passphrase: str, access: Access = Access.WINDOW) -> UsersTab:
        self.window.open(open_register(self.folder, passphrase, access=access))
        self.qtbot.waitUntil(lambda: self.window.desk is not None)
        assert self.window.desk is not None
        self.window.desk.go("safety")
        self.settle()
        page = self.window.desk.pages["safety"]
        assert isinstance(page, SafetyPage)
        tab = page.tabs["users"]
        assert isinstance(tab, UsersTab)
        return tab

    def settle(self) -> None:
        settle(self.qtbot, self.window)

    def shown(self, tab: UsersTab) -> list[tuple[str, ...]]:
        return [tuple(tab.rows.text(row, column) for column in range(4)) for row in range(tab.rows.rowCount())]

    def choose(self, tab: UsersTab, name: str) -> None:
        row = next(row for row in range(tab.rows.rowCount()) if tab.rows.text(row, 0) == name)
        assert tab.table.select_id(tab.rows.row_id(row))

    def notices(self) -> list[str]:
        assert self.window.desk is not None
        return self.window.desk.notices.texts()

    def opened_by(self, passphrase: str) -> str:
        try:
            with open_register(self.folder, passphrase) as session:
                return f"{session.user} {session.role}"
        except UserError as refusal:
            return refusal.code


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of Олена, a coordinator, and Марко, an operator."""
    with create_register(tmp_path_factory.mktemp("made") / "centre", PASSPHRASE, user="Олена") as session:
        add_user(session, "Марко", Role.OPERATOR, MARKO)
        return session.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A closed copy of it."""
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def desk(
    qtbot: QtBot, dressed: QApplication, own_preferences: Callable[[], Path], crashes: CrashDesk, folder: Path
) -> Iterator[Desk]:
    window = MainWindow(lambda: {"safety": SafetyPage}, Preferences(language="en", theme="light"), crashes)
    window.resize(1366, 768)
    window.show_unlock()
    window.show()
    qtbot.addWidget(window)
    yield Desk(qtbot, window, folder)
    window.close()


def dialog_of(tab: UsersTab, kind: type[QWidget]) -> QWidget:
    found = tab.findChild(kind)
    assert found is not None
    return found


def fill(dialog: KeyDialog, **typed: str) -> None:
    for name, text in typed.items():
        field = getattr(dialog, name)
        (field.line if hasattr(field, "line") else field).setText(text)
    dialog.save.click()


def box(tab: UsersTab) -> QMessageBox:
    found = tab.findChild(QMessageBox)
    assert isinstance(found, QMessageBox)
    return found


def press(shown: QMessageBox, words: str) -> None:
    next(button for button in shown.buttons() if button.text() == words).click()


def test_the_table_says_who_has_which_role_and_who_one_is(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    assert desk.shown(tab) == [("Марко", "Operator", "has one", ""), ("Олена", "Coordinator", "has one", "you")]
    assert "There is no recovery code" in tab.code_state.text()
    assert not unnamed(tab)


def test_a_user_is_added_and_opens_the_register(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    tab.add.click()
    dialog = dialog_of(tab, AddUserDialog)
    assert isinstance(dialog, AddUserDialog)
    dialog.role.setCurrentIndex(list(Role).index(Role.VIEWER))
    fill(dialog, name="Ганна", new=NEW, again=NEW)
    desk.settle()
    assert ("Ганна", "Viewer", "has one", "") in desk.shown(tab)
    assert desk.opened_by(NEW) == "Ганна viewer"


def test_what_the_register_refuses_stays_typed_and_is_said_in_the_form(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    tab.add.click()
    dialog = dialog_of(tab, AddUserDialog)
    assert isinstance(dialog, AddUserDialog)
    for typed, complaint in (
        ({"name": " "}, "needs a name"),
        ({"name": "марко", "new": "short"}, "at least 8"),
        ({"new": NEW, "again": "other"}, "differ"),
        ({"again": NEW}, "a user with the name марко already"),
        ({"name": "Ганна", "new": MARKO, "again": MARKO}, "cannot be used"),
    ):
        fill(dialog, **typed)
        desk.settle()
        assert complaint in dialog.message.text()
        assert dialog.isVisible() and dialog.save.isEnabled()
    assert dialog.name.text() == "Ганна"
    assert len(desk.shown(tab)) == 2


def test_name_and_role_are_changed_together(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    desk.choose(tab, "Марко")
    tab.edit.click()
    dialog = dialog_of(tab, EditUserDialog)
    assert isinstance(dialog, EditUserDialog)
    assert dialog.role.value() is Role.OPERATOR
    dialog.role.setCurrentIndex(list(Role).index(Role.VIEWER))
    assert "only looks" in "".join(label.text() for label in dialog.findChildren(QLabel))
    fill(dialog, name="Марко Зразок")
    desk.settle()
    assert desk.opened_by(MARKO) == "Марко Зразок viewer"


def test_the_last_coordinator_can_neither_step_down_nor_be_removed(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    desk.choose(tab, "Олена")
    assert not tab.remove.isEnabled() and "yourself" in tab.remove.toolTip()
    tab.edit.click()
    dialog = dialog_of(tab, EditUserDialog)
    assert isinstance(dialog, EditUserDialog)
    dialog.role.setCurrentIndex(list(Role).index(Role.VIEWER))
    dialog.save.click()
    desk.settle()
    assert "needs a coordinator" in dialog.message.text()
    assert desk.opened_by(PASSPHRASE) == "Олена coordinator"


def test_fault_26_removing_says_what_it_means_and_then_locks_out(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    desk.choose(tab, "Марко")
    tab.remove.click()
    asked = box(tab)
    assert "no longer opens this register" in asked.informativeText()
    assert "took away keeps the old keys" in asked.informativeText()
    press(asked, "Cancel")
    desk.settle()
    assert desk.opened_by(MARKO) == "Марко operator"
    with ask.answers([True]):
        tab.remove.click()
    desk.settle()
    assert [row[0] for row in desk.shown(tab)] == ["Олена"]
    assert desk.opened_by(MARKO) == "register.wrong_passphrase"
    assert any("can no longer open this register" in text for text in desk.notices())


def test_a_coordinator_sets_somebodys_passphrase(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    desk.choose(tab, "Марко")
    tab.reset.click()
    dialog = dialog_of(tab, ResetPassphraseDialog)
    assert isinstance(dialog, ResetPassphraseDialog)
    fill(dialog, new=NEW, again=NEW)
    desk.settle()
    assert (desk.opened_by(NEW), desk.opened_by(MARKO)) == ("Марко operator", "register.wrong_passphrase")


def test_one_changes_ones_own_passphrase_with_the_old_one(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    tab.own.click()
    dialog = dialog_of(tab, OwnPassphraseDialog)
    assert isinstance(dialog, OwnPassphraseDialog)
    fill(dialog, old="wrong horse battery", new=NEW, again=NEW)
    desk.settle()
    assert "present passphrase is another one" in dialog.message.text()
    fill(dialog, old=PASSPHRASE)
    desk.settle()
    assert desk.opened_by(NEW) == "Олена coordinator"
    assert any("from now on" in text for text in desk.notices())


def test_fault_27_a_new_code_is_shown_once_and_ends_the_old_one(desk: Desk) -> None:
    with open_register(desk.folder, PASSPHRASE) as session:
        old = new_recovery_code(session).value
    tab = desk.open(PASSPHRASE)
    assert "There is a recovery code" in tab.code_state.text()
    tab.new_code.click()
    asked = box(tab)
    assert "no longer opens the register" in asked.informativeText()
    press(asked, "Make a new code")
    desk.settle()
    dialog = dialog_of(tab, RecoveryCodeDialog)
    assert isinstance(dialog, RecoveryCodeDialog)
    groups = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "figure"]
    dialog.done_button.click()
    assert [name for _id, name in people_of_code(desk.folder, "-".join(groups))] == ["Олена", "Марко"]
    with pytest.raises(UserError, match=r"register\.wrong_code"):
        people_of_code(desk.folder, old)


def test_who_is_no_coordinator_can_only_change_their_own_passphrase_and_reads_why(desk: Desk) -> None:
    tab = desk.open(MARKO)
    assert [row[0] for row in desk.shown(tab)] == ["Марко", "Олена"]
    assert tab.why.isVisible() and "Only a coordinator" in tab.why.text()
    desk.choose(tab, "Олена")
    for button in (tab.add, tab.edit, tab.reset, tab.remove, tab.new_code):
        assert not button.isEnabled()
        assert "Only a coordinator" in button.toolTip() and button.accessibleDescription() == button.toolTip()
    assert tab.own.isEnabled()


def test_in_a_register_that_can_only_be_read_nothing_can_be_changed(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE, Access.READ)
    buttons = (tab.add, tab.edit, tab.reset, tab.remove, tab.new_code, tab.own)
    assert not any(button.isEnabled() for button in buttons)
    assert all(button.toolTip() for button in buttons)


def test_what_needs_a_user_says_so_while_none_is_chosen(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    assert tab.add.isEnabled() and not tab.edit.isEnabled()
    assert tab.edit.toolTip() == "Choose a user first"


def test_the_keys_work_as_in_every_list(desk: Desk, qtbot: QtBot) -> None:
    tab = desk.open(PASSPHRASE)
    tab.table.take_focus()
    qtbot.keyClick(tab.table, Qt.Key.Key_N, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert isinstance(dialog_of(tab, AddUserDialog), AddUserDialog)


def test_the_forms_name_their_fields_and_cut_no_word_with_large_text(
    desk: Desk, dressed: QApplication, qtbot: QtBot
) -> None:
    speech.speak("uk")
    theme.wear(dressed, theme.load("dark"), 150)
    tab = desk.open(PASSPHRASE)
    for made in (
        AddUserDialog(tab),
        EditUserDialog("Марко", Role.VIEWER, tab),
        ResetPassphraseDialog("Марко", tab),
        OwnPassphraseDialog(tab),
    ):
        made.show()
        QApplication.processEvents()
        assert not unnamed(made)
        for widget in made.findChildren(QWidget):
            if isinstance(widget, QLabel | QPushButton) and widget.isVisible():
                wraps = isinstance(widget, QLabel) and widget.wordWrap()
                needed = widget.heightForWidth(widget.width()) if wraps else widget.sizeHint().height()
                assert widget.height() >= needed, widget.text()
                assert wraps or widget.width() >= widget.sizeHint().width(), widget.text()
        made.close()
    theme.wear(dressed, theme.load("light"))


def test_a_locked_register_leaves_no_code_on_the_screen(desk: Desk) -> None:
    tab = desk.open(PASSPHRASE)
    tab.new_code.click()
    desk.settle()
    assert isinstance(dialog_of(tab, RecoveryCodeDialog), RecoveryCodeDialog)
    desk.window.lock()
    QApplication.processEvents()
    assert not any(
        isinstance(widget, RecoveryCodeDialog) for widget in QApplication.topLevelWidgets() if widget.isVisible()
    )


def test_a_user_without_a_name_can_be_told_from_the_others(desk: Desk, tmp_path: Path) -> None:
    with create_register(tmp_path / "old", PASSPHRASE) as session:
        assert isinstance(session, Session)
        desk.folder = session.folder
    tab = desk.open(PASSPHRASE)
    assert desk.shown(tab) == [("(no name)", "Coordinator", "has one", "you")]
