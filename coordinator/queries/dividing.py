"""The proposal how a family that no vehicle takes in one piece could be divided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.dividing import two_parts
from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.queries.day_records import read_day
from coordinator.queries.problem import Scene, capacity_of, rules_of
from coordinator.session import Session


@dataclass(frozen=True, slots=True)
class Division:
    """Who goes first and who in another trip; the record of the first keeps its number."""

    household_id: str
    number: int
    first: tuple[Person, ...]
    second: tuple[Person, ...]


def proposed_division(session: Session, day: date, household_id: str) -> Division | None:
    """None where a child would be parted from its adult. UserError "household.gone"."""
    rules = rules_of(session)
    with session.reading() as db:
        records = read_day(db, day, [household_id])
        if household_id not in records.households:
            raise UserError("household.gone")
        household, scene = records.households[household_id], Scene.of(db, records, rules)
    layouts = [
        layout
        for vehicle in records.vehicles.values()
        if vehicle.active
        for layout in (capacity_of(vehicle), *records.layouts.get(vehicle.id, ()))
    ]

    def fits(people: Sequence[Person]) -> bool:
        return any(scene.load(household, people).fits(layout) for layout in layouts)

    parts = two_parts(records.going(household_id), day, fits)
    return Division(household_id, household.number, *parts) if parts else None
