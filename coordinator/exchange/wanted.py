"""What is to leave, and in whose shape: kind, columns in a recipient's order and words, and which part of the register.

Plain data that the window, the terminal and the saved recipients share.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from coordinator.domain.decision import Decision
from coordinator.domain.roles import Right
from coordinator.exchange.writing import DateStyle


class ExportKind(StrEnum):
    PEOPLE = "people"
    HOUSEHOLDS = "households"
    PICKUP = "pickup"
    DAILY_SUMMARY = "daily-summary"
    COVERAGE = "coverage"
    FLEET = "fleet"


RIGHTS: Mapping[ExportKind, Right] = {
    ExportKind.PEOPLE: Right.EXPORT_NAMES,
    ExportKind.HOUSEHOLDS: Right.EXPORT_NAMES,
    ExportKind.PICKUP: Right.PRINT,
    ExportKind.DAILY_SUMMARY: Right.EXPORT_COUNTS,
    ExportKind.COVERAGE: Right.EXPORT_COUNTS,
    ExportKind.FLEET: Right.EXPORT_NAMES,
}
"""The fleet names drivers and their phones. A day's pickup lists leave as on paper: with whoever works on them."""


class Part(StrEnum):
    """By what a kind can be narrowed."""

    SETTLEMENTS = "settlements"
    HROMADAS = "hromadas"
    DECISIONS = "decisions"
    LEFT = "left"
    TRIPS = "trips"


_OF_FAMILIES = frozenset({Part.SETTLEMENTS, Part.HROMADAS, Part.DECISIONS, Part.LEFT})
PARTS: Mapping[ExportKind, frozenset[Part]] = {
    ExportKind.PEOPLE: _OF_FAMILIES,
    ExportKind.HOUSEHOLDS: _OF_FAMILIES,
    ExportKind.PICKUP: frozenset({Part.TRIPS}),
    ExportKind.DAILY_SUMMARY: frozenset({Part.SETTLEMENTS, Part.HROMADAS}),
    ExportKind.COVERAGE: frozenset({Part.SETTLEMENTS, Part.HROMADAS}),
    ExportKind.FLEET: frozenset(),
}


def in_hromada(settlement: str, hromada: str) -> str:
    """One of several settlements of a name."""
    return f"{settlement}, {hromada}"


@dataclass(frozen=True, slots=True)
class Only:
    """A part of the register; whatever is empty leaves nothing out.

    `settlements`: names as the register has them, or as written where nobody has resolved them; of several with one
    name the one `in_hromada`, or all of them. `since`, `until`: who left on one of these days, both included.
    """

    settlements: frozenset[str] = frozenset()
    hromadas: frozenset[str] = frozenset()
    decisions: frozenset[Decision] = frozenset()
    since: date | None = None
    until: date | None = None
    trips: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self != EVERYTHING

    def has_place(self, settlement: str, hromada: str) -> bool:
        inside = not self.hromadas or hromada in self.hromadas
        names = (settlement, in_hromada(settlement, hromada))
        return inside and (not self.settlements or not self.settlements.isdisjoint(names))

    @property
    def left(self) -> bool:
        """Only people who left within some days."""
        return self.since is not None or self.until is not None

    def has_day(self, day: date | None) -> bool:
        if not self.left:
            return True
        return day is not None and (self.since or date.min) <= day <= (self.until or date.max)


EVERYTHING = Only()


@dataclass(frozen=True, slots=True)
class Chosen:
    """One column of a recipient; `header` "": under our own words."""

    key: str
    header: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One export. `columns` empty: the usual ones. `language` "": that of the program. `protect`: under a password."""

    kind: ExportKind
    day: date
    recipient: str = ""
    columns: tuple[Chosen, ...] = ()
    language: str = ""
    dates: DateStyle = DateStyle.DOTS
    only: Only = EVERYTHING
    protect: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """How somebody wants the exports of one kind. `protect`: never without a password. `id` None: not saved yet."""

    id: str | None
    name: str
    kind: ExportKind
    columns: tuple[Chosen, ...] = ()
    language: str = ""
    dates: DateStyle = DateStyle.DOTS
    only: Only = EVERYTHING
    protect: bool = False

    def wanted(self, day: date) -> Wanted:
        return Wanted(self.kind, day, self.name, self.columns, self.language, self.dates, self.only, self.protect)

    def columns_json(self) -> list[list[str]]:
        return [[column.key, column.header] for column in self.columns]

    def options_json(self) -> dict[str, Any]:
        """The trips are of one day, so they are not kept."""
        return {
            "language": self.language,
            "dates": self.dates.value,
            "protect": self.protect,
            "settlements": sorted(self.only.settlements),
            "hromadas": sorted(self.only.hromadas),
            "decisions": sorted(self.only.decisions),
            "since": self.only.since.isoformat() if self.only.since else "",
            "until": self.only.until.isoformat() if self.only.until else "",
        }

    @classmethod
    def from_json(cls, row_id: str, name: str, kind: str, columns: Sequence[Any], options: Any) -> Recipient:
        told: dict[str, Any] = options or {}
        only = Only(
            frozenset(told.get("settlements", ())),
            frozenset(told.get("hromadas", ())),
            frozenset(Decision(code) for code in told.get("decisions", ())),
            date.fromisoformat(told["since"]) if told.get("since") else None,
            date.fromisoformat(told["until"]) if told.get("until") else None,
        )
        return cls(
            row_id, name, ExportKind(kind), tuple(Chosen(*column) for column in columns), told.get("language", ""),
            DateStyle(told.get("dates", DateStyle.DOTS)), only, bool(told.get("protect")),
        )  # fmt: skip
