"""Verbs on possible duplicates: the same, not the same, and asking about a household entered by hand."""

from __future__ import annotations

from collections.abc import Iterable

from coordinator.domain.decision import Decision
from coordinator.domain.taking import Take, may_take_decision
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.duplicates import candidates_for, find_candidates
from coordinator.services.merging import merge
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import HouseholdRow, PairRow


def same(session: Session, pair_id: str, take: Iterable[Take] = ()) -> Outcome[str]:
    """The two are one family: the newer household goes into the older one, whose id is returned.

    `take`: values of the newer one that stand in place of the older ones. One undo takes it apart again. UserError
    "pair.gone", "pair.decided", "pair.take_decision" where one of them is gone.
    """
    wanted = frozenset(take)
    older, newer = _households(session, pair_id)
    session.require_writing()
    session.safe_copy("before-merge")
    with session.act("merge_households", number=older.number, other=newer.number) as act:
        pair = _open_pair(act, pair_id)
        older, newer = _rows(act, pair)
        if Take("decision") in wanted and not may_take_decision(Decision(older.decision), Decision(newer.decision)):
            raise UserError("pair.take_decision")
        _decide(act, pair, "same")
        merge(act, older, newer, wanted)
        _move_pairs(act, older, newer)
        refresh_keys(act.db, [older.id, newer.id])
        act.touch(Touched.EVERYTHING, older.id, newer.id)
    return act.outcome(older.id)


def different(session: Session, pair_id: str) -> Outcome[None]:
    """The two are not the same family; they are never proposed again. UserError "pair.gone", "pair.decided"."""
    older, newer = _households(session, pair_id)
    with session.act("not_the_same", number=older.number, other=newer.number) as act:
        pair = _open_pair(act, pair_id)
        _decide(act, pair, "different")
        act.touch(Touched.DUPLICATES | Touched.HOUSEHOLDS, pair.first_id, pair.second_id)
    return act.outcome(None)


def put_aside(session: Session, pair_id: str, aside: bool = True) -> Outcome[None]:
    """Decide later: the pair waits in the queue of those put aside; False brings it back to the others.

    It stays undecided for all that asks. UserError "pair.gone", "pair.decided".
    """
    older, newer = _households(session, pair_id)
    label = "put_pair_aside" if aside else "take_pair_up"
    with session.act(label, number=older.number, other=newer.number) as act:
        pair = _open_pair(act, pair_id)
        stores.pairs.change(act.db, pair.id, parked_at=act.now if aside else None)
        act.touch(Touched.DUPLICATES, pair.first_id, pair.second_id)
    return act.outcome(None)


def record_candidates(session: Session, household_id: str) -> Outcome[int]:
    """Ask about everybody whom a household entered by hand may be; returns how many new pairs wait."""
    if not candidates_for(session, household_id):
        return Outcome(0)
    with session.act("propose_pairs") as act:
        proposed = propose_pairs(act, household_id)
    return act.outcome(proposed)


def propose_pairs(act: Act, household_id: str) -> int:
    """As `record_candidates`, inside an action."""
    known = _pairs_of(act, household_id)
    row = stores.households.get(act.db, household_id)
    rows = []
    for candidate in find_candidates(act.db, household_id):
        other = stores.households.get(act.db, candidate.household.id)
        if row and other and not {(other.id, row.id), (row.id, other.id)} & known:
            first, second = sorted((row, other), key=lambda one: one.number)
            rows.append(PairRow(new_id(), first.id, second.id, list(candidate.reasons)))
    stores.pairs.add(act.db, rows)
    act.touch(Touched.DUPLICATES, household_id, *(pair.first_id for pair in rows))
    return len(rows)


def _households(session: Session, pair_id: str) -> tuple[HouseholdRow, HouseholdRow]:
    with session.reading() as db:
        pair = stores.pairs.get(db, pair_id)
        rows = [stores.households.get(db, key) for key in (pair.first_id, pair.second_id)] if pair else []
    if len(rows) < 2 or rows[0] is None or rows[1] is None:
        raise UserError("pair.gone")
    return rows[0], rows[1]


def _rows(act: Act, pair: PairRow) -> tuple[HouseholdRow, HouseholdRow]:
    """The older and the newer household of a pair, both standing for themselves."""
    first, second = (stores.households.get(act.db, key) for key in (pair.first_id, pair.second_id))
    if first is None or second is None or first.merged_into or second.merged_into:
        raise UserError("pair.gone")
    return (first, second) if first.number < second.number else (second, first)


def _open_pair(act: Act, pair_id: str) -> PairRow:
    pair = stores.pairs.get(act.db, pair_id)
    if pair is None:
        raise UserError("pair.gone")
    if pair.state != "open":
        raise UserError("pair.decided")
    return pair


def _decide(act: Act, pair: PairRow, state: str) -> None:
    stores.pairs.change(act.db, pair.id, state=state, decided_at=act.now, decided_by=act.user)


def _pairs_of(act: Act, household_id: str) -> set[tuple[str, str]]:
    rows = stores.pairs.where(act.db, first_id=household_id) + stores.pairs.where(act.db, second_id=household_id)
    return {(row.first_id, row.second_id) for row in rows}


def _move_pairs(act: Act, older: HouseholdRow, newer: HouseholdRow) -> None:
    """Questions about the merged household, and their answers, are about the older one now."""
    about = stores.pairs.where(act.db, first_id=newer.id) + stores.pairs.where(act.db, second_id=newer.id)
    for pair in about:
        third = stores.households.get(act.db, pair.first_id if pair.second_id == newer.id else pair.second_id)
        if pair.state == "same" or third is None or third.id == older.id:
            continue
        first, second = sorted((older, third), key=lambda row: row.number)
        there = stores.pairs.where(act.db, first_id=first.id, second_id=second.id)
        if not there:
            stores.pairs.change(act.db, pair.id, first_id=first.id, second_id=second.id)
            continue
        if there[0].state == "open" and pair.state == "different":
            _decide(act, there[0], "different")
        stores.pairs.remove(act.db, [pair.id])
