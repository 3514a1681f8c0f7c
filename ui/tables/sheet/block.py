"""A block of copied cells laid over the columns of a table: by their titles where it brings them, else by its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coordinator.domain.names import fold
from ui.tables.clipboard import FORMULA_SIGNS

NUMBER = "number"
"""The column that says which household a row is about, wherever it stands."""


@dataclass(frozen=True, slots=True)
class Laid:
    """`columns[n]`: the key of the column for the nth cell of each row, "" for one that belongs nowhere.

    `titled`: the block brought its titles. `beyond`: cells of a row that stand past the last column.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    titled: bool = False
    beyond: int = 0

    @property
    def by_number(self) -> bool:
        """Each row names its household itself."""
        return NUMBER in self.columns

    def number(self, row: Sequence[str]) -> str:
        """What a row says of its household's number, as digits; a worksheet makes 417 a 417.0."""
        at = self.columns.index(NUMBER)
        text = row[at].strip().lstrip("№#").strip() if at < len(row) else ""
        return text.removesuffix(".0").removesuffix(",0")

    def cells(self, row: Sequence[str]) -> list[tuple[str, str]]:
        """(column, text) of a row, without those that belong nowhere."""
        return [(column, text) for column, text in zip(self.columns, row, strict=False) if column]


def lay(block: Sequence[Sequence[str]], keys: Sequence[str], titles: Mapping[str, str]) -> Laid:
    """`keys`: the visible columns from the cursor on. `titles`: folded title -> key, of all columns."""
    rows = [tuple(plain(cell) for cell in row) for row in block]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    named = [titles.get(fold(cell), "") for cell in rows[0]] if rows else []
    written = [cell for cell in rows[0] if cell.strip()] if rows else []
    if len(rows) > 1 and written and len(written) == sum(map(bool, named)):
        return Laid(tuple(named), tuple(rows[1:]), titled=True)
    width = max(map(len, rows), default=0)
    return Laid(tuple(keys[:width]), tuple(rows), beyond=max(0, width - len(keys)))


def plain(cell: str) -> str:
    """Without the apostrophe that keeps a worksheet from reading a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell
