"""Half-typed forms: kept inside the register when it locks, and open again as they were; nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.roles import Role
from coordinator.queries.household import household_card
from coordinator.queries.registry import registry
from coordinator.register import Access, open_register
from coordinator.services.drafts import Draft, drafts
from coordinator.services.households import remove_household
from coordinator.services.users import add_user
from coordinator.session import ReadOnly, Session
from tests.builders import DAY, on_trip
from tests.conftest import PASSPHRASE
from tests.ui.bench import press, type_over
from tests.ui.invented import settle, three_households
from tests.ui.schedule_bench import centre, families
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.decide import DecideDialog
from ui.dialogs.edit_person import EditPersonDialog
from ui.dialogs.met_on_way import MetOnWayDialog
from ui.dialogs.move_household import MoveHouseholdDialog
from ui.dialogs.record import RecordDialog
from ui.dialogs.results import ResultsDialog
from ui.dialogs.take_call import TakeCallDialog
from ui.dialogs.typed_text import TypedTextDialog
from ui.locking.ending import Ending
from ui.main_window import MainWindow
from ui.pages.fleet import FleetPage
from ui.pages.registry import RegistryPage
from ui.pages.schedule import SchedulePage
from ui.preferences import Preferences

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier
WAIT = 20_000
OTHER = "another long passphrase"
D = TypeVar("D", bound=QDialog)


class Office:
    """A window with the pages on which forms are opened; it can be locked and unlocked."""

    def __init__(self, qtbot: QtBot, session: Session, crashes: CrashDesk) -> None:
        self.qtbot, self.folder = qtbot, session.folder
        session.close()
        pages = {"registry": RegistryPage, "schedule": SchedulePage, "fleet": FleetPage}
        self.window = MainWindow(lambda: pages, Preferences(language="en", theme="light"), crashes)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()
        self.unlock()

    def unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.window.closing.wait()
        session = open_register(self.folder, passphrase, access=Access.WINDOW)
        self.window.open(session)
        self.qtbot.waitUntil(lambda: self.window.desk is not None, timeout=WAIT)
        assert self.window.register is not None
        self.window.register.working_date.choose(DAY)
        self.settle()

    def lock(self) -> None:
        self.window.lock()
        assert self.window.register is None
        self.qtbot.waitUntil(lambda: not self.window.closing.under_way, timeout=WAIT)

    def lock_and_unlock(self, passphrase: str = PASSPHRASE) -> None:
        self.lock()
        self.unlock(passphrase)

    @property
    def session(self) -> Session:
        assert self.window.register is not None
        return self.window.register.session

    def settle(self) -> None:
        register = self.window.register
        assert register is not None
        calm = 0

        def quiet() -> bool:
            nonlocal calm
            calm = 0 if register.tasks.busy else calm + 1
            return calm > 12  # longer than the panel rests before it reads

        self.qtbot.waitUntil(quiet, timeout=WAIT)

    def page(self, name: str) -> QWidget:
        assert self.window.desk is not None
        self.window.desk.go(name)
        self.settle()
        return self.window.desk.pages[name]

    def household(self, household_id: str) -> RegistryPage:
        page = self.page("registry")
        assert isinstance(page, RegistryPage)
        page.show_target(household=household_id)
        self.settle()
        assert page.panel.editing.household_id == household_id
        return page

    def shown(self, kind: type[D]) -> list[D]:
        return [top for top in QApplication.topLevelWidgets() if isinstance(top, kind) and top.isVisible()]

    def dialog(self, kind: type[D]) -> D:
        self.qtbot.waitUntil(lambda: len(self.shown(kind)) == 1, timeout=WAIT)
        self.settle()
        return self.shown(kind)[0]

    def call(self, phone: str = "050 765 43 21", note: str = "двоє дітей, бояться") -> TakeCallDialog:
        self.page("registry")
        assert self.window.desk is not None
        self.window.desk.take_call()
        dialog = self.dialog(TakeCallDialog)
        dialog.phone.edit.setText(phone)
        dialog.settlement.setText("Подоли")
        dialog.people.setValue(4)
        dialog.day.edit.setText("не знаю")
        dialog.note.setPlainText(note)
        return dialog

    def kept(self) -> list[Draft]:
        """What another program finds in the file right now."""
        with open_register(self.folder, PASSPHRASE) as other:
            return drafts(other)

    def refuse(self) -> None:
        """From now on the register takes no write, as one that somebody else has held for too long."""
        self.session.read_only = ReadOnly("register.busy")


@pytest.fixture
def ids(session: Session) -> dict[str, str]:
    return three_households(session, settle(session))


@pytest.fixture
def office(qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk) -> Iterator[Office]:
    made = Office(qtbot, session, crashes)
    yield made
    made.window.close()


@pytest.fixture
def trip(session: Session) -> tuple[str, list[str]]:
    """A trip with two families; its id and theirs."""
    (bus,) = centre(session)
    households = families(session, "Коваль", "Ткач")
    return on_trip(session, bus, *households), households


@pytest.fixture
def road(qtbot: QtBot, session: Session, trip: tuple[str, list[str]], crashes: CrashDesk) -> Iterator[Office]:
    made = Office(qtbot, session, crashes)
    yield made
    made.window.close()


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


class TestLifeOfADraft:
    def test_it_is_written_while_one_types_so_that_a_power_cut_costs_little(self, office: Office) -> None:
        dialog = office.call(note="перше")
        office.qtbot.waitUntil(lambda: len(office.kept()) == 1, timeout=WAIT)
        dialog.note.setPlainText("друге")
        office.qtbot.waitUntil(lambda: [one.fields["note"] for one in office.kept()] == ["друге"], timeout=WAIT)

    def test_saving_the_form_removes_it(self, office: Office) -> None:
        dialog = office.call()
        dialog.day.edit.clear()
        office.window.keep_drafts()
        assert len(office.kept()) == 1
        press(dialog, Qt.Key.Key_Return, CTRL)
        office.qtbot.waitUntil(lambda: office.kept() == [], timeout=WAIT)

    def test_cancelling_the_form_removes_it(self, office: Office) -> None:
        dialog = office.call()
        office.window.keep_drafts()
        with ask.answers([True]):
            dialog.reject()
        office.qtbot.waitUntil(lambda: office.kept() == [], timeout=WAIT)

    def test_a_form_whose_save_was_under_way_is_saved_once_and_not_opened_again(self, office: Office) -> None:
        dialog = office.call()
        dialog.day.edit.clear()
        before = len(registry(office.session, DAY))
        dialog.save()
        office.lock_and_unlock()
        assert len(registry(office.session, DAY)) == before + 1
        assert office.shown(TakeCallDialog) == [] and office.kept() == []

    def test_an_empty_form_leaves_none(self, office: Office) -> None:
        office.page("registry")
        assert office.window.desk is not None
        office.window.desk.take_call()
        office.dialog(TakeCallDialog)
        office.lock()
        assert office.kept() == []

    def test_another_user_does_not_see_it_and_the_same_one_finds_it_later(self, office: Office) -> None:
        add_user(office.session, "Галина", Role.OPERATOR, OTHER)
        before = office.call().draft()
        office.lock_and_unlock(OTHER)
        assert office.shown(TakeCallDialog) == []
        assert office.window.desk is not None and not office.window.desk.unfinished.isVisible()
        office.lock_and_unlock(PASSPHRASE)
        assert office.dialog(TakeCallDialog).draft() == before

    def test_several_wait_in_a_calm_bar(self, office: Office, ids: dict[str, str]) -> None:
        office.household(ids["koval"]).panel.place.street.type_in("вул. Нова")
        office.call()
        office.lock_and_unlock()
        assert office.window.desk is not None
        bar = office.window.desk.unfinished
        assert office.shown(QDialog) == []
        assert sorted(line.words.text().rsplit(",", 1)[0] for line in bar.lines) == [
            "Unfinished: Details of a household", "Unfinished: Take a call",
        ]  # fmt: skip
        call = next(line for line in bar.lines if line.draft.kind == "call")
        call.go_on.click()
        office.dialog(TakeCallDialog)
        assert [line.draft.kind for line in bar.lines] == ["household"]
        with ask.answers([True]):
            bar.lines[0].throw.click()
        assert not bar.isVisible()
        office.qtbot.waitUntil(lambda: [one.kind for one in office.kept()] == ["call"], timeout=WAIT)

    def test_where_the_household_is_gone_its_text_is_shown(self, office: Office, ids: dict[str, str]) -> None:
        office.household(ids["galagan"]).panel.decide()
        office.dialog(DecideDialog).note.setText("повернуться у вересні")
        office.lock()
        with open_register(office.folder, PASSPHRASE) as other:
            remove_household(other, ids["galagan"])
        office.unlock()
        dialog = office.dialog(TypedTextDialog)
        assert dialog.text.toPlainText() == "повернуться у вересні"
        dialog.reject()
        assert office.window.desk is not None
        assert [line.draft.kind for line in office.window.desk.unfinished.lines] == ["decide"]

    def test_another_theme_while_a_form_is_open_keeps_it(self, office: Office, ids: dict[str, str]) -> None:
        office.household(ids["koval"]).panel.decide()
        office.dialog(DecideDialog).note.setText("передзвонити")
        before = office.window.desk
        office.window.wear("dark")
        office.qtbot.waitUntil(lambda: office.window.desk is not before, timeout=WAIT)
        office.qtbot.waitUntil(
            lambda: [one.note.text() for one in office.shown(DecideDialog)] == ["передзвонити"], timeout=WAIT
        )
        office.window.wear("light")

    def test_a_draft_that_cannot_be_written_is_told_on_the_unlock_page(self, office: Office) -> None:
        office.call()
        office.refuse()
        office.lock()
        page = office.window.unlock_page
        assert page is not None
        assert page.open_form.message.text().splitlines() == [
            "Another program is writing to the register. Nothing was saved; try again in a moment.",
            "What was half-typed when the register was locked could not be kept.",
        ]

    def test_in_a_window_that_only_reads_nothing_is_written_and_the_text_stays(self, office: Office) -> None:
        with open_register(office.folder, PASSPHRASE, access=Access.READ) as looking:
            assert drafts(looking) == []
        dialog = office.call()
        office.refuse()
        office.window.keep_drafts()
        assert dialog.note.toPlainText() == "двоє дітей, бояться"
        assert office.kept() == []


class TestFault16:
    """The register is held for too long, the disk is full, the role lacks the right: told, and the text stays."""

    def test_fault_16_a_call(self, office: Office) -> None:
        dialog = office.call()
        dialog.day.edit.clear()
        before = dialog.draft()
        office.refuse()
        dialog.save()
        office.settle()
        assert dialog.isVisible() and dialog.draft() == before
        assert dialog.fault.isVisible()

    def test_fault_16_a_decision_and_a_person(self, office: Office, ids: dict[str, str]) -> None:
        panel = office.household(ids["koval"]).panel
        panel.decide()
        decide = office.dialog(DecideDialog)
        decide.note.setText("передзвонити")
        panel.edit_person(None)
        person = office.dialog(EditPersonDialog)
        person.surname.setText("Зозуля")
        office.refuse()
        decide.save()
        person.save()
        office.settle()
        assert (decide.note.text(), decide.fault.isVisible()) == ("передзвонити", True)
        assert (person.surname.text(), person.fault.isVisible()) == ("Зозуля", True)

    def test_fault_16_a_record(self, office: Office) -> None:
        page = office.page("fleet")
        assert isinstance(page, FleetPage)
        page.lists[1].add()
        dialog = office.dialog(RecordDialog)
        dialog.editors["name"].setText("Гнат")  # type: ignore[attr-defined]
        office.refuse()
        dialog.submit()
        office.settle()
        assert dialog.told() and dialog.draft()["typed"] == {"name": "Гнат"}

    @pytest.mark.parametrize("name", ["street", "note", "settlement", "phone", "whose"])
    def test_fault_16_a_field_of_the_panel(self, office: Office, ids: dict[str, str], name: str) -> None:
        page = office.household(ids["koval"])
        panel = page.panel
        fields = {
            "street": panel.place.street.edit, "note": panel.things.note, "settlement": panel.place.settlement,
            "phone": panel.phones.new.edit, "whose": panel.phones.rows[0].note.edit,
        }  # fmt: skip
        field = fields[name]
        typed = "066 111 22 33" if name == "phone" else "Заоскілля"
        kept = office.session.read_only
        type_over(field, typed)
        office.refuse()
        press(field, Qt.Key.Key_Tab)
        page.table.setFocus()
        office.settle()
        assert office.window.desk is not None and office.window.desk.notices.texts()
        text: Callable[[], str] = getattr(field, "toPlainText", None) or field.text
        assert text() == typed
        panel.reload()
        office.settle()
        assert text() == typed, "also when the household is read again"
        office.session.read_only = kept
        if name == "settlement":
            panel.place.settlement.commit()  # as leaving it does; here its list of suggestions holds the focus
        field.setFocus()
        page.table.setFocus()
        office.settle()
        assert panel.draft() == {}, "leaving the field once more saves it"

    def test_fault_16_results_people_met_and_a_move(self, road: Office, trip: tuple[str, list[str]]) -> None:
        page = road.page("schedule")
        assert isinstance(page, SchedulePage)
        page.enter_results(trip[0])
        results = road.dialog(ResultsDialog)
        results.entry.note.setText("собака")
        results.add_met()
        met = road.dialog(MetOnWayDialog)
        met.contact.setText("Зозуля Іван")
        met.add.setEnabled(True)
        page.moves.choose(trip[1][0])
        move = road.dialog(MoveHouseholdDialog)
        move.reason.setText("просили дуже")
        road.refuse()
        results.entry.buttons[next(iter(results.entry.buttons))].click()
        met.add_new()
        move.save()
        road.settle()
        assert results.entry.note.text() == "собака" and results.message.isVisible()
        assert met.contact.text() == "Зозуля Іван" and met.told.isVisible()
        assert move.reason.text() == "просили дуже" and move.check.isVisible()
