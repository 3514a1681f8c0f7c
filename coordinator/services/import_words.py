"""What a sender said of each household, as an import keeps it, and which of its cells were corrected in the preview.

The next list is compared with the sender's own words: a wrong number that comes again next week is no news, and the
corrected one stays.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coordinator.exchange.incoming import IncomingHousehold
from coordinator.exchange.originals import Correction
from coordinator.exchange.statements import to_lines
from coordinator.services.import_preview import Listed
from db.ids import new_id
from db.rows import BatchLineRow

CORRECTED = "corrected"
"""The status of a row that holds a correction and no household, such as a title."""

_Place = tuple[str, tuple[int, ...]]
"""A sheet and the rows of a household in it."""


@dataclass(frozen=True, slots=True)
class SentWords:
    """`households`: as they were sent, where a cell of them was corrected; `corrections` by sheet and row."""

    households: Mapping[_Place, IncomingHousehold] = field(default_factory=dict)
    corrections: Mapping[tuple[str, int], Sequence[Correction]] = field(default_factory=dict)

    def lines(self, household: IncomingHousehold) -> dict[int, str]:
        """Row -> JSON of what it said, with the corrections of its cells."""
        if not self.corrections:
            return to_lines(household)
        said = to_lines(self.households.get((household.sheet, household.rows), household))
        return {row: self._with_corrections(raw, (household.sheet, row)) for row, raw in said.items()}

    def _with_corrections(self, raw: str, place: tuple[str, int]) -> str:
        made = self.corrections.get(place)
        return raw if not made else f'{raw[:-1]}{", " if len(raw) > 2 else ""}"corrected": {_told(made)}}}'


NOTHING_CORRECTED = SentWords()


def sent_words(listed: Listed) -> SentWords:
    """The words of a list as they came, before anybody corrected a cell."""
    if listed.as_sent is None:
        return NOTHING_CORRECTED
    corrections = _by_row(listed.corrections)
    touched = {
        (household.sheet, household.rows): household
        for household in listed.as_sent.households
        if any((household.sheet, row) in corrections for row in household.rows)
    }
    return SentWords(touched, corrections)


def corrected_lines(listed: Listed, batch_id: str) -> Iterator[BatchLineRow]:
    """Rows that were corrected and say nothing of a household themselves."""
    own = {(household.sheet, row) for household in listed.incoming.households for row in household.rows}
    for (sheet, row), made in _by_row(listed.corrections).items():
        if (sheet, row) not in own:
            yield BatchLineRow(new_id(), batch_id, sheet, row, CORRECTED, None, f'{{"corrected": {_told(made)}}}')


def _by_row(corrections: Sequence[Correction]) -> dict[tuple[str, int], list[Correction]]:
    found: dict[tuple[str, int], list[Correction]] = defaultdict(list)
    for one in corrections:
        found[one.sheet, one.row].append(one)
    return found


def _told(corrections: Sequence[Correction]) -> str:
    return json.dumps([[one.cell, one.old, one.new] for one in corrections], ensure_ascii=False)
