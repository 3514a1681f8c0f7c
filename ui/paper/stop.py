"""One stop of a pickup list: what the driver has to know on the left, what comes back on the right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from coordinator.domain.person import Need
from coordinator.paper_content import ChildEscort, PaperStop
from resources.i18n import _, ngettext, pgettext
from ui.paper import words
from ui.paper.furniture import blank, tick
from ui.paper.pages import Block
from ui.paper.pieces import (
    FINE,
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
    stacked,
)
from ui.paper.typeface import BODY, STRONG, Style, advance, baseline, mm

ORDER = Style(18, bold=True)
TIME = Style(14, bold=True)
PLACE = Style(13, bold=True)
PHONE = Style(12, bold=True)
ORDER_WIDTH = mm(13)
TICKS_WIDTH = mm(49)
PAD = mm(2.2)
HANGING = mm(4)


def stop_block(stop: PaperStop, width: float) -> Block:
    """The stop as a block of the given width that no page end cuts."""
    inner = width - ORDER_WIDTH - TICKS_WIDTH - 2 * PAD
    left = ORDER_WIDTH + PAD
    first, *others = inset(list(_told(stop, inner)), left)
    strips = [gap(mm(0.5)), *beside([(0.0, _order(stop)), (0.0, [first])]), *others]

    def frame(height: float) -> list[Mark]:
        ticks = width - TICKS_WIDTH
        return [
            Box(0.0, 0.0, width, height, NORMAL),
            Stroke(ORDER_WIDTH, 0.0, ORDER_WIDTH, height, FINE),
            Stroke(ticks, 0.0, ticks, height, FINE),
        ]

    again = _("Stop {number}, continued").format(number=stop.order)
    return Block(
        strips=tuple(strips),
        name=f"stop {stop.order}",
        lead=_lead(stop, width),
        frame=frame,
        resume=(gap(mm(1.4)), *inset(paragraph(said(again, STRONG), inner), left)),
        after=mm(2.2),
        foot=mm(1.6),
    )


def _order(stop: PaperStop) -> list[Piece]:
    """The order number in the middle of its column, in a size that fits."""
    number = str(stop.order)
    style = ORDER if advance(number, ORDER) < ORDER_WIDTH else STRONG
    return inset(paragraph(said(number, style), ORDER_WIDTH), (ORDER_WIDTH - advance(number, style)) / 2)


def _lead(stop: PaperStop, width: float) -> Piece:
    """The boxes to tick, in their column."""
    air = mm(0.8)
    ticks = stacked(_results(stop, TICKS_WIDTH - 2 * PAD))
    return Piece(ticks.height + 2 * air, ticks.moved(width - TICKS_WIDTH + PAD, air))


def _results(stop: PaperStop, width: float) -> list[Piece]:
    """What came of the stop; of those expected, how many boarded."""
    return [
        *tick(_("boarded"), width, ruled=mm(9), after=f"/ {stop.people}" if stop.people else ""),
        *tick(_("refused"), width),
        *tick(_("not home"), width),
        *tick(_("other"), width, ruled=mm(15)),
        *blank(pgettext("beside a line to write on", "Actual time"), width, mm(15)),
    ]


def _told(stop: PaperStop, width: float) -> Iterator[Piece]:
    yield from _when_and_number(stop, width)
    place: list[Run] = [(stop.settlement or _("settlement not known"), PLACE)]
    if stop.hromada:
        place.append((f", {stop.hromada}", BODY))
    yield from paragraph(place, width, indent=HANGING)
    yield from paragraph(said(stop.street_line or _("address not given"), PLACE), width, indent=HANGING)
    if stop.landmark:
        yield from _line(_("Landmark: {value}"), stop.landmark, width, BODY)
    yield from _contact(stop, width)
    yield gap(mm(0.8))
    yield from _who(stop, width)
    yield from _children(stop, width)
    if stop.pets:
        yield from _line(_("Pets: {value}"), stop.pets, width, BODY)
    if stop.luggage is not None:
        yield from _line(_("Luggage: {value}"), words.pieces_of_luggage(stop.luggage), width, BODY)
    if stop.note:
        yield from _line(_("Note: {value}"), stop.note, width, BODY)


def _line(template: str, value: str, width: float, style: Style = STRONG) -> list[Piece]:
    return paragraph(labelled(template, value, style), width, indent=HANGING)


def _when_and_number(stop: PaperStop, width: float) -> list[Piece]:
    number = words.household(stop.household_number)
    right = advance(number, PHONE) + mm(1)
    return beside(
        [
            (0.0, paragraph(said(glued(words.window(stop.window)), TIME), width - right)),
            (width - right, paragraph(said(number, PHONE), right, right=True)),
        ]
    )


def _contact(stop: PaperStop, width: float) -> list[Piece]:
    """Whom to call; a phone is never broken over two lines."""
    runs: list[Run] = [(f"{stop.contact_name}, ", BODY)] if stop.contact_name else []
    for position, phone in enumerate(stop.phones):
        runs += [(", " if position else "", BODY), (glued(phone), PHONE)]
    if not stop.phones:
        runs.append((_("no phone known"), STRONG))
    before, _mark, after = _("Contact: {value}").partition("{value}")
    return paragraph([(before, BODY), *runs, (after, BODY)], width, indent=HANGING)


def _who(stop: PaperStop, width: float) -> Iterator[Piece]:
    count: list[Run] = [(words.people(stop.people), PHONE)]
    if makeup := words.makeup(stop.adults, stop.children, stop.people):
        count.append((f": {makeup}", STRONG))
    how = words.places(stop.walking, stop.wheelchair, stop.stretcher)
    carried = stop.wheelchair or stop.stretcher
    if how and not carried:
        count.append((f"; {how}", BODY))
    yield from paragraph(count, width, indent=HANGING)
    if carried:
        yield from paragraph(said(how, STRONG), width, indent=HANGING)
    if needs := words.needs(_unsaid_needs(stop), words.NOT_FOR_DRIVERS):
        yield from _line(_("Needs: {value}"), needs, width)
    if stop.names:
        yield from _line(_("Names: {value}"), ", ".join(stop.names), width, BODY)
    if stop.part_stays:
        yield from paragraph(said(_("Part of the family may stay: ask who travels."), STRONG), width, indent=HANGING)


def _unsaid_needs(stop: PaperStop) -> Iterator[Need]:
    """Needs that the line about wheelchairs and stretchers has not said already."""
    counted = {Need.WHEELCHAIR: stop.wheelchair, Need.STRETCHER: stop.stretcher}
    for need in stop.needs:
        if not counted.get(need):
            yield need


def _children(stop: PaperStop, width: float) -> Iterator[Piece]:
    """Children by their escort; those without one boldly, each in a frame with the reason or a line for it."""
    named = [entry if entry.child else _unnamed(entry, n) for n, entry in enumerate(stop.escorts, start=1)]
    together: dict[str, list[str]] = {}
    for entry in named:
        if entry.escort is not None:
            together.setdefault(entry.escort, []).append(entry.child)
    for escort, children in together.items():
        count = len(children)
        template = ngettext("Child {names}: travels with {value}", "Children {names}: travel with {value}", count)
        by_whom = escort or _("an adult of this household")
        yield from _line(template.replace("{names}", ", ".join(children)), by_whom, width)
    for entry in named:
        if entry.escort is None:
            yield from _alone(_("CHILD WITHOUT AN ESCORT: {name}").format(name=entry.child), entry.reason, width)
    missing = stop.children - len(stop.escorts)
    if missing > 0:
        text = ngettext("{n} CHILD: NO ESCORT IS NAMED", "{n} CHILDREN: NO ESCORT IS NAMED", missing)
        yield from _alone(text.format(n=missing), "", width)


def _unnamed(entry: ChildEscort, position: int) -> ChildEscort:
    return ChildEscort(_("no. {n}").format(n=position), entry.escort, entry.reason)


def _alone(warning: str, reason: str, width: float) -> Iterable[Piece]:
    pad = mm(1.5)
    inner = width - 2 * pad
    lines = paragraph(said(warning, PHONE), inner)
    if reason:
        lines += paragraph(labelled(_("Reason: {value}"), reason), inner)
    else:
        lines += blank(_("Reason:"), inner, mm(30))
    text = stacked(inset(lines, pad))
    height = text.height + 2 * mm(0.8)
    box = Box(0.0, 0.0, width, height, HEAVY)
    yield gap(mm(0.8))
    yield Piece(height, (box, *text.moved(0.0, mm(0.8))), baseline(PHONE))
    yield gap(mm(0.8))
