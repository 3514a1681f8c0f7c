"""The driver's pickup list: one trip, its stops in order, totals, lines for people met on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from coordinator.paper_content import PickupList
from resources.i18n import _, ngettext
from ui.paper import words
from ui.paper.furniture import SECTION, Furniture, blank, boxed, heading, page_foot, page_head, title
from ui.paper.pages import Block, Document, Format, Sheet, compose, pages_needed
from ui.paper.pieces import FINE, NORMAL, Mark, Piece, Stroke, beside, gap, glued, inset, labelled, paragraph, said
from ui.paper.stop import stop_block
from ui.paper.table import PAD, Columns
from ui.paper.typeface import STRONG, Style, mm

PAPER = Format()
FREE_LINES, LEAST_FREE_LINES = 6, 2
LARGE = Style(16, bold=True)


def pickup_document(lists: Iterable[PickupList]) -> Document:
    """All lists, each from a new page and with pages counted of its own."""
    given = list(lists)
    sheets = [sheet for pickup in given for sheet in _copies(pickup)] or [_no_trips()]
    return compose(_("Pickup lists"), PAPER, sheets)


def _copies(pickup: PickupList) -> Iterator[Sheet]:
    """One list as often as somebody gets it; the copies differ in their head alone."""
    sheet: Sheet | None = None
    for place, to in enumerate(pickup.copies):
        sheet = _sheet(pickup) if sheet is None else sheet
        yield replace(sheet, head=_head(pickup, place, to))


def _head(pickup: PickupList, place: int, to: str) -> Furniture:
    about = " · ".join(part for part in (words.short_day(pickup.day), pickup.vehicle, pickup.driver) if part)
    printed = _("printed {when}").format(when=words.moment(pickup.printed_at))
    name = _name(pickup) if pickup.draft else f"{_name(pickup)} · {_copy(pickup, place, to)}"
    return page_head(PAPER.inner, name, about, printed, sample=pickup.training)


def _copy(pickup: PickupList, place: int, to: str) -> str:
    """ "copy 2 of 3, for: the crossing point"."""
    text = _("copy {n} of {m}").format(n=pickup.first_copy + place, m=pickup.first_copy + len(pickup.copies) - 1)
    return _("{copy}, for: {whom}").format(copy=text, whom=to) if to else text


def _name(pickup: PickupList) -> str:
    if pickup.draft:
        return _("DRAFT of pickup list {number}, not issued").format(number=pickup.number)
    return _("Pickup list {number}, version {version}").format(number=pickup.number, version=pickup.version)


def _watermark(pickup: PickupList) -> str:
    if pickup.training:
        return _("SAMPLE")
    return _("DRAFT") if pickup.draft else ""


def _sheet(pickup: PickupList) -> Sheet:
    width = PAPER.inner
    phone = _("Coordinator: {phone}").format(phone=glued(pickup.coordinator_phone)) if pickup.coordinator_phone else ""
    sheet = Sheet(
        blocks=list(_blocks(pickup, width)),
        head=_head(pickup, 0, max(pickup.copies, key=len, default="")),
        foot=page_foot(width, _("Return or destroy after the trip."), phone),
        watermark=_watermark(pickup),
    )
    return _on_fewest_pages(sheet, width)


def _on_fewest_pages(sheet: Sheet, width: float) -> Sheet:
    """The sheet with as many lines for people met as leave no page more than it takes with the fewest."""
    choices = [
        replace(sheet, blocks=[*sheet.blocks, *_end(width, lines)])
        for lines in range(FREE_LINES, LEAST_FREE_LINES - 1, -1)
    ]
    return min(choices, key=lambda choice: pages_needed(choice, PAPER))


def _end(width: float, lines: int) -> list[Block]:
    """What stays together with the totals: nobody signs an empty page."""
    return [_met_on_the_way(width, lines), _signatures(width)]


def _no_trips() -> Sheet:
    width = PAPER.inner
    return Sheet(
        blocks=[heading(_("No trips are planned."), width)],
        head=page_head(width, _("Pickup lists"), "", "", sample=False),
        foot=page_foot(width, _("Return or destroy after the trip.")),
    )


def _blocks(pickup: PickupList, width: float) -> Iterator[Block]:
    yield title(_("Pickup list {number}").format(number=pickup.number), words.long_day(pickup.day), width)
    yield _times(pickup, width)
    yield _crew(pickup, width)
    if not pickup.stops:
        yield heading(_("This trip has no stops."), width)
    for stop in pickup.stops:
        yield stop_block(stop, width)
    yield _totals(pickup, width)


def _times(pickup: PickupList, width: float) -> Block:
    """The three times that the trip hangs on, large."""
    columns = Columns.of(width, 1, 1, 1)
    cells = [
        [said(_("Departure")), said(words.clock(pickup.departure), LARGE)],
        [said(_("Must be out by")), said(words.clock(pickup.must_be_out_by), LARGE)],
        [said(_("Back at")), said(words.clock(pickup.back_at), LARGE)],
    ]
    return Block(
        tuple(columns.strips(cells)), name="times", frame=lambda height: columns.frame(height, NORMAL), keep=True
    )


def _crew(pickup: PickupList, width: float) -> Block:
    columns = Columns.of(width, 1, 1)
    driver = [labelled(_("Driver: {value}"), pickup.driver or words.NOTHING)]
    if pickup.driver_phone:
        driver.append(labelled(_("Driver's phone: {value}"), glued(pickup.driver_phone)))
    left = [labelled(_("Vehicle: {value}"), pickup.vehicle or words.NOTHING), *driver]
    right = [
        labelled(_("Coordinator's phone: {value}"), glued(pickup.coordinator_phone or words.NOTHING)),
        labelled(_("Take people to: {value}"), pickup.destination or words.NOTHING),
        labelled(_("Stops: {value}"), f"{len(pickup.stops)}; {words.people(pickup.totals.people)}"),
    ]
    return Block(tuple(columns.strips([left, right])), name="crew", frame=columns.frame, after=mm(4))


def _totals(pickup: PickupList, width: float) -> Block:
    totals = pickup.totals
    inner = width - 2 * PAD
    stops = ngettext("{n} stop", "{n} stops", totals.stops).format(n=totals.stops)
    lines = paragraph(labelled(_("Total: {value}"), ", ".join((stops, words.people(totals.people))), SECTION), inner)
    makeup = words.makeup(totals.adults, totals.children, totals.people)
    how = words.places(totals.places.seats, totals.places.wheelchair, totals.places.stretcher)
    lines += paragraph(said("; ".join(part for part in (makeup, how) if part), STRONG), inner)
    if totals.luggage:
        lines += paragraph(labelled(_("Luggage: {value}"), words.pieces_of_luggage(totals.luggage)), inner)
    if totals.children_alone:
        text = ngettext("{n} child without an escort", "{n} children without an escort", totals.children_alone)
        lines += paragraph(said(text.format(n=totals.children_alone), SECTION), inner)
    block = boxed(inset(lines, PAD), width, name="totals")
    return Block(block.strips, name="totals", frame=block.frame, keep=True, after=mm(4))


def _met_on_the_way(width: float, lines: int) -> Block:
    """Ruled lines for people who were on no list."""
    columns = Columns.of(width, 74, 18, 74, 18)
    above = [*paragraph(said(_("People met on the way"), SECTION), width), gap(mm(1))]
    names = (_("Name"), _("Age"), _("From: settlement, street"), _("Count"))
    head = columns.strips([[said(name, STRONG)] for name in names])
    lift = sum(piece.height for piece in above)
    row = mm(8.5)

    def frame(height: float) -> list[Mark]:
        marks = columns.frame(height - lift, FINE)
        top = sum(piece.height for piece in head)
        marks += [Stroke(0.0, top + row * n, columns.width, top + row * n, FINE) for n in range(lines)]
        return [mark.moved(0.0, lift) for mark in marks]

    strips = (*above, *head, gap(row * lines))
    return Block(strips, name="met on the way", frame=frame, keep=True, after=mm(3))


def _signatures(width: float) -> Block:
    columns = Columns.of(width, 1, 1)
    half = columns.widths[0] - mm(4)

    def pair(left: str, right: str) -> list[Piece]:
        air = [gap(mm(2.5))]
        return air + beside([(0.0, blank(left, half, mm(25))), (columns.widths[0] + mm(4), blank(right, half, mm(25)))])

    lines = pair(_("People who arrived"), _("Arrived at"))
    lines += pair(_("Driver's signature"), _("List taken back by"))
    return Block(tuple(lines), name="signatures")
