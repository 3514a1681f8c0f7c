"""A family parts and comes together again, through the real window on a real file, and every step is taken back.

The mother and two children leave, the father stays for his mother. The street is hit, the stayers rise, a call records
their consent, both parts are scheduled, the family is rejoined. Every count is right at every step.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.queries.counts import dashboard
from coordinator.queries.coverage import coverage
from coordinator.queries.household import household_card
from coordinator.queries.moving import NewTrip
from coordinator.queries.schedule import day_board
from coordinator.queries.who_next import who_next
from coordinator.register import create_register
from coordinator.services import households
from coordinator.services.moving import move_household
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from db.tables import JOURNALLED
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, person_ids
from tests.conftest import PASSPHRASE
from tests.ui.bench import Bench, press, type_over
from tests.ui.conftest import crashes, dressed, own_preferences, qt_says_nothing  # noqa: F401
from ui.crash import CrashDesk
from ui.dialogs.incident import IncidentDialog
from ui.dialogs.split import SplitDialog
from ui.pages.calls import CallsPage
from ui.pages.next import NextPage
from ui.pages.schedule import SchedulePage

D = TypeVar("D", bound=QDialog)
K, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BEFORE, MORNING = datetime(2023, 8, 12, 9, 0, tzinfo=UTC), datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
"""The family parts on the 12th; it is hit on the evening of the 14th and called the morning after."""


class Counted(NamedTuple):
    """What every page says of the village: people there, children, ready by two ways of counting, refused, planned."""

    known: int
    there: int
    children: int
    ready: int
    on_first_page: int
    refused: int
    planned: int


def counted(session: Session) -> Counted:
    (village,) = coverage(session, DAY)
    first, board = dashboard(session, DAY), day_board(session, DAY)
    return Counted(
        village.known, village.remaining, first.children_there, village.ready, first.ready_people, village.refused,
        board.totals.planned,
    )  # fmt: skip


def everything(session: Session) -> dict[str, Any]:
    """All that the register holds beside its history, row by row and field by field."""
    with session.reading() as db:
        tables = [model._meta.table_name for model in JOURNALLED]
        return {table: sorted(db.rows(f'SELECT * FROM "{table}"'), key=repr) for table in tables}


@pytest.fixture
def now() -> list[datetime]:
    return [BEFORE]


@pytest.fixture
def session(tmp_path: Path, now: list[datetime]) -> Iterator[Session]:
    with create_register(tmp_path / "centre", PASSPHRASE, user="Олена", clock=lambda: now[0]) as opened:
        add_hubs(opened)
        add_settlement(opened, "Подоли")
        yield opened


@pytest.fixture
def family(session: Session) -> str:
    """Two adults, two children, and the father's mother, who lies; neighbours of whom nobody asks."""
    home = add_household(session, people=4, children=2, decision=Decision.NOT_ASKED, phone="050 111 22 33", house="7")
    lying = MemberDraft(
        PersonName("Коваль", "Параска"), birth=Birth(year=1940), relation=Relation.PARENT,
        needs=frozenset({Need.STRETCHER}),
    )  # fmt: skip
    households.add_person(session, home, lying)
    add_household(session, "Гай", street="вул. Миру", people=3, children=1, decision=Decision.NOT_ASKED)
    return home


@pytest.fixture
def bench(
    qtbot: QtBot,
    dressed: QApplication,  # noqa: F811
    session: Session,
    family: str,
    crashes: CrashDesk,  # noqa: F811
) -> Iterator[Bench]:
    more = {"next": NextPage, "calls": CallsPage, "schedule": SchedulePage}
    made = Bench(qtbot, session, crashes, more=more)  # type: ignore[arg-type]
    yield made
    made.window.close()


def dialog_of(bench: Bench, kind: type[D]) -> D:
    bench.until(lambda: any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets()))
    bench.settle()
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def come_forward(bench: Bench) -> None:
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)


def do(bench: Bench, name: str) -> None:
    action = bench.registry.findChild(QAction, name)
    assert action is not None
    action.trigger()
    bench.settle()


def split(bench: Bench, family: str) -> str:
    """The father and his mother stay; returns their part."""
    father, _mother, _son, _daughter, grandmother = person_ids(bench.session, family)
    bench.choose(family)
    do(bench, "household.split")
    dialog = dialog_of(bench, SplitDialog)
    for one in (grandmother, father):
        dialog.columns.cross(one)
    dialog.leave.choice.setCurrentIndex(dialog.leave.choice.findData(Decision.PACKED.value))
    dialog.stay.choice.setCurrentIndex(dialog.stay.choice.findData(Decision.REFUSED.value))
    dialog.stay.reason.setText("мати не ходить")
    dialog.save()
    bench.settle()
    (part,) = household_card(bench.session, family).family.parts
    return part.household_id


def record_hit(bench: Bench) -> None:
    come_forward(bench)
    press(bench.window, K.Key_H, CTRL | SHIFT)
    dialog = dialog_of(bench, IncidentDialog)
    type_over(dialog.settlement, "Подоли")
    dialog.settlement.commit()
    bench.settle()
    type_over(dialog.street, "Садова")
    type_over(dialog.day.edit, "14.8")
    type_over(dialog.time, "22:40")
    dialog.houses.setValue(2)
    press(dialog, K.Key_Return, CTRL)
    bench.settle()


def call_says_packed(bench: Bench, household: str) -> None:
    """By keyboard: they are first on the list, one digit, their decision, Enter."""
    page = bench.desk.pages["calls"]
    assert isinstance(page, CallsPage)
    bench.desk.go("calls")
    bench.settle()
    come_forward(bench)
    page.show_target(household=household)
    page.refresh(None)
    bench.settle()
    assert page.card.found is not None and page.card.found.card.household.id == household
    page.table.setFocus()
    press(page.table, K.Key_1)
    page.outcome.decision.setCurrentIndex(page.outcome.decision.findData(Decision.PACKED.value))
    press(page.outcome.note, K.Key_Return)
    bench.settle()


def test_a_family_parts_and_is_one_again_and_every_step_is_taken_back(
    bench: Bench, family: str, now: list[datetime]
) -> None:
    session = bench.session
    van = add_vehicle(session, "AX0001AA", 8, stretcher=1)
    bench.settle()
    states = [everything(session)]
    assert counted(session) == Counted(known=8, there=8, children=3, ready=0, on_first_page=0, refused=0, planned=0)

    part = split(bench, family)
    states.append(everything(session))
    assert counted(session) == Counted(known=8, there=8, children=3, ready=3, on_first_page=3, refused=2, planned=0)
    before = next(row.score for row in who_next(session, DAY) if row.id == part)

    now[0] = MORNING
    record_hit(bench)
    states.append(everything(session))
    assert counted(session) == Counted(known=8, there=8, children=3, ready=3, on_first_page=3, refused=2, planned=0)
    page = bench.desk.pages["next"]
    bench.desk.go("next")
    bench.settle()
    assert isinstance(page, NextPage)
    shown = [page.list.rows.record(row) for row in range(page.list.rows.rowCount())]
    stayers = next(row for row in shown if row.id == part)
    assert stayers.score > before and stayers.shelled
    assert shown.index(stayers) < next(n for n, row in enumerate(shown) if row.head.startswith("Гай"))

    call_says_packed(bench, part)
    states.append(everything(session))
    assert counted(session) == Counted(known=8, there=8, children=3, ready=5, on_first_page=5, refused=0, planned=0)

    for household, target in ((family, NewTrip(van)), (part, None)):
        trip = target or day_board(session, DAY).trips[0].trip_id
        move_household(session, DAY, household, trip)
        bench.settle()
        states.append(everything(session))
    assert counted(session) == Counted(known=8, there=8, children=3, ready=5, on_first_page=5, refused=0, planned=5)
    bench.desk.go("schedule")
    bench.settle()
    assert not day_board(session, DAY).trips[0].breaches

    bench.choose(part)
    do(bench, "household.rejoin")
    assert household_card(session, family).family.parts == ()
    assert len(household_card(session, family).household.people) == 5
    assert counted(session) == Counted(known=8, there=8, children=3, ready=5, on_first_page=5, refused=0, planned=5)

    for state in reversed(states):
        come_forward(bench)
        bench.desk.undo()
        bench.settle()
        assert everything(session) == state
    assert counted(session) == Counted(known=8, there=8, children=3, ready=0, on_first_page=0, refused=0, planned=0)
