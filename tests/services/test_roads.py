"""Roads that are closed, opened and measured; tables of travel times that come in."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from coordinator.domain.roads import Road
from coordinator.domain.schedule import EVERYWHERE, Breach, LeftReason
from coordinator.errors import UserError
from coordinator.planning.check import check
from coordinator.queries.fleet import destinations
from coordinator.queries.problem import build_problem
from coordinator.queries.roads import roads
from coordinator.queries.schedule import day_board
from coordinator.services.fleet import save_destination
from coordinator.services.history import undo
from coordinator.services.import_roads import import_roads, preview_roads, read_road_file
from coordinator.services.road_book import write_road_book
from coordinator.services.roads import close_road, open_road, set_road
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement, add_vehicle, plan, settlement_id

CODE = "UA63080090060020{:03d}"


@pytest.fixture
def villages(centre: Session) -> dict[str, str]:
    """Podoly, where a family is ready, and two places with a code; in the morning of the day."""
    centre.clock = lambda: datetime(2023, 8, 15, 5, tzinfo=UTC)
    names = {"Синьківка": 101, "Петропавлівка": 102}
    found = {name: add_settlement(centre, name, katottg=CODE.format(code)) for name, code in names.items()}
    return found | {"Подоли": settlement_id(centre, "Подоли") or add_settlement(centre, "Подоли")}


def way(villages: dict[str, str], *, first="Подоли", second="Синьківка", **more) -> Road:
    return Road(None, villages[first], villages[second] if second else EVERYWHERE, **more)


def kept(session: Session) -> list[tuple[str, str, float | None, bool]]:
    return [(road.first, road.second, road.minutes, road.closed) for road in roads(session)]


def test_a_road_just_closed_names_the_trips_that_use_it_and_keeps_the_plan(centre: Session, villages):
    add_vehicle(centre)
    family = add_household(centre)
    planned = plan(centre)
    assert planned.value.people == 2
    saved = close_road(centre, way(villages, second="", source="голова громади")).value
    (trip,) = saved.trips
    assert (trip.list_number, trip.plate, trip.departed) == ("2023-08-15/1", "AX0001AA", False)
    board = day_board(centre, DAY)
    assert {finding.breach for finding in board.trips[0].breaches} == {Breach.ROAD}, (
        "shown on the trip, not thrown away"
    )
    problem = build_problem(centre, DAY)
    assert check(problem, planned.value.plan.trips), "and the planner may not drive there again"
    again = plan(centre).value
    assert [(left.household_id, left.reason) for left in again.plan.left_over] == [(family, LeftReason.ROAD)]


def test_opening_again_ends_a_closure_of_earlier_days_and_forgets_one_of_today(centre: Session, villages):
    today = centre.today()
    earlier = close_road(centre, way(villages, from_on=today - timedelta(3))).value.road_ids[0]
    wrong = close_road(centre, way(villages, second="Петропавлівка", from_on=today)).value.road_ids[0]
    open_road(centre, earlier)
    open_road(centre, wrong)
    (road,) = roads(centre)
    assert (road.id, road.until_on) == (earlier, today - timedelta(1))
    undo(centre)
    assert len(roads(centre)) == 2


def test_a_road_may_be_closed_for_some_vehicles_with_a_way_round(centre: Session, villages):
    bus, van = add_vehicle(centre, "AX0002AA"), add_vehicle(centre, "AX0003AA")
    close_road(centre, way(villages, minutes=55.0), [bus, van])
    assert {(road.plate, road.minutes) for road in roads(centre)} == {("AX0002AA", 55.0), ("AX0003AA", 55.0)}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"second": "Подоли", "minutes": 5}, "road.same"),
        ({}, "road.empty"),
        ({"minutes": 0}, "road.minutes"),
        ({"minutes": 5, "km": -1}, "road.km"),
        ({"closed": True, "from_on": DAY, "until_on": DAY - timedelta(1)}, "road.dates"),
    ],
)
def test_what_cannot_be_is_refused(centre: Session, villages, wrong, code):
    with pytest.raises(UserError, match=code):
        set_road(centre, way(villages, **wrong))


def test_nothing_is_said_twice(centre: Session, villages):
    set_road(centre, way(villages, minutes=20))
    with pytest.raises(UserError, match=r"road\.twice"):
        set_road(centre, way(villages, first="Синьківка", second="Подоли", minutes=25))


def book(path: Path, *rows: list[object], title: str = "Аркуш") -> Path:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_a_list_of_pairs_comes_in_by_code_or_name_and_is_taken_back_whole(centre: Session, villages, tmp_path):
    add_settlement(centre, "Гусинка", hromada="Куп'янська")
    add_settlement(centre, "Гусинка", hromada="Вільхуватська")
    path = book(
        tmp_path / "шляхи.xlsx",
        ["Час у дорозі"],
        ["КАТОТТГ звідки", "Звідки", "Куди", "Хвилин", "км", "Закрито"],
        [CODE.format(101), "", "Подоли", 35, 20.5, None],
        [None, "Петропавлівка", "подоли", None, None, "так"],
        [None, "Подоли", "Гусинка", 12, None, None],
        [None, "Подоли", "Невідоме", 12, None, None],
        [None, "Петропавлівка", "Синьківка", "близько", None, None],
        [None, "Петропавлівка", "Синьківка", 4000, None, None],
    )
    preview = preview_roads(centre, read_road_file(path))
    assert [(one.at.cell, one.code) for one in preview.problems] == [
        ("D7", "road.cell_number"),
        ("C5", "road.place_ambiguous"),
        ("C6", "road.place_unknown.bare"),
        ("D8", "road.minutes"),
    ]
    assert "Вільхуватська" in str(preview.problems[1].facts["places"])
    assert kept(centre) == [], "nothing is written before somebody says so"
    assert import_roads(centre, preview).value.pairs == 2
    assert kept(centre) == [("Петропавлівка", "Подоли", None, True), ("Синьківка", "Подоли", 35.0, False)]
    again = preview_roads(centre, read_road_file(path))
    assert (again.new, again.changed, again.same) == ((), (), 2)
    undo(centre)
    assert kept(centre) == []


def test_a_square_takes_the_longer_of_there_and_back(centre: Session, villages, tmp_path):
    path = book(
        tmp_path / "square.xlsx",
        [None, "Подоли", "Синьківка", "Петропавлівка"],
        ["Подоли", 0, 30, 12],
        ["Синьківка", 33, 0, None],
        ["Петропавлівка", 12, "-", 0],
    )
    preview = preview_roads(centre, read_road_file(path))
    assert [(one.code, one.at.cell) for one in preview.problems] == [("road.two_figures", "B3")]
    import_roads(centre, preview)
    assert {road.minutes for road in roads(centre)} == {33.0, 12.0}


def test_what_was_measured_since_the_preview_is_not_written_over(centre: Session, villages, tmp_path):
    known = set_road(centre, way(villages, minutes=35)).value.road_ids[0]
    path = book(tmp_path / "later.xlsx", ["Звідки", "Куди", "Хвилин"], ["Подоли", "Синьківка", 50])
    preview = preview_roads(centre, read_road_file(path))
    set_road(centre, replace(way(villages, minutes=90), id=known))
    with pytest.raises(UserError, match=r"road\.outdated"):
        import_roads(centre, preview)
    assert {road.minutes for road in roads(centre)} == {90}
    import_roads(centre, preview_roads(centre, read_road_file(path)))
    assert {road.minutes for road in roads(centre)} == {50}


def test_a_file_without_travel_times_is_told(tmp_path):
    with pytest.raises(UserError, match=r"road\.no_list"):
        read_road_file(book(tmp_path / "x.xlsx", ["Прізвище", "Ім'я"], ["Коваль", "Олена"]))


def test_the_supplied_table_comes_in_again_and_says_the_same(centre: Session, villages, tmp_path):
    add_household(centre)
    add_household(centre, settlement="Синьківка", surname="Гай")
    set_road(centre, way(villages, minutes=35, km=20.5, source="водії"))
    set_road(centre, way(villages, second="Петропавлівка", closed=True))
    path = tmp_path / "roads.xlsx"
    assert write_road_book(centre, path) >= 2
    preview = preview_roads(centre, read_road_file(path))
    assert (preview.new, preview.changed, preview.same, preview.problems) == ((), (), 2, ())


def test_a_measured_way_changes_the_times_of_the_plan(centre: Session, villages):
    add_vehicle(centre)
    add_household(centre)
    before = plan(centre).value.plan.trips[0]
    kharkiv = add_settlement(centre, "Харків", *(49.9935, 36.2304))
    for place in destinations(centre):
        save_destination(centre, replace(place, settlement_id=kharkiv))
    set_road(centre, Road(None, kharkiv, villages["Подоли"], minutes=200))
    after = plan(centre).value.plan.trips[0]
    assert after.back - after.depart > before.back - before.depart
    assert after.stops[0].arrive - after.depart == 200
