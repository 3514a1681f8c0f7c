"""The daily summary on one page: the figures that the oblast asks for, large, and below them the hromadas."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.day_bars import withheld_bars
from coordinator.report_words import rest_words
from coordinator.summary_content import HIDDEN, SummaryPaper, SummaryRow
from resources.i18n import _, ngettext
from ui.paper import words
from ui.paper.bars import day_charts
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
    withheld = withheld_bars(
        paper.days, paper.day, paper.hidden, paper.total.total_children, paper.hide_below
    )  # fmt: skip
    yield from day_charts(paper.days, width, paper.hide_below, withheld)
    yield from _remarks(paper, width)
    if not paper.rows:
        yield heading(_("No hromada has anything to report yet."), width, before=mm(3))
        return
    yield from _table(paper, width)


def _large(paper: SummaryPaper, width: float) -> Iterator[Block]:
    """Three boxes: that day, since the first day, by themselves; under the first who they were."""
    total, columns = paper.whole, Columns.of(width, 1, 1, 1)
    cells = [
        _box(_("Evacuated that day"), total, "people", "children"),
        _box(_since(paper), total, "total", "total_children"),
        _box(_("Left by themselves that day"), total, "alone", "alone_children"),
    ]
    yield Block(
        tuple(columns.strips(cells)), name="figures", frame=lambda height: columns.frame(height, NORMAL), after=mm(3)
    )
    if made_up := _made_up(total):
        yield text_block(labelled(_("Of those evacuated that day: {value}"), made_up), width)
    yield text_block(labelled(_("Households that refuse: {value}"), total.shown("refused")), width)
    remaining = total.shown("remaining")
    remaining = f"{remaining} ({paper.source})" if paper.source else remaining
    yield text_block(labelled(_("People who remain: {value}"), remaining), width, after=mm(4))


def _box(caption: str, total: SummaryRow, people: str, children: str) -> Cell:
    n = getattr(total.figures, children)
    among = ngettext("{n} child among them", "{n} children among them", n).format(n=total.shown(children))
    if children in total.hidden:
        among = _("children among them: {n}").format(n=total.shown(children))
    return [said(caption), said(total.shown(people), FIGURE), said(among, STRONG)]


def _since(paper: SummaryPaper) -> str:
    if paper.since is None:
        return _("Evacuated in all")
    return _("Evacuated since {day}").format(day=words.short_day(paper.since))


def _made_up(row: SummaryRow) -> str:
    """Who they were; figures that do not leave are named without their number."""
    total = row.figures
    parts = [
        ngettext("{n} woman", "{n} women", total.women).format(n=total.women),
        ngettext("{n} man", "{n} men", total.men).format(n=total.men),
        words.makeup(0, total.children, total.children),
        _("60 and older: {n}").format(n=total.seniors),
        _("with a disability: {n}").format(n=total.disabled),
    ]
    fields = ("women", "men", "children", "seniors", "disabled")
    told = [part for part, field in zip(parts, fields, strict=True)
            if getattr(total, field) and field not in row.hidden]  # fmt: skip
    if rest := rest_words(total, row.hidden):
        told.insert(sum(bool(getattr(total, name)) and name not in row.hidden for name in fields[:3]), rest)
    return ", ".join(told)


def _remarks(paper: SummaryPaper, width: float) -> Iterator[Block]:
    if paper.as_of is not None:
        yield text_block(said(_("Figures as known at {when}.").format(when=words.moment(paper.as_of))), width)
    if paper.report is None:
        yield text_block(said(_("Figures of the moment: late results may still change them.")), width)
    if paper.corrected:
        yield text_block(labelled(_("Corrected: {value}"), paper.corrected), width)
    if paper.hide_below:
        yield text_block(said(_("{mark}: numbers below {least} are not shown, nor those that would tell them.").format(
            mark=HIDDEN, least=paper.hide_below)), width)  # fmt: skip


def _table(paper: SummaryPaper, width: float) -> Iterator[Block]:
    columns = Columns.of(width, 46, 24, 30, 34, 27, 25)
    since = _since(paper)
    head = columns.head((_("Hromada"), _("That day"), _("By themselves"), since, _("Refuse, households"), _("Remain")))
    yield head
    for row in paper.rows:
        yield columns.row(_cells(row), name=f"hromada {row.name}", running=head)
    yield columns.row(
        _cells(SummaryRow(_("Together"), paper.total, paper.hidden), STRONG), name="together", running=head
    )
    yield text_block(said(_("In brackets: children among them.")), width, before=mm(1))


def _cells(row: SummaryRow, style: Style = BODY) -> list[Cell]:
    texts = (
        row.name or _("hromada not known"), _pair(row, "people", "children"), _pair(row, "alone", "alone_children"),
        _pair(row, "total", "total_children"), row.shown("refused"), row.shown("remaining"),
    )  # fmt: skip
    return [[said(text, style if at else STRONG)] for at, text in enumerate(texts)]


def _pair(row: SummaryRow, people: str, children: str) -> str:
    among = f" ({row.shown(children)})" if getattr(row.figures, children) else ""
    return f"{row.shown(people)}{among}"
