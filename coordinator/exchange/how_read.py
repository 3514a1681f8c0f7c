"""How a file is read where a person has said so: its sheets, columns, households, days, and words.

What is left open here is guessed, as `layout`, `blocks` and `wording` do by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from coordinator.domain.memory import remembered
from coordinator.domain.names import fold
from coordinator.exchange.incoming import ListKind, Remark

UNUSED = ""
"""In place of a column's key: the column is there and nothing of it is wanted."""


class Division(StrEnum):
    """What tells one household of a list of people from the next."""

    ADDRESS = "address"
    NUMBER = "number"
    MERGED = "merged"
    CONTACT = "contact"
    EACH = "each"


class Why(StrEnum):
    """Where the meaning of a column comes from."""

    HEADER = "header"
    CONTENTS = "contents"
    REMEMBERED = "remembered"
    SAID = "said"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SheetReading:
    """One sheet; rows and columns count from 0, None leaves it to the program.

    `columns`: place -> key of a column or UNUSED; `why`: where each comes from, Why.SAID for one that is not there.
    `fill_down`: places where a blank cell says what stands above it. `month_first`: place -> whether 5/3/26 is the
    3rd of May there. `epoch_1904`: days count from 1904.
    `hidden_rows`: whether rows that are hidden or filtered away are read too.
    """

    use: bool | None = None
    header_row: int | None = None
    columns: Mapping[int, str] = field(default_factory=dict)
    why: Mapping[int, Why] = field(default_factory=dict)
    settlement: str | None = None
    division: Division | None = None
    merged_down: bool = True
    fill_down: frozenset[int] = frozenset()
    month_first: Mapping[int, bool] = field(default_factory=dict)
    epoch_1904: bool | None = None
    hidden_rows: bool | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What senders mean by words that the program does not know: (field, folded word) -> meaning.

    Fields are "needs", "sex", "relation", "decision", and the columns that say yes or no. Meanings are the codes
    of the domain; those of needs with commas between them, "" for no need at all; of a mark "yes" or "no".
    """

    meanings: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def of(self, column: str, text: str) -> str | None:
        """The meaning of a text in a column; None where nobody has given it one."""
        return self.meanings.get((column, word_key(text))) if self.meanings else None


def _word_key(text: str) -> str:
    return " ".join(fold(text).replace(".", " ").replace(",", " ").split())


word_key = remembered(_word_key, 4096)
"""A word as it is compared: "Інв.  Коляска." is "інв коляска"."""


PLAIN = SheetReading()
NO_WORDS = Words()


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file. `sheets` by their names; `differs`: what is not as it was in the sender's last list.

    `sender`: whose list it is, "" where nobody has said. `keep`: remember this under the sender.
    """

    kind: ListKind | None = None
    sheets: Mapping[str, SheetReading] = field(default_factory=dict)
    words: Words = NO_WORDS
    differs: tuple[Remark, ...] = ()
    sender: str = ""
    keep: bool = False

    def of(self, sheet: str) -> SheetReading:
        return self.sheets.get(sheet, PLAIN)

    def with_sheet(self, sheet: str, **changes: object) -> Reading:
        """The same with other answers for one sheet."""
        changed = replace(self.of(sheet), **changes)  # type: ignore[arg-type]
        return replace(self, sheets={**self.sheets, sheet: changed})


NOTHING_SAID = Reading()
