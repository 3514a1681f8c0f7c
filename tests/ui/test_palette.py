"""Ctrl+K: whatever the window can do or show, by a few letters and Enter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.queries.registry_filter import RegistryFilter, one_of
from coordinator.queries.saved_views import Look
from coordinator.services.saved_views import save_view
from coordinator.session import Session
from tests.ui.bench import Bench, press
from tests.ui.invented import settle, three_households
from ui.crash import CrashDesk
from ui.palette.window import Palette
from ui.tables.registry_columns import NUMBERS

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ids(session: Session) -> dict[str, str]:
    return three_households(session, settle(session))


@pytest.fixture
def bench(qtbot: QtBot, session: Session, ids: dict[str, str], crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    yield made
    made.window.close()


def opened(bench: Bench) -> Palette:
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    press(bench.desk, Qt.Key.Key_K, CTRL)
    bench.settle()
    (palette,) = (one for one in QApplication.topLevelWidgets() if isinstance(one, Palette) and one.isVisible())
    return palette


def look_for(bench: Bench, text: str) -> Palette:
    palette = opened(bench)
    palette.line.setText(text)
    bench.settle()
    return palette


def take(bench: Bench, text: str) -> None:
    press(look_for(bench, text).line, Qt.Key.Key_Return)
    bench.settle()


def words(palette: Palette) -> list[str]:
    return [entry.words for entry in palette.entries()]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("лісом", "2 · Ґалаґан Іван"), ("2", "2 · Ґалаґан Іван"), ("галаган", "2 · Ґалаґан Іван"),
        ("050 123", "1 · Коваль Дар'я Іванівна"), ("dupl", "Duplicates"), ("loc reg", "Lock the register"),
        ("regsitry", "Registry"), ("ківш", "Ківшарівка"),
    ],
)  # fmt: skip
def test_a_few_letters_find_it(bench: Bench, text: str, first: str) -> None:
    palette = look_for(bench, text)
    assert words(palette)[0] == first
    palette.close()


def test_a_household_a_settlement_and_a_view_are_opened(bench: Bench, session: Session, ids: dict[str, str]) -> None:
    save_view(session, "Зібрані", Look("", RegistryFilter({"decision": one_of("packed")})))
    bench.desk.go("duplicates")
    take(bench, "щербак")
    assert bench.desk.current() is bench.registry
    assert bench.registry.table.current_id() == ids["orphan"]
    take(bench, "ківш")
    assert {row.settlement for row in bench.registry.rows.records()} == {"Ківшарівка"}
    take(bench, "зібр")
    assert {row.decision for row in bench.registry.rows.records()} == {"packed"}
    assert words(opened(bench))[:3] == ["Зібрані", "Ківшарівка", "3 · Щербак Софія"], "the newest first"


def test_an_action_is_done_on_the_widget_that_had_the_cursor(bench: Bench, ids: dict[str, str]) -> None:
    table = bench.registry.table
    table.go_to(bench.registry.rows.index(0, NUMBERS["settlement"]))
    table.setFocus()
    take(bench, "sort by this column")
    bench.until(lambda: bench.registry.rows.sorted_by == ((NUMBERS["settlement"], False),))
    assert bench.window.preferences.palette == ["action:table.sort"]


def test_an_action_of_another_page_leads_there_first(bench: Bench) -> None:
    palette = look_for(bench, "next pair")
    assert words(palette)[0] == "Possible duplicates: Next pair"
    press(palette.line, Qt.Key.Key_Return)
    bench.settle()
    assert bench.desk.current() is bench.duplicates


def test_what_cannot_be_done_says_why_and_does_nothing(bench: Bench) -> None:
    palette = look_for(bench, "do again")
    assert palette.entries()[0].why == "Nothing was undone that could be done again"
    assert palette.hint.text() == palette.entries()[0].why
    press(palette.line, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.line.setText("такого немає ніде")
    bench.settle()
    assert palette.entries() == []
    assert palette.hint.text().startswith("Nothing is called so.")
    press(palette.line, Qt.Key.Key_Escape)
    bench.settle()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, Palette) and one.isVisible()]
