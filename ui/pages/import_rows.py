"""What the preview of an import lists: a line for each household, vehicle, settlement, and for each row set aside."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from coordinator.domain.decision import Decision
from coordinator.domain.memory import remembered
from coordinator.domain.names import fold
from coordinator.exchange.file_cells import column_of
from coordinator.exchange.incoming import IncomingHousehold, ListKind, Remark, SheetSummary
from coordinator.exchange.originals import Correction
from coordinator.exchange.report import Entry, ImportReport, Missed, RowStatus
from coordinator.queries.imports import PastImport
from coordinator.services.imports import ImportPreview
from resources.i18n import N_, _, ngettext
from resources.messages import sentence
from ui import texts
from ui.pages.import_marks import (
    CELL_ICONS,
    CELL_ROLES,
    CELL_WORDS,
    ICONS,
    OF_STATUS,
    ROLES,
    WORDS,
    CellMark,
    Mark,
    column_of_field,
    column_of_key,
    stronger,
)
from ui.pages.import_words import (
    candidate_words,
    declined_words,
    kept_words,
    news_words,
    ours_words,
    phones_words,
    remark_words,
)
from ui.tables.columns import Column

_APART = frozenset({"import.household_gone"})
"""Remarks that have lines of their own."""

_NO_CELLS: Mapping[str, CellMark] = {}


class PreviewRow(NamedTuple):
    """`what` is one line for the table, `detail` all of it, a line each. `cells`: column -> its mark.

    `entry`: the place of its entry in the report, -1 for none; `rows` are those of the sheet.
    """

    id: str
    marks: frozenset[Mark]
    mark: Mark
    sheet: str
    rows: tuple[int, ...]
    title: str
    place: str
    people: int
    detail: tuple[str, ...]
    address: str = ""
    phones: str = ""
    decision: str = ""
    note: str = ""
    cells: Mapping[str, CellMark] = _NO_CELLS
    entry: int = -1
    remarks: tuple[Remark, ...] = ()

    @property
    def row(self) -> int:
        return self.rows[0] if self.rows else 0

    @property
    def what(self) -> str:
        return "; ".join(self.detail)


def preview_rows(preview: ImportPreview) -> list[PreviewRow]:
    """All lines in the order of the file: those that do something, remarks, and rows that are no data."""
    report, incoming = preview.report, preview.incoming
    about, alone = _shared_out(report)
    corrected = _by_row(preview.listed.corrections)
    sheets = {sheet.name: sheet for sheet in report.sheets}
    households: Mapping[int, IncomingHousehold] = dict(enumerate(incoming.households))
    rows = [
        _entry(number, entry, households.get(number), about.get(number, ()), sheets, corrected)
        for number, entry in enumerate(report.entries)
    ]
    rows += [_missed(n, missed) for n, missed in enumerate(report.missed)]
    rows += [_remark(f"w{n}", Mark.LOOK, remark) for n, remark in enumerate(alone)]
    rows += [_remark(f"r{n}", Mark.ASIDE, remark) for n, remark in enumerate(report.rows_rejected)]
    rows += [_remark(f"s{n}", Mark.NO_DATA, remark) for n, remark in enumerate(incoming.skipped)]
    order = {sheet.name: place for place, sheet in enumerate(report.sheets)}
    return sorted(rows, key=lambda row: (order.get(row.sheet, len(order) if row.mark is Mark.GONE else -1), row.row))


def _shared_out(report: ImportReport) -> tuple[dict[int, list[Remark]], list[Remark]]:
    """The warnings about rows of an entry, by its place in the report, and all others."""
    about: dict[int, list[Remark]] = defaultdict(list)
    alone: list[Remark] = []
    owner: dict[tuple[str, int], int] = {}
    if report.warnings:
        owner = {(entry.sheet, row): n for n, entry in enumerate(report.entries) for row, _status in entry.rows}
    for remark in report.warnings:
        number = owner.get((remark.at.sheet, row_of(remark)))
        if number is not None:
            about[number].append(remark)
        elif remark.code not in _APART:
            alone.append(remark)
    return about, alone


def row_of(remark: Remark) -> int:
    """The row of the sheet that a remark is about, 0 for none."""
    return int("".join(char for char in remark.at.cell if char.isdecimal()) or 0)


def _by_row(corrections: Iterable[Correction]) -> dict[tuple[str, int], list[Correction]]:
    found: dict[tuple[str, int], list[Correction]] = defaultdict(list)
    for one in corrections:
        found[one.sheet, one.row].append(one)
    return found


def _entry(
    number: int,
    entry: Entry,
    household: IncomingHousehold | None,
    remarks: Iterable[Remark],
    sheets: Mapping[str, SheetSummary],
    corrected: Mapping[tuple[str, int], list[Correction]],
) -> PreviewRow:
    remarks = tuple(remarks)
    status = OF_STATUS[entry.status]
    marks = {status} | ({Mark.DOUBLE} if entry.candidates else set()) | ({Mark.LOOK} if remarks else set())
    shown = Mark.DOUBLE if entry.candidates else status
    detail = (
        *map(news_words, entry.news), *map(kept_words, entry.kept), *map(declined_words, entry.declined),
        *map(ours_words, entry.ours),
        *map(candidate_words, entry.candidates), *map(remark_words, remarks),
    )  # fmt: skip
    rows = tuple([row for row, _status in entry.rows])
    made = [one for row in rows for one in corrected.get((entry.sheet, row), ())] if corrected else []
    cells = _cells(entry, remarks, made, sheets.get(entry.sheet)) if detail or made else _NO_CELLS
    title = entry.title or (_("a person without a name") if household else "")
    return PreviewRow(
        f"e{number}", frozenset(marks), shown, entry.sheet, rows, title, entry.place or entry.typed_place,
        entry.people, detail, *(_said(household) if household else ()), cells=cells, entry=number, remarks=remarks,
    )  # fmt: skip


def _said(household: IncomingHousehold) -> tuple[str, str, str, str]:
    """Address, phones, decision and note as the list has them."""
    decision = "" if household.decision is Decision.NOT_ASKED else texts.label(household.decision)
    if household.wants_on:
        decision = f"{decision}, {texts.day_short(household.wants_on)}"
    note = "; ".join(part for part in (household.note, household.pets, household.destination_wish) if part)
    return household.address.line, phones_words(household.contacts), decision, note


def _cells(
    entry: Entry, remarks: Iterable[Remark], corrected: Iterable[Correction], sheet: SheetSummary | None
) -> Mapping[str, CellMark]:
    found: dict[str, CellMark] = {}
    for column, mark in _marked(entry, remarks, corrected, sheet):
        found[column] = stronger(found.get(column), mark)
    return found


def _marked(
    entry: Entry, remarks: Iterable[Remark], corrected: Iterable[Correction], sheet: SheetSummary | None
) -> Iterator[tuple[str, CellMark]]:
    for news in entry.news:
        yield column_of_field(news.field), CellMark.MORE if news.completes else CellMark.CHANGED
    for news in entry.declined:
        yield column_of_field(news.field), CellMark.DECLINED
    for news in entry.kept:
        yield column_of_field(news.field), CellMark.KEPT
    for news in entry.ours:
        yield column_of_field(news.field), CellMark.OURS
    if sheet is None:
        return
    for one in corrected:
        yield column_of_key(column_of(sheet, one.cell)), CellMark.CORRECTED
    for remark in remarks:
        key = column_of(sheet, remark.at.cell)
        if key:
            yield column_of_key(key), CellMark.LOOK


def _missed(number: int, missed: Missed) -> PreviewRow:
    if missed.person_id is None:
        text = sentence("import.household_gone", {"number": missed.number, "name": missed.name or "–"})
    else:
        text = _("Stood in the last list with household {number} and is missing in this one.").format(
            number=missed.number
        )
    people = int(missed.person_id is not None)
    return PreviewRow(
        f"g{number}", frozenset({Mark.GONE}), Mark.GONE, "", (), missed.name, missed.place, people, (text,)
    )


def _remark(row_id: str, mark: Mark, remark: Remark) -> PreviewRow:
    title = f"{remark.at.cell}: {remark.at.value}" if remark.at.cell else remark.at.value
    rows = (row_of(remark),) if row_of(remark) else ()
    return PreviewRow(
        row_id, frozenset({mark}), mark, remark.at.sheet, rows, title, "", 0, (remark_words(remark),), remarks=(remark,)
    )


def searched(row: PreviewRow) -> str:
    """What the search looks through."""
    said = (row.title, row.place, row.address, row.phones, row.decision, row.note)
    folded = [fold(text) for text in said if text]
    folded += [_folded_word(word) for text in row.detail for word in text.split()]
    return " ".join(folded)


_folded_word = remembered(fold, 65536)
"""Sentences are long, and made of the same words again and again."""


def counted(rows: Iterable[PreviewRow]) -> Counter[Mark]:
    return Counter(mark for row in rows for mark in row.marks)


def rows_words(rows: tuple[int, ...]) -> str:
    """ "17" or "17–19"."""
    if not rows:
        return ""
    return str(rows[0]) if len(rows) == 1 else f"{rows[0]}–{rows[-1]}"


def done_line(report: ImportReport) -> str:
    """What an import brings or brought: what is new, and how many are changed or only completed."""
    changed, completed = report.entries_with(RowStatus.UPDATED), report.entries_with(RowStatus.COMPLETED)
    places = report.entries_with(RowStatus.ADDED) if report.kind == ListKind.GAZETTEER else 0
    parts = [
        _("New settlements: {n}").format(n=texts.number(places)) if places else "",
        _("Changed: {n}").format(n=texts.number(changed)) if changed else "",
        _("Only completed: {n}").format(n=texts.number(completed)) if completed else "",
    ]
    more = [part for part in parts if part]
    return "  ·  ".join([*([added_line(report)] if not more or (report.rows_added and not places) else []), *more])


def added_line(report: ImportReport) -> str:
    """What is new, in words: households, people, children, wheelchairs, stretchers, vehicles."""
    new = report.added
    parts = [
        (new.households, texts.households(new.households)),
        (new.people, texts.people(new.people)),
        (new.children, texts.children(new.children)),
        (new.wheelchair, ngettext("{n} in a wheelchair", "{n} in wheelchairs", new.wheelchair)),
        (new.stretcher, ngettext("{n} lying", "{n} lying", new.stretcher)),
        (new.vehicles, texts.vehicles(new.vehicles)),
    ]
    named = [text.format(n=texts.number(n)) for n, text in parts if n]
    return _("New: {what}").format(what=", ".join(named)) if named else _("Nothing new.")


def _marked_column(key: str, title: str, width: int, text: str) -> Column[PreviewRow]:
    """A column of what the list says, with the mark of each cell."""

    def tooltip(row: PreviewRow) -> str:
        mark = row.cells.get(key)
        said = str(getattr(row, text))
        return said if mark is None else _("{text}: {mark}").format(text=said or "–", mark=_(CELL_WORDS[mark]))

    return Column(
        key, title, lambda row: str(getattr(row, text) or ""), width=width, tooltip=tooltip,
        icon=lambda row: CELL_ICONS[row.cells[key]] if key in row.cells else "",
        mark=lambda row: CELL_ROLES[row.cells[key]] if key in row.cells else "",
    )  # fmt: skip


PREVIEW_COLUMNS: list[Column[PreviewRow]] = [
    Column("mark", N_("What happens"), lambda r: _(WORDS[r.mark]), sort=lambda r: list(Mark).index(r.mark), width=17,
           icon=lambda r: ICONS[r.mark], mark=lambda r: ROLES.get(r.mark, ""), always=True),
    Column("sheet", N_("Sheet"), lambda r: r.sheet, width=11),
    Column("row", N_("Row"), lambda r: rows_words(r.rows), sort=lambda r: r.row or None, width=7, right=True),
    _marked_column("title", N_("Who or what"), 24, "title"),
    _marked_column("place", N_("Settlement"), 14, "place"),
    _marked_column("address", N_("Address"), 16, "address"),
    _marked_column("phones", N_("Phones"), 16, "phones"),
    _marked_column("people", N_("People"), 6, "people"),
    _marked_column("decision", N_("Decision"), 14, "decision"),
    _marked_column("note", N_("Note"), 16, "note"),
    Column("what", N_("In detail"), lambda r: r.what, width=60, tooltip=lambda r: "\n".join(r.detail)),
]  # fmt: skip

PAST_COLUMNS: list[Column[PastImport]] = [
    Column("when", N_("Imported"), lambda p: texts.moment(p.imported_at), sort=lambda p: p.imported_at, width=16,
           always=True),
    Column("file", N_("File"), lambda p: p.file_name, width=34),
    Column("sender", N_("Sender"), lambda p: p.sender, width=22),
    Column("kind", N_("Kind"), lambda p: texts.list_kind(p.kind), width=22),
    Column("date", N_("List of"), lambda p: texts.day_short(p.list_on) if p.list_on else "", sort=lambda p: p.list_on,
           width=12),
    Column("rows", N_("Rows"), lambda p: str(p.totals.get("rows_read", "")), sort=lambda p: p.totals.get("rows_read"),
           width=8, right=True),
    Column("added", N_("Added"), lambda p: str(p.totals.get("rows_added", "")),
           sort=lambda p: p.totals.get("rows_added"), width=8, right=True),
    Column("by", N_("By"), lambda p: p.imported_by, width=16),
]  # fmt: skip
