"""A family that was split is one again: the part goes back into the household that it parted from.

What the split changed goes back to what it was, unless somebody changed it since; what happened meanwhile stays with
the people. The part's record stays, empty, and points to the household (`merged_into`), so that its history can be
read.
"""

from __future__ import annotations

from dataclasses import dataclass

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Said
from coordinator.domain.household import Household
from coordinator.domain.joining import joined_text
from coordinator.domain.person import Person, Relation
from coordinator.domain.relations import rejoined
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.household import load_households
from coordinator.queries.planned_stops import StopNews, planned_stops
from coordinator.queries.presence import Presence
from coordinator.queries.problem import rules_of
from coordinator.services.before_split import WORD, BeforeSplit
from coordinator.services.belongings import move_belongings
from coordinator.services.merging import join_phones, move_parts, move_rest, move_stops, talks
from coordinator.services.own_decisions import follow_household, rows_of, set_own
from coordinator.services.standing import live, note_try, settle_gone
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from coordinator.standing_notes import REJOINED, coded
from db import journal, stores
from db.rows import HouseholdRow, PersonRow

_BESIDE = ("escort_id", "escort_basis", "no_escort_reason", "carer_id")
_OWN = ("decision", "wants_on", "refusal_reason")


@dataclass(frozen=True, slots=True)
class Rejoined:
    """The household that is whole again, and its planned stops as they are now."""

    household_id: str
    number: int
    stops: tuple[StopNews, ...] = ()


def rejoin_household(session: Session, part_id: str) -> Outcome[Rejoined]:
    """Put a part back into the household that it parted from. UserError "household.gone", "rejoin.not_split"."""
    rules = rules_of(session)
    with session.act("rejoin_household") as act:
        part = live(act, part_id)
        home = _home(act, part)
        before = BeforeSplit.of(act.db, part.id)
        whole, other = (load_households(act.db, [one])[0] for one in (home.id, part.id))
        _people(act, whole, other, before)
        _texts(act, home, part, whole, other, before)
        _words(act, home, part, whole, other, before)
        _phones(act, whole, other, before)
        move_stops(act, home.id, part.id)
        move_rest(act, home.id, part.id)
        move_parts(act, home, part)
        stores.households.change(act.db, part.id, merged_into=home.id, head_id=None)
        settle_gone(act, home.id, part)
        note_try(act, home.id, coded(REJOINED, part.number))
        refresh_keys(act.db, [home.id, part.id])
        act.describe(number=home.number, other=part.number)
        act.touch(Touched.EVERYTHING, home.id, part.id)
        stops = planned_stops(act.db, [home.id], rules)
    return act.outcome(Rejoined(home.id, home.number, stops))


def _home(act: Act, part: HouseholdRow) -> HouseholdRow:
    """The household that a part goes back to: what it parted from, or what that was merged into."""
    home = stores.households.get(act.db, part.split_from_id) if part.split_from_id else None
    while home is not None and home.merged_into is not None:
        home = stores.households.get(act.db, home.merged_into)
    if home is None or home.id == part.id:
        raise UserError("rejoin.not_split", number=part.number)
    return home


def _people(act: Act, whole: Household, part: Household, before: BeforeSplit) -> None:
    """Everybody in one household again, in their places, with one head and their relations to that head."""
    head, relations = _relations(act, whole, part, before)
    taken = {person.position for person in whole.people}
    now = journal.values_now(act.db, "person", [person.id for person in (*whole.people, *part.people)])
    for person in (*whole.people, *part.people):
        values = before.back(now[person.id], "person", person.id, _BESIDE)
        if person.household_id == part.id:
            place = person.position if person.position not in taken else max(taken) + 1
            taken.add(place)
            values |= {"household_id": whole.id, "position": place}
        if relations.get(person.id, person.relation) is not person.relation:
            values["relation"] = relations[person.id].value
        stores.people.change(act.db, person.id, **values)
    move_belongings(act, [person.id for person in part.people], whole.id)
    if head != whole.head_id:
        stores.households.change(act.db, whole.id, head_id=head)


def _relations(
    act: Act, whole: Household, part: Household, before: BeforeSplit
) -> tuple[str | None, dict[str, Relation]]:
    """The head from now on, and what everybody is to them."""
    everybody = {person.id: person for person in (*whole.people, *part.people)}
    head_before, head_after = before.pair("household", whole.id, "head_id") or (None, None)
    back = head_before in everybody and head_after == whole.head_id
    head = (head_before if back else whole.head_id) or part.head_id
    if head is None:
        return None, {}
    family = before.members(part.id) | {person.id for person in whole.people}
    pairs = before.pairs(act.db, "person", [one for one in everybody if one in family], "relation")
    relations = {one: Relation(old) for one, (old, _new) in pairs.items()}
    origin = head_before or whole.head_id
    if origin in relations:
        relations[origin] = Relation.HEAD
    changed = [one for one, (_old, new) in pairs.items() if everybody[one].relation != new]
    parts = [(home.head_id, {person.id: person.relation for person in home.people}) for home in (whole, part)]
    return head, rejoined(parts, head, relations, changed)


def _texts(
    act: Act, home: HouseholdRow, part: HouseholdRow, whole: Household, other: Household, before: BeforeSplit
) -> None:
    """What is written of both is joined; the address is that of those who are at home."""
    now = journal.values_now(act.db, "household", [home.id])[home.id]
    values = before.back(now, "household", home.id, ("pets", "part_stays", "luggage"))
    for name in ("pets", "note", "landmark", "destination_wish"):
        said = getattr(part, name)
        if name in values and said == (before.pair("household", part.id, name) or ("", said))[1]:
            continue
        values[name] = joined_text(str(values.get(name, getattr(home, name))), said)
    if _at_home(act, other) and not _at_home(act, whole):
        place = ("settlement_id", "settlement_text", "street", "house", "flat", "address_text")
        values |= {name: getattr(part, name) for name in place}
    if part.luggage is not None:
        values["luggage"] = (home.luggage or 0) + part.luggage
    changed = {name: value for name, value in values.items() if value != getattr(home, name)}
    stores.households.change(act.db, home.id, **changed)


def _words(
    act: Act, home: HouseholdRow, part: HouseholdRow, whole: Household, other: Household, before: BeforeSplit
) -> None:
    """The word of before where nothing else was said since; else that of those who are at home."""
    now = journal.values_now(act.db, "household", [home.id, part.id])
    same = all(before.untouched(now[one], "household", one, WORD) for one in (home.id, part.id))
    people = journal.values_now(act.db, "person", [person.id for person in (*whole.people, *other.people)])
    if same and before.written and all(before.untouched(people[one], "person", one, _OWN) for one in people):
        stores.households.change(act.db, home.id, **before.back(now[home.id], "household", home.id, WORD))
        for one in people:
            stores.people.change(act.db, one, **before.back(people[one], "person", one, _OWN))
        return
    both = talks(home, part)
    if _at_home(act, other) and not _at_home(act, whole):
        stores.households.change(act.db, home.id, **{name: getattr(part, name) for name in WORD})
        _keep_word(act, whole, home, part)
    else:
        _keep_word(act, other, part, home)
    # A call that was agreed with either of them is not forgotten.
    stores.households.change(act.db, home.id, **both)


def _keep_word(act: Act, people_of: Household, theirs: HouseholdRow, word: HouseholdRow) -> None:
    """These people, who followed `theirs`, keep it as their own where the household's is another now.

    Who has left by an event needs no word for it.
    """
    if (theirs.decision, theirs.wants_on) == (word.decision, word.wants_on):
        follow_household(act, _same(act, people_of, word))
        return
    there = {person.id for person in _present(act, people_of)}
    following = [person.id for person in people_of.people if person.decision is None and person.id in there]
    said = Said(people_of.decision, theirs.wants_on, theirs.refusal_reason)
    for row in rows_of(act, following):
        set_own(act, row, said)
    follow_household(act, _same(act, people_of, word))


def _same(act: Act, household: Household, word: HouseholdRow) -> list[PersonRow]:
    """Members whose own word is that of the household now."""
    own = (word.decision, word.wants_on)
    return [row for row in rows_of(act, [p.id for p in household.people]) if (row.decision, row.wants_on) == own]


def _present(act: Act, household: Household) -> tuple[Person, ...]:
    presence = Presence.on(act.db, [person.id for person in household.people], kyiv_day(act.now))
    return presence.of(household)


def _at_home(act: Act, household: Household) -> bool:
    """Somebody is at home, by events and by word."""
    return any(household.stands(person) not in GONE for person in _present(act, household))


def _phones(act: Act, whole: Household, part: Household, before: BeforeSplit) -> None:
    """Phones that went with those who stayed come back to their places; copies stay with the part's record."""
    for row in stores.contacts.where(act.db, household_id=part.id):
        if (before.pair("contact", row.id, "household_id") or ("",))[0] == whole.id:
            taken = {one.position for one in stores.contacts.where(act.db, household_id=whole.id)}
            place = row.position if row.position not in taken else max(taken) + 1
            stores.contacts.change(act.db, row.id, household_id=whole.id, position=place)
    back, still = load_households(act.db, [whole.id])[0], load_households(act.db, [part.id])[0]
    join_phones(act, back, still)
