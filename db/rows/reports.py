"""Counts that others published, and the centre's own reports as they were sent."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple


class PublishedCountRow(NamedTuple):
    """Figures of an office for a day, as {"day_people": 92, "total_people": 436, …}; what it did not say is absent."""

    id: str
    as_of_on: date
    scope: str
    figures: Any
    source: str
    published_at: datetime | None
    entered_at: datetime
    entered_by: str = ""
    note: str = ""


class ReportRow(NamedTuple):
    """A report with its figures and definitions as they were when it was sent; the file refuses to change it."""

    id: str
    number: int
    kind: str
    work_on: date
    content: Any
    definitions: Any
    frozen_at: datetime
    frozen_by: str = ""
    sent_to: str = ""
