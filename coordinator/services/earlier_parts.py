"""Bringing back people, phones and needs that were taken off. Used inside an action; opens none itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coordinator.domain.person import Relation
from coordinator.domain.values_together import PARTS
from coordinator.errors import UserError
from coordinator.session import Act
from db import journal, stores
from db.rows import ChangeRow, ContactRow, HouseholdRow, NeedRow, PersonRow


@dataclass(frozen=True, slots=True)
class _Replaced:
    """What one action took off one owner and gave it instead, by the ids of the records."""

    gone: dict[str, dict[str, Any]]
    came: dict[str, dict[str, Any]]


def put_parts_back(act: Act, row: HouseholdRow, changed: ChangeRow) -> None:
    """As the owner had them before the action of `changed`: a person alone, phones and needs all together.

    UserError "history.same" where nothing is missing, "history.not_alone" for a person who was added.
    """
    if changed.table == "person":
        _person_back(act, row, changed)
        return
    replaced = _replaced(act, changed)
    if changed.table == "contact":
        done = _contacts_back(act, row, replaced)
    else:
        done = _needs_back(act, replaced)
    if not done:
        raise UserError("history.same")


def _replaced(act: Act, changed: ChangeRow) -> _Replaced:
    column, side = PARTS[changed.table], 1 if changed.kind == "insert" else 0
    owner = changed.fields.get(column, (None, None))[side]
    found = _Replaced({}, {})
    for one in journal.changes_of_action(act.db, changed.action_id):
        if one.table != changed.table or owner is None:
            continue
        if one.kind == "delete" and one.fields.get(column, (None, None))[0] == owner:
            found.gone[one.row_id] = _values(one, 0)
        if one.kind == "insert" and one.fields.get(column, (None, None))[1] == owner:
            found.came[one.row_id] = _values(one, 1)
    return found


def _values(changed: ChangeRow, side: int) -> dict[str, Any]:
    return {column: values[side] for column, values in changed.fields.items()}


def _person_back(act: Act, row: HouseholdRow, changed: ChangeRow) -> None:
    """With the needs that went along. Whoever is head now stays it; the first free place in the list is theirs."""
    if changed.kind != "delete":
        raise UserError("history.not_alone")
    if stores.people.get(act.db, changed.row_id) is not None:
        raise UserError("history.same")
    old: dict[str, Any] = dict.fromkeys(PersonRow._fields) | PersonRow._field_defaults | _values(changed, 0)
    others = stores.people.where(act.db, household_id=row.id)
    taken = {person.position for person in others}
    old["position"] = old["position"] if old["position"] not in taken else max(taken) + 1
    if old["relation"] == Relation.HEAD and row.head_id:
        old["relation"] = Relation.UNKNOWN.value
    escort = old["escort_id"]
    if escort and stores.people.get(act.db, escort) is None:
        old |= {"escort_id": None, "escort_basis": ""}
    if old["carer_id"] and stores.people.get(act.db, old["carer_id"]) is None:
        old["carer_id"] = None
    stores.people.add(act.db, [PersonRow(**old | {"id": changed.row_id})])
    if row.head_id is None:
        stores.households.change(act.db, row.id, head_id=changed.row_id)
    needs = [
        NeedRow(one.row_id, changed.row_id, one.fields["kind"][0])
        for one in journal.changes_of_action(act.db, changed.action_id)
        if (one.table, one.kind) == ("need", "delete") and one.fields["person_id"][0] == changed.row_id
    ]
    stores.needs.add(act.db, needs)


def _contacts_back(act: Act, row: HouseholdRow, replaced: _Replaced) -> bool:
    """The phones taken off come back in their places; those given instead go, unless both lists had them."""
    there = stores.contacts.where(act.db, household_id=row.id)
    before = [_contact(row_id, row.id, values) for row_id, values in replaced.gone.items()]
    said_before = {_says(contact) for contact in before}
    surplus = [one for one in there if one.id in replaced.came and _says(one) not in said_before]
    known = {_says(one) for one in there}
    missing = [one for one in before if _says(one) not in known]
    stores.contacts.remove(act.db, [one.id for one in surplus])
    stores.contacts.add(act.db, missing)
    left = [one for one in (*there, *missing) if one not in surplus]
    for position, one in enumerate(sorted(left, key=lambda one: (one.position, one not in missing)), start=1):
        if one.position != position:
            stores.contacts.change(act.db, one.id, position=position)
    return bool(surplus or missing)


def _contact(row_id: str, household_id: str, values: dict[str, Any]) -> ContactRow:
    return ContactRow(
        row_id, household_id, values["position"], values.get("raw") or "", values.get("e164") or "",
        values.get("note") or "",
    )  # fmt: skip


def _says(contact: ContactRow) -> tuple[str, str, str]:
    return contact.raw, contact.e164, contact.note


def _needs_back(act: Act, replaced: _Replaced) -> bool:
    owner = next(values["person_id"] for values in (*replaced.gone.values(), *replaced.came.values()))
    there = stores.needs.where(act.db, person_id=owner)
    before = {values["kind"]: row_id for row_id, values in replaced.gone.items()}
    surplus = [need for need in there if need.id in replaced.came and need.kind not in before]
    known = {need.kind for need in there}
    missing = [NeedRow(row_id, owner, kind) for kind, row_id in before.items() if kind not in known]
    stores.needs.remove(act.db, [need.id for need in surplus])
    stores.needs.add(act.db, missing)
    return bool(surplus or missing)
