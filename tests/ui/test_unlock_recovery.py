"""The first page where a passphrase is new, forgotten or wrong, and where the register cannot be read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coordinator.domain.passphrase import Strength, strength
from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import MIN_PASSPHRASE, create_register, open_register
from coordinator.services.recovery import people_of_code
from coordinator.services.users import add_user, new_recovery_code
from coordinator.session import Session, utc_now
from resources import i18n
from tests.builders import tried_wrongly
from tests.conftest import PASSPHRASE
from tests.ui.bench import unnamed
from tests.ui.settling import settle
from ui import ask, speech, texts, theme
from ui.dialogs.recovery_code import CodePreview, RecoveryCodeDialog
from ui.main_window import MainWindow
from ui.pages.unlock import UnlockPage
from ui.pages.unlock_base import Form
from ui.paper.output import pdf_bytes
from ui.paper.recovery import RecoveryPaper, recovery_document
from ui.preferences import Preferences
from ui.tasks import Tasks

MARKO, NEW = "another horse battery", "quite a new passphrase"
CODE = "7K2M-9QZX-3H8B-5T1V-6C4D-WWWW"
LONG_NAME = "Координаційний центр евакуації Куп’янської міської військової адміністрації"
NOON = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


class Gate:
    """The unlock page on its own, and the sessions that it opened."""

    def __init__(self, qtbot: QtBot, tasks: Tasks, folder: Path | None = None) -> None:
        self.qtbot, self.tasks = qtbot, tasks
        self.opened: list[Session] = []
        self.page = UnlockPage(tasks, Preferences(), folder)
        qtbot.addWidget(self.page)
        self.page.opened.connect(self.opened.append)
        self.page.resize(1366, 768)
        self.page.show()

    def settle(self) -> None:
        settle(self.qtbot, self.tasks)

    def session(self) -> Session:
        self.settle()
        (session,) = self.opened
        return session

    def code_dialog(self) -> RecoveryCodeDialog:
        self.settle()
        found = self.page.findChild(RecoveryCodeDialog)
        assert isinstance(found, RecoveryCodeDialog)
        return found

    def close(self) -> None:
        for session in self.opened:
            session.close()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A register of Олена and Марко, closed, and its recovery code."""
    with create_register(tmp_path_factory.mktemp("made") / "kupiansk", PASSPHRASE, user="Олена") as session:
        add_user(session, "Марко", Role.OPERATOR, MARKO)
        return session.folder, new_recovery_code(session).value


@pytest.fixture
def folder(made: tuple[Path, str], tmp_path: Path) -> Path:
    return Path(shutil.copytree(made[0], tmp_path / made[0].name))


@pytest.fixture
def code(made: tuple[Path, str]) -> str:
    return made[1]


@pytest.fixture
def gate(qtbot: QtBot, dressed: QApplication, tasks: Tasks, folder: Path) -> Iterator[Gate]:
    made = Gate(qtbot, tasks, folder)
    yield made
    made.close()


def make(gate: Gate, place: Path) -> RecoveryCodeDialog:
    """Fill in the form of a new register and send it."""
    gate.page.open_form.switch.click()
    form = gate.page.new_form
    form.name.setText("centre")
    form.place.setText(str(place))
    form.user.setText("Олена Приклад")
    form.passphrase.line.setText(PASSPHRASE)
    form.again.line.setText(PASSPHRASE)
    form.button.click()
    return gate.code_dialog()


def words(dialog: RecoveryCodeDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def ask_for_code(gate: Gate, typed: str) -> None:
    gate.page.open_form.lost.click()
    form = gate.page.recover_form
    form.code.setText(typed)
    form.button.click()
    gate.settle()


def test_fault_27_a_new_register_opens_only_after_its_code_is_on_paper(gate: Gate, tmp_path: Path) -> None:
    dialog = make(gate, tmp_path)
    said = words(dialog)
    assert "Without a passphrase and without this code the data are gone" in said
    assert "not saved as a file" in said
    assert not gate.opened
    groups = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "figure"]
    dialog.done_button.click()
    session = gate.session()
    assert (session.user, session.role, session.read_only) == ("Олена Приклад", Role.COORDINATOR, None)
    assert people_of_code(session.folder, "-".join(groups)) == [(session.user_id, "Олена Приклад")]


def test_fault_27_leaving_without_the_code_is_asked_about_and_the_register_is_there(gate: Gate, tmp_path: Path) -> None:
    dialog = make(gate, tmp_path)
    with ask.answers([False]):
        dialog.reject()
    assert dialog.isVisible()
    with ask.answers([True]):
        dialog.reject()
    assert not gate.opened
    assert gate.page.open_form.chosen() == tmp_path / "centre.register"


def test_the_code_outlives_a_page_that_is_made_anew(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    first = window.unlock_page
    assert first is not None
    first.new_form.submitted.emit(tmp_path / "centre.register", PASSPHRASE, "Олена")
    qtbot.waitUntil(lambda: window.findChild(RecoveryCodeDialog) is not None, timeout=20_000)
    dialog = window.findChild(RecoveryCodeDialog)
    assert isinstance(dialog, RecoveryCodeDialog)
    again = window.show_unlock(tmp_path / "centre.register")
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))
    assert dialog.isVisible()
    dialog.done_button.click()
    assert window.unlock_page is again and window.desk is None


def test_enter_does_not_pass_over_the_code(gate: Gate, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = make(gate, tmp_path)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert dialog.isVisible() and not gate.opened


def test_the_code_is_shown_in_numbered_groups_and_cannot_be_copied_or_saved(
    qtbot: QtBot, dressed: QApplication, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = QLabel()
    qtbot.addWidget(holder)
    dialog = RecoveryCodeDialog("центр", CODE, NOON, tasks, holder)
    dialog.show()
    shown = [label for label in dialog.findChildren(QLabel) if label.property("role") == "figure"]
    assert [label.text() for label in shown] == CODE.split("-")
    assert shown[1].accessibleName() == "Group 2: 9 Q Z X"
    assert all(not label.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse for label in shown)
    assert not unnamed(dialog)

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    dialog.print.click()
    preview = dialog.findChild(CodePreview)
    assert isinstance(preview, CodePreview)
    buttons = [button.text() for button in preview.findChildren(QPushButton) if button.isVisible()]
    assert "Print…" in buttons and "Save as PDF…" not in buttons
    qtbot.keyClick(preview, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    preview.print_paper()
    assert "Copy the code by hand" in preview.message
    assert CODE not in QGuiApplication.clipboard().text()


def test_fault_27_with_the_code_a_forgotten_passphrase_is_set_anew(gate: Gate, code: str) -> None:
    ask_for_code(gate, f"  {code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} ")
    form = gate.page.recover_form
    assert [form.people.itemText(row) for row in range(form.people.count())] == ["Олена", "Марко"]
    form.people.setCurrentIndex(1)
    form.passphrase.line.setText(NEW)
    form.again.line.setText(NEW)
    form.button.click()
    session = gate.session()
    assert (session.user, session.role) == ("Марко", Role.OPERATOR)
    with open_register(session.folder, PASSPHRASE) as other:
        assert other.user == "Олена", "the others' passphrases are as they were"


def test_an_incomplete_code_is_told_without_trying_it(gate: Gate, folder: Path) -> None:
    ask_for_code(gate, "7K2M-9QZX")
    assert "six groups of four" in gate.page.recover_form.message.text()
    assert not (folder / "tries.json").exists()


def test_a_wrong_code_is_told_calmly_and_stays_to_be_mended(gate: Gate) -> None:
    ask_for_code(gate, CODE)
    form = gate.page.recover_form
    assert form.message.text() == texts.error_text(UserError("register.wrong_code"))
    assert form.code.text() == CODE and form.code.selectedText() == CODE
    assert form.isEnabled() and form.people.count() == 0


@pytest.mark.parametrize(
    ("passphrase", "again", "complaint"), [("short", "short", "at least 8"), (NEW, "other", "differ")]
)
def test_the_new_passphrase_is_checked_before_the_register_is_asked(
    gate: Gate, code: str, passphrase: str, again: str, complaint: str
) -> None:
    ask_for_code(gate, code)
    form = gate.page.recover_form
    form.passphrase.line.setText(passphrase)
    form.again.line.setText(again)
    form.button.click()
    assert complaint in form.message.text()
    assert not gate.opened


def test_another_code_asks_again_whom_it_serves(gate: Gate, code: str, qtbot: QtBot) -> None:
    ask_for_code(gate, code)
    form = gate.page.recover_form
    assert form.passphrase.isVisible()
    qtbot.keyClick(form.code, Qt.Key.Key_Backspace)
    assert not form.passphrase.isVisible()
    assert form.button.text() == "Check the code"
    form.switch.click()
    assert gate.page.open_form.isVisible()


def test_after_wrong_tries_the_button_counts_down_and_enter_waits_too(gate: Gate, folder: Path, qtbot: QtBot) -> None:
    tried_wrongly(folder, 5, utc_now())
    form = gate.page.open_form
    form.passphrase.line.setText(PASSPHRASE)
    form.button.click()
    gate.settle()
    assert "Too many wrong tries" in form.message.text()
    assert not form.button.isEnabled()
    assert form.button.text() in {f"Try again in {n} s" for n in (7, 8)}
    qtbot.keyClick(form.passphrase.line, Qt.Key.Key_Return)
    gate.settle()
    assert not gate.opened
    form.wait_for(0.3)
    assert form.button.text() == "Try again in 1 s"
    qtbot.waitUntil(form.button.isEnabled)
    assert form.button.text() == "Open"


def test_another_register_has_its_own_delay(gate: Gate, tmp_path: Path) -> None:
    form = gate.page.open_form
    form.wait_for(30)
    form.choose(tmp_path / "other.register")
    assert form.button.isEnabled()


def damage(folder: Path, what: str) -> None:
    if what == "keys":
        (folder / "keys.json").write_text("{")
    elif what == "no data":
        (folder / "register.db").unlink()
    else:
        content = (folder / "register.db").read_bytes()
        (folder / "register.db").write_bytes(bytes(4096) + content[4096:])


@pytest.mark.parametrize("what", ["keys", "no data", "data"])
def test_fault_10_for_a_register_that_cannot_be_read_a_copy_is_offered(gate: Gate, folder: Path, what: str) -> None:
    damage(folder, what)
    wanted: list[tuple[Path, str]] = []
    gate.page.restore_wanted.connect(lambda path, passphrase: wanted.append((path, passphrase)))
    form = gate.page.open_form
    assert not form.copy.isVisible()
    form.passphrase.line.setText(PASSPHRASE)
    form.button.click()
    gate.settle()
    assert form.copy.isVisible() and form.message.isVisible()
    form.copy.click()
    assert wanted == [(folder, PASSPHRASE)]
    form.choose(folder.with_name("other.register"))
    assert not form.copy.isVisible()


def forms(page: UnlockPage) -> list[Form]:
    page.recover_form.show_people([("1", "Олена"), ("2", "")])
    page.open_form.offer_copy(True)
    return [page.open_form, page.new_form, page.recover_form]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_no_word_is_cut_with_large_text_on_a_small_screen(
    gate: Gate, dressed: QApplication, language: str, tasks: Tasks, qtbot: QtBot
) -> None:
    speech.speak(language)
    theme.wear(dressed, theme.load("light"), 150)
    large = Gate(qtbot, tasks)
    for form in forms(large.page):
        large.page._show(form)
        QApplication.processEvents()
        for button in form.findChildren(QPushButton):
            if button.isVisible():
                assert button.width() >= button.sizeHint().width(), button.text()
        for label in form.findChildren(QLabel):
            if label.isVisible():
                needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
                assert label.height() >= needed, label.text()
    theme.wear(dressed, theme.load("light"))


def test_every_field_of_the_forms_has_a_name(gate: Gate) -> None:
    for form in forms(gate.page):
        gate.page._show(form)
        assert not unnamed(gate.page)


@pytest.mark.parametrize(
    ("passphrase", "found"),
    [
        ("", Strength.NONE),
        ("short", Strength.SHORT),
        ("password", Strength.WEAK),
        ("12345678", Strength.WEAK),
        ("aaaaaaaaaaaaaaaa", Strength.WEAK),
        ("Kupiansk2026", Strength.WEAK),
        ("parol parol parol parol", Strength.WEAK),
        ("зелений трактор", Strength.WEAK),
        ("correct horse battery", Strength.FAIR),
        ("зелений трактор їсть сніданок", Strength.STRONG),
        ("xK9#vQ2!mT7$wZ4", Strength.STRONG),
    ],
)
def test_words_make_a_passphrase_strong_and_repeating_does_not(passphrase: str, found: Strength) -> None:
    assert strength(passphrase, MIN_PASSPHRASE) is found


def test_the_form_says_in_words_how_good_a_new_passphrase_is(gate: Gate) -> None:
    gate.page.open_form.switch.click()
    form = gate.page.new_form
    seen = []
    for text in ("", "password", "correct horse battery", "correct horse battery staple"):
        form.passphrase.line.setText(text)
        seen += [label.text() for label in form.findChildren(QLabel) if label.objectName() == "strength"]
    assert [said[:4] for said in seen[1:]] == ["Weak", "Good", "Stro"]
    assert "Four words" in seen[0]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", ["en", "uk"])
def test_the_paper_is_one_page_with_the_code_large_and_again_by_groups(language: str) -> None:
    i18n.set_language(language)
    document = recovery_document(RecoveryPaper(LONG_NAME, CODE, NOON))
    assert len(document.pages) == 1
    file = pypdfium2.PdfDocument(pdf_bytes(document))
    text = " ".join(file[0].get_textpage().get_text_range().split())
    for group in CODE.split("-"):
        assert group in text
        assert " ".join(group) in text
    assert "02.03.2026" in text or "2 Mar 2026" in text
    assert LONG_NAME in text
