"""The street board on A3 for the wall: every house of a street in its order, legible in black and white.

A house has a sign drawn into its box and the word beside it; a heavy frame means that the street was hit lately, a
double one the house itself. A street that goes on overleaf begins there with its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from coordinator.domain.decision import Decision
from coordinator.domain.shelling import Nearness
from coordinator.queries.street_board import RECENT_DAYS, Board, BoardHouse, BoardStreet, StreetBoards
from resources.i18n import _, ngettext
from ui.paper import words
from ui.paper.furniture import SECTION, heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose, spaced
from ui.paper.pieces import FINE, GLUE, HEAVY, NORMAL, Box, Mark, Piece, Run, Stroke, Text, said
from ui.paper.typeface import BODY, STRONG, Style, advance, baseline, mm
from ui.texts import decision_short

PAPER = Format(landscape=True, size="A3")
ACROSS = 8
GAP = mm(1.8)
CELL = mm(14.5)
PAD = mm(1.8)
SIGN = mm(4.4)
HOUSE = Style(13, bold=True)
BEHIND, PLANNED = "½", "»"
"""Marks of a family that is parted, and of a household on a trip of the day."""


def street_board_document(paper: StreetBoards) -> Document:
    """A sheet a settlement, each with its own page numbers."""
    return compose(_("Street board"), PAPER, [_sheet(paper, board) for board in paper.boards])


def _sheet(paper: StreetBoards, board: Board) -> Sheet:
    width, name = PAPER.inner, _settlement(board)
    return Sheet(
        blocks=list(_blocks(paper, board, width)),
        head=page_head(
            width, _("Street board: {settlement}").format(settlement=name), words.short_day(paper.day),
            _("printed {when}").format(when=words.moment(paper.printed_at)), sample=paper.training,
        ),
        foot=page_foot(width, _("Personal data: keep it locked, destroy it when it is no longer needed.")),
        watermark=_("SAMPLE") if paper.training else "",
    )  # fmt: skip


def _settlement(board: Board) -> str:
    return board.place.name or _("Settlement not known")


def _blocks(paper: StreetBoards, board: Board, width: float) -> Iterator[Block]:
    yield title(_settlement(board), words.long_day(paper.day), width)
    houses = board.houses
    if not houses:
        yield heading(_("There are no households in this settlement."), width)
        return
    there = sum(street.there for street in board.streets)
    total = _("{households}, {people} still there").format(
        households=words.households(len(houses)), people=words.people(there)
    )
    yield text_block(said(total, STRONG), width)
    yield from spaced([_legend(houses, width), _marks(width)], mm(4))
    for street in board.streets:
        yield from spaced(_street(street, paper.day, width), mm(3.5))


def _legend(houses: Sequence[BoardHouse], width: float) -> Block:
    """Each sign that occurs, with its word and how often."""
    x, marks, lines, base = 0.0, list[Mark](), 0, baseline(BODY)
    for decision in Decision:
        count = sum(1 for house in houses if house.decision is decision)
        if not count:
            continue
        text = f"{decision_short(decision)}: {count}"
        need = SIGN + mm(1.5) + advance(text, BODY) + mm(7)
        if x + need > width:
            x, lines = 0.0, lines + 1
        y = lines * mm(6.5)
        marks += [mark.moved(x, y) for mark in _sign(decision)]
        marks.append(Text(x + SIGN + mm(1.5), y + base, text, BODY))
        x += need
    return Block((Piece((lines + 1) * mm(6.5), tuple(marks), base),), name="legend", keep=True)


def _marks(width: float) -> Block:
    text = ngettext(
        "Heavy frame: the street was hit in the last {n} day; double: the house itself.",
        "Heavy frame: the street was hit in the last {n} days; double: the house itself.",
        RECENT_DAYS,
    ).format(n=RECENT_DAYS)
    also = _("{behind} a part of the family stays behind, {planned} on a trip of the day, 4 (2): people (children).")
    return text_block(said(f"{text} {also.format(behind=BEHIND, planned=PLANNED)}"), width, name="marks")


def _street(street: BoardStreet, day: date, width: float) -> Iterator[Block]:
    name = street.name or _("Street not known")
    about = [f"{words.households(len(street.houses))}, {words.people(street.there)}"]
    if street.hits and street.hit_on:
        hits = ngettext("{n} hit, the last on {day}", "{n} hits, the last on {day}", street.hits)
        about.insert(0, hits.format(n=street.hits, day=words.short_day(street.hit_on)))
    if street.beside:
        about.append(_("next to: {streets}").format(streets=", ".join(street.beside)))
    runs: list[Run] = [(name, SECTION), ("  " + " · ".join(about), BODY)]
    again = _("{street}, continued").format(street=name)
    running = heading(again, width, after=mm(1.5))
    yield text_block(runs, width, after=mm(1.5), name=f"street {name}", keep=bool(street.houses))
    cell = (width - (ACROSS - 1) * GAP) / ACROSS
    for start in range(0, len(street.houses), ACROSS):
        line = street.houses[start : start + ACROSS]
        marks = [
            mark.moved(place * (cell + GAP), 0.0) for place, house in enumerate(line) for mark in _house(house, cell)
        ]
        yield Block((Piece(CELL, tuple(marks)),), name=f"houses of {name}", running=running, after=GAP)


def _house(house: BoardHouse, width: float) -> list[Mark]:
    """House, marks and people above, number of the household and decision below."""
    first, second = mm(1.4) + baseline(HOUSE), CELL - mm(1.6) - (baseline(BODY) * 0.22)
    people = f"{house.people} ({house.children})" if house.children else str(house.people)
    extra = (f"{BEHIND} " if house.behind else "") + (f"{PLANNED} " if house.planned else "")
    right = extra + people
    style = BODY if house.gone else STRONG
    left = PAD + SIGN + mm(1.5)
    marks: list[Mark] = [mark.moved(PAD, mm(1.4)) for mark in _sign(house.decision)]
    room = width - left - PAD - advance(right, style) - mm(1)
    marks.append(Text(left, first, fitted(_door(house), HOUSE, room), HOUSE))
    marks.append(Text(width - PAD - advance(right, style), first, right, style))
    number = words.household(house.number).replace(GLUE, " ")
    marks.append(Text(PAD, second, number, BODY))
    room = width - 2 * PAD - advance(number, BODY) - mm(2)
    stands = fitted(decision_short(house.decision, house.wants_on), style, room)
    marks.append(Text(width - PAD - advance(stands, style), second, stands, style))
    return [*marks, *_frames(house, width)]


def _door(house: BoardHouse) -> str:
    flat = _("flat {number}").format(number=house.flat) if house.flat else ""
    return ", ".join(part for part in (house.house, flat) if part) or words.NOTHING


def _frames(house: BoardHouse, width: float) -> list[Mark]:
    if house.hit is None:
        return [Box(0.0, 0.0, width, CELL, FINE if house.gone else NORMAL)]
    frames: list[Mark] = [Box(0.0, 0.0, width, CELL, HEAVY * 1.4)]
    if house.hit is Nearness.HOUSE:
        inset = mm(1.1)
        frames.append(Box(inset, inset, width - 2 * inset, CELL - 2 * inset, NORMAL))
    return frames


def _sign(decision: Decision) -> list[Mark]:
    """Drawn: no font that is sure to be there has signs for it."""
    box = Box(0.0, 0.0, SIGN, SIGN, NORMAL)
    middle, inner = SIGN / 2, SIGN * 0.5
    bar = Stroke(middle, 0.0, middle, SIGN, SIGN)
    drawn: dict[Decision, list[Mark]] = {
        Decision.PACKED: [bar],
        Decision.WANTS_PICKUP: [Stroke(middle, (SIGN - inner) / 2, middle, (SIGN + inner) / 2, inner)],
        Decision.PREPARING: [Stroke(SIGN / 4, 0.0, SIGN / 4, SIGN, SIGN / 2)],
        Decision.REFUSED: [Stroke(0.0, 0.0, SIGN, SIGN, HEAVY), Stroke(0.0, SIGN, SIGN, 0.0, HEAVY)],
        Decision.UNDECIDED: [_letter("?")],
        Decision.UNREACHABLE: [_letter("…")],
        Decision.RETURNED: [_letter("!")],
        Decision.EVACUATED: [Stroke(0.0, middle, SIGN, middle, HEAVY)],
        Decision.LEFT_THEMSELVES: [Stroke(0.0, middle, SIGN, middle, HEAVY)],
    }
    return [box, *drawn.get(decision, [])]


def _letter(text: str) -> Text:
    return Text((SIGN - advance(text, STRONG)) / 2, SIGN * 0.86, text, STRONG)


def fitted(text: str, style: Style, room: float) -> str:
    """The text, or as much of it as fits, with dots for the rest."""
    if advance(text, style) <= room:
        return text
    while text and advance(f"{text}…", style) > room:
        text = text[:-1]
    return f"{text}…"
