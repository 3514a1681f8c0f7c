"""The recovery code of a register on one page: large, then group by group with numbers, and what it is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from resources.i18n import _
from ui import key_words
from ui.paper import words
from ui.paper.furniture import boxed, heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import GLUE, Piece, beside, gap, inset, labelled, paragraph, said
from ui.paper.table import Cell, Columns
from ui.paper.typeface import Style, mm

PAPER = Format()
LARGE, GROUP, NUMBER, ADVICE = Style(42, bold=True), Style(28, bold=True), Style(14), Style(13)
GROUPS_A_LINE = 3
PAD = mm(5)
INDENT = mm(8)


@dataclass(frozen=True, slots=True)
class RecoveryPaper:
    """`code` as the register gave it: groups with dashes between."""

    register: str
    code: str
    printed_at: datetime

    @property
    def groups(self) -> list[str]:
        return self.code.split("-")


def recovery_document(paper: RecoveryPaper) -> Document:
    """One page, black on white, legible by torchlight."""
    width = PAPER.inner
    name = _("Recovery code")
    printed = _("printed {when}").format(when=words.moment(paper.printed_at))
    sheet = Sheet(
        blocks=list(_blocks(paper, width)),
        head=page_head(width, name, paper.register, printed, sample=False),
        foot=page_foot(width, _("Opens the register: keep it locked, away from the computer. Do not photograph it.")),
    )
    return compose(name, PAPER, [sheet])


def _blocks(paper: RecoveryPaper, width: float) -> Iterator[Block]:
    yield title(_("Recovery code"), words.short_day(paper.printed_at.astimezone(words.KYIV).date()), width)
    yield text_block(labelled(_("Register: {value}"), paper.register, Style(14, bold=True)), width, after=mm(5))
    yield boxed(inset(_lines(paper.groups, width - 2 * PAD), PAD), width, pad=PAD, name="code")
    yield heading(_("The same, group by group"), width, before=mm(6))
    yield from _numbered(paper.groups, width)
    yield heading(_("What to do with it"), width, before=mm(5))
    yield from _advice(width)


def _lines(groups: list[str], width: float) -> list[Piece]:
    """The groups in columns, so that the eye does not lose its place."""
    rows = [groups[start : start + GROUPS_A_LINE] for start in range(0, len(groups), GROUPS_A_LINE)]
    step = width / GROUPS_A_LINE
    lines: list[Piece] = []
    for row in rows:
        lines += beside([(step * n, paragraph(said(group, LARGE), step)) for n, group in enumerate(row)])
        lines.append(gap(mm(1.5)))
    return lines[:-1]


def _numbered(groups: list[str], width: float) -> Iterator[Block]:
    """Each group beside its number, its signs apart."""
    columns = Columns.of(width, 10, 38, 10, 38)
    half = (len(groups) + 1) // 2
    for row in range(half):
        cells: list[Cell] = []
        for place in (row, row + half):
            if place < len(groups):
                cells += [[said(f"{place + 1}.", NUMBER)], [said(GLUE.join(groups[place]), GROUP)]]
        yield columns.row(cells, name="group")


def _advice(width: float) -> Iterator[Block]:
    steps = [
        _("In the window: “Forgotten passphrase…” on the first page. In the terminal: coordinator recover FILE."),
        _(
            "Type the groups in their order. Spaces, dashes and small letters do not matter; "
            "there is no letter O or I in it."
        ),
        _("Keep the paper like a key: in a safe or a sealed envelope, never beside the computer."),
        _("If the paper is lost or was seen by others, make a new code: Safety, Users and keys. This one then ends."),
        key_words.without_code(),
    ]
    for number, text in enumerate(steps, start=1):
        lines = beside(
            [
                (0.0, paragraph(said(f"{number}.", ADVICE), INDENT)),
                (INDENT, paragraph(said(text, ADVICE), width - INDENT)),
            ]
        )
        yield Block(tuple(lines), name="advice", after=mm(1.5))
