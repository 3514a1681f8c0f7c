"""Verbs on cells of the registry: one cell as its own action, or a pasted or filled block as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coordinator.domain.days import moment_of
from coordinator.domain.decision import Decision, Said
from coordinator.domain.household import Address, Contact
from coordinator.domain.names import clean, name_key
from coordinator.domain.person import PersonName
from coordinator.errors import Cancelled, UserError
from coordinator.exchange.cells import CellKey, Settled
from coordinator.outcome import Outcome, Touched
from coordinator.queries.cells import CellEdit
from coordinator.records import contact_rows
from coordinator.services.decisions import enter_said
from coordinator.services.standing import live
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from db import stores
from db.rows import HouseholdRow

ASK_AGAIN_AT = 8 * 60
"""Minutes after midnight: a day to ask again begins with the working day."""

Progress = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Refused:
    """An edit that a rule kept from being written; all others were."""

    edit: CellEdit
    number: int
    error: UserError


@dataclass(frozen=True, slots=True)
class Written:
    """How many cells of how many households were written, and which were not."""

    cells: int
    households: int
    refused: tuple[Refused, ...] = ()


_LABELS: Mapping[CellKey, str] = {
    CellKey.HEAD: "rename_head",
    CellKey.ADDRESS: "set_address",
    CellKey.STREET: "set_address",
    CellKey.HOUSE: "set_address",
    CellKey.FLAT: "set_address",
    CellKey.LANDMARK: "set_address",
    CellKey.DECISION: "decide",
    CellKey.WANTS: "decide",
    CellKey.AGAIN: "ask_again",
    CellKey.PHONES: "set_contacts",
}
"""The action that one edited cell is; other fields are "edit_household"."""


def set_cell(session: Session, edit: CellEdit) -> Outcome[None]:
    """Write one cell. UserError "household.gone", "cell.no_person", and those of `decisions.record_decision`."""
    with session.act(_LABELS.get(edit.key, "edit_household")) as act:
        row = live(act, edit.household_id)
        act.describe(number=row.number)
        _write(act, row, edit)
        _described(act, row, edit)
        refresh_keys(act.db, [row.id])
    return act.outcome(None)


def set_cells(session: Session, edits: Sequence[CellEdit], progress: Progress | None = None) -> Outcome[Written]:
    """Write a block of cells as one action. What a rule refuses is left as it was and named; the rest is written.

    UserError of the first one where all are refused; Cancelled where `progress` says so, and nothing is written.
    """
    with session.act("set_cells") as act:
        refused: list[Refused] = []
        done: set[str] = set()
        for at, edit in enumerate(edits):
            refused += _tried(act, edit, done)
            if progress is not None and not progress(at / len(edits)):
                raise Cancelled
        if edits and len(refused) == len(edits):
            raise refused[0].error
        refresh_keys(act.db, done)
        cells = len(edits) - len(refused)
        act.describe(cells=cells, households=len(done))
    return act.outcome(Written(cells, len(done), tuple(refused)))


def append_note(session: Session, household_ids: Sequence[str], text: str) -> Outcome[int]:
    """Add a line to the notes of several households; what stands there stays. UserError "cell.nothing_typed"."""
    line = clean(text)
    if not line:
        raise UserError("cell.nothing_typed")
    with session.act("append_note", count=len(household_ids)) as act:
        for household_id in household_ids:
            row = live(act, household_id)
            note = "\n".join(part for part in (row.note, line) if part)
            stores.households.change(act.db, household_id, note=note)
            act.touch(Touched.HOUSEHOLDS, household_id)
        refresh_keys(act.db, household_ids)
    return act.outcome(len(household_ids))


def settle_many(session: Session, household_ids: Sequence[str], settled: Settled) -> Outcome[int]:
    """Give several households one settlement."""
    with session.act("settle_many", count=len(household_ids), settlement=settled.text) as act:
        for household_id in household_ids:
            _write(act, live(act, household_id), CellEdit(household_id, CellKey.SETTLEMENT, settled))
        refresh_keys(act.db, household_ids)
    return act.outcome(len(household_ids))


def _tried(act: Act, edit: CellEdit, done: set[str]) -> list[Refused]:
    number = 0
    try:
        with act.step():
            row = live(act, edit.household_id)
            number = row.number
            _write(act, row, edit)
    except UserError as error:
        return [Refused(edit, number, error)]
    done.add(edit.household_id)
    return []


def _write(act: Act, row: HouseholdRow, edit: CellEdit) -> None:
    key, value = edit.key, edit.value
    if key is CellKey.SETTLEMENT:
        typed = "" if value.id else value.text
        stores.households.change(act.db, row.id, settlement_id=value.id, settlement_text=typed)
    elif key is CellKey.ADDRESS:
        _write_address(act, row, value)
    elif key is CellKey.PHONES:
        _write_phones(act, row.id, value)
    elif key is CellKey.HEAD:
        _write_head(act, row, value)
    elif key is CellKey.DECISION:
        enter_said(act, row, value)
    elif key is CellKey.WANTS:
        if value is not None or row.decision == Decision.WANTS_PICKUP:
            enter_said(act, row, Said(Decision.WANTS_PICKUP, wants_on=value))
    elif key is CellKey.AGAIN:
        _ask_again(act, row, value)
    else:
        stores.households.change(act.db, row.id, **{key.value: value})
    act.touch(Touched.HOUSEHOLDS, row.id)


def _write_address(act: Act, row: HouseholdRow, address: Address) -> None:
    """The landmark stays where the new address names none."""
    stores.households.change(
        act.db, row.id, street=address.street, house=address.house, flat=address.flat, address_text=address.text,
        landmark=address.landmark or row.landmark,
    )  # fmt: skip


def _write_phones(act: Act, household_id: str, contacts: tuple[Contact, ...]) -> None:
    """Phones that stay keep their record, and their remark unless another one is written."""
    before = {one.e164 or one.raw: one for one in stores.contacts.where(act.db, household_id=household_id)}
    kept = {one.e164 or one.raw for one in contacts}
    stores.contacts.remove(act.db, [one.id for key, one in before.items() if key not in kept])
    for row in contact_rows(household_id, contacts):
        known = before.get(row.e164 or row.raw)
        if known is None:
            stores.contacts.add(act.db, [row])
        elif (known.position, known.note) != (row.position, row.note or known.note):
            stores.contacts.change(act.db, known.id, position=row.position, note=row.note or known.note)


def _write_head(act: Act, row: HouseholdRow, name: PersonName) -> None:
    if row.head_id is None:
        raise UserError("cell.no_person", number=row.number)
    stores.people.change(
        act.db, row.head_id, surname=name.surname, given=name.given, patronymic=name.patronymic,
        sort_key=name_key(name),
    )  # fmt: skip


def _ask_again(act: Act, row: HouseholdRow, on: date | None) -> None:
    """By whom stays as it was, as long as there is a day."""
    moment = moment_of(on, ASK_AGAIN_AT) if on is not None else None
    stores.households.change(act.db, row.id, again_at=moment, again_by=row.again_by if on is not None else "")
    act.touch(Touched.DECISIONS, row.id)


def _described(act: Act, row: HouseholdRow, edit: CellEdit) -> None:
    """The facts that the label of the action names."""
    if edit.key in (CellKey.DECISION, CellKey.WANTS):
        decision = edit.value.decision if edit.key is CellKey.DECISION else Decision.WANTS_PICKUP
        act.describe(number=row.number, decision=decision.value)
