"""Lists as a workbook would give them, made in a line or two. All people are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth, Need
from coordinator.domain.phones import parse_phones
from coordinator.exchange.incoming import (
    Cell,
    IncomingHousehold,
    IncomingList,
    IncomingPerson,
    ListKind,
    Remark,
    SheetSummary,
)

LIST_DAY = date(2023, 8, 14)
_files = count(1)


def birth(text: str | int | date | None) -> Birth:
    """A day, a year, "дитина" / "дорослий" for a count, or nothing."""
    if isinstance(text, date):
        return Birth(on=text, raw=text.isoformat())
    if isinstance(text, int):
        return Birth(year=text, raw=str(text))
    return Birth(stated_child=text == "дитина") if text else Birth()


def person(name: str, born: str | int | date | None = None, *needs: Need, row: int = 0) -> IncomingPerson:
    return IncomingPerson(row, split_name(name), birth=birth(born), needs=frozenset(needs))


def household(
    *people: IncomingPerson,
    place: str = "Ківшарівка",
    street: str = "Садова",
    house: str = "12",
    phone: str = "",
    note: str = "",
    decision: Decision = Decision.NOT_ASKED,
    wants_on: date | None = None,
) -> IncomingHousehold:
    """Rows are given when it goes into a list."""
    return IncomingHousehold(
        sheet="", rows=(), settlement_text=place, address=Address(street, house) if street else Address(),
        people=people, contacts=parse_phones(phone), note=note, decision=decision, wants_on=wants_on,
    )  # fmt: skip


def people_list(
    *households: IncomingHousehold,
    on: date | None = LIST_DAY,
    skipped: int = 0,
    rejected: Sequence[str] = (),
    sha256: str | None = None,
) -> IncomingList:
    """A people list: a row a person; each list is a file of its own unless `sha256` says otherwise."""
    return _list(ListKind.PEOPLE, households, on, skipped, rejected, sha256)


def requests(*households: IncomingHousehold, on: date | None = None, sha256: str | None = None) -> IncomingList:
    """A log of requests: a row a household."""
    return _list(ListKind.REQUESTS, households, on, 0, (), sha256)


def _list(
    kind: ListKind,
    households: Sequence[IncomingHousehold],
    on: date | None,
    skipped: int,
    rejected: Sequence[str],
    sha256: str | None,
) -> IncomingList:
    number = next(_files)
    row = 6
    placed = []
    for one in households:
        rows = range(row, row + (max(1, len(one.people)) if kind is ListKind.PEOPLE else 1))
        placed.append(_placed(one, tuple(rows), kind))
        row = rows.stop
    rest = [Cell("Аркуш", f"B{row + place}", "Всього") for place in range(skipped)]
    bad = [Cell("Аркуш", f"B{row + skipped + place}", text) for place, text in enumerate(rejected)]
    read = row - 6 + skipped + len(rejected)
    return IncomingList(
        kind=kind,
        file_name=f"list-{number}.xlsx",
        sha256=sha256 or f"sha-{number}",
        list_on=on,
        sheets=(SheetSummary("Аркуш", read, True, 5),),
        rows_read=read,
        households=tuple(placed),
        skipped=tuple(Remark("row.total", cell) for cell in rest),
        rejected=tuple(Remark("row.no_name", cell) for cell in bad),
    )


def _placed(one: IncomingHousehold, rows: tuple[int, ...], kind: ListKind) -> IncomingHousehold:
    each = rows if kind is ListKind.PEOPLE else rows * max(1, len(one.people))
    people = tuple(replace(person, row=row) for person, row in zip(one.people, each, strict=False))
    return replace(one, sheet="Аркуш", rows=rows, people=people)
