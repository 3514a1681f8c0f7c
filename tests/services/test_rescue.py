"""Drop-outs and breakdowns: what no longer fits is said, what is free is planned again, and nobody is forgotten."""

from __future__ import annotations

import pytest

from coordinator.domain.schedule import Breach
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.moving import read_draft
from coordinator.queries.rescue import Rescue, rescue_vehicle
from coordinator.queries.schedule import day_board
from coordinator.queries.telling import to_tell
from coordinator.services import history
from coordinator.services.drop_outs import drop_out, lift_drop_out
from coordinator.services.moving import move_household, set_departed
from coordinator.services.notices import set_notice
from coordinator.services.papers import issue_pickup_lists
from coordinator.services.rescuing import accept_rescue
from coordinator.session import Session
from tests.builders import DAY, add_household, add_vehicle, number_of, on_trip, plan, record, stop_of, trips_of


def broke_down(session: Session, vehicle: str, minute: int) -> Rescue:
    return rescue_vehicle(read_draft(session, DAY), vehicle, minute, "gearbox")


def breaches(session: Session) -> dict[int, list[str]]:
    return {trip.number: [str(found.breach) for found in trip.breaches] for trip in day_board(session, DAY).trips}


def test_a_vehicle_that_drops_out_lists_its_trips_with_the_reason(centre: Session) -> None:
    bus = add_vehicle(centre)
    on_trip(centre, bus, add_household(centre, "Коваль"))
    assert breaches(centre) == {1: []}
    with pytest.raises(UserError, match=r"drop_out\.reason_missing"):
        drop_out(centre, DAY, "  ", vehicle_id=bus)
    out = drop_out(centre, DAY, "no fuel", vehicle_id=bus, from_minute=8 * 60).value
    (trip,) = day_board(centre, DAY).trips
    (found,) = trip.breaches
    assert found.breach is Breach.OUT and found.facts["reason"] == "no fuel" and found.facts["at"] == "08:00"
    # Planned again, nobody rides with it after eight o'clock: the way there and back takes longer than two hours.
    plan(centre)
    assert trips_of(centre) == [] and len(day_board(centre, DAY).waiting) == 1
    lift_drop_out(centre, out)
    plan(centre)
    assert breaches(centre) == {1: []}


def test_a_driver_who_drops_out_leaves_the_vehicle_to_another(centre: Session) -> None:
    bus = add_vehicle(centre)
    on_trip(centre, bus, add_household(centre, "Коваль"))
    driver = trips_of(centre)[0].driver_id
    drop_out(centre, DAY, "ill", driver_id=driver)
    (trip,) = day_board(centre, DAY).trips
    assert [found.key for found in trip.breaches] == ["breach.out.driver"]
    plan(centre)
    (trip,) = day_board(centre, DAY).trips
    assert trip.driver_id is None and [found.breach for found in trip.findings] == [Breach.NO_DRIVER]


def test_fault_76_after_a_breakdown_done_stops_stay_and_open_ones_are_replanned(centre: Session) -> None:
    broken, whole = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
    done, first, second = (add_household(centre, name) for name in ("Коваль", "Ткач", "Бондар"))
    other = add_household(centre, "Мороз")
    trip, beside = on_trip(centre, broken, done, first, second), on_trip(centre, whole, other)
    times = stop_of(centre, other).arrive
    set_departed(centre, trip)
    record(centre, done, StopResult.BOARDED)
    rescue = broke_down(centre, broken, 6 * 60)
    assert rescue.on_board == 2 and rescue.left == () and rescue.changed == (beside,) and rescue.new == ()
    accept_rescue(centre, rescue)
    assert [stop_of(centre, one).trip_id for one in (done, first, second)] == [trip, beside, beside]
    assert stop_of(centre, done).result == StopResult.BOARDED
    assert [row.status for row in trips_of(centre)] == [TripStatus.DEPARTED, TripStatus.PLANNED]
    assert not day_board(centre, DAY).trips[1].breaches
    told = {one.number: one.before for one in to_tell(centre, DAY)}
    assert {number_of(centre, first), number_of(centre, second)} <= told.keys()
    assert (number_of(centre, other) in told) == (stop_of(centre, other).arrive != times)


def test_those_without_a_place_are_left_over_and_stand_on_the_call_list(centre: Session) -> None:
    broken = add_vehicle(centre)
    koval = add_household(centre, "Коваль", phone="050 123 45 67")
    on_trip(centre, broken, koval)
    issue_pickup_lists(centre, DAY, {row.id for row in trips_of(centre)}, "printer")
    before = stop_of(centre, koval).arrive
    rescue = broke_down(centre, broken, 6 * 60 + 10)
    assert [one.household_id for one in rescue.left] == [koval] and rescue.void == rescue.freed
    assert accept_rescue(centre, rescue).value == ("2023-08-15/1",)
    assert [row.status for row in trips_of(centre)] == [TripStatus.CANCELLED]
    assert [line.household.household_id for line in day_board(centre, DAY).waiting] == [koval]
    (call,) = to_tell(centre, DAY)
    assert (call.before, call.after, call.told, len(call.phones)) == (before, None, False, 1)
    set_notice(centre, koval, DAY, CallOutcome.TOLD)
    assert to_tell(centre, DAY)[0].told
    history.undo(centre)
    history.undo(centre)
    assert stop_of(centre, koval).arrive == before and to_tell(centre, DAY) == []


def test_a_proposal_made_for_another_day_plan_is_not_written(centre: Session) -> None:
    broken, whole = add_vehicle(centre, "AX0001AA"), add_vehicle(centre, "AX0002AA")
    koval, tkach = add_household(centre, "Коваль"), add_household(centre, "Ткач")
    on_trip(centre, broken, koval)
    rescue = broke_down(centre, broken, 6 * 60)
    on_trip(centre, whole, tkach)
    with pytest.raises(UserError, match=r"plan\.outdated"):
        accept_rescue(centre, rescue)
    assert stop_of(centre, koval).trip_id == trips_of(centre)[0].id
    move_household(centre, DAY, koval, None)
