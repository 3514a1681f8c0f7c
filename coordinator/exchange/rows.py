"""Which rows of a table are data, and which are totals, signatures, repeated headers or headings.

Every filled row below the headers is one of these, so that the sum of them is what was read. Blank rows,
formatted or not, are no rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from coordinator.domain.names import fold
from coordinator.domain.spellings import is_given_name, looks_like_patronymic
from coordinator.exchange.addresses import is_known_place
from coordinator.exchange.columns import TELLING, looked_over, names_example
from coordinator.exchange.incoming import Cell, Remark
from coordinator.exchange.layout import Table, is_blank
from coordinator.exchange.reading import CellValue
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.values import shown


class RowKind(StrEnum):
    DATA = "data"
    TOTAL = "total"
    SIGNATURE = "signature"
    HEADER = "header"
    SECTION = "section"
    NUMBER = "number"
    EXAMPLE = "example"


SKIP_CODES = {
    RowKind.TOTAL: "import.skipped_total",
    RowKind.SIGNATURE: "import.skipped_signature",
    RowKind.HEADER: "import.skipped_header",
    RowKind.SECTION: "import.skipped_section",
    RowKind.NUMBER: "import.skipped_number",
    RowKind.EXAMPLE: "import.skipped_example",
}

_TOTAL = re.compile(
    r"^(?:всього|усього|разом|загалом|підсумок|итого|всего|total|sum|in total|у тому числі|"
    r"в тому числі|в том числе|з них)\b"
)
_SIGNATURE = re.compile(
    r"^(?:староста|в\.? ?о\.? старости|голова|заступник|секретар|виконавець|начальник|"
    r"керівник|директор|діловод|уповноважен\w*|відповідальн\w*"
    r"|підпис|м\.? ?п\.?|склав|склала|підготув\w*|затверджую|погоджено|глава|руководитель|"
    r"исполнитель|ответственн\w*|составил\w*"
    r"|подпись|утверждаю|специалист|спеціаліст|starosta|signature|signed|prepared by|head of|approved)(?![^\W_])"
)
_NUMBER = re.compile(r"\s*\d+(?:[./-]\d+)?[.)]?\s*")
_UNDERSCORES = re.compile(r"[\s_./\\()«»\"'-]*_{3,}[\s_./\\()«»\"'-]*|«?_*\d*_*»?\s*_{3,}.*")
_PLACE = re.compile(
    r"^(?:с|смт|м|с-ще|сел|пгт|г|пос|село|селище|місто|город|поселок|village|town)(?:\.\s*|"
    r"\s+)([^\W\d_].*)",
    re.IGNORECASE,
)
_PERSONAL = frozenset({"birth", "birth_year", "age", "sex"})
_NEVER_SIGNED = _PERSONAL | {"address", "street", "people", "requested_on", "plate", "katottg", "seats"}
_TEXTS = frozenset({"note", "pets", "needs", "destination", "decision", "relation"})
"""Columns where a word such as "разом" begins no row of totals."""

Tick = Callable[[float], None]
_OFTEN = 500
"""Rows after which somebody hears how far it is."""

_Filled = list[tuple[int, CellValue]]


@dataclass(slots=True)
class Row:
    """One filled row: its index from 0, what it is, and for a heading the settlement that it names.

    `keys`: the columns with something more than a dash in the row itself.
    """

    index: int
    kind: RowKind
    settlement: str = ""
    keys: frozenset[str] = frozenset()


def no_tick(_part: float) -> None:
    """For those who do not want to hear how far it is."""


def filled_rows(table: Table, tick: Tick = no_tick) -> Iterator[Row]:
    """All filled rows below the headers, in order; `tick` hears which part of them is done."""
    sorting, rows = _Sorting(table, lambda: tick(0)), table.sheet.rows
    for index in range(table.first_row, len(rows)):
        if index % _OFTEN == 0:
            tick(index / len(rows))
        if row := sorting.row(index):
            yield row


class _Sorting:
    """Tells the rows of one table apart: a numbered row of a person at a glance, any other by all its cells."""

    def __init__(self, table: Table, ask: Callable[[], None]) -> None:
        self._table, self._filled, self._columns = table, table.filled, looked_over(table, ask)
        self._wide = {top: right - left for top, left, bottom, right in table.sheet.merged if right - left > 1}
        self._odd = {row for (row, _column), _ in _odd(table)}
        key_of = {place: key for key, place in table.places}
        self._key_at = [key_of.get(place, "") for place in range(max(map(len, table.sheet.rows), default=0))]
        self._single = all(len(places) == 1 for places in table.columns.values())
        self._keys: dict[tuple[str, ...], frozenset[str]] = {}

    def row(self, index: int) -> Row | None:
        """None where nothing stands in it."""
        keys = self._looked_up(index) if self._single else None
        if keys is None or self._columns.special or index in self._odd or keys.isdisjoint(_PERSONAL):
            return self._any_row(index, keys)
        numbered = _is_number(self._filled[index].get("number"))
        return Row(index, RowKind.DATA, keys=keys) if numbered else self._any_row(index, keys)

    def _looked_up(self, index: int) -> frozenset[str]:
        """The columns with more than a dash in this row, whose cells the table then knows."""
        blanks, dashes = self._columns.blanks, self._columns.dashes
        cells = zip(self._key_at, self._table.sheet.rows[index], strict=False)
        told: dict[str, CellValue] = {
            key: value for key, value in cells if value is not None and key and value not in blanks
        }
        self._filled[index] = told
        quiet = dashes.isdisjoint(told.values())
        return self._as_set(tuple(told) if quiet else tuple([key for key in told if told[key] not in dashes]))

    def _as_set(self, told: tuple[str, ...]) -> frozenset[str]:
        """The same for all rows that fill the same columns."""
        keys = self._keys.get(told)
        if keys is None:
            keys = self._keys[told] = frozenset(told) - {""}
        return keys

    def _any_row(self, index: int, keys: frozenset[str] | None) -> Row | None:
        blanks, dashes = self._columns.blanks, self._columns.dashes
        cells = enumerate(self._table.sheet.rows[index])
        filled: _Filled = [(column, value) for column, value in cells if value is not None and value not in blanks]
        odd = index in self._odd
        if not filled and not odd:
            return None
        if keys is None:
            keys = self._as_set(tuple([self._key_at[column] for column, value in filled if value not in dashes]))
        return self._marked(index, filled, keys) or self._plain_row(index, filled, keys, odd)

    def _marked(self, index: int, filled: _Filled, keys: frozenset[str]) -> Row | None:
        """A row of totals or a signature, by its first text; the example of a form."""
        if self._columns.example and is_example(self._table, index):
            return Row(index, RowKind.EXAMPLE)
        return _closing_row(self._table, index, filled, keys)

    def _plain_row(self, index: int, filled: _Filled, keys: frozenset[str], odd: bool) -> Row:
        if not odd and _is_number_only(self._table, filled):
            return Row(index, RowKind.NUMBER)
        if len(filled) == 1 and not odd and (heading := _heading(self._table, index, filled[0], index in self._wide)):
            return heading
        if self._repeats_header(filled):
            return Row(index, RowKind.HEADER)
        return Row(index, RowKind.DATA, keys=keys)

    def _repeats_header(self, filled: _Filled) -> bool:
        """More than half of its cells, and more than one, say the header of their column once more."""
        repeated = self._columns.repeated
        same = sum(value in repeated[column] for column, value in filled if column in repeated) if repeated else 0
        return same > 1 and same * 2 > len(filled)


def _name_of(table: Table, index: int) -> str:
    """The name in the row itself, from one column or three."""
    parts = (table.own(index, key) for key in ("full_name", "surname", "given", "patronymic"))
    return " ".join(shown(part) for part in parts if part is not None)


def _is_somebody(text: str) -> bool:
    """A surname that is an office as well, with a given name and a patronymic: "Голова Петро Іванович".

    Who signs does so with initials or with a surname.
    """
    words = text.split()
    if len(words) != 3 or not all(word[:1].isupper() for word in words):
        return False
    _surname, given, patronymic = map(fold, words)
    return is_given_name(given) and looks_like_patronymic(patronymic)


def _closing_row(table: Table, index: int, filled: _Filled, keys: frozenset[str]) -> Row | None:
    """A row of totals or a signature, by its first text."""
    numbered = _is_number(table.own(index, "number"))
    if numbered and not keys.isdisjoint(_PERSONAL):
        return None
    found = next((cell for cell in filled if isinstance(cell[1], str) and not _is_number(cell[1])), None)
    if found is None:
        return None
    column, label = found[0], str(found[1])
    own = {key for key, places in table.columns.items() if column in places}
    if own & _TEXTS:
        return None
    text = fold(label)
    total, office = _TOTAL.match(text), _SIGNATURE.match(text)
    if (total or office) and _is_somebody(_name_of(table, index)):
        return None
    if total:
        return Row(index, RowKind.TOTAL)
    # An office alone may have any name beside it; an office and a name may be a person called Голова.
    alone = len(label.split()) == 1 or label.split()[1][0].islower()
    beside = (keys - own) & (_PERSONAL if alone else _NEVER_SIGNED)
    signed = (office or _UNDERSCORES.fullmatch(text)) and not beside and not numbered
    return Row(index, RowKind.SIGNATURE) if signed else None


def is_example(table: Table, index: int) -> bool:
    """The example of a form of ours: by the word in the place of its number, or by a name or plate nobody has."""
    told = table.filled[index]
    return any(isinstance(text := told.get(key), str) and names_example(key, text) for key in TELLING)


def _is_number(value: CellValue) -> bool:
    """A running number: 7, "7", "7."."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return True
    return isinstance(value, str) and not value[:1].isalpha() and _NUMBER.fullmatch(value) is not None


def _is_number_only(table: Table, filled: list[tuple[int, CellValue]]) -> bool:
    """A number typed in advance, or a date under the signature, and nothing else."""
    if len(filled) != 1:
        return False
    column, value = filled[0]
    return column in table.columns.get("number", ()) and (_is_number(value) or not isinstance(value, str))


def _heading(table: Table, index: int, cell: tuple[int, CellValue], wide: bool) -> Row | None:
    """A row of one text: a settlement ("с. Подоли", "Курилівка") or a text merged across the table."""
    column, value = cell
    if not isinstance(value, str):
        return None
    place = _PLACE.match(value.strip())
    named = column in (*table.columns.get("settlement", ()), *table.columns.get("address", ()))
    if place and not named and not re.search(r"\d", value) and _is_place_word(value.strip()):
        return Row(index, RowKind.SECTION, value.strip())
    keys = {key for key, places in table.columns.items() if column in places}
    if (wide or keys <= _HEADED) and not named and is_known_place(value):
        return Row(index, RowKind.SECTION, value.strip())
    return Row(index, RowKind.SECTION) if wide else None


_HEADED = frozenset({"number", "full_name", "surname"})
"""Columns where the name of a settlement alone in its row heads those below."""


def _is_place_word(text: str) -> bool:
    """ "с. Подоли" and "С. ПОДОЛИ", but not the person "С. Петренко"."""
    word = re.split(r"[.\s]", text, maxsplit=1)[0]
    return word.islower() or len(word) > 3 or text.isupper()


def skipped(table: Table, row: Row) -> Remark:
    """The remark for a row that is no data: its first filled cell."""
    cells = table.sheet.rows[row.index] if row.index < len(table.sheet.rows) else []
    column, value = next(((c, v) for c, v in enumerate(cells) if not is_blank(v)), (0, None))
    return Remark(SKIP_CODES[row.kind], Cell(table.sheet.name, cell_name(row.index, column), shown(value)))


def _odd(table: Table) -> list[tuple[tuple[int, int], str]]:
    """Error cells with their text, and uncalculated formulas with "", in the columns that are read."""
    columns = {place for key, places in table.columns.items() if key not in ("number", "documents") for place in places}
    found = [*table.sheet.errors.items(), *((spot, "") for spot in table.sheet.uncached)]
    return sorted((spot, text) for spot, text in found if spot[1] in columns and spot[0] >= table.first_row)


def odd_cells(table: Table, rows: set[int]) -> list[Remark]:
    """Warnings for errors and formulas without a value in the data rows (FAULTS 31, 32)."""
    return [
        Remark(
            "import.cell_error" if text else "import.formula_no_value",
            Cell(table.sheet.name, cell_name(row, column), text or "="),
            {"value": text or "=", "header": table.headers.get(column, "")},
        )
        for (row, column), text in _odd(table)
        if row in rows
    ]
