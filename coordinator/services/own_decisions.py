"""The own word of a member, where it is another than the household's. Used inside an action; opens none itself.

`person.decision` "" follows the household. Each change of it is an entry of the household's history that names the
person; an entry of kind "" says that from then on the person followed the household again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from coordinator.domain.decision import GONE, Decision, Said
from coordinator.domain.household import Household
from coordinator.domain.person import Person
from coordinator.outcome import Touched
from coordinator.session import Act
from coordinator.standing_notes import has_code
from db import stores
from db.ids import new_id
from db.rows import DecisionRow, PersonRow

FOLLOWS = ""


def set_own(act: Act, person: PersonRow, said: Said) -> None:
    """Give a member a word of their own."""
    reason = said.reason if said.refuses else ""
    stores.people.change(act.db, person.id, decision=said.decision.value, wants_on=said.wants_on, refusal_reason=reason)
    _note(act, person, said)


def follow_household(act: Act, people: Iterable[PersonRow], *, quietly: bool = False) -> None:
    """From now on these members stand where their household stands; those who did so already are left alone.

    `quietly`: the household says what they said, so that the history needs no entry of theirs.
    """
    for person in people:
        if person.decision != FOLLOWS:
            stores.people.change(act.db, person.id, decision=FOLLOWS, wants_on=None, refusal_reason="")
            if not quietly:
                _note(act, person, None)


def rows_of(act: Act, person_ids: Collection[str]) -> list[PersonRow]:
    return stores.people.where(act.db, id=list(person_ids))


def _note(act: Act, person: PersonRow, said: Said | None) -> None:
    entry = DecisionRow(new_id(), person.household_id, FOLLOWS, None, "", act.now, act.user, "", person.id)
    if said is not None:
        entry = entry._replace(
            kind=said.decision.value, wants_on=said.wants_on, reason=said.reason, note=said.note,
            form_signed=said.form_signed, children_stay=said.children_stay,
            holds_back=[one.value for one in said.holds_back or ()] or None, would_change=said.would_change or "",
        )  # fmt: skip
    stores.decisions.add(act.db, [entry])
    act.touch(Touched.DECISIONS | Touched.HOUSEHOLDS, person.household_id)


def settle_own(act: Act, household: Household, at_home: Iterable[Person]) -> None:
    """Who left with a word of their own is evacuated; who is at home after all stands where they stood before."""
    there = {person.id for person in at_home}
    rows = {row.id: row for row in rows_of(act, [person.id for person in household.people])}
    for person in household.people:
        if person.decision is None:
            continue
        if person.id not in there and person.decision not in GONE:
            set_own(act, rows[person.id], Said(Decision.EVACUATED))
        elif person.id in there and person.decision is Decision.EVACUATED:
            restore_own(act, rows[person.id])


def restore_own(act: Act, person: PersonRow, code: str = "") -> None:
    """The word before an evacuation, or a refusal noted with `code` (on the call, at the door), that was none."""
    entries = stores.decisions.where(act.db, person_id=person.id)
    before = [entry for entry in entries if entry.kind != Decision.EVACUATED and not has_code(entry.reason, code)]
    last = max(before, key=lambda entry: (entry.decided_at, entry.id), default=None)
    if last is None or last.kind == FOLLOWS:
        follow_household(act, [person])
    else:
        set_own(act, person, Said(Decision(last.kind), last.wants_on, last.reason))
