"""What the preview of an import lists: a line for each household, vehicle, settlement, and for each row set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from coordinator.exchange.incoming import Remark
from coordinator.exchange.report import Entry, ImportReport, News, RowStatus
from coordinator.queries.imports import PastImport
from resources.i18n import N_, _, ngettext
from resources.messages import sentence
from ui import texts
from ui.tables.columns import Column


class Mark(StrEnum):
    """What becomes of a line; the filters of the preview in their order."""

    NEW = "new"
    CHANGED = "changed"
    COMPLETED = "completed"
    SAME = "same"
    DOUBLE = "double"
    LOOK = "look"
    ASIDE = "aside"
    NO_DATA = "no_data"


WORDS: Mapping[Mark, str] = {
    Mark.NEW: N_("New"),
    Mark.CHANGED: N_("Changed"),
    Mark.COMPLETED: N_("Only completed"),
    Mark.SAME: N_("The same"),
    Mark.DOUBLE: N_("Possibly known"),
    Mark.LOOK: N_("To look at"),
    Mark.ASIDE: N_("Set aside"),
    Mark.NO_DATA: N_("No data"),
}
ICONS: Mapping[Mark, str] = {
    Mark.NEW: "plus",
    Mark.CHANGED: "edit",
    Mark.COMPLETED: "plus",
    Mark.SAME: "check",
    Mark.DOUBLE: "duplicates",
    Mark.LOOK: "warning",
    Mark.ASIDE: "danger",
    Mark.NO_DATA: "minus",
}
ROLES: Mapping[Mark, str] = {Mark.NEW: "success", Mark.LOOK: "warning", Mark.ASIDE: "danger", Mark.DOUBLE: "warning"}
_STATUS = {
    RowStatus.ADDED: Mark.NEW,
    RowStatus.UPDATED: Mark.CHANGED,
    RowStatus.COMPLETED: Mark.COMPLETED,
    RowStatus.UNCHANGED: Mark.SAME,
}

FIELDS: Mapping[str, str] = {
    "settlement": N_("settlement"),
    "address": N_("address"),
    "landmark": N_("landmark"),
    "phone": N_("phone"),
    "note": N_("note"),
    "decision": N_("decision"),
    "wants_on": N_("wished day"),
    "part_stays": N_("part stays"),
    "pets": N_("pets"),
    "destination_wish": N_("where to"),
    "requested_at": N_("request"),
    "member": N_("member"),
    "name": N_("name"),
    "birth": N_("birth"),
    "sex": N_("sex"),
    "relation": N_("relation"),
    "needs": N_("needs"),
    "person_note": N_("note on the person"),
    "plate": N_("plate"),
    "model": N_("model"),
    "seats": N_("seats"),
    "wheelchair": N_("wheelchair places"),
    "stretcher": N_("stretcher places"),
    "armoured": N_("armoured"),
    "licence": N_("licence"),
    "organisation": N_("organisation"),
    "driver": N_("driver"),
    "available_from": N_("available from"),
    "available_until": N_("available until"),
    "name_en": N_("English name"),
    "kind": N_("kind"),
    "hromada": N_("hromada"),
    "raion": N_("raion"),
    "oblast": N_("oblast"),
    "coordinates": N_("coordinates"),
    "population": N_("population"),
    "aliases": N_("other names"),
}


class PreviewRow(NamedTuple):
    """`what` is one line for the table, `detail` all of it, a line each."""

    id: str
    marks: frozenset[Mark]
    mark: Mark
    sheet: str
    row: int
    title: str
    place: str
    people: int
    what: str
    detail: tuple[str, ...]


def preview_rows(report: ImportReport, skipped: Iterable[Remark]) -> list[PreviewRow]:
    """All lines in the order of the file: those that do something, remarks, and rows that are no data."""
    rows = [_entry(number, entry) for number, entry in enumerate(report.entries)]
    rows += [_remark(f"w{n}", Mark.LOOK, remark) for n, remark in enumerate(report.warnings)]
    rows += [_remark(f"r{n}", Mark.ASIDE, remark) for n, remark in enumerate(report.rows_rejected)]
    rows += [_remark(f"s{n}", Mark.NO_DATA, remark) for n, remark in enumerate(skipped)]
    order = {sheet.name: place for place, sheet in enumerate(report.sheets)}
    return sorted(rows, key=lambda row: (order.get(row.sheet, -1), row.row))


def _entry(number: int, entry: Entry) -> PreviewRow:
    status = _STATUS[entry.status]
    marks = {status} | ({Mark.DOUBLE} if entry.candidates else set())
    news = [_news(piece) for piece in entry.news]
    doubles = [_candidate(candidate.number, candidate.head, candidate.reasons) for candidate in entry.candidates]
    detail = (*news, *doubles)
    shown = Mark.DOUBLE if entry.candidates else status
    what = "; ".join(detail)
    return PreviewRow(
        f"e{number}", frozenset(marks), shown, entry.sheet, entry.row, entry.title, entry.place, entry.people, what,
        detail,
    )  # fmt: skip


def _news(piece: News) -> str:
    name = _(FIELDS.get(piece.field, piece.field))
    of = f"{piece.person}: " if piece.person else ""
    if not piece.old:
        return _("{who}{field}: {new} (new)").format(who=of, field=name, new=piece.new)
    return _("{who}{field}: {old} → {new}").format(who=of, field=name, old=piece.old, new=piece.new)


def _candidate(number: int | None, head: str, reasons: Iterable[str]) -> str:
    why = ", ".join(_(texts.DUPLICATE_REASONS.get(code, code)) for code in reasons)
    if number is None:
        return _("possibly the same as {head} in this file ({why})").format(head=head, why=why)
    return _("possibly household {number}, {head} ({why})").format(number=number, head=head, why=why)


def _remark(row_id: str, mark: Mark, remark: Remark) -> PreviewRow:
    text = sentence(remark.code, {name: texts.shown(fact) for name, fact in _facts(remark).items()})
    number = int("".join(char for char in remark.at.cell if char.isdecimal()) or 0)
    title = f"{remark.at.cell}: {remark.at.value}" if remark.at.cell else remark.at.value
    return PreviewRow(row_id, frozenset({mark}), mark, remark.at.sheet, number, title, "", 0, text, (text,))


def _facts(remark: Remark) -> dict[str, object]:
    return {"value": remark.at.value, **remark.facts}


def counted(rows: Iterable[PreviewRow]) -> Counter[Mark]:
    return Counter(mark for row in rows for mark in row.marks)


def totals_line(report: ImportReport) -> str:
    """rows_read = added + changed + the same + set aside + no data, in words."""
    return _(
        "{rows} rows read = {added} added + {updated} changed + {same} the same + {rejected} set aside + "
        "{skipped} that are no data"
    ).format(
        rows=texts.number(report.rows_read),
        added=texts.number(report.rows_added),
        updated=texts.number(report.rows_updated),
        same=texts.number(report.rows_unchanged),
        rejected=texts.number(len(report.rows_rejected)),
        skipped=texts.number(report.rows_skipped),
    )


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


PREVIEW_COLUMNS: list[Column[PreviewRow]] = [
    Column("mark", N_("What happens"), lambda r: _(WORDS[r.mark]), sort=lambda r: list(Mark).index(r.mark), width=15,
           icon=lambda r: ICONS[r.mark], mark=lambda r: ROLES.get(r.mark, ""), always=True),
    Column("sheet", N_("Sheet"), lambda r: r.sheet, width=16),
    Column("row", N_("Row"), lambda r: str(r.row or ""), sort=lambda r: r.row or None, width=6, right=True),
    Column("title", N_("Who or what"), lambda r: r.title, width=30),
    Column("place", N_("Settlement"), lambda r: r.place, width=18),
    Column("people", N_("People"), lambda r: str(r.people or ""), sort=lambda r: r.people or None, width=7, right=True),
    Column("what", N_("In detail"), lambda r: r.what, width=60, tooltip=lambda r: "\n".join(r.detail)),
]  # fmt: skip

PAST_COLUMNS: list[Column[PastImport]] = [
    Column("when", N_("Imported"), lambda p: texts.moment(p.imported_at), sort=lambda p: p.imported_at, width=16,
           always=True),
    Column("file", N_("File"), lambda p: p.file_name, width=34),
    Column("kind", N_("Kind"), lambda p: texts.list_kind(p.kind), width=22),
    Column("date", N_("List of"), lambda p: texts.day_short(p.list_on) if p.list_on else "", sort=lambda p: p.list_on,
           width=12),
    Column("rows", N_("Rows"), lambda p: str(p.totals.get("rows_read", "")), sort=lambda p: p.totals.get("rows_read"),
           width=8, right=True),
    Column("added", N_("Added"), lambda p: str(p.totals.get("rows_added", "")),
           sort=lambda p: p.totals.get("rows_added"), width=8, right=True),
    Column("by", N_("By"), lambda p: p.imported_by, width=16),
]  # fmt: skip
