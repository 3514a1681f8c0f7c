"""Talks, requests and shelling: why a household is asked, and when again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple


class AttemptRow(NamedTuple):
    """A call, visit or message, its outcome, and when and by whom ("" anyone) to try again."""

    id: str
    household_id: str
    person_id: str | None
    kind: str
    outcome: str
    phone: str
    done_at: datetime
    done_by: str = ""
    note: str = ""
    again_at: datetime | None = None
    again_by: str = ""


class RequestRow(NamedTuple):
    """A request as it came: from whom, under which reference of theirs. `number` is ours, for paper and talk."""

    id: str
    number: int
    household_id: str
    organisation: str
    reference: str
    channel: str
    requested_at: datetime | None
    recorded_at: datetime
    recorded_by: str = ""
    note: str = ""


class IncidentRow(NamedTuple):
    """A shelling incident."""

    id: str
    settlement_id: str
    street: str
    occurred_at: datetime
    severity: int = 1
    houses_hit: int | None = None
    source: str = ""
    house: str = ""
    note: str = ""
    recorded_at: datetime | None = None
    recorded_by: str = ""


class SavedViewRow(NamedTuple):
    """Search, filters and columns of a page under a name; `pinned`: shown with its count on the first page."""

    id: str
    page: str
    name: str
    state: Any
    pinned: bool = False
    position: int = 0
    made_by: str = ""
