"""The confirmation that people of a household were evacuated, with a number and a code that prove the paper."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.day_papers import ConfirmationPaper
from resources.i18n import _
from ui.paper import words
from ui.paper.furniture import blank, boxed, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import GLUE, gap, glued, inset, labelled, paragraph, said
from ui.paper.table import Columns
from ui.paper.typeface import STRONG, Style, mm

PAPER = Format()
LARGE, LARGE_STRONG = Style(13), Style(13, bold=True)
PROOF = Style(18, bold=True)
PAD = mm(3)


def confirmation_document(paper: ConfirmationPaper) -> Document:
    """One page, unless the family is very large."""
    width, name = PAPER.inner, _("Confirmation of evacuation")
    about = _("no. {number}, version {version}").format(number=paper.number, version=paper.version)
    sheet = Sheet(
        blocks=list(_blocks(paper, width)),
        head=page_head(
            width, name, about, _("issued {when}").format(when=words.moment(paper.issued_at)), sample=paper.training
        ),
        foot=page_foot(width, _("Belongs to the household. Without its number and code it proves nothing.")),
        watermark=_("SAMPLE") if paper.training else "",
    )
    return compose(name, PAPER, [sheet])


def code_shown(code: str) -> str:
    """In two groups, as it is read out: "ABCD-EFGH"."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}"


def _blocks(paper: ConfirmationPaper, width: float) -> Iterator[Block]:
    day = paper.issued_at.astimezone(words.KYIV).date()
    yield title(_("Confirmation of evacuation"), words.long_day(day), width)
    yield _proof(paper, width)
    yield text_block(said(_("We confirm that these people were evacuated by our organisation:"), LARGE), width)
    columns = Columns.of(width, 12, 71, 29, 33, 41)
    head = columns.head(("№", _("Name"), _("Year of birth"), _("Evacuated on"), _("Taken to")))
    yield head
    for place, person in enumerate(paper.people, start=1):
        cells = [
            [said(str(place))],
            [said(person.name, STRONG)],
            [said(str(person.born or words.NOTHING))],
            [said(words.short_day(person.on))],
            [said(person.to or words.NOTHING)],
        ]
        yield columns.row(cells, name=f"person {place}", least=mm(8), running=head)
    yield Block((gap(mm(3)),), name="air")
    place_left = ", ".join(part for part in (paper.settlement, paper.hromada, paper.address) if part)
    yield text_block(labelled(_("They left: {value}"), place_left or words.NOTHING, LARGE_STRONG), width)
    if paper.replaces is not None:
        text = _("Takes the place of confirmation no. {number}, which no longer holds.")
        yield text_block(said(text.format(number=paper.replaces), STRONG), width)
    yield _signed(paper, width)


def _proof(paper: ConfirmationPaper, width: float) -> Block:
    inner = width - 2 * PAD
    number = _("No. {number}").format(number=paper.number)
    lines = paragraph([(number, PROOF), (GLUE * 6, PROOF), (glued(code_shown(paper.code)), PROOF)], inner)
    check = _("To check it, call the centre and read out the number and the code.")
    if paper.phone:
        check = _("To check it, call {phone} and read out the number and the code.").format(phone=glued(paper.phone))
    lines += paragraph(said(check), inner)
    block = boxed(inset(lines, PAD), width, name="proof")
    return Block(block.strips, name="proof", frame=block.frame, after=mm(4))


def _signed(paper: ConfirmationPaper, width: float) -> Block:
    lines = [gap(mm(6)), *paragraph(labelled(_("Issued by: {value}"), paper.issued_by or words.NOTHING), width)]
    if paper.centre:
        lines += paragraph(labelled(_("Centre: {value}"), paper.centre), width)
    lines += [gap(mm(4)), *blank(_("Signature and stamp"), width * 0.7, mm(60))]
    return Block(tuple(lines), name="signed")
