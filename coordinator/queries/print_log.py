"""The log of prints, a line a copy: what it is, whose it is, and whether it came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from coordinator.domain.papers import CopyEnd
from coordinator.domain.trip import PICKUP_LIST, list_number
from coordinator.queries.papers import print_order
from coordinator.session import Session
from db import stores
from db.rows import PrintedRow, TripRow


@dataclass(frozen=True, slots=True)
class PrintedCopy:
    """One copy. `list`: number of the trip's list, "" of other papers. `to` "": the driver, or nobody was named.

    `newer`: a later version of the same list has been issued. `sheet`: it was printed as what changed alone.
    """

    printed_id: str
    copy: int
    kind: str
    list: str
    day: date | None
    version: int
    printed_at: datetime
    printed_by: str
    target: str
    to: str
    end: CopyEnd
    ended_at: datetime | None
    ended_by: str
    newer: bool = False
    sheet: bool = False

    @property
    def key(self) -> str:
        return f"{self.printed_id} {self.copy}"

    @property
    def out(self) -> bool:
        return self.end is CopyEnd.OUT


def print_log(session: Session, day: date | None = None, *, only_out: bool = False) -> list[PrintedCopy]:
    """Papers printed for `day` (None: all days), the newest first. Workbooks stand in the log of exports."""
    with session.reading() as db:
        rows = stores.printed.where(db, work_on=day) if day else stores.printed.all(db)
        rows = [row for row in rows if not row.kind.startswith("export:")]
        trips = {row.id: row for row in stores.trips.where(db, id={row.trip_id for row in rows if row.trip_id})}
    newest: dict[str, int] = {}
    for row in rows:
        if row.trip_id and row.kind == PICKUP_LIST:
            newest[row.trip_id] = max(row.version, newest.get(row.trip_id, 0))
    rows.sort(key=lambda row: (row.printed_at, *print_order(row)), reverse=True)
    copies = [copy for row in rows for copy in _copies(row, trips.get(row.trip_id or ""), newest)]
    return [copy for copy in copies if copy.out] if only_out else copies


def copies_of(row: PrintedRow) -> list[dict[str, str]]:
    """What the log says of each copy: "to", and "end", "at", "by" once it is known where it is."""
    about = row.about if isinstance(row.about, dict) else {}
    given = about.get("copies")
    return [dict(one) for one in given] if given else [{} for _copy in range(max(1, row.copies))]


def _copies(row: PrintedRow, trip: TripRow | None, newest: dict[str, int]) -> Iterator[PrintedCopy]:
    about = row.about if isinstance(row.about, dict) else {}
    for place, said in enumerate(copies_of(row)):
        at = said.get("at")
        yield PrintedCopy(
            printed_id=row.id,
            copy=int(about.get("first_copy", 1)) + place,
            kind=row.kind,
            list=list_number(trip.work_on, trip.number) if trip else "",
            day=row.work_on,
            version=row.version,
            printed_at=row.printed_at,
            printed_by=row.printed_by,
            target=row.target,
            to=said.get("to", ""),
            end=CopyEnd(said.get("end", CopyEnd.OUT)),
            ended_at=datetime.fromisoformat(at) if at else None,
            ended_by=said.get("by", ""),
            newer=row.kind == PICKUP_LIST and row.version < newest.get(row.trip_id or "", 0),
            sheet="difference_from" in about,
        )
