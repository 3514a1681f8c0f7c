"""The record that an adult signs who refuses evacuation: the reason, the children who stay, signatures.

A record of the centre: no official form is known (DOMAIN: rules), and the paper does not call itself one.
"""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.day_papers import Refusal, RefusalPaper
from resources.i18n import _
from ui.paper import words
from ui.paper.furniture import blank, boxed, page_foot, page_head, ruled, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import Piece, Run, gap, inset, labelled, paragraph, said
from ui.paper.table import Columns
from ui.paper.typeface import STRONG, Style, mm

PAPER = Format()
LARGE, LARGE_STRONG = Style(13), Style(13, bold=True)
PAD = mm(3)
REASON_LINES = 3


def refusal_document(paper: RefusalPaper) -> Document:
    """A page for each adult: everybody signs for themselves."""
    return compose(_("Refusal of evacuation"), PAPER, [_sheet(paper, adult) for adult in paper.adults])


def _sheet(paper: RefusalPaper, adult: Refusal) -> Sheet:
    width, name = PAPER.inner, _("Refusal of evacuation")
    about = f"{words.short_day(paper.day)} · {words.household(paper.household_number)}"
    return Sheet(
        blocks=list(_blocks(paper, adult, width)),
        head=page_head(
            width, name, about, _("printed {when}").format(when=words.moment(paper.printed_at)), sample=paper.training
        ),
        foot=page_foot(width, _("Stays in the centre. Personal data: keep it locked.")),
        watermark=_("SAMPLE") if paper.training else "",
    )


def _blocks(paper: RefusalPaper, adult: Refusal, width: float) -> Iterator[Block]:
    yield title(_("Record of a refusal"), words.long_day(paper.day), width)
    yield _who(paper, adult, width)
    yield text_block(_declared(paper), width, after=mm(3))
    yield _reason(adult, width)
    yield from _children(paper, width)
    yield text_block(
        said(_("I can change my mind at any time: it is enough to call the centre."), LARGE_STRONG), width, after=mm(4)
    )
    yield _signatures(width)


def _who(paper: RefusalPaper, adult: Refusal, width: float) -> Block:
    inner = width - 2 * PAD
    place = ", ".join(part for part in (paper.settlement, paper.hromada, paper.address) if part)
    lines: list[Piece] = []
    if adult.name:
        lines += paragraph(said(adult.name, Style(16, bold=True)), inner)
    else:
        lines += blank(_("Name"), inner, mm(60))
    if adult.born:
        lines += paragraph(labelled(_("Year of birth: {value}"), str(adult.born), LARGE_STRONG), inner)
    else:
        lines += blank(_("Year of birth"), inner, mm(30))
    lines += paragraph(labelled(_("Lives at: {value}"), place or words.NOTHING, LARGE_STRONG), inner, indent=mm(4))
    block = boxed(inset(lines, PAD), width, name="who")
    return Block(block.strips, name="who", frame=block.frame, after=mm(4))


def _declared(paper: RefusalPaper) -> list[Run]:
    text = _("I have been told that evacuation is mandatory here and was offered a place. I refuse to leave.")
    if paper.ordered_on is None:
        return said(text, LARGE)
    order = _("Ordered since {day}").format(day=words.short_day(paper.ordered_on))
    source = f" ({paper.order_source})" if paper.order_source else ""
    return [(f"{text} ", LARGE), (f"{order}{source}.", LARGE_STRONG)]


def _reason(adult: Refusal, width: float) -> Block:
    lines = paragraph(said(_("Reason, in their own words:"), LARGE), width)
    if adult.reason:
        lines += paragraph(said(adult.reason, LARGE_STRONG), width)
    lines += [ruled(width)] * (1 if adult.reason else REASON_LINES)
    return Block(tuple(lines), name="reason", after=mm(4))


def _children(paper: RefusalPaper, width: float) -> Iterator[Block]:
    if not paper.children:
        yield text_block(said(_("No children stay with this household."), LARGE), width, after=mm(4))
        return
    columns = Columns.of(width, 14, 130, 42)
    above = [*paragraph(said(_("Children who stay with them"), LARGE_STRONG), width), gap(mm(1))]
    head = columns.head(("№", _("Name"), _("Year of birth")), above)
    yield head
    for place, (name, born) in enumerate(paper.children, start=1):
        cells = [[said(str(place))], [said(name, STRONG)], [said(str(born or ""))]]
        yield columns.row(cells, name=f"child {place}", least=mm(8), running=head)
    yield Block((gap(mm(4)),), name="air")


def _signatures(width: float) -> Block:
    lines: list[Piece] = []
    for label in (
        _("Signature of the person"), _("Day and time"), _("Record taken by (name, organisation)"),
        _("Signature"), _("Witness (name, signature)"),
    ):  # fmt: skip
        lines += [gap(mm(3)), *blank(label, width, mm(60))]
    return Block(tuple(lines), name="signatures")
