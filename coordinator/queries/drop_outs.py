"""Who cannot come on a day: vehicles and drivers, from when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.session import Session
from db import stores


@dataclass(frozen=True, slots=True)
class CannotCome:
    """`vehicle_id` None: a driver. `name`: plate or driver's name. Minutes None: from the start, to the end."""

    id: str
    vehicle_id: str | None
    name: str
    from_minute: int | None
    until_minute: int | None
    reason: str


def cannot_come(session: Session, day: date) -> tuple[CannotCome, ...]:
    """By the minute from which they are missing."""
    with session.reading() as db:
        rows = stores.drop_outs.where(db, work_on=day)
        vehicles = {
            one.id: one.plate for one in stores.vehicles.where(db, id={r.vehicle_id for r in rows if r.vehicle_id})
        }
        drivers = {one.id: one.name for one in stores.drivers.where(db, id={r.driver_id for r in rows if r.driver_id})}
    names = {**vehicles, **drivers}
    return tuple(
        CannotCome(
            row.id, row.vehicle_id, names.get(row.vehicle_id or row.driver_id or "", "–"), row.from_minute,
            row.until_minute, row.reason,
        )
        for row in sorted(rows, key=lambda row: (row.from_minute or 0, row.id))
    )  # fmt: skip
