"""What an import will do or has done: an entry for each household, vehicle or settlement, and the totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from coordinator.domain.records import record
from coordinator.exchange.incoming import IncomingList, Remark, SheetSummary
from resources.messages import sentence


class RowStatus(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    COMPLETED = "completed"
    """Only made more precise: a blank filled, a full date for a year, a name for initials, a second phone."""
    UNCHANGED = "unchanged"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class Side(StrEnum):
    """Who changed a value since both had the same: told apart where a workbook of ours comes back."""

    THEIRS = "theirs"
    """They did, or the list is nobody's that we sent: the value is written."""
    OURS = "ours"
    """We did, and they left it as it was: nothing is written, it is only told."""
    BOTH = "both"
    """They and we, each otherwise: ours stays unless somebody takes theirs."""


class Choice(NamedTuple):
    """One value of a file as somebody decides on it before the import: the household's sheet, the row, the value.

    With `field` "" it is the whole household whose first row that is.
    """

    sheet: str
    row: int
    field: str = ""
    person: str = ""
    new: str = ""


@record
class News:
    """One value that the list brings: the field's code, old and new text, and whose it is ("" for the household).

    `completes`: it contradicts nothing that was known, it only says more. `old` is the register's value; `base` is
    what both had when the workbook left, with a `side` other than THEIRS. `row`: of the sheet, as Excel numbers it;
    `person_id`: of a person whom the register has.

    Codes: settlement, address, landmark, phone, note, decision, wants_on, part_stays, pets, destination_wish,
    requested_at, luggage, member, name, birth, sex, relation, needs, person_note, documents, escort;
    columns of a vehicle or a settlement.
    """

    field: str
    old: str
    new: str
    person: str = ""
    completes: bool = False
    side: Side = Side.THEIRS
    base: str = ""
    row: int = 0
    person_id: str = ""

    def choice(self, sheet: str) -> Choice:
        return Choice(sheet, self.row, self.field, self.person, self.new)


@dataclass(frozen=True, slots=True)
class Missed:
    """A household, or with `person_id` a member, whom the last list of the same sender named and this one does not."""

    household_id: str
    number: int
    name: str
    place: str = ""
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that may be the same. `number` None: it stands in this file too, at `sheet` and `row`."""

    household_id: str | None
    number: int | None
    reasons: tuple[str, ...]
    sheet: str = ""
    row: int = 0
    head: str = ""


@record
class Entry:
    """One household, vehicle or settlement of the file. `rows` give the status of each of its rows.

    `title`: head, plate or name. `place`: the settlement in the register, "" where it is not resolved;
    `typed_place`: as the list has it.
    `number`: of the household in the register, None before it is there. `declined`: news that somebody did not want;
    `kept`: what was changed here since the last list, so that the list's word is not taken unless somebody says so.
    `ours`: of a workbook of ours that comes back, what was changed here since it left and not by them.
    """

    sheet: str
    row: int
    status: RowStatus
    rows: tuple[tuple[int, RowStatus], ...]
    title: str = ""
    place: str = ""
    people: int = 0
    household_id: str | None = None
    number: int | None = None
    news: tuple[News, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    typed_place: str = ""
    declined: tuple[News, ...] = ()
    kept: tuple[News, ...] = ()
    ours: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """Counts of what is new. Children by their age on the list's date."""

    households: int = 0
    people: int = 0
    children: int = 0
    wheelchair: int = 0
    stretcher: int = 0
    vehicles: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The totals of an import. rows_read = added + updated + unchanged + rejected + skipped.

    `rows_completed` of `rows_updated` were only made more precise. `action_id` and `batch_id` are empty where
    nothing was written.
    """

    kind: str
    sheets: tuple[SheetSummary, ...]
    rows_read: int
    rows_added: int
    rows_updated: int
    rows_unchanged: int
    rows_skipped: int
    rows_rejected: tuple[Remark, ...]
    added: Added
    rows_completed: int = 0
    warnings: tuple[Remark, ...] = ()
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    action_id: str = ""
    batch_id: str = ""
    missed: tuple[Missed, ...] = ()

    @property
    def possible_duplicates(self) -> tuple[Entry, ...]:
        """The incoming households that may be one with another."""
        return tuple(entry for entry in self.entries if entry.candidates)

    def entries_with(self, status: RowStatus) -> int:
        """How many households (vehicles, settlements) have this status."""
        return sum(entry.status is status for entry in self.entries)

    @property
    def gone(self) -> int:
        """Households whom the last list of the same sender named and this one does not."""
        return sum(missed.person_id is None for missed in self.missed)

    @property
    def writes(self) -> bool:
        return bool(self.rows_added or self.rows_updated)

    def to_json(self) -> dict[str, Any]:
        """Plain lists and dicts; reasons in words of the current language beside their codes."""
        return {
            "kind": self.kind,
            "sheets": [
                {"name": s.name, "rows_read": s.rows_read, "used": s.used, "header_row": s.header_row}
                for s in self.sheets
            ],
            "rows_read": self.rows_read,
            "rows_added": self.rows_added,
            "rows_updated": self.rows_updated,
            "rows_completed": self.rows_completed,
            "rows_unchanged": self.rows_unchanged,
            "rows_skipped": self.rows_skipped,
            "rows_rejected": [remark_json(remark) for remark in self.rows_rejected],
            "entries": {
                "new": self.entries_with(RowStatus.ADDED),
                "changed": self.entries_with(RowStatus.UPDATED),
                "completed": self.entries_with(RowStatus.COMPLETED),
                "same": self.entries_with(RowStatus.UNCHANGED),
                "gone": self.gone,
            },
            "households_added": self.added.households,
            "people_added": self.added.people,
            "children": self.added.children,
            "wheelchair": self.added.wheelchair,
            "stretcher": self.added.stretcher,
            "vehicles_added": self.added.vehicles,
            "warnings": [remark_json(remark) for remark in self.warnings],
            "possible_duplicates": [_duplicate_json(entry) for entry in self.possible_duplicates],
        }


def report_of(
    incoming: IncomingList,
    entries: Iterable[Entry],
    warnings: Iterable[Remark],
    added: Added,
    missed: Iterable[Missed] = (),
) -> ImportReport:
    """Add up the rows of a file by what becomes of them."""
    entries = tuple(entries)
    rows = Counter(status for entry in entries for _row, status in entry.rows)
    return ImportReport(
        kind=incoming.kind.value,
        sheets=incoming.sheets,
        rows_read=incoming.rows_read,
        rows_added=rows[RowStatus.ADDED],
        rows_updated=rows[RowStatus.UPDATED] + rows[RowStatus.COMPLETED],
        rows_completed=rows[RowStatus.COMPLETED],
        rows_unchanged=rows[RowStatus.UNCHANGED],
        rows_skipped=len(incoming.skipped) + rows[RowStatus.SKIPPED],
        rows_rejected=incoming.rejected,
        added=added,
        warnings=tuple(warnings),
        entries=entries,
        missed=tuple(missed),
    )


def remark_json(remark: Remark) -> dict[str, Any]:
    facts: Mapping[str, object] = {"value": remark.at.value, **remark.facts}
    return {
        "sheet": remark.at.sheet,
        "cell": remark.at.cell,
        "value": remark.at.value,
        "reason": {"code": remark.code, "text": sentence(remark.code, facts)},
    }


def _duplicate_json(entry: Entry) -> dict[str, Any]:
    return {
        "sheet": entry.sheet,
        "row": entry.row,
        "household": entry.number,
        "head": entry.title,
        "candidates": [
            {"household": candidate.number, "reasons": list(candidate.reasons)} for candidate in entry.candidates
        ],
    }
