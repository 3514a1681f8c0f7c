"""The people behind a trip's stops, by name: for results, for escorts; and when the day's calls were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from coordinator.domain.person import AgeGroup, Person, age_on
from coordinator.queries.day_records import DayRecords, read_day
from coordinator.queries.escorts import escorts_on
from coordinator.session import Session
from db import stores
from db.rows import StopRow


@dataclass(frozen=True, slots=True)
class Rider:
    """One of those who could board at a stop.

    `expected`: the stop is for them, since they are ready. `alone`: an expected child with no escort and no reason
    why there is none.
    """

    person: Person
    child: bool
    boarded: bool
    alone: bool
    expected: bool = True

    @property
    def grown(self) -> bool:
        return not self.child


@dataclass(frozen=True, slots=True)
class StopPeople:
    """The people of a stop in the order of the household: who was at home, or has boarded."""

    stop_id: str
    household_id: str
    number: int
    riders: tuple[Rider, ...]


def trip_people(session: Session, day: date, trip_id: str) -> tuple[StopPeople, ...]:
    """The stops of a trip in the order of the paper; UserError "plan.trip_gone"."""
    with session.reading() as db:
        records = read_day(db, day)
    records.trip(trip_id)
    return tuple(_stop(records, stop) for stop in records.stops[trip_id])


def _stop(records: DayRecords, stop: StopRow) -> StopPeople:
    household = records.households[stop.household_id]
    expected, boarded = records.expected(stop), {person.id for person in records.boarded(stop)}
    children = [person for person in expected if _is_child(person, records.day)]
    escorts = zip(children, escorts_on(records, stop), strict=True)
    alone = {child.id for child, escort in escorts if escort.escort is None and not escort.reason}
    waited = {person.id for person in expected}
    known = {person.id for person in records.at_door(stop)} | boarded
    riders = (
        Rider(person, _is_child(person, records.day), person.id in boarded, person.id in alone, person.id in waited)
        for person in household.people
        if person.id in known
    )
    return StopPeople(stop.id, household.id, household.number, tuple(riders))


def _is_child(person: Person, day: date) -> bool:
    return age_on(person.birth, day).group is AgeGroup.CHILD


def call_times(session: Session, day: date) -> dict[str, datetime]:
    """When each household was called about the day, by its id."""
    with session.reading() as db:
        return {row.household_id: row.noted_at for row in stores.notices.where(db, work_on=day)}
