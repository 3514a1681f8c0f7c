"""Putting one earlier value of the history back. Where a rule stands behind a value, the rule is asked again."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import Decision, Said, obstacles
from coordinator.domain.names import name_key
from coordinator.domain.person import PersonName, Relation
from coordinator.domain.values_together import DECISION, ESCORT, OWN, PARTS, together
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.services.decisions import MOVES, enter_decision, enter_own
from coordinator.services.earlier_parts import put_parts_back
from coordinator.services.households import make_head
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from db import journal, stores
from db.rows import ChangeRow, HouseholdRow, PersonRow


def restore_value(session: Session, change_id: int, column: str) -> Outcome[None]:
    """Put the value back that `column` had before a change of the log, with what belongs to it.

    Of a person, phones or needs that were taken off, the whole record comes back. UserError "history.gone" where
    the change or its record is no longer there, "history.same" where the value stands already, "history.not_alone"
    for what cannot go back by itself, "household.gone", and those of the verbs whose rules are asked: `decide`,
    `set_escort`.
    """
    with session.act("restore_value") as act:
        changed = journal.change(act.db, change_id)
        if changed is None:
            raise UserError("history.gone")
        row = _household(act, changed)
        act.describe(number=row.number, field=f"{changed.table}.{column}")
        if changed.kind != "update" and changed.table != "household":
            put_parts_back(act, row, changed)
        else:
            _put_back(act, row, changed, column)
        refresh_keys(act.db, [row.id])
        act.touch(Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.EVENTS | Touched.SCHEDULE, row.id)
    return act.outcome(None)


def _household(act: Act, changed: ChangeRow) -> HouseholdRow:
    """The household that the changed record is or was a part of. It must stand for itself."""
    if changed.table == "household":
        household_id = changed.row_id
    elif changed.table in PARTS:
        household_id = _owner(act, changed.table, changed.row_id, changed)
    else:
        raise UserError("history.not_alone")
    row = stores.households.get(act.db, household_id)
    if row is None or row.merged_into is not None:
        raise UserError("household.gone")
    return row


def _owner(act: Act, table: str, row_id: str, changed: ChangeRow) -> str:
    """By what the record says now, or said when it was taken off; a need by its person."""
    column = PARTS[table]
    now = journal.values_now(act.db, table, [row_id]).get(row_id)
    owner = str(now[column] if now else next(filter(None, changed.fields.get(column, ("",))), ""))
    if table != "need":
        return owner
    person = stores.people.get(act.db, owner)
    if person is None:
        raise UserError("history.gone")
    return person.household_id


def _put_back(act: Act, row: HouseholdRow, changed: ChangeRow, column: str) -> None:
    columns = together(changed.table, column)
    if changed.kind != "update" or not columns or column not in changed.fields:
        raise UserError("history.not_alone")
    now = journal.values_now(act.db, changed.table, [changed.row_id]).get(changed.row_id)
    if now is None:
        raise UserError("history.gone")
    old = journal.values_before(act.db, changed, columns)
    if all(now[name] == value for name, value in old.items()):
        raise UserError("history.same")
    rule = _RULES.get((changed.table, column))
    if rule is not None:
        rule(act, row, changed, old)
    elif changed.table == "household":
        stores.households.change(act.db, row.id, **old)
    elif changed.table == "person":
        stores.people.change(act.db, changed.row_id, **old)
    else:
        stores.contacts.change(act.db, changed.row_id, **old)


def _decision(act: Act, row: HouseholdRow, changed: ChangeRow, _old: dict[str, Any]) -> None:
    """The decision goes back with all that belongs to it, as a decision of today: its own history stays whole."""
    said = journal.values_before(act.db, changed, (*DECISION, "decided_at"))
    decision = Decision(said["decision"])
    if decision is Decision.EVACUATED:
        raise UserError("decision.evacuated_by_trip")
    day = _moved_on(act, row.id, decision, said["decided_at"])
    reason, stay = str(said["refusal_reason"] or ""), said["children_stay"]
    held = obstacles(_read(said["holds_back"]))
    words = Said(
        decision, _day(said["wants_on"]), reason, on=day, form_signed=bool(said["form_signed"]), children_stay=stay,
        holds_back=held, would_change=str(said["would_change"] or ""),
    )  # fmt: skip
    enter_decision(act, row, words)


def _own(act: Act, row: HouseholdRow, changed: ChangeRow, old: dict[str, Any]) -> None:
    """The own word of a member, as a word of today."""
    person = _person(act, changed.row_id)
    if not old["decision"]:
        enter_own(act, row, person, None)
        return
    reason = str(old["refusal_reason"] or "")
    enter_own(act, row, person, Said(Decision(old["decision"]), _day(old["wants_on"]), reason))


def _wished_day(act: Act, row: HouseholdRow, _changed: ChangeRow, old: dict[str, Any]) -> None:
    """Another wished day is a word of the household like the decision itself."""
    decision = Decision(row.decision)
    if decision in MOVES or decision is Decision.EVACUATED:
        raise UserError("history.not_alone")
    enter_decision(act, row, Said(decision, _day(old["wants_on"]), row.refusal_reason))


def _moved_on(act: Act, household_id: str, decision: Decision, decided_at: str | None) -> date:
    """The day on which they left or came back, as it was recorded then; else the day of the decision."""
    kind = MOVES.get(decision)
    days = [event.occurred_on for event in stores.events.where(act.db, household_id=household_id) if event.kind == kind]
    if kind is not None and days:
        return max(days)
    return kyiv_day(datetime.fromisoformat(decided_at)) if decided_at else kyiv_day(act.now)


def _head(act: Act, row: HouseholdRow, _changed: ChangeRow, old: dict[str, Any]) -> None:
    person = stores.people.get(act.db, old["head_id"]) if old["head_id"] else None
    if person is None or person.household_id != row.id:
        raise UserError("history.gone")
    make_head(act, row, person.id)


def _relation(act: Act, row: HouseholdRow, changed: ChangeRow, old: dict[str, Any]) -> None:
    if old["relation"] == Relation.HEAD:
        make_head(act, row, changed.row_id)
    else:
        stores.people.change(act.db, changed.row_id, **old)


def _name(act: Act, _row: HouseholdRow, changed: ChangeRow, old: dict[str, Any]) -> None:
    stores.people.change(act.db, changed.row_id, **old)
    person = _person(act, changed.row_id)
    name = PersonName(person.surname, person.given, person.patronymic)
    stores.people.change(act.db, person.id, sort_key=name_key(name))


def _escort(act: Act, _row: HouseholdRow, changed: ChangeRow, old: dict[str, Any]) -> None:
    if old["escort_id"]:
        _person(act, old["escort_id"])
    stores.people.change(act.db, changed.row_id, **old)


def _place(act: Act, row: HouseholdRow, _changed: ChangeRow, old: dict[str, Any]) -> None:
    if old["settlement_id"] and stores.settlements.get(act.db, old["settlement_id"]) is None:
        raise UserError("place.gone")
    stores.households.change(act.db, row.id, **old)


def _person(act: Act, person_id: str) -> PersonRow:
    person = stores.people.get(act.db, person_id)
    if person is None:
        raise UserError("person.gone")
    return person


def _held_back(act: Act, row: HouseholdRow, _changed: ChangeRow, old: dict[str, Any]) -> None:
    stores.households.change(act.db, row.id, holds_back=_read(old["holds_back"]))


def _carer(act: Act, _row: HouseholdRow, changed: ChangeRow, old: dict[str, Any]) -> None:
    if old["carer_id"]:
        _person(act, old["carer_id"])
    stores.people.change(act.db, changed.row_id, **old)


def _read(value: Any) -> Any:
    """A list as the journal keeps it: as text, or read already."""
    return json.loads(value) if isinstance(value, str) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_Rule = Callable[[Act, HouseholdRow, ChangeRow, dict[str, Any]], None]

_RULES: dict[tuple[str, str], _Rule] = {
    ("household", "decision"): _decision,
    ("household", "wants_on"): _wished_day,
    ("household", "head_id"): _head,
    ("household", "settlement_id"): _place,
    ("person", "relation"): _relation,
    **{("person", column): _name for column in ("surname", "given", "patronymic")},
    **{("person", column): _escort for column in ESCORT},
    **{("person", column): _own for column in OWN},
    ("person", "carer_id"): _carer,
    ("household", "holds_back"): _held_back,
}
"""Values behind which a rule stands; the others are simply written."""
