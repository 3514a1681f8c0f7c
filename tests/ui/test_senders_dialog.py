"""Senders and their words in the window: renamed and forgotten by keys, each an action that can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from coordinator.queries.senders import meaning_lines, sender_lines
from coordinator.services.history import undo
from coordinator.services.senders import Meaning, give_meanings
from coordinator.session import Session
from tests.exchange.making import write_book
from tests.services.test_senders import HEADERS, ROWS, brought
from tests.ui.bench import Bench, press, unnamed
from ui.crash import CrashDesk
from ui.dialogs.senders import SendersDialog
from ui.pages.import_ import ImportPage

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk, tmp_path: Path) -> Bench:
    for name in ("Громада", "Фонд «Міст»"):
        brought(session, write_book(tmp_path / f"{name}.xlsx", {name: [HEADERS, *ROWS]}), name)
    give_meanings(session, [Meaning("needs", "К-1", "wheelchair", "Громада")])
    made = Bench(qtbot, session, crashes, more={"import": ImportPage})
    made.desk.go("import")
    made.settle()
    return made


def opened(bench: Bench) -> SendersDialog:
    press(
        bench.desk.pages["import"],
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    bench.settle()
    (dialog,) = bench.window.findChildren(SendersDialog)
    return dialog


def rename(bench: Bench, dialog: SendersDialog, row: int, name: str) -> None:
    dialog.senders.setFocus()
    dialog.senders.setCurrentCell(row, 1)
    press(dialog.senders, Qt.Key.Key_F2)
    (field,) = [one for one in dialog.senders.findChildren(QLineEdit) if one.isVisible()]
    field.setText(name)
    press(field, Qt.Key.Key_Return)
    bench.settle()


def test_a_sender_is_renamed_and_a_word_forgotten_by_keys(bench: Bench, session: Session) -> None:
    dialog = opened(bench)
    assert unnamed(dialog) == [] and dialog.words.item(0, 2).text() == "Wheelchair"
    assert not dialog.forget_word.isEnabled() and dialog.forget_word.toolTip() == "Choose a word first"
    rename(bench, dialog, 0, "Подолівська громада")
    assert [line.name for line in sender_lines(session)] == ["Подолівська громада", "Фонд «Міст»"]
    assert dialog.senders.item(0, 0).text() == "Подолівська громада" == dialog.words.item(0, 3).text()
    rename(bench, dialog, 1, "подолівська громада")
    assert "There is a sender called Подолівська громада already" in dialog.fault.text() and dialog.fault.isVisible()
    assert dialog.senders.item(1, 0).text() == "Фонд «Міст»"
    dialog.words.setFocus()
    press(dialog.forget_word, Qt.Key.Key_Space)
    bench.settle()
    assert meaning_lines(session) == []
    undo(session)
    assert [line.meaning for line in meaning_lines(session)] == ["wheelchair"]


def test_a_sender_is_forgotten_and_their_lists_stay(bench: Bench, session: Session) -> None:
    dialog = opened(bench)
    dialog.senders.setFocus()
    dialog.senders.setCurrentCell(1, 0)
    press(dialog.forget_sender, Qt.Key.Key_Space)
    bench.settle()
    assert [line.name for line in sender_lines(session)] == ["Громада"] and dialog.senders.rowCount() == 1
