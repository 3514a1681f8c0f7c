"""A half-typed form from the first letter to its end: kept, saved, thrown away, or waiting for another program."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QMessageBox
from pytestqt.qtbot import QtBot

from coordinator.domain.roles import Role
from coordinator.queries.registry import registry
from coordinator.register import Access, open_register
from coordinator.services.drafts import drafts
from coordinator.services.households import remove_household
from coordinator.services.users import add_user
from coordinator.session import Session
from tests.builders import DAY
from tests.conftest import PASSPHRASE
from tests.ui.bench import press, type_over
from tests.ui.invented import settle, three_households
from tests.ui.office import WAIT, Office, at_work, one_trip
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
from ui.locking import leaving
from ui.pages.fleet import FleetPage
from ui.pages.schedule import SchedulePage

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = "another long passphrase"


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


class TestLifeOfADraft:
    def test_it_is_written_while_one_types_so_that_a_power_cut_costs_little(self, office: Office) -> None:
        dialog = office.call(note="перше")
        office.tick()
        assert [one.fields["note"] for one in office.kept()] == ["перше"]
        dialog.note.setPlainText("друге")
        office.tick()
        assert [one.fields["note"] for one in office.kept()] == ["друге"]

    def test_saving_the_form_removes_it(self, office: Office) -> None:
        dialog = office.call()
        dialog.day.edit.clear()
        office.window.keep_drafts()
        assert len(office.kept()) == 1
        press(dialog, Qt.Key.Key_Return, CTRL)
        office.settle()
        assert office.kept() == []

    def test_cancelling_the_form_removes_it(self, office: Office) -> None:
        dialog = office.call()
        office.window.keep_drafts()
        with ask.answers([True]):
            dialog.reject()
        office.settle()
        assert office.kept() == []

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
        office.settle()
        assert [one.kind for one in office.kept()] == ["call"]

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
            "There is no room left on the disk. Nothing was saved, the register is as before; free some space and try "
            "again.",
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

    def test_fault_16_a_lock_while_another_program_writes_keeps_what_is_typed(self, office: Office) -> None:
        before = office.call().draft()
        office.hurry()
        with open_register(office.folder, PASSPHRASE) as other, other.act("import"):
            office.window.lock()
            page = office.window.unlock_page
            assert page is not None and office.shown(QDialog) == []
            office.qtbot.waitUntil(page.held.isVisible, timeout=WAIT)
            assert "leave this window open" in page.held.words.text()
            assert office.window.closing.under_way
        office.qtbot.waitUntil(lambda: not office.window.closing.under_way, timeout=WAIT)
        assert not page.held.isVisible() and page.open_form.message.text() == ""
        office.unlock()
        assert office.dialog(TakeCallDialog).draft() == before

    def test_fault_16_a_window_that_is_closed_meanwhile_stays_until_it_is_kept(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(leaving, "PATIENCE_SECONDS", 0.1)
        office.call(phone="099 111 22 33")
        office.hurry()
        with open_register(office.folder, PASSPHRASE) as other, other.act("import"):
            assert not office.window.close()
            page = office.window.waiting_page
            assert page is not None
            office.qtbot.waitUntil(lambda: "leave this window open" in page.why.text(), timeout=WAIT)
        office.qtbot.waitUntil(lambda: not office.window.isVisible(), timeout=WAIT)
        assert [draft.fields["phone"] for draft in office.kept()] == ["099 111 22 33"]

    def test_who_will_not_wait_is_told_what_would_be_lost(
        self, office: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(leaving, "PATIENCE_SECONDS", 0.1)
        office.call()
        office.hurry()
        with open_register(office.folder, PASSPHRASE) as other, other.act("import"):
            assert not office.window.close()
            assert not office.window.close()
            (box,) = office.shown(QMessageBox)
            assert box.informativeText() == "Half-typed and not kept yet: Take a call."
            box.reject()
            assert office.window.isVisible()
            with ask.answers([True]):
                office.window.close()
            office.qtbot.waitUntil(lambda: not office.window.isVisible())
            office.window.closing.wait()
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
