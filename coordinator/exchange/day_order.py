"""Columns of days where 5/3/26 may be the 5th of March or the 3rd of May: asked once per column (FAULTS 37)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.layout import Table
from coordinator.exchange.values import is_month_first, read_day_text, shown

DAY_COLUMNS = ("birth", "wants_on", "requested_on", "evacuation_date")


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """A column that no date settles: how often, the first such cell, and what it would be either way.

    `answer`: what was said, None as long as nobody has.
    """

    column: int
    key: str
    cell: str
    value: str
    count: int
    day_first: date | None
    month_first: date | None
    answer: bool | None = None


def month_first(table: Table, key: str) -> bool | None:
    """What was said of the column, else what one of its dates proves; None where nothing does."""
    said = table.month_first(key)
    if said is not None or not table.has(key):
        return said
    return is_month_first(text for _row, text in _slashed(table, key))


def day_questions(table: Table, list_on: date) -> list[DayQuestion]:
    """The columns of days with a date that could be two."""
    found = []
    for key in DAY_COLUMNS:
        if not table.has(key):
            continue
        texts = _slashed(table, key)
        if is_month_first(text for _row, text in texts) is not None:
            continue
        unclear = [(row, text) for row, text in texts if read_day_text(text, list_on).unclear]
        if unclear:
            row, text = unclear[0]
            ahead = key != "birth"
            found.append(
                DayQuestion(
                    table.columns[key][0], key, table.where(row, key).cell, text, len(unclear),
                    read_day_text(text, list_on, False, ahead).day, read_day_text(text, list_on, True, ahead).day,
                    table.month_first(key),
                )
            )  # fmt: skip
    return found


def doubtful_days(table: Table, list_on: date) -> list[Remark]:
    """A warning for each column that nobody has settled; that of births is given where they are read."""
    return [
        Remark("import.birth_order", Cell(table.sheet.name, question.cell, question.value), {"value": question.value})
        for question in day_questions(table, list_on)
        if question.answer is None and question.key != "birth"
    ]


def day_orders(table: Table) -> dict[str, bool | None]:
    """Key of a column of days -> `month_first` of it."""
    return {key: month_first(table, key) for key in DAY_COLUMNS if table.has(key)}


def _slashed(table: Table, key: str) -> list[tuple[int, str]]:
    """Row and text of those with a stroke: all others are clear."""
    filled, rows = table.filled, range(table.first_row, len(table.sheet.rows))
    return [(row, shown(text)) for row in rows if type(text := filled[row].get(key)) is str and "/" in text]
