"""The night of 14 August: two houses in Sadova street are hit. Whom do they call first in the morning, and why?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coordinator.domain.addresses import street_key
from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.person import Birth
from coordinator.domain.priority import Factor
from coordinator.domain.shelling import Incident
from coordinator.domain.splitting import SplitPlan
from coordinator.next_words import detail, reasons_line
from coordinator.queries.household import household_card
from coordinator.queries.risen import Risen, risen
from coordinator.queries.who_next import NextRow, who_next
from coordinator.register import create_register
from coordinator.services import decisions, fleet, households
from coordinator.services.decisions import record_departure
from coordinator.services.incidents import link_streets, record_incident
from coordinator.services.settings import set_option
from coordinator.services.splitting import split_household
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from coordinator.settings import WEIGHTS
from resources.i18n import set_language
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, on_trip, person_ids
from tests.conftest import PASSPHRASE

LAST_WEEK = datetime(2023, 8, 10, 9, 0, tzinfo=UTC)
NIGHT = datetime(2023, 8, 14, 19, 40, tzinfo=UTC)
MORNING = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Session]:
    """A register that was last worked in on 10 August; the tests go on in the morning of the 15th."""
    with create_register(tmp_path / "centre", PASSPHRASE, clock=lambda: LAST_WEEK) as session:
        add_settlement(session, "Подоли")
        yield session


def hit(session: Session, street: str = "Садовая", houses: int = 2, house: str = "", at: datetime = NIGHT) -> None:
    session.clock = lambda: MORNING
    place = who_next(session, DAY)[0].settlement_id
    assert place is not None
    record_incident(session, Incident(None, place, street, at, houses_hit=houses, house=house))


def order(session: Session) -> list[str]:
    return [row.id for row in who_next(session, DAY)]


def row_of(session: Session, household_id: str) -> NextRow:
    """Asked for by itself; the half that it parted from comes along."""
    return next(row for row in who_next(session, DAY, [household_id]) if row.id == household_id)


def why(session: Session, household_id: str) -> str:
    return reasons_line(row_of(session, household_id).parts, DAY)


def test_the_street_that_was_hit_is_called_first_and_the_line_says_why_in_both_languages(village: Session) -> None:
    far = add_household(village, street="вул. Миру", children=2, people=4)
    family = add_household(village, street="вул. Садова", house="7", people=3, children=1)
    child = household_card(village, family).household.people[-1]
    households.edit_person(village, child.id, MemberDraft(child.name, birth=Birth(on=DAY.replace(year=2020))))
    assert order(village) == [far, family]
    hit(village)
    assert order(village) == [family, far]
    assert why(village, family) == "Two hits in вул. Садова yesterday, a child of 3, packed, last asked 5 days ago"
    assert why(village, far) == (
        "Two hits elsewhere in the settlement yesterday, 2 children, the youngest 10 years, packed, "
        "last asked 5 days ago"
    )
    elsewhere = row_of(village, far).parts[0]
    assert detail(elsewhere, DAY).endswith("вул. Садова. Nobody has said which streets lie next to theirs.")
    hit(village, houses=1, house="7", at=MORNING - timedelta(hours=1))
    assert why(village, family).startswith("Their house was hit today, two hits in вул. Садова yesterday, a child of 3")
    set_language("uk")
    assert why(village, family) == (
        "Одне влучання в їхній будинок сьогодні, вул. Садова: два влучання вчора, дитина 3 років, зібрані, "
        "питали 5 днів тому"
    )  # fmt: skip


def test_a_street_next_to_it_rises_once_it_is_linked_and_a_far_one_no_longer(village: Session) -> None:
    near, far = add_household(village, street="вул. Миру"), add_household(village, street="вул. Нова")
    hit(village)
    place = str(row_of(village, near).settlement_id)
    assert row_of(village, near).score == row_of(village, far).score
    link_streets(village, place, "вул. Садова", frozenset({street_key("вул. Миру")}))
    link_streets(village, place, "вул. Миру", frozenset(map(street_key, ("вул. Нова", "вул. Садова"))))
    assert why(village, near).startswith("Two hits next to their street, Садовая, yesterday")
    assert why(village, far) == "Packed, last asked 5 days ago"
    assert row_of(village, near).shelled and not row_of(village, far).shelled
    assert risen(village, DAY) == Risen(households=1, people=2, streets=("Садовая",))
    assert [row.id for row in who_next(village, DAY) if row.shelled] == [near]


def test_who_has_gone_is_left_out_and_who_is_planned_is_marked(village: Session) -> None:
    gone, planned, other = (add_household(village, house=str(house)) for house in (1, 2, 3))
    add_hubs(village)
    on_trip(village, add_vehicle(village), planned)
    village.clock = lambda: MORNING
    decisions.decide(village, gone, Decision.LEFT_THEMSELVES, on=DAY)
    assert {row.id: row.planned for row in who_next(village, DAY)} == {planned: True, other: False}


def test_orders_of_the_day_and_weights_of_the_register_decide(village: Session) -> None:
    first = add_household(village, decision=Decision.PREPARING)
    second = add_household(village, decision=Decision.UNDECIDED, people=3, children=1)
    village.clock = lambda: MORNING
    place = str(row_of(village, first).settlement_id)
    fleet.save_zone_order(village, ZoneOrder(None, place, "", OrderKind.FORCED, DAY))
    assert order(village) == [second, first]
    assert "Forced evacuation of children" in why(village, second) and "Mandatory evacuation" in why(village, first)
    for factor in (Factor.FORCED, Factor.CHILDREN, Factor.YOUNG):
        set_option(village, WEIGHTS[factor].key, "0")
    assert order(village) == [first, second]
    assert row_of(village, second).score == sum(part.points for part in row_of(village, second).parts)


def test_who_stays_behind_rises_when_the_others_leave_and_again_when_it_is_hit_near(village: Session) -> None:
    family = add_household(village, street="вул. Садова", house="7", people=4, children=2)
    other = add_household(village, street="вул. Миру", people=4, children=2)
    father, *others = person_ids(village, family)
    village.clock = lambda: MORNING
    stays = split_household(
        village, family, SplitPlan(frozenset(others), said_stay=Said(Decision.UNDECIDED))
    ).value.stays_id  # fmt: skip
    leaving = row_of(village, stays)
    assert leaving.people == 1 and "the others of the family are leaving" in why(village, stays)
    assert "stay behind" not in why(village, family)
    record_departure(village, family, EventKind.BY_US, DAY)
    left = row_of(village, stays)
    assert "the others of the family have left" in why(village, stays) and left.score == leaving.score
    assert order(village) == [other, stays]
    hit(village)
    assert order(village) == [stays, other]
    assert why(village, stays).startswith("Two hits in вул. Садова yesterday, stay behind")
    assert father in person_ids(village, stays)
