"""What somebody says of a file that was looked at, as a changed reading.

An answer about a column, households, days or blanks holds for all sheets with the same headers: a hromada's workbook
has a sheet for each settlement, and nobody says a thing nine times. What is said of a sheet holds for that one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from coordinator.exchange.how_read import UNUSED, Division, Reading, SheetReading, Why
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.survey import SheetSurvey, Survey
from coordinator.exchange.understand import NAMED_TWICE

_FAMILIES = (ListKind.PEOPLE, ListKind.REQUESTS)


def alike(survey: Survey, sheet: str) -> list[str]:
    """The sheets with the same headers in the same columns, this one among them."""
    asked = _named(survey, sheet)
    return [other.name for other in survey.sheets if other.name == sheet or (asked and _form(other) == _form(asked))]


def with_column(reading: Reading, survey: Survey, sheet: str, place: int, key: str) -> Reading:
    """A column holds this, or UNUSED. A second column for what can be in one only is not used any more."""
    found = _named(survey, sheet)
    others = [column.place for column in found.columns if column.key == key != UNUSED] if found else []
    gone = {other: UNUSED for other in others if other != place and key in NAMED_TWICE}

    def said(how: SheetReading) -> SheetReading:
        columns = {**how.columns, **gone, place: key}
        return replace(how, columns=columns, why={**how.why, **dict.fromkeys((*gone, place), Why.SAID)})

    return _each(reading, alike(survey, sheet), said)


def with_division(reading: Reading, survey: Survey, sheet: str, division: Division) -> Reading:
    return _each(reading, alike(survey, sheet), lambda how: replace(how, division=division))


def with_month_first(reading: Reading, survey: Survey, sheet: str, place: int, month_first: bool) -> Reading:
    def said(how: SheetReading) -> SheetReading:
        return replace(how, month_first={**how.month_first, place: month_first})

    return _each(reading, alike(survey, sheet), said)


def with_fill_down(reading: Reading, survey: Survey, sheet: str, place: int, fill: bool) -> Reading:
    def said(how: SheetReading) -> SheetReading:
        return replace(how, fill_down=how.fill_down | {place} if fill else how.fill_down - {place})

    return _each(reading, alike(survey, sheet), said)


def with_merged_down(reading: Reading, survey: Survey, sheet: str, down: bool) -> Reading:
    return _each(reading, alike(survey, sheet), lambda how: replace(how, merged_down=down))


def with_epoch(reading: Reading, survey: Survey, sheet: str, epoch_1904: bool) -> Reading:
    return _each(reading, alike(survey, sheet), lambda how: replace(how, epoch_1904=epoch_1904))


def with_header_row(reading: Reading, sheet: str, row: int) -> Reading:
    """Another row of headers (from 0, or HEADERLESS): what was said of the columns was said of others."""
    return reading.with_sheet(sheet, header_row=row, columns={}, why={}, month_first={}, fill_down=frozenset())


def with_kind(reading: Reading, survey: Survey, kind: ListKind) -> Reading:
    """The whole list is of another kind; guesses for the old one are forgotten."""
    for sheet in survey.sheets:
        how = reading.of(sheet.name)
        kept = {place: key for place, key in how.columns.items() if how.why.get(place, Why.SAID) is Why.SAID}
        row = how.header_row
        if (sheet.used and kind not in _FAMILIES) or survey.kind not in _FAMILIES:
            kept, row = {}, sheet.header_row if sheet.used else row
        if how.columns or row is not None:
            reading = reading.with_sheet(sheet.name, columns=kept, why=dict.fromkeys(kept, Why.SAID), header_row=row)
    return replace(reading, kind=kind)


def confirmed(reading: Reading, survey: Survey) -> Reading:
    """The reading after somebody has seen it: what was left open is as it was shown, and is not asked about again.

    Columns that nobody knows are not used, sheets that were not chosen are left out, households are as they were told
    apart. Hidden rows and unclear days are asked about in the next list too: it has others.
    """
    for sheet in survey.sheets:
        if not sheet.used:
            if sheet.rows and not sheet.chart and (sheet.kind is not None or not sheet.visible):
                reading = reading.with_sheet(sheet.name, use=False)
            continue
        if sheet.asked_division:
            reading = reading.with_sheet(sheet.name, division=sheet.division)
        unknown = [column.place for column in sheet.columns if column.key is None and column.filled]
        if unknown:
            how = reading.of(sheet.name)
            columns = {**how.columns, **dict.fromkeys(unknown, UNUSED)}
            reading = reading.with_sheet(
                sheet.name, columns=columns, why={**how.why, **dict.fromkeys(unknown, Why.SAID)}
            )
    return reading


def _each(reading: Reading, sheets: Iterable[str], said: Callable[[SheetReading], SheetReading]) -> Reading:
    return replace(reading, sheets={**reading.sheets, **{name: said(reading.of(name)) for name in sheets}})


def _named(survey: Survey, sheet: str) -> SheetSurvey | None:
    return next((one for one in survey.sheets if one.name == sheet), None)


def _form(sheet: SheetSurvey) -> list[tuple[int, str]] | None:
    """The headers by column; None for a sheet without any, which is like no other."""
    return [(column.place, column.header) for column in sheet.columns if column.header] or None
