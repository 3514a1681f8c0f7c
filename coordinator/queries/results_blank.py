"""The rows of the blank results sheet, in the order of the paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from coordinator.domain.person import Person
from coordinator.domain.trip import TripStatus, list_number
from coordinator.exchange.results_sheet import BlankRow
from coordinator.queries.day_records import DayRecords, head_of, read_day
from coordinator.queries.papers import printed_orders
from coordinator.session import Session
from db.rows import StopRow, TripRow
from resources.i18n import _

LINES_FOR_MET = 3


def results_blank(session: Session, day: date, trip_ids: Collection[str] | None = None) -> list[BlankRow]:
    """For each list of the day: its stops, lines for people met on the way, and "trip arrived".

    Stops stand as on the list that was printed last, however the trip was changed since; new ones come after them.
    """
    with session.reading() as db:
        records = read_day(db, day)
        orders = printed_orders(db, [trip.id for trip in records.trips])
    wanted = (trip for trip in records.trips if trip_ids is None or trip.id in trip_ids)
    return [
        row
        for trip in wanted
        if trip.status != TripStatus.CANCELLED
        for row in _rows(records, trip, orders.get(trip.id, {}))
    ]


def _rows(records: DayRecords, trip: TripRow, printed: Mapping[int, int]) -> Iterator[BlankRow]:
    number = list_number(trip.work_on, trip.number)
    last = max(printed.values(), default=0)
    placed = []
    for stop in records.stops[trip.id]:
        order = printed.get(records.households[stop.household_id].number)
        last += order is None
        placed.append((order or last, stop))
    for order, stop in sorted(placed, key=lambda one: one[0]):
        yield _stop(records, number, order, stop)
    for _line in range(LINES_FOR_MET):
        yield BlankRow(number)
    yield BlankRow(number, arrival=True)


def _stop(records: DayRecords, number: str, order: int, stop: StopRow) -> BlankRow:
    household, place = records.households[stop.household_id], records.place(stop.household_id)
    people = records.expected(stop)
    return BlankRow(
        list_number=number,
        stop=order,
        household=household.number,
        who=head_of(household).full,
        settlement=place.name if place else household.settlement_text,
        address=household.address.line,
        people=len(people),
        members="; ".join(f"{person.position} {_name(person)}" for person in people),
    )


def _name(person: Person) -> str:
    return person.name.full or _("name not known")
