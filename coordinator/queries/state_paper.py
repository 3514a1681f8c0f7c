"""The whole register by settlement, street and house, for the day the power goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Household, children_among
from coordinator.domain.memory import remembered
from coordinator.domain.names import sort_key
from coordinator.domain.person import Need, Person
from coordinator.domain.phones import show_phone
from coordinator.domain.schedule import Load
from coordinator.paper_content import StateHousehold, StatePaper, StateSettlement, StateStreet, StateVehicle
from coordinator.queries.day_records import head_of, phones_of
from coordinator.queries.fleet import load_vehicles
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.session import Session
from db import queries, stores
from db.connection import Database
from db.rows import SettlementRow


def state_paper(session: Session, day: date) -> StatePaper:
    """Every household with its decision; ages and who is still at home as of `day`. It stays in the centre."""
    with session.reading() as db:
        households = load_households(db, [brief.id for brief in queries.households_with_places(db)])
        places = {row.id: row for row in stores.settlements.all(db)}
        presence = Presence.on(db, None, day)
        vehicles = _vehicles(db)
    return StatePaper(
        register_name=session.name,
        printed_at=session.clock(),
        settlements=tuple(_settlements(households, places, presence, day)),
        vehicles=vehicles,
        training=session.training,
    )


_sorting = remembered(sort_key, 10_000)
"""Settlements, streets and house numbers repeat."""


def _settlements(
    households: Iterable[Household], places: dict[str, SettlementRow], presence: Presence, day: date
) -> Iterable[StateSettlement]:
    def place_of(household: Household) -> tuple[str, str, str]:
        """Sorted by name; the hromada tells namesakes apart. What is not known stands last."""
        row = places.get(household.settlement_id or "")
        name = row.name if row else household.settlement_text
        return (_sorting(name) if name else "\uffff", name, row.hromada if row else "")

    for (_key, name, hromada), group in groupby(sorted(households, key=place_of), key=place_of):
        yield StateSettlement(name, hromada, tuple(_streets(group, presence, day)))


def _streets(households: Iterable[Household], presence: Presence, day: date) -> Iterable[StateStreet]:
    def street_of(household: Household) -> tuple[str, str]:
        return (_sorting(household.address.street) or "\uffff", household.address.street)

    def house_of(household: Household) -> tuple[tuple[str, str], str, str, int]:
        address = household.address
        return (street_of(household), _sorting(address.house), _sorting(address.flat), household.number)

    for (_key, name), group in groupby(sorted(households, key=house_of), key=street_of):
        yield StateStreet(name, tuple(_line(household, presence, day) for household in group))


def _line(household: Household, presence: Presence, day: date) -> StateHousehold:
    people = _counted(household, presence)
    return StateHousehold(
        number=household.number,
        address=_house(household),
        decision=household.decision,
        people=len(people),
        children=children_among(people, day),
        wants_on=household.wants_on,
        contact_name=head_of(household).full,
        phones=phones_of(household),
        needs=tuple(need for need in Need for person in people if need in person.needs),
        pets=household.pets,
        note=household.note,
        apart=_apart(household, people, day) if household.differs else (),
    )


def _apart(household: Household, people: Iterable[Person], day: date) -> tuple[tuple[Decision, int, int], ...]:
    standing: dict[Decision, list[Person]] = {}
    for person in people:
        standing.setdefault(household.stands(person), []).append(person)
    return tuple((code, len(found), children_among(found, day)) for code, found in standing.items())


def _counted(household: Household, presence: Presence) -> tuple[Person, ...]:
    """Who is still at home; of a household that has left, all of it."""
    return household.people if household.decision in GONE else presence.of(household)


def _house(household: Household) -> str:
    """House and flat; the address as it was written where they are not known apart."""
    address = household.address
    if not address.house:
        return "" if address.street and address.text == address.street else address.text
    return address.line.removeprefix(f"{address.street}, ") if address.street else address.line


def _vehicles(db: Database) -> tuple[StateVehicle, ...]:
    return tuple(
        StateVehicle(
            plate=", ".join(part for part in (vehicle.plate, vehicle.model) if part),
            places=Load(vehicle.seats, vehicle.wheelchair, vehicle.stretcher),
            driver=vehicle.driver,
            phone=show_phone(vehicle.phone) if vehicle.phone.startswith("+") else vehicle.phone,
            note=vehicle.note,
        )
        for vehicle in load_vehicles(db)
        if vehicle.active
    )
