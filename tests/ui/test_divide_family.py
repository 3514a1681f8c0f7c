"""A family that no vehicle takes: the proposal is shown, can be refused, and is done only when it is taken."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from coordinator.session import Session
from tests.builders import add_household, person_ids, plan
from tests.ui.schedule_bench import ScheduleBench, centre
from ui import ask
from ui.crash import CrashDesk

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[ScheduleBench]:
    made = ScheduleBench(qtbot, session, crashes)
    yield made
    made.window.close()


def test_a_split_is_proposed_refused_taken_and_planned(bench: ScheduleBench, session: Session) -> None:
    centre(session)
    family = add_household(session, "Великі", people=9, children=4)
    plan(session)
    bench.settle()
    panel = bench.page.waiting
    panel.view.setCurrentIndex(panel.view.rows.index(0, 0))
    assert not panel.divide_button.isHidden()
    with ask.answers([False]):
        panel.divide_button.click()
        bench.settle()
    assert len(person_ids(session, family)) == 9

    with ask.answers([True]):
        panel.divide_button.click()
        bench.settle()
    assert len(person_ids(session, family)) == 8
    assert "was divided" in bench.notices()[-1]
