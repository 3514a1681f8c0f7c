"""Coverage of settlements: each person counted once, and known = evacuated + left by themselves + remaining."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.queries.coverage import Coverage, coverage
from coordinator.services import decisions, fleet
from coordinator.services.decisions import record_departure
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement


def test_every_person_of_a_settlement_counts_once_and_the_parts_add_up(session: Session) -> None:
    session.clock = lambda: datetime(2023, 8, 15, 9, 0, tzinfo=UTC)
    town = add_settlement(session, "Подоли", population=700, population_source="перепис 2001")
    part = add_settlement(session, "Хутір", parent_id=town)
    add_household(session, people=3, decision=Decision.PACKED)
    add_household(session, people=2, decision=Decision.WANTS_PICKUP, wants_on=DAY + timedelta(days=1))
    add_household(session, people=1, decision=Decision.REFUSED)
    taken = add_household(session, people=4, decision=Decision.PACKED)
    record_departure(session, taken, EventKind.OTHER_ORGANISATION, DAY)
    back = add_household(session, people=1, decision=Decision.UNDECIDED)
    decisions.decide(session, back, Decision.LEFT_THEMSELVES, on=date(2023, 8, 13))
    decisions.decide(session, back, Decision.RETURNED, on=date(2023, 8, 14))
    alone = add_household(session, people=2, decision=Decision.UNDECIDED)
    decisions.decide(session, alone, Decision.LEFT_THEMSELVES, on=DAY)
    add_household(session, settlement="Десь", people=1, decision=Decision.NOT_ASKED)
    fleet.save_zone_order(session, ZoneOrder(None, town, "", OrderKind.MANDATORY, DAY))
    fleet.save_zone_order(session, ZoneOrder(None, town, "", OrderKind.FORCED, DAY + timedelta(days=1)))

    podoly, farm, somewhere = coverage(session, DAY)
    assert podoly == Coverage(
        town, "Подоли", "Куп'янська", households=6, known=13, ready=3, refused=1, evacuated=4, left_themselves=2,
        remaining=7, population=700, population_source="перепис 2001", order=OrderKind.MANDATORY,
    )  # fmt: skip
    assert (farm.id, farm.known, farm.order) == (part, 0, OrderKind.MANDATORY)
    assert somewhere == Coverage("", "Десь", households=1, known=1, remaining=1)
    assert all(one.known == one.evacuated + one.left_themselves + one.remaining for one in coverage(session, DAY))
    tomorrow, *_others = coverage(session, DAY + timedelta(days=1))
    assert (tomorrow.order, tomorrow.ready) == (OrderKind.FORCED, 5)
    before, *_others = coverage(session, date(2023, 8, 13))
    assert (before.id, before.order, before.left_themselves, before.remaining) == (town, None, 1, 12)
