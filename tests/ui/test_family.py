"""A family that does not decide alike, in the window: decided by keyboard, split, seen from both parts, rejoined."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.queries.household import household_card
from coordinator.services import fleet, history, households
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from coordinator.standing_notes import worded
from tests.builders import DAY, add_household, add_settlement, person_ids
from tests.ui.bench import Bench, press, type_over, unnamed
from ui.crash import CrashDesk
from ui.dialogs.decide import DecideDialog, DecideManyDialog
from ui.dialogs.split import SplitDialog

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


class Family:
    def __init__(self, session: Session) -> None:
        self.id = add_household(session, people=4, children=2, decision=Decision.UNDECIDED, phone="050 111 22 33")
        self.father, self.mother, self.son, self.daughter = person_ids(session, self.id)
        lying = MemberDraft(
            PersonName("Коваль", "Параска"), birth=Birth(year=1940), relation=Relation.PARENT,
            needs=frozenset({Need.STRETCHER}),
        )  # fmt: skip
        self.grandmother = households.add_person(session, self.id, lying).value


@pytest.fixture
def family(session: Session) -> Family:
    session.clock = lambda: datetime(2023, 8, 15, 9, tzinfo=UTC)
    place = add_settlement(session, "Подоли")
    fleet.save_zone_order(session, ZoneOrder(None, place, "Подоли", OrderKind.FORCED, date(2023, 8, 1)))
    return Family(session)


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk, family: Family) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    made.choose(family.id)
    yield made
    made.window.close()


def key(bench: Bench, name: str) -> None:
    """The action of the registry, as its key does it."""
    action = bench.registry.findChild(QAction, name)
    assert action is not None
    action.trigger()
    bench.settle()


def decide_dialog(bench: Bench) -> DecideDialog:
    key(bench, "household.decide")
    return bench.registry.findChildren(DecideDialog)[-1]


def test_members_who_decide_otherwise_are_recorded_with_the_household(bench: Bench, family: Family) -> None:
    dialog = decide_dialog(bench)
    assert unnamed(dialog) == []
    press(dialog.choices, Qt.Key.Key_5)
    for one in (family.father, family.grandmother):
        row = dialog.members.rows[one]
        row.choice.setCurrentIndex(row.choice.findData(Decision.REFUSED.value))
        row.reason.setText("мати не ходить")
    dialog.details.obstacles.boxes[Obstacle.CANNOT_BE_MOVED].setChecked(True)
    dialog.details.would_change.setText("якби були ноші")
    type_over(dialog.details.again.day.edit, "+1")
    dialog.details.again.by.setText("Оля")
    dialog.save()
    bench.settle()
    found = household_card(bench.session, family.id).household
    assert found.decision is Decision.WANTS_PICKUP and found.holds_back == (Obstacle.CANNOT_BE_MOVED,)
    assert {person.id for person in found.people if person.decision is Decision.REFUSED} == {
        family.father, family.grandmother,
    }  # fmt: skip
    assert (found.again_by, found.would_change) == ("Оля", "якби були ноші")
    section = bench.registry.panel.decision
    assert section.ready.text() == "✓ 3 of 5 ready for 15.08.2023"
    assert section.line.item(0).text().startswith("Refused · ")
    assert "мати не ходить" in section.line.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    row = bench.registry.rows.row_of(family.id)
    assert row is not None and bench.registry.rows.data_shown.records[row].going == 3


def test_a_refusal_that_keeps_children_under_a_forced_order_is_warned_of_and_goes_on(
    bench: Bench, family: Family
) -> None:
    dialog = decide_dialog(bench)
    press(dialog.choices, Qt.Key.Key_6)
    assert "2 children would stay" in dialog.order.words.text() and dialog.despite.isVisible()
    dialog.save()
    bench.settle()
    assert dialog.isVisible() and household_card(bench.session, family.id).household.decision is Decision.UNDECIDED
    dialog.despite.setText("чекають на сестру")
    dialog.save()
    bench.settle()
    card = household_card(bench.session, family.id)
    assert card.household.decision is Decision.REFUSED
    assert any("чекають на сестру" in worded(entry.note) for entry in card.decisions)


def test_where_one_stays_leaving_by_themselves_is_the_others(bench: Bench, family: Family) -> None:
    dialog = decide_dialog(bench)
    press(dialog.choices, Qt.Key.Key_8)
    row = dialog.members.rows[family.father]
    row.choice.setCurrentIndex(row.choice.findData(Decision.PREPARING.value))
    dialog.save()
    bench.settle()
    card = household_card(bench.session, family.id)
    assert {event.person_id for event in card.events} == {
        family.mother, family.son, family.daughter, family.grandmother,
    }  # fmt: skip
    found = {person.id: card.household.stands(person) for person in card.household.people}
    assert (found[family.father], found[family.mother]) == (Decision.PREPARING, Decision.LEFT_THEMSELVES)


def test_the_same_decision_for_several(bench: Bench, family: Family) -> None:
    other = add_household(bench.session, "Гук", people=1, decision=Decision.NOT_ASKED)
    bench.settle()
    bench.registry.table.selectAll()
    key(bench, "household.decide")
    (dialog,) = bench.registry.findChildren(DecideManyDialog)
    assert unnamed(dialog) == []
    press(dialog.choices, Qt.Key.Key_3)
    dialog.note.setText("сходка в селі")
    dialog.save()
    bench.settle()
    for one in (family.id, other):
        assert household_card(bench.session, one).household.decision is Decision.PREPARING
    history.undo(bench.session)
    assert household_card(bench.session, other).household.decision is Decision.NOT_ASKED


def test_a_family_is_split_by_keyboard_and_rejoined(bench: Bench, family: Family) -> None:
    panel = bench.registry.panel
    key(bench, "household.split")
    (dialog,) = bench.registry.findChildren(SplitDialog)
    assert unnamed(dialog) == []
    assert not dialog.go.isEnabled() and "somebody has to stay" in dialog.go.toolTip()
    dialog.columns.leave.setFocus()
    for one in (family.grandmother, family.father):
        dialog.columns.leave.setCurrentRow(dialog.columns.leave.ids().index(one))
        press(dialog.columns.leave, Qt.Key.Key_Right)
        if one == family.grandmother:
            assert "needs care" in dialog.alone.rows[one].warning.words.text() and not dialog.go.isEnabled()
    assert dialog.alone.rows == {} and dialog.go.isEnabled()
    assert dialog.columns.stay.ids() == [family.father, family.grandmother]
    assert "with Олена" in dialog.columns.stay.item(1).text()
    dialog.stay.choice.setCurrentIndex(dialog.stay.choice.findData(Decision.REFUSED.value))
    dialog.stay.reason.setText("мати не ходить")
    dialog.save()
    bench.settle()
    (link,) = panel.card.family.parts if panel.card else ()
    assert (link.people, link.decision, link.origin) == (2, Decision.REFUSED, False)
    assert bench.registry.rows.rowCount() == 2
    key(bench, "household.part")
    assert panel.card is not None and panel.card.household.id == link.household_id
    assert panel.card.family.parts[0].origin and panel.card.household.again_at is not None
    assert {person.carer_id for person in panel.card.household.people} == {None, family.father}
    key(bench, "household.rejoin")
    assert panel.card.household.id == family.id and len(panel.card.household.people) == 5
    assert panel.card.family.parts == () and bench.registry.rows.rowCount() == 1
    for _step in range(2):
        history.undo(bench.session)
    assert household_card(bench.session, family.id).family.parts == ()


def test_whoever_is_left_alone_is_with_the_neighbours_or_has_a_reason(bench: Bench, family: Family) -> None:
    neighbours = add_household(bench.session, "Гук", people=1)
    number = household_card(bench.session, neighbours).household.number
    bench.choose(family.id)
    key(bench, "household.split")
    (dialog,) = bench.registry.findChildren(SplitDialog)
    dialog.columns.cross(family.grandmother)
    row = dialog.alone.rows[family.grandmother]
    type_over(row.number, str(number))
    bench.settle()
    assert row.found.text() == "with Гук Олена" and dialog.go.isEnabled()
    dialog.save()
    bench.settle()
    (part,) = household_card(bench.session, family.id).family.parts
    (alone,) = household_card(bench.session, part.household_id).household.people
    assert (alone.carer_id,) == tuple(person_ids(bench.session, neighbours))


def test_a_half_typed_split_is_kept(bench: Bench, family: Family) -> None:
    key(bench, "household.split")
    (dialog,) = bench.registry.findChildren(SplitDialog)
    dialog.columns.cross(family.grandmother)
    dialog.alone.rows[family.grandmother].reason.setText("сусіди приглянуть")
    kept = dialog.draft()
    dialog.reject()
    key(bench, "household.split")
    again = bench.registry.findChildren(SplitDialog)[-1]
    again.take_draft(kept)
    assert again.columns.stay.ids() == [family.grandmother] and again.go.isEnabled()
    assert again.plan().reasons == {family.grandmother: "сусіди приглянуть"}
    assert again.plan().again is not None and again.plan().again.at == datetime(2023, 8, 16, 6, tzinfo=UTC)
    assert DAY + timedelta(days=1) == again.again.day.day()
