"""The sheet that a driver lays beside the printed list: where not to go, new stops, what changed, the order now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from coordinator.paper_changes import Kind, ListChanges, StopChange, What
from coordinator.paper_content import PaperStop, PickupList
from resources.i18n import _
from ui.paper import change_words, words
from ui.paper.furniture import SECTION, blank, boxed, heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import (
    HEAVY,
    NORMAL,
    Box,
    Mark,
    Piece,
    Run,
    Stroke,
    beside,
    gap,
    glued,
    inset,
    labelled,
    paragraph,
    said,
)
from ui.paper.stop import stop_block
from ui.paper.table import Cell, Columns
from ui.paper.typeface import BODY, STRONG, Style, mm

PAPER = Format()
LARGE, LARGE_BODY = Style(13, bold=True), Style(13)
SIGN = mm(6)
SIGN_COLUMN = mm(14)
PAD = mm(2)


def difference_document(sheets: Iterable[ListChanges]) -> Document:
    """A sheet a list, each with its own page numbers."""
    given = [_sheet(changes) for changes in sheets] or [_nothing()]
    return compose(_("Changes to pickup lists"), PAPER, given)


def _name(changes: ListChanges) -> str:
    old, new = changes.old, changes.new
    name = _("Changes to list {number}: version {new} instead of {old}")
    if new.draft:
        name = _("DRAFT: changes to list {number} since version {old}")
    return name.format(number=new.number, old=old.version, new=new.version)


def _sheet(changes: ListChanges) -> Sheet:
    width, new = PAPER.inner, changes.new
    about = " · ".join(part for part in (words.short_day(new.day), new.vehicle, new.driver) if part)
    phone = _("Coordinator: {phone}").format(phone=glued(new.coordinator_phone)) if new.coordinator_phone else ""
    watermark = _("SAMPLE") if new.training else _("DRAFT") if new.draft else ""
    return Sheet(
        blocks=list(_blocks(changes, width)),
        head=page_head(
            width, _name(changes), about, _("printed {when}").format(when=words.moment(new.printed_at)),
            sample=new.training,
        ),
        foot=page_foot(width, _("Keep it with the list. Return or destroy after the trip."), phone),
        watermark=watermark,
    )  # fmt: skip


def _nothing() -> Sheet:
    width = PAPER.inner
    return Sheet(
        blocks=[heading(_("No printed list has changed."), width)],
        head=page_head(width, _("Changes to pickup lists"), "", "", sample=False),
        foot=page_foot(width, _("Keep it with the list. Return or destroy after the trip.")),
    )


def _blocks(changes: ListChanges, width: float) -> Iterator[Block]:
    new = changes.new
    yield title(_("CHANGES: list {number}").format(number=new.number), words.long_day(new.day), width)
    if changes.void:
        yield _void(width)
        yield _told(width)
        return
    if changes.list:
        yield _of_the_list(changes, width)
    yield from _section(_("DO NOT GO THERE"), changes.of(Kind.REMOVED), width, _removed)
    yield from _section(_("NEW STOPS"), changes.of(Kind.NEW), width, _new)
    yield from _section(_("CHANGED STOPS"), [one for one in changes.of(Kind.CHANGED) if _details(one)], width, _changed)
    yield from _order_now(changes, width)
    yield _told(width)


def _details(change: StopChange) -> list[What]:
    """What is not told by the table of the order: a stop that is only earlier or later needs no more words."""
    return [what for what in change.what if what not in (What.TIME, What.ORDER)]


def _void(width: float) -> Block:
    words_ = [
        *paragraph(said(_("THIS LIST IS VOID"), Style(24, bold=True)), width - 2 * PAD),
        *paragraph(
            said(_("The trip was given up. Do not set out. Return or destroy the list."), LARGE), width - 2 * PAD
        ),
    ]
    block = boxed(inset(words_, PAD), width, name="void")
    return Block(block.strips, name="void", frame=block.frame, after=mm(4))


def _of_the_list(changes: ListChanges, width: float) -> Block:
    inner = width - 2 * PAD
    lines: list[Piece] = []
    for what in changes.list:
        lines += paragraph(_before_after(*change_words.of_list(changes, what), LARGE), inner, indent=mm(4))
    block = boxed(inset(lines, PAD), width, name="head of the list")
    return Block(block.strips, name="head of the list", frame=block.frame, after=mm(3))


def _before_after(name: str, before: str, after: str, style: Style) -> list[Run]:
    """ "Time: was 09:03–09:23, now 10:00–10:15", the latter bold. The shipped type has no arrow."""
    plain = LARGE_BODY if style is LARGE else BODY
    told = _("{what}: was {before}, now {value}").format(what=name, before=before, value="{value}")
    start, _mark, end = told.partition("{value}")
    return [(start, plain), (after, style), (end, plain)]


def _section(
    caption: str, found: Sequence[StopChange], width: float, draw: Callable[[StopChange, float], Block]
) -> Iterator[Block]:
    if not found:
        return
    yield heading(f"{caption} ({len(found)})", width, before=mm(1), after=mm(1.5))
    for change in found:
        yield draw(change, width)


def _removed(change: StopChange, width: float) -> Block:
    """A crossed box, and only what is needed to strike the stop out on the list."""
    stop = change.before
    assert stop is not None
    inner = width - SIGN_COLUMN - PAD
    order = _("stop {order}").format(order=stop.order)
    named = f"{order}  {words.household(stop.household_number)}"
    lines = paragraph([(named, LARGE), (f"  {change_words.place(stop)}", LARGE_BODY)], inner)

    def frame(height: float) -> list[Mark]:
        top = (height - SIGN) / 2.0
        left = (SIGN_COLUMN - SIGN) / 2
        return [
            Box(0.0, 0.0, width, height, NORMAL),
            Box(left, top, SIGN, SIGN, NORMAL),
            Stroke(left, top, left + SIGN, top + SIGN, HEAVY),
            Stroke(left, top + SIGN, left + SIGN, top, HEAVY),
        ]

    return Block(
        (gap(mm(1)), *inset(lines, SIGN_COLUMN), gap(mm(1))), name=f"removed {stop.household_number}", frame=frame,
        after=mm(2),
    )  # fmt: skip


def _new(change: StopChange, width: float) -> Block:
    """All that the list says of a stop: its old version says nothing."""
    assert change.after is not None
    return stop_block(change.after, width)


def _changed(change: StopChange, width: float) -> Block:
    stop = change.after
    assert stop is not None
    inner = width - SIGN_COLUMN - PAD
    lines = paragraph([(words.household(stop.household_number), LARGE), (f"  {change_words.place(stop)}", BODY)], inner)
    for what in _details(change):
        name, before, after = change_words.of_stop(change, what)
        # Where to go now is enough: the place before stands on the list.
        said_ = labelled(f"{name}: {{value}}", after, LARGE) if what is What.PLACE else None
        lines += paragraph(said_ or _before_after(name, before, after, LARGE), inner, indent=mm(4))
    order = paragraph(said(str(stop.order), Style(18, bold=True)), SIGN_COLUMN)

    def frame(height: float) -> list[Mark]:
        return [Box(0.0, 0.0, width, height, NORMAL)]

    strips = beside([(PAD, order), (SIGN_COLUMN, lines[:1])]) + inset(lines[1:], SIGN_COLUMN)
    return Block((gap(mm(0.6)), *strips, gap(mm(1))), name=f"changed {stop.household_number}", frame=frame, after=mm(2))


def _order_now(changes: ListChanges, width: float) -> Iterator[Block]:
    """Every stop in its order, in a line each: what the driver ticks off on the list goes by it from now on."""
    new: PickupList = changes.new
    columns = Columns.of(width, 11, 31, 19, 84, 41)
    above = [*paragraph(said(_("THE ORDER NOW"), SECTION), width), gap(mm(1))]
    head = columns.head((_("No."), _("Time"), _("Number"), _("Where"), _("On the old list")), above)
    yield head
    by_number = {change.number: change for change in changes.stops}
    old = {stop.household_number: stop for stop in changes.old.stops}
    for stop in new.stops:
        cells = _order_cells(stop, by_number.get(stop.household_number), old.get(stop.household_number))
        yield columns.row(cells, name=f"order {stop.order}", running=head)
    total = _("Total: {value}")
    yield text_block(labelled(total, words.people(new.totals.people)), width, before=mm(1), after=mm(3))


def _order_cells(stop: PaperStop, change: StopChange | None, was: PaperStop | None) -> list[Cell]:
    note: Cell = [said(_("NEW"), STRONG)]
    if was is not None:
        place = _("no. {n}").format(n=was.order)
        if was.window != stop.window:
            place += f", {glued(words.window(was.window))}"
        note = [said(place)]
        if change is not None and _details(change):
            note = [said(place), said(_("CHANGED"), STRONG)]
    return [
        [said(str(stop.order), LARGE)],
        [said(glued(words.window(stop.window)), LARGE)],
        [said(str(stop.household_number))],
        [said(change_words.place(stop))],
        note,
    ]


def _told(width: float) -> Block:
    columns = Columns.of(width, 1, 1)
    half = columns.widths[0] - mm(4)
    by, at = blank(_("Told to the driver by"), half, mm(25)), blank(_("At"), half, mm(25))
    lines = [gap(mm(2)), *beside([(0.0, by), (columns.widths[0] + mm(4), at)])]
    return Block(tuple(lines), name="told")
