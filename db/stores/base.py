"""One store a table: plain rows in, plain rows out. Queries with a name of their own stand in the modules beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any, Generic, TypeVar

from peewee import BooleanField, Model

from db import journal
from db.connection import Database
from db.fields import DayField, JsonField, MomentField
from db.tables import JOURNALLED

R = TypeVar("R", bound=tuple[Any, ...])
_COLLECTIONS = (list, set, tuple, frozenset)
_SPECIAL = (BooleanField, DayField, JsonField, MomentField)
_CHUNK = 900  # SQLite takes at most 999 parameters in older builds
_MANY = 300
"""Rows from which on it pays to write them column by column."""
_IN_ONE = 24
"""Rows of one statement then: each has its cost, the more so as a trigger that may refuse goes with it."""


class Store(Generic[R]):
    """Reads and writes the rows `row` (a NamedTuple class of db.rows) of the table `model`."""

    def __init__(self, model: type[Model], row: type[R]) -> None:
        self.model = model
        self.row = row
        self.fields: list[Any] = list(model._meta.sorted_fields)
        self.key: Any = model._meta.primary_key
        self._by_column: dict[str, Any] = {field.column_name: field for field in self.fields}
        columns = ", ".join(f'"{name}"' for name in self._by_column)
        self._select = f'SELECT {columns} FROM "{model._meta.table_name}"'
        # Text and numbers come as they are; only these need a look at each value.
        self._special = [
            (at, field.python_value) for at, field in enumerate(self.fields) if isinstance(field, _SPECIAL)
        ]
        self._to_special = [(at, field.db_value) for at, field in enumerate(self.fields) if isinstance(field, _SPECIAL)]
        self._journalled = model in JOURNALLED

    def all(self, database: Database) -> list[R]:
        """Every row of the table."""
        return self._read(database, "", ())

    def get(self, database: Database, row_id: str) -> R | None:
        found = self.where(database, id=row_id)
        return found[0] if found else None

    def where(self, database: Database, **equals: Any) -> list[R]:
        """The rows whose columns have these values. One of them may be a list or set: any of its values."""
        many = {name: list(value) for name, value in equals.items() if isinstance(value, _COLLECTIONS)}
        single = {name: value for name, value in equals.items() if name not in many}
        terms = [f'"{name}" IS ?' for name in single]
        params = tuple(self._by_column[name].db_value(value) for name, value in single.items())
        if not many:
            return self._read(database, " AND ".join(terms), params)
        ((name, values),) = many.items()
        convert = self._by_column[name].db_value
        found: list[R] = []
        for start in range(0, len(values), _CHUNK):
            part = values[start : start + _CHUNK]
            marks = f'"{name}" IN ({", ".join("?" * len(part))})'
            found += self._read(database, " AND ".join([marks, *terms]), (*map(convert, part), *params))
        return found

    def _read(self, database: Database, where: str, params: tuple[Any, ...]) -> list[R]:
        sql = self._select + (f" WHERE {where}" if where else "")
        make = self.row._make  # type: ignore[attr-defined]
        if not self._special:
            return [make(values) for values in database.rows(sql, params)]
        return [self.made(values) for values in database.rows(sql, params)]

    def kept(self, database: Database, blank: Collection[str] = ()) -> Iterator[tuple[Any, ...]]:
        """Every row as the file keeps it, to be `made` where it is needed; `blank`: columns that are left empty."""
        columns = [f"'' AS \"{name}\"" if name in blank else f'"{name}"' for name in self._by_column]
        return database.each(f'SELECT {", ".join(columns)} FROM "{self.model._meta.table_name}"')

    def made(self, kept: Sequence[Any]) -> R:
        """The row of values as the file keeps them."""
        if not self._special:
            return self.row._make(kept)  # type: ignore[attr-defined,no-any-return]
        fields = list(kept)
        for at, convert in self._special:
            if fields[at] is not None:
                fields[at] = convert(fields[at])
        return self.row._make(fields)  # type: ignore[attr-defined,no-any-return]

    def from_file(self, values: Mapping[str, Any]) -> R:
        """A row from its columns as the file keeps them; those that are missing were empty."""
        made: list[Any] = []
        for field in self.fields:
            value = values.get(field.column_name)
            made.append(value if value is None else field.python_value(value))
        return self.row._make(made)  # type: ignore[attr-defined,no-any-return]

    def count(self, database: Database) -> int:
        return int(database.rows(f'SELECT count(*) FROM "{self.model._meta.table_name}"')[0][0])

    def add(self, database: Database, rows: Iterable[R]) -> None:
        """Insert rows; a clash of keys raises IntegrityError and the whole action rolls back."""
        rows = list(rows)
        if len(rows) >= _MANY:
            self._add_many(database, rows)
            return
        connection: Any = database.connection()
        connection.executemany(self._insert(["?"] * len(self.fields)), map(self._to_db, rows))

    def _add_many(self, database: Database, rows: list[R]) -> None:
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        values = [_in_statement(field, column) for field, column in zip(self.fields, columns, strict=True)]
        for at, convert in self._to_special:
            if values[at] == "?":
                columns[at] = _converted(columns[at], convert, isinstance(self.fields[at], JsonField))
        values = [
            "nullif(?, '')" if value == "?" and None in column and "" not in column else value
            for column, value in zip(columns, values, strict=True)
        ]
        given = [_plain(column, value != "?") for column, value in zip(columns, values, strict=True) if "?" in value]
        connection: Any = database.connection()
        width, odd = len(given), len(rows) % _IN_ONE
        told: list[Any] = [None] * (width * len(rows))
        for at, column in enumerate(given):
            told[at::width] = column
        with journal.in_bulk(database, self.model) if self._journalled else nullcontext():
            connection.executemany(self._insert(values), _parts(told[: width * odd], width))
            connection.executemany(self._insert(values, _IN_ONE), _parts(told[width * odd :], width * _IN_ONE))

    def _insert(self, values: Iterable[str], rows: int = 1) -> str:
        columns = ", ".join(f'"{name}"' for name in self._by_column)
        listed = ", ".join([f"({', '.join(values)})"] * rows)
        return f'INSERT INTO "{self.model._meta.table_name}" ({columns}) VALUES {listed}'

    def _to_db(self, row: R) -> Sequence[Any]:
        if not self._special:
            return row
        values = list(row)
        for at, convert in self._to_special:
            if values[at] is not None:
                values[at] = convert(values[at])
        return values

    def change(self, database: Database, row_id: str, **values: Any) -> None:
        """Set some columns of one row."""
        if values:
            named = {self._by_column[name]: value for name, value in values.items()}
            self.model.update(named).where(self.key == row_id).execute(database)

    def replace(self, database: Database, row: R) -> None:
        """Write all columns of one row that exists."""
        values = dict(zip(self._names(), row, strict=True))
        self.change(database, values.pop("id"), **values)

    def remove(self, database: Database, row_ids: Iterable[str]) -> None:
        ids = list(row_ids)
        for start in range(0, len(ids), _CHUNK):
            self.model.delete().where(self.key << ids[start : start + _CHUNK]).execute(database)

    def _names(self) -> list[str]:
        return [field.column_name for field in self.fields]


def _parts(told: list[Any], size: int) -> Iterator[list[Any]]:
    return (told[at : at + size] for at in range(0, len(told), size))


def _converted(column: Sequence[Any], convert: Callable[[Any], Any], each: bool) -> list[Any]:
    """The column as the file keeps it. Days and truth come again and again; `each`: values are converted one by one."""
    if each:
        return [None if value is None else convert(value) for value in column]
    told = {value: None if value is None else convert(value) for value in set(column)}
    return [told[value] for value in column]


def _plain(column: Sequence[Any], blank: bool) -> Sequence[Any]:
    """The column in types that the engine takes as they are; it asks at length about truth, words and None.

    `blank`: "" stands for None, which the statement turns back.
    """
    types = set(map(type, column))
    if blank:
        column = ["" if value is None else value for value in column]
    if bool in types:
        column = [int(value) if type(value) is bool else value for value in column]
    if any(issubclass(one, str) and one is not str for one in types):
        if all(issubclass(one, str) for one in types):
            return list(map(str.__str__, column))
        column = [str.__str__(value) if isinstance(value, str) else value for value in column]
    return column


def _in_statement(field: Any, column: Sequence[Any]) -> str:
    """The SQL of a column that is empty in every row, which then need not be handed over row by row; else a mark."""
    first = column[0]
    if first or column.count(first) < len(column) or isinstance(first, (float, *_COLLECTIONS, dict)):
        return "?"
    if first is None:
        return "NULL"
    return "?" if isinstance(field, JsonField) else "''" if first == "" else "0"
