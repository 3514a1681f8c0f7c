"""What the figures are counted from: facts as the register has them, with when they became known and were withdrawn."""

from __future__ import annotations

from datetime import UTC, date, datetime

from coordinator.domain.counting import THEMSELVES, daily, people
from coordinator.domain.decision import Decision, Said
from coordinator.domain.person import AgeGroup
from coordinator.domain.standings import Standing
from coordinator.domain.trip import StopResult
from coordinator.queries.ledger import book, standings, waits
from coordinator.services import decisions, history
from coordinator.services.arrival import trip_arrived
from coordinator.session import Session
from tests.builders import DAY, add_household, add_vehicle, on_trip, person_ids, record


def test_a_corrected_departure_is_withdrawn_and_its_undo_brings_it_back(centre: Session) -> None:
    family = add_household(centre, people=3, children=1)
    before, today = date(2023, 8, 14), centre.today()
    decisions.record_decision(centre, family, Said(Decision.LEFT_THEMSELVES, on=before))
    (fact, *others) = book(centre).ledger.facts
    assert len(others) == 2
    assert (date.fromordinal(fact.on), date.fromordinal(fact.recorded_on)) == (before, today)
    assert book(centre).place(fact.settlement)[0] == "Подоли"
    decisions.record_decision(centre, family, Said(Decision.LEFT_THEMSELVES, on=DAY))
    ledger = book(centre).ledger
    assert [date.fromordinal(one.withdrawn_on) for one in ledger.facts if one.withdrawn_on] == [today] * 3
    first, second = daily(ledger, before, DAY, THEMSELVES)
    assert first is not None and (first.now.value, first.first.value) == (0, 0)
    assert second is not None and (second.now.adults.value, second.now.children.value) == (2, 1)
    history.undo(centre)
    ledger = book(centre).ledger
    assert {one.withdrawn_at for one in ledger.facts} == {None}
    assert daily(ledger, DAY, DAY, THEMSELVES) == [None]


def test_a_trip_that_arrived_is_a_report_of_its_day_and_gives_hours_from_the_request(centre: Session) -> None:
    asked = datetime(2023, 8, 14, 6, tzinfo=UTC)
    family, home = add_household(centre, people=2, requested_at=asked), add_household(centre, "Щур", people=1)
    trip = on_trip(centre, add_vehicle(centre), family, home)
    record(centre, home, StopResult.NOT_HOME)
    record(centre, family, StopResult.BOARDED, boarded=person_ids(centre, family)[:1])
    trip_arrived(centre, trip)
    ledger = book(centre).ledger
    assert ledger.reported(DAY, DAY) == [DAY]
    moved = people(ledger, DAY, DAY)
    assert moved.all.ids == set(person_ids(centre, family)[:1])
    assert {one.group for one in ledger.facts} == {AgeGroup.ADULT}
    (wait,) = waits(centre)
    assert (wait.household_id, wait.requested_at) == (family, asked)


def test_where_households_stood_begins_with_the_day_they_came(centre: Session) -> None:
    family = add_household(centre, decision=Decision.NOT_ASKED)
    decisions.decide(centre, family, Decision.REFUSED)
    today = centre.today()
    (now,) = standings(centre).by_day(today, today)
    assert isinstance(now, Standing)
    assert {decision: one.ids for decision, one in now.households.items()} == {Decision.REFUSED: {family}}
