"""What a breakdown changes, household by household, as the proposal shows it."""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.schedule import LeftOver
from coordinator.queries.rescue import Moved, Rescue
from resources.i18n import N_, _
from resources.messages import sentence
from ui import texts
from ui.tables.columns import Column
from ui.widgets.schedule import words
from ui.widgets.schedule.reading import DayView


@dataclass(frozen=True, slots=True)
class MovedLine:
    household_id: str
    who: str
    people: int
    before: str
    after: str
    arrive: int
    left: bool


def moved_lines(view: DayView, rescue: Rescue) -> list[MovedLine]:
    """Those left over first, then by the hour at which they were to be fetched."""
    left = {one.household_id: one for one in rescue.left}
    lines = [_line(view, rescue, one, left.get(one.household_id)) for one in rescue.moved]
    return sorted(lines, key=lambda line: (not line.left, line.arrive, line.who))


def _line(view: DayView, rescue: Rescue, moved: Moved, left: LeftOver | None) -> MovedLine:
    household = view.lines[moved.household_id]
    plates = {vehicle.id: vehicle.plate for vehicle in view.vehicles}
    before = rescue.base.trips[moved.trip_before]
    if moved.trip_after is None or moved.arrive_after is None:
        after = _("Left over: {why}").format(why=sentence(left.key, left.facts) if left else words.head(""))
    else:
        plate = plates.get(rescue.draft.trips[moved.trip_after].vehicle_id, "")
        new = moved.trip_after in rescue.new
        text = _("{time}, {plate} (new trip)") if new else _("{time}, {plate}")
        after = text.format(time=texts.minute(moved.arrive_after), plate=plate)
    was = _("{time}, {plate}").format(time=texts.minute(moved.arrive_before), plate=plates.get(before.vehicle_id, ""))
    return MovedLine(
        moved.household_id, f"{household.number}  {words.head(household.head)}", household.people, was, after,
        moved.arrive_before, moved.trip_after is None,
    )  # fmt: skip


COLUMNS: tuple[Column[MovedLine], ...] = (
    Column("who", N_("Household"), lambda line: line.who, width=24),
    Column("people", N_("People"), lambda line: str(line.people), sort=lambda line: line.people, width=8, right=True),
    Column("before", N_("Was"), lambda line: line.before, sort=lambda line: line.arrive, width=18),
    Column(
        "after", N_("Will be"), lambda line: line.after, width=30,
        icon=lambda line: "warning" if line.left else "", mark=lambda line: "danger" if line.left else "",
    ),
)  # fmt: skip
