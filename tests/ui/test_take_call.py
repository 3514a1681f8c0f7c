"""Taking a call: phone first, by keyboard, incomplete allowed, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Need, PersonName, Relation
from coordinator.queries.household import household_card
from coordinator.queries.registry import registry
from coordinator.services.households import add_household
from coordinator.services.writing import HouseholdDraft, MemberDraft, write_households
from coordinator.session import Session
from tests.builders import add_settlement
from tests.ui.bench import DAY, Bench, press, type_over, unnamed
from tests.ui.invented import draft, settle
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.call_draft import Call, household_draft
from ui.dialogs.take_call import TakeCallDialog
from ui.widgets.settlement_field import load_places

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")

NOW = datetime(2023, 8, 15, 9, 30, tzinfo=UTC)
PHONE = "+380501234567"


@pytest.fixture
def places(session: Session) -> list[str]:
    return settle(session)


@pytest.fixture
def known(session: Session, places: list[str]) -> str:
    """A household whose phone is in the register."""
    draft = HouseholdDraft(
        places[0], address=Address("вул. Миру", "10"),
        people=(MemberDraft(PersonName("Коваль", "Дар'я", "Іванівна")),), contacts=(Contact("0501234567", PHONE),),
    )  # fmt: skip
    return add_household(session, draft).value


@pytest.fixture
def bench(qtbot: QtBot, session: Session, known: str, crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    yield made
    made.window.close()


@pytest.fixture
def call(bench: Bench) -> TakeCallDialog:
    bench.desk.take_call()
    (dialog,) = bench.registry.findChildren(TakeCallDialog)
    return dialog


def households(bench: Bench) -> int:
    return len(registry(bench.session, DAY))


class TestDraft:
    """What a call becomes, by the rules of an imported list of requests."""

    def test_counts_become_members_with_the_caller_first_and_children_last(self) -> None:
        draft = household_draft(Call(contact="Мороз Олена Петрівна", people=4, children=2), NOW)
        assert draft.people[0].name == PersonName("Мороз", "Олена", "Петрівна")
        assert draft.people[0].relation is Relation.HEAD
        assert [one.birth.stated_child for one in draft.people] == [False, False, True, True]
        assert not any(one.name for one in draft.people[1:])

    def test_needs_go_to_the_last_adults_first(self) -> None:
        call = Call(contact="Олена", people=4, children=1, stretcher=1, wheelchair=1, steps=1)
        needs = [set(one.needs) for one in household_draft(call, NOW).people]
        assert needs == [{Need.STEPS}, {Need.WHEELCHAIR}, {Need.STRETCHER}, set()]

    def test_children_without_an_adult_leave_the_caller_with_the_phone(self) -> None:
        draft = household_draft(Call(phone="050 123 45 67", contact="Олена", people=2, children=2), NOW)
        assert [one.birth.stated_child for one in draft.people] == [True, True]
        assert draft.contacts == (Contact("050 123 45 67", PHONE, "Олена"),)

    def test_a_call_is_a_wish_for_pickup_with_its_day_and_moment(self) -> None:
        draft = household_draft(Call(wants_on=date(2023, 8, 17)), NOW)
        assert (draft.decision, draft.wants_on) == (Decision.WANTS_PICKUP, date(2023, 8, 17))
        assert draft.requested_at == NOW
        assert household_draft(Call(decision=Decision.PACKED, wants_on=DAY), NOW).wants_on is None

    @given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 4), st.integers(0, 4), st.integers(0, 4), st.booleans())
    def test_no_person_and_no_place_is_lost(
        self, people: int, children: int, chairs: int, stretchers: int, steps: int, named: bool
    ) -> None:
        people = max(people, children, chairs + stretchers)
        call = Call(
            contact="Олена" if named else "", people=people, children=children, wheelchair=chairs, stretcher=stretchers,
            steps=steps,
        )  # fmt: skip
        members = household_draft(call, NOW).people
        assert len(members) == max(people, 1 if named else 0)
        assert sum(bool(one.birth.stated_child) for one in members) == children
        assert sum(Need.WHEELCHAIR in one.needs for one in members) == chairs
        assert sum(Need.STRETCHER in one.needs for one in members) == stretchers
        assert not any({Need.WHEELCHAIR, Need.STRETCHER} <= one.needs for one in members)


class TestDialog:
    def test_a_call_is_saved_by_keyboard_alone(self, bench: Bench, call: TakeCallDialog, places: list[str]) -> None:
        assert call.focusWidget() is call.phone.edit
        type_over(call.phone.edit, "8 (067) 765-43-21")
        press(call.phone.edit, Qt.Key.Key_Return)
        bench.until(lambda: call.focusWidget() is call.settlement)
        type_over(call.settlement, "подол")
        press(call.settlement, Qt.Key.Key_Return)
        assert call.settlement.text() == "Подоли"
        assert call.focusWidget() is call.street
        type_over(call.street, "вул. Садова")
        type_over(call.house, "7")
        type_over(call.contact, "Мороз Олена")
        call.people.setValue(3)
        call.children.setValue(1)
        call.wheelchair.setValue(1)
        type_over(call.day.edit, "+1")
        type_over(call.note, "зателефонувати зранку")
        call.findChild(type(bench.registry.calls.dialog.actions()[0]), "form.save").trigger()
        bench.settle()
        card = bench.registry.panel.card
        assert card is not None
        household = card.household
        assert household.settlement_id == places[5]
        assert (household.address.street, household.address.house) == ("вул. Садова", "7")
        assert [contact.e164 for contact in household.contacts] == ["+380677654321"]
        assert len(household.people) == 3
        assert (household.decision, household.wants_on) == (Decision.WANTS_PICKUP, date(2023, 8, 16))
        assert household.note == "зателефонувати зранку"
        assert "The call was saved" in bench.desk.notices.texts()[0]

    @pytest.mark.parametrize("typed", ["0501234567", "+380 50 123 45 67", "8 050 123 45 67"])
    def test_enter_on_a_known_phone_opens_that_household(
        self, bench: Bench, call: TakeCallDialog, known: str, typed: str
    ) -> None:
        type_over(call.phone.edit, typed)
        press(call.phone.edit, Qt.Key.Key_Return)
        bench.settle()
        assert bench.registry.table.current_id() == known
        assert bench.registry.calls.dialog is None
        assert households(bench) == 1

    def test_a_known_phone_shows_whose_it_is_and_tab_goes_on_to_a_new_household(
        self, bench: Bench, call: TakeCallDialog
    ) -> None:
        type_over(call.phone.edit, "0501234567")
        bench.settle()
        assert "Коваль Дар'я Іванівна" in call.phone.found.item(0).text()
        press(call.phone.edit, Qt.Key.Key_Tab)
        assert call.focusWidget() is call.settlement
        type_over(call.contact, "Ткач Іван")
        call.save()
        bench.settle()
        assert households(bench) == 2

    def test_one_who_may_be_known_is_told_after_saving(
        self, bench: Bench, call: TakeCallDialog, known: str, places: list[str]
    ) -> None:
        type_over(call.phone.edit, "050 123 45 67")
        type_over(call.contact, "Коваль Дарья")
        call.settlement.set_value(places[0], "Ківшарівка")
        call.save()
        bench.settle()
        assert "may be the same family" in bench.desk.notices.texts()[0]
        assert household_card(bench.session, known).open_pairs

    def test_incomplete_is_allowed_and_free_text_stays(self, bench: Bench, call: TakeCallDialog) -> None:
        type_over(call.phone.edit, "перезвонить сусідка")
        type_over(call.settlement, "десь за лісом")
        call.settlement.commit()
        assert "kept as typed" in call.remark.text()
        call.save()
        bench.settle()
        row = next(row for row in registry(bench.session, DAY) if not row.settlement_known)
        assert row.settlement == "десь за лісом"
        assert row.phones == "перезвонить сусідка"

    def test_what_is_to_do_about_a_settlement_is_told_while_it_is_typed(
        self, bench: Bench, call: TakeCallDialog, session: Session
    ) -> None:
        for hromada in ("Боровська", "Дворічанська"):
            add_settlement(session, "Василівка", hromada=hromada)
        call.settlement.use(load_places(session))
        expected = {"Васил": "", "Василівка": "Several settlements", "Подо": "", "За лісом": "kept as typed"}
        for typed, remark in expected.items():
            type_over(call.settlement, typed)
            assert call.remark.isVisible() is bool(remark), typed
            assert remark in call.remark.text()

    def test_the_new_household_is_seen_in_a_long_table(
        self, bench: Bench, call: TakeCallDialog, session: Session, places: list[str]
    ) -> None:
        with session.act("add_household") as act:
            write_households(act, [draft(Random(number), DAY, places, number) for number in range(60)])
        bench.registry.reader.read_all()
        bench.settle()
        type_over(call.phone.edit, "067 765 43 21")
        call.save()
        bench.settle()
        table = bench.registry.table
        assert bench.desk.notices.isVisible()
        QApplication.processEvents()
        row = table.visualRect(table.currentIndex())
        assert table.rows.record(table.currentIndex().row()).phones == "067 765 43 21"  # type: ignore[union-attr]
        assert table.selected_ids() == [table.current_id()]
        assert table.viewport().rect().contains(row.center())
        assert row.bottom() <= table.viewport().rect().bottom() + 1

    def test_an_empty_call_is_not_saved(self, bench: Bench, call: TakeCallDialog) -> None:
        call.save()
        assert call.fault.isVisible()
        assert households(bench) == 1

    def test_escape_asks_only_when_something_was_typed(self, bench: Bench, call: TakeCallDialog) -> None:
        with ask.answers([False]):
            type_over(call.note, "дві кози")
            press(call, Qt.Key.Key_Escape)
            assert call.isVisible()
        call.note.clear()
        press(call, Qt.Key.Key_Escape)
        bench.until(lambda: bench.registry.calls.dialog is None)

    def test_a_half_typed_call_outlives_a_window_made_anew(self, bench: Bench, call: TakeCallDialog) -> None:
        type_over(call.contact, "Мороз Олена")
        call.people.setValue(5)
        bench.window._rebuild()
        bench.settle()
        again = bench.registry.calls.dialog
        assert again is not None
        assert again is not call
        assert (again.contact.text(), again.people.value()) == ("Мороз Олена", 5)

    def test_counts_fit_each_other(self, call: TakeCallDialog) -> None:
        call.children.setValue(2)
        assert call.people.value() == 3
        call.people.setValue(2)
        assert (call.people.value(), call.children.value()) == (2, 2)
        call.stretcher.setValue(4)
        assert call.people.value() == 4

    def test_a_day_that_is_none_is_marked_and_not_saved(self, bench: Bench, call: TakeCallDialog) -> None:
        type_over(call.contact, "Олена")
        type_over(call.day.edit, "31.02")
        call.save()
        bench.settle()
        assert "no day" in call.day.words.text()
        assert households(bench) == 1

    def test_every_field_has_a_name(self, call: TakeCallDialog) -> None:
        assert unnamed(call) == []


class TestRequests:
    def test_of_an_organisation_for_a_known_phone_is_entered_there_and_makes_no_second_record(
        self, bench: Bench, session: Session, known: str
    ) -> None:
        before = len(registry(session, DAY))
        bench.desk.take_call()
        bench.settle()
        dialog = next(one for one in bench.registry.findChildren(TakeCallDialog) if one.isVisible())
        dialog.organisation.setText("Червоний Хрест")
        dialog.reference.setText("А-17")
        dialog.phone.edit.setText("0501234567")
        bench.settle()
        press(dialog.phone.edit, Qt.Key.Key_Return)
        bench.settle()
        rows = household_card(session, known).requests
        assert [(row.number, row.organisation, row.reference) for row in rows] == [(1, "Червоний Хрест", "А-17")]
        assert any("Request № 1 · Червоний Хрест А-17" in label.text() for label in bench.registry.findChildren(QLabel))
        assert len(registry(session, DAY)) == before
