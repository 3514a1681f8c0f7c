"""Text that stands in fields of the panel and is not in the register yet, by stable names of the fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ui.widgets.household_panel import HouseholdPanel


class TypedField(Protocol):
    """InlineField, InlineNote and SettlementField alike."""

    def half_typed(self) -> str | None: ...

    def type_in(self, text: str) -> None: ...

    def setFocus(self) -> None: ...


def half_typed(panel: HouseholdPanel) -> dict[str, str]:
    """What would be lost if the panel were gone."""
    found = {name: field.half_typed() for name, field in _fields(panel).items()}
    return {name: text for name, text in found.items() if text is not None}


def type_in(panel: HouseholdPanel, typed: Mapping[str, str]) -> None:
    """Put it back, the cursor in the first field; a field that is no longer there gives its text to the note."""
    fields = _fields(panel)
    homeless = [text for name, text in typed.items() if name not in fields and text.strip()]
    for name, text in typed.items():
        if name in fields:
            fields[name].type_in(text)
    if homeless:
        note = panel.things.note
        note.type_in("\n".join(part for part in (note.half_typed() or note.value(), *homeless) if part))
    first = next((name for name in typed if name in fields), "note")
    fields[first].setFocus()


def _fields(panel: HouseholdPanel) -> dict[str, TypedField]:
    place, things, phones = panel.place, panel.things, panel.phones
    fields: dict[str, TypedField] = {
        "settlement": place.settlement, "street": place.street, "house": place.house, "flat": place.flat,
        "landmark": place.landmark, "pets": things.pets, "luggage": things.luggage, "wish": things.wish,
        "note": things.note, "phone": phones.new,
    }  # fmt: skip
    for row in phones.rows:
        fields |= {f"phone {row.contact_key}": row.phone, f"whose {row.contact_key}": row.note}
    for person_id, member in panel.members.rows.items():
        if member.escort is not None:
            fields |= {f"basis {person_id}": member.escort.basis, f"alone {person_id}": member.escort.reason}
    return fields
