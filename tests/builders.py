"""Builders for a real register: readable households, vehicles and places, written through verbs and stores."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from coordinator import patience
from coordinator.domain.decision import Decision
from coordinator.domain.fleet import Curfew, Destination, DestinationKind, Vehicle
from coordinator.domain.household import Address
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.phones import parse_phones
from coordinator.domain.trip import StopResult
from coordinator.outcome import Outcome
from coordinator.planning.solve import plan_day
from coordinator.queries.household import household_card
from coordinator.queries.moving import NewTrip
from coordinator.queries.problem import build_problem
from coordinator.services import decisions, fleet, households
from coordinator.services.moving import move_household
from coordinator.services.results import record_stop
from coordinator.services.schedule import SavedPlan, save_plan
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from db import stores
from db.ids import new_id
from db.rows import PairRow, SettlementRow, StopRow, TripRow

DAY = date(2023, 8, 15)
KHARKIV = (49.9935, 36.2304)
GIVEN = ("Олена", "Марко", "Софія", "Іван", "Ганна", "Петро", "Надія", "Остап", "Віра")


def add_settlement(
    session: Session,
    name: str,
    lat: float | None = 49.71,
    lon: float | None = 37.61,
    hromada: str = "Куп'янська",
    **more: object,
) -> str:
    """A settlement with coordinates near Kupiansk; returns its id."""
    row = SettlementRow(
        new_id(), name=name, lat=lat, lon=lon, hromada=hromada, raion="Куп'янський", sort_key=name.casefold()
    )
    with session.act("seed") as act:
        stores.settlements.add(act.db, [row._replace(**more)])
    return row.id


def add_hubs(session: Session) -> None:
    """A base and a transit centre in Kharkiv."""
    for name, kind in (("База", DestinationKind.BASE), ("Транзитний центр", DestinationKind.TRANSIT)):
        fleet.save_destination(session, Destination(None, name, kind, lat=KHARKIV[0], lon=KHARKIV[1]))


def add_household(
    session: Session,
    surname: str = "Коваль",
    settlement: str = "Подоли",
    people: int = 2,
    children: int = 0,
    decision: Decision = Decision.PACKED,
    *,
    needs: Sequence[Need] = (),
    phone: str = "",
    street: str = "вул. Садова",
    house: str = "1",
    wants_on: date | None = None,
    requested_at: datetime | None = None,
    note: str = "",
    part_stays: bool = False,
) -> str:
    """A family: adults first, then children (10 years old), with `needs` on the first; returns its id.

    `settlement` is that of the register with this name, or text that nobody has resolved.
    """
    members = [_member(surname, at, at >= people - children, needs if at == 0 else ()) for at in range(people)]
    known = settlement_id(session, settlement)
    draft = HouseholdDraft(
        settlement_id=known,
        settlement_text=settlement,
        address=Address(street, house),
        people=tuple(members),
        contacts=parse_phones(phone) if phone else (),
        decision=decision,
        wants_on=wants_on,
        requested_at=requested_at,
        note=note,
        part_stays=part_stays,
    )
    return households.add_household(session, draft).value


def _member(surname: str, at: int, child: bool, needs: Sequence[Need]) -> MemberDraft:
    relation = Relation.CHILD if child else (Relation.HEAD if at == 0 else Relation.SPOUSE)
    birth = Birth(year=DAY.year - 10) if child else Birth(year=DAY.year - 40)
    return MemberDraft(
        PersonName(surname, GIVEN[at % len(GIVEN)]), birth=birth, relation=relation, needs=frozenset(needs)
    )


def settlement_id(session: Session, name: str) -> str | None:
    with session.reading() as db:
        found = stores.settlements.where(db, name=name)
    return found[0].id if found else None


def add_vehicle(
    session: Session,
    plate: str = "AX0001AA",
    seats: int = 8,
    wheelchair: int = 0,
    stretcher: int = 0,
    *,
    hours: tuple[int, int] | None = (6 * 60, 18 * 60),
    driver: str = "",
    licence: str = "B",
) -> str:
    """A vehicle with a driver of its own; returns its id."""
    start, end = hours or (None, None)
    return fleet.save_vehicle(
        session,
        Vehicle(
            None,
            plate,
            seats=seats,
            wheelchair=wheelchair,
            stretcher=stretcher,
            licence=licence,
            driver=driver or f"Водій {plate}",
            phone="050 700 00 01",
            available_from=start,
            available_until=end,
        ),  # fmt: skip
    ).value


def add_curfew(session: Session, hromada: str, starts: int, ends: int, from_on: date = DAY) -> None:
    fleet.save_curfew(session, Curfew(None, hromada, from_on, None, starts, ends))


def add_pair(session: Session, first_id: str, second_id: str) -> str:
    """An undecided possible duplicate."""
    row = PairRow(new_id(), first_id, second_id, ["phone"])
    with session.act("import") as act:
        stores.pairs.add(act.db, [row])
    return row.id


def decide(session: Session, household_id: str, decision: Decision) -> None:
    decisions.decide(session, household_id, decision)


def decision_of(session: Session, household_id: str) -> Decision:
    return household_card(session, household_id).household.decision


def number_of(session: Session, household_id: str) -> int:
    return household_card(session, household_id).household.number


def person_ids(session: Session, household_id: str) -> list[str]:
    """The members in their order."""
    return [person.id for person in household_card(session, household_id).household.people]


def trips_of(session: Session, day: date = DAY) -> list[TripRow]:
    with session.reading() as db:
        return sorted(stores.trips.where(db, work_on=day), key=lambda trip: trip.number)


def stop_of(session: Session, household_id: str, day: date = DAY) -> StopRow:
    """The household's stop of the day that was not taken off."""
    with session.reading() as db:
        (stop,) = stores.stops.where(db, household_id=household_id, work_on=day, freed=False)
    return stop


def plan(session: Session, day: date = DAY) -> Outcome[SavedPlan]:
    """A quick plan of the day, saved."""
    problem = build_problem(session, day)
    return save_plan(session, day, plan_day(problem, 1, max_iterations=1), problem)


def on_trip(session: Session, vehicle: str, *household_ids: str, day: date = DAY) -> str:
    """One new trip with these households; returns its id."""
    first, *others = household_ids
    trip_id = move_household(session, day, first, NewTrip(vehicle)).value
    assert trip_id is not None
    for household_id in others:
        move_household(session, day, household_id, trip_id)
    return trip_id


def record(session: Session, household_id: str, result: StopResult, **more: object) -> None:
    """The result of the household's stop of the day."""
    record_stop(session, stop_of(session, household_id).id, result, **more)  # type: ignore[arg-type]


def tried_wrongly(folder: Path, times: int, at: datetime) -> None:
    """So many wrong passphrases, the last of them at this moment."""
    (folder / patience.FILE).write_text(json.dumps({"failed": times, "last": at.isoformat()}))
