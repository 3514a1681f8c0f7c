"""Departures and returns entered by hand, corrections of them, and who may still be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.trip import CallOutcome, StopResult
from coordinator.errors import UserError
from coordinator.queries.counts import counts, dashboard
from coordinator.queries.household import household_card
from coordinator.services import decisions, duplicates, households
from coordinator.services.arrival import trip_arrived
from coordinator.services.notices import set_notice
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from tests.builders import (
    DAY,
    add_household,
    add_pair,
    add_vehicle,
    decision_of,
    on_trip,
    person_ids,
    record,
    stop_of,
)

LEFT, RETURNED, PACKED = Decision.LEFT_THEMSELVES, Decision.RETURNED, Decision.PACKED


def august(day: int) -> date:
    return date(2023, 8, day)


def standing(session: Session, household_id: str) -> list[tuple[str, int]]:
    """Kind and day of the month of each event that counts, oldest first."""
    events = reversed(household_card(session, household_id).events)
    return [(event.kind, event.occurred_on.day) for event in events if not event.voided]


def evacuate(session: Session, household_id: str, boarded: list[str] | None = None) -> None:
    trip_id = on_trip(session, add_vehicle(session), household_id)
    record(session, household_id, StopResult.BOARDED, boarded=boarded)
    trip_arrived(session, trip_id)


def refused(verb: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        verb()
    return error.value.code


class TestWhoMoves:
    def test_only_those_who_are_still_at_home_leave(self, centre: Session) -> None:
        household = add_household(centre, people=4)
        evacuate(centre, household, person_ids(centre, household)[1:])

        decisions.decide(centre, household, LEFT, on=august(17))

        found = counts(centre)
        assert (found.people, found.self_evacuated, found.by_all_known) == (3, 1, 4)

    def test_only_those_who_are_away_return(self, centre: Session) -> None:
        household = add_household(centre)
        decisions.decide(centre, household, RETURNED, on=august(13))
        assert standing(centre, household) == []
        decisions.decide(centre, household, PACKED)
        evacuate(centre, household)

        decisions.decide(centre, household, RETURNED, on=august(20))

        assert standing(centre, household) == [("by_us", 15)] * 2 + [("returned", 20)] * 2

    def test_a_return_does_not_come_before_the_departure(self, centre: Session) -> None:
        household = add_household(centre)
        evacuate(centre, household)
        code = refused(lambda: decisions.decide(centre, household, RETURNED, on=august(14)))
        assert (code, decision_of(centre, household)) == ("departure.not_yet_left", Decision.EVACUATED)

    def test_nobody_leaves_twice_without_coming_back(self, centre: Session) -> None:
        household = add_household(centre)
        evacuate(centre, household)
        assert refused(lambda: decisions.decide(centre, household, LEFT, on=august(17))) == "departure.nobody_home"
        before = lambda: decisions.record_departure(centre, household, EventKind.BY_US, august(11))  # noqa: E731
        assert refused(before) == "departure.left_later"
        assert standing(centre, household) == [("by_us", 15)] * 2

    def test_the_future_has_not_happened(self, centre: Session) -> None:
        household, day = add_household(centre), centre.today() + timedelta(days=1)
        assert refused(lambda: decisions.decide(centre, household, LEFT, on=day)) == "departure.future"
        ours = lambda: decisions.record_departure(centre, household, EventKind.BY_US, day)  # noqa: E731
        assert refused(ours) == "departure.future"


class TestCorrections:
    def test_the_same_departure_twice_is_one_and_another_day_moves_it(self, centre: Session) -> None:
        household = add_household(centre)
        for day in (17, 17, 18):
            decisions.decide(centre, household, LEFT, on=august(day))
        assert standing(centre, household) == [("left_themselves", 18)] * 2

    def test_taken_out_by_us_after_all_is_not_by_themselves_too(self, centre: Session) -> None:
        household = add_household(centre)
        decisions.decide(centre, household, LEFT, on=august(17))
        assert decisions.record_departure(centre, household, EventKind.BY_US, august(17)).value == 2
        assert (counts(centre).people, counts(centre).self_evacuated) == (2, 0)

    def test_only_the_last_departure_is_taken_back(self, centre: Session) -> None:
        household = add_household(centre)
        for decision, day in ((LEFT, 11), (RETURNED, 13), (LEFT, 14)):
            decisions.decide(centre, household, decision, on=august(day))

        decisions.decide(centre, household, PACKED)

        assert standing(centre, household) == [("left_themselves", 11)] * 2 + [("returned", 13)] * 2

    def test_a_departure_without_a_trip_is_taken_back_by_a_decision(self, centre: Session) -> None:
        household = add_household(centre)
        decisions.record_departure(centre, household, EventKind.OTHER_ORGANISATION, DAY, "Сусіди")
        decisions.decide(centre, household, PACKED)
        page = dashboard(centre, DAY)
        assert (page.overall.by_all_known, page.people_there, page.ready_people) == (0, 2, 2)

    def test_what_a_trip_moved_is_corrected_at_its_stop(self, centre: Session) -> None:
        household = add_household(centre)
        evacuate(centre, household)
        assert refused(lambda: decisions.decide(centre, household, PACKED)) == "departure.by_trip"
        assert decision_of(centre, household) is Decision.EVACUATED

    def test_a_return_that_was_a_mistake_goes_when_they_left_before_it(self, centre: Session) -> None:
        household = add_household(centre)
        for decision, day in ((LEFT, 11), (RETURNED, 13), (LEFT, 11)):
            decisions.decide(centre, household, decision, on=august(day))
        assert standing(centre, household) == [("left_themselves", 11)] * 2

    def test_who_returned_and_packs_again_keeps_both_events(self, centre: Session) -> None:
        household = add_household(centre)
        evacuate(centre, household)
        decisions.decide(centre, household, RETURNED, on=august(16))
        decisions.decide(centre, household, PACKED)
        assert (counts(centre).people, dashboard(centre, august(17)).people_there) == (2, 2)


class TestSaidNo:
    def test_people_who_have_left_stay_where_they_are(self, centre: Session) -> None:
        by_us, alone = add_household(centre), add_household(centre, house="2")
        evacuate(centre, by_us)
        decisions.decide(centre, alone, LEFT, on=DAY)

        for household in (by_us, alone):
            set_notice(centre, household, DAY, CallOutcome.SAID_NO)

        assert [decision_of(centre, one) for one in (by_us, alone)] == [Decision.EVACUATED, LEFT]
        assert (counts(centre).people, counts(centre).self_evacuated) == (2, 2)

    def test_people_on_board_are_not_refused(self, centre: Session) -> None:
        household = add_household(centre)
        on_trip(centre, add_vehicle(centre), household)
        record(centre, household, StopResult.BOARDED)

        set_notice(centre, household, DAY, CallOutcome.SAID_NO)

        assert decision_of(centre, household) is PACKED
        assert stop_of(centre, household).result == StopResult.BOARDED

    def test_a_part_that_stayed_may_say_no_on_a_later_day(self, centre: Session) -> None:
        household = add_household(centre, people=3)
        evacuate(centre, household, person_ids(centre, household)[1:])
        set_notice(centre, household, august(17), CallOutcome.SAID_NO)
        assert decision_of(centre, household) is Decision.REFUSED


class TestRecordsThatStay:
    def test_people_who_boarded_are_not_deleted(self, centre: Session) -> None:
        household = add_household(centre)
        trip_id = on_trip(centre, add_vehicle(centre), household)
        record(centre, household, StopResult.BOARDED)
        person = person_ids(centre, household)[1]

        assert refused(lambda: households.remove_household(centre, household)) == "household.has_boarded"
        assert refused(lambda: households.remove_person(centre, person)) == "person.has_boarded"
        assert trip_arrived(centre, trip_id).value.people == 2

    def test_a_record_merged_into_another_takes_nothing_more(self, centre: Session) -> None:
        first, second = add_household(centre, people=1), add_household(centre, people=1, house="9")
        duplicates.same(centre, add_pair(centre, first, second))
        verbs: list[Callable[[], object]] = [
            lambda: decisions.decide(centre, second, PACKED),
            lambda: decisions.record_departure(centre, second, EventKind.BY_US, DAY),
            lambda: households.add_person(centre, second, MemberDraft()),
            lambda: households.edit_household(centre, second, note="x"),
            lambda: households.remove_household(centre, second),
            lambda: set_notice(centre, second, DAY, CallOutcome.TOLD),
        ]
        assert {refused(verb) for verb in verbs} == {"household.gone"}

    def test_an_escort_is_somebody_else_who_is_known(self, centre: Session) -> None:
        child = person_ids(centre, add_household(centre, people=2, children=1))[1]
        assert refused(lambda: households.set_escort(centre, child, child)) == "escort.self"
        assert refused(lambda: households.set_escort(centre, child, "nobody")) == "person.gone"
