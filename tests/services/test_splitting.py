"""A family parts on the road and is one again: who is where, with whom, and that every count stays right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.domain.person import Birth, Need, PersonName, Relation
from coordinator.domain.splitting import Alone, Beside, SplitPlan
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.queries.counts import dashboard
from coordinator.queries.household import household_card
from coordinator.queries.papers import pickup_lists
from coordinator.queries.problem import build_problem
from coordinator.queries.registry import registry
from coordinator.services import decisions, duplicates, history, households
from coordinator.services.arrival import trip_arrived
from coordinator.services.rejoining import rejoin_household
from coordinator.services.results import record_stop
from coordinator.services.splitting import split_household
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from db import journal, stores
from db.loose import dangling
from tests.builders import DAY, add_household, add_pair, add_vehicle, decision_of, on_trip, person_ids, stop_of

NEXT_DAY = date(2023, 8, 16)
STAYS = Said(Decision.REFUSED, reason="мати не ходить")


class Family:
    """The father is head; the mother leaves with two children; he stays for his mother, who lies."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.id = add_household(
            session, people=4, children=2, decision=Decision.WANTS_PICKUP, phone="050 111 22 33, 067 222 33 44",
            note="собака злий",
        )  # fmt: skip
        self.father, self.mother, self.son, self.daughter = person_ids(session, self.id)
        lying = MemberDraft(
            PersonName("Коваль", "Параска"), birth=Birth(year=1940), relation=Relation.PARENT,
            needs=frozenset({Need.STRETCHER}),
        )  # fmt: skip
        self.grandmother = households.add_person(session, self.id, lying).value
        households.edit_household(session, self.id, pets="собака, три кішки")

    @property
    def leave(self) -> frozenset[str]:
        return frozenset({self.mother, self.son, self.daughter})

    def split(self, **more: Any) -> str:
        plan = SplitPlan(self.leave, said_stay=STAYS, **more)
        return split_household(self.session, self.id, plan).value.stays_id


@pytest.fixture
def family(centre: Session) -> Family:
    return Family(centre)


def roles(session: Session, household_id: str) -> dict[str, Relation]:
    return {person.id: person.relation for person in household_card(session, household_id).household.people}


def content(session: Session, *tables: str) -> dict[str, list[Any]]:
    with session.reading() as db:
        return {name: sorted(getattr(stores, name).all(db)) for name in tables}


EVERYTHING = (
    "households", "people", "needs", "contacts", "decisions", "events", "stops", "trips", "passengers", "pairs",
    "notices", "left_overs", "attempts", "requests",
)  # fmt: skip


def refused(verb: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as error:
        verb()
    return error.value


class TestParting:
    def test_each_part_has_a_head_roles_phones_and_a_word_of_its_own(self, centre: Session, family: Family) -> None:
        part = family.split(phones_leave=frozenset({0}), pets_stay="собака, три кішки", pets_leave="")
        gone, stays = (household_card(centre, one).household for one in (family.id, part))
        assert (gone.head_id, stays.head_id) == (family.mother, family.father)
        child = Relation.CHILD
        assert roles(centre, family.id) == {
            family.mother: Relation.HEAD, family.son: child, family.daughter: child,
        }  # fmt: skip
        assert roles(centre, part) == {family.father: Relation.HEAD, family.grandmother: Relation.PARENT}
        assert [phone.e164 for phone in gone.contacts] == ["+380501112233"]
        assert len(stays.contacts) == 2
        assert (gone.pets, stays.pets, stays.address) == ("", "собака, три кішки", gone.address)
        assert (gone.decision, stays.decision) == (Decision.WANTS_PICKUP, Decision.REFUSED)
        assert stays.split_from_id == family.id
        mother, son = gone.people[0], gone.people[1]
        assert son.escort_id == mother.id
        assert stays.people[1].carer_id == family.father
        found = {row.id: row for row in registry(centre, DAY)}
        assert found[part].parts == ((family.id, gone.number),)
        assert found[family.id].parts == ((part, stays.number),)
        assert (found[family.id].people, found[part].people) == (3, 2)

    def test_own_words_become_the_word_of_the_part(self, centre: Session, family: Family) -> None:
        own = {family.father: STAYS, family.grandmother: STAYS}
        decisions.record_decision(centre, family.id, Said(Decision.PACKED), members=own)
        part = split_household(centre, family.id, SplitPlan(family.leave)).value.stays_id
        stays = household_card(centre, part).household
        assert (stays.decision, stays.refusal_reason) == (Decision.REFUSED, "мати не ходить")
        assert all(person.decision is None for person in stays.people)
        assert decision_of(centre, family.id) is Decision.PACKED

    def test_whoever_would_be_left_alone_is_named_and_goes_on_with_a_reason(
        self, centre: Session, family: Family
    ) -> None:
        alone = SplitPlan(frozenset({family.father, family.mother, family.son}))
        error = refused(lambda: split_household(centre, family.id, alone))
        assert error.code == "split.alone"
        assert [(one.person_id, one.alone) for one in error.facts["findings"]] == [(family.grandmother, Alone.CARE)]
        neighbour = person_ids(centre, add_household(centre, "Гук", people=1))[0]
        beside = {family.daughter: Beside(neighbour, "сусідка"), family.grandmother: Beside(neighbour)}
        plan = SplitPlan(alone.leaves, beside=beside)
        part = split_household(centre, family.id, plan).value.stays_id
        found = {person.id: person for person in household_card(centre, part).household.people}
        assert (found[family.daughter].escort_id, found[family.daughter].escort_basis) == (neighbour, "сусідка")
        assert found[family.grandmother].carer_id == neighbour

    def test_a_child_alone_is_recorded_with_its_reason(self, centre: Session) -> None:
        household = add_household(centre, people=3, children=1)
        first, second, child = person_ids(centre, household)
        plan = SplitPlan(frozenset({first, second}))
        assert refused(lambda: split_household(centre, household, plan)).code == "split.alone"
        reasons = {child: "лишається в лікарні з медсестрою"}
        part = split_household(centre, household, SplitPlan(plan.leaves, reasons=reasons)).value.stays_id
        (alone,) = household_card(centre, part).household.people
        assert (alone.no_escort_reason, alone.relation) == (reasons[child], Relation.HEAD)
        assert any(reasons[child] in entry.note for entry in household_card(centre, household).decisions)

    def test_nobody_is_left_over_and_nobody_is_torn_off_a_trip(self, centre: Session, family: Family) -> None:
        everybody = frozenset(person_ids(centre, family.id))
        for leaves in (frozenset[str](), everybody):
            assert refused(lambda one=leaves: split_household(centre, family.id, SplitPlan(one))).code == "split.nobody"
        on_trip(centre, add_vehicle(centre, stretcher=1), family.id)
        record_stop(centre, stop_of(centre, family.id).id, StopResult.BOARDED)
        assert refused(family.split).code == "person.on_the_way"

    def test_the_parts_are_no_possible_duplicates(self, centre: Session, family: Family) -> None:
        part = family.split()
        assert duplicates.record_candidates(centre, part).value == 0
        assert duplicates.record_candidates(centre, family.id).value == 0


class TestPlannedStops:
    def test_the_stop_stays_with_those_who_leave(self, centre: Session, family: Family) -> None:
        on_trip(centre, add_vehicle(centre, seats=4, stretcher=1), family.id)
        assert pickup_lists(centre, DAY)[0].stops[0].people == 5
        plan = SplitPlan(family.leave, said_stay=STAYS)
        (news,) = split_household(centre, family.id, plan).value.stops
        assert (news.household_id, news.people, news.full) == (family.id, 3, False)
        (stop,) = pickup_lists(centre, DAY)[0].stops
        assert (stop.people, stop.stretcher, len(stop.escorts)) == (3, 0, 2)

    def test_a_stop_that_is_only_for_those_who_stay_goes_with_them(self, centre: Session, family: Family) -> None:
        trip = on_trip(centre, add_vehicle(centre, stretcher=1), family.id)
        record_stop(centre, stop_of(centre, family.id).id, StopResult.BOARDED, boarded=family.leave)
        trip_arrived(centre, trip)
        on_trip(centre, add_vehicle(centre, "AX0002AA", stretcher=1), family.id, day=NEXT_DAY)
        part = split_household(centre, family.id, SplitPlan(family.leave)).value.stays_id
        assert stop_of(centre, part, NEXT_DAY).result == StopResult.OPEN
        assert decision_of(centre, family.id) is Decision.EVACUATED
        assert dashboard(centre, DAY).people_there == 2

    def test_rejoining_tells_where_the_places_no_longer_suffice(self, centre: Session, family: Family) -> None:
        part = family.split()
        decisions.decide(centre, part, Decision.PACKED)
        on_trip(centre, add_vehicle(centre, seats=3), family.id)
        (news,) = rejoin_household(centre, part).value.stops
        assert (news.people, news.full) == (5, True)


class TestOneAgain:
    def test_a_split_part_goes_back_exactly(self, centre: Session, family: Family) -> None:
        own = {family.father: STAYS, family.grandmother: STAYS}
        decisions.record_decision(centre, family.id, Said(Decision.PACKED), members=own)
        on_trip(centre, add_vehicle(centre, stretcher=1), family.id)
        kept = ("people", "needs", "events", "stops", "trips", "passengers")
        before = content(centre, *kept)
        home, phones = household_card(centre, family.id).household, content(centre, "contacts")["contacts"]
        part = family.split(
            phones_leave=frozenset({1}),
            phones_stay=frozenset({0}),
            pets_stay="три кішки",
            pets_leave="собака",
            head_leave=family.daughter,
        )
        rejoin_household(centre, part)
        assert content(centre, *kept) == before
        assert household_card(centre, family.id).household == home
        assert [row for row in content(centre, "contacts")["contacts"] if row.household_id == family.id] == phones
        assert registry(centre, DAY)[0].parts == () and len(registry(centre, DAY)) == 1
        assert len(household_card(centre, part).history) > 0

    def test_what_was_said_and_done_meanwhile_stays(self, centre: Session, family: Family) -> None:
        part = family.split()
        households.edit_household(centre, part, note="ключ у Гуків")
        born = households.add_person(centre, part, MemberDraft(PersonName("Коваль", "Ніна"))).value
        decisions.decide(centre, part, Decision.PACKED)
        households.set_head(centre, family.son)
        rejoin_household(centre, part)
        whole = household_card(centre, family.id).household
        assert "собака злий" in whole.note and "ключ у Гуків" in whole.note
        found = {person.id: person for person in whole.people}
        assert len(found) == 6 and len({person.position for person in whole.people}) == 6
        assert whole.head_id == family.son
        assert {one.id for one in whole.people if one.relation is Relation.HEAD} == {family.son}
        assert (found[family.father].relation, found[family.mother].relation) == (Relation.PARENT, Relation.PARENT)
        assert found[family.daughter].relation is Relation.SIBLING
        assert whole.stands(found[family.father]) is whole.stands(found[born]) is Decision.PACKED
        assert whole.stands(found[family.mother]) is Decision.WANTS_PICKUP

    def test_only_what_parted_is_rejoined(self, centre: Session, family: Family) -> None:
        assert refused(lambda: rejoin_household(centre, family.id)).code == "rejoin.not_split"
        part = family.split()
        rejoin_household(centre, part)
        assert refused(lambda: rejoin_household(centre, part)).code == "household.gone"


def test_the_whole_story_is_undone_step_by_step_field_for_field(centre: Session, family: Family) -> None:
    """They leave in two trips of two days and are one again; each step taken back leads to the state before it."""
    vehicles = add_vehicle(centre), add_vehicle(centre, "AX0002AA", stretcher=1)
    states = [content(centre, *EVERYTHING)]
    part = ""
    steps: list[Callable[[], object]] = [
        lambda: family.split(),
        lambda: on_trip(centre, vehicles[0], family.id),
        lambda: record_stop(centre, stop_of(centre, family.id).id, StopResult.BOARDED),
        lambda: trip_arrived(centre, stop_of(centre, family.id).trip_id),
        lambda: decisions.decide(centre, part, Decision.PACKED),
        lambda: on_trip(centre, vehicles[1], part, day=NEXT_DAY),
        lambda: rejoin_household(centre, part),
        lambda: record_stop(centre, stop_of(centre, family.id, NEXT_DAY).id, StopResult.BOARDED),
        lambda: trip_arrived(centre, stop_of(centre, family.id, NEXT_DAY).trip_id),
    ]
    there = []
    for number, step in enumerate(steps):
        done = step()
        part = done if number == 0 else part  # type: ignore[assignment]
        states.append(content(centre, *EVERYTHING))
        there.append(dashboard(centre, NEXT_DAY).people_there)
        with centre.reading() as db:
            assert dangling(db) == []
    # On board is not yet gone: events are counted.
    assert there == [5, 5, 5, 2, 2, 2, 2, 2, 0]
    assert decision_of(centre, family.id) is Decision.EVACUATED
    for before in reversed(states[:-1]):
        history.undo(centre)
        assert content(centre, *EVERYTHING) == before
    assert [pickup.load.people for pickup in build_problem(centre, DAY).pickups] == [5]


class TestMembers:
    def test_a_new_head_makes_all_relations_right(self, centre: Session, family: Family) -> None:
        households.set_head(centre, family.son)
        assert roles(centre, family.id) == {
            family.father: Relation.PARENT, family.mother: Relation.PARENT, family.son: Relation.HEAD,
            family.daughter: Relation.SIBLING, family.grandmother: Relation.GRANDPARENT,
        }  # fmt: skip

    def test_a_person_moves_with_all_that_is_theirs(self, centre: Session, family: Family) -> None:
        other = add_household(centre, "Гук", people=1, decision=Decision.UNDECIDED)
        decisions.decide_person(centre, family.grandmother, STAYS)
        households.move_person(centre, family.grandmother, other, Relation.PARENT)
        moved = household_card(centre, other).household.people[-1]
        assert (moved.id, moved.relation, moved.decision) == (family.grandmother, Relation.PARENT, Decision.REFUSED)
        assert len(household_card(centre, other).decisions) == 2
        households.move_person(centre, family.mother, other)
        assert household_card(centre, other).household.people[-1].decision is Decision.WANTS_PICKUP

    def test_the_head_who_moves_is_replaced_and_the_last_one_stays(self, centre: Session, family: Family) -> None:
        other = add_household(centre, "Гук", people=1)
        households.move_person(centre, family.father, other)
        assert household_card(centre, family.id).household.head_id == family.mother
        alone = person_ids(centre, add_household(centre, "Яр", people=1))[0]
        assert refused(lambda: households.move_person(centre, alone, other)).code == "person.only_one"

    def test_no_child_is_left_alone_without_a_reason(self, centre: Session) -> None:
        household = add_household(centre, people=2, children=1)
        adult, child = person_ids(centre, household)
        other = add_household(centre, "Гук", people=1)
        assert refused(lambda: households.remove_person(centre, adult)).code == "person.child_alone"
        assert refused(lambda: households.move_person(centre, adult, other)).code == "person.child_alone"
        households.remove_person(centre, adult, "живе з сусідкою")
        found = household_card(centre, household).household
        assert (found.people[0].no_escort_reason, found.head_id) == ("живе з сусідкою", child)


def test_the_whole_family_heard_of_again_doubles_nobody_of_the_other_part(centre: Session, family: Family) -> None:
    """A second record of all five is one with those who left: the father and his mother stand in their own part."""
    part = family.split()
    again = add_household(centre, people=4, children=2, decision=Decision.UNDECIDED, phone="050 111 22 33")
    households.edit_person(
        centre, person_ids(centre, again)[0],
        MemberDraft(PersonName("Коваль", "Олена"), birth=Birth(year=1983), documents="паспорт", relation=Relation.HEAD),
    )  # fmt: skip
    duplicates.same(centre, add_pair(centre, family.id, again))
    assert person_ids(centre, family.id) == [family.mother, family.son, family.daughter]
    father, _grandmother = household_card(centre, part).household.people
    assert father.documents == "паспорт"
    assert dashboard(centre, DAY).people_there == 5


def test_an_older_split_is_not_taken_back_over_what_came_after(centre: Session, family: Family) -> None:
    """By itself it would leave an empty record behind that was asked since: it is rejoined instead."""
    part = family.split()
    with centre.reading() as db:
        (action,) = [row for row in journal.actions(db) if row.label == "split_household"]
    decisions.decide(centre, part, Decision.PACKED)
    before = content(centre, *EVERYTHING)
    assert refused(lambda: history.undo_action(centre, action.id)).code == "undo.family"
    assert content(centre, *EVERYTHING) == before
    history.undo(centre)
    history.undo_action(centre, action.id)
    assert len(person_ids(centre, family.id)) == 5
