"""A column of what goes out: how it looks, and where its value comes from. A recipient's choice arranges them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from coordinator.errors import UserError
from coordinator.exchange.wanted import Chosen
from coordinator.exchange.writing import CellKind, Column

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class OutColumn(Generic[T]):
    """`value` of one record; `usual`: it is there where nobody has chosen columns."""

    column: Column
    value: Callable[[T], object]
    usual: bool = True


def out(
    key: str,
    title: str,
    width: float,
    value: Callable[[T], object],
    kind: CellKind = CellKind.TEXT,
    *,
    choices: tuple[str, ...] = (),
    tag: str = "",
    usual: bool = True,
) -> OutColumn[T]:
    """One column, declared in a line; see Column."""
    return OutColumn(Column(key, title, width, kind, choices, tag), value, usual)


def arranged(columns: Sequence[OutColumn[T]], chosen: Sequence[Chosen]) -> list[OutColumn[T]]:
    """The chosen columns in their order, under the recipient's headers; none chosen: the usual ones.

    UserError "export.column_unknown".
    """
    if not chosen:
        return [column for column in columns if column.usual]
    by_key = {column.column.key: column for column in columns}
    found = []
    for one in chosen:
        if one.key not in by_key:
            raise UserError("export.column_unknown", key=one.key, known=", ".join(by_key))
        column = by_key[one.key]
        found.append(replace(column, column=replace(column.column, header=one.header)) if one.header else column)
    return found


def usual(columns: Sequence[OutColumn[T]]) -> list[Column]:
    return [column.column for column in arranged(columns, ())]


def rows_of(columns: Sequence[OutColumn[T]], records: Iterable[T]) -> Iterator[list[object]]:
    """A row a record."""
    values = [column.value for column in columns]
    for record in records:
        yield [value(record) for value in values]
