"""The values of a column as the list of its filter shows them: each with its count of what the other filters leave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from coordinator.domain.filtering import BLANK, Condition, Kind, key_of
from resources.i18n import _
from ui import texts
from ui.tables.columns import BLANK as LAST
from ui.tables.columns import Filterable
from ui.tables.model import TableModel

R = TypeVar("R")


class Entry(NamedTuple):
    """One value: its key, its translated words, how many rows have it, an icon and the role of its colour."""

    key: str
    text: str
    count: int
    icon: str = ""
    role: str = "text"


def entries(model: TableModel[R], number: int, tests: Sequence[Callable[[R], bool]], chosen: Condition) -> list[Entry]:
    """The values of column `number` among the rows that pass the search and `tests`, those of all other filters.

    In the order of the column, the newest day first, no value last. What is chosen stands in the list although no
    row has it now: it can be taken back. One pass over the rows.
    """
    way = model.columns[number].filter
    assert way is not None
    records = model.data_shown.records
    places = model.passing(tests)
    counts, sample = _counted(way, records, places)
    asked = (chosen.only or frozenset()) | chosen.but
    if absent := asked - counts.keys():
        sample = {**_found(way, records, absent), **sample}
    others = [key for key in (*way.known, *asked) if key not in counts]
    keys = _ordered(way, model.rank(number), sample, list(dict.fromkeys([*counts, *others])))
    if way.words is None and way.sign is None and way.field.kind is Kind.TEXT:
        # A column of free text may have as many values as the table has rows.
        return [Entry(key, key or _(way.blank), counts[key]) for key in keys]
    return [_entry(way, key, counts[key], _row(records, sample, key)) for key in keys]


def said(way: Filterable[Any], key: str, row: Any = None) -> str:
    """The translated words of one key. `row` is one that has it, where there is one."""
    if key == BLANK:
        return _(way.blank)
    if way.words is not None:
        return way.words(key, row)
    return texts.day_short(date.fromisoformat(key)) if way.field.kind is Kind.DAY else key


def row_with(way: Filterable[R], records: Sequence[R], key: str) -> R | None:
    """A row that has this value."""
    return _row(records, _found(way, records, frozenset({key})), key)


def _counted(way: Filterable[R], records: Sequence[R], places: list[int]) -> tuple[Counter[str], dict[str, int]]:
    """How many rows have each key, and the place of one of them."""
    kind, value = way.field.kind, way.field.value
    if kind is Kind.CODES:
        pairs = [(key, place) for place in places for key in value(records[place]) or (BLANK,)]
        return Counter(key for key, _place in pairs), dict(pairs)
    values = [value(records[place]) for place in places]
    counts, sample = Counter(values), dict(zip(values, places, strict=True))
    if kind in (Kind.TEXT, Kind.CODE):
        return counts, sample
    keys = {one: key_of(kind, one) for one in counts}
    return (
        Counter({keys[one]: count for one, count in counts.items()}),
        {keys[one]: place for one, place in sample.items()},
    )


def _found(way: Filterable[R], records: Sequence[R], keys: frozenset[str]) -> dict[str, int]:
    """A row for each key that any row has, also one that is not shown now."""
    kind, value = way.field.kind, way.field.value
    found: dict[str, int] = {}
    for place, record in enumerate(records):
        one = value(record)
        for key in one if kind is Kind.CODES else (key_of(kind, one),):
            if key in keys and key not in found:
                found[key] = place
        if len(found) == len(keys):
            break
    return found


def _ordered(way: Filterable[Any], rank: Sequence[int], sample: dict[str, int], keys: list[str]) -> list[str]:
    """Known keys in their order, others in that of the column, keys of no row behind them, no value last."""
    known = {key: place for place, key in enumerate(way.known)}
    places = {key: rank[place] for key, place in sample.items()}
    rest = [key for key in keys if key not in known and key != BLANK and places.get(key, LAST) != LAST]
    rest.sort(key=places.__getitem__, reverse=way.field.kind is Kind.DAY)
    nowhere = sorted(key for key in keys if key not in known and key != BLANK and places.get(key, LAST) == LAST)
    first = sorted((key for key in keys if key in known), key=known.__getitem__)
    return [*first, *rest, *nowhere, *([BLANK] if BLANK in keys else [])]


def _row(records: Sequence[R], sample: dict[str, int], key: str) -> R | None:
    return records[sample[key]] if key in sample else None


def _entry(way: Filterable[Any], key: str, count: int, row: Any) -> Entry:
    icon, role = way.sign(key, row) if way.sign is not None and key != BLANK else ("", "text")
    return Entry(key, said(way, key, row), count, icon, role)


def all_keys(listed: Iterable[Entry]) -> frozenset[str]:
    return frozenset(entry.key for entry in listed)
