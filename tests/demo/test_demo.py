"""The training register holds what it promises, and the day runs through without a screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.demo import names, story
from coordinator.demo.people import LEFT, WAITING, Families, Home
from coordinator.demo.register import PASSPHRASE, create_training_register, fill
from coordinator.demo.waiting import MOST_READY
from coordinator.domain.decision import Decision
from coordinator.domain.fleet import exceeds_licence
from coordinator.domain.household import load_of
from coordinator.domain.person import age_on
from coordinator.domain.published import Told
from coordinator.domain.schedule import Load
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.incoming import ListKind
from coordinator.queries.counts import Dashboard, dashboard
from coordinator.queries.day_records import read_day
from coordinator.queries.fleet import curfews, vehicles, zone_orders
from coordinator.queries.ledger import refusal_reasons
from coordinator.queries.published import published_series
from coordinator.queries.schedule import day_board
from coordinator.register import open_register
from coordinator.services.exports import ExportKind
from coordinator.services.imports import preview_import
from coordinator.services.schedule import plan_day_for
from coordinator.session import Session
from db import stores
from ui.demo_day import DemoDay

NOW = datetime(2023, 8, 18, 10, 0, tzinfo=UTC)
TODAY = date(2023, 8, 18)
TEN_DAYS = [TODAY - timedelta(days=back) for back in range(10)]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A thousand people; the tests only read it."""
    session, _filled = create_training_register(tmp_path_factory.mktemp("demo") / "training", clock=lambda: NOW)
    with session:
        yield session


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Session]:
    session, _filled = create_training_register(tmp_path / "small", 100, clock=lambda: NOW)
    with session:
        yield session


@pytest.fixture(scope="module")
def board(training: Session) -> Dashboard:
    return dashboard(training, TODAY)


def test_about_a_thousand_people(training: Session, board: Dashboard) -> None:
    with training.reading() as db:
        everybody = stores.people.count(db)
        waiting = [row for row in stores.households.all(db) if row.decision not in ("evacuated", "left_themselves")]
    assert training.training
    assert 1000 <= everybody <= 1060
    assert len(waiting) == 190
    assert 380 <= board.people_there <= 420


def test_six_hundred_left_in_ten_days_with_a_gap(board: Dashboard) -> None:
    ten = board.ten_days
    assert 590 <= ten.people <= 610
    assert ten.children > 120
    assert 38 <= ten.self_evacuated <= 48
    assert ten.by_all_known == ten.people + ten.self_evacuated
    told = {entry.day for entry in ten.by_day}
    assert len(set(TEN_DAYS) - told) == 1
    assert TODAY in told


def test_an_office_published_more_than_ours_and_corrected_itself(training: Session, board: Dashboard) -> None:
    told, (jump,) = published_series(training)
    ours = {day: total for day, total, _children in board.running_total}
    assert [one.day for one in told] == [NOW.date() - timedelta(days=ago) for ago in (9, 8, 7, 6, 4, 3, 2, 1)]
    assert all(one.figures[Told.TOTAL_PEOPLE] > ours[one.day] for one in told)
    assert (jump.day, jump.by) == (NOW.date() - timedelta(days=7), 12)
    assert {"house", "nowhere_to_live"} <= {str(one) for why in refusal_reasons(training).values() for one in why}
    assert all(refusal_reasons(training).values())


def test_a_couple_left_twice_so_events_are_not_people(board: Dashboard) -> None:
    assert board.ten_days.events == board.ten_days.people + 2


def test_past_trips_keep_places_and_hours(training: Session) -> None:
    for day in TEN_DAYS:
        with training.reading() as db:
            records = read_day(db, day)
        busy: dict[str, int] = {}
        for trip in records.trips:
            vehicle = records.vehicles[trip.vehicle_id]
            people = [person for stop in records.stops[trip.id] for person in records.boarded(stop)]
            assert people
            assert load_of(people).fits(Load(vehicle.seats, vehicle.wheelchair, vehicle.stretcher))
            assert busy.get(trip.vehicle_id, 0) <= trip.depart < trip.back
            busy[trip.vehicle_id] = trip.back


def test_nothing_is_recorded_in_the_future(training: Session) -> None:
    with training.reading() as db:
        assert all(event.recorded_at <= NOW for event in stores.events.all(db))
        assert all(trip.arrived_at and trip.arrived_at <= NOW for trip in stores.trips.all(db))


def test_decisions_of_all_kinds_and_what_goes_with_them(training: Session) -> None:
    with training.reading() as db:
        rows = stores.households.all(db)
        needs = Counter(row.kind for row in stores.needs.all(db))
        pairs = stores.pairs.all(db)
        numbers = {row.id: row.number for row in rows}
        tries = [stop for stop in stores.stops.all(db) if stop.result == "not_home"]
    assert {row.decision for row in rows} == set(Decision)
    assert any(row.part_stays for row in rows)
    assert any(row.pets for row in rows)
    assert all(row.refusal_reason for row in rows if row.decision == Decision.REFUSED)
    assert {"wheelchair", "stretcher", "steps", "infant", "senses"} <= needs.keys()
    assert [pair.state for pair in pairs] == ["open", "open"]
    assert all(numbers[pair.first_id] < numbers[pair.second_id] for pair in pairs)
    assert tries


def test_a_fleet_of_eleven(training: Session) -> None:
    fleet = vehicles(training)
    assert len(fleet) == 11
    assert all(vehicle.driver and vehicle.phone for vehicle in fleet)
    assert sum(vehicle.wheelchair > 0 for vehicle in fleet) == 2
    assert sum(vehicle.stretcher > 0 for vehicle in fleet) == 2
    assert max(vehicle.seats for vehicle in fleet) == 24
    assert [v.seats for v in fleet if exceeds_licence(v.licence, v.seats)] == [16]


def test_places_are_real_and_rules_are_dated(training: Session) -> None:
    with training.reading() as db:
        known = {row.id: row for row in stores.settlements.all(db)}
        lived_in = {row.settlement_id for row in stores.households.all(db)}
        assert len(stores.incidents.all(db)) == 2
    homes = [known[place or ""] for place in lived_in]
    assert all((home.katottg or known[home.parent_id or ""].katottg or "").startswith("UA6308") for home in homes)
    assert len(curfews(training)) == 8
    assert all(row.from_on.year == 2023 and row.until_on and row.until_on.year == 2023 for row in curfews(training))
    assert len(zone_orders(training)) > 5


def test_invented_phones_belong_to_nobody(training: Session) -> None:
    with training.reading() as db:
        phones = [row.e164 for row in stores.contacts.all(db)] + [row.phone for row in stores.drivers.all(db)]
    assert all(phone[6:9] == "000" for phone in phones)


def test_the_same_seed_invents_the_same_people(tmp_path: Path) -> None:
    def invented(name: str) -> list[tuple[object, ...]]:
        session, _filled = create_training_register(tmp_path / name, 60, clock=lambda: NOW)
        with session, session.reading() as db:
            numbers = {row.id: row.number for row in stores.households.all(db)}
            people = stores.people.all(db)
        return sorted((numbers[p.household_id], p.position, p.surname, p.given, str(p.birth_on)) for p in people)

    assert invented("one") == invented("two")


def test_more_people_make_all_of_it_larger(tmp_path: Path) -> None:
    session, filled = create_training_register(tmp_path / "large", 2100, clock=lambda: NOW)
    with session:
        ten = dashboard(session, TODAY)
    assert filled.vehicles == 33
    assert filled.waiting_households == 399
    assert 1240 <= ten.ten_days.people <= 1280
    assert ten.ten_days.children > 250
    assert ten.ready_households <= MOST_READY + 2


def test_invented_people_never_join_real_ones(session: Session) -> None:
    with pytest.raises(ValueError, match="training"):
        fill(session, 100)


def test_a_fill_that_was_stopped_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        create_training_register(tmp_path / "stopped", 100, progress=lambda part: part < 0.3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("people", [0, -5, 10**9])
def test_a_number_out_of_range_is_refused(tmp_path: Path, people: int) -> None:
    with pytest.raises(UserError, match=r"demo\.people"):
        create_training_register(tmp_path / "x", people)
    assert list(tmp_path.iterdir()) == []


@given(
    seed=st.integers(0, 10_000),
    today=st.dates(date(2022, 1, 1), date(2035, 12, 31)),
    make_up=st.sampled_from([make_up for make_up, _times in (*WAITING, *LEFT)]),
)
def test_a_family_has_the_children_of_its_make_up_on_every_day(seed: int, today: date, make_up: str) -> None:
    families = Families(Random(seed), [Home("1", "Подоли", "Курилівська", 1, False)], today)
    family = families.family(make_up)
    assert len(family.people) == len(make_up)
    for day in (today, today - timedelta(days=10)):
        ages = [age_on(member.birth, day) for member in family.people]
        assert [age.is_child for age in ages] == [code in "cg" for code in make_up]


def test_phones_do_not_repeat() -> None:
    assert len({names.phone(number).e164 for number in range(names.MOST_PHONES)}) == names.MOST_PHONES


def test_the_books_that_come_in_are_understood(training: Session, tmp_path: Path) -> None:
    books = story.write_books(training, tmp_path)
    people = preview_import(training, books.people, TODAY)
    assert people.incoming.kind is ListKind.PEOPLE
    assert people.incoming.list_on == TODAY
    assert people.report.added.households == story.LISTED
    assert not people.report.rows_rejected
    assert [remark.code for remark in people.report.warnings] == ["import.birth_unreadable"]
    requests = preview_import(training, books.requests, TODAY).report
    assert requests.rows_added == story.CALLS + story.KNOWN_CALLS
    assert len(requests.possible_duplicates) == story.KNOWN_CALLS
    fleet = preview_import(training, books.fleet, TODAY).report
    assert (fleet.rows_unchanged, fleet.rows_read) == (11, 11)


def test_the_day_runs_by_itself(small: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = dashboard(small, TODAY)
    DemoDay(small, tmp_path, draws=False).run()
    told = capsys.readouterr().out
    after = dashboard(small, TODAY)
    assert after.ten_days.people > before.ten_days.people
    assert after.today.open_households == 0
    assert "PDFs" in told
    assert f"By us {after.ten_days.people} people in 10 days" in told
    assert {path.stem.removeprefix("export-") for path in tmp_path.glob("export-*.xlsx")} == set(ExportKind)
    assert not list(tmp_path.glob("*.pdf"))


def test_the_plan_of_the_training_day_breaks_no_rule(small: Session, tmp_path: Path) -> None:
    for book in (story.write_books(small, tmp_path).people, tmp_path / "incoming-hotline.xlsx"):
        story.take_in(small, book)
    saved = plan_day_for(small, TODAY, 1.0).value
    planned = day_board(small, TODAY)
    assert saved.people > 20
    assert all(not trip.breaches for trip in planned.trips)
    assert all(line.reason for line in planned.waiting)


BOOKS = 4 + len(ExportKind)
"""Lists that came in and went through the day, and each export."""


def demo(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "COORDINATOR_LANG": "en", **environment}
    command = [sys.executable, "-m", "ui.cli", "demo", *arguments]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_the_command_leaves_papers_workbooks_and_pictures(tmp_path: Path) -> None:
    done = demo("--people", "50", "--file", str(tmp_path / "trial"))
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "trial-day"
    assert PASSPHRASE in done.stdout
    assert str(folder) in done.stdout
    assert {path.stem for path in folder.glob("*.pdf")} == {"pickup-lists", "call-list", "everything"}
    assert all(path.read_bytes().startswith(b"%PDF") for path in folder.glob("*.pdf"))
    assert len(list(folder.glob("*.xlsx"))) == BOOKS
    assert all(path.stat().st_size > 10_000 for path in folder.glob("page-*.png"))
    assert list(folder.glob("page-1-*.png"))
    with open_register(tmp_path / "trial", PASSPHRASE) as session:
        assert session.training
    again = demo("--file", str(tmp_path / "trial"))
    assert again.returncode == 1
    assert "exists already" in again.stderr


def test_without_the_libraries_of_qt_the_day_runs_all_the_same(tmp_path: Path) -> None:
    package = tmp_path / "without" / "PySide6"
    package.mkdir(parents=True)
    message = "libGL.so.1: cannot open shared object file: No such file or directory"
    (package / "__init__.py").write_text(f"raise ImportError({message!r})\n")
    done = demo("--people", "50", "--file", str(tmp_path / "trial"), PYTHONPATH=str(package.parent))
    assert done.returncode == 0, done.stderr
    assert "left out" in done.stdout
    folder = tmp_path / "trial-day"
    assert len(list(folder.glob("*.xlsx"))) == BOOKS
    assert {path.suffix for path in folder.iterdir()} == {".xlsx"}
