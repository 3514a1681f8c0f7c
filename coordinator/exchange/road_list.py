"""Travel times in a workbook: a list of pairs, or a square with a settlement above each column and beside each row.

What stands in the cells is read here, and no settlement is looked up: that needs the register. A square says minutes;
one on a sheet whose name says kilometres says these. An empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta

from coordinator.domain.names import fold
from coordinator.exchange.figures import read_number
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.reading import CellValue, RawSheet
from coordinator.exchange.values import shown
from coordinator.exchange.writing import cell_name

_WORDS: dict[str, tuple[str, ...]] = {
    "first_code": ("katottg from", "from katottg", "катоттг звідки", "звідки катоттг", "катоттг откуда"),
    "second_code": ("katottg to", "to katottg", "катоттг куди", "куди катоттг", "катоттг куда"),
    "first": ("from", "звідки", "від", "откуда", "от", "населений пункт 1", "пункт 1", "населенный пункт 1"),
    "second": ("to", "куди", "до", "куда", "населений пункт 2", "пункт 2", "населенный пункт 2"),
    "minutes": ("minutes", "min", "хвилин", "хв", "хвилини", "час, хв", "минут", "мин", "минуты", "час хв"),
    "km": ("km", "kilometres", "kilometers", "км", "кілометрів", "кілометри", "відстань, км", "километров", "відстань"),
    "closed": ("closed", "закрито", "закрита", "закрыто", "закрыта"),
    "source": ("source", "джерело", "источник", "примітка", "примечание"),
}  # fmt: skip
_HEADER_ROWS = 25
_KILOMETRES = ("km", "км", "кілом", "килом", "kilom", "відстан", "расстоян", "distance")
_YES = frozenset({"yes", "так", "да", "+", "x", "х", "1", "true", "закрито", "закрыто", "closed"})
_NO = frozenset({"", "no", "ні", "нет", "-", "–", "0", "false", "відкрито", "открыто", "open"})


@dataclass(frozen=True, slots=True)
class RoadCell:
    """What one row, or one cell of a square, says of the way between two settlements as they were written.

    `first` and `second` are a KATOTTG or a name. `at`: the cell with the figure; `ends`: the cells of both names.
    """

    first: str
    second: str
    at: Cell
    ends: tuple[Cell, Cell]
    minutes: float | None = None
    km: float | None = None
    closed: bool = False
    source: str = ""


@dataclass(slots=True)
class RoadList:
    """`sheets`: those that held a list or a square. `problems`: cells that could not be read; their rows stay out."""

    cells: list[RoadCell] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


def read_roads(sheets: Iterable[RawSheet]) -> RoadList:
    """All lists and squares of a workbook; sheets that are neither are passed over."""
    found = RoadList()
    for sheet in sheets:
        listed = _header_of(sheet)
        if listed is not None:
            found.sheets.append(sheet.name)
            _read_list(sheet, *listed, found)
        elif (corner := _corner_of(sheet)) is not None:
            found.sheets.append(sheet.name)
            _read_square(sheet, corner, found)
    return found


def _header_of(sheet: RawSheet) -> tuple[int, dict[str, int]] | None:
    """The row of the header, and the column of each thing said; None where the sheet is no list."""
    keys = {fold(word): key for key, words in _WORDS.items() for word in words}
    for row in range(min(_HEADER_ROWS, len(sheet.rows))):
        columns: dict[str, int] = {}
        for at, value in enumerate(sheet.rows[row]):
            key = keys.get(fold(shown(value)).strip(" :.*"))
            if key is not None:
                columns.setdefault(key, at)
        ends = [any(name in columns for name in (end, f"{end}_code")) for end in ("first", "second")]
        if all(ends) and columns.keys() & {"minutes", "km", "closed"}:
            return row, columns
    return None


def _read_list(sheet: RawSheet, header: int, columns: dict[str, int], found: RoadList) -> None:
    for row in range(header + 1, len(sheet.rows)):
        texts = {key: shown(sheet.at(row, at)).strip() for key, at in columns.items()}
        first = texts.get("first_code") or texts.get("first", "")
        second = texts.get("second_code") or texts.get("second", "")
        if not first and not second:
            continue
        ends = tuple(
            _at(sheet, row, columns.get(f"{end}_code" if texts.get(f"{end}_code") else end, columns.get(end, 0)))
            for end in ("first", "second")
        )
        if not first or not second:
            found.problems.append(Remark("road.one_end", ends[0 if not first else 1]))
            continue
        figures = [_figure(sheet, row, columns.get(key), found) for key in ("minutes", "km")]
        closed = _closed(sheet, row, columns.get("closed"), found)
        if None in (*figures, closed):
            continue
        (minutes,), (km,) = figures  # type: ignore[misc]
        if minutes is None and km is None and not closed:
            continue
        at = _at(sheet, row, columns.get("minutes", columns.get("km", columns.get("closed", 0))))
        found.cells.append(
            RoadCell(first, second, at, (ends[0], ends[1]), minutes, km, bool(closed), texts.get("source", ""))
        )


def _closed(sheet: RawSheet, row: int, column: int | None, found: RoadList) -> bool | None:
    """None, and a problem, where it is neither yes nor no."""
    word = fold(shown(sheet.at(row, column))).strip() if column is not None else ""
    if word in _YES or word in _NO:
        return word in _YES
    found.problems.append(Remark("road.cell_closed", _at(sheet, row, column or 0)))
    return None


def _corner_of(sheet: RawSheet) -> tuple[int, int] | None:
    """Row and column of a square's corner: names beside it to the right and below, mostly the same ones."""
    for row in range(min(_HEADER_ROWS, len(sheet.rows))):
        for column in range(min(3, len(sheet.rows[row]))):
            across = [fold(text) for _at, text in _across(sheet, row, column)]
            down = [fold(text) for _at, text in _down(sheet, row, column)]
            both = set(across) & set(down)
            if len(both) >= 2 and 2 * len(both) >= max(len(set(across)), len(set(down))):
                return row, column
    return None


def _across(sheet: RawSheet, row: int, column: int) -> Iterator[tuple[int, str]]:
    for at in range(column + 1, len(sheet.rows[row])):
        if _is_name(sheet.at(row, at)):
            yield at, shown(sheet.at(row, at)).strip()


def _down(sheet: RawSheet, row: int, column: int) -> Iterator[tuple[int, str]]:
    for at in range(row + 1, len(sheet.rows)):
        if _is_name(sheet.at(at, column)):
            yield at, shown(sheet.at(at, column)).strip()


def _is_name(value: CellValue) -> bool:
    return isinstance(value, str) and any(char.isalpha() for char in value)


def _read_square(sheet: RawSheet, corner: tuple[int, int], found: RoadList) -> None:
    top, left = corner
    kilometres = any(word in fold(sheet.name) for word in _KILOMETRES)
    across = list(_across(sheet, top, left))
    for row, beside in _down(sheet, top, left):
        for column, above in across:
            if fold(beside) == fold(above):
                continue
            figure = _figure(sheet, row, column, found)
            if figure is None or figure[0] is None:
                continue
            minutes, km = (None, figure[0]) if kilometres else (figure[0], None)
            ends = _at(sheet, row, left), _at(sheet, top, column)
            found.cells.append(RoadCell(beside, above, _at(sheet, row, column), ends, minutes, km))


def _figure(sheet: RawSheet, row: int, column: int | None, found: RoadList) -> tuple[float | None] | None:
    """(the number,) or (None,) for an empty cell; None, and a problem, where it cannot be read."""
    if column is None:
        return (None,)
    value = sheet.at(row, column)
    if (row, column) in sheet.errors or (row, column) in sheet.uncached:
        found.problems.append(Remark("road.cell_error", _at(sheet, row, column)))
        return None
    if isinstance(value, (time, timedelta)):
        return (_minutes(value),)
    if not shown(value).strip(" -–—"):
        return (None,)
    number = read_number(value)
    if number is None:
        found.problems.append(Remark("road.cell_number", _at(sheet, row, column)))
        return None
    return (number,)


def _minutes(value: time | timedelta) -> float:
    """Excel keeps "0:35" as a time of day."""
    if isinstance(value, timedelta):
        return value.total_seconds() / 60
    return value.hour * 60 + value.minute + value.second / 60


def _at(sheet: RawSheet, row: int, column: int) -> Cell:
    return Cell(sheet.name, cell_name(row, column), shown(sheet.at(row, column)))
