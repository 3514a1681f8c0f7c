"""Roads and crews from the command line, on the real file and by the real clock."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from coordinator.domain.days import kyiv_day
from coordinator.register import create_register
from coordinator.session import utc_now
from tests.builders import add_household, add_hubs, add_settlement, add_vehicle, on_trip
from tests.conftest import PASSPHRASE
from tests.stories.terminal import Completed, coordinator


@pytest.fixture
def today() -> date:
    return kyiv_day(utc_now())


@pytest.fixture
def folder(tmp_path: Path, today: date) -> Path:
    """A register with one trip of today to Podoly."""
    with create_register(tmp_path / "centre", PASSPHRASE) as session:
        add_hubs(session)
        add_settlement(session, "Подоли")
        add_settlement(session, "Синьківка")
        family = add_household(session)
        add_household(session, "Гай", settlement="Синьківка")
        on_trip(session, add_vehicle(session), family, day=today)
    return tmp_path


def done(result: Completed) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_a_road_is_closed_opened_and_measured(folder: Path):
    told = done(coordinator(folder, "roads", "centre", "--close", "Подоли", "all", "--source", "староста"))
    assert "AX0001AA" in told and "/1," in told, "the trip that is to drive there"
    (road,) = json.loads(done(coordinator(folder, "roads", "centre", "--json")))
    assert (road["first"], road["closed"], road["source"]) == ("Подоли", True, "староста")
    done(coordinator(folder, "roads", "centre", "--open", "Подоли", "all"))
    assert json.loads(done(coordinator(folder, "roads", "centre", "--json"))) == []

    done(coordinator(folder, "roads", "centre", "--table", "roads.xlsx"))
    book = load_workbook(folder / "roads.xlsx")
    sheet = book.worksheets[0]
    sheet["E2"] = 27
    book.save(folder / "roads.xlsx")
    assert "New: 1" in done(coordinator(folder, "roads", "centre", "--import", "roads.xlsx", "--dry-run"))
    assert json.loads(done(coordinator(folder, "roads", "centre", "--json"))) == []
    done(coordinator(folder, "roads", "centre", "--import", "roads.xlsx"))
    (road,) = json.loads(done(coordinator(folder, "roads", "centre", "--json")))
    assert road["minutes"] == 27


def test_a_name_that_is_not_sure_is_no_road(folder: Path):
    refused = coordinator(folder, "roads", "centre", "--close", "Подоли", "Ніде")
    assert refused.returncode == 1
    assert "Ніде" in refused.stderr and "Traceback" not in refused.stderr


def test_a_crew_leaves_sends_a_word_and_is_back(folder: Path):
    done(coordinator(folder, "crews", "centre", "--escort", "1", "--note", "Марія"))
    done(coordinator(folder, "crews", "centre", "--left", "1"))
    again = coordinator(folder, "crews", "centre", "--left", "1")
    assert again.returncode == 1 and "has left already" in again.stderr
    done(coordinator(folder, "crews", "centre", "--word", "1", "--note", "черга"))
    shown = coordinator(folder, "crews", "centre")
    assert shown.returncode in (0, 3), "3 where the hour makes it an alarm"
    assert all(word in shown.stdout for word in ("AX0001AA", "Марія", "черга"))
    done(coordinator(folder, "crews", "centre", "--back", "1"))
    (crew,) = json.loads(done(coordinator(folder, "crews", "centre", "--json")))
    assert crew["state"] == "back" and crew["departed_at"]
    assert coordinator(folder, "crews", "centre", "--word", "7").returncode == 1
