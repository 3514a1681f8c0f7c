"""Members of one household who do not decide alike: who is ready, and that everything asks the same rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from coordinator.domain.decision import Again, Decision, Obstacle, Said
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.errors import UserError
from coordinator.queries.counts import dashboard
from coordinator.queries.coverage import coverage
from coordinator.queries.exports import located_households
from coordinator.queries.household import household_card
from coordinator.queries.papers import call_list, pickup_lists
from coordinator.queries.problem import build_problem
from coordinator.queries.registry import registry
from coordinator.queries.state_paper import state_paper
from coordinator.queries.stop_people import trip_people
from coordinator.queries.summary import daily_summary
from coordinator.services import decisions, fleet, history, households
from coordinator.services.arrival import trip_arrived
from coordinator.services.notices import set_notice
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from coordinator.standing_notes import worded
from tests.builders import (
    DAY,
    add_household,
    add_vehicle,
    decision_of,
    on_trip,
    person_ids,
    record,
    settlement_id,
)

REFUSES = Said(Decision.REFUSED, reason="мати не ходить", holds_back=(Obstacle.CANNOT_BE_MOVED,))
READY = Said(Decision.PACKED)


@dataclass(frozen=True)
class Family:
    """A mother with two children wants to go; the father stays for his own mother, who cannot walk."""

    id: str
    mother: str
    father: str
    children: tuple[str, str]
    grandmother: str


@pytest.fixture
def family(centre: Session) -> Family:
    household = add_household(centre, people=4, children=2, decision=Decision.UNDECIDED, phone="050 111 22 33")
    mother, father, one, two = person_ids(centre, household)
    lying = MemberDraft(
        PersonName("Коваль", "Параска"), birth=Birth(year=1940), relation=Relation.PARENT,
        needs=frozenset({Need.STRETCHER}),
    )  # fmt: skip
    grandmother = households.add_person(centre, household, lying).value
    stay = {father: REFUSES, grandmother: REFUSES}
    decisions.record_decision(centre, household, Said(Decision.WANTS_PICKUP), members=stay)
    return Family(household, mother, father, (one, two), grandmother)


def own(session: Session, household_id: str) -> dict[str, Decision]:
    """Members with a word of their own."""
    people = household_card(session, household_id).household.people
    return {person.id: person.decision for person in people if person.decision is not None}


def row(session: Session, household_id: str) -> tuple[int, int, bool]:
    """In the registry: how many go, how many refuse, and whether it is ready."""
    (found,) = registry(session, DAY, [household_id])
    return found.going, found.refusing, found.ready


def test_one_rule_for_plan_papers_lists_and_counts(centre: Session, family: Family) -> None:
    assert row(centre, family.id) == (3, 2, True)
    (pickup,) = build_problem(centre, DAY).pickups
    assert (pickup.load.seats, pickup.load.stretcher, pickup.children) == (3, 0, 2)
    assert call_list(centre, DAY).rows[0].people == 3
    seen = dashboard(centre, DAY)
    assert (seen.ready_people, seen.ready_households, seen.people_there, seen.children_there) == (3, 1, 5, 2)
    assert (coverage(centre, DAY)[0].ready, coverage(centre, DAY)[0].refused) == (3, 2)
    assert daily_summary(centre, DAY)[0].refused == 1
    (line,) = state_paper(centre, DAY).settlements[0].streets[0].households
    assert line.apart == ((Decision.WANTS_PICKUP, 3, 2), (Decision.REFUSED, 2, 0))
    (located,) = located_households(centre)
    assert [located.household.stands(p) for p in located.household.people].count(Decision.REFUSED) == 2

    trip = on_trip(centre, add_vehicle(centre, seats=3), family.id)
    (paper,) = pickup_lists(centre, DAY)
    (stop,) = paper.stops
    assert (stop.people, stop.children, stop.stretcher, stop.part_stays) == (3, 2, 0, True)
    (riders,) = trip_people(centre, DAY, trip)
    assert [rider.expected for rider in riders.riders] == [True, False, True, True, False]


def test_those_who_stay_rise_when_they_pack_and_are_fetched_on_another_day(centre: Session, family: Family) -> None:
    trip = on_trip(centre, add_vehicle(centre), family.id)
    record(centre, family.id, StopResult.BOARDED)
    trip_arrived(centre, trip)
    assert row(centre, family.id) == (0, 2, False)
    assert decision_of(centre, family.id) is Decision.WANTS_PICKUP
    for person in (family.father, family.grandmother):
        decisions.decide_person(centre, person, READY)
    (pickup,) = build_problem(centre, date(2023, 8, 16)).pickups
    assert (pickup.load.seats, pickup.load.stretcher) == (1, 1)
    next_day = date(2023, 8, 16)
    second = on_trip(centre, add_vehicle(centre, "AX0002AA", stretcher=1), family.id, day=next_day)
    (riders,) = trip_people(centre, next_day, second)
    assert [rider.person.id for rider in riders.riders if rider.expected] == [family.father, family.grandmother]


def test_whoever_comes_along_at_the_door_after_all_is_evacuated(centre: Session, family: Family) -> None:
    trip = on_trip(centre, add_vehicle(centre, stretcher=1), family.id)
    record(centre, family.id, StopResult.BOARDED, boarded=person_ids(centre, family.id))
    trip_arrived(centre, trip)
    assert decision_of(centre, family.id) is Decision.EVACUATED
    assert set(own(centre, family.id).values()) == {Decision.EVACUATED}
    record(
        centre, family.id, StopResult.BOARDED, reason="тато лишився",
        boarded=[family.mother, *family.children, family.grandmother],
    )  # fmt: skip
    assert own(centre, family.id)[family.father] is Decision.REFUSED
    assert decision_of(centre, family.id) is Decision.WANTS_PICKUP


@pytest.mark.parametrize("by", ["door", "call"])
def test_a_no_at_the_door_or_on_the_call_is_the_word_of_those_who_were_expected(
    centre: Session, family: Family, by: str
) -> None:
    decisions.record_decision(centre, family.id, REFUSES, members={family.mother: READY, family.father: None})
    on_trip(centre, add_vehicle(centre), family.id)
    before = household_card(centre, family.id).household
    if by == "door":
        record(centre, family.id, StopResult.REFUSED, note="передумала")
        assert own(centre, family.id)[family.mother] is Decision.REFUSED
        record(centre, family.id, StopResult.OPEN, reason="не той запис")
    else:
        set_notice(centre, family.id, DAY, CallOutcome.SAID_NO)
        assert row(centre, family.id) == (0, 5, False)
        set_notice(centre, family.id, DAY, CallOutcome.TOLD)
    after = household_card(centre, family.id).household
    assert (after.decision, after.refusal_reason) == (before.decision, before.refusal_reason)
    assert after.people == before.people


def test_gone_is_a_household_of_whom_nobody_is_at_home(centre: Session) -> None:
    household = add_household(centre, people=2)
    first, second = person_ids(centre, household)
    left = Said(Decision.LEFT_THEMSELVES, on=DAY)
    decisions.decide_person(centre, first, left)
    assert decision_of(centre, household) is Decision.PACKED and row(centre, household) == (1, 0, True)
    decisions.decide_person(centre, second, left)
    assert decision_of(centre, household) is Decision.LEFT_THEMSELVES and own(centre, household) == {}
    decisions.decide_person(centre, first, Said(Decision.RETURNED, on=DAY))
    assert decision_of(centre, household) is Decision.RETURNED
    (found,) = registry(centre, DAY, [household])
    assert found.at_home == 1
    decisions.record_departure(centre, household, EventKind.OTHER_ORGANISATION, DAY, "Хвиля", only=[first])
    assert decision_of(centre, household) is Decision.EVACUATED


def test_a_mistaken_departure_of_one_is_taken_back(centre: Session, family: Family) -> None:
    decisions.decide_person(centre, family.mother, Said(Decision.LEFT_THEMSELVES, on=DAY))
    assert row(centre, family.id)[0] == 2
    decisions.decide_person(centre, family.mother, None)
    decisions.decide_person(centre, family.mother, READY)
    assert row(centre, family.id)[0] == 3
    assert all(event.voided for event in household_card(centre, family.id).events)


class TestForcedOrder:
    """примусова, for children (DOMAIN: rules): a strong warning with a recorded reason, never a block."""

    @pytest.fixture(autouse=True)
    def order(self, centre: Session) -> None:
        place = settlement_id(centre, "Подоли")
        assert place is not None
        fleet.save_zone_order(centre, ZoneOrder(None, place, "Подоли", OrderKind.FORCED, date(2023, 8, 9)))

    def test_a_refusal_that_keeps_children_needs_a_reason(self, centre: Session) -> None:
        household = add_household(centre, people=3, children=2)
        with pytest.raises(UserError) as error:
            decisions.record_decision(centre, household, REFUSES)
        assert (error.value.code, error.value.facts["count"]) == ("decision.children_kept", 2)
        assert decision_of(centre, household) is Decision.PACKED
        decisions.record_decision(centre, household, REFUSES, despite="чекають на батька")
        assert decision_of(centre, household) is Decision.REFUSED
        assert "чекають на батька" in worded(household_card(centre, household).decisions[0].note)

    def test_one_who_refuses_alone_keeps_no_child(self, centre: Session, family: Family) -> None:
        decisions.decide_person(centre, family.grandmother, REFUSES)
        with pytest.raises(UserError, match="children_kept"):
            decisions.decide_person(centre, family.children[0], REFUSES)

    def test_several_at_once(self, centre: Session) -> None:
        ids = [add_household(centre, people=2, children=kids) for kids in (0, 1)]
        with pytest.raises(UserError, match="children_kept"):
            decisions.decide_many(centre, ids, REFUSES)
        assert [decision_of(centre, one) for one in ids] == [Decision.PACKED] * 2
        assert decisions.decide_many(centre, ids, REFUSES, despite="зібрання села").value == 2
        history.undo(centre)
        assert [decision_of(centre, one) for one in ids] == [Decision.PACKED] * 2


def test_what_was_said_stands_with_the_decision_until_something_else_is_said(centre: Session) -> None:
    household = add_household(centre, people=2, children=1)
    again = Again(centre.clock(), "Оля")
    said = Said(
        Decision.REFUSED, reason="хата", form_signed=True, children_stay=1, would_change="якби було де жити",
        holds_back=(Obstacle.HOUSE, Obstacle.ANIMALS),
    )  # fmt: skip
    decisions.record_decision(centre, household, said, again=again, spoke_by="волонтерка Іра")
    card = household_card(centre, household)
    entry, found = card.decisions[0], card.household
    assert (entry.form_signed, entry.children_stay, entry.would_change) == (True, 1, "якби було де жити")
    assert (found.again_by, found.spoke_by, found.again_at) == ("Оля", "волонтерка Іра", again.at)
    decisions.decide(centre, household, Decision.UNDECIDED)
    found = household_card(centre, household).household
    assert (found.form_signed, found.children_stay, found.refusal_reason) == (False, None, "")
    assert found.holds_back == (Obstacle.HOUSE, Obstacle.ANIMALS) and found.again_at == again.at
    decisions.decide(centre, household, Decision.LEFT_THEMSELVES)
    assert household_card(centre, household).household.again_at is None
