"""What of a file is not clear, as sentences with their cells; a file without any can be read without a question."""

from __future__ import annotations

from collections.abc import Iterator

from coordinator.exchange.how_read import Reading, Why
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.recognising import Recognised
from coordinator.exchange.survey import ColumnSurvey, SheetSurvey, Survey

_MUCH = 3
"""Rows from which a sheet without headers looks like a list that was not understood."""

HARMLESS = frozenset({"import.column_moved"})
"""Differences from the last list that need nobody's answer."""


def open_questions(survey: Survey, reading: Reading, known: Recognised) -> list[Remark]:
    """All that somebody should look at, what differs from the sender's last list first."""
    found = [*reading.differs]
    if survey.kind is None:
        found.append(Remark("ask.no_list", Cell("", "")))
    told = {(remark.code, remark.at.value, remark.at.cell) for remark in reading.differs}
    for sheet in survey.sheets:
        for remark in _of_sheet(sheet, survey):
            # Sheets of one form ask the same: once is enough.
            key = (remark.code, remark.at.value, remark.at.cell)
            again = remark.code in _OF_COLUMNS and (key in told or _is_told(remark, reading))
            if not again:
                told.add(key)
                found.append(remark)
    if survey.words:
        count = sum(word.count for word in survey.words)
        found.append(Remark("ask.words", survey.words[0].cells[0], {"words": len(survey.words), "count": count}))
    return [*found, *_of_sender(reading, known)]


def is_clear(questions: list[Remark]) -> bool:
    """Whether nobody has to be asked."""
    return all(remark.code in HARMLESS for remark in questions)


def _is_told(remark: Remark, reading: Reading) -> bool:
    """A column that is new or doubled since the last list is said to be so already."""
    return any(
        other.at.cell == remark.at.cell and other.code in ("import.column_new", "import.column_again")
        for other in reading.differs
    )


_OF_COLUMNS = frozenset(
    {
        "ask.column_unknown", "ask.column_unknown_bare", "ask.column_guessed", "ask.column_guessed_bare",
        "ask.column_doubtful", "ask.column_doubled",
    }
)  # fmt: skip
"""`_bare`: of a column without a header."""


def _of_sheet(sheet: SheetSurvey, survey: Survey) -> Iterator[Remark]:
    at = Cell(sheet.name, "A1")
    facts: dict[str, object] = {"sheet": sheet.name, "rows": sheet.rows}
    if sheet.chart or sheet.ours or (sheet.how.use is not None and not sheet.used):
        return
    if not sheet.used:
        if sheet.header_row is None:
            if sheet.rows >= _MUCH and survey.kind is not None:
                yield Remark("ask.sheet_unknown", at, facts)
        elif sheet.rows:
            yield Remark("ask.sheet_hidden" if sheet.kind is survey.kind else "ask.sheet_other_kind", at, facts)
        return
    for column in sheet.columns:
        yield from _of_column(sheet, column)
    if sheet.hidden and sheet.how.hidden_rows is None:
        count, first, last = sheet.hidden
        where = {"sheet": sheet.name, "rows": count, "first": first, "last": last}
        yield Remark("ask.hidden_rows", Cell(sheet.name, f"A{first}"), where)
    for day in sheet.days:
        if day.answer is None:
            yield Remark("ask.days", Cell(sheet.name, day.cell, day.value), {"value": day.value, "count": day.count})
    if sheet.asked_division:
        yield Remark("ask.households", at, facts)
    if sheet.kind is not None and not _names_somebody(sheet):
        yield Remark("ask.no_names", at, facts)


_WHO = ("full_name", "surname", "given", "phone", "plate", "katottg", "name")


def _names_somebody(sheet: SheetSurvey) -> bool:
    return any(sheet.column(key) is not None for key in _WHO)


def _of_column(sheet: SheetSurvey, column: ColumnSurvey) -> Iterator[Remark]:
    row = 1 + max(0, sheet.header_row or 0)
    at = Cell(sheet.name, f"{column.letter}{row}", column.header)
    facts: dict[str, object] = {
        "column": column.letter,
        "header": column.header or column.letter,
        "value": column.header or next(iter(column.samples), ""),
    }
    bare = "" if column.header else "_bare"
    if column.key is None:
        if column.filled:
            yield Remark(f"ask.column_unknown{bare}", at, facts)
    elif column.why is Why.CONTENTS:
        yield Remark(f"ask.column_guessed{bare}", at, facts)
    elif column.doubtful:
        yield Remark("ask.column_doubtful", at, facts)
    elif column.doubled:
        yield Remark("ask.column_doubled", at, facts)


def _of_sender(reading: Reading, known: Recognised) -> Iterator[Remark]:
    if known.others and not reading.sender:
        yield Remark("ask.senders", Cell("", ""), {"senders": ", ".join(known.others)})
    elif known.sender and not known.sure and reading.sender == known.sender:
        yield Remark("ask.sender", Cell("", ""), {"sender": known.sender})
