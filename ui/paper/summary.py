"""The daily summary on one page: the figures that the oblast asks for, large, and below them the hromadas."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.summary_content import SummaryFigures, SummaryPaper, SummaryRow
from resources.i18n import _, ngettext
from ui.paper import words
from ui.paper.furniture import heading, page_foot, page_head, text_block, title
from ui.paper.pages import Block, Document, Format, Sheet, compose
from ui.paper.pieces import NORMAL, labelled, said
from ui.paper.table import Cell, Columns
from ui.paper.typeface import BODY, STRONG, Style, mm

PAPER = Format()
FIGURE = Style(22, bold=True)


def summary_document(paper: SummaryPaper) -> Document:
    """One page; it goes on overleaf only where more hromadas have something to say than a page holds."""
    width, name = PAPER.inner, _("Daily summary")
    about = words.short_day(paper.day)
    if paper.report is not None:
        about = _("{day}, report {number}").format(day=about, number=paper.report)
    sheet = Sheet(
        blocks=list(_blocks(paper, width)),
        head=page_head(
            width, name, about, _("printed {when}").format(when=words.moment(paper.printed_at)), sample=paper.training
        ),
        foot=page_foot(width, _("Counted: persons, each once. No names.")),
        watermark=_("SAMPLE") if paper.training else "",
    )
    return compose(name, PAPER, [sheet])


def _blocks(paper: SummaryPaper, width: float) -> Iterator[Block]:
    yield title(_("Daily summary"), words.long_day(paper.day), width)
    yield from _large(paper, width)
    yield from _remarks(paper, width)
    if not paper.rows:
        yield heading(_("No hromada has anything to report yet."), width, before=mm(3))
        return
    yield from _table(paper, width)


def _large(paper: SummaryPaper, width: float) -> Iterator[Block]:
    """Three boxes: that day, since the first day, by themselves; under the first who they were."""
    total, columns = paper.total, Columns.of(width, 1, 1, 1)
    cells = [
        _box(_("Evacuated that day"), total.people, total.children),
        _box(_since(paper), total.total, total.total_children),
        _box(_("Left by themselves that day"), total.alone, total.alone_children),
    ]
    yield Block(
        tuple(columns.strips(cells)), name="figures", frame=lambda height: columns.frame(height, NORMAL), after=mm(3)
    )
    if made_up := _made_up(total):
        yield text_block(labelled(_("Of those evacuated that day: {value}"), made_up), width)
    yield text_block(labelled(_("Households that refuse: {value}"), str(total.refused)), width)
    remaining = f"{total.remaining} ({paper.source})" if paper.source else str(total.remaining)
    yield text_block(labelled(_("People who remain: {value}"), remaining), width, after=mm(4))


def _box(caption: str, people: int, children: int) -> Cell:
    among = ngettext("{n} child among them", "{n} children among them", children).format(n=children)
    return [said(caption), said(str(people), FIGURE), said(among, STRONG)]


def _since(paper: SummaryPaper) -> str:
    if paper.since is None:
        return _("Evacuated in all")
    return _("Evacuated since {day}").format(day=words.short_day(paper.since))


def _made_up(total: SummaryFigures) -> str:
    parts = [
        ngettext("{n} woman", "{n} women", total.women).format(n=total.women) if total.women else "",
        ngettext("{n} man", "{n} men", total.men).format(n=total.men) if total.men else "",
        words.makeup(0, total.children, total.children),
        _("sex or age not known: {n}").format(n=total.sex_unknown) if total.sex_unknown > 0 else "",
        _("60 and older: {n}").format(n=total.seniors) if total.seniors else "",
        _("with a disability: {n}").format(n=total.disabled) if total.disabled else "",
    ]
    return ", ".join(part for part in parts if part)


def _remarks(paper: SummaryPaper, width: float) -> Iterator[Block]:
    if paper.report is None:
        yield text_block(said(_("Figures of the moment: late results may still change them.")), width)
    if paper.corrected:
        yield text_block(labelled(_("Corrected: {value}"), paper.corrected), width)


def _table(paper: SummaryPaper, width: float) -> Iterator[Block]:
    columns = Columns.of(width, 46, 24, 30, 34, 27, 25)
    since = _since(paper)
    head = columns.head((_("Hromada"), _("That day"), _("By themselves"), since, _("Refuse, households"), _("Remain")))
    yield head
    for row in paper.rows:
        yield columns.row(_cells(row), name=f"hromada {row.name}", running=head)
    yield columns.row(_cells(SummaryRow(_("Together"), paper.total), STRONG), name="together", running=head)
    yield text_block(said(_("In brackets: children among them.")), width, before=mm(1))


def _cells(row: SummaryRow, style: Style = BODY) -> list[Cell]:
    figures = row.figures
    texts = (
        row.name or _("hromada not known"), _pair(figures.people, figures.children),
        _pair(figures.alone, figures.alone_children), _pair(figures.total, figures.total_children),
        str(figures.refused), str(figures.remaining),
    )  # fmt: skip
    return [[said(text, style if at else STRONG)] for at, text in enumerate(texts)]


def _pair(people: int, children: int) -> str:
    return f"{people} ({children})" if children else str(people)
