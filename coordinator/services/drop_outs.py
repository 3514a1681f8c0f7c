"""A vehicle or a driver that cannot come, or only for a part of the day: recorded with the reason, and taken back."""

from __future__ import annotations

from datetime import date

from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import DropOutRow


def drop_out(
    session: Session,
    day: date,
    reason: str,
    *,
    vehicle_id: str | None = None,
    driver_id: str | None = None,
    from_minute: int | None = None,
    until_minute: int | None = None,
) -> Outcome[str]:
    """Either the vehicle or the driver is not to be had on `day`, in these minutes (None: from the start, to the end).

    Its trips stay as they are until somebody solves them: the checker says that they no longer fit. UserError
    "drop_out.reason_missing", "time.order", "vehicle.gone", "driver.gone".
    """
    reason = clean(reason)
    if not reason:
        raise UserError("drop_out.reason_missing")
    if from_minute is not None and until_minute is not None and from_minute >= until_minute:
        raise UserError("time.order")
    with session.act("drop_out") as act:
        row_id = enter_drop_out(
            act, DropOutRow(new_id(), day, vehicle_id, driver_id, from_minute, until_minute, reason)
        )
    return act.outcome(row_id)


def enter_drop_out(act: Act, row: DropOutRow) -> str:
    """As `drop_out`, inside an action."""
    act.describe(name=_name(act, row), day=row.work_on.isoformat())
    stores.drop_outs.add(act.db, [row])
    act.touch(Touched.SCHEDULE | Touched.FLEET)
    return row.id


def lift_drop_out(session: Session, drop_out_id: str) -> Outcome[None]:
    """It can come after all. UserError "drop_out.gone"."""
    with session.act("lift_drop_out") as act:
        row = stores.drop_outs.get(act.db, drop_out_id)
        if row is None:
            raise UserError("drop_out.gone")
        act.describe(name=_name(act, row), day=row.work_on.isoformat())
        stores.drop_outs.remove(act.db, [drop_out_id])
        act.touch(Touched.SCHEDULE | Touched.FLEET)
    return act.outcome(None)


def _name(act: Act, row: DropOutRow) -> str:
    """The plate or the driver's name."""
    if row.vehicle_id is not None:
        vehicle = stores.vehicles.get(act.db, row.vehicle_id)
        if vehicle is None:
            raise UserError("vehicle.gone")
        return vehicle.plate
    driver = stores.drivers.get(act.db, row.driver_id or "")
    if driver is None:
        raise UserError("driver.gone")
    return driver.name
