"""Which households of the registry are wanted: filters by column, marks and a search. Window and terminal ask alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from coordinator.domain.decision import GONE
from coordinator.domain.filtering import Condition, Field, Kind, Test, checks, condition_from, state_of
from coordinator.domain.searching import search_words
from coordinator.queries.registry import RegistryRow

Row = RegistryRow

AS_TYPED = "text:"
"""Begins the key of a settlement that is not in the gazetteer."""
YES = "yes"


def settlement_key(row: Row) -> str:
    return row.settlement_id or (AS_TYPED + row.settlement if row.settlement else "")


FIELDS: Mapping[str, Field[Row]] = {
    "number": Field(Kind.NUMBER, lambda row: row.number),
    "head": Field(Kind.TEXT, lambda row: row.head),
    "settlement": Field(Kind.CODE, settlement_key),
    "address": Field(Kind.TEXT, lambda row: row.address),
    "street": Field(Kind.TEXT, lambda row: row.street),
    "house": Field(Kind.TEXT, lambda row: row.house),
    "flat": Field(Kind.TEXT, lambda row: row.flat),
    "landmark": Field(Kind.TEXT, lambda row: row.landmark),
    "people": Field(Kind.NUMBER, lambda row: row.people),
    "children": Field(Kind.NUMBER, lambda row: row.children),
    "decision": Field(Kind.CODE, lambda row: row.decision),
    "wants": Field(Kind.DAY, lambda row: row.wants_on),
    "ready": Field(Kind.CODE, lambda row: YES if row.ready else ""),
    "scheduled": Field(Kind.DAY, lambda row: row.scheduled_on),
    "again": Field(Kind.DAY, lambda row: row.again_on),
    "needs": Field(Kind.CODES, lambda row: row.needs),
    "phones": Field(Kind.TEXT, lambda row: row.phones),
    "pets": Field(Kind.TEXT, lambda row: row.pets),
    "note": Field(Kind.TEXT, lambda row: row.note),
    "decided": Field(Kind.DAY, lambda row: row.decided_on),
    "requested": Field(Kind.DAY, lambda row: row.requested_on),
    "held": Field(Kind.CODES, lambda row: tuple(one.value for one in row.holds_back)),
    "family": Field(Kind.CODE, lambda row: YES if row.parts else ""),
}
"""By the keys of the registry's columns."""

_GONE = frozenset(decision.value for decision in GONE)
FLAG_TESTS: Mapping[str, Test[Row]] = {
    "ready": lambda row: row.ready,
    "pairs": lambda row: row.open_pairs > 0,
    "unknown": lambda row: not row.settlement_known,
    "children": lambda row: row.children > 0,
    "there": lambda row: row.at_home > 0 or row.decision not in _GONE,
}
"""Marks that no single column shows."""
FLAGS = tuple(FLAG_TESTS)

NO_COLUMNS: Mapping[str, Condition] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RegistryFilter:
    """`columns` by the keys of FIELDS, `flags` of FLAGS; a household must pass all of them."""

    columns: Mapping[str, Condition] = field(default_factory=lambda: NO_COLUMNS)
    flags: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.columns or self.flags)

    def tests(self, day: date, but: str = "") -> list[Test[Row]]:
        """What a row must pass, without the column `but`: what its own values would leave. `day`: working date."""
        found = [FLAG_TESTS[name] for name in FLAGS if name in self.flags]
        for key, condition in self.columns.items():
            found += [] if key == but else checks(FIELDS[key], condition, day)
        return found

    def with_column(self, key: str, condition: Condition) -> RegistryFilter:
        """This column's filter in place of the one it had; an empty condition takes it away."""
        rest = {name: kept for name, kept in self.columns.items() if name != key}
        return replace(self, columns={**rest, key: condition} if condition else rest)

    def without(self, key: str) -> RegistryFilter:
        """The filter of one column or one flag taken away: "column:decision", "flag:ready"."""
        part, _colon, name = key.partition(":")
        return self.with_column(name, Condition()) if part == "column" else replace(self, flags=self.flags - {name})

    def state(self) -> dict[str, Any]:
        """As plain values that a register can keep."""
        columns = {key: state_of(condition) for key, condition in self.columns.items()}
        return {"columns": columns, "flags": sorted(self.flags)}


def filter_from(state: Mapping[str, Any]) -> RegistryFilter:
    """What `state` gave, as a filter again; columns and flags that are gone meanwhile are left out."""
    columns = {
        key: condition
        for key, kept in dict(state.get("columns", {})).items()
        if key in FIELDS and (condition := condition_from(kept))
    }
    return RegistryFilter(columns, frozenset(state.get("flags", ())) & frozenset(FLAGS))


def wanted(rows: Iterable[Row], search: str, chosen: RegistryFilter, day: date) -> list[Row]:
    """The households that a search and a filter leave, in the order given."""
    found = list(rows)
    for word in search_words(search):
        found = [row for row in found if word in row.search_text]
    for test in chosen.tests(day):
        found = [row for row in found if test(row)]
    return found


def one_of(*keys: str) -> Condition:
    """Only these values."""
    return Condition(only=frozenset(keys))


def settlement_keys(rows: Collection[Row], name: str) -> frozenset[str]:
    """The keys of every settlement of this name."""
    return frozenset(settlement_key(row) for row in rows if row.settlement == name)
