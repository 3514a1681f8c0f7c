"""Published counts as a workbook: the form that is supplied, and reading it back, or any sheet with its headers.

Headers are known in English, in Ukrainian, and as HXL hashtags, in any order; unknown columns are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from coordinator.domain.published import Published, Told, check
from coordinator.errors import UserError
from coordinator.exchange.headers import header_key
from coordinator.exchange.reading import CellValue, RawSheet, read_workbook
from coordinator.exchange.values import read_day, read_moment, shown
from coordinator.exchange.writing import CellKind, Column, Note, Sheet, write_workbook
from resources.i18n import LANGUAGES, N_, _, speaking

DAY, SOURCE, PUBLISHED_AT, SCOPE, NOTE = "day", "source", "published_at", "scope", "note"
_WHOLE = CellKind.INTEGER
COLUMNS: tuple[Column, ...] = (
    Column(DAY, N_("Day"), 12, CellKind.DATE, tag="#date+occurred"),
    Column(SOURCE, N_("Published by"), 30, tag="#meta+source"),
    Column(PUBLISHED_AT, N_("Published at"), 17, CellKind.MOMENT, tag="#date+published"),
    Column(SCOPE, N_("Area"), 20, tag="#geo+name"),
    Column(Told.DAYS, N_("Days that the day's figures cover"), 10, _WHOLE, tag="#meta+days"),
    Column(Told.DAY_PEOPLE, N_("Evacuated that day"), 11, _WHOLE, tag="#reached+ind+evacuated"),
    Column(Told.DAY_CHILDREN, N_("Children that day"), 10, _WHOLE, tag="#reached+ind+children+evacuated"),
    Column(Told.DAY_WOMEN, N_("Women that day"), 10, _WHOLE, tag="#reached+ind+f+evacuated"),
    Column(Told.DAY_DISABLED, N_("With a disability that day"), 11, _WHOLE, tag="#reached+ind+disabled+evacuated"),
    Column(Told.TOTAL_PEOPLE, N_("Evacuated in all"), 11, _WHOLE, tag="#reached+ind+evacuated+total"),
    Column(Told.TOTAL_CHILDREN, N_("Children in all"), 10, _WHOLE, tag="#reached+ind+children+evacuated+total"),
    Column(Told.SELF_PEOPLE, N_("Left by themselves in all"), 11, _WHOLE, tag="#affected+ind+displaced+self+total"),
    Column(Told.SELF_CHILDREN, N_("Children who left by themselves in all"), 12, _WHOLE,
           tag="#affected+ind+children+displaced+self+total"),
    Column(Told.TOGETHER_PEOPLE, N_("Evacuated and by themselves together"), 13, _WHOLE,
           tag="#affected+ind+displaced+total"),
    Column(Told.TOGETHER_CHILDREN, N_("Children together"), 10, _WHOLE, tag="#affected+ind+children+displaced+total"),
    Column(NOTE, N_("Note"), 34, tag="#meta+note"),
)  # fmt: skip
_FIRST_ROWS = 25
_LEAST = 2
"""Headers that a row must have to be the row of headers; day and source among them."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row by the keys of its columns. `number` as Excel counts."""

    number: int
    values: Mapping[str, CellValue]
    titles: Mapping[str, str]
    epoch_1904: bool

    def wrong(self, key: str, wanted: str) -> UserError:
        return UserError(
            "published.row", row=self.number, header=self.titles[key], value=shown(self.values[key]), wanted=wanted
        )


def write_form(path: Path, rows: Sequence[Published] = ()) -> int:
    """An empty form in the language of the moment, or with these rows. UserError: as `write_workbook`."""
    lines = [
        (_("What for"), _("Counts that offices published, as they said them; they are never added to our own.")),
        (_("Day"), _("The last day that the figures are of.")),
        (_("Published by"), _("The office, and where: without a source a figure is not kept.")),
        (_("Corrections"), _("A figure that was corrected later is a row of its own; the later one counts.")),
        (_("Blank"), _("What was not said stays blank; 0 means that nobody was.")),
    ]
    sheet = Sheet(_("Published counts"), COLUMNS, map(_cells, rows), hxl=True, count=len(rows))
    return write_workbook(path, [sheet], [Note(_("How to fill it in"), lines)])


def _cells(one: Published) -> list[object]:
    told: dict[str, object] = {
        DAY: one.day, SOURCE: one.source, PUBLISHED_AT: one.published_at, SCOPE: one.scope, NOTE: one.note,
        **{figure.value: value for figure, value in one.figures.items()},
    }  # fmt: skip
    return [told.get(column.key) for column in COLUMNS]


def read_form(path: Path, today: date) -> list[Published]:
    """Every row of the first sheet that has the headers; nothing is guessed, and a cell that cannot be read is told.

    UserError "published.no_headers", "published.no_rows", "published.row", "published.row_missing",
    "published.row_empty", "published.row_wrong", and those of `read_workbook`.
    """
    for sheet in read_workbook(path):
        rows = _rows(sheet)
        if rows is not None:
            found = [_checked(row, today) for row in rows]
            if not found:
                raise UserError("published.no_rows", file=path.name)
            return found
    raise UserError("published.no_headers", file=path.name)


def _rows(sheet: RawSheet) -> list[_Row] | None:
    """The rows below the last row of headers; None where the sheet has none."""
    found = [(at, keys) for at, keys in enumerate(map(_keys, sheet.rows[:_FIRST_ROWS])) if _is_header(keys)]
    if not found:
        return None
    last, keys = found[-1]
    # A hashtag below a title is for machines.
    titles = {key: shown(sheet.at(row, at)) for row, named in reversed(found) for at, key in named.items()}
    return list(_below(sheet, last, keys, titles))


def _below(sheet: RawSheet, header: int, keys: Mapping[int, str], titles: Mapping[str, str]) -> Iterator[_Row]:
    for at in range(header + 1, len(sheet.rows)):
        values = {key: value for column, key in keys.items() if (value := sheet.at(at, column)) not in (None, "")}
        if values:
            yield _Row(at + 1, values, titles, sheet.epoch_1904)


def _is_header(keys: Mapping[int, str]) -> bool:
    return len(keys) >= _LEAST and {DAY, SOURCE} <= set(keys.values())


def _keys(row: Sequence[CellValue]) -> dict[int, str]:
    """Column -> key, of the cells that are a header of ours; the first of two with one name counts."""
    known = _names()
    found: dict[int, str] = {}
    for at, cell in enumerate(row):
        key = known.get(_name(shown(cell)))
        if key is not None and key not in found.values():
            found[at] = key
    return found


def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for column in COLUMNS:
        names[_name(column.tag)] = column.key
        for language in LANGUAGES:
            with speaking(language):
                names[_name(_(column.title))] = column.key
    return names


def _name(text: str) -> str:
    """A header as it is compared; the attributes of a hashtag in any order."""
    if text.startswith("#"):
        tag, *attributes = text.replace(" ", "").casefold().split("+")
        return "+".join([tag, *sorted(attributes)])
    return header_key(text)


def _checked(row: _Row, today: date) -> Published:
    """What a row says, if an office can have said it; what is wrong is told by its cell."""
    found = _published(row, today)
    try:
        check(found, today)
    except UserError as why:
        key = str(why.facts.get("field", ""))
        if key not in row.values:
            raise UserError("published.row_empty", row=row.number) from why
        raise UserError(
            "published.row_wrong", row=row.number, header=row.titles[key], value=shown(row.values[key])
        ) from why
    return found


def _published(row: _Row, today: date) -> Published:
    for key in (DAY, SOURCE):
        if key not in row.values:
            raise UserError("published.row_missing", row=row.number, header=row.titles[key])
    day = read_day(row.values[DAY], today, row.epoch_1904)
    if day is None:
        raise row.wrong(DAY, _("a day"))
    figures = {figure: _number(row, figure) for figure in Told if figure in row.values}
    source, scope, note = (shown(row.values.get(key)) for key in (SOURCE, SCOPE, NOTE))
    return Published(None, day, source, figures, _moment(row, today), scope, note)


def _number(row: _Row, figure: Told) -> int:
    value = row.values[figure]
    if isinstance(value, str):
        digits = "".join(value.split()).replace("\u00a0", "")
        if not digits.isdecimal():
            raise row.wrong(figure, _("a number of people"))
        return int(digits)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != int(value) or value < 0:
        raise row.wrong(figure, _("a number of people"))
    return int(value)


def _moment(row: _Row, today: date) -> datetime | None:
    if PUBLISHED_AT not in row.values:
        return None
    moment = read_moment(row.values[PUBLISHED_AT], None, today, row.epoch_1904)
    if moment is None:
        raise row.wrong(PUBLISHED_AT, _("a day and a time"))
    return moment
