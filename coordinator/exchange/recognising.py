"""Whose list it is, and how that sender's lists are read: by the headers, and by the names of sheets and file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coordinator.domain.names import fold
from coordinator.exchange.how_read import NOTHING_SAID, PLAIN, Division, Reading, SheetReading, Why
from coordinator.exchange.incoming import Remark
from coordinator.exchange.laid_out import HEADERLESS, laid_out
from coordinator.exchange.layout import find_table
from coordinator.exchange.reading import RawSheet
from coordinator.exchange.remembered import Match, SavedMapping, header_row_of, likeness, matched
from coordinator.exchange.titles import sheet_settlement

LEAST_ALIKE = 0.5
"""How many headers must be the same for a list to be some sender's, 0 to 1."""

LEAST_OF_TOLD = 0.25
"""The same where somebody says whose list it is."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """`sender` "" where nobody's lists look like this. `sure`: the names of the file or its sheets say so too, or
    somebody did. `others`: further senders whose lists have these headers.
    """

    reading: Reading = NOTHING_SAID
    sender: str = ""
    sure: bool = False
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A saved mapping in a sheet: how like, and in which row; row None is where the program looks by itself."""

    saved: SavedMapping
    alike: float
    row: int | None


def signs_of(sheets: Iterable[RawSheet], file_stem: str) -> frozenset[str]:
    """Words of the names of a file and its sheets that may tell its sender again next week."""
    names = [*(sheet.name for sheet in sheets if sheet.named), file_stem]
    words = [word for name in names for word in fold(sheet_settlement(name)).replace("-", " ").split()]
    return frozenset(word for word in words if len(word) > 3 and word.isalpha())


def recognised(sheets: Sequence[RawSheet], saved: Sequence[SavedMapping], file_stem: str, told: str = "") -> Recognised:
    """Who sends such lists, and the reading that was kept for them. `told`: the sender, where somebody says it."""
    if told:
        saved = [one for one in saved if fold(one.sender) == fold(told)]
    tables = [sheet for sheet in sheets if not sheet.chart and sheet.rows]
    seen = {sheet.name: [_seen(one, sheet) for one in saved] for sheet in tables}
    rows = {sheet.name: len(sheet.rows) for sheet in tables}
    signs = signs_of(sheets, file_stem)
    least = LEAST_OF_TOLD if told else LEAST_ALIKE
    ranked = sorted(
        ((_score(name, seen, rows), _shared(name, saved, signs), name) for name in _senders(saved)), reverse=True
    )
    ranked = [one for one in ranked if one[0] >= least]
    if not ranked:
        return Recognised(sender=told, sure=bool(told))
    score, shared, sender = ranked[0]
    ties = tuple(name for alike, words, name in ranked[1:] if (alike, words) == (score, shared))
    reading = _reading(tables, seen, sender, least)
    if ties:
        return Recognised(reading, "", False, tuple(sorted((sender, *ties))))
    return Recognised(replace(reading, sender=sender), sender, bool(told) or shared > 0)


def _senders(saved: Sequence[SavedMapping]) -> list[str]:
    return list(dict.fromkeys(one.sender for one in saved))


def _seen(saved: SavedMapping, sheet: RawSheet) -> _Seen:
    if not saved.headers:
        return _Seen(saved, LEAST_OF_TOLD, HEADERLESS)
    table = find_table(sheet)
    by_itself = likeness(saved, table.headers) if table is not None else 0.0
    row, alike = header_row_of(saved, sheet)
    return _Seen(saved, by_itself, None) if by_itself >= alike else _Seen(saved, alike, row)


def _score(sender: str, seen: Mapping[str, list[_Seen]], rows: Mapping[str, int]) -> float:
    """How much of the file's rows stand under headers of this sender, by how like they are."""
    best = {
        name: max((one.alike for one in found if one.saved.sender == sender), default=0) for name, found in seen.items()
    }
    under = {name: alike for name, alike in best.items() if alike >= LEAST_OF_TOLD}
    weight = sum(rows[name] for name in under)
    return sum(rows[name] * alike for name, alike in under.items()) / weight if weight else 0.0


def _shared(sender: str, saved: Sequence[SavedMapping], signs: frozenset[str]) -> int:
    known = {str(word) for one in saved if one.sender == sender for word in _list(one.options.get("signs"))}
    return len(known & signs)


def _reading(sheets: Sequence[RawSheet], seen: Mapping[str, list[_Seen]], sender: str, least: float) -> Reading:
    reading = NOTHING_SAID
    told: list[Remark] = []
    said: set[tuple[str, str, str]] = set()
    for sheet in sheets:
        best = max(
            (one for one in seen[sheet.name] if one.saved.sender == sender), key=lambda one: one.alike, default=None
        )
        if best is None:
            continue
        how = _of_sheet(best.saved, sheet.name)
        if best.alike >= least and how.use is not False:
            how, match = _with_columns(best, sheet, how)
            reading = replace(reading, kind=best.saved.kind)
            for remark in match.differs if match else ():
                # Sheets of one form differ from the last list in the same way: once is enough.
                key = (remark.code, remark.at.value, remark.at.cell)
                if key not in said:
                    said.add(key)
                    told.append(remark)
        if how != PLAIN:
            reading = replace(reading, sheets={**reading.sheets, sheet.name: how})
    return replace(reading, differs=tuple(told))


def _with_columns(seen: _Seen, sheet: RawSheet, how: SheetReading) -> tuple[SheetReading, Match | None]:
    saved, options = seen.saved, seen.saved.options
    how = replace(how, header_row=seen.row)
    table = laid_out(sheet, how, saved.kind, NOTHING_SAID.words)
    if table is None:
        return how, None
    match = matched(saved, table)
    places = {slot: place for place, slot in match.slots.items()}
    months = options.get("month_first")
    filled = _list(options.get("fill_down"))
    division = options.get("division")
    how = replace(
        how,
        columns=match.columns,
        why=dict.fromkeys(match.columns, Why.REMEMBERED),
        division=Division(str(division)) if division else None,
        merged_down=options.get("merged_down") is not False,
        fill_down=frozenset(places[str(slot)] for slot in filled if str(slot) in places),
        month_first={places[s]: bool(v) for s, v in _dict(months).items() if s in places},
        epoch_1904=_maybe(options.get("epoch_1904")),
    )
    return how, match


def _of_sheet(saved: SavedMapping, name: str) -> SheetReading:
    """What was said of the sheet with this name."""
    said = _dict(_dict(saved.options.get("sheets")).get(fold(name)))
    settlement = said.get("settlement")
    return SheetReading(
        use=_maybe(said.get("use")),
        settlement=None if settlement is None else str(settlement),
        hidden_rows=_maybe(said.get("hidden_rows")),
    )


def _maybe(value: object) -> bool | None:
    return None if value is None else bool(value)


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []
