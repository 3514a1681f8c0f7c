"""Half-typed forms: kept inside the register when it locks, and open again as they were; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.queries.household import household_card
from coordinator.session import Session
from tests.ui.bench import type_over
from tests.ui.invented import settle, three_households
from tests.ui.office import WAIT, Office, at_work, one_trip
from ui.crash import CrashDesk
from ui.dialogs.decide import DecideDialog
from ui.dialogs.edit_person import EditPersonDialog
from ui.dialogs.met_on_way import MetOnWayDialog
from ui.dialogs.move_household import MoveHouseholdDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.results import ResultsDialog
from ui.dialogs.take_call import TakeCallDialog
from ui.locking.ending import Ending
from ui.pages.fleet import FleetPage
from ui.pages.registry import RegistryPage
from ui.pages.schedule import SchedulePage

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def ids(session: Session) -> dict[str, str]:
    return three_households(session, settle(session))


@pytest.fixture
def office(qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk) -> Iterator[Office]:
    yield from at_work(qtbot, session, crashes)


@pytest.fixture
def trip(session: Session) -> tuple[str, list[str]]:
    return one_trip(session)


@pytest.fixture
def road(qtbot: QtBot, session: Session, trip: tuple[str, list[str]], crashes: CrashDesk) -> Iterator[Office]:
    yield from at_work(qtbot, session, crashes)


class TestFault24:
    """A lock, an end or a logout in the middle of a form: it is open again after unlocking, as it was."""

    def test_fault_24_a_call(self, office: Office) -> None:
        before = office.call().draft()
        office.lock_and_unlock()
        again = office.dialog(TakeCallDialog)
        assert again.draft() == before
        assert again.day.edit.text() == "не знаю", "also what cannot be read"
        assert again.call().settlement_text == "Подоли" and again.call().settlement_id is not None

    def test_fault_24_a_decision(self, office: Office, ids: dict[str, str]) -> None:
        office.household(ids["koval"]).panel.decide()
        dialog = office.dialog(DecideDialog)
        dialog.choices.setCurrentRow(5)
        dialog.reason.setText("не кидають корову")
        office.lock_and_unlock()
        again = office.dialog(DecideDialog)
        assert (again.ruling().decision, again.reason.text()) == (Decision.REFUSED, "не кидають корову")
        again.save()
        office.settle()
        assert household_card(office.session, ids["koval"]).household.decision is Decision.REFUSED

    @pytest.mark.parametrize("known", [True, False])
    def test_fault_24_a_person(self, office: Office, ids: dict[str, str], known: bool) -> None:
        panel = office.household(ids["koval"]).panel
        assert panel.card is not None
        person = panel.card.household.people[0] if known else None
        panel.edit_person(person)
        dialog = office.dialog(EditPersonDialog)
        dialog.surname.setText("Коваленко")
        dialog.birth.setText("31.02.1960")
        next(iter(dialog.needs.values())).setChecked(True)
        office.lock_and_unlock()
        again = office.dialog(EditPersonDialog)
        assert (again.surname.text(), again.birth.text()) == ("Коваленко", "31.02.1960")
        assert next(iter(again.needs.values())).isChecked()
        assert again.windowTitle() == ("Person" if known else "New person")

    def test_fault_24_text_in_fields_of_the_panel(self, office: Office, ids: dict[str, str]) -> None:
        panel = office.household(ids["koval"]).panel
        type_over(panel.place.street.edit, "вул. Нова")
        panel.things.note.setPlainText("передзвонити")
        panel.phones.rows[0].note.type_in("сусід")
        office.lock_and_unlock()
        page = office.page("registry")
        assert isinstance(page, RegistryPage)
        panel = page.panel
        office.qtbot.waitUntil(lambda: panel.place.street.edit.text() == "вул. Нова", timeout=WAIT)
        assert panel.things.note.toPlainText() == "передзвонити"
        assert panel.phones.rows[0].note.edit.text() == "сусід"
        assert household_card(office.session, ids["koval"]).household.address.street == "вул. Миру", (
            "not saved by itself"
        )

    def test_fault_24_a_record_of_the_fleet(self, office: Office) -> None:
        page = office.page("fleet")
        assert isinstance(page, FleetPage)
        page.lists[1].add()
        dialog = office.dialog(RecordDialog)
        dialog.editors["name"].setText("Гнат")  # type: ignore[attr-defined]
        office.lock_and_unlock()
        again = office.dialog(RecordDialog)
        assert again.draft()["typed"] == {"name": "Гнат"}
        assert again.windowTitle() == "Evacuation Coordinator"
        again.submit()
        office.settle()
        assert office.shown(RecordDialog) == [] and office.kept() == []

    def test_fault_24_results_and_who_was_met_on_the_way(self, road: Office, trip: tuple[str, list[str]]) -> None:
        page = road.page("schedule")
        assert isinstance(page, SchedulePage)
        page.enter_results(trip[0])
        results = road.dialog(ResultsDialog)
        second = results.stops.model_rows.records()[1]
        results.stops.select_id(second.key)
        results.entry.note.setText("собака на подвір'ї")
        results.end.at.setText("14:0")
        road.lock_and_unlock()
        again = road.dialog(ResultsDialog)
        current = again.stops.current()
        assert current is not None and current.key == second.key
        assert (again.entry.note.text(), again.end.at.text()) == ("собака на подвір'ї", "14:0")

    def test_fault_24_people_met_on_the_way(self, road: Office, trip: tuple[str, list[str]]) -> None:
        page = road.page("schedule")
        assert isinstance(page, SchedulePage)
        page.enter_results(trip[0])
        road.dialog(ResultsDialog).add_met()
        dialog = road.dialog(MetOnWayDialog)
        dialog.contact.setText("Зозуля Іван")
        dialog.count.setValue(3)
        road.lock_and_unlock()
        again = road.dialog(MetOnWayDialog)
        assert (again.contact.text(), again.count.value()) == ("Зозуля Іван", 3)
        assert len(road.shown(ResultsDialog)) == 1

    def test_fault_24_the_reason_of_a_move(self, road: Office, trip: tuple[str, list[str]]) -> None:
        page = road.page("schedule")
        assert isinstance(page, SchedulePage)
        page.moves.choose(trip[1][0])
        road.dialog(MoveHouseholdDialog).reason.setText("просили дуже")
        road.lock_and_unlock()
        assert road.dialog(MoveHouseholdDialog).reason.text() == "просили дуже"

    def test_fault_24_the_window_is_closed(self, office: Office) -> None:
        office.call(phone="099 111 22 33")
        assert office.window.close()
        assert [draft.fields["phone"] for draft in office.kept()] == ["099 111 22 33"]

    def test_fault_24_the_person_logs_out(self, office: Office) -> None:
        office.call(phone="099 111 22 33")
        ending = Ending(office.window.keep_drafts, office.window)
        ending.logging_out()
        ending.close()
        assert [draft.fields["phone"] for draft in office.kept()] == ["099 111 22 33"], "before the logout goes on"
