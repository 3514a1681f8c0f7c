"""Saved views: a search and filters of the registry under a name, and how many households each of them finds now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from coordinator.queries.registry import RegistryRow, registry
from coordinator.queries.registry_filter import RegistryFilter, filter_from, wanted
from coordinator.session import Session
from db import stores
from db.rows import SavedViewRow

REGISTRY = "registry"
"""The page whose views these are."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a view shows: search and filter say which households, `sort` and `columns` how.

    `sort`: (key of a column, backwards), the first key first. `columns` as a table tells them: "hidden", "order".
    """

    search: str = ""
    filter: RegistryFilter = field(default_factory=RegistryFilter)
    sort: tuple[tuple[str, bool], ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)

    def shows_as(self, other: Look) -> bool:
        """The same households, whatever the order and the columns."""
        return self.search == other.search and self.filter == other.filter


@dataclass(frozen=True, slots=True)
class SavedView:
    """`pinned`: shown with its count on the first page."""

    id: str
    name: str
    look: Look
    pinned: bool
    made_by: str


class ViewCount(NamedTuple):
    households: int
    people: int


def saved_views(session: Session) -> list[SavedView]:
    """The views of the registry in their order."""
    with session.reading() as db:
        rows = stores.saved_views.where(db, page=REGISTRY)
    return [view_of(row) for row in sorted(rows, key=lambda row: (row.position, row.id))]


def count(look: Look, rows: Iterable[RegistryRow], day: date) -> ViewCount:
    """How many of these households a view finds, and how many people they are. `day` is the working date."""
    found = wanted(rows, look.search, look.filter, day)
    return ViewCount(len(found), sum(row.people for row in found))


def counts(views: Iterable[SavedView], rows: Iterable[RegistryRow], day: date) -> dict[str, ViewCount]:
    """View id -> its count."""
    kept = list(rows)
    return {view.id: count(view.look, kept, day) for view in views}


def counted_views(session: Session, day: date) -> list[tuple[SavedView, ViewCount]]:
    """All views of the registry with their counts, read from the file."""
    with session.reading():
        views = saved_views(session)
        found = counts(views, registry(session, day), day) if views else {}
    return [(view, found[view.id]) for view in views]


def state_of(look: Look) -> dict[str, Any]:
    """As plain values that the register keeps."""
    return {
        "search": look.search,
        "filter": look.filter.state(),
        "sort": [list(key) for key in look.sort],
        "columns": {name: list(look.columns[name]) for name in ("hidden", "order") if name in look.columns},
    }


def look_from(state: Mapping[str, Any]) -> Look:
    """What `state_of` gave; what this program does not know is left out."""
    return Look(
        str(state.get("search", "")),
        filter_from(state.get("filter", {})),
        tuple((str(key), bool(backwards)) for key, backwards in state.get("sort", ())),
        dict(state.get("columns", {})),
    )


def view_of(row: SavedViewRow) -> SavedView:
    return SavedView(row.id, row.name, look_from(row.state or {}), row.pinned, row.made_by)
