"""The passengers of a trip for a checkpoint: number, name, year of birth, from, to. Nothing else (DOMAIN: paper)."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.day_papers import CheckpointList, CheckpointPaper
from resources.i18n import _
from ui.paper import words
from ui.paper.furniture import heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import labelled, said
from ui.paper.table import Columns
from ui.paper.typeface import BODY, STRONG, mm

PAPER = Format()
ROW = mm(8)


def checkpoint_document(paper: CheckpointPaper) -> Document:
    """A list a trip, each with its own page numbers."""
    sheets = [_sheet(paper, one) for one in paper.lists] or [_sheet(paper, None)]
    return compose(_("Passenger list"), PAPER, sheets)


def _sheet(paper: CheckpointPaper, one: CheckpointList | None) -> Sheet:
    width = PAPER.inner
    about = " · ".join(part for part in (words.short_day(paper.day), one.vehicle if one else "") if part)
    name = _("Passenger list {number}").format(number=one.number) if one else _("Passenger list")
    return Sheet(
        blocks=list(_blocks(paper, one, width)),
        head=page_head(
            width, name, about, _("printed {when}").format(when=words.moment(paper.printed_at)), sample=paper.training
        ),
        foot=page_foot(width, _("Return or destroy after the trip.")),
        watermark=_("SAMPLE") if paper.training else "",
    )


def _blocks(paper: CheckpointPaper, one: CheckpointList | None, width: float) -> Iterator[Block]:
    yield title(_("Passenger list"), words.long_day(paper.day), width)
    if one is None:
        yield heading(_("No trips are planned."), width)
        return
    yield text_block(labelled(_("Vehicle: {value}"), one.vehicle or words.NOTHING), width)
    if not one.passengers:
        yield heading(_("Nobody is on this trip."), width)
        return
    columns = Columns.of(width, 10, 59, 31, 41, 45)
    head = columns.head(("№", _("Name"), _("Year of birth"), _("Where from"), _("To")))
    yield head
    for place, passenger in enumerate(one.passengers, start=1):
        cells = (str(place), passenger.name, str(passenger.born or ""), passenger.start, one.to)
        texts = [[said(text, STRONG if at == 1 else BODY)] for at, text in enumerate(cells)]
        yield columns.row(texts, name=f"passenger {place}", least=ROW, running=head)
    yield text_block(labelled(_("Total: {value}"), words.people(len(one.passengers))), width, before=mm(2))
