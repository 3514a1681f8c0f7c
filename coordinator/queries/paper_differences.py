"""What drivers who hold a printed list have to hear, list by list: the differences of two versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.trip import TripStatus
from coordinator.paper_changes import ListChanges, changes_between
from coordinator.paper_content import PickupList
from coordinator.queries.papers import PickupPapers
from coordinator.session import Session
from db.rows import TripRow


@dataclass(frozen=True, slots=True)
class ListDifference:
    """From the version `changes.old` to `changes.new`, which is a draft where it has not been issued yet."""

    trip_id: str
    changes: ListChanges

    @property
    def new(self) -> PickupList:
        return self.changes.new


def list_differences(
    session: Session, day: date, trip_ids: Collection[str] | None = None, since: int | None = None
) -> list[ListDifference]:
    """Of the day's printed lists (of `trip_ids` only) that say something else now, those given up included.

    A list that is as it was printed last differs from the version before that. `since`: from that version instead,
    where it was issued. Left out: lists that never changed, and those whose content the register did not keep.
    """
    with session.reading() as db:
        papers = PickupPapers.read(session, db, day)
        trips = [trip for trip in papers.records.trips if trip_ids is None or trip.id in trip_ids]
        found = [difference_of(papers, trip, since) for trip in trips]
    return [one for one in found if one is not None]


def difference_of(papers: PickupPapers, trip: TripRow, since: int | None = None) -> ListDifference | None:
    last = papers.printed.get(trip.id)
    if last is None:
        return None
    if papers.changed(trip):
        new = replace(papers.now(trip), version=last.version + 1, draft=True)
    else:
        kept_as = papers.issued(trip.id)
        if kept_as is None or (trip.status == TripStatus.CANCELLED and not kept_as.void):
            return None
        new = kept_as
    before = new.version if since is None else min(since + 1, new.version)
    old = papers.issued(trip.id, before)
    if old is None:
        return None
    changes = changes_between(old, new)
    return ListDifference(trip.id, changes) if changes else None
