"""Lists that came and go: batches, senders, recipients."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple


class BatchRow(NamedTuple):
    """One import of one file."""

    id: str
    file_name: str
    sha256: str
    kind: str
    list_on: date | None
    imported_at: datetime
    imported_by: str = ""
    summary: Any = None
    sender_id: str | None = None


class BatchLineRow(NamedTuple):
    """What became of one row of a file. status: added, updated, unchanged, skipped, rejected."""

    id: str
    batch_id: str
    sheet: str
    line: int
    status: str
    household_id: str | None = None
    raw: str = ""
    person_id: str | None = None


class SenderRow(NamedTuple):
    """Who sends lists."""

    id: str
    name: str
    note: str = ""


class MappingRow(NamedTuple):
    """How the lists of a sender with these headers are read: header -> column, and options of reading."""

    id: str
    sender_id: str
    kind: str
    header_key: str
    headers: Any
    columns: Any
    options: Any
    used_at: datetime


class ValueMeaningRow(NamedTuple):
    """What a cell means that says `said` (folded) in the column `field`; `sender_id` None: whoever says it."""

    id: str
    sender_id: str | None
    field: str
    said: str
    meaning: str


class MissingRow(NamedTuple):
    """A household, or with `person_id` a member, that an earlier list of the sender named and this one does not.

    state: open, or what was decided.
    """

    id: str
    batch_id: str
    household_id: str
    person_id: str | None
    state: str
    decided_at: datetime | None = None
    decided_by: str = ""


class RecipientRow(NamedTuple):
    """The columns in which a recipient wants an export of `kind`, in their order and under their headers."""

    id: str
    name: str
    kind: str
    columns: Any
    options: Any = None
