"""Which values of a record go back together: part of one without the others would say what nobody ever said."""

from __future__ import annotations

from collections.abc import Mapping

BIRTH = ("birth_on", "birth_year", "age", "age_on", "stated_child", "birth_raw")
ESCORT = ("escort_id", "escort_basis", "no_escort_reason")
PHONE = ("raw", "e164")
DECISION = (
    "decision", "wants_on", "refusal_reason", "form_signed", "children_stay", "holds_back", "would_change",
)  # fmt: skip
"""What a household said at one time. The wished day alone can go back too."""
OWN = ("decision", "wants_on", "refusal_reason")
"""The own word of a member."""

_ALONE: Mapping[str, tuple[str, ...]] = {
    "household": (
        "settlement_id", "settlement_text", "street", "house", "flat", "address_text", "landmark", "part_stays",
        "pets", "luggage", "destination_wish", "note", "requested_at", "head_id", "decision", "wants_on",
        "holds_back", "would_change",
    ),
    "person": (
        "surname", "given", "patronymic", "sex", "relation", "documents", "needs_raw", "note", "carer_id",
    ),
    "contact": ("note",),
}  # fmt: skip

_TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {"person": (BIRTH, ESCORT, OWN), "contact": (PHONE,)}

PARTS: Mapping[str, str] = {"contact": "household_id", "need": "person_id", "person": "household_id"}
"""Records that come and go as a whole -> the column that names whose they are."""


def together(table: str, column: str) -> tuple[str, ...]:
    """The columns that go back with this one, itself among them.

    Nothing for what has no value of its own to go back to: where a record was moved by a merge, a number, a stored
    key. The whole action can be undone instead.
    """
    for group in _TOGETHER.get(table, ()):
        if column in group:
            return group
    return (column,) if column in _ALONE.get(table, ()) else ()
