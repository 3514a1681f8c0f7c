"""A family parts: some leave, the others stay and become a household of their own, linked both ways.

The record with its number goes with those who leave: their stops, and the lists that are printed, stay true. Those
who stay get a new record that points to it (`split_from_id`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from coordinator.domain.days import kyiv_day
from coordinator.domain.escorting import is_child, needs_care
from coordinator.domain.household import Household, expected_people
from coordinator.domain.person import Person
from coordinator.domain.splitting import (
    SplitPlan,
    adult_beside,
    head_for,
    left_alone,
    new_relations,
    parted,
    word_of,
)
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.household import load_households
from coordinator.queries.planned_stops import StopNews, planned_stops
from coordinator.queries.presence import Presence
from coordinator.queries.problem import Rules, rules_of
from coordinator.services.belongings import move_belongings, put_beside, refuse_on_the_way
from coordinator.services.decisions import enter_decision, keep_children
from coordinator.services.own_decisions import follow_household, rows_of
from coordinator.services.standing import live, note_try, set_said, settle_gone
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from coordinator.standing_notes import PARTED, PARTED_FROM, coded
from db import stores
from db.ids import new_id
from db.numbers import next_household_number
from db.rows import HouseholdRow, PairRow


@dataclass(frozen=True, slots=True)
class Parted:
    """The new record of those who stay, and the planned stops as they are now."""

    stays_id: str
    number: int
    stops: tuple[StopNews, ...] = ()


def split_household(session: Session, household_id: str, plan: SplitPlan) -> Outcome[Parted]:
    """Part a household into those who leave (`plan.leaves`) and those who stay; returns what became of it.

    Open stops stay with the part that they were for. UserError "split.nobody" where a part would be empty,
    "split.not_of_household", "split.alone" where somebody would be left alone and no reason is given (fact
    `findings`), "person.on_the_way", "household.gone", and those of `record_decision`.
    """
    rules = rules_of(session)
    with session.act("split_household") as act:
        row = live(act, household_id)
        (household,) = load_households(act.db, [household_id])
        leaving, staying = _parts(act, household, plan)
        _refuse_alone(household, plan, kyiv_day(act.now))
        moving = _stops_to_move(act, household, leaving, staying)
        part = _write_part(act, row, household, staying, plan)
        _settle_people(act, household, leaving, staying, part, plan)
        _settle_record(act, row, household, leaving, plan)
        _move_stops(act, moving, part.id)
        _enter_words(act, household, leaving, staying, part, plan)
        _link(act, row, part)
        refresh_keys(act.db, [row.id, part.id])
        act.describe(number=row.number, other=part.number)
        act.touch(Touched.EVERYTHING, row.id, part.id)
        stops = planned_stops(act.db, [row.id, part.id], rules)
    return act.outcome(Parted(part.id, part.number, stops))


def preview_split(session: Session, household_id: str, leaves: Collection[str]) -> tuple[StopNews, ...]:
    """The planned stops that a split would touch, as they are before it."""
    rules: Rules = rules_of(session)
    with session.reading() as db:
        return planned_stops(db, [household_id], rules) if leaves else ()


def _parts(act: Act, household: Household, plan: SplitPlan) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    leaving, staying = parted(household.people, plan.leaves)
    if not plan.leaves <= {person.id for person in household.people}:
        raise UserError("split.not_of_household", number=household.number)
    if not leaving or not staying:
        raise UserError("split.nobody", number=household.number)
    refuse_on_the_way(act, staying)
    return leaving, staying


def _refuse_alone(household: Household, plan: SplitPlan, day: date) -> None:
    findings = left_alone(household, plan.leaves, plan.beside, day)
    open_ones = tuple(finding for finding in findings if not plan.reasons.get(finding.person_id, "").strip())
    if open_ones:
        names = {person.id: person.name.full or "–" for person in household.people}
        named = ", ".join(names[finding.person_id] for finding in open_ones)
        raise UserError("split.alone", number=household.number, names=named, findings=open_ones)


def _write_part(
    act: Act, row: HouseholdRow, household: Household, staying: Sequence[Person], plan: SplitPlan
) -> HouseholdRow:
    """The record of those who stay: the same place, and what was chosen of the rest."""
    head = head_for(staying, row.head_id, kyiv_day(act.now), plan.head_stay)
    part = row._replace(
        id=new_id(), number=next_household_number(act.db), head_id=head.id, part_stays=False, luggage=None,
        pets=plan.pets_stay or "", note=plan.note_stay, destination_wish="", created_at=act.now, batch_id=None,
        split_from_id=row.id, again_at=plan.again.at if plan.again else row.again_at,
        again_by=plan.again.by if plan.again else row.again_by,
    )  # fmt: skip
    stores.households.add(act.db, [part])
    _part_phones(act, household, part.id, plan)
    return part


def _part_phones(act: Act, household: Household, part_id: str, plan: SplitPlan) -> None:
    """Each phone is copied, goes along or is left; none is lost."""
    rows = sorted(stores.contacts.where(act.db, household_id=household.id), key=lambda contact: contact.position)
    copies = []
    for place, contact in enumerate(rows):
        stays = plan.phones_stay is None or place in plan.phones_stay
        leaves = plan.phones_leave is None or place in plan.phones_leave
        if stays and leaves:
            copies.append(contact._replace(id=new_id(), household_id=part_id))
        elif stays:
            stores.contacts.change(act.db, contact.id, household_id=part_id)
    stores.contacts.add(act.db, copies)


def _settle_people(
    act: Act,
    household: Household,
    leaving: Sequence[Person],
    staying: Sequence[Person],
    part: HouseholdRow,
    plan: SplitPlan,
) -> None:
    """Household, relation to the head, and who is beside whom, of each person of both parts."""
    day = kyiv_day(act.now)
    for people, other, wished in ((leaving, staying, plan.head_leave), (staying, leaving, plan.head_stay)):
        head = head_for(people, household.head_id, day, wished)
        relations = new_relations(household, people, head)
        rows = {row.id: row for row in rows_of(act, [person.id for person in people])}
        for person in people:
            if relations[person.id] is not person.relation:
                stores.people.change(act.db, person.id, relation=relations[person.id].value)
            if is_child(person, day) or needs_care(person):
                beside = adult_beside(person, people, [one.id for one in other], day, plan.beside.get(person.id))
                put_beside(act, rows[person.id], beside, day, person, plan.reasons.get(person.id, ""))
    ids = [person.id for person in staying]
    for one in ids:
        stores.people.change(act.db, one, household_id=part.id)
    move_belongings(act, ids, part.id)


def _settle_record(
    act: Act, row: HouseholdRow, household: Household, leaving: Sequence[Person], plan: SplitPlan
) -> None:
    """The record of those who leave: its head, and that nobody stays any more."""
    head = head_for(leaving, household.head_id, kyiv_day(act.now), plan.head_leave)
    values: dict[str, object] = {"head_id": head.id, "part_stays": False}
    if plan.pets_leave is not None:
        values["pets"] = plan.pets_leave
    stores.households.change(act.db, row.id, **values)


def _enter_words(
    act: Act,
    household: Household,
    leaving: Sequence[Person],
    staying: Sequence[Person],
    part: HouseholdRow,
    plan: SplitPlan,
) -> None:
    """Each part has its word: what was said now, or the own word that all of a part share, or that of before."""
    alone = "; ".join(f"{name}: {why}" for name, why in _reasons(household, plan))
    for record_id, people, said, note in (
        (household.id, leaving, plan.said_leave, coded(PARTED, part.number, words=alone)),
        (part.id, staying, plan.said_stay, coded(PARTED_FROM, household.number)),
    ):
        shared = word_of(household, people)
        if said is not None or shared is not None:
            follow_household(act, rows_of(act, [person.id for person in people]), quietly=True)
        if said is not None:
            enter_decision(act, live(act, record_id), replace(said, note=note))
        elif shared is not None:
            set_said(act, record_id, replace(shared, note=note))
        else:
            note_try(act, record_id, note)
        settle_gone(act, record_id)
        keep_children(act, record_id, plan.despite)


def _reasons(household: Household, plan: SplitPlan) -> list[tuple[str, str]]:
    return [
        (person.name.full or "–", plan.reasons[person.id].strip())
        for person in household.people
        if plan.reasons.get(person.id, "").strip()
    ]


def _stops_to_move(act: Act, household: Household, leaving: Sequence[Person], staying: Sequence[Person]) -> list[str]:
    """Open stops that are for those who stay and for none of those who leave."""
    found = []
    for stop in stores.stops.where(act.db, household_id=household.id, result=StopResult.OPEN.value, freed=False):
        presence = Presence.on(act.db, [person.id for person in household.people], stop.work_on)
        expected = expected_people(household, presence.of(household, stop.trip_id), stop.work_on)
        if expected and not any(person in leaving for person in expected):
            found.append(stop.id)
    return found


def _move_stops(act: Act, stop_ids: Collection[str], household_id: str) -> None:
    """With the calls about their days."""
    for stop in stores.stops.where(act.db, id=list(stop_ids)):
        for notice in stores.notices.where(act.db, household_id=stop.household_id, work_on=stop.work_on):
            stores.notices.change(act.db, notice.id, household_id=household_id)
        stores.stops.change(act.db, stop.id, household_id=household_id)


def _link(act: Act, row: HouseholdRow, part: HouseholdRow) -> None:
    """The parts of one family are no possible duplicates of each other, nor of what was parted before."""
    family = stores.households.where(act.db, split_from_id=row.id, merged_into=None)
    others = {other.id: other for other in (row, *family) if other.id != part.id}
    pairs = []
    for other in others.values():
        first, second = sorted((other, part), key=lambda one: one.number)
        pairs.append(PairRow(new_id(), first.id, second.id, [], "different", act.now, act.user))
    stores.pairs.add(act.db, pairs)
