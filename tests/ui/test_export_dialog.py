"""The export dialog: columns by keyboard, a recipient kept, a part, a password, a form of their own, the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.roles import Role
from coordinator.exchange.protected import unprotected
from coordinator.exchange.supplied import FormKind
from coordinator.exchange.wanted import Chosen, ExportKind
from coordinator.queries.recipients import recipients
from coordinator.register import open_register
from coordinator.services.users import add_user
from coordinator.session import Session
from db import stores
from tests.builders import add_household, add_settlement
from tests.ui.bench import Bench, press, unnamed
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.export import ExportDialog
from ui.pages.history import HistoryPage


@pytest.fixture
def area(session: Session) -> None:
    add_settlement(session, "Подоли")
    add_settlement(session, "Вигадане", hromada="Вигадана")
    add_household(session, "Коваль", "Подоли", people=2, phone="0501234567")
    add_household(session, "Бойко", "Вигадане", people=1, decision=Decision.REFUSED)


@pytest.fixture
def bench(
    qtbot: QtBot, dressed: QApplication, session: Session, own_preferences: Callable[[], Path], crashes: CrashDesk
) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes, more={"history": HistoryPage})
    yield made
    made.window.close()


def opened(bench: Bench) -> ExportDialog:
    """The dialog, by its key."""
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    press(bench.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    bench.until(lambda: bool(bench.window.findChildren(ExportDialog)))
    (dialog,) = bench.window.findChildren(ExportDialog)
    calm(bench, dialog)
    return dialog


def calm(bench: Bench, dialog: ExportDialog) -> None:
    bench.settle()
    bench.until(lambda: not dialog._wait.isActive())
    bench.settle()


def headers(dialog: ExportDialog) -> list[str]:
    table = dialog.rows.table
    items = (table.horizontalHeaderItem(at) for at in range(table.columnCount()))
    return [item.text() for item in items if item is not None]


def column(dialog: ExportDialog, at: int) -> list[str]:
    table = dialog.rows.table
    items = (table.item(row, at) for row in range(table.rowCount()))
    return [item.text() for item in items if item is not None]


def tick_only(dialog: ExportDialog, *keys: str) -> None:
    """By the keyboard: Space on each column that is to change."""
    tree = dialog.columns
    for place in range(tree.topLevelItemCount()):
        item = tree.topLevelItem(place)
        assert item is not None
        tree.setCurrentItem(item)
        if (item.checkState(0) is Qt.CheckState.Checked) != (item.data(0, Qt.ItemDataRole.UserRole) in keys):
            press(tree, Qt.Key.Key_Space)


@pytest.mark.usefixtures("area")
def test_a_recipient_gets_their_columns_and_the_next_list_is_two_keys_away(bench: Bench, tmp_path: Path) -> None:
    dialog = opened(bench)
    assert dialog.whom.kind() is ExportKind.PEOPLE and "3 people leave by name" in dialog.rows.words.text()
    tick_only(dialog, "surname", "given", "settlement")
    tree = dialog.columns
    item = next(item for item in tree._items() if item.data(0, Qt.ItemDataRole.UserRole) == "settlement")
    tree.setCurrentItem(item)
    while tree.indexOfTopLevelItem(item):
        press(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(tree, Qt.Key.Key_F2)
    editor = tree.itemWidget(item, 1) or QApplication.focusWidget() or tree
    assert editor is not None
    item.setText(1, "Звідки")
    dialog.parts.buttons[next(iter(dialog.parts.buttons))].choose(frozenset({"Подоли"}))
    dialog.parts.changed.emit()
    calm(bench, dialog)
    assert headers(dialog) == ["Звідки", "Surname", "Given name"] and column(dialog, 0) == ["Подоли"] * 2
    with ask.answers(["Громада"]):
        dialog.whom.save_new.click()
    calm(bench, dialog)
    assert dialog.whom.recipients.currentText() == "Громада"
    (saved,) = recipients(bench.session)
    assert saved.columns == (Chosen("settlement", "Звідки"), Chosen("surname"), Chosen("given"))
    with ask.answers([tmp_path / "list.xlsx"]):
        dialog.write.click()
    bench.settle()
    page = load_workbook(tmp_path / "list.xlsx").worksheets[0]
    assert [cell.value for cell in page[2]] == ["Подоли", "Коваль", "Олена"]
    notice = bench.desk.notices.findChildren(type(dialog.told.words))
    assert any("2 people by name. Export No. 1." in label.text() for label in notice)
    with bench.session.reading() as db:
        (row,) = stores.printed.all(db)
    assert (row.people, row.target, row.about["recipient"]) == (2, "list.xlsx", "Громада")
    bench.desk.go("history", kind="out")
    bench.settle()
    again = opened(bench)
    again.whom.recipients.setCurrentIndex(1)
    calm(bench, again)
    assert headers(again) == ["Звідки", "Surname", "Given name"] and again.rows.table.rowCount() == 2


@pytest.mark.usefixtures("area")
def test_the_button_says_what_is_missing_and_a_password_is_asked_once(bench: Bench, tmp_path: Path) -> None:
    dialog = opened(bench)
    tick_only(dialog)
    assert not dialog.write.isEnabled() and dialog.write.toolTip() == "Tick at least one column."
    tick_only(dialog, "surname")
    dialog.how.protect.setChecked(True)
    assert "at least 8 characters" in dialog.write.toolTip() and not dialog.how.file.isEnabled()
    dialog.how.make_password.click()
    password = dialog.how.password.text()
    assert len(password) == 14 and dialog.write.isEnabled()
    with ask.answers([tmp_path / "list.xlsx"]):
        dialog.write.click()
    bench.settle()
    content = unprotected("list.xlsx", (tmp_path / "list.xlsx").read_bytes(), password)
    assert load_workbook(BytesIO(content)).worksheets[0]["A2"].value == "Коваль"


@pytest.mark.usefixtures("area")
def test_their_own_form_is_filled_by_what_was_guessed_and_corrected(bench: Bench, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["ПІБ", "Телефон", "Щось своє"])
    book.save(tmp_path / "form.xlsx")
    dialog = opened(bench)
    with ask.answers([tmp_path / "form.xlsx"]):
        dialog.how.choose_form.click()
    calm(bench, dialog)
    assert headers(dialog) == ["ПІБ", "Телефон"] and unnamed(dialog) == []
    box = dialog.form_columns.boxes[2]
    box.setCurrentIndex(box.findData("hromada"))
    calm(bench, dialog)
    assert headers(dialog) == ["ПІБ", "Телефон", "Щось своє"]
    box.setCurrentIndex(0)
    with ask.answers([tmp_path / "out.xlsx"]):
        dialog.write.click()
    bench.settle()
    assert load_workbook(tmp_path / "out.xlsx").worksheets[0]["A2"].value == "Коваль Олена"
    assert "Nothing of ours belongs under “Щось своє”." in dialog.told.words.text() and dialog.isVisible()


def test_an_empty_register_and_an_empty_form_for_a_sender(bench: Bench, tmp_path: Path) -> None:
    dialog = opened(bench)
    assert dialog.rows.words.text().startswith("No row fits.") and unnamed(dialog) == []
    with ask.answers([tmp_path / "people.xlsx"]):
        dialog._write_blank(FormKind.PEOPLE)
    bench.settle()
    assert "Form written" in dialog.told.words.text() and (tmp_path / "people.xlsx").exists()
    dialog.whom.kinds.setCurrentIndex(dialog.whom.kinds.findData(ExportKind.COVERAGE.value))
    calm(bench, dialog)
    assert headers(dialog)[:2] == ["Hromada", "P-code"] and dialog.write.isEnabled()


def test_an_operator_takes_counts_out_and_no_names(
    qtbot: QtBot, dressed: QApplication, session: Session, own_preferences: Callable[[], Path], crashes: CrashDesk
) -> None:
    add_user(session, "Оператор", Role.OPERATOR, "пароль оператора")
    with open_register(session.folder, "пароль оператора") as operator:
        bench = Bench(qtbot, operator, crashes)
        dialog = opened(bench)
        assert not dialog.write.isEnabled() and "coordinator" in dialog.write.toolTip()
        dialog.whom.kinds.setCurrentIndex(dialog.whom.kinds.findData(ExportKind.DAILY_SUMMARY.value))
        calm(bench, dialog)
        assert dialog.write.isEnabled()
        bench.window.close()
