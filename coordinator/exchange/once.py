"""Parts of a row that are read in a few columns alone: once for the same words there, since a list says few of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from coordinator.exchange.harvest import Harvest
from coordinator.exchange.layout import Table

T = TypeVar("T")


class Once(Generic[T]):
    """`read` of the rows of a table, which looks at nothing but these columns.

    Rows with anything else than texts there, or with something to warn about, are read each by itself, and all rows
    where one of the columns is doubled.
    """

    def __init__(
        self, table: Table, harvest: Harvest, keys: Sequence[str], read: Callable[[Table, int, Harvest], T]
    ) -> None:
        self._table, self._harvest, self._read = table, harvest, read
        self._keys = [key for key in keys if key in table.columns]
        self._only = self._keys[0] if len(self._keys) == 1 else None
        self._doubled = any(len(table.columns[key]) > 1 for key in self._keys)
        self._known: dict[object, T] = {}

    def of(self, row: int) -> T:
        """What the row says there; never None."""
        cells = self._table.filled[row]
        said = cells.get(self._only) if self._only else tuple([cells.get(key) for key in self._keys])
        found = self._known.get(said)
        return self._anew(row, said) if found is None else found

    def _anew(self, row: int, said: object) -> T:
        warnings = len(self._harvest.warnings)
        found = self._read(self._table, row, self._harvest)
        texts = said if isinstance(said, tuple) else (said,)
        plain = all(text is None or type(text) is str for text in texts)
        if plain and not self._doubled and len(self._harvest.warnings) == warnings:
            self._known[said] = found
        return found
