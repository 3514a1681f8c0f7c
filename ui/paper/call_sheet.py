"""The call sheet: whom a caller asks, why, and room for what they say. The most urgent stand first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordinator.paper_content import CallSheet, CallSheetRow, CallSheets
from resources.i18n import _
from ui.paper import words
from ui.paper.furniture import TICK, heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import Mark, Run, glued, labelled, said
from ui.paper.table import Cell, Columns, tick_box
from ui.paper.typeface import BODY, STRONG, mm

PAPER = Format(landscape=True)
ROW = mm(17)
FIRST_BOX = 3
BOXES = 4


def call_sheet_document(paper: CallSheets) -> Document:
    """A sheet a caller, each with its own page numbers."""
    return compose(_("Call sheet"), PAPER, [_sheet(paper, one) for one in paper.sheets])


def _sheet(paper: CallSheets, sheet: CallSheet) -> Sheet:
    width = PAPER.inner
    name = _("Call sheet")
    if len(paper.sheets) > 1:
        name = _("Call sheet {n} of {m}").format(n=sheet.caller, m=len(paper.sheets))
    return Sheet(
        blocks=list(_blocks(sheet.rows, name, words.long_day(paper.day), width)),
        head=page_head(
            width, name, words.short_day(paper.day),
            _("printed {when}").format(when=words.moment(paper.printed_at)), sample=paper.training,
        ),
        foot=page_foot(width, _("Personal data: keep it locked, destroy it when it is no longer needed.")),
        watermark=_("SAMPLE") if paper.training else "",
    )  # fmt: skip


def _blocks(rows: Sequence[CallSheetRow], name: str, day: str, width: float) -> Iterator[Block]:
    yield title(name, day, width)
    if not rows:
        yield heading(_("There is nobody to call."), width)
        return
    people = sum(row.people for row in rows)
    total = f"{words.households(len(rows))}, {words.people(people)}"
    yield text_block(labelled(_("Total: {value}"), total), width)
    columns = Columns.of(width, 121, 34, 20, 13, 18, 13, 20, 34)
    head = columns.head(
        (
            _("Who, where and why"),
            _("Phones"),
            _("People (children)"),
            _("Yes"),
            _("Maybe"),
            _("No"),
            _("No answer"),
            _("Call again: day, time"),
        )
    )
    yield head
    for row in rows:
        block = f"household {row.household_number}"
        yield _with_boxes(columns, columns.row(_cells(row), name=block, least=ROW, running=head))


def _cells(row: CallSheetRow) -> list[Cell]:
    place: list[Run] = [(row.settlement or _("settlement not known"), STRONG)]
    if row.street_line:
        place.append((f", {row.street_line}", BODY))
    name = f"{words.household(row.household_number)}  {row.contact_name}"
    who = [said(name, STRONG), place, said(row.why)]
    count = f"{row.people} ({row.children})" if row.children else str(row.people)
    return [
        who,
        [said(glued(phone), STRONG) for phone in row.phones] or [said(words.NOTHING)],
        [said(glued(count))],
    ]


def _with_boxes(columns: Columns, block: Block) -> Block:
    """The row with boxes to tick; the last column is to write in."""
    boxes = [tick_box(columns, FIRST_BOX + place, TICK, (ROW - TICK) / 2) for place in range(BOXES)]

    def frame(height: float) -> list[Mark]:
        return [*columns.frame(height), *boxes]

    return Block(block.strips, block.name, frame=frame, running=block.running)
