"""A list of people: a person a row, households by address blocks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import fold
from coordinator.domain.person import Birth, Need, Relation, Sex
from coordinator.exchange.addresses import is_ditto
from coordinator.exchange.blocks import ADDRESS_KEYS, Line, has_address, household_blocks
from coordinator.exchange.coded import decision_of, relation_of
from coordinator.exchange.day_order import day_orders
from coordinator.exchange.decided import household_decision
from coordinator.exchange.harvest import (
    KEPT_AS_NOTE,
    NEED_FLAGS,
    NO_REMARK,
    Harvest,
    joined,
    kept_texts,
    merge_contacts,
    plain_name_in,
    read_address_cells,
    read_births,
    read_contacts,
    read_name,
    read_person_needs,
    read_sexes,
    reject,
    with_hromada,
)
from coordinator.exchange.incoming import Beside, IncomingHousehold, IncomingPerson
from coordinator.exchange.layout import Table, meaningful
from coordinator.exchange.once import Once
from coordinator.exchange.own_rows import own_rows
from coordinator.exchange.read_before import SheetBefore
from coordinator.exchange.reading import CellValue
from coordinator.exchange.rows import Row, RowKind, Tick, filled_rows, no_tick, odd_cells, skipped
from coordinator.exchange.values import moment_doubt, read_day, read_moment, shown
from coordinator.exchange.wording import NoteReading, read_note

_PERSONAL = frozenset(
    {
        "full_name",
        "surname",
        "given",
        "patronymic",
        "birth",
        "birth_year",
        "age",
        "sex",
        "relation",
        "needs",
        *NEED_FLAGS,
    }
)
_HOUSEHOLD = frozenset(
    {
        "phone", "note", "pets", "destination", "luggage", "decision", "settlement", "wants_on", "landmark",
        "children_ages",
    }
)  # fmt: skip
_NEVER_READ = SheetBefore()
_SILENT = NoteReading()
_ALSO_NOTED = (*KEPT_AS_NOTE, "evacuation_date")
_SAYING = frozenset({"note", "decision", *_ALSO_NOTED})
"""Columns whose texts may tell a decision or belong to the note."""
_CONTINUED = frozenset({"phone", "note", "pets", "destination"})
_BESIDE_A_NAME = (_PERSONAL - {"full_name"}) | {*ADDRESS_KEYS, "phone", "number"}
_LONGEST_NAME = 9
"""Words; a longer text alone in a row is a sentence and nobody's name."""

LARGE_HOUSEHOLD = 15
_OFTEN = 200
"""Households after which somebody hears how far it is."""


@dataclass(slots=True)
class _Sheet:
    """The reading of one sheet; `above` is the settlement of the household before.

    `words_under`: rows where a merged cell above speaks for the decision. `said`: the words of a row that stands
    alone, see `_words_of`.
    """

    table: Table
    list_on: date
    harvest: Harvest = field(default_factory=Harvest)
    orders: dict[str, bool | None] = field(default_factory=dict)
    extra: dict[int, list[int]] = field(default_factory=dict)
    above: str = ""
    words_under: frozenset[int] = frozenset()
    address_keys: tuple[str, ...] = ()
    one_phone: bool = False
    sex: Once[Sex] = field(init=False)
    needs: Once[tuple[frozenset[Need], str]] = field(init=False)
    relation: Once[Relation] = field(init=False)
    said: Once[tuple[str, NoteReading]] = field(init=False)

    def __post_init__(self) -> None:
        table, harvest, columns = self.table, self.harvest, self.table.columns
        saying = {place for key in _SAYING for place in columns.get(key, ())}
        self.words_under = frozenset(row for row, column in table.over if column in saying)
        self.address_keys = tuple(key for key in ADDRESS_KEYS if key in columns)
        self.one_phone = len(columns.get("phone", ())) == 1
        self.sex = Once(table, harvest, ("sex",), read_sexes)
        self.needs = Once(table, harvest, ("needs", *NEED_FLAGS), read_person_needs)
        self.relation = Once(table, harvest, ("relation",), _relation)
        self.said = Once(table, harvest, ("note", "decision", *_ALSO_NOTED), _words_of)

    @property
    def own(self) -> bool:
        """Whether the sheet carries the numbers of our own workbooks."""
        return self.table.has("household_no") and self.table.has("member_no")


def read_people(table: Table, list_on: date, tick: Tick = no_tick, before: SheetBefore = _NEVER_READ) -> Harvest:
    """Households of one sheet. Ages are as of `list_on`. `tick` hears which part is done, and may raise.

    `before`: what was read of the sheet before some of its cells were corrected.
    """
    sheet = _Sheet(table, list_on)
    lines = _lines(sheet, filled_rows(table, lambda part: tick(part * 0.4)))
    sheet.orders = day_orders(table)
    sheet.harvest.warnings += odd_cells(table, {line.index for line in lines})
    blocks = household_blocks(table, lines, lambda part: tick(0.4 + part * 0.1))
    for number, block in enumerate(blocks):
        if number % _OFTEN == 0:
            tick(0.5 + number / len(blocks) / 2)
        _gather(sheet, block, before)
    return sheet.harvest if before.all_kept(sheet.harvest.beside) else read_people(table, list_on, tick)


def _gather(sheet: _Sheet, block: Sequence[Line], before: SheetBefore) -> None:
    """One household more, as it was read before or read now."""
    harvest, above, section = sheet.harvest, sheet.above, block[0].section
    rows = [line.index for line in block]
    below = tuple([row for line in rows for row in sheet.extra.get(line, ())]) if sheet.extra else ()
    known = before.household(rows, below, above, section) if before.known else None
    if known is not None:
        household, beside = known
        harvest.warn_again(beside.warnings)
        sheet.above = beside.then
    else:
        warned = len(harvest.warnings)
        household = _household(sheet, block)
        beside = Beside(above, sheet.above, section, below, tuple(harvest.warnings[warned:]))
    harvest.households.append(household)
    harvest.beside.append(beside)


def person_lines(table: Table, rows: Iterable[Row]) -> list[Line]:
    """The rows of persons among the filled ones, for whoever counts households before anything is read."""
    return _lines(_Sheet(table, date.min), rows)


def _lines(sheet: _Sheet, rows: Iterable[Row]) -> list[Line]:
    """The rows of persons. Rows of anything else are skipped or rejected here, by name."""
    lines: list[Line] = []
    section, after_break = "", False
    for row in rows:
        sheet.harvest.rows_read += 1
        if row.kind is not RowKind.DATA:
            sheet.harvest.skipped.append(skipped(sheet.table, row))
            after_break = after_break or row.kind in (RowKind.TOTAL, RowKind.SIGNATURE, RowKind.SECTION)
            section = row.settlement or section
        elif _is_person(sheet.table, row):
            lines.append(Line(row.index, row.keys, section, after_break))
            after_break = False
        elif lines and not after_break and row.keys & _CONTINUED and "number" not in row.keys:
            sheet.extra.setdefault(lines[-1].index, []).append(row.index)
            key = min(row.keys & _CONTINUED)
            sheet.harvest.skipped.append(sheet.table.remark("import.skipped_continuation", row.index, key))
        else:
            reject(sheet.table, row.index, "import.no_person", sheet.harvest)
    return lines


def _is_person(table: Table, row: Row) -> bool:
    """A name, a personal fact, an address of its own, or a running number with anything else."""
    if not row.keys.isdisjoint(_PERSONAL):
        if not row.keys.isdisjoint(_BESIDE_A_NAME):
            return True
        return len(shown(table.own(row.index, "full_name")).split()) < _LONGEST_NAME
    if has_address(table, row.index, row.keys):
        return True
    numbered = "number" in row.keys and any(char.isdecimal() for char in shown(table.own(row.index, "number")))
    return numbered and bool(row.keys & _HOUSEHOLD)


def _household(sheet: _Sheet, block: Sequence[Line]) -> IncomingHousehold:
    rows = [line.index for line in block]
    people = [_person(sheet, row) for row in rows]
    if not sheet.own:
        people = _with_head(people)
    address, named = _address(sheet, rows)
    settlement = _settlement(sheet, block, named)
    decision, part_stays, note = _decision(sheet, rows, people)
    wants_on = _wants_on(sheet, rows, decision, note)
    table = sheet.table
    every = [row for line in rows for row in (line, *sheet.extra.get(line, ()))] if sheet.extra else rows
    household = IncomingHousehold(
        sheet=table.sheet.name,
        rows=tuple([row + 1 for row in rows]),
        settlement_text=settlement,
        address=address,
        people=tuple(people),
        contacts=_contacts(sheet, rows, people),
        decision=decision or (Decision.WANTS_PICKUP if wants_on else Decision.NOT_ASKED),
        wants_on=wants_on,
        requested_at=_requested_at(sheet, rows[0]),
        part_stays=part_stays,
        pets=_texts(table, every, "pets"),
        destination_wish=_texts(table, every, "destination"),
        note=note,
        own=own_rows(table, rows, listed=True, below=sheet.extra),
    )
    _warn_household(sheet, rows, household)
    return household


def _texts(table: Table, rows: Sequence[int], key: str) -> str:
    values: list[CellValue] = [table.cell(row, key) for row in rows]
    said = values[0]
    if (said is None or type(said) is str) and values.count(said) == len(values):
        return table.text(rows[0], key)
    return joined(map(shown, values))


def _requested_at(sheet: _Sheet, row: int) -> datetime | None:
    table = sheet.table
    told = (
        table.cell(row, "requested_on"), table.cell(row, "request_time"), sheet.list_on, table.sheet.epoch_1904,
        sheet.orders.get("requested_on"),
    )  # fmt: skip
    if told[0] is None:
        return None
    doubt = moment_doubt(*told)
    if doubt:
        sheet.harvest.warnings.append(table.remark(doubt, row, "requested_on", told[0]))
    return read_moment(*told)


def _person(sheet: _Sheet, row: int) -> IncomingPerson:
    table = sheet.table
    name = plain_name_in(table, row)
    named = NO_REMARK if name else read_name(table, row)
    if named.several:
        sheet.harvest.warnings.append(table.remark("import.several_people", row, "full_name"))
    sex = sheet.sex.of(row)
    birth = read_births(table, row, sheet.list_on, sheet.orders.get("birth"), sheet.harvest)
    if (named.child or named.age is not None) and birth == Birth(raw=birth.raw):
        aged = named.age is not None
        birth = Birth(
            age=named.age, age_on=sheet.list_on if aged else None, stated_child=None if aged else True, raw=birth.raw
        )
    needs, needs_raw = sheet.needs.of(row)
    relation = sheet.relation.of(row) or named.relation
    note = joined((named.note, table.text(row, "person_note"))) if table.has("person_note") else named.note
    return IncomingPerson(row + 1, name or named.name, sex, birth, relation, needs, needs_raw, note)


def _relation(table: Table, row: int, _harvest: Harvest) -> Relation:
    return relation_of(table, table.text(row, "relation"))


def _with_head(people: list[IncomingPerson]) -> list[IncomingPerson]:
    """The first of a household is its head where the list names none."""
    if people[0].relation is Relation.UNKNOWN and all(person.relation is not Relation.HEAD for person in people):
        people[0] = replace(people[0], relation=Relation.HEAD)
    return people


def _address(sheet: _Sheet, rows: Sequence[int]) -> tuple[Address, str]:
    """The address of the first row that has one, and the settlement named in it."""
    table = sheet.table
    for row in rows:
        for key in sheet.address_keys:
            if meaningful(table.cell(row, key)):
                return read_address_cells(table, row)
    return read_address_cells(table, rows[0])


def _settlement(sheet: _Sheet, block: Sequence[Line], in_address: str) -> str:
    """From the column, else the address, the heading above, the household above, the titles, the sheet's name."""
    found = _in_column(sheet.table, block) or in_address or block[0].section
    if not found and sheet.table.has("settlement") and sheet.above and not sheet.own:
        sheet.harvest.warn_once(
            sheet.table.remark("import.settlement_from_above", block[0].index, "settlement", sheet.above)
        )
        found = sheet.above
    if sheet.table.has("settlement"):
        sheet.above = found
    return with_hromada(found or sheet.table.settlement, sheet.table.text(block[0].index, "hromada"))


def _in_column(table: Table, block: Sequence[Line]) -> str:
    for line in block:
        value = table.cell(line.index, "settlement")
        if meaningful(value) and not is_ditto(value):
            return table.text(line.index, "settlement")
    return ""


def _contacts(sheet: _Sheet, rows: Sequence[int], people: Sequence[IncomingPerson]) -> tuple[Contact, ...]:
    table, found = sheet.table, list[Contact]()
    repeated: CellValue = None
    for place, row in enumerate(rows):
        phone = table.filled[row].get("phone")
        if (phone is not None and phone != repeated) or row in table.under:
            whose = people[place].name.given or people[place].name.surname if place else ""
            found += read_contacts(table, row, sheet.harvest, whose)
        if place == 0 and sheet.one_phone and found and all(contact.e164 for contact in found):
            repeated = phone
        for below in sheet.extra.get(row, ()) if sheet.extra else ():
            found += read_contacts(table, below, sheet.harvest)
    return merge_contacts(found)


def _decision(sheet: _Sheet, rows: Sequence[int], people: list[IncomingPerson]) -> tuple[Decision | None, bool, str]:
    """Decision, whether a part stays, and the household's note; other rows' notes go to their person."""
    said = [_said_in(sheet, row) for row in rows]
    readings = [reading for _text, reading in said]
    decision, part_stays = household_decision(readings)
    note = said[0][0]
    if said.count(said[0]) == len(said):
        return decision, part_stays, note
    for place in range(1, len(rows)):
        text = said[place][0]
        if text and text != note:
            people[place] = replace(people[place], note=joined((people[place].note, text)))
    telling = [text for place, (text, reading) in enumerate(said) if place == 0 or reading != _SILENT]
    return decision, part_stays, joined(telling)


def _said_in(sheet: _Sheet, row: int) -> tuple[str, NoteReading]:
    """The note of a row with what belongs to it, and what decision it tells, or the status column beside it."""
    if row in sheet.extra or row in sheet.words_under:
        return _words_of(sheet.table, row, sheet.harvest, sheet.extra.get(row, ()))
    return sheet.said.of(row)


def _words_of(table: Table, row: int, _harvest: Harvest, below: Sequence[int] = ()) -> tuple[str, NoteReading]:
    notes = [shown(value) for line in (row, *below) for value in table.cells(line, "note")]
    own = joined([*notes, *kept_texts(table, row, _ALSO_NOTED)])
    status = table.text(row, "decision")
    told = decision_of(table, status) if status else _SILENT
    text = own if not status or told != _SILENT else joined((own, status))
    return text, _both(told, read_note(own)) if status or own else told


def _both(status: NoteReading, note: NoteReading) -> NoteReading:
    """The status column decides before the note."""
    return NoteReading(
        status.decision or note.decision, status.part_stays or note.part_stays, status.only_part or note.only_part
    )


def _wants_on(sheet: _Sheet, rows: Sequence[int], decision: Decision | None, note: str) -> date | None:
    """The wished day from its column, else from the words of a wish ("хочуть виїхати 16.08")."""
    for row in rows if sheet.table.has("wants_on") else ():
        value = sheet.table.cell(row, "wants_on")
        if not meaningful(value):
            continue
        day = read_day(value, sheet.list_on, sheet.table.sheet.epoch_1904, sheet.orders.get("wants_on"))
        if day is None:
            sheet.harvest.warnings.append(sheet.table.remark("import.day_unreadable", row, "wants_on", value))
        return day
    return read_day(note, sheet.list_on) if decision is Decision.WANTS_PICKUP else None


def _warn_household(sheet: _Sheet, rows: Sequence[int], household: IncomingHousehold) -> None:
    table, warnings = sheet.table, sheet.harvest.warnings
    if not household.contacts and not fold(household.address.line):
        warnings.append(table.remark("import.not_findable", rows[0], "full_name"))
    if len(rows) > LARGE_HOUSEHOLD:
        warnings.append(
            table.remark(
                "import.large_household", rows[0], "address", people=len(rows), first=rows[0] + 1, last=rows[-1] + 1
            )
        )
    size = table.own(rows[0], "people")
    if meaningful(size) and shown(size).isdecimal() and int(shown(size)) != len(rows):
        warnings.append(table.remark("import.count_differs", rows[0], "people", size, listed=len(rows)))
