"""What changed in a household, in words: the name of the field, the old value, the new one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Relation, Sex
from coordinator.queries.household import FieldChange, HistoryEntry, HouseholdCard
from coordinator.standing_notes import worded
from resources.i18n import N_, _
from resources.messages import sentence
from ui import texts

FIELDS: Mapping[tuple[str, str], str] = {
    ("household", "number"): N_("Number"),
    ("household", "settlement_id"): N_("Settlement"),
    ("household", "settlement_text"): N_("Settlement as written"),
    ("household", "street"): N_("Street"),
    ("household", "house"): N_("House"),
    ("household", "flat"): N_("Flat"),
    ("household", "address_text"): N_("Address as written"),
    ("household", "landmark"): N_("Landmark"),
    ("household", "head_id"): N_("Head"),
    ("household", "decision"): N_("Decision"),
    ("household", "wants_on"): N_("Wished day"),
    ("household", "refusal_reason"): N_("Reason of the refusal"),
    ("household", "decided_at"): N_("Decided"),
    ("household", "decided_by"): N_("Decided by"),
    ("household", "part_stays"): N_("A part stays"),
    ("household", "pets"): N_("Pets"),
    ("household", "luggage"): N_("Pieces of luggage"),
    ("household", "destination_wish"): N_("Wished destination"),
    ("household", "note"): N_("Note"),
    ("household", "requested_at"): N_("Requested"),
    ("household", "source"): N_("Source"),
    ("household", "merged_into"): N_("Joined to household"),
    ("person", "household_id"): N_("Household"),
    ("person", "position"): N_("Place in the list"),
    ("person", "surname"): N_("Surname"),
    ("person", "given"): N_("Name"),
    ("person", "patronymic"): N_("Patronymic"),
    ("person", "sex"): N_("Sex"),
    ("person", "birth_on"): N_("Birth date"),
    ("person", "birth_year"): N_("Birth year"),
    ("person", "age"): N_("Age"),
    ("person", "age_on"): N_("Age on the day"),
    ("person", "stated_child"): N_("A child, as stated"),
    ("person", "birth_raw"): N_("Birth as written"),
    ("person", "relation"): N_("Relation"),
    ("person", "documents"): N_("Documents"),
    ("person", "escort_id"): N_("Travels with"),
    ("person", "escort_basis"): N_("By what right"),
    ("person", "no_escort_reason"): N_("Why without an adult"),
    ("person", "needs_raw"): N_("Needs as written"),
    ("person", "note"): N_("Remark"),
    ("contact", "raw"): N_("Phone"),
    ("contact", "note"): N_("Whose phone"),
    ("need", "kind"): N_("Need"),
}

HIDDEN = frozenset({"decided_at", "decided_by", "created_at", "batch_id", "e164", "position"})
"""Columns that say nothing which the line of the action does not say already."""

_CODED: Mapping[str, type[StrEnum]] = {"decision": Decision, "sex": Sex, "relation": Relation}
_DAYS = frozenset({"wants_on", "birth_on", "age_on"})
_MOMENTS = frozenset({"requested_at", "decided_at"})
_FLAGS = frozenset({"part_stays", "stated_child"})
_PEOPLE = frozenset({"head_id", "escort_id"})

NameOf = Callable[[str], str]


def entry_words(entry: HistoryEntry) -> str:
    """What was done: "Address of household 12 changed"."""
    facts = dict(entry.facts)
    facts["what"] = sentence(f"action.{facts['what']}", facts.get("facts") or {}) if "what" in facts else ""
    words = sentence(f"action.{entry.label}", {key: texts.shown(value) for key, value in facts.items()})
    if facts["what"] and entry.label in ("undo", "redo"):
        words = _("{words}: {what}").format(words=words, what=facts["what"])
    return _("{words} (from {source})").format(words=words, source=entry.source) if entry.source else words


def change_words(change: FieldChange, card: HouseholdCard, place_name: NameOf) -> str:
    """ "Note: old → new"; "" for a column that is not worth a line."""
    label = FIELDS.get((change.table, change.column))
    if label is None or change.column in HIDDEN:
        return ""
    return _("{field}: {old} → {new}").format(
        field=_(label), old=value_words(change, change.old, card, place_name),
        new=value_words(change, change.new, card, place_name),
    )  # fmt: skip


def value_words(change: FieldChange, value: object, card: HouseholdCard, place_name: NameOf) -> str:
    """A value of the file as a person reads it; nothing is "empty"."""
    if value is None or value == "":
        return _("empty")
    column, text = change.column, str(value)
    if column == "settlement_id":
        return place_name(text) or _("a settlement that is gone")
    if column in _PEOPLE:
        names = {person.id: person.name.full for person in card.household.people}
        return names.get(text) or _("a person without a name")
    if (change.table, column) == ("need", "kind"):
        return ", ".join(_coded(Need, code) for code in text.split(", ") if code)
    if column in _CODED:
        return _coded(_CODED[column], text)
    if column in _FLAGS:
        return _("yes") if value else _("no")
    if column in _DAYS:
        return _read(text, lambda written: texts.day_short(date.fromisoformat(written)))
    if column in _MOMENTS:
        return _read(text, lambda written: texts.moment(datetime.fromisoformat(written)))
    return worded(text) if column == "refusal_reason" else text


def _coded(kind: type[StrEnum], text: str) -> str:
    return texts.label(kind(text)) if text in [value.value for value in kind] else text


def _read(text: str, words: Callable[[str], str]) -> str:
    try:
        return words(text)
    except ValueError:
        return text
