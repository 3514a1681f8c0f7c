"""The street board: every household at its door, in house order; what was hit lately has a ring."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.shelling import Incident, Nearness
from coordinator.paper_content import CallSheets
from coordinator.queries.call_sheets import call_sheets
from coordinator.queries.street_board import Board, board_places, street_board, street_boards
from coordinator.queries.who_next import who_next
from coordinator.register import create_register
from coordinator.services import decisions
from coordinator.services.incidents import record_incident
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement
from tests.conftest import PASSPHRASE

NOW = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Session]:
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: NOW) as session:
        place = add_settlement(session, "Подоли")
        for street, house in (("вул. Садова", "10"), ("Садова", "2"), ("вул. Садова", "12а"), ("вул. Миру", "5")):
            add_household(session, street=street, house=house, people=3, children=1)
        add_household(session, street="", house="", decision=Decision.NOT_ASKED)
        add_household(session, settlement="Десь")
        gone = add_household(session, street="вул. Садова", house="3")
        decisions.decide(session, gone, Decision.LEFT_THEMSELVES, on=DAY)
        hit_at = NOW - timedelta(hours=9)
        record_incident(session, Incident(None, place, "Садова", hit_at, houses_hit=2, house="12а"))
        record_incident(session, Incident(None, place, "Нова", hit_at))
        record_incident(session, Incident(None, place, "Миру", NOW - timedelta(days=4)))
        yield session


def board(session: Session) -> Board:
    place, _elsewhere = board_places(session)
    return street_board(session, place, DAY)


def test_houses_stand_in_their_order_and_only_fresh_hits_have_rings(village: Session) -> None:
    shown = board(village)
    houses = {street.name: [(house.house, house.hit) for house in street.houses] for street in shown.streets}
    assert houses == {
        "вул. Миру": [("5", None)],
        "Нова": [],
        "вул. Садова": [
            ("2", Nearness.STREET), ("3", None), ("10", Nearness.STREET), ("12а", Nearness.HOUSE),
        ],
        "": [("", None)],
    }  # fmt: skip
    sadova = next(street for street in shown.streets if street.name == "вул. Садова")
    assert (sadova.hits, sadova.there) == (2, 9)
    assert [(house.people, house.children) for house in sadova.houses] == [(3, 1), (2, 0), (3, 1), (3, 1)]
    assert [street.name for street in shown.streets][-1] == ""


def test_settlements_that_nobody_has_resolved_have_a_board_too(village: Session) -> None:
    assert [(place.name, place.id is None, place.households) for place in board_places(village)] == [
        ("Подоли", False, 6), ("Десь", True, 1),
    ]  # fmt: skip
    paper = street_boards(village, DAY)
    assert paper.people == sum(row.people for row in who_next(village, DAY)) == 16


def test_sheets_deal_the_most_urgent_out_in_turn(village: Session) -> None:
    ids = [row.id for row in who_next(village, DAY)]
    paper = call_sheets(village, DAY, ids, 4)
    numbers = [[row.household_number for row in sheet.rows] for sheet in paper.sheets]
    urgent = [row.number for row in who_next(village, DAY)]
    assert numbers == [[urgent[0], urgent[4]], [urgent[1], urgent[5]], [urgent[2]], [urgent[3]]]
    assert call_sheets(village, DAY, ids[:1], 3).people == 3
    assert isinstance(paper, CallSheets) and paper.people == 16
