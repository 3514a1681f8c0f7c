"""Head and foot of a page, titles and fill-in lines that the papers share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from resources.i18n import _
from ui.paper.pages import Block
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
    paragraph,
    reach,
    said,
    stacked,
)
from ui.paper.typeface import BODY, STRONG, Style, advance, baseline, line_height, mm

TITLES = (Style(20, bold=True), Style(18, bold=True), Style(16, bold=True))
"""The name of a paper, in the largest of these that fits on a line."""
SECTION = Style(14, bold=True)
TICK = mm(4.6)
TICK_LINE = mm(7.0)

Furniture = Callable[[int, int], Piece]


def page_head(width: float, name: str, about: str, printed: str, *, sample: bool) -> Furniture:
    """Name of the paper and page n of m above; what it is about and when it was printed below."""

    def head(number: int, of: int) -> Piece:
        page = _("page {n} of {m}").format(n=number, m=of)
        right = width * 0.34
        first: list[Run] = [(name, STRONG)]
        if sample:
            first = [(f"{_('SAMPLE')} · ", STRONG), *first]
        left_lines = paragraph(first, width - right) + paragraph(said(about), width - right)
        right_lines = [
            *paragraph(said(glued(page), STRONG), right, right=True),
            *paragraph(said(printed), right, right=True),
        ]
        lines = beside([(0.0, left_lines), (width - right, right_lines)])
        rule = Piece(mm(1.2), (Stroke(0.0, mm(1.2), width, mm(1.2), NORMAL),))
        return stacked([*lines, rule])

    return head


def page_foot(width: float, text: str, also: str = "") -> Furniture:
    """The same words at the bottom of each page."""

    def foot(_number: int, _of: int) -> Piece:
        right = width * 0.42 if also else 0.0
        columns = [
            (0.0, paragraph(said(text, STRONG), width - right)),
            (width - right, paragraph(said(also), right, right=True) if also else []),
        ]
        rule = Piece(mm(1.2), (Stroke(0.0, 0.0, width, 0.0, NORMAL),))
        return stacked([rule, *beside(columns)])

    return foot


def title(text: str, right: str, width: float) -> Block:
    """The name of the paper, and at the right what it is for, which begins with a capital.

    A long name is set smaller before it is broken.
    """
    capital = right[:1].upper() + right[1:]
    column = min(width * 0.46, advance(capital, SECTION) + mm(1))
    room = width - column - mm(3)
    style = next((one for one in TITLES if advance(text, one) <= room), TITLES[0])
    lines = beside(
        [
            (0.0, paragraph(said(text, style), room)),
            (width - column, paragraph(said(capital, SECTION), column, right=True)),
        ]
    )
    return Block(tuple(lines), name="title", keep=True, after=mm(2))


def heading(text: str, width: float, style: Style = SECTION, *, before: float = 0.0, after: float = mm(2)) -> Block:
    """A title that stays with what follows it."""
    above = [gap(before)] if before else []
    return Block((*above, *paragraph(said(text, style), width)), name="heading", keep=True, after=after)


def text_block(
    runs: Sequence[Run], width: float, *, before: float = 0.0, after: float = mm(2), name: str = "words",
    keep: bool = False,
) -> Block:  # fmt: skip
    above = [gap(before)] if before else []
    return Block((*above, *paragraph(runs, width)), name=name, after=after, keep=keep)


def boxed(lines: Sequence[Piece], width: float, *, weight: float = HEAVY, pad: float = mm(2), name: str = "") -> Block:
    """Lines (already inset by the caller) in a frame."""

    def frame(height: float) -> list[Mark]:
        return [Box(0.0, 0.0, width, height, weight)]

    return Block((gap(pad), *lines, gap(pad)), name=name, frame=frame)


def tick(label: str, width: float, *, ruled: float = 0.0, after: str = "") -> list[Piece]:
    """A box to tick with its label, and a line to write on where `ruled` (its least length) is given."""
    left = TICK + mm(2)
    lines = paragraph(said(label, STRONG), width - left)
    tail = advance(f" {after}", BODY) if after else 0.0
    used = left + reach(lines[-1])
    rows = [_on_line(piece.moved(left)) for piece in lines]
    if ruled:
        if width - used - tail - mm(2) < ruled:
            rows.append(_on_line(()))
            used = left
        rows[-1] = _with_rule(rows[-1], used + mm(2), width - tail, after)
    box = Box(0.0, (TICK_LINE - TICK) / 2, TICK, TICK, NORMAL)
    rows[0] = Piece(rows[0].height, (*rows[0].marks, box), rows[0].base)
    return rows


def blank(label: str, width: float, least: float) -> list[Piece]:
    """A label and a line to write on, below it where there is no room beside it."""
    lines = paragraph(said(label), width)
    rows = [_on_line(piece.moved(0.0)) for piece in lines]
    used = reach(lines[-1])
    if width - used - mm(2) < least:
        rows.append(_on_line(()))
        used = -mm(2)
    rows[-1] = _with_rule(rows[-1], used + mm(2), width)
    return rows


def ruled(width: float) -> Piece:
    """A line to write on over the whole width."""
    return Piece(mm(9), (Stroke(0.0, mm(8), width, mm(8), NORMAL),), mm(8))


def _on_line(marks: tuple[Mark, ...]) -> Piece:
    """Text set low on a line that a hand can write on."""
    drop = (TICK_LINE - line_height(BODY)) / 2
    return Piece(TICK_LINE, tuple(mark.moved(0.0, drop) for mark in marks), drop + baseline(BODY))


def _with_rule(piece: Piece, start: float, end: float, after: str = "") -> Piece:
    y = piece.base + mm(1)
    marks: list[Mark] = [*piece.marks, Stroke(start, y, end, y, NORMAL)]
    if after:
        marks += paragraph([(after, BODY)], mm(60))[0].moved(end + advance(" ", BODY), piece.base - baseline(BODY))
    return Piece(piece.height, tuple(marks), piece.base)
