"""Crews on the road in the register: leaving, words, back; each taken back by itself; what is hit near their stops."""

from datetime import UTC, datetime, timedelta

import pytest

from coordinator.domain.crews import CrewState, WordKind
from coordinator.domain.shelling import Incident, Nearness
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.queries.crews import day_crews
from coordinator.services.crews import crew_word, set_escort, trip_back, trip_departed
from coordinator.services.history import next_undo, undo, undo_action
from coordinator.services.incidents import record_incident
from coordinator.services.moving import set_departed
from coordinator.services.results import record_stop
from coordinator.session import Session
from db import stores
from tests.builders import DAY, add_household, add_vehicle, on_trip, settlement_id, stop_of, trips_of

MORNING = datetime(2023, 8, 15, 4, tzinfo=UTC)
"""07:00 in Kyiv."""


class Clock:
    now = MORNING

    def __call__(self) -> datetime:
        return self.now

    def at(self, hour: int, minute: int = 0) -> None:
        self.now = datetime(2023, 8, 15, hour, minute, tzinfo=UTC) - timedelta(hours=3)


@pytest.fixture
def clock(centre: Session) -> Clock:
    centre.clock = made = Clock()
    return made


@pytest.fixture
def trip(centre: Session, clock: Clock) -> str:
    return on_trip(centre, add_vehicle(centre), add_household(centre))


def line(session: Session):
    (found,) = day_crews(session, DAY).lines
    return found


def state(session: Session) -> CrewState:
    ((_line, found),) = day_crews(session, DAY).at(session.clock())
    return found.state


def test_a_day_of_a_crew(centre: Session, clock: Clock, trip: str):
    set_escort(centre, trip, "Марія, 050 111 22 33")
    trip_departed(centre, trip)
    clock.at(9)
    crew_word(centre, trip, "на блокпосту")
    clock.at(10, 50)
    assert state(centre) is CrewState.SILENT
    crew_word(centre, trip, expected_back=17 * 60)
    assert state(centre) is CrewState.ON_ROAD
    clock.at(17, 21)
    assert state(centre) is CrewState.OVERDUE
    trip_back(centre, trip)
    assert state(centre) is CrewState.BACK
    found = line(centre)
    assert [word.kind for word in found.words] == [WordKind.BACK, WordKind.LATE, WordKind.WORD, WordKind.DEPARTED]
    assert (found.escort, found.status) == ("Марія, 050 111 22 33", TripStatus.DEPARTED)
    assert found.run.out_by is not None
    assert 19 * 60 < found.run.out_by < 20 * 60, "daylight of the middle of August"


def test_each_is_taken_back_by_itself(centre: Session, clock: Clock, trip: str):
    trip_departed(centre, trip)
    crew_word(centre, trip, "все добре")
    trip_back(centre, trip)
    kinds = []
    for _step in range(3):
        undo(centre)
        kinds.append([word.kind for word in line(centre).words])
    assert kinds == [[WordKind.WORD, WordKind.DEPARTED], [WordKind.DEPARTED], []]
    assert (line(centre).status, line(centre).departed_at) == (TripStatus.PLANNED, None)


def test_the_schedule_and_the_board_write_the_same_departure(centre: Session, clock: Clock, trip: str):
    set_departed(centre, trip)
    assert line(centre).departed_at == MORNING
    set_departed(centre, trip)
    assert len(line(centre).words) == 1, "said twice"
    set_departed(centre, trip, departed=False, reason="a mistake")
    assert (line(centre).words, trips_of(centre)[0].departed_at) == ((), None)


def test_what_cannot_be_is_refused(centre: Session, clock: Clock, trip: str):
    with pytest.raises(UserError, match=r"crew\.not_left"):
        crew_word(centre, trip)
    with pytest.raises(UserError, match=r"crew\.future"):
        trip_departed(centre, trip, MORNING + timedelta(minutes=1))
    trip_departed(centre, trip)
    with pytest.raises(UserError, match=r"crew\.left_already"):
        trip_departed(centre, trip)
    with pytest.raises(UserError, match=r"crew\.back_before"):
        crew_word(centre, trip, expected_back=10)
    trip_back(centre, trip)
    with pytest.raises(UserError, match=r"crew\.back_already"):
        crew_word(centre, trip)


def test_a_hit_near_an_open_stop_is_told_until_somebody_has_been_there(centre: Session, clock: Clock, trip: str):
    household_id = _household(centre)
    place = settlement_id(centre, "Подоли")
    record_incident(centre, Incident(None, place, "вул. Садова", MORNING - timedelta(hours=2), house="1"))
    record_incident(centre, Incident(None, place, "вул. Миру", MORNING - timedelta(hours=1)))
    record_incident(centre, Incident(None, place, "вул. Садова", MORNING - timedelta(hours=13)))
    (hit,) = line(centre).hits
    assert (hit.place, hit.hit.nearness, hit.hit.occurred_at) == (
        "Подоли", Nearness.HOUSE, MORNING - timedelta(hours=2),
    )  # fmt: skip
    record_stop(centre, stop_of(centre, household_id).id, StopResult.NOT_HOME)
    assert line(centre).hits == ()


def test_a_crew_that_left_yesterday_and_is_not_back_is_still_waited_for(centre: Session, clock: Clock, trip: str):
    trip_departed(centre, trip)
    clock.now = MORNING + timedelta(hours=20)
    ((found, standing),) = day_crews(centre, DAY + timedelta(1)).at(clock.now)
    assert (found.trip_id, standing.state) == (trip, CrewState.OVERDUE)
    trip_back(centre, trip)
    assert day_crews(centre, DAY + timedelta(1)).lines == ()


def _household(session: Session) -> str:
    with session.reading() as db:
        (row,) = stores.households.all(db)
    return row.id


def test_a_departure_taken_back_after_the_return_leaves_no_crew_that_seems_safe(
    centre: Session, clock: Clock, trip: str
):
    trip_departed(centre, trip)
    left = next_undo(centre)
    trip_back(centre, trip)
    assert left is not None
    undo_action(centre, left.action_id)
    clock.at(10)
    assert line(centre).words == ()
    assert state(centre) is not CrewState.BACK
    trip_departed(centre, trip)
    assert state(centre) is not CrewState.BACK
    crew_word(centre, trip, "на блокпосту")
    assert [word.kind for word in line(centre).words] == [WordKind.WORD, WordKind.DEPARTED]
