"""A list of requests: a household a row, one contact and counts instead of names.

Who needs what: a count of people lying down or in a wheelchair is given to that many members, adults from
the last to the first and then children, because the one who calls mostly speaks for somebody else; to the
contact first where the comment says so ("заявниця лежача", "сама на візку") or where nobody else is listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.exchange.addresses import is_ditto
from coordinator.exchange.coded import YES, decision_of, mark_of, needs_of, relation_of
from coordinator.exchange.day_order import day_orders
from coordinator.exchange.figures import read_count
from coordinator.exchange.harvest import (
    Harvest,
    joined,
    kept_texts,
    merge_contacts,
    read_address_cells,
    read_births,
    read_contacts,
    read_name,
    read_sexes,
    reject,
    with_hromada,
)
from coordinator.exchange.incoming import IncomingHousehold, IncomingPerson
from coordinator.exchange.layout import Table, meaningful
from coordinator.exchange.own_rows import own_rows
from coordinator.exchange.rows import RowKind, Tick, filled_rows, no_tick, odd_cells, skipped
from coordinator.exchange.values import moment_doubt, read_day, read_moment, shown
from coordinator.exchange.wording import names_no_need, read_needs, read_note

_FINDABLE = frozenset({"full_name", "surname", "given", "phone", "address", "street"})
_SELF = re.compile(r"\b(?:сам|сама|заявни\w+|заявител\w+|caller|applicant|herself|himself)\b")


@dataclass(slots=True)
class _Counts:
    """What the counts of a row come to, and the texts that the note has to keep."""

    people: int = 1
    children: int | None = None
    stretcher: int = 0
    wheelchair: int = 0
    texts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    table: Table
    list_on: date
    harvest: Harvest = field(default_factory=Harvest)
    orders: dict[str, bool | None] = field(default_factory=dict)
    last_settlement: str = ""


def read_requests(table: Table, list_on: date, tick: Tick = no_tick) -> Harvest:
    """Households of one sheet of requests. `tick` hears which part is done, and may raise."""
    sheet = _Sheet(table, list_on, orders=day_orders(table))
    used: set[int] = set()
    section = ""
    for row in filled_rows(table, tick):
        sheet.harvest.rows_read += 1
        if row.kind is not RowKind.DATA:
            sheet.harvest.skipped.append(skipped(table, row))
            section = row.settlement or section
        elif not row.keys & _FINDABLE and not _of_ours(table, row.index):
            reject(table, row.index, "import.no_contact", sheet.harvest)
        else:
            used.add(row.index)
            sheet.harvest.households.append(_household(sheet, row.index, section))
    sheet.harvest.warnings += odd_cells(table, used)
    return sheet.harvest


def _of_ours(table: Table, row: int) -> bool:
    """Whether the row is a household of ours by its number, which is enough to find it."""
    own = own_rows(table, (row,), listed=False)
    return own is not None and own.sure


def _household(sheet: _Sheet, row: int, section: str) -> IncomingHousehold:
    table = sheet.table
    counts = _counts(sheet, row)
    comment = joined(shown(value) for value in table.cells(row, "note"))
    status = table.text(row, "decision")
    reading, said = read_note(comment), decision_of(table, status)
    decision = said.decision or reading.decision
    if reading.only_part and counts.people == 1:
        decision = Decision.REFUSED
    decision = decision or Decision.WANTS_PICKUP
    address, in_address = read_address_cells(table, row)
    kept_status = "" if said.decision or said.part_stays else status
    household = IncomingHousehold(
        sheet=table.sheet.name,
        rows=(row + 1,),
        settlement_text=_settlement(sheet, row, in_address, section),
        address=address,
        people=tuple(_people(sheet, row, counts, comment)),
        contacts=merge_contacts(read_contacts(table, row, sheet.harvest)),
        decision=decision,
        wants_on=_wants_on(sheet, row, reading.decision, comment),
        requested_at=_requested_at(sheet, row),
        part_stays=reading.part_stays or said.part_stays,
        pets=table.text(row, "pets"),
        destination_wish=table.text(row, "destination"),
        note=joined((comment, kept_status, *counts.texts, *kept_texts(table, row))),
        own=own_rows(table, (row,), listed=False),
    )
    if not household.contacts and not address.line:
        sheet.harvest.warnings.append(table.remark("import.not_findable", row, "full_name"))
    return household


def _settlement(sheet: _Sheet, row: int, in_address: str, section: str) -> str:
    """The row's own settlement; only a mark for "as above" takes the one above."""
    value = sheet.table.cell(row, "settlement")
    own = sheet.last_settlement if is_ditto(value) else shown(value)
    sheet.last_settlement = own or sheet.last_settlement
    found = own or in_address or section or ("" if sheet.table.has("settlement") else sheet.table.settlement)
    return with_hromada(found, sheet.table.text(row, "hromada"))


def _counts(sheet: _Sheet, row: int) -> _Counts:
    """People, children and places, with warnings; a doubtful count keeps its text."""
    counts = _Counts()
    people, inner = _read(sheet, row, "people", counts)
    adults, _ = _read(sheet, row, "adults", counts)
    children, _ = _read(sheet, row, "children", counts)
    if not sheet.table.has("children") and inner is None and adults is None:
        counts.children = None
    else:
        counts.children = children if children is not None else inner or 0
    if people is None and adults is not None:
        people = adults + (counts.children or 0)
    if people == 0:
        _doubt(sheet, row, "people", "import.count_zero", counts)
    counts.people = max(1, people or 0)
    _fit_children(sheet, row, counts)
    counts.stretcher = _places(sheet, row, "stretcher", counts)
    counts.wheelchair = _places(sheet, row, "wheelchair", counts)
    if counts.stretcher + counts.wheelchair > counts.people:
        _doubt(sheet, row, "stretcher", "import.places_above_people", counts)
    return counts


def _read(sheet: _Sheet, row: int, key: str, counts: _Counts) -> tuple[int | None, int | None]:
    value = sheet.table.own(row, key)
    read = read_count(value)
    if read.problem:
        _doubt(sheet, row, key, read.problem, counts)
    return read.people, read.children


def _doubt(sheet: _Sheet, row: int, key: str, code: str, counts: _Counts) -> None:
    """Warns of a count, and keeps its text for the note."""
    sheet.harvest.warnings.append(sheet.table.remark(code, row, key, header=sheet.table.header(key)))
    _keep(sheet, row, key, counts)


def _keep(sheet: _Sheet, row: int, key: str, counts: _Counts) -> None:
    text = f"{sheet.table.header(key)}: {sheet.table.where(row, key).value}"
    if text not in counts.texts:
        counts.texts.append(text)


def _fit_children(sheet: _Sheet, row: int, counts: _Counts) -> None:
    """More children than people: all the children and the one who called, so that no child loses its seat."""
    if counts.children is not None and counts.children > counts.people:
        _keep(sheet, row, "people", counts)
        _doubt(sheet, row, "children", "import.children_above_people", counts)
        counts.people = counts.children + 1


def _places(sheet: _Sheet, row: int, key: str, counts: _Counts) -> int:
    """A count, or a mark ("+", "так"), or words ("бабуся"), which count as one and are kept."""
    value = sheet.table.own(row, key)
    if not meaningful(value) or mark_of(sheet.table, key, value) is False or names_no_need(shown(value)):
        return 0
    if sheet.table.words.of(key, shown(value)) == YES:
        return 1
    read = read_count(value)
    if read.people is not None:
        if read.problem:
            _doubt(sheet, row, key, read.problem, counts)
        return read.people
    if mark_of(sheet.table, key, value):
        return 1
    _doubt(sheet, row, key, "import.mark_unknown" if read.problem != "import.count_negative" else read.problem, counts)
    return 0 if read.problem == "import.count_negative" else 1


def _people(sheet: _Sheet, row: int, counts: _Counts, comment: str) -> list[IncomingPerson]:
    """The contact, then the other adults, then the children."""
    table = sheet.table
    named = read_name(table, row)
    sex = read_sexes(table, row, sheet.harvest)
    children = counts.children or 0
    known = counts.children is not None
    first_child = counts.people - children
    stated = [(place >= first_child) if known else None for place in range(counts.people)]
    birth = read_births(table, row, sheet.list_on, sheet.orders.get("birth"), sheet.harvest)
    if birth == Birth(raw=birth.raw):
        birth = Birth(stated_child=stated[0], raw=birth.raw)
    relation = relation_of(table, table.text(row, "relation")) or Relation.HEAD
    people = [IncomingPerson(row + 1, named.name, sex, birth, relation, note=named.note)]
    people += [IncomingPerson(row + 1, PersonName(), birth=Birth(stated_child=child)) for child in stated[1:]]
    if known and children == counts.people:
        sheet.harvest.warnings.append(table.remark("import.only_children", row, "children"))
    return _with_needs(sheet, row, people, counts, comment)


def _with_needs(
    sheet: _Sheet, row: int, people: list[IncomingPerson], counts: _Counts, comment: str
) -> list[IncomingPerson]:
    children = counts.children or 0
    adults = max(1, len(people) - children)
    order = [*range(adults - 1, -1, -1), *range(adults, len(people))]
    if _SELF.search(fold(comment)):
        order = [0, *(place for place in order if place)]
    wanted = [Need.STRETCHER] * counts.stretcher + [Need.WHEELCHAIR] * counts.wheelchair
    for place, need in zip(order, wanted, strict=False):
        people[place] = replace(people[place], needs=people[place].needs | {need})
    texts = [
        shown(value)
        for key in ("needs", "disability", "pregnant")
        for value in sheet.table.cells(row, key)
        if meaningful(value)
    ]
    text = joined(texts)
    if text:
        needs = _text_needs(sheet, row)
        taken = {need for person in people for need in person.needs}
        whose = order[0]
        people[whose] = replace(people[whose], needs=people[whose].needs | (needs - taken), needs_raw=text)
    return people


def _text_needs(sheet: _Sheet, row: int) -> frozenset[Need]:
    found: frozenset[Need] = frozenset()
    for value in sheet.table.cells(row, "needs"):
        found |= needs_of(sheet.table, shown(value))
    for key, need in (("disability", Need.DISABILITY), ("pregnant", Need.PREGNANT)):
        value = sheet.table.own(row, key)
        if meaningful(value) and (mark_of(sheet.table, key, value) or read_needs(shown(value), True)):
            found |= {need}
    return found


def _wants_on(sheet: _Sheet, row: int, decision: Decision | None, comment: str) -> date | None:
    """A column for the wished day, else the day in a comment that words the wish ("забрати 16.08")."""
    for key in ("wants_on", "evacuation_date"):
        value = sheet.table.cell(row, key)
        if meaningful(value):
            day = read_day(value, sheet.list_on, sheet.table.sheet.epoch_1904, sheet.orders.get(key))
            if day is None:
                sheet.harvest.warnings.append(sheet.table.remark("import.day_unreadable", row, key, value))
            return day
    return read_day(comment, sheet.list_on) if decision is Decision.WANTS_PICKUP else None


def _requested_at(sheet: _Sheet, row: int) -> datetime | None:
    value = sheet.table.cell(row, "requested_on")
    if not meaningful(value):
        return None
    told = (
        value, sheet.table.cell(row, "request_time"), sheet.list_on, sheet.table.sheet.epoch_1904,
        sheet.orders.get("requested_on"),
    )  # fmt: skip
    moment = read_moment(*told)
    doubt = "import.day_unreadable" if moment is None else moment_doubt(*told)
    if doubt:
        sheet.harvest.warnings.append(sheet.table.remark(doubt, row, "requested_on", value))
    return moment
