"""Alternative layouts of a vehicle as the plain sums that the solver knows.

Where three seats fold into one wheelchair place, seats + 3 x wheelchairs never pass the number of seats. The solver
gets one such sum for each way in which vehicles trade seats, beside the most wheelchair places, stretcher places and
luggage. A sum never refuses what a layout takes; what no layout takes all the same is found by `VehicleDay.takes`.
One more sum for each vehicle that households are pinned to: no other vehicle has places of that kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coordinator.domain.schedule import Load, Pickup, Pin, VehicleDay

Trade = tuple[int, int]
"""Seats given up for a wheelchair place, and for a stretcher place."""


@dataclass(frozen=True, slots=True)
class Places:
    """`trades`: those of the fleet. `most`: more than all pickups take together, for sums that bind other vehicles.

    `pinned`: vehicles that households are pinned to.
    """

    trades: tuple[Trade, ...]
    most: int
    pinned: tuple[str, ...] = ()

    @classmethod
    def of(cls, vehicles: Iterable[VehicleDay], pickups: Iterable[Pickup], pinned: tuple[str, ...] = ()) -> Places:
        trades = tuple(dict.fromkeys(trade_of(vehicle.layouts) for vehicle in vehicles))
        loads = [pickup.load for pickup in pickups]
        most = 1 + max((sum(_sum(load, trade) for load in loads) for trade in trades), default=0)
        return cls(trades, most, pinned)

    def taken(self, load: Load, pin: Pin | None = None) -> list[int]:
        """What a household adds to each sum."""
        own = [int(pin is not None and pin.vehicle_id == vehicle_id) for vehicle_id in self.pinned]
        return [*(_sum(load, trade) for trade in self.trades), load.wheelchair, load.stretcher, load.space, *own]

    def offered(self, vehicle: VehicleDay) -> list[int]:
        """What each sum may be on one trip of a vehicle."""
        layouts = vehicle.layouts
        own = trade_of(layouts)
        seats = [max(_sum(one, own) for one in layouts) if trade == own else self.most for trade in self.trades]
        return [
            *seats,
            max(one.wheelchair for one in layouts),
            max(one.stretcher for one in layouts),
            max(one.space for one in layouts),
            *(self.most if vehicle.vehicle_id == vehicle_id else 0 for vehicle_id in self.pinned),
        ]


def trade_of(layouts: Sequence[Load]) -> Trade:
    """The dearest exchange under which every layout stays within the seats of the first; (0, 0) without a choice."""
    seats = max(one.seats for one in layouts)
    wheelchair = _given_up(seats, layouts, "wheelchair")
    stretcher = _given_up(seats, layouts, "stretcher")
    while any(_sum(one, (wheelchair, stretcher)) > seats for one in layouts):
        stretcher, wheelchair = (stretcher - 1, wheelchair) if stretcher else (stretcher, wheelchair - 1)
    return wheelchair, stretcher


def _given_up(seats: int, layouts: Sequence[Load], kind: str) -> int:
    rates = [(seats - one.seats) // getattr(one, kind) for one in layouts if getattr(one, kind)]
    return min(rates, default=0)


def _sum(load: Load, trade: Trade) -> int:
    return load.seats + trade[0] * load.wheelchair + trade[1] * load.stretcher
