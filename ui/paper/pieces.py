"""Words broken into lines, and marks that can be placed: the small parts that rows are made of.

A Piece is one line high or more and is never cut. All lengths are layout units (ui.paper.typeface).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QTextBoundaryFinder

from ui.paper.typeface import BODY, STRONG, Style, advance, baseline, line_height, mm

GLUE = "\u00a0"
"""A space at which no line breaks; drawn, and read from the PDF, as an ordinary space."""
_BREAK = re.compile(r"[\s\x00-\x1f\x7f]+", re.ASCII)
_NUMBER_SIGN = re.compile(r"№[ \t]+(?=\d)")
_SHORT_WORD = re.compile(r"(\b\w{1,5}\.)[ \t]+(?=\d)")
_ROUNDING = 0.5

Run: TypeAlias = tuple[str, Style]


class Text(NamedTuple):
    """Text with the left end of its baseline at x, y."""

    x: float
    y: float
    text: str
    style: Style

    def moved(self, dx: float, dy: float) -> Text:
        return self._replace(x=self.x + dx, y=self.y + dy)


class Stroke(NamedTuple):
    x1: float
    y1: float
    x2: float
    y2: float
    weight: float

    def moved(self, dx: float, dy: float) -> Stroke:
        return Stroke(self.x1 + dx, self.y1 + dy, self.x2 + dx, self.y2 + dy, self.weight)


class Box(NamedTuple):
    x: float
    y: float
    width: float
    height: float
    weight: float

    def moved(self, dx: float, dy: float) -> Box:
        return self._replace(x=self.x + dx, y=self.y + dy)


Mark: TypeAlias = Text | Stroke | Box
FINE, NORMAL, HEAVY = mm(0.18), mm(0.3), mm(0.6)


@dataclass(frozen=True, slots=True)
class Piece:
    """Marks in a strip of the given height; `base` is the baseline of its first line."""

    height: float
    marks: tuple[Mark, ...] = ()
    base: float = 0.0

    def moved(self, dx: float, dy: float = 0.0) -> tuple[Mark, ...]:
        return tuple(mark.moved(dx, dy) for mark in self.marks)


def gap(height: float) -> Piece:
    return Piece(height)


def said(text: str, style: Style = BODY) -> list[Run]:
    """A paragraph of one style."""
    return [(text, style)]


def labelled(template: str, value: str, style: Style = STRONG) -> list[Run]:
    """A translated sentence with one "{value}" in it, the value set in its own style."""
    before, _mark, after = template.partition("{value}")
    return [(before, BODY), (value, style), (after, BODY)]


def glued(text: str) -> str:
    """The text kept on one line, for phones and times."""
    return _BREAK.sub(GLUE, text.strip())


def paragraph(runs: Sequence[Run], width: float, *, indent: float = 0.0, right: bool = False) -> list[Piece]:
    """One Piece a line. Lines after the first are indented; no words give no lines."""
    pieces = []
    for number, line in enumerate(_lines(_words((_together(text), style) for text, style in runs), width, indent)):
        left = indent if number else 0.0
        fragments = [(text.replace(GLUE, " "), style) for text, style in line]
        if right:
            left = width - sum(advance(text, style) for text, style in fragments)
        base = max(baseline(style) for _text, style in fragments)
        marks = []
        for text, style in fragments:
            marks.append(Text(left, base, text, style))
            left += advance(text, style)
        pieces.append(Piece(max(line_height(style) for _text, style in fragments), tuple(marks), base))
    return pieces


def beside(columns: Sequence[tuple[float, Sequence[Piece]]]) -> list[Piece]:
    """Columns at their x, merged line by line on a common baseline."""
    merged = []
    for index in range(max((len(pieces) for _x, pieces in columns), default=0)):
        parts = [(x, pieces[index]) for x, pieces in columns if index < len(pieces)]
        base = max(piece.base for _x, piece in parts)
        marks: list[Mark] = []
        height = 0.0
        for x, piece in parts:
            marks.extend(piece.moved(x, base - piece.base))
            height = max(height, piece.height + base - piece.base)
        merged.append(Piece(height, tuple(marks), base))
    return merged


def stacked(pieces: Sequence[Piece]) -> Piece:
    """Several pieces as one that is never cut."""
    marks: list[Mark] = []
    y = 0.0
    for piece in pieces:
        marks.extend(piece.moved(0.0, y))
        y += piece.height
    return Piece(y, tuple(marks), pieces[0].base if pieces else 0.0)


def inset(pieces: Sequence[Piece], dx: float) -> list[Piece]:
    """The pieces moved to the right."""
    return [Piece(piece.height, piece.moved(dx), piece.base) for piece in pieces]


def reach(piece: Piece) -> float:
    """Where the last text of the piece ends."""
    ends = (mark.x + advance(mark.text, mark.style) for mark in piece.marks if isinstance(mark, Text))
    return max(ends, default=0.0)


def _words(runs: Iterable[Run]) -> list[list[Run]]:
    """Words as lists of fragments; a word may change its style in the middle."""
    words: list[list[Run]] = []
    glue = False
    for text, style in runs:
        for position, part in enumerate(_BREAK.split(text)):
            glue = glue and position == 0
            if not part:
                continue
            if glue:
                words[-1].append((part, style))
            else:
                words.append([(part, style)])
            glue = True
    return words


def _together(text: str) -> str:
    """ "кв. 4" stays on one line. A "№ 5" typed by somebody loses its space: "№ 417" is a household's alone."""
    return _SHORT_WORD.sub(rf"\1{GLUE}", _NUMBER_SIGN.sub("№", text))


def _width(fragments: Sequence[Run]) -> float:
    return sum(advance(text.replace(GLUE, " "), style) for text, style in fragments)


def _lines(words: Sequence[list[Run]], width: float, indent: float) -> list[list[Run]]:
    """Greedy lines; a word that is wider than a line is broken between letters."""
    lines: list[list[Run]] = []
    line: list[Run] = []
    used = 0.0
    for word in words:
        room = width - (indent if lines else 0.0) + _ROUNDING
        more = _width(word) + (advance(" ", line[-1][1]) if line else 0.0)
        if line and used + more <= room:
            line = _joined(line, word)
            used += more
            continue
        if line:
            lines.append(line)
        room = width - (indent if lines else 0.0) + _ROUNDING
        *full, line = [word] if _width(word) <= room else _parts(word, width - indent + _ROUNDING)
        lines.extend(full)
        used = _width(line)
    return [*lines, line] if line else lines


def _joined(line: list[Run], word: list[Run]) -> list[Run]:
    """The line with a space and the word, fragments of one style run together."""
    if not line:
        return list(word)
    last, style = line[-1]
    first, first_style = word[0]
    if style == first_style:
        return [*line[:-1], (f"{last} {first}", style), *word[1:]]
    return [*line[:-1], (f"{last} ", style), *word]


def _parts(word: list[Run], room: float) -> list[list[Run]]:
    """The parts of a word that is wider than a line: words that were kept together, or letters."""
    loose = _words((text.replace(GLUE, " "), style) for text, style in word)
    if len(loose) > 1:
        return _lines(loose, room - _ROUNDING, 0.0)
    parts: list[list[Run]] = [[]]
    for text, style in word:
        for letter in _letters(text):
            # Measured as a whole: kerning makes a run wider or narrower than its letters alone.
            longer = _with_letter(parts[-1], letter, style)
            if parts[-1] and _width(longer) > room:
                parts.append([(letter, style)])
            else:
                parts[-1] = longer
    return parts


def _with_letter(part: list[Run], letter: str, style: Style) -> list[Run]:
    if part and part[-1][1] == style:
        return [*part[:-1], (part[-1][0] + letter, style)]
    return [*part, (letter, style)]


def _letters(text: str) -> list[str]:
    """Letters with their combining marks (й may be two code points)."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    found = []
    units = text.encode("utf-16-le", "surrogatepass")
    start = finder.position()
    while (end := finder.toNextBoundary()) != -1:
        found.append(units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass"))
        start = end
    return found
