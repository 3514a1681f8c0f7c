"""What becomes of each household of a list beside the register: a new one, or one that is known and what changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from coordinator.domain.household import Household
from coordinator.exchange.incoming import Cell, IncomingHousehold, IncomingList, IncomingPerson, Remark
from coordinator.exchange.matching import Face
from coordinator.exchange.report import Choice, Entry, RowStatus
from coordinator.exchange.returned import news_of, pairs_of
from coordinator.exchange.three_way import Base
from coordinator.exchange.three_way_people import compare as compare_sent
from coordinator.exchange.update_work import Choices, Update
from coordinator.exchange.updating import update
from coordinator.queries.imports import Known
from coordinator.services.import_plan import PlannedUpdate
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.words import said_words
from db.ids import new_id

T = TypeVar("T")


@dataclass(slots=True)
class Making:
    """By index of the household; `repeated`: those in the words of the last list. `current`: what earlier rows made of
    households of the register."""

    known: Known
    incoming: IncomingList
    day: date
    choices: Choices
    repeated: frozenset[int] = frozenset()
    remarks: dict[int, tuple[Remark, ...]] = field(default_factory=dict)
    entries: dict[int, Entry] = field(default_factory=dict)
    drafts: dict[int, HouseholdDraft] = field(default_factory=dict)
    updates: dict[int, PlannedUpdate] = field(default_factory=dict)
    changes: dict[int, Update] = field(default_factory=dict)
    current: dict[str, Household] = field(default_factory=dict)

    def put_in_order(self) -> None:
        """Those that were made last stand where their households do."""
        self.drafts, self.updates = _sorted(self.drafts), _sorted(self.updates)
        self.changes, self.remarks = _sorted(self.changes), _sorted(self.remarks)


def _sorted(made: dict[int, T]) -> dict[int, T]:
    return {number: made[number] for number in sorted(made)}


def head_name(household: IncomingHousehold) -> str:
    """The first name in the household."""
    return next((person.name.full for person in household.people if person.name), "")


def add_new(making: Making, number: int, household: IncomingHousehold) -> None:
    place = making.known.places.resolve(household.settlement_text).place
    wanted = making.choices.get(Choice(household.sheet, household.rows[0]), True)
    status = RowStatus.ADDED if wanted else RowStatus.SKIPPED
    making.entries[number] = Entry(
            household.sheet, household.rows[0], status, tuple((row, status) for row in household.rows),
            head_name(household), place.name if place else "", len(household.people),
            typed_place=household.settlement_text,
    )  # fmt: skip
    if not wanted:
        return
    making.drafts[number] = HouseholdDraft(
        settlement_id=place.id if place else None,
        settlement_text=household.settlement_text,
        address=household.address,
        people=tuple(_draft(person) for person in household.people),
        contacts=household.contacts,
        decision=household.decision,
        wants_on=household.wants_on,
        part_stays=household.part_stays,
        pets=household.pets,
        luggage=household.luggage,
        destination_wish=household.destination_wish,
        note=household.note,
        requested_at=household.requested_at,
        source=making.incoming.kind.value,
    )


def _draft(person: IncomingPerson) -> MemberDraft:
    return MemberDraft(
        person.name,
        person.sex,
        person.birth,
        person.relation,
        person.needs,
        person.needs_raw,
        person.documents,
        person.note,
        person.escort,
    )


def add_recognised(
    making: Making,
    number: int,
    household: IncomingHousehold,
    face: Face,
    base: Base | None = None,
    returned: bool = False,
) -> None:
    known = making.known
    if number in making.repeated and face.root not in making.current:
        _add_repeated(making, number, household, face)
        return
    before = making.current.get(face.root) or known.households[face.root]
    said = household
    if returned:
        was, place = (base.household, base.place) if base else (before, known.exported_place(before))
        said = news_of(household, was, place)
    if base is not None:
        change = compare_sent(before, base, household, _place_id(known, said), making.day, making.choices)
    else:
        change = _compared_two_ways(making, number, before, household, said, face, returned)
    if change.news:
        change = replace(change, after=_with_ids(change.after))
        making.current[face.root] = change.after
        making.updates[number] = PlannedUpdate(before, change, said.note)
    making.changes[number] = change
    if told := tuple(_remarks(household, before, change, "import.both_changed" if base else "import.hand_kept")):
        making.remarks[number] = told
    making.entries[number] = Entry(
            household.sheet, household.rows[0], change.status, tuple(change.rows.items()), head_name(household),
            known.places.name(change.after.settlement_id), len(household.people), before.id, before.number,
            change.news, typed_place=household.settlement_text, declined=change.declined, kept=change.kept,
            ours=change.ours,
    )  # fmt: skip


def _add_repeated(making: Making, number: int, household: IncomingHousehold, face: Face) -> None:
    """Nothing is new in words that the last list said too."""
    held = making.known.households
    settlement_id, _text = held.settlement(face.root)
    making.entries[number] = Entry(
        household.sheet, household.rows[0], RowStatus.UNCHANGED,
        tuple(dict.fromkeys(household.rows, RowStatus.UNCHANGED).items()), head_name(household),
        making.known.places.name(settlement_id), len(household.people), face.root, held.number(face.root),
        typed_place=household.settlement_text,
    )  # fmt: skip


def _compared_two_ways(
    making: Making,
    number: int,
    before: Household,
    household: IncomingHousehold,
    said: IncomingHousehold,
    face: Face,
    returned: bool,
) -> Update:
    """With what the last list of the kind said of the household."""
    known = making.known
    if number in making.repeated:
        return update(before, said, said, place_id=None, day=making.day)
    statement = known.statements.get(face.household_id)
    last, list_on = statement.list_on if statement else None, making.incoming.list_on
    return update(
        before,
        said,
        statement.said if statement else None,
        place_id=_place_id(known, said),
        day=making.day,
        older=bool(last and list_on and list_on < last),
        said_place_id=_place_id(known, statement.said) if statement else None,
        decided_on=known.decided_on(before),
        pairs=pairs_of(household, before) if returned else {},
        choices=making.choices,
    )


def _place_id(known: Known, household: IncomingHousehold) -> str | None:
    place = known.places.resolve(household.settlement_text).place
    return place.id if place else None


def _with_ids(after: Household) -> Household:
    people = []
    for person in after.people:
        if not person.id:
            person = replace(person, id=new_id(), household_id=after.id)
        people.append(person)
    return replace(after, people=tuple(people))


def _remarks(household: IncomingHousehold, before: Household, change: Update, kept: str) -> Iterator[Remark]:
    """`kept`: the code for a value that was changed here, so that the list's word was not taken."""
    at = Cell(household.sheet, f"A{household.rows[0]}", head_name(household))
    if change.gone:
        names = ", ".join(person.name.full for person in change.gone if person.name)
        yield Remark("import.members_gone", at, {"number": before.number, "count": len(change.gone), "names": names})
    if change.kept_decision:
        yield Remark(change.kept_decision, at, {"number": before.number})
    told = (tuple(said_words(news.field, text) for text in (news.old, news.new, news.base)) for news in change.kept)
    for old, new, base in dict.fromkeys(told):
        code = kept if base or kept != "import.both_changed" else "import.both_added"
        yield Remark(code, at, {"number": before.number, "old": old, "new": new, "base": base})
