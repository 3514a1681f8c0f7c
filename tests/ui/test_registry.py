"""The registry in its window: one table, search, filters, the panel and editing in place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.domain.typed_day import read_day
from coordinator.queries.registry import RegistryRow, registry
from coordinator.queries.registry_filter import RegistryFilter, one_of
from coordinator.session import Session
from tests.ui.bench import DAY, Bench, press
from tests.ui.invented import fill, settle, three_households
from ui.crash import CrashDesk
from ui.preferences import Preferences
from ui.tables.columns import prepare
from ui.tables.patching import patched
from ui.tables.registry_columns import COLUMNS

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


def marked(*flags: str) -> RegistryFilter:
    return RegistryFilter(flags=frozenset(flags))


class TestTable:
    def test_shows_all_households_in_the_ukrainian_alphabet_and_counts_them(self, bench: Bench) -> None:
        assert heads(bench) == ["Ґалаґан Іван", "Коваль Дар'я Іванівна", "Щербак Софія"]
        assert bench.registry.bar.count.text() == "3 households, 4 people"

    def test_search_finds_words_in_any_order_and_phones_in_any_form(self, bench: Bench) -> None:
        names = ("коваль", "миру дар’я", "ДАРЯ кова", "кiвшарiвка")
        for typed in (*names, "0501234567", "+380 50 123 45 67", "123-45-67"):
            bench.registry.bar.search.setText(typed)
            assert heads(bench) == ["Коваль Дар'я Іванівна"], typed
            assert bench.registry.bar.count.text() == "1 of 3 households, 2 people"

    def test_a_search_leads_to_its_first_answer_in_the_panel(self, bench: Bench) -> None:
        bench.registry.bar.search.setText("щербак")
        bench.settle()
        assert bench.registry.panel.head.name.text() == "Щербак Софія"

    def test_filters_are_chips_that_can_be_taken_away(self, bench: Bench, places: list[str]) -> None:
        bar = bench.registry.bar
        columns = {"settlement": one_of(places[0]), "decision": one_of("undecided")}
        bar.set_filter(RegistryFilter(columns, frozenset({"children"})))
        assert heads(bench) == ["Коваль Дар'я Іванівна"]
        words = [chip.text for chip in bar.chips.chips()]
        assert words == ["Settlement: Ківшарівка", "Decision: Undecided", "With children"]
        for chip in bar.chips.chips():
            chip.button.click()
        assert not bar.filter
        assert len(heads(bench)) == 3

    def test_each_filter(self, bench: Bench) -> None:
        for wanted, found in (
            (marked("ready"), ["Ґалаґан Іван"]),
            (marked("unknown"), ["Ґалаґан Іван", "Щербак Софія"]),
            (RegistryFilter({"needs": one_of("wheelchair", "stretcher")}), ["Ґалаґан Іван"]),
            (RegistryFilter({"settlement": one_of("text:хутір за лісом")}), ["Ґалаґан Іван"]),
            (marked("children"), ["Коваль Дар'я Іванівна", "Щербак Софія"]),
            (marked("pairs"), []),
        ):
            bench.registry.bar.set_filter(wanted)
            assert heads(bench) == found, wanted

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
        page.bar.set_filter(marked("ready"))
        page.bar.search.setText("іван")
        bench.window._rebuild()
        bench.settle()
        assert bench.registry is not page
        assert bench.registry.bar.search.text() == "іван"
        assert bench.registry.bar.filter == marked("ready")
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


class TestReading:
    def test_some_rows_read_anew_are_the_rows_of_the_whole(self, session: Session) -> None:
        fill(session, 40)
        everything = {row.id: row for row in registry(session, DAY)}
        some = list(everything)[::3]
        assert {row.id: row for row in registry(session, DAY, some)} == {key: everything[key] for key in some}

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
