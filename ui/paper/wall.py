"""The day's trips for the wall of the centre, A3 or A4: no names, no phones, no addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coordinator.day_papers import WallPaper, WallTrip
from coordinator.domain.trip import TripStatus
from resources.i18n import N_, _, ngettext
from ui.paper import words
from ui.paper.furniture import heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import glued, labelled, said
from ui.paper.table import Cell, Columns
from ui.paper.typeface import Style, mm

STATUS = {
    TripStatus.PLANNED: N_("planned"),
    TripStatus.DEPARTED: N_("on the road"),
    TripStatus.ARRIVED: N_("arrived"),
}


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a wall table is set: legible from some steps away on A3."""

    format: Format
    body: Style
    strong: Style
    row: float


A3 = _Size(Format(landscape=True, size="A3"), Style(16), Style(18, bold=True), mm(14))
A4 = _Size(Format(landscape=True), Style(12), Style(13, bold=True), mm(10))


def wall_document(paper: WallPaper) -> Document:
    """On A3."""
    return _document(paper, A3)


def wall_document_a4(paper: WallPaper) -> Document:
    return _document(paper, A4)


def _document(paper: WallPaper, size: _Size) -> Document:
    width, name = size.format.inner, _("Trips of the day")
    sheet = Sheet(
        blocks=list(_blocks(paper, size)),
        head=page_head(
            width, name, words.short_day(paper.day), _("printed {when}").format(when=words.moment(paper.printed_at)),
            sample=paper.training,
        ),
        foot=page_foot(width, _("For the wall of the centre. The schedule on the screen is newer.")),
        watermark=_("SAMPLE") if paper.training else "",
    )  # fmt: skip
    return compose(name, size.format, [sheet])


def _blocks(paper: WallPaper, size: _Size) -> Iterator[Block]:
    width = size.format.inner
    yield title(_("Trips of the day"), words.long_day(paper.day), width)
    if not paper.trips:
        yield heading(_("No trips are planned."), width)
    else:
        yield from _table(paper, size)
    households, people = paper.waiting
    if households:
        waiting = f"{words.households(households)}, {words.people(people)}"
        yield text_block(labelled(_("Ready, and on no trip: {value}"), waiting, size.strong), width, before=mm(2))


def _table(paper: WallPaper, size: _Size) -> Iterator[Block]:
    width = size.format.inner
    columns = Columns.of(width, 12, 37, 28, 33, 73, 45, 42, 38)
    titles = (
        "№", _("Vehicle"), _("Departure"), _("Back at"), _("Where"), _("People (children)"), _("Take people to"),
        _("Now"),
    )  # fmt: skip
    head = columns.head(titles)
    yield head
    for trip in paper.trips:
        yield columns.row(_cells(trip, size), name=f"trip {trip.number}", least=size.row, running=head)
    people = sum(trip.people for trip in paper.trips)
    trips = ngettext("{n} trip", "{n} trips", len(paper.trips)).format(n=len(paper.trips))
    total = f"{trips}, {words.people(people)}"
    yield text_block(labelled(_("Total: {value}"), total, size.strong), width, before=mm(2))


def _cells(trip: WallTrip, size: _Size) -> list[Cell]:
    where = ", ".join(name or _("settlement not known") for name in trip.settlements)
    stops = ngettext("{n} stop", "{n} stops", trip.stops).format(n=trip.stops)
    people: Cell = [said(words.people_short(trip.people, trip.children), size.strong)]
    carried = words.places(0, trip.places.wheelchair, trip.places.stretcher)
    return [
        [said(str(trip.number), size.strong)],
        [said(trip.vehicle or words.NOTHING, size.strong)],
        [said(glued(words.clock(trip.departure)), size.strong)],
        [said(glued(words.clock(trip.back)), size.strong)],
        [said(where or words.NOTHING, size.body), said(stops)],
        [*people, said(carried)] if carried else people,
        [said(trip.destination or words.NOTHING, size.body)],
        [said(_(STATUS.get(trip.status, "")) if trip.status in STATUS else "", size.body)],
    ]
