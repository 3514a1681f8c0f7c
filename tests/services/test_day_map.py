"""The map of a day: who remains where, what was hit lately, where the trips go, and what cannot be drawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from coordinator.domain.fleet import OrderKind, ZoneOrder
from coordinator.domain.mercator import project
from coordinator.domain.shelling import Incident, Severity
from coordinator.domain.trip import StopResult
from coordinator.queries.coverage import coverage
from coordinator.queries.day_map import Hits, day_map
from coordinator.services import fleet
from coordinator.services.incidents import record_incident
from coordinator.session import Session
from tests.builders import DAY, KHARKIV, add_household, add_hubs, add_settlement, add_vehicle, on_trip, record

NOW = datetime(2023, 8, 15, 9, 0, tzinfo=UTC)
PODOLY, DVORICHNA = (49.70, 37.70), (49.85, 37.68)


def test_people_remaining_orders_and_what_has_no_place(session: Session) -> None:
    session.clock = lambda: NOW
    town = add_settlement(session, "Подоли", *PODOLY)
    add_settlement(session, "Порожнє", 49.9, 37.9)
    add_settlement(session, "Десь у громаді", 49.9, 37.9, estimated=True)
    lost = add_settlement(session, "Без місця", None, None)
    add_household(session, people=3)
    add_household(session, settlement="Без місця", people=2)
    add_household(session, settlement="Хтозна", people=1)
    fleet.save_zone_order(session, ZoneOrder(None, town, "", OrderKind.FORCED, DAY))

    shown = day_map(session, DAY)
    assert [(one.name, one.remaining) for one in shown.places] == [
        ("Подоли", 3), ("Без місця", 2), ("Хтозна", 1), ("Порожнє", 0),
    ]  # fmt: skip
    first = shown.places[0]
    assert (first.spot, first.order, first.known, first.ready) == (project(*PODOLY), OrderKind.FORCED, 3, 3)
    assert [(one.id, one.name) for one in shown.unplaced] == [(lost, "Без місця"), ("", "Хтозна")]
    assert sum(one.remaining for one in shown.places) == sum(one.remaining for one in coverage(session, DAY))


def test_hits_count_within_the_hours_before_the_end_of_the_day_or_now(session: Session) -> None:
    town = add_settlement(session, "Подоли", *PODOLY)
    session.clock = lambda: NOW + timedelta(days=1)
    old = datetime(2023, 8, 13, 20, 59, tzinfo=UTC)
    late = datetime(2023, 8, 15, 20, 30, tzinfo=UTC)
    for moment, severity, houses in (
        (old, Severity.DESTROYED, 9), (NOW, Severity.NEAR, 2), (late, Severity.DAMAGED, None),
    ):  # fmt: skip
        record_incident(session, Incident(None, town, "вул. Садова", moment, severity, houses))
    # 15.08 ends at 21:00 UTC: 48 hours before it begin a minute after the old hit.
    assert day_map(session, DAY).places[0].hits == Hits(3, Severity.DAMAGED, late)
    session.clock = lambda: NOW
    assert day_map(session, DAY).places[0].hits == Hits(11, Severity.DESTROYED, NOW)


def test_a_trip_goes_from_the_base_over_its_settlements_to_where_it_ends(session: Session) -> None:
    session.clock = lambda: NOW
    add_hubs(session)
    add_settlement(session, "Подоли", *PODOLY)
    add_settlement(session, "Дворічна", *DVORICHNA)
    add_settlement(session, "Без місця", None, None)
    first, second = add_household(session, "Гай"), add_household(session, "Лис")
    far, lost = add_household(session, "Кіт", "Дворічна"), add_household(session, "Рак", "Без місця")
    trip = on_trip(session, add_vehicle(session), first, second, far, lost)
    (line,) = day_map(session, DAY).trips
    hub = project(*KHARKIV)
    assert (line.trip_id, line.missing) == (trip, 1)
    assert line.way[0] == line.way[-1] == hub and set(line.way[1:-1]) == {project(*PODOLY), project(*DVORICHNA)}
    assert len(line.way) == 4
    places = {one.name: one.trips for one in day_map(session, DAY).places}
    assert places["Подоли"] == places["Дворічна"] == places["Без місця"] == (line.number,)
    record(session, first, StopResult.BOARDED)
    assert day_map(session, DAY).trips[0].way == line.way
