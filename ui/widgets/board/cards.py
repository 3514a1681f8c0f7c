"""The cards of the board, ready to paint. Made in a worker; while a card is moved one lane is made anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from coordinator.domain.fleet import Vehicle
from coordinator.domain.names import fold
from coordinator.domain.schedule import ANY_SPACE
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.paper_content import PaperStop
from coordinator.queries.board import BoardStop, BoardTrip, MetLine
from resources.i18n import _
from ui import texts
from ui.signs import need_sign
from ui.widgets.schedule import words
from ui.widgets.schedule.rows import Bar, children_alone

Papers = Mapping[int, PaperStop]
Sign = tuple[str, str]


class CardKind(Enum):
    TRIP = auto()
    STOP = auto()
    MET = auto()
    NEW = auto()


@dataclass(frozen=True, slots=True)
class Card:
    """Three lines: `top` with `aside` at its right end, `middle`, and `below` or the `bars`.

    `tone`: "danger" where it breaks a rule, "warning", "faint" where it came to nothing. `held`: the card that is being
    moved, at the place where it would be put. `spoken` says all of it, for screen readers and the tooltip.
    """

    kind: CardKind
    key: str
    spoken: str
    top: str
    aside: str = ""
    middle: str = ""
    below: str = ""
    signs: tuple[Sign, ...] = ()
    bars: tuple[Bar, ...] = ()
    tone: str = ""
    held: bool = False
    trip: BoardTrip | None = None
    stop: BoardStop | None = None
    vehicle_id: str = ""
    search: str = ""

    @property
    def household_id(self) -> str:
        return self.stop.household.household_id if self.stop is not None else ""

    @property
    def movable(self) -> bool:
        """A household that is not on board, on a trip that is not back."""
        open_stop = self.stop is not None and self.stop.result is StopResult.OPEN
        return open_stop and self.trip is not None and self.trip.status is not TripStatus.ARRIVED


@dataclass(frozen=True, slots=True)
class Lane:
    """A vehicle's column. `note`: how many trips it has, that it stands still, or (`out`) that it dropped out."""

    vehicle_id: str
    title: str
    detail: str
    note: str
    cards: tuple[Card, ...]
    out: bool = False

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.title, self.detail, self.note) if part)


def lanes_of(
    trips: Sequence[BoardTrip], papers: Papers, vehicles: Iterable[Vehicle], outs: Mapping[str, str] | None = None
) -> tuple[Lane, ...]:
    """Vehicles in the order in which they leave, then those that stand still.

    `papers` by the number of the household; `outs`: what is said of vehicles that dropped out, by vehicle.
    """
    known = {vehicle.id or "": vehicle for vehicle in vehicles}
    by_vehicle: dict[str, list[BoardTrip]] = {}
    for trip in sorted(trips, key=lambda trip: (trip.status is TripStatus.CANCELLED, trip.depart, trip.number)):
        by_vehicle.setdefault(trip.vehicle_id, []).append(trip)
    idle = [key for key, vehicle in known.items() if vehicle.active and key not in by_vehicle]
    return tuple(
        lane_of(key, by_vehicle.get(key, ()), papers, known.get(key), (outs or {}).get(key, ""))
        for key in (*by_vehicle, *idle)
    )


def lane_of(
    vehicle_id: str, trips: Sequence[BoardTrip], papers: Papers, vehicle: Vehicle | None, out: str = "", held: str = ""
) -> Lane:
    """`held`: the household that is being moved."""
    cards = [card for trip in trips for card in trip_cards(trip, papers, held)]
    title = words.vehicle(vehicle.plate, vehicle.model) if vehicle else trips[0].plate
    driver = next((trip.driver for trip in trips if trip.driver), vehicle.driver if vehicle else "")
    detail = [driver or _("no driver yet")]
    if vehicle is not None:
        detail.append(words.places(vehicle.capacity))
        if vehicle.active:
            cards.append(_new(vehicle_id, title))
    live = sum(1 for trip in trips if trip.status is not TripStatus.CANCELLED)
    note = out or (texts.trips(live) if live else _("stands still"))
    return Lane(vehicle_id, title, ", ".join(detail), note, tuple(cards), bool(out))


def trip_cards(trip: BoardTrip, papers: Papers, held: str = "") -> list[Card]:
    """The trip's own card, then its stops, then those met on the way. One given up has no stops any more."""
    cards = [_trip(trip)]
    if trip.status is not TripStatus.CANCELLED:
        cards += [
            _stop(order, stop, trip, papers.get(stop.household.number), held=stop.household.household_id == held)
            for order, stop in enumerate(trip.stops, start=1)
        ]
        cards += [_met(met, trip) for met in trip.met]
    return cards


def _trip(trip: BoardTrip) -> Card:
    title = _("Trip {number}").format(number=trip.number) if trip.number else _("New trip")
    time = words.span(trip.depart, trip.back) if trip.depart or trip.back else ""
    said, tone = words.status(trip)
    breaches, warnings = ([words.finding(one) for one in some] for some in (trip.breaches, trip.warnings))
    remark = next(iter([*breaches, *warnings]), said)
    if breaches:
        tone = "danger"
    elif warnings and tone != "danger":
        tone = "warning"
    signs = [("pin", "accent")] if trip.pinned else []
    if breaches or warnings:
        signs.append(("danger", "danger") if breaches else ("warning", "warning"))
    over = trip.status is TripStatus.CANCELLED
    bars = () if over else bars_of(trip)
    spoken = [title, time, said, _("pinned") if trip.pinned else "", *(bar.words for bar in bars), *breaches, *warnings]
    if trip.override_reason:
        spoken.append(_("Done all the same: {reason}").format(reason=trip.override_reason))
    if over:
        spoken.append(_("Tell the driver: the list of this trip is void."))
    return Card(
        CardKind.TRIP, trip.trip_id, _joined(spoken), title, time, remark, signs=tuple(signs), bars=bars,
        below=_("Tell the driver: the list of this trip is void.") if over else "",
        tone=tone if tone in ("danger", "warning") else "", trip=trip, vehicle_id=trip.vehicle_id, search=fold(title),
    )  # fmt: skip


def bars_of(trip: BoardTrip) -> tuple[Bar, ...]:
    """Seats, and what else is taken or offered. People only get on, so a trip is fullest when it turns back."""
    load, room = trip.load, trip.capacity
    bars = [Bar(load.seats, room.seats, words.seats(load, room))]
    if load.wheelchair or room.wheelchair:
        bars.append(Bar(load.wheelchair, room.wheelchair, words.wheelchairs(load, room)))
    if load.stretcher or room.stretcher:
        bars.append(Bar(load.stretcher, room.stretcher, words.stretchers(load, room)))
    if room.space < ANY_SPACE:
        text = _("luggage {taken} of {places}").format(taken=load.space, places=room.space)
        bars.append(Bar(load.space, room.space, text))
    return tuple(bars)


def _stop(order: int, stop: BoardStop, trip: BoardTrip, paper: PaperStop | None, *, held: bool) -> Card:
    line = stop.household
    needs = frozenset(paper.needs) if paper else frozenset()
    needed = texts.needs_line(needs) or words.carried(line.load)
    own = [one for one in trip.findings if one.household_id == line.household_id]
    breaches = [words.finding(one) for one in own if not one.warning]
    people, came = words.people(line.people, line.children), words.what_came(stop)
    override = _("Done all the same: {reason}").format(reason=stop.override_reason) if stop.override_reason else ""
    alone = paper is not None and stop.result is StopResult.OPEN and children_alone(paper) > 0
    spoken = [
        _("Stop {n}").format(n=order), words.span(stop.arrive, stop.leave), words.household(line), words.place(line),
        people, needed, came or words.call(line.notice), _("pinned") if stop.pinned else "",
        *(words.finding(one) for one in own), override, _("a child travels without an escort") if alone else "",
        _("the place is only an estimate") if line.estimated else "", ", ".join(line.phones),
    ]  # fmt: skip
    faint = stop.result not in (StopResult.OPEN, StopResult.BOARDED)
    who = came or (f"{people} · {needed}" if needed else people)
    return Card(
        CardKind.STOP, stop.stop_id, _joined(spoken), words.span(stop.arrive, stop.leave), f"№ {line.number}",
        words.place(line), next(iter([*breaches, *([override] if override else [])]), who),
        _signs(stop, need_sign(needs), alone=alone, override=bool(override)),
        tone="danger" if breaches else "faint" if faint else "", held=held, trip=trip, stop=stop,
        vehicle_id=trip.vehicle_id, search=fold(f"{_joined(spoken)} {words.digits(line.phones)}"),
    )  # fmt: skip


def _signs(stop: BoardStop, need: str, *, alone: bool, override: bool) -> tuple[Sign, ...]:
    line = stop.household
    load = line.load
    need = need or ("stretcher" if load.stretcher else "wheelchair" if load.wheelchair else "")
    call = words.CALL_SIGNS[line.notice] if line.notice else ("", "")
    result = words.RESULT_SIGNS[stop.result]
    signs = (
        ("pin", "accent") if stop.pinned else ("", ""),
        (need, "warning"),
        ("child", "accent") if line.children else ("", ""),
        ("warning", "warning") if alone else ("", ""),
        ("info", "accent") if override else ("", ""),
        ("place", "muted") if line.estimated else ("", ""),
        ("phone", call[1]) if call[0] else ("", ""),
        result,
    )
    return tuple(sign for sign in signs if sign[0])


def _met(met: MetLine, trip: BoardTrip) -> Card:
    who, came = f"{met.number}  {words.head(met.head)}", _("Met on the way")
    people = words.people(met.people, met.children)
    return Card(
        CardKind.MET, f"{trip.trip_id}+{met.household_id}", _joined([came, who, people]), came, f"№ {met.number}",
        words.head(met.head), people, (words.RESULT_SIGNS[StopResult.BOARDED],), trip=trip,
        vehicle_id=trip.vehicle_id, search=fold(who),
    )  # fmt: skip


def _new(vehicle_id: str, vehicle: str) -> Card:
    text = _("New trip")
    return Card(
        CardKind.NEW, f"new {vehicle_id}", _joined([text, vehicle, _("put a household here")]), text,
        middle=_("put a household here"), signs=(("plus", "muted"),), vehicle_id=vehicle_id,
    )  # fmt: skip


def _joined(parts: Iterable[str]) -> str:
    return ". ".join(part for part in parts if part)
