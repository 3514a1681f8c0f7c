"""Filters by column in the registry, as somebody who comes from Excel uses them: by keyboard, from the header."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coordinator.domain.filtering import Condition, keys_of
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import FIELDS, RegistryFilter, filter_from, one_of, wanted
from coordinator.session import Session
from tests.ui.bench import DAY, Bench, press, type_over
from tests.ui.invented import fill
from ui.crash import CrashDesk
from ui.tables.column_chooser import ColumnChooser
from ui.tables.columns import prepare
from ui.tables.filtering.popup import FilterPopup
from ui.tables.filtering.values import entries
from ui.tables.model import TableModel
from ui.tables.registry_columns import COLUMNS, NUMBERS

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
HOUSEHOLDS = 60


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Bench]:
    fill(session, HOUSEHOLDS)
    made = Bench(qtbot, session, crashes)
    made.registry.table.take_focus()
    yield made
    made.window.close()


def rows(bench: Bench) -> list[RegistryRow]:
    return bench.registry.rows.records()


def go_to(bench: Bench, key: str) -> None:
    """Bring the cursor into a column, as arrow keys do."""
    table = bench.registry.table
    table.setCurrentIndex(bench.registry.rows.index(max(0, table.currentIndex().row()), NUMBERS[key]))


def popup(bench: Bench) -> FilterPopup:
    """The filter of the column where the cursor is, opened by its key."""
    press(bench.registry.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    opened = bench.registry.bar.popup
    assert opened is not None
    return opened


def chips(bench: Bench) -> list[str]:
    return [chip.text for chip in bench.registry.bar.chips.chips()]


def test_two_columns_together_by_keyboard_alone(bench: Bench) -> None:
    go_to(bench, "settlement")
    opened = popup(bench)
    type_over(opened.search, "Ків")
    press(opened.search, Qt.Key.Key_Return)
    assert {row.settlement for row in rows(bench)} == {"Ківшарівка"}
    at_home = len(rows(bench))
    note = next(row.note for row in rows(bench) if row.note)
    go_to(bench, "note")
    opened = popup(bench)
    type_over(opened.search, note[:5].upper())
    press(opened.search, Qt.Key.Key_Return)
    assert {row.note for row in rows(bench)} == {note}
    assert chips(bench) == ["Settlement: Ківшарівка", f"Note: with “{note[:5].upper()}”"]
    people = sum(row.people for row in rows(bench))
    said = bench.registry.bar.count.text()
    assert said == f"{len(rows(bench))} of {HOUSEHOLDS} households, {people} people"
    bench.registry.bar.chips.chips()[1].button.click()
    assert len(rows(bench)) == at_home


def test_ticks_show_at_once_and_escape_takes_them_back(bench: Bench) -> None:
    go_to(bench, "pets")
    opened = popup(bench)
    counts = {entry.text: entry.count for entry in opened.values._entries}
    press(opened.search, Qt.Key.Key_Down)
    first = opened.values._entries[0].text
    press(opened.list, Qt.Key.Key_Space)
    assert len(rows(bench)) == HOUSEHOLDS - counts[first]
    assert chips(bench) == [f"Pets: not {first}"]
    press(opened.list, Qt.Key.Key_Escape)
    assert (len(rows(bench)), chips(bench)) == (HOUSEHOLDS, [])


def test_only_those_without_a_value(bench: Bench) -> None:
    go_to(bench, "phones")
    opened = popup(bench)
    assert opened.values._entries[-1].text == "(no phone)"
    press(opened.everything, Qt.Key.Key_Space)
    assert rows(bench) == []
    opened.list.setCurrentIndex(opened.values.index(opened.values.rowCount() - 1))
    press(opened.list, Qt.Key.Key_Space)
    press(opened.list, Qt.Key.Key_Return)
    assert {row.phones for row in rows(bench)} == {""}
    assert chips(bench) == ["Phones: (no phone)"]


def test_ranges_of_numbers_and_of_days_that_move_with_the_working_date(bench: Bench) -> None:
    go_to(bench, "people")
    opened = popup(bench)
    assert opened.range is not None
    QTest.keyClicks(opened.range.low, "3")
    QTest.keyClicks(opened.range.high, "x")
    assert opened.range.fault.text() == "Write a whole number."
    opened.close()
    assert {row.people >= 3 for row in rows(bench)} == {True}
    bench.registry.bar.clear_all()
    bench.registry.bar.set_filter(RegistryFilter({"wants": Condition(least=0, most=0)}))
    assert {row.wants_on for row in rows(bench)} == {DAY}
    assert chips(bench) == ["Pickup wished: on the working date"]
    bench.desk.header.date.step(1)
    bench.settle()
    assert {row.wants_on.day for row in rows(bench) if row.wants_on} == {16}


def test_a_click_on_the_funnel_opens_it_and_a_click_with_shift_sorts_by_one_more(bench: Bench) -> None:
    header = bench.registry.table.header
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.door(NUMBERS["settlement"]).center())
    assert bench.registry.bar.popup is not None
    bench.registry.bar.popup.close()
    titles = [
        QPoint(header.sectionViewportPosition(NUMBERS[key]) + 20, header.height() // 2)
        for key in ("settlement", "address")
    ]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=titles[0])
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier, titles[1])
    model = bench.registry.rows
    assert model.sorted_by == ((NUMBERS["settlement"], False), (NUMBERS["address"], False))
    ranks = [[model.rank(column)[model._rows[row]] for column, _back in model.sorted_by] for row in range(HOUSEHOLDS)]
    known = [one for one in ranks if -1 not in one]
    assert known == sorted(known)


def test_columns_are_chosen_by_keyboard_and_remembered(
    bench: Bench, session: Session, qtbot: QtBot, crashes: CrashDesk
) -> None:
    table = bench.registry.table
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    chooser = table.findChild(ColumnChooser)
    assert chooser is not None
    chooser.list.setCurrentRow(NUMBERS["house"])
    press(chooser.list, Qt.Key.Key_Space)
    press(chooser.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    press(chooser.list, Qt.Key.Key_Return)
    assert not table.isColumnHidden(NUMBERS["house"])
    kept = bench.window.preferences
    bench.window._rebuild()
    again = bench.registry.table
    assert again is not table
    assert not again.isColumnHidden(NUMBERS["house"])
    assert again.header.visualIndex(NUMBERS["house"]) == NUMBERS["house"] - 1
    assert kept.tables["registry"] == again.columns_state()


def test_columns_that_came_later_begin_as_declared(bench: Bench) -> None:
    """What an earlier version kept knows nothing of them."""
    state = {"order": ["head", "number"], "hidden": ["number"], "sort": ["people", True]}
    table = bench.registry.table
    table.restore_columns(state)
    assert table.isColumnHidden(NUMBERS["street"])
    assert not table.isColumnHidden(NUMBERS["scheduled"])
    assert bench.registry.rows.sorted_by == ((NUMBERS["people"], True),)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> list[RegistryRow]:
    from coordinator.queries.registry import registry
    from coordinator.register import create_register
    from tests.conftest import PASSPHRASE

    with create_register(tmp_path_factory.mktemp("filter") / "r", PASSPHRASE) as session:
        fill(session, HOUSEHOLDS)
        return registry(session, DAY)


@given(st.data())
def test_counts_of_values_are_a_naive_recount(invented: list[RegistryRow], data: st.DataObject) -> None:
    """Any filter on two columns and a search: rows, kept state, and the counts of each column's values."""
    keys = data.draw(st.lists(st.sampled_from(sorted(FIELDS)), min_size=2, max_size=2, unique=True))
    columns = {}
    for key in keys:
        field = FIELDS[key]
        present = sorted({one for row in invented for one in keys_of(field.kind, field.value(row))})
        chosen = data.draw(st.frozensets(st.sampled_from(present), max_size=4))
        columns[key] = data.draw(st.sampled_from((Condition(only=chosen), Condition(but=chosen or {present[0]}))))
    search = data.draw(st.sampled_from(("", "миру", "050")))
    chosen_filter = RegistryFilter(columns)
    assert filter_from(chosen_filter.state()) == chosen_filter
    model: TableModel[RegistryRow] = TableModel(COLUMNS)
    model.set_rows(prepare(COLUMNS, invented, lambda row: row.id, lambda row: row.search_text))
    model.set_search(search)
    model.set_filters(chosen_filter.tests(DAY))
    assert {row.id for row in model.records()} == {row.id for row in wanted(invented, search, chosen_filter, DAY)}
    for key in keys:
        others = RegistryFilter({other: columns[other] for other in keys if other != key})
        left = wanted(invented, search, others, DAY)
        listed = entries(model, NUMBERS[key], chosen_filter.tests(DAY, but=key), columns[key])
        field = FIELDS[key]
        naive: dict[str, int] = {}
        for row in left:
            for one in keys_of(field.kind, field.value(row)):
                naive[one] = naive.get(one, 0) + 1
        assert {entry.key: entry.count for entry in listed if entry.count} == naive
        assert columns[key].but | (columns[key].only or frozenset()) <= {entry.key for entry in listed}


def test_the_chosen_values_are_named_in_few_words(bench: Bench) -> None:
    bench.registry.bar.set_filter(RegistryFilter({"decision": one_of("packed", "refused", "undecided", "not_asked")}))
    assert chips(bench) == ["Decision: Not asked, Undecided and 2 more"]
