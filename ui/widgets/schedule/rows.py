"""The rows of the day's trips, ready to show. Made in a worker, so that painting is only a look-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from coordinator.domain.fleet import Vehicle
from coordinator.domain.names import fold
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.paper_content import PaperStop
from coordinator.queries.board import BoardStop, BoardTrip, MetLine
from coordinator.queries.moving import NewTrip
from resources.i18n import N_, _, ngettext
from ui import texts
from ui.paper import change_words
from ui.signs import need_sign
from ui.widgets.schedule import words

COLUMNS = (
    N_("Order, time, phone"), N_("Household, address"), N_("People (children), needs"), N_("Call, result"),
)  # fmt: skip
TIME, WHO, PEOPLE, STATE = range(len(COLUMNS))


class Kind(Enum):
    TRIP = auto()
    REMARK = auto()
    STOP = auto()
    MET = auto()
    FREE = auto()
    VEHICLE = auto()


@dataclass(frozen=True, slots=True)
class Bar:
    """Places taken of those offered, with the words that say the same."""

    taken: int
    offered: int
    words: str

    @property
    def brief(self) -> str:
        """The words where there is less room: "seats 6/8"."""
        return f"{self.words.split()[0]} {self.taken}/{self.offered}"


@dataclass(frozen=True, slots=True)
class Head:
    """What is painted across a trip's row. `badge`: words and kind; `icon` marks a remark or a vehicle."""

    title: str
    time: str = ""
    detail: str = ""
    bars: tuple[Bar, ...] = ()
    badge: tuple[str, str] = ("", "")
    icon: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """Two lines, each with an icon and its role or without."""

    top: str
    below: str = ""
    top_icon: tuple[str, str] = ("", "")
    below_icon: tuple[str, str] = ("", "")

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.top, self.below) if part)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the tree. `spoken` says all of it in one sentence, for screen readers and the tooltip."""

    kind: Kind
    key: str
    spoken: str
    cells: tuple[Cell, ...] = ()
    head: Head | None = None
    trip: BoardTrip | None = None
    stop: BoardStop | None = None
    vehicle: Vehicle | None = None
    household_id: str = ""
    search: str = ""
    children: tuple[Row, ...] = ()


def day_rows(trips: Iterable[BoardTrip], papers: dict[int, PaperStop], vehicles: Iterable[Vehicle]) -> tuple[Row, ...]:
    """Trips grouped by their vehicles in the order of the day, then the vehicles that stand still.

    `papers` by the number of the household: its needs and the escorts of its children.
    """
    shown = list(trips)
    first = {}
    for trip in sorted(shown, key=_given_up_last):
        first.setdefault(trip.vehicle_id, (trip.depart, trip.plate))
    order = sorted(shown, key=lambda t: (_given_up_last(t)[0], first[t.vehicle_id], t.depart, t.number))
    runs: dict[str, int] = {}
    rows = []
    for trip in order:
        runs[trip.vehicle_id] = runs.get(trip.vehicle_id, 0) + 1
        rows.append(trip_row(trip, papers, runs[trip.vehicle_id]))
    busy = {trip.vehicle_id for trip in shown if trip.status is not TripStatus.CANCELLED}
    free = [vehicle for vehicle in vehicles if vehicle.active and vehicle.id not in busy]
    return (*rows, _free_row(free)) if free else tuple(rows)


def _given_up_last(trip: BoardTrip) -> tuple[bool, int]:
    return trip.status is TripStatus.CANCELLED, trip.depart


def trip_row(trip: BoardTrip, papers: dict[int, PaperStop], run: int) -> Row:
    """A trip with its remarks, stops and people met on the way. `run`: which trip of its vehicle this is."""
    driver = trip.driver or _("no driver yet")
    title = " · ".join((words.vehicle(trip.plate, trip.model), driver))
    taken, offered = trip.load, trip.capacity
    bars = [Bar(taken.seats, offered.seats, words.seats(taken, offered))]
    bars.append(Bar(taken.wheelchair, offered.wheelchair, words.wheelchairs(taken, offered)))
    bars.append(Bar(taken.stretcher, offered.stretcher, words.stretchers(taken, offered)))
    detail = [words.stops(len(trip.stops)), words.people(trip.people, trip.children)]
    if run > 1:
        detail.append(_("trip {n} of this vehicle").format(n=run))
    said, kind = words.status(trip)
    head = Head(title, words.span(trip.depart, trip.back), ", ".join(detail), tuple(bars), (said, kind))
    remarks = tuple(_remarks(trip, papers))
    stops = tuple(_stop_row(order, stop, papers.get(stop.household.number)) for order, stop in enumerate(trip.stops, 1))
    met = tuple(_met_row(line, trip) for line in trip.met)
    spoken = [_("Trip {number}").format(number=trip.number), title, head.time, *(bar.words for bar in bars), *detail]
    spoken += [said, *(remark.spoken for remark in remarks)]
    return Row(
        Kind.TRIP, trip.trip_id, ". ".join(spoken), head=head, trip=trip, search=fold(title),
        children=(*remarks, *stops, *met),
    )  # fmt: skip


def _remarks(trip: BoardTrip, papers: dict[int, PaperStop]) -> Iterator[Row]:
    """What needs attention before this trip leaves, the gravest first."""
    lines = [(words.finding(found), "danger") for found in trip.breaches]
    lines += [(text, "warning") for text in _alone(trip, papers)]
    lines += [(words.finding(found), "warning") for found in trip.warnings]
    if trip.override_reason:
        lines.append((_("Done all the same: {reason}").format(reason=trip.override_reason), "info"))
    if trip.changes:
        what = change_words.in_short(trip.changes)
        lines.append((_("Changed since the list was printed: {what}").format(what=what), "warning"))
    if trip.status is TripStatus.CANCELLED:
        told = _("The sheet that says that this list is void was issued.")
        lines = [(_("Tell the driver: the list of this trip is void."), "danger") if trip.changed else (told, "info")]
    for number, (text, kind) in enumerate(lines):
        sign = (kind, "accent" if kind == "info" else kind)
        yield Row(Kind.REMARK, f"{trip.trip_id}/{number}", text, head=Head(text, icon=sign), trip=trip)


def _alone(trip: BoardTrip, papers: dict[int, PaperStop]) -> Iterator[str]:
    if trip.status is TripStatus.ARRIVED:
        return
    for stop in trip.stops:
        paper = papers.get(stop.household.number)
        alone = children_alone(paper) if paper and stop.result is StopResult.OPEN else 0
        if alone:
            text = ngettext(
                "Household {number}: a child travels without an escort. Choose one before printing.",
                "Household {number}: {n} children travel without an escort. Choose one before printing.",
                alone,
            )
            yield text.format(number=stop.household.number, n=alone)


def children_alone(paper: PaperStop) -> int:
    """Children of a stop with no escort and no reason why there is none."""
    return paper.children_alone - sum(1 for child in paper.escorts if child.escort is None and child.reason)


def _stop_row(order: int, stop: BoardStop, paper: PaperStop | None) -> Row:
    line = stop.household
    needs = frozenset(paper.needs) if paper else frozenset()
    needed = texts.needs_line(needs) or words.carried(line.load)
    result, phones = words.what_came(stop), ", ".join(line.phones)
    unescorted = ("warning", "warning") if paper and children_alone(paper) else ("", "")
    cells = (
        Cell(f"{order}.  {words.span(stop.arrive, stop.leave)}", phones),
        Cell(
            f"{line.number}  {words.head(line.head)}", words.place(line),
            below_icon=("place", "muted") if line.estimated else ("", ""),
        ),
        Cell(
            words.people_short(line.people, line.children), needed, unescorted, (need_sign(needs), "warning"),
        ),
        _state(stop),
    )  # fmt: skip
    spoken = [_("Stop {n}").format(n=order), words.span(stop.arrive, stop.leave), words.household(line)]
    spoken += [words.place(line), words.people(line.people, line.children), needed, words.call(line.notice)]
    spoken += [result or words.result(stop.result), stop.note, phones]
    if line.estimated:
        spoken.append(_("the place is only an estimate"))
    said = ". ".join(part for part in spoken if part)
    search = fold(f"{said} {words.digits(line.phones)}")
    return Row(Kind.STOP, stop.stop_id, said, cells, stop=stop, household_id=line.household_id, search=search)


def _state(stop: BoardStop) -> Cell:
    """What came of the call; once there is a result it stands first."""
    notice = stop.household.notice
    called = words.call(notice), words.CALL_SIGNS[notice] if notice else ("", "")
    result = words.what_came(stop)
    if not result:
        return Cell(called[0], top_icon=called[1])
    return Cell(result, called[0] if notice else "", words.RESULT_SIGNS[stop.result], called[1])


def _met_row(met: MetLine, trip: BoardTrip) -> Row:
    who = f"{met.number}  {words.head(met.head)}"
    came = _("Met on the way")
    cells = (
        Cell("+"), Cell(who, came), Cell(words.people_short(met.people, met.children)),
        Cell(words.result(StopResult.BOARDED), top_icon=words.RESULT_SIGNS[StopResult.BOARDED]),
    )  # fmt: skip
    said = ". ".join((came, who, words.people(met.people, met.children)))
    return Row(
        Kind.MET, f"{trip.trip_id}+{met.household_id}", said, cells, trip=trip, household_id=met.household_id,
        search=fold(said),
    )  # fmt: skip


def _free_row(vehicles: list[Vehicle]) -> Row:
    text = ngettext("{n} vehicle without a trip", "{n} vehicles without a trip", len(vehicles)).format(n=len(vehicles))
    return Row(Kind.FREE, "free", text, head=Head(text), children=tuple(_vehicle_row(one) for one in vehicles))


def _vehicle_row(vehicle: Vehicle) -> Row:
    title = words.vehicle(vehicle.plate, vehicle.model)
    detail = [words.places(vehicle.capacity), vehicle.driver or _("no driver yet")]
    if vehicle.available_from is not None and vehicle.available_until is not None:
        detail.append(words.span(vehicle.available_from, vehicle.available_until))
    head = Head(title, detail=", ".join(detail), icon=("fleet", "muted"))
    said = ". ".join((title, *detail))
    return Row(Kind.VEHICLE, f"vehicle {vehicle.id}", said, head=head, vehicle=vehicle, search=fold(said))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a household can be put: a trip, a new trip of a vehicle, or (None) off its trip; and at which stop."""

    target: str | NewTrip | None
    position: int | None = None
