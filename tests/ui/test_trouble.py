"""What the window says when something goes wrong: notices, crashes, damaged preferences, questions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from ui import ask, crash, preferences
from ui.crash import CrashDesk
from ui.main_window import MainWindow
from ui.preferences import Preferences


def test_a_fault_is_logged_without_personal_data_shown_once_and_survived(
    opened: MainWindow, qtbot: QtBot, crashes: CrashDesk
) -> None:
    def fall() -> None:
        name = "Їжак Марія"
        raise ValueError(f"no such person: {name}")

    assert opened.register is not None
    for _again in range(3):
        opened.register.tasks.run_work(fall)
    qtbot.waitUntil(lambda: bool(_crash_dialogs()))
    dialogs = _crash_dialogs()
    assert len(dialogs) == 1
    logged = crashes.file.read_text(encoding="utf-8")
    for text in (logged, dialogs[0].detailedText()):
        assert "ValueError" in text and "test_trouble.py" in text and "fall" in text
        assert "Їжак" not in text and "no such person" not in text
    assert logged.count("again: builtins.ValueError") == 2
    dialogs[0].close()
    assert opened.desk is not None


def _crash_dialogs() -> list[QMessageBox]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def test_the_report_names_the_cause_too() -> None:
    try:
        try:
            raise OSError(28, "No space left", "/home/olena/kupiansk.register")
        except OSError as cause:
            raise RuntimeError("x") from cause
    except RuntimeError as error:
        text = crash.report(error)
    assert "builtins.RuntimeError" in text and "builtins.OSError 28" in text
    assert "olena" not in text


def test_notices_are_few_named_once_and_offer_the_next_step(opened: MainWindow) -> None:
    assert opened.desk is not None
    bar, done = opened.desk.notices, []
    for text in ("one", "two", "two", "three", "four"):
        bar.show_notice(text, "danger", step="Mend it", then=lambda: done.append(1))
    assert bar.texts() == ["four", "three", "two"]
    bar.clear()
    assert bar.isHidden()


def test_preferences_survive_damage(own_preferences: Callable[[], Path]) -> None:
    kept = Preferences(theme="dark", tables={"registry": {"hidden": ["note"]}})
    assert preferences.save(kept)
    assert preferences.load() == kept
    own_preferences().write_text('{"theme": 3, "font_percent": 9000, "recent": [1, "/x"]}')
    assert preferences.load() == Preferences(font_percent=preferences.LARGEST, recent=["/x"])
    own_preferences().write_text("{")
    assert preferences.load() == Preferences()


def test_a_question_foreseen_but_never_asked_is_noticed() -> None:
    with pytest.raises(AssertionError), ask.answers([True]):
        pass
