"""The whole register by settlement and street, for the day the power goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from coordinator.domain.decision import Decision
from coordinator.paper_content import StateHousehold, StatePaper, StateSettlement, StateStreet, StateVehicle
from resources.i18n import _
from ui.paper import words
from ui.paper.furniture import SECTION, TITLES, heading, page_foot, page_head, text_block
from ui.paper.pages import Block, Document, Format, Sheet, compose, spaced
from ui.paper.pieces import Piece, Run, gap, glued, labelled, paragraph, said
from ui.paper.table import Cell, Columns
from ui.paper.typeface import BODY, STRONG, Style, mm

PAPER = Format(landscape=True)
STREET = Style(12, bold=True)


def state_document(paper: StatePaper) -> Document:
    """A summary, the vehicles, then every household by settlement and street."""
    width = PAPER.inner
    name = _("The whole register")
    printed = _("printed {when}").format(when=words.moment(paper.printed_at))
    sheet = Sheet(
        blocks=list(_blocks(paper, width)),
        head=page_head(width, name, paper.register_name, printed, sample=paper.training),
        foot=page_foot(width, _("Personal data: keep it locked, destroy it when it is no longer needed.")),
        watermark=_("SAMPLE") if paper.training else "",
    )
    return compose(name, PAPER, [sheet])


def _blocks(paper: StatePaper, width: float) -> Iterator[Block]:
    title = _("The whole register on {when}").format(when=words.moment(paper.printed_at))
    yield heading(title, width, TITLES[0])
    households = paper.households
    total = f"{words.households(len(households))}, {words.people(sum(one.people for one in households))}"
    yield text_block(labelled(_("Total: {value}"), total), width)
    if not households:
        yield heading(_("There are no households in this register yet."), width)
    else:
        yield from spaced(_by_decision(households, width), mm(5))
        yield from spaced(_by_settlement(paper.settlements, width), mm(5))
    yield from spaced(_vehicles(paper.vehicles, width), mm(5))
    for settlement in paper.settlements:
        yield from _settlement(settlement, width)


def _by_decision(households: Iterable[StateHousehold], width: float) -> Iterator[Block]:
    columns = Columns.of(width * 0.7, 6, 3, 2, 2)
    counts, people, children = Counter[Decision](), Counter[Decision](), Counter[Decision]()
    for one in households:
        counts[one.decision] += 1
        for code, grown_and_small, small in one.apart or ((one.decision, one.people, one.children),):
            people[code] += grown_and_small
            children[code] += small
    head = columns.head((_("Decision"), _("Households"), _("People"), _("Children")))
    yield head
    for code in Decision:
        if counts[code] or people[code]:
            figures = (counts[code], people[code], children[code])
            yield columns.row(_figures(words.decision(code), figures), name="decision", running=head)


def _stands(one: StateHousehold) -> str:
    """The decision; where members differ, how many stand where."""
    if not one.apart:
        return words.decision(one.decision, one.wants_on)
    return "; ".join(f"{words.decision(code)}: {count}" for code, count, _children in one.apart)


def _by_settlement(settlements: Iterable[StateSettlement], width: float) -> Iterator[Block]:
    columns = Columns.of(width * 0.7, 6, 3, 2, 2)
    head = columns.head((_("Settlement"), _("Households"), _("People"), _("Children")))
    yield head
    for settlement in settlements:
        of_it = settlement.households
        figures = (len(of_it), sum(one.people for one in of_it), sum(one.children for one in of_it))
        yield columns.row(_figures(_settlement_name(settlement), figures), name="settlement", running=head)


def _figures(name: str, figures: Iterable[int]) -> list[Cell]:
    return [[said(name)], *([said(str(figure), STRONG)] for figure in figures)]


def _vehicles(vehicles: Iterable[StateVehicle], width: float) -> Iterator[Block]:
    given = list(vehicles)
    if not given:
        return
    columns = Columns.of(width, 40, 22, 30, 30, 60, 45, 46)
    titles = (_("Vehicle"), _("Seats"), _("Wheelchairs"), _("Stretchers"), _("Driver"), _("Phone"), _("Note"))
    head = columns.head(titles, above=_above(_("Vehicles and drivers"), width, SECTION))
    yield head
    for one in given:
        places = one.places
        cells: list[Cell] = [
            [said(one.plate, STRONG)],
            [said(str(places.seats))],
            [said(str(places.wheelchair))],
            [said(str(places.stretcher))],
            [said(one.driver)],
            [said(glued(one.phone), STRONG)],
            [said(one.note)],
        ]
        yield columns.row(cells, name="vehicle", running=head)


def _above(text: str, width: float, style: Style = STREET) -> list[Piece]:
    """A title over a table."""
    return [*paragraph(said(text, style), width), gap(mm(0.8))]


def _settlement_name(settlement: StateSettlement) -> str:
    return settlement.name or _("Settlement not known")


def _settlement(settlement: StateSettlement, width: float) -> Iterator[Block]:
    of_it = settlement.households
    runs: list[Run] = [(_settlement_name(settlement), SECTION)]
    if settlement.hromada:
        runs.append((f", {settlement.hromada}", BODY))
    runs.append((f" · {words.households(len(of_it))}, {words.people(sum(one.people for one in of_it))}", BODY))
    yield text_block(runs, width, after=mm(1), name="settlement title", keep=True)
    for street in settlement.streets:
        yield from spaced(_street(settlement, street, width), mm(3.5))


def _street(settlement: StateSettlement, street: StateStreet, width: float) -> Iterator[Block]:
    columns = Columns.of(width, 24, 64, 26, 42, 40, 77)
    titles = ("№", _("House, contact"), _("People (children)"), _("Decision"), _("Phones"), _("Needs, pets, note"))
    name = street.name or _("Street not known")
    again = _("{settlement}, {street}, continued").format(settlement=_settlement_name(settlement), street=name)
    running = columns.head(titles, above=_above(again, width))
    yield columns.head(titles, above=_above(name, width))
    for one in street.households:
        yield columns.row(_household(one), name=f"household {one.number}", running=running)


def _household(one: StateHousehold) -> list[Cell]:
    remarks: list[list[Run]] = []
    if needs := words.needs(one.needs):
        remarks.append(said(needs, STRONG))
    if one.pets:
        remarks.append(labelled(_("Pets: {value}"), one.pets, BODY))
    if one.note:
        remarks.append(said(one.note))
    count = f"{one.people} ({one.children})" if one.children else str(one.people)
    return [
        [said(words.household(one.number), STRONG)],
        [said(one.address or words.NOTHING, STRONG), said(one.contact_name)],
        [said(glued(count), STRONG)],
        [said(_stands(one))],
        [said(glued(phone)) for phone in one.phones] or [said(words.NOTHING)],
        remarks,
    ]
