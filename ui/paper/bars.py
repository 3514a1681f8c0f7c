"""Charts of the last days on paper, in black and white: bars a day, the running total as a line, figures below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from math import ceil

from coordinator.summary_content import HIDDEN, DayBar
from resources.i18n import _
from ui.paper.furniture import heading
from ui.paper.pages import Block
from ui.paper.pieces import FINE, HEAVY, NORMAL, Box, Mark, Piece, Stroke, Text, paragraph, said
from ui.paper.typeface import BODY, advance, baseline, line_height, mm

CAPTION = mm(34)
"""Room on the left for what a line of figures says."""
BARS_HIGH, LINE_HIGH = mm(26), mm(16)
_BAR, _THIN = 0.5, 0.2
"""Widths of the bar of the evacuated and of that of those who left by themselves, in shares of a day's room."""
_HATCH = mm(0.9)
GAP = "–"


Withheld = Mapping[date, frozenset[str]]
"""Day -> fields of DayBar that do not leave, since they would tell a small number elsewhere on the page."""


def day_charts(
    days: Sequence[DayBar], width: float, hide_below: int = 0, withheld: Withheld | None = None
) -> Iterator[Block]:
    """Nothing where no day has a report. A day without one has a dash and no bar."""
    if not any(bar.people is not None for bar in days):
        return
    chart = _Chart(days, width, hide_below, withheld or {})
    yield heading(_("The last days, persons"), width, before=mm(1))
    yield Block((chart.key(),), name="key", keep=True)
    lines = [chart.bars(), *chart.table(), chart.line(), chart.totals()]
    yield Block(tuple(lines), name="charts", after=mm(3))


class _Chart:
    """All its strips have one column a day."""

    def __init__(self, days: Sequence[DayBar], width: float, hide_below: int, withheld: Withheld) -> None:
        self._days, self._width, self._least, self._withheld = days, width, hide_below, withheld
        self._room = (width - CAPTION) / len(days)

    def bars(self) -> Piece:
        """Evacuated: adults black, children hatched on top; beside it, empty, who left by themselves."""
        most = max((max(bar.people or 0, bar.alone or 0) for bar in self._days), default=0) or 1
        marks: list[Mark] = [Stroke(CAPTION, BARS_HIGH, self._width, BARS_HIGH, NORMAL)]
        for at, bar in enumerate(self._days):
            left = CAPTION + at * self._room
            tall = [BARS_HIGH * self._seen(bar, field) / most for field in ("people", "alone")]
            children = bar.children or 0
            told = not self._is_small(children) and not self._is_withheld(bar, "children")
            share = children / bar.people if bar.people and told else 0.0
            marks += _stack(left + self._room * 0.1, self._room * _BAR, tall[0], share)
            if tall[1]:
                marks.append(
                    Box(left + self._room * 0.66, BARS_HIGH - tall[1], self._room * _THIN, tall[1], FINE)
                )  # fmt: skip
        return Piece(BARS_HIGH + mm(1), tuple(marks), BARS_HIGH)

    def table(self) -> list[Piece]:
        """The figures under their bars: a bar says how much, a number says it exactly."""
        return [
            self._row("", [f"{bar.day:%d.%m}" for bar in self._days]),
            self._row(_("Evacuated"), self._numbers("people")),
            self._row(_("of them children"), self._numbers("children")),
            self._row(_("By themselves"), self._numbers("alone")),
        ]

    def line(self) -> Piece:
        """The running total; it is broken where a day has no report."""
        known = [bar.total for bar in self._days if bar.total is not None and not self._is_withheld(bar, "total")]
        low, high = min(known, default=0), max(known, default=0)
        span = high - low or 1
        marks: list[Mark] = [Stroke(CAPTION, LINE_HIGH, self._width, LINE_HIGH, FINE)]
        last: tuple[float, float] | None = None
        for at, bar in enumerate(self._days):
            if bar.total is None:
                last = None
                continue
            if self._is_small(bar.total) or self._is_withheld(bar, "total"):
                continue  # The line goes on: it is no gap.
            x = CAPTION + (at + 0.5) * self._room
            y = LINE_HIGH - (LINE_HIGH - mm(4)) * (bar.total - low) / span - mm(1.5)
            marks.append(Box(x - mm(0.5), y - mm(0.5), mm(1), mm(1), HEAVY))
            if last is not None:
                marks.append(Stroke(*last, x, y, NORMAL))
            last = x, y
        return Piece(LINE_HIGH + mm(1), tuple(marks), LINE_HIGH)

    def totals(self) -> Piece:
        return self._row(_("In all"), self._numbers("total"))

    def key(self) -> Piece:
        """What the bars stand for, in words beside a sample of each."""
        marks: list[Mark] = []
        x, high = 0.0, line_height(BODY)
        side, base = mm(3.2), baseline(BODY)
        samples = (
            (1.0, 0.0, _("adults, and of unknown age")),
            (1.0, 1.0, _("children")),
            (0.0, 0.0, _("left by themselves")),
        )
        for solid, hatched, words in samples:
            if solid:
                marks += [mark.moved(0, base - BARS_HIGH) for mark in _stack(x, side, side, hatched)]
            else:
                marks.append(Box(x, base - side, side, side, FINE))
            marks.append(Text(x + side + mm(1.5), base, words, BODY))
            x += side + mm(7) + advance(words, BODY)
        return Piece(high + mm(2), tuple(marks), base)

    def _row(self, caption: str, cells: Sequence[str]) -> Piece:
        base = baseline(BODY)
        marks: list[Mark] = [mark for piece in paragraph(said(caption), CAPTION) for mark in piece.marks]
        widest = max((advance(text, BODY) for text in cells), default=0.0) + mm(0.3)
        step = max(1, ceil(widest / self._room))
        for at, text in enumerate(cells):
            if (len(cells) - 1 - at) % step:
                continue  # Long numbers stand under every second day, counted from the last.
            x = CAPTION + (at + 0.5) * self._room - advance(text, BODY) / 2
            marks.append(Text(x, base, text, BODY))
        return Piece(line_height(BODY), tuple(marks), base)

    def _numbers(self, field: str) -> list[str]:
        return [HIDDEN if self._is_withheld(bar, field) else self._number(getattr(bar, field)) for bar in self._days]

    def _number(self, n: int | None) -> str:
        return GAP if n is None else HIDDEN if self._is_small(n) else str(n)

    def _is_withheld(self, bar: DayBar, field: str) -> bool:
        return field in self._withheld.get(bar.day, ()) and getattr(bar, field) is not None

    def _is_small(self, n: int) -> bool:
        return 0 < n < self._least

    def _seen(self, bar: DayBar, field: str) -> int:
        """What does not leave is drawn as the least that is shown, so that its bar does not tell it."""
        n = getattr(bar, field) or 0
        return self._least if self._is_small(n) or self._is_withheld(bar, field) else n


def _stack(x: float, width: float, tall: float, hatched: float) -> list[Mark]:
    """A bar on the base line at BARS_HIGH: black from below, the share `hatched` of it above."""
    if not tall:
        return []
    top, cut = BARS_HIGH - tall, BARS_HIGH - tall * (1 - hatched)
    middle = x + width / 2
    marks: list[Mark] = [Box(x, top, width, tall, FINE)]
    if cut < BARS_HIGH:
        marks.append(Stroke(middle, cut, middle, BARS_HIGH, width))
    y = top + _HATCH
    while y < cut:
        marks.append(Stroke(x, y, x + width, y, FINE))
        y += _HATCH
    return marks
