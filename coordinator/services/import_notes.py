"""What a note of a list says that no column does, where it decides about a seat: told, and never guessed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coordinator.domain.memory import remembered
from coordinator.domain.person import Need
from coordinator.exchange.incoming import Cell, IncomingHousehold, Remark, SheetSummary
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.wording import read_needs

_OF_SEATS = frozenset({Need.STRETCHER, Need.WHEELCHAIR})
"""Needs that take another place than a seat."""


def _read(note: str) -> frozenset[Need]:
    return read_needs(note) & _OF_SEATS


_named = remembered(_read, 8192)
"""Most notes of a list are a few words that come again and again."""


def needs_in_notes(households: Sequence[IncomingHousehold], sheets: Sequence[SheetSummary]) -> Iterator[Remark]:
    """The notes of new households in which nobody has the need that the note names: whose it is, nobody can tell."""
    columns = {sheet.name: sheet.columns["note"][0] for sheet in sheets if sheet.columns.get("note")}
    for household in households:
        if household.sheet not in columns or household.own is not None:
            continue
        notes = [(household.rows[0], household.note), *((one.row, one.note) for one in household.people if one.note)]
        for row, note in notes:
            missing = _named(note) if note else frozenset[Need]()
            if missing and all(missing.isdisjoint(person.needs) for person in household.people):
                at = Cell(household.sheet, cell_name(row - 1, columns[household.sheet]), note)
                yield Remark("import.need_in_note", at, {"value": note})
