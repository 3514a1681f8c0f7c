"""A value of the history as a person reads it: codes in words, days and moments in order, people by their names."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum

from coordinator.domain.crews import WordKind
from coordinator.domain.decision import Decision, obstacles
from coordinator.domain.events import EventKind
from coordinator.domain.person import Need, Relation, Sex
from coordinator.domain.roles import Role
from coordinator.domain.schedule import LeftReason
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.standing_notes import worded
from resources.i18n import _
from ui import texts

_CODED: Mapping[tuple[str, str], type[StrEnum]] = {
    ("household", "decision"): Decision,
    ("person", "decision"): Decision,
    ("decision", "kind"): Decision,
    ("person", "sex"): Sex,
    ("person", "relation"): Relation,
    ("need", "kind"): Need,
    ("event", "kind"): EventKind,
    ("stop", "result"): StopResult,
    ("trip", "status"): TripStatus,
    ("crew_word", "kind"): WordKind,
    ("left_over", "reason"): LeftReason,
    ("user", "role"): Role,
}
_DAYS = frozenset({"wants_on", "birth_on", "age_on", "work_on", "from_on", "until_on", "occurred_on", "list_on"})
_MOMENTS = frozenset({"requested_at", "decided_at", "spoke_at", "again_at", "departed_at", "said_at"})
_FLAGS = frozenset(
    {"part_stays", "form_signed", "stated_child", "active", "freed", "voided", "takes_pets", "takes_wheelchairs",
     "pinned", "closed"}
)  # fmt: skip
_NOTES = frozenset(
    {("household", "refusal_reason"), ("person", "refusal_reason"), ("decision", "reason"), ("decision", "note")}
)
_PEOPLE = frozenset({"head_id", "escort_id", "carer_id"})


def value_words(table: str, column: str, value: object, names: Mapping[str, str]) -> str:
    """`names`: what the records are called that a value may refer to, by their ids. Nothing is "empty"."""
    if value is None or value == "":
        return _("empty")
    text = str(value)
    if (table, column) in _CODED:
        kind = _CODED[table, column]
        return ", ".join(_coded(kind, code) for code in text.split(", ") if code)
    if column == "holds_back":
        return ", ".join(texts.label(one) for one in obstacles(json.loads(text)))
    if column in _PEOPLE:
        return names.get(text) or _("a person without a name")
    if column in _FLAGS:
        return _("yes") if value else _("no")
    if column in _DAYS:
        return _read(text, lambda written: texts.day_short(date.fromisoformat(written)))
    if column in _MOMENTS:
        return _read(text, lambda written: texts.moment(datetime.fromisoformat(written)))
    return worded(text) if (table, column) in _NOTES else names.get(text, text)


def _coded(kind: type[StrEnum], text: str) -> str:
    return texts.label(kind(text)) if text in list(kind) else text


def _read(text: str, words: Callable[[str], str]) -> str:
    try:
        return words(text)
    except ValueError:
        return text
