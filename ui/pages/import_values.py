"""One line of a preview value by value: what the register has, what the file says, where each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from coordinator.domain.decision import Decision
from coordinator.domain.joining import birth_text
from coordinator.exchange.file_cells import cell_of
from coordinator.exchange.incoming import IncomingHousehold, SheetSummary
from coordinator.exchange.report import Choice, Entry, News, RowStatus
from coordinator.queries.provenance import Cell, Origin, Origins
from coordinator.services.import_plan import PeoplePlan
from coordinator.services.imports import ImportPreview
from resources.i18n import _
from ui import texts
from ui.origin_words import place_words
from ui.pages.import_marks import CellMark
from ui.pages.import_words import field_words, phones_words, value_words

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "settlement": ("settlement_text", "settlement_id"),
    "address": ("street", "address_text"),
    "landmark": ("landmark",),
    "note": ("note",),
    "decision": ("decision",),
    "pets": ("pets",),
    "destination_wish": ("destination_wish",),
    "name": ("surname", "given"),
    "birth": ("birth_on", "birth_year", "birth_raw"),
    "sex": ("sex",),
    "relation": ("relation",),
    "needs": ("needs_raw",),
    "person_note": ("note",),
}
"""Field of the news -> the columns of the register that hold its old value."""


class ValueLine(NamedTuple):
    """`choice` is None where nobody is asked; `taken`: whether the file's value counts."""

    field: str
    old: str
    old_from: str
    new: str
    cell: str
    mark: CellMark | None = None
    choice: Choice | None = None
    taken: bool = True


def value_lines(
    preview: ImportPreview, number: int, choices: Mapping[Choice, bool], origins: Origins
) -> list[ValueLine]:
    """The lines of one entry. `origins`: where the values come from that its household has, as far as that is read."""
    entry = preview.report.entries[number]
    summary = _summary(preview, entry.sheet)
    incoming = preview.incoming.households
    if entry.status is RowStatus.UNCHANGED and entry.household_id is None:
        return []  # a file that was imported already is not compared anew
    if entry.household_id is None and number < len(incoming):
        return list(_of_new(incoming[number], entry, summary))
    return [
        _line(preview, number, news, kept, summary, choices, origins)
        for kept, several in ((False, (*entry.news, *entry.declined)), (True, entry.kept))
        for news in several
    ] + [_of_ours(news, summary, _from(_origin(entry, news, origins))) for news in entry.ours]


def can_choose(preview: ImportPreview) -> bool:
    """Values are chosen apart in lists of people and of requests."""
    return isinstance(preview.plan, PeoplePlan)


def _summary(preview: ImportPreview, sheet: str) -> SheetSummary:
    return next(one for one in preview.report.sheets if one.name == sheet)


def _line(
    preview: ImportPreview,
    number: int,
    news: News,
    kept: bool,
    summary: SheetSummary,
    choices: Mapping[Choice, bool],
    origins: Origins,
) -> ValueLine:
    entry = preview.report.entries[number]
    choice = news.choice(entry.sheet)
    taken = choices.get(choice, not kept)
    mark = CellMark.MORE if news.completes else CellMark.CHANGED
    if not taken:
        mark = CellMark.KEPT if kept else CellMark.DECLINED
    origin = _origin(entry, news, origins)
    return ValueLine(
        field_words(news), _old(preview, number, news), _from(origin), value_words(news.field, news.new),
        cell_of(summary, news), mark, choice if can_choose(preview) else None, taken,
    )  # fmt: skip


def _of_ours(news: News, summary: SheetSummary, old_from: str) -> ValueLine:
    """Nobody is asked: the list only says what it said when it left."""
    old, new = value_words(news.field, news.old), value_words(news.field, news.base)
    return ValueLine(field_words(news), old, old_from, new, cell_of(summary, news), CellMark.OURS, None, False)


def _old(preview: ImportPreview, number: int, news: News) -> str:
    """Of a phone all that the register has, since a new one only comes beside them."""
    if news.field != "phone" or not isinstance(preview.plan, PeoplePlan):
        return value_words(news.field, news.old)
    change = preview.plan.updates.get(number)
    return phones_words(change.before.contacts) if change else ""


def _origin(entry: Entry, news: News, origins: Origins) -> Origin | None:
    return next((origins[cell] for cell in _cells(entry, news, origins) if cell in origins), None)


def _cells(entry: Entry, news: News, origins: Origins) -> Iterator[Cell]:
    if news.field == "phone":
        yield from (cell for cell in origins if cell[0] == "contact" and cell[2] == "raw")
    for column in _COLUMNS.get(news.field, ()):
        if news.person_id:
            yield "person", news.person_id, column
        elif entry.household_id:
            yield "household", entry.household_id, column


def _from(origin: Origin | None) -> str:
    """ "week1.xlsx, Ківшарівка, row 17", or who typed it and when."""
    if origin is None:
        return ""
    place = place_words(origin)
    if place:
        return place
    typed = _("typed {when} by {who}") if origin.done_by else _("typed {when}")
    return typed.format(when=texts.moment(origin.done_at), who=origin.done_by)


def _of_new(household: IncomingHousehold, entry: Entry, summary: SheetSummary) -> Iterator[ValueLine]:
    """What a household will be that the register does not have yet."""
    for news in _said(household):
        if news.new:
            place = entry.place if news.field == "settlement" and entry.place else ""
            text = place or value_words(news.field, news.new)
            yield ValueLine(field_words(news), "", "", text, cell_of(summary, news))


def _said(household: IncomingHousehold) -> Iterable[News]:
    row = household.rows[0]
    yield News("settlement", "", household.settlement_text, row=row)
    yield News("address", "", household.address.line, row=row)
    for contact in household.contacts:
        yield News("phone", "", contact.e164 or contact.raw, row=row)
    if household.decision is not Decision.NOT_ASKED:
        yield News("decision", "", household.decision, row=row)
    yield News("wants_on", "", household.wants_on.isoformat() if household.wants_on else "", row=row)
    for field in ("note", "pets", "destination_wish"):
        yield News(field, "", getattr(household, field), row=row)
    for person in household.people:
        name = person.name.full or _("a person without a name")
        yield News("member", "", name, row=person.row)
        yield News("birth", "", birth_text(person.birth), name, row=person.row)
        needs = person.needs_raw or ", ".join(sorted(person.needs))
        yield News("needs", "", needs, name, row=person.row)
        yield News("person_note", "", person.note, name, row=person.row)
