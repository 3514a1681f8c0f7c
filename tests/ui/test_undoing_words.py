"""What is told after an undo: what stays, and which lists have become too full."""

from __future__ import annotations

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from coordinator.domain.roles import Role
from coordinator.register import open_register
from coordinator.services import users
from coordinator.services.history import Undone
from coordinator.session import Session, change_setting
from coordinator.settings import LOCK_MINUTES
from tests.ui.bench import Bench
from ui.crash import CrashDesk
from ui.pages.history import HistoryPage
from ui.undoing import tell
from ui.widgets.notice_bar import Kind


def told(**more: Any) -> tuple[str, Kind]:
    said: list[tuple[str, Kind]] = []
    undone = Undone("remove_person", {"number": 3}, more.pop("kept", 0), **more)
    tell(lambda text, kind, **_step: said.append((text, kind)), None, "Undone: it.", undone)
    return said[0]


def test_an_undo_that_fills_a_trip_too_full_says_so() -> None:
    assert told() == ("Undone: it.", Kind.SUCCESS)
    text, kind = told(overloaded=("2023-08-15/1", "2023-08-15/2"))
    assert kind is Kind.WARNING
    assert text == "Undone: it. Lists 2023-08-15/1, 2023-08-15/2 have more people than places now; see the schedule."


def test_what_stays_is_told_before_it() -> None:
    text, _kind = told(kept=1, households=(3,), overloaded=("2023-08-15/1",))
    assert text.startswith("Undone: it. 1 entry") and text.endswith("places now; see the schedule.")


@pytest.mark.usefixtures("dressed", "own_preferences")
def test_the_history_says_why_an_operator_does_not_undo_a_setting_of_safety(
    qtbot: QtBot, session: Session, crashes: CrashDesk
) -> None:
    users.add_user(session, "Марта", Role.OPERATOR, "operator passphrase 7")
    change_setting(session, LOCK_MINUTES, 10)
    with open_register(session.folder, "operator passphrase 7") as hers:
        bench = Bench(qtbot, hers, crashes, more={"history": HistoryPage})
        bench.desk.go("history")
        bench.settle()
        page = bench.desk.pages["history"]
        assert isinstance(page, HistoryPage)
        assert page.detail.button.text() == "Undo this action" and not page.detail.button.isEnabled()
        assert page.detail.reason.text().startswith("Only a coordinator may change users, keys and the settings")
        bench.window.close()
