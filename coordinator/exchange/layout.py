"""Where the table stands in a sheet: its header row, its columns, and what the title rows above it say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import zip_longest

from coordinator.domain.memory import remembered
from coordinator.domain.names import clean, fold
from coordinator.domain.spellings import is_given_name, looks_like_patronymic
from coordinator.exchange.headers import column_of, columns_in, header_key, recognised_kind
from coordinator.exchange.how_read import NO_WORDS, PLAIN, SheetReading, Words
from coordinator.exchange.incoming import Cell, ListKind, Remark
from coordinator.exchange.reading import CellValue, RawSheet
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.titles import list_date, title_settlement
from coordinator.exchange.values import shown

LAST_HEADER_ROW = 25
"""Headers are looked for in this many first rows of a sheet."""

FILLED_DOWN = frozenset(
    {
        "address",
        "street",
        "house",
        "flat",
        "phone",
        "settlement",
        "note",
        "pets",
        "destination",
        "household_no",
        "number",
        "decision",
        "wants_on",
        "hromada",
    }
)
"""Columns where a cell that is merged over rows speaks for each of them."""


_cleaned = remembered(clean, 4096)


class FilledRows(dict[int, dict[str, CellValue]]):
    """Row -> column key -> the first filled value of each column that has one in this row, looked up when asked."""

    def __init__(self, rows: Sequence[Sequence[CellValue]], places: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._rows, self._places = rows, places

    def __missing__(self, row: int) -> dict[str, CellValue]:
        found: dict[str, CellValue] = {}
        cells = self._rows[row] if 0 <= row < len(self._rows) else []
        width = len(cells)
        for key, place in self._places:
            value = cells[place] if place < width else None
            # Most texts begin with a letter: that is seen here sooner than by asking.
            if value is None or (type(value) is str and not value[:1].isalnum() and is_blank(value)):
                continue
            if key not in found:
                found[key] = value
        self[row] = found
        return found


@dataclass(frozen=True, slots=True)
class Table:
    """The table of a sheet. Rows and columns count from 0.

    `columns`: key -> places, several where a header is doubled. `over`: cells under a merged cell -> that
    cell. `starts`: cells that are merged over several rows, with the number of rows. `how` and `words`: what a person
    has said of it; `unused`: columns that are not wanted.
    """

    sheet: RawSheet
    kind: ListKind
    header_row: int
    first_row: int
    columns: dict[str, tuple[int, ...]]
    headers: dict[int, str]
    titles: tuple[str, ...] = ()
    list_on: date | None = None
    settlement: str = ""
    over: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    how: SheetReading = PLAIN
    words: Words = NO_WORDS
    unused: frozenset[int] = frozenset()
    filled: FilledRows = field(init=False, compare=False, repr=False)
    """What stands in each row itself."""
    places: list[tuple[str, int]] = field(init=False, compare=False, repr=False)
    """Key and place of every column, doubled ones one after another."""
    under: frozenset[int] = field(init=False, compare=False, repr=False)
    """Rows with a cell under a merged one."""
    opening: frozenset[int] = field(init=False, compare=False, repr=False)
    """Rows where a merged cell begins."""

    def __post_init__(self) -> None:
        places = [(key, place) for key, found in self.columns.items() for place in found]
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "filled", FilledRows(self.sheet.rows, places))
        object.__setattr__(self, "under", frozenset(row for row, _column in self.over))
        object.__setattr__(self, "opening", frozenset(row for row, _column in self.starts))

    def has(self, key: str) -> bool:
        return key in self.columns

    def cell(self, row: int, key: str) -> CellValue:
        """The first filled value of a column in a row, also from a merged cell above it."""
        value = self.filled[row].get(key)
        if value is None and row in self.under and key in FILLED_DOWN and key in self.columns:
            return next(iter(self.cells(row, key)), None)
        return value

    def cells(self, row: int, key: str) -> list[CellValue]:
        """All filled values of a doubled column in a row, also from merged cells above it."""
        places = self.columns.get(key, ())
        if len(places) < 2 and row not in self.under:
            value = self.filled[row].get(key)
            return [] if value is None else [value]
        found = []
        for column in places:
            value = self.sheet.at(row, column)
            if value is None and key in FILLED_DOWN and (row, column) in self.over:
                value = self.sheet.at(*self.over[row, column])
            if not is_blank(value):
                found.append(value)
        return found

    def own(self, row: int, key: str) -> CellValue:
        """The value that stands in the row itself, without merged cells."""
        return self.filled[row].get(key)

    def header(self, key: str) -> str:
        """The header of a column as it is written; the key where the column is missing."""
        return self.headers.get(self.columns.get(key, (-1,))[0], key)

    def text(self, row: int, key: str) -> str:
        """A cell as text; a list says the same of many."""
        value = self.cell(row, key)
        return _cleaned(value) if type(value) is str else shown(value)

    def month_first(self, key: str) -> bool | None:
        """Whether somebody said that this column writes the month before the day."""
        return self.how.month_first.get(self.columns.get(key, (-1,))[0])

    def is_merged_start(self, row: int, key: str) -> bool:
        return row in self.opening and any((row, column) in self.starts for column in self.columns.get(key, ()))

    def where(self, row: int, key: str = "", value: CellValue = None) -> Cell:
        """The cell of a column (its first filled one) for a remark; column A where there is none."""
        places = self.columns.get(key, (0,))
        column = next((place for place in places if not is_blank(self.sheet.at(row, place))), places[0])
        return Cell(
            self.sheet.name, cell_name(row, column), shown(self.sheet.at(row, column) if value is None else value)
        )

    def remark(self, code: str, row: int, key: str = "", value: CellValue = None, **facts: object) -> Remark:
        at = self.where(row, key, value)
        return Remark(code, at, {"value": at.value, **facts})


def is_blank(value: CellValue) -> bool:
    """Nothing, or only blanks and invisible characters."""
    if value is None:
        return True
    return type(value) is str and not value[:1].isalnum() and not clean(value)


def meaningful(value: CellValue) -> bool:
    """A filled cell that is more than a dash."""
    if type(value) is not str:
        return value is not None
    return value[:1].isalnum() or any(char.isalnum() or char in "+?✓✔" for char in value)


def find_table(sheet: RawSheet) -> Table | None:
    """The table with the most recognised headers among the first 25 rows; None where no row is a header row."""
    best: Table | None = None
    for row in range(min(LAST_HEADER_ROW, len(sheet.rows))):
        for table in tables_at(sheet, row):
            more = best is None or len(table.columns) > len(best.columns)
            # Of one row read alone and with the row below, the longer header wins a draw.
            if more or (best and best.header_row == row and len(table.columns) == len(best.columns)):
                best = table
    return None if best is None else completed(best)


def completed(table: Table, kind: ListKind | None = None) -> Table:
    """The table with its merged cells and what its titles say. `kind`: where it is said and not to be worked out."""
    sheet = table.sheet
    over, starts = _merged_down(sheet, table.header_row)
    titles = tuple(_titles(sheet, table.header_row))
    if kind is None:
        kind = _people_after_all(table) if table.kind is ListKind.REQUESTS else table.kind
    return replace(
        table, kind=kind, over=over, starts=starts, titles=titles, list_on=list_date(titles),
        settlement=title_settlement(titles, sheet.name if sheet.named else ""),
    )  # fmt: skip


def tables_at(sheet: RawSheet, row: int) -> Iterable[Table]:
    """The header row read alone, and together with the row below it (ПІБ over прізвище, ім'я, по батькові)."""
    upper = [clean(value) if isinstance(value, str) else "" for value in sheet.rows[row]]
    if sum(1 for text in upper if text) < 2:
        return
    if (single := _table(sheet, row, row + 1, upper)) is not None:
        yield single
    if (tagged := _tagged(sheet, row, upper)) is not None:
        yield tagged
    if row + 1 < len(sheet.rows) and continues_header(sheet, row):
        over = spread(sheet, row, upper)
        lower = [clean(value) for value in sheet.rows[row + 1]]
        pairs = [_pair(above, below) for above, below in zip_longest(over, lower, fillvalue="")]
        alone = _table(sheet, row + 1, row + 2, lower)
        double = _table(sheet, row, row + 2, pairs)
        # A title of two cells above the headers adds no column to them.
        if double is not None and (alone is None or len(double.headers) > len(alone.headers)):
            yield double


def _tagged(sheet: RawSheet, row: int, upper: Sequence[str]) -> Table | None:
    """Headers with a row of HXL hashtags under them: the tags say what the columns are, the headers name them."""
    if row + 1 >= len(sheet.rows) or not _all_tags(sheet, row + 1):
        return None
    tags = [clean(value) if isinstance(value, str) else "" for value in sheet.rows[row + 1]]
    found = _table(sheet, row + 1, row + 2, tags)
    headers = {place: text for place, text in enumerate(upper) if text}
    return None if found is None else replace(found, header_row=row, headers={**found.headers, **headers})


def continues_header(sheet: RawSheet, row: int) -> bool:
    """Whether the row below holds only words, at least two of them headers, and nobody's name: a first row of data
    may say "лежача" and "коляска".
    """
    below = [value for value in sheet.rows[row + 1] if not is_blank(value)]
    if not all(isinstance(value, str) and not any(char.isdecimal() for char in value) for value in below):
        return False
    if any(_names_somebody(shown(value)) for value in below):
        return False
    known = sum(1 for value in below if column_of(header_key(value), ListKind.PEOPLE))
    return known > 1 and known * 3 >= len(below) * 2


def _names_somebody(text: str) -> bool:
    """Two to four words that begin with capitals, one of them a given name or a patronymic.

    In capitals all over a text may be a header that has such a word: "БАЖАНА ДАТА".
    """
    words = text.split()
    if not 1 < len(words) < 5 or not all(word[:1].isupper() for word in words):
        return False
    if text.isupper() and column_of(header_key(text), ListKind.PEOPLE):
        return False
    return any(is_given_name(word) or looks_like_patronymic(word) for word in fold(text).split())


def spread(sheet: RawSheet, row: int, texts: Sequence[str]) -> list[str]:
    """Header texts with a merged one repeated over the columns that it covers."""
    repeated = list(texts)
    for top, left, bottom, right in sheet.merged:
        if top == row == bottom and left < len(repeated):
            for column in range(left, min(right + 1, len(repeated))):
                repeated[column] = repeated[left]
    return repeated


def _pair(above: str, below: str) -> str:
    """The lower header where it is one by itself, else both together."""
    if not below or not above:
        return below or above
    return below if column_of(header_key(below), ListKind.PEOPLE) else f"{above} {below}"


def _table(sheet: RawSheet, row: int, first_row: int, texts: Sequence[str]) -> Table | None:
    keys = [header_key(text) for text in texts]
    kind = recognised_kind(keys)
    if kind is None:
        return None
    headers = {place: text for place, text in enumerate(texts) if text}
    columns = columns_in(keys, kind)
    if not columns.keys() & {"address", "street"} and "registered_address" in columns:
        columns["address"] = columns.pop("registered_address")
    return Table(sheet, kind, row, after_header(sheet, first_row), columns, headers)


def after_header(sheet: RawSheet, row: int) -> int:
    """Skips a row of column numbers (1 2 3 …) or of hashtags under the headers."""
    if row < len(sheet.rows):
        filled = [shown(value) for value in sheet.rows[row] if not is_blank(value)]
        numbered = len(filled) > 2 and filled == [str(number) for number in range(1, len(filled) + 1)]
        if numbered or _all_tags(sheet, row):
            return row + 1
    return row


def _all_tags(sheet: RawSheet, row: int) -> bool:
    filled = [shown(value) for value in sheet.rows[row] if not is_blank(value)]
    return len(filled) > 1 and all(text.startswith("#") for text in filled)


def _merged_down(
    sheet: RawSheet, header_row: int
) -> tuple[dict[tuple[int, int], tuple[int, int]], dict[tuple[int, int], int]]:
    over: dict[tuple[int, int], tuple[int, int]] = {}
    starts: dict[tuple[int, int], int] = {}
    for top, left, bottom, _right in sheet.merged:
        bottom = min(bottom, len(sheet.rows) - 1)
        if top > header_row and bottom > top:
            starts[top, left] = bottom - top + 1
            over.update({(row, left): (top, left) for row in range(top + 1, bottom + 1)})
    return over, starts


def _people_after_all(table: Table) -> ListKind:
    """A list of people may carry the size of the family: then most rows that name somebody leave it blank."""
    if not table.has("people") or not (table.has("birth") or table.has("birth_year") or table.has("age")):
        return ListKind.REQUESTS
    named = [
        row
        for row in range(table.first_row, len(table.sheet.rows))
        if table.own(row, "full_name") or table.own(row, "surname")
    ]
    without = [row for row in named if is_blank(table.own(row, "people"))]
    return ListKind.PEOPLE if len(without) * 3 > len(named) else ListKind.REQUESTS


def _titles(sheet: RawSheet, header_row: int) -> Iterable[str]:
    for cells in sheet.rows[: max(0, header_row)]:
        text = " ".join(shown(value) for value in cells if not is_blank(value))
        if text:
            yield text
