"""Verbs on the crews of a day: who goes along, that they left, what they let the centre know, that they are back.

Each is one action and can be taken back. A word never changes the plan or the results of a trip.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from coordinator.domain.crews import WordKind, expected_minute
from coordinator.domain.days import moment_of
from coordinator.domain.names import clean
from coordinator.domain.trip import TripStatus, list_number
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import CrewWordRow, TripRow


def set_escort(session: Session, trip_id: str, escort: str) -> Outcome[None]:
    """Who goes along beside the driver, as free text: a name and a phone, say. UserError "plan.trip_gone"."""
    with session.act("set_escort") as act:
        trip = _trip(act, trip_id)
        stores.trips.change(act.db, trip_id, crew=clean(escort))
        act.describe(list=_list(trip))
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def trip_departed(session: Session, trip_id: str, at: datetime | None = None) -> Outcome[None]:
    """The crew has left, now or at `at`. Planning leaves the trip alone from now on.

    UserError "crew.left_already", "crew.future", "plan.trip_gone".
    """
    with session.act("trip_departed") as act:
        trip = _trip(act, trip_id)
        act.describe(list=_list(trip))
        if trip.status != TripStatus.PLANNED:
            raise UserError("crew.left_already", list=_list(trip))
        write_departure(act, trip_id, _said_at(act, at))
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def crew_word(
    session: Session, trip_id: str, note: str = "", expected_back: int | None = None, at: datetime | None = None
) -> Outcome[None]:
    """A word of a crew on the road: all well, with a note, or back at another time.

    `expected_back`: minutes after midnight; a time of the night that comes may be given as it is said.

    UserError "crew.not_left", "crew.back_already", "crew.future", "crew.back_before", "plan.trip_gone".
    """
    with session.act("crew_word") as act:
        trip = _on_road(act, trip_id)
        act.describe(list=_list(trip))
        if expected_back is not None:
            now = int((act.now - moment_of(trip.work_on, 0)) / timedelta(minutes=1))
            expected_back = expected_minute(expected_back, trip.depart, now)
            if expected_back < trip.depart:
                raise UserError("crew.back_before", list=_list(trip))
        kind = WordKind.WORD if expected_back is None else WordKind.LATE
        _write(act, trip_id, kind, _said_at(act, at), note, expected_back)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def trip_back(session: Session, trip_id: str, note: str = "", at: datetime | None = None) -> Outcome[None]:
    """The crew is out of the zone and safe; its results are entered apart. UserError as `crew_word`."""
    with session.act("trip_back") as act:
        trip = _on_road(act, trip_id)
        act.describe(list=_list(trip))
        _write(act, trip_id, WordKind.BACK, _said_at(act, at), note)
        act.touch(Touched.SCHEDULE)
    return act.outcome(None)


def write_departure(act: Act, trip_id: str, at: datetime) -> None:
    """Inside an action: the trip is on the road since `at`; words of a departure that was taken back count no more."""
    _forget_words(act, trip_id)
    stores.trips.change(act.db, trip_id, status=TripStatus.DEPARTED.value, departed_at=at)
    _write(act, trip_id, WordKind.DEPARTED, at)


def forget_departure(act: Act, trip_id: str) -> None:
    """Inside an action: it was not on the road after all, and its crew has said nothing."""
    stores.trips.change(act.db, trip_id, status=TripStatus.PLANNED.value, departed_at=None)
    _forget_words(act, trip_id)


def _forget_words(act: Act, trip_id: str) -> None:
    words = stores.crew_words.where(act.db, trip_id=trip_id)
    stores.crew_words.remove(act.db, [word.id for word in words])


def _write(
    act: Act, trip_id: str, kind: WordKind, at: datetime, note: str = "", expected_back: int | None = None
) -> None:
    row = CrewWordRow(new_id(), trip_id, kind.value, at, expected_back, clean(note), act.user)
    stores.crew_words.add(act.db, [row])


def _on_road(act: Act, trip_id: str) -> TripRow:
    trip = _trip(act, trip_id)
    if trip.status == TripStatus.PLANNED:
        raise UserError("crew.not_left", list=_list(trip))
    words = stores.crew_words.where(act.db, trip_id=trip_id, kind=WordKind.BACK.value)
    if words or trip.status != TripStatus.DEPARTED:
        raise UserError("crew.back_already", list=_list(trip))
    return trip


def _said_at(act: Act, at: datetime | None) -> datetime:
    if at is not None and at > act.now:
        raise UserError("crew.future", when=at)
    return at or act.now


def _trip(act: Act, trip_id: str) -> TripRow:
    trip = stores.trips.get(act.db, trip_id)
    if trip is None or trip.status == TripStatus.CANCELLED:
        raise UserError("plan.trip_gone")
    return trip


def _list(trip: TripRow) -> str:
    return list_number(trip.work_on, trip.number)
