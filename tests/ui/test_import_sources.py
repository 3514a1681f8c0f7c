"""Opening a list in the real window: passwords, several files at once, and rows from the clipboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.queries.registry import registry
from coordinator.services.gazetteer import seed
from coordinator.session import Session
from tests.builders import DAY
from tests.exchange.making import write_book
from tests.exchange.old_books import protect
from tests.exchange.told import OLENA, SHORT
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.dialogs.workbook_password import WorkbookPasswordDialog
from ui.main_window import MainWindow
from ui.pages.import_ import ImportPage
from ui.preferences import Preferences

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
WAIT = 20_000
TABLE = "\t".join(SHORT[1:4]) + '\r\nДрозд Микола\t1950\t"вул. Миру, 1\r\nкв. 2"\r\n'


@pytest.fixture
def desk(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Desk]:
    window = MainWindow(lambda: {"import": ImportPage}, Preferences(language="en"), crashes)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.open(session)
    qtbot.waitUntil(lambda: window.desk is not None, timeout=WAIT)
    assert window.desk is not None and window.register is not None
    window.register.working_date.choose(DAY)
    yield window.desk
    window.close()


@pytest.fixture
def page(desk: Desk, session: Session) -> ImportPage:
    seed(session)
    desk.go("import")
    found = desk.pages["import"]
    assert isinstance(found, ImportPage)
    return found


def a_list(path: Path, name: str = "Сорока Олена Іванівна") -> Path:
    return write_book(path, {"Подоли": [SHORT, [1, name, *OLENA[2:]]]})


def password_dialog(qtbot: QtBot) -> WorkbookPasswordDialog:
    def found() -> list[WorkbookPasswordDialog]:
        tops = QApplication.topLevelWidgets()
        return [top for top in tops if isinstance(top, WorkbookPasswordDialog) and top.isVisible()]

    qtbot.waitUntil(lambda: len(found()) == 1, timeout=WAIT)
    return found()[0]


def try_password(dialog: WorkbookPasswordDialog, text: str, qtbot: QtBot) -> None:
    dialog.field.line.setText(text)
    qtbot.keyClick(dialog.field.line, Qt.Key.Key_Return)


def drop(page: ImportPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)


def copy(text: str = "", html: str = "", files: tuple[Path, ...] = ()) -> None:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    if files:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    QApplication.clipboard().setMimeData(data)


def shown_file(page: ImportPage) -> str:
    looked = page.state()["looked"]
    return looked.preview.incoming.file_name if looked is not None and page.preview.isVisible() else ""


def wait_for(page: ImportPage, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: shown_file(page) == name, timeout=WAIT)


def test_fault_54_the_password_is_asked_and_opens_the_preview(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.read(protect(a_list(tmp_path / "list.xlsx"), "Пароль-7"))
    dialog = password_dialog(qtbot)
    assert not dialog.open_button.isEnabled()
    try_password(dialog, "інший", qtbot)
    qtbot.waitUntil(lambda: "2 tries are left" in dialog.message.text(), timeout=WAIT)
    assert dialog.field.isEnabled() and not page.preview.isVisible()
    try_password(dialog, "Пароль-7", qtbot)
    wait_for(page, "list.xlsx", qtbot)
    assert "Пароль-7" not in repr(page.state())


def test_fault_54_after_three_wrong_passwords_nothing_is_opened(
    desk: Desk, page: ImportPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    page.read(protect(a_list(tmp_path / "list.xlsx"), "Пароль-7"))
    dialog = password_dialog(qtbot)
    for tried, left in (("a", "2 tries are left"), ("b", "1 try is left")):
        try_password(dialog, tried, qtbot)
        qtbot.waitUntil(lambda said=left: said in dialog.message.text(), timeout=WAIT)
    try_password(dialog, "c", qtbot)
    qtbot.waitUntil(lambda: any("no password fitted" in text for text in desk.notices.texts()), timeout=WAIT)
    assert not page.preview.isVisible() and registry(session, DAY) == []


def test_fault_54_cancel_leaves_the_file_alone(desk: Desk, page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    page.read(protect(a_list(tmp_path / "list.xlsx"), "x"))
    password_dialog(qtbot).reject()
    qtbot.waitUntil(lambda: any("list.xlsx was not opened" in text for text in desk.notices.texts()), timeout=WAIT)
    assert not page.preview.isVisible() and not page.opening.busy


def test_several_dropped_files_are_shown_one_after_another(
    page: ImportPage, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(page, a_list(tmp_path / "one.xlsx"), a_list(tmp_path / "two.xlsx", "Дрозд Микола"), tmp_path / "none.xlsx")
    wait_for(page, "one.xlsx", qtbot)
    assert page.waiting.isVisible() and "2 more files wait: two.xlsx, none.xlsx" in page.waiting.words.text()
    page.import_now()
    wait_for(page, "two.xlsx", qtbot)
    assert [row.head for row in registry(session, DAY)] == ["Сорока Олена Іванівна"]
    page.waiting.drop.click()
    assert not page.waiting.isVisible()
    page.leave_preview()
    assert not page.preview.isVisible() and not page.opening.busy


def test_a_dropped_file_that_cannot_be_read_is_told_and_the_next_one_comes(
    desk: Desk, page: ImportPage, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    drop(page, tmp_path / "photo.xlsx", a_list(tmp_path / "two.xlsx"))
    wait_for(page, "two.xlsx", qtbot)
    assert any("photo.xlsx is a picture" in text for text in desk.notices.texts())


def test_copied_rows_are_a_list_with_a_name_of_its_own(page: ImportPage, session: Session, qtbot: QtBot) -> None:
    copy(TABLE)
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for(page, "Clipboard", qtbot)
    assert registry(session, DAY) == []
    page.import_now()
    qtbot.waitUntil(lambda: page.past.rows.rowCount() == 1, timeout=WAIT)
    assert [row.head for row in registry(session, DAY)] == ["Дрозд Микола"]


def test_copied_html_and_copied_files(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    copy(html="<table><tr><td>ПІБ</td><td>Адреса</td></tr><tr><td>Дрозд Микола</td><td>Миру 1</td></tr></table>")
    page.paste()
    wait_for(page, "Clipboard", qtbot)
    copy(files=(a_list(tmp_path / "list.xlsx"),))
    page.paste()
    wait_for(page, "list.xlsx", qtbot)


def test_an_empty_clipboard_is_told(desk: Desk, page: ImportPage, qtbot: QtBot) -> None:
    copy("  ")
    page.paste()
    qtbot.waitUntil(lambda: any("clipboard holds no table" in text for text in desk.notices.texts()), timeout=WAIT)


def test_what_waits_outlives_a_change_of_language(page: ImportPage, qtbot: QtBot, tmp_path: Path) -> None:
    drop(page, a_list(tmp_path / "one.xlsx"), a_list(tmp_path / "two.xlsx"))
    wait_for(page, "one.xlsx", qtbot)
    other = ImportPage(page.context)
    qtbot.addWidget(other)
    other.restore(page.state())
    assert [source.name for source in other.opening.waiting] == ["two.xlsx"]
