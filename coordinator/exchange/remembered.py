"""How a sender's lists were read the last time, and what of it is in a new list: columns are known by their headers.

A column is remembered under its slot: the header's key, with a number where the header is doubled ("телефон#2"), or
its letter where it has none ("@5"). Columns that only stand elsewhere because another one was put in between have not
moved: `moved` names the fewest whose order changed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from coordinator.exchange.contents import contradicts
from coordinator.exchange.guessing import column_values, width
from coordinator.exchange.headers import column_of, header_key
from coordinator.exchange.incoming import Cell, ListKind, Remark
from coordinator.exchange.layout import LAST_HEADER_ROW, Table, is_blank
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.sheet_scan import cell_name, column_letters
from coordinator.exchange.understand import has_values

_ALIKE = 0.75
"""How alike two headers are, 0 to 1, from which on one is the other under a new name."""

_HEADERLESS = "@"


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """`headers`: (column from 0, header) as they stood; `columns`: slot -> key of a column or UNUSED."""

    id: str
    sender_id: str
    sender: str
    kind: ListKind
    headers: tuple[tuple[int, str], ...]
    columns: Mapping[str, str]
    options: Mapping[str, object] = field(default_factory=dict)

    @property
    def slots(self) -> dict[int, str]:
        return slots_of(dict(self.headers), (int(s[1:]) for s in self.columns if s.startswith(_HEADERLESS)))


@dataclass(frozen=True, slots=True)
class Match:
    """A saved mapping laid over a table. `columns`: place -> key; `slots`: place -> the slot that it was found by."""

    columns: dict[int, str]
    slots: dict[int, str]
    differs: tuple[Remark, ...]


def slots_of(headers: Mapping[int, str], headerless: Iterable[int] = ()) -> dict[int, str]:
    """Place -> slot, of the columns with a header and of those named besides."""
    seen: Counter[str] = Counter()
    found: dict[int, str] = {}
    for place in sorted({*headers, *headerless}):
        key = header_key(headers.get(place, ""))
        if not key:
            found[place] = f"{_HEADERLESS}{place}"
            continue
        seen[key] += 1
        found[place] = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return found


def likeness(saved: SavedMapping, headers: Mapping[int, str]) -> float:
    """How many of the headers, saved and present, are the same: 0 to 1."""
    before, now = set(saved.slots.values()), set(slots_of(headers).values())
    return len(before & now) / max(len(before), len(now)) if before and now else 0.0


def header_row_of(saved: SavedMapping, sheet: RawSheet) -> tuple[int, float]:
    """The row of a sheet whose headers are most like the saved ones, and how much they are."""
    best = (-1, 0.0)
    for row in range(min(LAST_HEADER_ROW, len(sheet.rows))):
        found = likeness(saved, texts_of(sheet, row))
        if found > best[1]:
            best = (row, found)
    return best


def texts_of(sheet: RawSheet, row: int) -> dict[int, str]:
    return {
        place: value for place, value in enumerate(sheet.rows[row]) if isinstance(value, str) and not is_blank(value)
    }


def matched(saved: SavedMapping, table: Table) -> Match:
    """What each column is by the saved mapping, and all that is not as it was, with the cells of the headers."""
    now = slots_of(table.headers, range(width(table)))
    before = saved.slots
    places = {slot: place for place, slot in now.items()}
    found = {places[slot]: slot for slot in before.values() if slot in places}
    renamed = _renamed(saved, table, found)
    found |= renamed
    columns = {place: saved.columns[slot] for place, slot in found.items() if slot in saved.columns}
    differs = [*_moved(table, found, before, renamed), *_changed_names(table, renamed, before, saved)]
    differs += _missing(table, found, before, saved)
    differs += _new(table, found, now, set(before.values()))
    return Match(columns, found, tuple(differs))


def _renamed(saved: SavedMapping, table: Table, found: Mapping[int, str]) -> dict[int, str]:
    """Columns whose header is a new name for a saved one: it means the same, or is written nearly the same."""
    lost = [slot for slot in saved.slots.values() if slot not in found.values() and not slot.startswith(_HEADERLESS)]
    free = [place for place, text in table.headers.items() if place not in found and text]
    renamed: dict[int, str] = {}
    for slot in lost:
        if not saved.columns.get(slot):
            continue
        best = max(
            ((_same_meaning(saved, slot, table, place, found), place) for place in free if place not in renamed),
            default=(0.0, -1),
        )
        if best[0] >= _ALIKE:
            renamed[best[1]] = slot
    return renamed


def _same_meaning(saved: SavedMapping, slot: str, table: Table, place: int, found: Mapping[int, str]) -> float:
    header, key = header_key(table.headers[place]), saved.columns[slot]
    if contradicts(key, column_values(table, place)):
        return 0.0
    written = SequenceMatcher(None, slot.split("#")[0], header).ratio()
    known = column_of(header, saved.kind)
    if known == key:
        return 1.0 + written
    if known is None and _same_neighbours(saved, slot, place, found):
        return _ALIKE + written / 10
    return written


def _same_neighbours(saved: SavedMapping, slot: str, place: int, found: Mapping[int, str]) -> bool:
    """Whether a column stands between the same two as before: nobody put another one in its place by chance."""
    before = list(saved.slots.values())
    at = before.index(slot)
    left = before[at - 1] if at else None
    right = before[at + 1] if at + 1 < len(before) else None
    return found.get(place - 1) == left and found.get(place + 1) in (right, None)


def _moved(
    table: Table, found: Mapping[int, str], before: Mapping[int, str], renamed: Mapping[int, str]
) -> Iterable[Remark]:
    was = {slot: place for place, slot in before.items()}
    order = [place for place in sorted(found) if place not in renamed]
    still = _longest_rising([was[found[place]] for place in order])
    for place in order:
        old = was[found[place]]
        if old not in still and old != place:
            yield _remark(
                "import.column_moved", table, place, old=column_letters(old), column=column_letters(place)
            )  # fmt: skip


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The members of a longest rising part of a sequence of different numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        at = bisect_left(tails, number)
        before[number] = ends[at - 1] if at else None
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [number]
    found: set[int] = set()
    step = ends[-1] if ends else None
    while step is not None:
        found.add(step)
        step = before[step]
    return found


def _changed_names(
    table: Table, renamed: Mapping[int, str], before: Mapping[int, str], saved: SavedMapping
) -> Iterable[Remark]:
    headers = {before[place]: text for place, text in saved.headers if place in before}
    for place, slot in sorted(renamed.items()):
        yield _remark(
            "import.column_renamed", table, place, old=headers.get(slot, slot), column=column_letters(place)
        )  # fmt: skip


def _missing(
    table: Table, found: Mapping[int, str], before: Mapping[int, str], saved: SavedMapping
) -> Iterable[Remark]:
    headers = dict(saved.headers)
    for place, slot in sorted(before.items()):
        if slot not in found.values() and saved.columns.get(slot):
            at = Cell(table.sheet.name, cell_name(max(0, table.header_row), place), headers.get(place, ""))
            facts: dict[str, object] = {"value": at.value, "header": at.value, "column": column_letters(place)}
            yield Remark("import.column_missing", at, facts)


def _new(table: Table, found: Mapping[int, str], now: Mapping[int, str], before: set[str]) -> Iterable[Remark]:
    for place, slot in sorted(now.items()):
        if place in found or not has_values(table, place) or place in table.columns.get("sent_back", ()):
            continue
        again = slot.split("#")[0] in before and "#" in slot
        yield _remark(
            "import.column_again" if again else "import.column_new", table, place, column=column_letters(place)
        )


def _remark(code: str, table: Table, place: int, **facts: object) -> Remark:
    header = table.headers.get(place, "")
    at = Cell(table.sheet.name, cell_name(max(0, table.header_row), place), header)
    return Remark(code, at, {"value": header, "header": header, **facts})
