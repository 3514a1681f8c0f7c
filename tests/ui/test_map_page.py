"""The map in the window: by keyboard and mouse to a settlement and on to its streets; a local file below it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.mercator import Spot
from coordinator.domain.shelling import Incident
from coordinator.exchange.mbtiles import MapFile, Tile
from coordinator.queries.day_map import MapPlace
from coordinator.register import create_register
from coordinator.services.incidents import record_incident
from coordinator.session import Session
from tests.builders import add_household, add_settlement, settlement_id
from tests.conftest import PASSPHRASE
from tests.exchange.making import map_file
from tests.ui.bench import Bench, press, unnamed
from ui import ask
from ui.crash import CrashDesk
from ui.pages.map import MapPage
from ui.pages.streets import StreetsPage
from ui.widgets.map.camera import FARTHEST, NEAREST, Camera
from ui.widgets.map.marks import marks, names
from ui.widgets.map.tiles import tile_rect, tiles_in_sight

NOW = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
Key = Qt.Key


@pytest.fixture
def raion(tmp_path: Path) -> Iterator[Session]:
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: NOW) as session:
        add_settlement(session, "Подоли", 49.70, 37.70)
        add_settlement(session, "Дворічна", 49.85, 37.68, hromada="Дворічанська")
        add_household(session, "Гай", people=5)
        add_household(session, "Кіт", "Дворічна", people=2)
        yield session


@pytest.fixture
def bench(qtbot: QtBot, dressed: QApplication, raion: Session, crashes: CrashDesk) -> Bench:
    made = Bench(qtbot, raion, crashes, more={"map": MapPage, "streets": StreetsPage})
    made.desk.go("map")
    made.settle()
    return made


def page_of(bench: Bench) -> MapPage:
    page = bench.desk.pages["map"]
    assert isinstance(page, MapPage)
    return page


def at(page: MapPage, name: str) -> QPoint:
    """Where a settlement stands in the window."""
    return next(mark.at.toPoint() for mark in page.map._marks if mark.place.name == name)


def test_by_keyboard_and_mouse_to_a_settlement_and_on_to_its_streets(bench: Bench) -> None:
    page = page_of(bench)
    assert unnamed(page) == []
    press(page.map, Key.Key_PageDown)
    assert page.place.text().startswith("Подоли, Куп'янська · 5 people still there, 5 of them ready")
    assert page.table.current_id() == settlement_id(bench.session, "Подоли")
    QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=at(page, "Дворічна"))
    assert page.place.text().startswith("Дворічна, Дворічанська · 2 people still there")
    assert page.map.accessibleDescription() == page.place.text()
    page.table.select_id(settlement_id(bench.session, "Подоли") or "")
    assert page.map.current is not None and page.map.current.name == "Подоли"
    press(page.map, Key.Key_Return)
    bench.settle()
    assert bench.desk.current_name() == "streets"


def test_it_is_pushed_and_brought_nearer_and_all_comes_back_into_sight(bench: Bench) -> None:
    page = page_of(bench)
    before = at(page, "Подоли")
    press(page.map, Key.Key_Right)
    assert at(page, "Подоли").x() < before.x()
    page.map.setFocus()
    scale = page.map.camera.scale
    press(page.map, Key.Key_Plus)
    assert page.map.camera.scale > scale
    press(page.map, Key.Key_Home)
    assert at(page, "Подоли") == before


def test_a_hit_is_seen_at_once_in_the_table_and_in_words(bench: Bench) -> None:
    page = page_of(bench)
    press(page.map, Key.Key_PageDown)
    town = settlement_id(bench.session, "Подоли") or ""
    bench.desk.register.tasks.run_verb(record_incident, bench.session, Incident(None, town, "вул. Садова", NOW))
    bench.settle()
    bench.until(lambda: "1 hit, 15.08.2023 08:00" in page.place.text())


def test_a_local_map_lies_below_and_a_wrong_file_is_refused(bench: Bench, tmp_path: Path) -> None:
    page = page_of(bench)
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("#123456"))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    tiles = {Tile(0, 0, 0): bytes(data.data())}
    with ask.answers([str(map_file(tmp_path / "raion.mbtiles", tiles))]):
        page.file.click()
    bench.settle()
    bench.until(lambda: page.map.grab().toImage().pixelColor(40, 40).name() == "#123456")
    assert page.sources.text() == "raion.mbtiles · © OpenStreetMap contributors"
    wrong = tmp_path / "wrong.mbtiles"
    wrong.write_text("no map")
    with ask.answers([str(wrong)]):
        page.file.click()
    bench.settle()
    bench.until(lambda: page.tiles.file is None)
    assert page.map.grab().toImage().pixelColor(40, 40).name() == "#ffffff"


cameras = st.builds(
    lambda x, y, zoom: Camera(Spot(x, y), FARTHEST * (NEAREST / FARTHEST) ** zoom, 700, 500),
    st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.floats(0.01, 0.99),
)  # fmt: skip


@given(cameras, st.floats(0, 700), st.floats(0, 500), st.floats(0.8, 1.25))
def test_what_lies_under_the_mouse_stays_there_when_it_comes_nearer(c: Camera, x: float, y: float, by: float) -> None:
    held = c.spot(x, y)
    assert c.pixel(held) == pytest.approx((x, y), abs=0.01)
    assert c.zoomed(by, x, y).pixel(held) == pytest.approx((x, y), abs=0.01)


@given(st.lists(st.tuples(st.floats(0.55, 0.65), st.floats(0.3, 0.4), st.integers(0, 900)), min_size=1, max_size=40))
def test_everything_fits_in_sight_and_no_name_lies_on_another(found: list[tuple[float, float, int]]) -> None:
    places = [MapPlace(str(n), f"Село {n}", "", Spot(x, y), known=p, remaining=p) for n, (x, y, p) in enumerate(found)]
    camera = Camera(width=800, height=600).fitted([place.spot for place in places if place.spot], 40)
    shown = marks(places, camera, 1.0)
    assert {mark.place.id for mark in shown} == {place.id for place in places}
    window, scale = QRectF(0, 0, 800, 600), QRectF(0, 560, 150, 40)
    written = names(shown, lambda text: 7.0 * len(text), 16.0, "", window, [scale])
    for one in written:
        assert window.contains(one.rect) and not scale.intersects(one.rect)
        assert not any(one.rect.intersects(other.rect) for other in written if other is not one)
    same = [MapPlace(str(n), "", "", Spot(0.6, 0.35), known=p, remaining=p) for n, (_x, _y, p) in enumerate(found)]
    for mark in marks(same, camera, 1.0):
        others = [other for other in marks(same, camera, 1.0) if other.place.id != mark.place.id]
        assert all(mark.hit(other.at, 0) is None for other in others)


@given(cameras)
def test_tiles_cover_the_window_without_a_gap(camera: Camera) -> None:
    shown = tiles_in_sight(camera, MapFile(Path("x"), 0, 22, ""))
    for corner in (QPointF(1, 1), QPointF(699, 499)):
        spot = camera.spot(corner.x(), corner.y())
        if 0 <= spot.x < 1 and 0 <= spot.y < 1:
            assert any(tile_rect(tile, camera).contains(corner) for tile in shown)
