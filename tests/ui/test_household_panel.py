"""The detail panel of the registry: everything about one household, edited in place and saved at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.person import Birth, Need, PersonName
from coordinator.queries.household import household_card
from coordinator.services.households import add_household, edit_household
from coordinator.services.imports import apply_import, preview_import
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from tests.exchange.making import write_book
from tests.exchange.told import SHORT
from tests.ui.bench import DAY, Bench, press, type_over, unnamed
from tests.ui.invented import settle, three_households
from ui.crash import CrashDesk
from ui.dialogs.decide import DecideDialog
from ui.dialogs.edit_person import EditPersonDialog

CTRL = Qt.KeyboardModifier.ControlModifier
pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def places(session: Session) -> list[str]:
    return settle(session)


@pytest.fixture
def ids(session: Session, places: list[str]) -> dict[str, str]:
    return three_households(session, places)


@pytest.fixture
def bench(qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    yield made
    made.window.close()


def heads(bench: Bench) -> list[str]:
    rows = bench.registry.rows
    return [rows.text(row, 1) for row in range(rows.rowCount())]


def test_edits_in_place_are_saved_at_once_and_seen_in_the_table(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    things = bench.registry.panel.things
    type_over(things.pets.edit, "кіт Мурчик")
    press(things.pets.edit, Qt.Key.Key_Return)
    bench.settle()
    assert household_card(bench.session, ids["koval"]).household.pets == "кіт Мурчик"
    row = bench.registry.rows.row_of(ids["koval"])
    assert row is not None
    assert bench.registry.rows.record(row).pets == "кіт Мурчик"


def test_escape_restores_and_then_goes_back_to_the_table(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    note = bench.registry.panel.things.note
    type_over(note, "зовсім інше")
    press(note, Qt.Key.Key_Escape)
    assert note.toPlainText() == "корова"
    press(note, Qt.Key.Key_Escape)
    assert bench.registry.table.hasFocus()


def test_input_is_checked_at_once_and_a_wrong_one_is_not_saved(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    luggage = bench.registry.panel.things.luggage
    type_over(luggage.edit, "багато")
    assert "number of pieces" in luggage.message.text()
    press(luggage.edit, Qt.Key.Key_Return)
    bench.settle()
    assert household_card(bench.session, ids["koval"]).household.luggage is None
    type_over(luggage.edit, "4")
    assert luggage.message.text() == ""
    press(luggage.edit, Qt.Key.Key_Return)
    bench.settle()
    assert household_card(bench.session, ids["koval"]).household.luggage == 4


def test_text_being_typed_survives_a_change_from_elsewhere(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    street = bench.registry.panel.place.street
    type_over(street.edit, "вул. Шкіль")
    edit_household(bench.session, ids["koval"], pets="два коти")
    bench.settle()
    assert bench.registry.panel.things.pets.edit.text() == "два коти"
    assert street.edit.text() == "вул. Шкіль"


def test_typed_text_belongs_to_the_household_it_was_typed_for(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    type_over(bench.registry.panel.place.landmark.edit, "сині ворота")
    bench.choose(ids["galagan"])
    assert household_card(bench.session, ids["koval"]).household.address.landmark == "сині ворота"
    assert household_card(bench.session, ids["galagan"]).household.address.landmark == ""
    assert bench.registry.panel.place.landmark.edit.text() == ""


def test_an_unknown_settlement_is_chosen_from_the_gazetteer(
    bench: Bench, ids: dict[str, str], places: list[str]
) -> None:
    bench.choose(ids["galagan"])
    place = bench.registry.panel.place
    assert place.remark.isVisible()
    type_over(place.settlement, "курилів")
    press(place.settlement, Qt.Key.Key_Return)
    bench.settle()
    assert household_card(bench.session, ids["galagan"]).household.settlement_id == places[3]
    assert not place.remark.isVisible()
    assert place.hromada.text() == "Курилівська"


def test_phones_are_added_mended_noted_copied_and_removed(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    phones = bench.registry.panel.phones
    type_over(phones.new.edit, "8 066 765 43 21")
    press(phones.new.edit, Qt.Key.Key_Return)
    bench.settle()
    assert [row.phone.value() for row in phones.rows] == ["050 123 45 67", "066 765 43 21"]
    type_over(phones.rows[1].note.edit, "сусідка")
    press(phones.rows[1].note.edit, Qt.Key.Key_Return)
    bench.settle()
    phones.rows[1].copy.click()
    assert QGuiApplication.clipboard().text() == "+380667654321"
    phones.rows[0].remove.click()
    bench.settle()
    (contact,) = household_card(bench.session, ids["koval"]).household.contacts
    assert (contact.e164, contact.note) == ("+380667654321", "сусідка")


def test_a_phone_that_cannot_be_read_is_kept_with_a_remark(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["orphan"])
    phones = bench.registry.panel.phones
    type_over(phones.new.edit, "3,80501E+11")
    press(phones.new.edit, Qt.Key.Key_Return)
    bench.settle()
    assert "kept as typed" in phones.rows[0].phone.message.text()


def test_the_decision_is_one_key_and_a_digit(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    bench.registry.table.setFocus()
    press(bench.registry.table, Qt.Key.Key_D, CTRL | Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = bench.registry.findChildren(DecideDialog)
    press(dialog.choices, Qt.Key.Key_5)
    assert dialog.focusWidget() is dialog.day.edit
    type_over(dialog.day.edit, "+1")
    press(dialog.day.edit, Qt.Key.Key_Return)
    bench.settle()
    card = household_card(bench.session, ids["koval"])
    assert (card.household.decision, card.household.wants_on) == (Decision.WANTS_PICKUP, DAY + timedelta(days=1))
    assert bench.registry.panel.decision.button.text() == "Wants pickup, 16.08.2023"
    assert bench.registry.panel.decision.ready.text() == "Not ready for 15.08.2023"


def test_a_departure_with_another_organisation_is_an_event(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    bench.registry.panel.decide()
    (dialog,) = bench.registry.findChildren(DecideDialog)
    press(dialog.choices, Qt.Key.Key_0)
    dialog.organisation.setText("Янголи")
    dialog.save()
    bench.settle()
    events = household_card(bench.session, ids["koval"]).events
    assert {(event.kind, event.occurred_on, event.organisation) for event in events} == {
        ("other_organisation", DAY, "Янголи")
    }
    assert bench.registry.panel.events.isVisible()


def test_a_child_without_an_adult_is_bold_and_the_reason_is_asked(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["orphan"])
    (row,) = bench.registry.panel.members.rows.values()
    assert row.escort is not None
    assert not row.escort.warning.isHidden()
    assert "700" in row.name.styleSheet()
    type_over(row.escort.reason.edit, "бабуся чекає в Харкові")
    press(row.escort.reason.edit, Qt.Key.Key_Return)
    bench.settle()
    (child,) = household_card(bench.session, ids["orphan"]).household.people
    assert child.no_escort_reason == "бабуся чекає в Харкові"


def test_the_proposed_escort_is_confirmed_with_a_basis(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    adult, child = household_card(bench.session, ids["koval"]).household.people
    escort = bench.registry.panel.members.rows[child.id].escort
    assert escort is not None
    assert escort.adult.currentData() == adult.id
    escort.confirm.click()
    bench.settle()
    type_over(escort.basis.edit, "мати")
    press(escort.basis.edit, Qt.Key.Key_Return)
    bench.settle()
    child = household_card(bench.session, ids["koval"]).household.people[1]
    assert (child.escort_id, child.escort_basis) == (adult.id, "мати")


def test_a_person_is_added_with_whatever_is_known_of_the_birth(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    bench.registry.panel.edit_person(None)
    (dialog,) = bench.registry.findChildren(EditPersonDialog)
    dialog.given.setText("Ганна")
    dialog.birth.setText("63")
    assert dialog.age.text() == "On the working date: 63"
    dialog.needs[Need.STRETCHER].setChecked(True)
    dialog.save()
    bench.settle()
    added = household_card(bench.session, ids["koval"]).household.people[2]
    assert (added.name.given, added.birth.age, added.birth.age_on) == ("Ганна", 63, DAY)
    assert added.needs == {Need.STRETCHER}


def test_a_deleted_household_comes_back_by_undo(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    press(bench.registry.table, Qt.Key.Key_Delete, CTRL)
    bench.settle()
    assert heads(bench) == ["Ґалаґан Іван", "Щербак Софія"]
    assert "Ctrl+Z brings it back" in bench.desk.notices.texts()[0]
    bench.desk.undo()
    bench.settle()
    assert len(heads(bench)) == 3


def test_history_tells_who_what_old_and_new_and_puts_a_value_back(bench: Bench, ids: dict[str, str]) -> None:
    edit_household(bench.session, ids["koval"], note="корова і теля")
    bench.choose(ids["koval"])
    history = bench.registry.panel.history
    words = [label.text() for label in history.findChildren(type(history.heading))]
    assert "Note: корова → корова і теля" in words
    buttons = [b for b in history.findChildren(type(bench.registry.panel.head.menu_button)) if b.isVisible()]
    buttons[0].click()
    bench.settle()
    assert household_card(bench.session, ids["koval"]).household.note == "корова"


def test_long_texts_never_make_the_panel_wider_than_its_place(bench: Bench) -> None:
    name = PersonName("Дем'яненко-Вишневецька", "Володимира-Костянтина", "Олександрівна")
    person = MemberDraft(name, birth=Birth(year=2010), needs=frozenset(Need), needs_raw="дуже довго " * 9)
    unclear = HouseholdDraft(settlement_text="хутір Довгий за лісом", people=(person,), note="слово " * 90)
    household_id = add_household(bench.session, unclear).value
    bench.settle()
    bench.choose(household_id)
    panel = bench.registry.panel
    bench.registry.splitter.setSizes([2000, 1])
    assert panel.width() == panel.minimumWidth()
    assert panel._scroll.widget().width() <= panel._scroll.viewport().width()


def test_everything_that_takes_the_focus_has_a_name(bench: Bench, ids: dict[str, str]) -> None:
    bench.choose(ids["koval"])
    page = bench.registry
    assert unnamed(page) == []
    page.panel.decide()
    page.panel.edit_person(None)
    dialogs = [*page.findChildren(DecideDialog), *page.findChildren(EditPersonDialog)]
    assert [unnamed(dialog) for dialog in dialogs] == [[], []]
    for dialog in dialogs:
        dialog.done(0)


def test_each_value_says_where_it_comes_from(
    qtbot: QtBot, session: Session, places: list[str], crashes: CrashDesk, tmp_path: Path
) -> None:
    rows = [SHORT, [1, "Сорока Олена Іванівна", 1981, "вул. Садова, 5", "0501112233", "вагаються"]]
    path = write_book(tmp_path / "week1.xlsx", {"Подоли": rows})
    apply_import(session, preview_import(session, path, DAY))
    with session.reading() as db:
        (row,) = stores.households.all(db)
    edit_household(session, row.id, pets="кіт")
    bench = Bench(qtbot, session, crashes)
    bench.choose(row.id)
    panel = bench.registry.panel
    phone, pets = panel.phones.rows[0].phone.edit, panel.things.pets.edit
    assert phone.toolTip().startswith("Phone\nweek1.xlsx, Подоли, row 2, imported ")
    assert phone.accessibleDescription().startswith("week1.xlsx, Подоли, row 2")
    assert pets.accessibleDescription().startswith("Household 1 changed, ")
    assert "Birth year: week1.xlsx" in next(iter(panel.members.rows.values())).about.toolTip()
    panel.origins.button.click()
    told = [label.text() for label in panel.origins.findChildren(QLabel)]
    names = next(text for text in told if text.startswith("Settlement"))
    assert {"Street", "House", "Note", "050 111 22 33"} <= set(names.splitlines()[0].split(", "))
    history = [label.text() for label in panel.history.findChildren(QLabel)]
    assert "Imported week1.xlsx: Подоли, row 2" in history
    bench.window.close()
