"""The call list of a day: whom to tell, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.paper_content import CallList, CallRow
from resources.i18n import _
from ui.paper import words
from ui.paper.furniture import TICK, heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import Mark, Run, glued, labelled, said
from ui.paper.table import Cell, Columns, tick_box
from ui.paper.typeface import BODY, STRONG, mm

PAPER = Format(landscape=True)
ROW = mm(12)
NOT_REACHED, SAID_NO = 6, 7


def call_document(paper: CallList) -> Document:
    """One table in the order of the rows, with room to write."""
    width = PAPER.inner
    name = _("Call list")
    printed = _("printed {when}").format(when=words.moment(paper.printed_at))
    sheet = Sheet(
        blocks=list(_blocks(paper, width)),
        head=page_head(width, name, words.short_day(paper.day), printed, sample=paper.training),
        foot=page_foot(width, _("Personal data: keep it locked, destroy it when it is no longer needed.")),
        watermark=_("SAMPLE") if paper.training else "",
    )
    return compose(name, PAPER, [sheet])


def _blocks(paper: CallList, width: float) -> Iterator[Block]:
    yield title(_("Call list"), words.long_day(paper.day), width)
    if not paper.rows:
        yield heading(_("There is nobody to call for this day."), width)
        return
    people = sum(row.people for row in paper.rows)
    total = f"{words.households(len(paper.rows))}, {words.people(people)}"
    yield text_block(labelled(_("Total: {value}"), total), width)
    columns = Columns.of(width, 24, 79, 41, 24, 28, 26, 25, 25)
    head = columns.head(
        (
            "№",
            _("Who and where"),
            _("Phones"),
            _("People (children)"),
            _("Pickup"),
            _("Told at"),
            _("Not reached"),
            _("Said no"),
        )
    )
    yield head
    for row in paper.rows:
        name = f"household {row.household_number}"
        yield _with_boxes(columns, columns.row(_cells(row), name=name, least=ROW, running=head))


def _cells(row: CallRow) -> list[Cell]:
    place: list[Run] = [(row.settlement or _("settlement not known"), STRONG)]
    if row.street_line:
        place.append((f", {row.street_line}", BODY))
    who = [said(row.contact_name, STRONG), place]
    if row.note:
        who.append(said(row.note))
    count = f"{row.people} ({row.children})" if row.children else str(row.people)
    return [
        [said(words.household(row.household_number), STRONG)],
        who,
        [said(glued(phone), STRONG) for phone in row.phones] or [said(words.NOTHING)],
        [said(glued(count))],
        [said(glued(words.window(row.pickup)), STRONG)],
    ]


def _with_boxes(columns: Columns, block: Block) -> Block:
    """The row with boxes to tick in its last two columns."""
    top = (ROW - TICK) / 2
    boxes = [tick_box(columns, index, TICK, top) for index in (NOT_REACHED, SAID_NO)]

    def frame(height: float) -> list[Mark]:
        return [*columns.frame(height), *boxes]

    return Block(block.strips, block.name, frame=frame, running=block.running)
