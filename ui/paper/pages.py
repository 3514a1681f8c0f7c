"""Blocks stacked onto pages, and the drawing of a page.

A block (a stop, a table row, a heading) is never cut by a page end. The one exception is a block taller than a
whole page: it goes on overleaf under its `resume` head.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.paper.pieces import Mark, Piece, Stroke, Text
from ui.paper.typeface import Style, advance, font, mm, pt

INK = QColor(0, 0, 0)
WATERMARK_INK = QColor(226, 226, 226)


SIDES = {"A4": (210, 297), "A3": (297, 420)}
"""Millimetres: the short and the long side of a paper (ISO 216)."""


@dataclass(frozen=True, slots=True)
class Format:
    """A4 (or A3) upright or on its side, in layout units."""

    landscape: bool = False
    size: str = "A4"

    @property
    def width(self) -> float:
        return mm(SIDES[self.size][self.landscape])

    @property
    def height(self) -> float:
        return mm(SIDES[self.size][not self.landscape])

    @property
    def margin(self) -> float:
        return mm(12)

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin


Frame = Callable[[float], Sequence[Mark]]
"""Lines around a block, for the height that it (or this part of it) has."""


@dataclass(frozen=True, slots=True)
class Block:
    """Strips from top to bottom. `name` says what it is, for tests and logs; it is not printed.

    `lead` is drawn from the top beside the strips of the first part, `frame` around each part. `keep`: never the
    last thing on a page. `running` is repeated at the top of each page that this block is the first on.
    """

    strips: tuple[Piece, ...]
    name: str = ""
    lead: Piece | None = None
    frame: Frame | None = None
    resume: tuple[Piece, ...] = ()
    running: Block | None = None
    keep: bool = False
    after: float = 0.0
    foot: float = 0.0

    @property
    def height(self) -> float:
        strips = sum(piece.height for piece in self.strips)
        return max(strips, self.lead.height if self.lead else 0.0) + self.foot


class Placed(NamedTuple):
    """A block, or with `part` above 0 the rest of a tall one, and where it stands from the top of the body."""

    block: Block
    y: float
    height: float
    strips: tuple[Piece, ...]
    part: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """What counts its pages together: one trip's list, one register. `head` and `foot` get n and m."""

    blocks: Sequence[Block]
    head: Callable[[int, int], Piece]
    foot: Callable[[int, int], Piece]
    watermark: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    format: Format
    number: int
    of: int
    head: Piece
    foot: Piece
    body_top: float
    placed: tuple[Placed, ...]
    watermark: str = ""

    @property
    def body_bottom(self) -> float:
        """Where the body must end."""
        return self.format.height - self.format.margin - self.foot.height - FOOT_GAP


@dataclass(frozen=True, slots=True)
class Document:
    """A paper laid out to its last line: preview, printer and PDF draw the same pages."""

    title: str
    format: Format
    pages: tuple[Page, ...]


HEAD_GAP, FOOT_GAP = mm(3), mm(3)
_MANY = 999


def compose(title: str, paper: Format, sheets: Iterable[Sheet]) -> Document:
    """Lay the sheets out, each beginning on a new page."""
    return Document(title, paper, tuple(page for sheet in sheets for page in _sheet_pages(sheet, paper)))


def spaced(blocks: Iterable[Block], after: float) -> list[Block]:
    """The blocks with air after the last of them."""
    given = list(blocks)
    return [*given[:-1], replace(given[-1], after=after)] if given else []


def pages_needed(sheet: Sheet, paper: Format) -> int:
    return len(paginate(sheet.blocks, _body(sheet, paper)[1]))


def _body(sheet: Sheet, paper: Format) -> tuple[float, float]:
    """Where the body of each page begins, and how high it is."""
    top = paper.margin + sheet.head(_MANY, _MANY).height + HEAD_GAP
    return top, paper.height - paper.margin - sheet.foot(_MANY, _MANY).height - FOOT_GAP - top


def _sheet_pages(sheet: Sheet, paper: Format) -> Iterator[Page]:
    top, room = _body(sheet, paper)
    filled = paginate(sheet.blocks, room)
    for number, placed in enumerate(filled, start=1):
        head, foot = sheet.head(number, len(filled)), sheet.foot(number, len(filled))
        yield Page(paper, number, len(filled), head, foot, top, placed, sheet.watermark)


def paginate(blocks: Iterable[Block], room: float) -> list[tuple[Placed, ...]]:
    """Blocks on pages whose body is `room` high. At least one page, which may be empty."""
    filler = _Filler(room)
    for group in _groups(blocks):
        filler.put(group)
    return [tuple(page) for page in filler.pages]


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Headings together with the block they stand over."""
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


@dataclass(slots=True)
class _Filler:
    room: float
    pages: list[list[Placed]] = field(default_factory=lambda: [[]])
    y: float = 0.0

    def put(self, group: list[Block]) -> None:
        height = sum(block.height + block.after for block in group) - group[-1].after
        if not self._fits(height) and (height <= self._whole(group[0]) or self.room - self.y < self.room / 3):
            self._turn(group[0])
        for block in group:
            if not self._fits(block.height) and block.height <= self._whole(block):
                self._turn(block)
            if self._fits(block.height):
                self._place(block, block.height, block.strips)
            else:
                self._put_tall(block)

    def _fits(self, height: float) -> bool:
        return self.y + height <= self.room

    def _whole(self, block: Block) -> float:
        """The room on a new page that begins with this block."""
        return self.room - (block.running.height + block.running.after if block.running else 0.0)

    def _turn(self, first: Block) -> None:
        if self.pages[-1]:
            self.pages.append([])
        self.y = 0.0
        if first.running is not None:
            self._place(first.running, first.running.height, first.running.strips)

    def _place(self, block: Block, height: float, strips: tuple[Piece, ...], part: int = 0) -> None:
        self.pages[-1].append(Placed(block, self.y, height, strips, part))
        self.y += height + block.after

    def _put_tall(self, block: Block) -> None:
        """Strip by strip, on as many pages as it takes; each page takes at least one strip."""
        part, waiting = 0, list(block.strips)
        while waiting:
            strips = list(block.resume) if part else []
            height = sum(piece.height for piece in strips)
            taken = 0
            while waiting and (not taken or self._fits(height + waiting[0].height + block.foot)):
                height += waiting[0].height
                strips.append(waiting.pop(0))
                taken += 1
            if block.lead and not part:
                height = max(height, block.lead.height)
            self._place(block, height + block.foot, tuple(strips), part)
            part += 1
            if waiting:
                self._turn(block)


def draw_page(painter: QPainter, page: Page) -> None:
    """Draw one page with the origin at the corner of the paper, one unit of the painter being 1/1200 inch."""
    if page.watermark:
        _draw_watermark(painter, page)
    painter.setPen(INK)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    _draw(painter, marks_of(page))


def marks_of(page: Page) -> Iterator[Mark]:
    """Everything on a page but the watermark, where it stands on the paper."""
    left = page.format.margin
    yield from page.head.moved(left, page.format.margin)
    for placed in page.placed:
        yield from _marks_of_block(placed, left, page.body_top + placed.y)
    yield from page.foot.moved(left, page.format.height - page.format.margin - page.foot.height)


def _marks_of_block(placed: Placed, x: float, top: float) -> Iterator[Mark]:
    block, y = placed.block, top
    if block.frame is not None:
        yield from (mark.moved(x, top) for mark in block.frame(placed.height))
    for strip in placed.strips:
        yield from strip.moved(x, y)
        y += strip.height
    if block.lead is not None and not placed.part:
        yield from block.lead.moved(x, top)


def _draw(painter: QPainter, marks: Iterable[Mark]) -> None:
    for mark in marks:
        if isinstance(mark, Text):
            painter.setFont(font(mark.style))
            painter.drawText(QPointF(mark.x, mark.y), mark.text)
            continue
        painter.setPen(QPen(INK, mark.weight, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
        if isinstance(mark, Stroke):
            painter.drawLine(QPointF(mark.x1, mark.y1), QPointF(mark.x2, mark.y2))
        else:
            painter.drawRect(QRectF(mark.x, mark.y, mark.width, mark.height))


def _draw_watermark(painter: QPainter, page: Page) -> None:
    """Large, light and aslant under the text, so that no copy passes for a real list."""
    paper = page.format
    style = Style(100, bold=True)
    reach = 0.72 * math.hypot(paper.width, paper.height)
    style = Style(min(150.0, 100 * reach / advance(page.watermark, style)), bold=True)
    painter.save()
    painter.translate(paper.width / 2, paper.height / 2)
    painter.rotate(-math.degrees(math.atan2(paper.height, paper.width)))
    painter.setPen(WATERMARK_INK)
    painter.setFont(font(style))
    painter.drawText(QPointF(-advance(page.watermark, style) / 2, pt(style.size) * 0.36), page.watermark)
    painter.restore()
