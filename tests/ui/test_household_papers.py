"""The papers of a household from its panel: confirmations issued, checked and withdrawn; refusals by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.queries.confirmations import Standing, confirmations_of
from coordinator.services import fleet
from coordinator.services.decisions import record_departure
from coordinator.session import Session
from tests.builders import add_household, add_settlement, decide, settlement_id
from tests.ui.bench import DAY, Bench, unnamed
from tests.ui.test_paper import texts_of
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.check_confirmation import CheckConfirmationDialog
from ui.dialogs.confirmations import ConfirmationsDialog
from ui.paper.preview import PaperPreview

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
D = TypeVar("D", bound=QDialog)


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Bench]:
    add_settlement(session, "Подоли")
    made = Bench(qtbot, session, crashes)
    yield made
    made.window.close()


def dialog(bench: Bench, kind: type[D]) -> D:
    def shown() -> list[D]:
        return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]

    bench.until(lambda: bool(shown()))
    bench.settle()
    (found,) = shown()
    return found


def test_a_confirmation_from_the_panel_to_the_check(bench: Bench, session: Session, tmp_path: Path) -> None:
    family = add_household(session, "Гай")
    record_departure(session, family, EventKind.BY_US, DAY)
    bench.choose(family)
    bench.registry.panel.head.confirmations_wanted.emit()
    opened = dialog(bench, ConfirmationsDialog)
    assert not unnamed(opened)
    assert "No confirmation was issued" in opened.message.words.text()
    assert not opened.withdraw.isEnabled() and opened.withdraw.toolTip()
    opened.issue.click()
    preview = dialog(bench, PaperPreview)
    with ask.answers([tmp_path / "c.pdf"]):
        preview.save_as_pdf()
    bench.settle()
    assert "Гай Олена" in texts_of((tmp_path / "c.pdf").read_bytes())[0]
    preview.reject()
    (line,) = confirmations_of(session, family)

    checking = CheckConfirmationDialog(bench.registry.context, bench.window)
    ask.show(checking)
    assert not unnamed(checking)
    checking.ask()
    assert "Enter the number" in checking.answer.words.text()
    for code, said in (("AAAA", "not the one on our paper"), (line.paper.code, "holds")):
        checking.number.setText("№ 1")
        checking.code.setText(code)
        checking.ask()
        bench.settle()
        assert said in checking.answer.words.text()
    checking.reject()

    with ask.answers(["помилка"]):
        opened.withdraw.click()
    bench.settle()
    assert confirmations_of(session, family)[0].standing is Standing.WITHDRAWN
    assert "withdrawn" in opened.list.item(0).text() and "помилка" in opened.list.item(0).text()
    assert not opened.again.isEnabled()
    opened.reject()


def test_a_refusal_is_written_down_where_evacuation_is_ordered(bench: Bench, session: Session) -> None:
    family = add_household(session, people=2)
    decide(session, family, Decision.REFUSED)
    bench.choose(family)
    bench.registry.panel.head.refusal_wanted.emit()
    bench.until(lambda: any("No evacuation is ordered" in text for text in bench.desk.notices.texts()))
    place = settlement_id(session, "Подоли") or ""
    order = ZoneOrder(None, place, "Подоли", OrderKind.MANDATORY, session.today(), None, "№ 1")
    fleet.save_zone_order(session, order)
    bench.registry.panel.head.refusal_wanted.emit()
    preview = dialog(bench, PaperPreview)
    assert preview.windowTitle() == "Refusal of evacuation"
    preview.reject()
