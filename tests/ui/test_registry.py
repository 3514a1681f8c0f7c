"""The registry in its window: one table, search, filters, the panel and editing in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.queries.household import household_card
from coordinator.queries.registry import RegistryRow, registry
from coordinator.queries.registry_rows import registry_rows
from coordinator.services.households import add_household, edit_household
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from tests.ui.bench import DAY, Bench, press, type_over, unnamed
from tests.ui.invented import fill, settle
from ui.crash import CrashDesk
from ui.dialogs.decide import DecideDialog
from ui.dialogs.edit_person import EditPersonDialog
from ui.preferences import Preferences
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.patching import patched
from ui.tables.registry_columns import COLUMNS
from ui.tables.registry_filter import RegistryFilter
from ui.widgets.day_field import read_day

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")

KOVAL = HouseholdDraft(
    address=Address("вул. Миру", "10"),
    people=(
        MemberDraft(PersonName("Коваль", "Дар'я", "Іванівна"), Sex.FEMALE, Birth(year=1985), Relation.HEAD),
        MemberDraft(PersonName("Коваль", "Єгор"), Sex.MALE, Birth(on=date(2015, 3, 1)), Relation.CHILD),
    ),
    contacts=(Contact("050 123 45 67", "+380501234567"),),
    decision=Decision.UNDECIDED,
    note="корова",
)
GALAGAN = HouseholdDraft(
    settlement_text="хутір за лісом",
    address=Address("вул. Миру", "2"),
    people=(MemberDraft(PersonName("Ґалаґан", "Іван"), birth=Birth(year=1950), needs=frozenset({Need.WHEELCHAIR})),),
    decision=Decision.PACKED,
)
ORPHAN = HouseholdDraft(people=(MemberDraft(PersonName("Щербак", "Софія"), birth=Birth(on=date(2012, 1, 1))),))


@pytest.fixture
def places(session: Session) -> list[str]:
    return settle(session)


@pytest.fixture
def ids(session: Session, places: list[str]) -> dict[str, str]:
    """Three households: Koval with a child, Galagan in an unknown settlement, a child alone."""
    drafts = {"koval": replace(KOVAL, settlement_id=places[0]), "galagan": GALAGAN, "orphan": ORPHAN}
    return {name: add_household(session, draft).value for name, draft in drafts.items()}


@pytest.fixture
def bench(qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    yield made
    made.window.close()


def heads(bench: Bench) -> list[str]:
    rows = bench.registry.rows
    return [rows.text(row, 1) for row in range(rows.rowCount())]


class TestTable:
    def test_shows_all_households_in_the_ukrainian_alphabet_and_counts_them(self, bench: Bench) -> None:
        assert heads(bench) == ["Ґалаґан Іван", "Коваль Дар'я Іванівна", "Щербак Софія"]
        assert bench.registry.bar.count.text() == "3 households, 4 people"

    @pytest.mark.parametrize(
        "typed", ["коваль", "миру дар’я", "ДАРЯ кова", "0501234567", "+380 50 123 45 67", "123-45-67", "кiвшарiвка"]
    )
    def test_search_finds_words_in_any_order_and_phones_in_any_form(self, bench: Bench, typed: str) -> None:
        bench.registry.bar.search.setText(typed)
        assert heads(bench) == ["Коваль Дар'я Іванівна"]
        assert bench.registry.bar.count.text() == "1 of 3 households, 2 people"

    def test_a_search_leads_to_its_first_answer_in_the_panel(self, bench: Bench) -> None:
        bench.registry.bar.search.setText("щербак")
        bench.settle()
        assert bench.registry.panel.head.name.text() == "Щербак Софія"

    def test_filters_are_chips_that_can_be_taken_away(self, bench: Bench, places: list[str]) -> None:
        bar = bench.registry.bar
        bar.set_filter(RegistryFilter(frozenset({places[0]}), frozenset({"undecided"}), children=True))
        assert heads(bench) == ["Коваль Дар'я Іванівна"]
        keys = [key for key, _words in bar.filter.chips(bar._settlement_name)]
        assert keys == [f"settlements:{places[0]}", "decisions:undecided", "children"]
        for key in keys:
            bar.chips.removed.emit(key)
        assert not bar.filter
        assert len(heads(bench)) == 3

    @pytest.mark.parametrize(
        ("wanted", "found"),
        [
            (RegistryFilter(ready=True), ["Ґалаґан Іван"]),
            (RegistryFilter(unknown=True), ["Ґалаґан Іван", "Щербак Софія"]),
            (RegistryFilter(needs=frozenset({"wheelchair", "stretcher"})), ["Ґалаґан Іван"]),
            (RegistryFilter(settlements=frozenset({"text:хутір за лісом"})), ["Ґалаґан Іван"]),
            (RegistryFilter(pairs=True), []),
        ],
    )
    def test_each_filter(self, bench: Bench, wanted: RegistryFilter, found: list[str]) -> None:
        bench.registry.bar.set_filter(wanted)
        assert heads(bench) == found

    def test_values_of_a_filter_carry_counts_of_what_the_others_leave(self, bench: Bench) -> None:
        bar = bench.registry.bar
        bar.set_filter(RegistryFilter(unknown=True))
        counts = {value.key: value.count for value in bar.decisions._values()}
        assert counts["packed"] == 1
        assert counts["undecided"] == 0

    def test_an_empty_result_says_the_next_step(self, bench: Bench) -> None:
        page = bench.registry
        page.bar.search.setText("такого немає")
        assert page._empty.isVisible()
        page._empty.button.click()
        assert len(heads(bench)) == 3

    def test_another_page_can_ask_for_a_filter(self, bench: Bench) -> None:
        bench.desk.go("registry", ready=True)
        assert heads(bench) == ["Ґалаґан Іван"]
        bench.desk.go("registry", settlement="Ківшарівка")
        assert heads(bench) == ["Коваль Дар'я Іванівна"]

    def test_search_filter_and_choice_outlive_a_page_made_anew(self, bench: Bench, ids: dict[str, str]) -> None:
        page = bench.registry
        bench.choose(ids["galagan"])
        page.bar.set_filter(RegistryFilter(ready=True))
        page.bar.search.setText("іван")
        bench.window._rebuild()
        bench.settle()
        assert bench.registry is not page
        assert bench.registry.bar.search.text() == "іван"
        assert bench.registry.bar.filter == RegistryFilter(ready=True)
        assert bench.registry.table.current_id() == ids["galagan"]

    def test_hidden_columns_and_the_panel_are_remembered(
        self, qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk
    ) -> None:
        preferences = Preferences()
        first = Bench(qtbot, session, crashes, preferences)
        first.registry.table.setColumnHidden(3, True)
        press(first.registry.table, Qt.Key.Key_F4)
        first.window._rebuild()
        first.settle()
        assert first.registry.table.isColumnHidden(3)
        assert first.registry.panel.isHidden()
        first.window.close()


class TestPanel:
    def test_edits_in_place_are_saved_at_once_and_seen_in_the_table(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        things = bench.registry.panel.things
        type_over(things.pets.edit, "кіт Мурчик")
        press(things.pets.edit, Qt.Key.Key_Return)
        bench.settle()
        assert household_card(bench.session, ids["koval"]).household.pets == "кіт Мурчик"
        row = bench.registry.rows.row_of(ids["koval"])
        assert row is not None
        assert bench.registry.rows.record(row).pets == "кіт Мурчик"

    def test_escape_restores_and_then_goes_back_to_the_table(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        note = bench.registry.panel.things.note
        type_over(note, "зовсім інше")
        press(note, Qt.Key.Key_Escape)
        assert note.toPlainText() == "корова"
        press(note, Qt.Key.Key_Escape)
        assert bench.registry.table.hasFocus()

    def test_input_is_checked_at_once_and_a_wrong_one_is_not_saved(self, bench: Bench, ids: dict[str, str]) -> None:
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

    def test_text_being_typed_survives_a_change_from_elsewhere(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        street = bench.registry.panel.place.street
        type_over(street.edit, "вул. Шкіль")
        edit_household(bench.session, ids["koval"], pets="два коти")
        bench.settle()
        assert bench.registry.panel.things.pets.edit.text() == "два коти"
        assert street.edit.text() == "вул. Шкіль"

    def test_typed_text_belongs_to_the_household_it_was_typed_for(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        type_over(bench.registry.panel.place.landmark.edit, "сині ворота")
        bench.choose(ids["galagan"])
        assert household_card(bench.session, ids["koval"]).household.address.landmark == "сині ворота"
        assert household_card(bench.session, ids["galagan"]).household.address.landmark == ""
        assert bench.registry.panel.place.landmark.edit.text() == ""

    def test_an_unknown_settlement_is_chosen_from_the_gazetteer(
        self, bench: Bench, ids: dict[str, str], places: list[str]
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

    def test_phones_are_added_mended_noted_copied_and_removed(self, bench: Bench, ids: dict[str, str]) -> None:
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

    def test_a_phone_that_cannot_be_read_is_kept_with_a_remark(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["orphan"])
        phones = bench.registry.panel.phones
        type_over(phones.new.edit, "3,80501E+11")
        press(phones.new.edit, Qt.Key.Key_Return)
        bench.settle()
        assert "kept as typed" in phones.rows[0].phone.message.text()

    def test_the_decision_is_one_key_and_a_digit(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        bench.registry.table.setFocus()
        press(bench.registry.table, Qt.Key.Key_D)
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

    def test_a_departure_with_another_organisation_is_an_event(self, bench: Bench, ids: dict[str, str]) -> None:
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

    def test_a_child_without_an_adult_is_bold_and_the_reason_is_asked(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["orphan"])
        (row,) = bench.registry.panel.members.rows.values()
        assert row.escort is not None
        assert row.escort.warning.isVisible()
        assert "700" in row.name.styleSheet()
        type_over(row.escort.reason.edit, "бабуся чекає в Харкові")
        press(row.escort.reason.edit, Qt.Key.Key_Return)
        bench.settle()
        (child,) = household_card(bench.session, ids["orphan"]).household.people
        assert child.no_escort_reason == "бабуся чекає в Харкові"

    def test_the_proposed_escort_is_confirmed_with_a_basis(self, bench: Bench, ids: dict[str, str]) -> None:
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

    def test_a_person_is_added_with_whatever_is_known_of_the_birth(self, bench: Bench, ids: dict[str, str]) -> None:
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

    def test_a_deleted_household_comes_back_by_undo(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        press(bench.registry.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
        bench.settle()
        assert heads(bench) == ["Ґалаґан Іван", "Щербак Софія"]
        assert "Ctrl+Z brings it back" in bench.desk.notices.texts()[0]
        bench.desk.undo()
        bench.settle()
        assert len(heads(bench)) == 3

    def test_history_tells_who_what_old_and_new_and_puts_a_value_back(self, bench: Bench, ids: dict[str, str]) -> None:
        edit_household(bench.session, ids["koval"], note="корова і теля")
        bench.choose(ids["koval"])
        history = bench.registry.panel.history
        words = [label.text() for label in history.findChildren(type(history.heading))]
        assert "Note: корова → корова і теля" in words
        buttons = [b for b in history.findChildren(type(bench.registry.panel.head.menu_button)) if b.isVisible()]
        buttons[0].click()
        bench.settle()
        assert household_card(bench.session, ids["koval"]).household.note == "корова"

    def test_long_texts_never_make_the_panel_wider_than_its_place(self, bench: Bench) -> None:
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

    def test_everything_that_takes_the_focus_has_a_name(self, bench: Bench, ids: dict[str, str]) -> None:
        bench.choose(ids["koval"])
        page = bench.registry
        assert unnamed(page) == []
        page.panel.decide()
        page.panel.edit_person(None)
        dialogs = [*page.findChildren(DecideDialog), *page.findChildren(EditPersonDialog)]
        assert [unnamed(dialog) for dialog in dialogs] == [[], []]
        for dialog in dialogs:
            dialog.done(0)


class TestReading:
    def test_some_rows_read_anew_are_the_rows_of_the_whole(self, session: Session) -> None:
        fill(session, 40)
        everything = {row.id: row for row in registry(session, DAY)}
        some = list(everything)[::3]
        assert {row.id: row for row in registry_rows(session, DAY, some)} == {key: everything[key] for key in some}

    @given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=12))
    def test_patching_is_reading_everything_again(self, changes: list[tuple[int, bool]]) -> None:
        columns = [column for column in COLUMNS if column.key in ("number", "note", "decision")]
        before = {str(n): invented_row(n, "") for n in range(6)}
        after = dict(before)
        for number, stays in changes:
            after.pop(str(number), None)
            if stays:
                after[str(number)] = invented_row(number, "changed")
        asked = {str(number) for number, _stays in changes}
        old = prepare(columns, list(before.values()), lambda row: row.id, lambda row: row.search_text)
        fresh = [after[one] for one in asked if one in after]
        data = patched(columns, old, asked, fresh, lambda row: row.id, lambda row: row.search_text)
        assert dict(zip(data.ids, data.records, strict=True)) == after
        assert [cells[0] for cells in data.cells] == data.ids
        assert all(len(ranks) == len(data.ids) for ranks in data.ranks.values())

    def test_a_key_in_the_search_costs_the_window_less_than_50_ms(self, qapp: QApplication) -> None:
        """25,000 households, the time of the window's own thread: other work on the machine does not count."""
        rows: TableModel[RegistryRow] = TableModel(COLUMNS)
        names = ("коваль олена", "щербак іван", "ґалаґан марія", "дем'яненко софія", "яремко степан")
        many = [invented_row(n, f"{names[n % 5]} {n} вул. миру {n % 90} 050{n:07} ківшарівка") for n in range(25_000)]
        rows.set_rows(prepare(COLUMNS, many, lambda row: row.id, lambda row: row.search_text))
        spent = []
        word = "олена миру 12"
        for end in range(1, len(word) + 1):
            began = thread_time()
            rows.set_search(word[:end])
            spent.append(thread_time() - began)
        assert rows.rowCount()
        assert median(spent) < 0.05


def invented_row(number: int, note: str) -> RegistryRow:
    moment = datetime(2023, 8, 14, tzinfo=UTC)
    return RegistryRow(
        str(number), number, "Коваль", "Ківшарівка", "1", True, "вул. Миру", 2, 1, 0, "packed", None, True, False, (),
        "", "", note, moment, None, moment, 0, note, "", "01", "вул. Миру", "1",
    )  # fmt: skip


class TestDays:
    @pytest.mark.parametrize(
        ("typed", "day"),
        [
            ("15", date(2023, 8, 15)), ("3", date(2023, 8, 3)), ("1", date(2023, 8, 1)), ("+2", date(2023, 8, 17)),
            ("-1", date(2023, 8, 14)), ("2.9", date(2023, 9, 2)), ("2.1", date(2024, 1, 2)), ("31.02", None),
            ("15.08.23", date(2023, 8, 15)), ("2023-08-20", date(2023, 8, 20)), ("завтра", None), ("", None),
        ],
    )  # fmt: skip
    def test_a_day_is_typed_in_any_usual_way(self, typed: str, day: date | None) -> None:
        assert read_day(typed, DAY) == day

    @given(st.dates(date(2023, 1, 1), date(2024, 12, 31)))
    def test_a_written_day_reads_back(self, day: date) -> None:
        assert read_day(f"{day:%d.%m.%Y}", DAY) == day


