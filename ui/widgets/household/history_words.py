"""What changed in a household, in words: the name of the field, the old value, the new one."""

from __future__ import annotations

from collections.abc import Callable

from coordinator.queries.history import FieldChange, HistoryEntry
from coordinator.queries.household import HouseholdCard
from resources.i18n import _
from ui.action_words import done_words, field_name
from ui.origin_words import row_words
from ui.value_words import value_words

HIDDEN = frozenset({"decided_at", "decided_by", "created_at", "batch_id", "e164", "position"})
"""Columns that say nothing which the line of the action does not say already."""

NameOf = Callable[[str], str]


def entry_words(entry: HistoryEntry) -> str:
    """What was done: "Address of household 12 changed"."""
    words = done_words(entry.label, entry.facts)
    if entry.origin is not None and row_words(entry.origin):
        return _("{words}: {place}").format(words=words, place=row_words(entry.origin))
    source = entry.source
    return _("{words} (from {source})").format(words=words, source=source) if source else words


def change_words(change: FieldChange, card: HouseholdCard, place_name: NameOf) -> str:
    """ "Note: old → new"; "" for a column that is not worth a line."""
    label = field_name(change.table, change.column)
    if not label or change.column in HIDDEN:
        return ""
    if change.whole and change.table == "person":
        label = _("Person")
    elif change.person:
        label = _("{person}, {field}").format(person=change.person, field=label)
    return _("{field}: {old} → {new}").format(
        field=label, old=_value(change, change.old, card, place_name),
        new=_value(change, change.new, card, place_name),
    )  # fmt: skip


def _value(change: FieldChange, value: object, card: HouseholdCard, place_name: NameOf) -> str:
    if change.column == "settlement_id" and value:
        return place_name(str(value)) or _("a settlement that is gone")
    names = {person.id: person.name.full for person in card.household.people}
    return value_words(change.table, change.column, value, names)
