"""Roads under Places: closed in two clicks with the trips named, opened again, a table of travel times taken in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.roads import Road
from coordinator.queries.roads import roads
from coordinator.register import create_register
from coordinator.services.roads import set_road
from coordinator.session import Session
from tests.builders import add_household, add_hubs, add_settlement, add_vehicle, on_trip
from tests.conftest import PASSPHRASE
from tests.ui.bench import Bench, type_over, unnamed
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.record import RecordDialog
from ui.dialogs.road_import import RoadImportDialog
from ui.pages.places import PlacesPage
from ui.pages.roads import RoadsView


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Session]:
    with create_register(tmp_path / "c", PASSPHRASE, clock=lambda: datetime(2023, 8, 15, 5, tzinfo=UTC)) as session:
        add_hubs(session)
        first, second = add_settlement(session, "Подоли"), add_settlement(session, "Синьківка", lat=49.75)
        families = add_household(session), add_household(session, "Гай", settlement="Синьківка")
        on_trip(session, add_vehicle(session), *families)
        set_road(session, Road(None, first, second, minutes=12))
        yield session


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, centre: Session, crashes: CrashDesk) -> Bench:
    made = Bench(qtbot, centre, crashes, more={"places": PlacesPage})
    made.desk.go("places", list="roads")
    made.settle()
    return made


def view_of(bench: Bench) -> RoadsView:
    page = bench.desk.pages["places"]
    assert isinstance(page, PlacesPage)
    (view,) = [one for one in page.lists if one.name == "roads"]
    assert isinstance(view, RoadsView)
    return view


def test_a_listed_road_is_closed_and_opened_by_row_and_button(bench: Bench):
    view = view_of(bench)
    view.table.select_id(view.rows.row_id(0))
    view.toggle.click()
    bench.settle()
    assert "2023-08-15/1 (AX0001AA)" in " ".join(bench.desk.notices.texts())
    closed = next(road for road in roads(bench.session) if road.closed)
    view.table.select_id(closed.id or "")
    view.toggle.click()
    bench.settle()
    assert [(road.minutes, road.closed) for road in roads(bench.session)] == [(12, False)], "what was measured stays"


def test_a_place_is_cut_off_in_the_form_and_an_unknown_name_is_never_taken_for_all_roads(bench: Bench):
    view = view_of(bench)
    view.add()
    dialog = bench.window.findChildren(RecordDialog)[-1]
    type_over(dialog.editors["first_id"], "Подоли")
    type_over(dialog.editors["second_id"], "Такого нема")
    dialog.submit()
    bench.settle()
    assert dialog.told() and len(roads(bench.session)) == 1
    type_over(dialog.editors["second_id"], "")
    assert unnamed(dialog) == []
    dialog.submit()
    bench.settle()
    assert [road.second_id for road in roads(bench.session) if road.closed] == [""]


def test_a_table_is_looked_at_before_it_is_taken_in(bench: Bench, tmp_path: Path):
    book = Workbook()
    for row in (["Звідки", "Куди", "Хвилин"], ["Подоли", "Синьківка", 20], ["Подоли", "Ніде", 5]):
        book.active.append(row)
    book.save(tmp_path / "times.xlsx")
    view = view_of(bench)
    with ask.answers([tmp_path / "times.xlsx"]):
        view.take_in.click()
    bench.settle()
    dialog = bench.window.findChildren(RoadImportDialog)[-1]
    assert (dialog.problems.rowCount(), dialog.problems.text(0, 1), dialog.roads.rowCount()) == (1, "B3", 1)
    assert [road.minutes for road in roads(bench.session)] == [12]
    dialog.take.click()
    bench.settle()
    assert [road.minutes for road in roads(bench.session)] == [20]
    bench.desk.undo()
    bench.settle()
    assert [road.minutes for road in roads(bench.session)] == [12]
