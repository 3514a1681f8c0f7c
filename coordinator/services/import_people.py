"""Importing a list of people or of requests: what it would change, and writing that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from coordinator.collecting import give_back
from coordinator.domain.days import KYIV
from coordinator.domain.household import Household
from coordinator.domain.person import Need, Person, age_on
from coordinator.domain.places import Place
from coordinator.exchange.incoming import (
    Cell,
    IncomingHousehold,
    IncomingList,
    IncomingPerson,
    ListKind,
    Remark,
    SheetSummary,
)
from coordinator.exchange.matching import Face, Recognition, recognise
from coordinator.exchange.report import Added, Choice, Entry, RowStatus
from coordinator.exchange.returned import news_of, pairs_of
from coordinator.exchange.sent_back import settlement_column
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.three_way import Base
from coordinator.exchange.three_way_people import compare as compare_sent
from coordinator.exchange.update_work import Choices, Update
from coordinator.exchange.updating import update
from coordinator.queries.imports import Known
from coordinator.queries.sent_back import CameBack
from coordinator.services.import_back import missing_of_sent, remarks_on, returned
from coordinator.services.import_missing import Comparison, missed, named_again, older_list, remarks
from coordinator.services.import_pairs import found_pairs, planned, with_candidates
from coordinator.services.import_plan import PeoplePlan, PlannedUpdate
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.words import said_words
from db.ids import new_id

Tick = Callable[[float], None]

_OFTEN = 200
"""Households after which somebody is asked whether to go on."""


@dataclass(slots=True)
class _Making:
    known: Known
    incoming: IncomingList
    day: date
    choices: Choices
    repeated: frozenset[int] = frozenset()
    warnings: list[Remark] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    drafts: dict[int, HouseholdDraft] = field(default_factory=dict)
    updates: dict[int, PlannedUpdate] = field(default_factory=dict)
    changes: dict[int, Update] = field(default_factory=dict)
    current: dict[str, Household] = field(default_factory=dict)
    added: list[IncomingPerson | Person] = field(default_factory=list)


def plan_people(
    known: Known,
    incoming: IncomingList,
    day: date,
    settled: frozenset[frozenset[str]],
    tick: Tick,
    choices: Choices | None = None,
    back: CameBack | None = None,
    last: PeoplePlan | None = None,
) -> PeoplePlan:
    """Compare a list with the register; nothing is written.

    `day`: of the ages, the list's own. `settled`: pairs of household ids that are proposed or decided already.
    `choices`: what somebody decided value by value. `back`: which export of ours it was.
    `last`: the plan of this list before something in it was corrected or decided, beside the same register.
    """
    households = tuple(_with_zone(household) for household in incoming.households)
    own_rows = returned(known, households, back)
    sent = back.sent.households if back and back.sent else frozenset[int]()
    faces, repeated = _faces(known, incoming.kind, households, own_rows, sent, lambda part: tick(part * 0.4))
    making = _Making(known, incoming, day, choices or {}, repeated)
    for number, household in enumerate(households):
        if number % _OFTEN == 0:
            tick(0.4 + 0.1 * number / len(households))
        if number in own_rows:
            base = back.bases.get(household.own.number) if back and household.own else None
            _recognised(making, number, household, faces[number], base, returned=True)
        elif number in faces:
            _recognised(making, number, household, faces[number])
        else:
            _new(making, number, household)
    tick(0.5)
    give_back()
    found = found_pairs(known, making.updates, making.drafts, last, tick)
    pairs = [planned(known, one) for one in found if frozenset((one.incoming_key, one.known_key)) not in settled]
    tick(0.95)
    with_candidates(known, making.entries, pairs)
    making.warnings += _unresolved(known, households, incoming.sheets)
    compared = Comparison(known, incoming, households, faces, making.changes)
    making.warnings += older_list(known, incoming)
    if incoming.partial:
        making.warnings.append(Remark("import.sent_back", Cell("", "")))
    missing = missing_of_sent(compared, back.sent) if back and back.sent else missed(compared)
    making.warnings += remarks_on(back, incoming.file_name, making.changes.values()) if back else ()
    making.warnings += remarks(missing)
    return PeoplePlan(
        entries=tuple(making.entries),
        warnings=tuple(making.warnings),
        added=_count(making.added, len(making.drafts), day),
        households=households,
        faces={number: face.household_id for number, face in faces.items()},
        drafts=making.drafts,
        updates=making.updates,
        pairs=tuple(pairs),
        found=tuple(found),
        returned=frozenset(own_rows),
        members={
            number: tuple(change.after.people[place].id if place >= 0 else "" for place in change.members)
            for number, change in making.changes.items()
        },
        missed=tuple(missing),
        named_again=tuple(named_again(compared)),
    )


def _faces(
    known: Known,
    kind: ListKind,
    households: Sequence[IncomingHousehold],
    returned: dict[int, Face],
    sent: frozenset[int],
    tick: Tick,
) -> Recognition:
    """Whom the register knows of a list: by their number, and the others by what earlier lists said.

    `sent`: who stood in it when it left us; a recipient's own form has no column for the number.
    """
    rest = [number for number in range(len(households)) if number not in returned]
    given = {face.root for face in returned.values()}
    free = [face for face in known.faces(kind, lambda: tick(0), sent) if face.root not in given]
    if not free:
        return Recognition(dict(returned), frozenset())
    keys = [known.places.key(households[number].settlement_text) for number in rest]
    found = recognise([households[number] for number in rest], keys, free, known, kind, tick)
    return Recognition(
        dict(returned) | {rest[number]: face for number, face in found.faces.items()},
        frozenset([rest[number] for number in found.repeated]),
    )


def _with_zone(household: IncomingHousehold) -> IncomingHousehold:
    moment = household.requested_at
    if moment is None or moment.tzinfo is not None:
        return household
    return replace(household, requested_at=moment.replace(tzinfo=KYIV))


def head_name(household: IncomingHousehold) -> str:
    """The first name in the household."""
    return next((person.name.full for person in household.people if person.name), "")


def _new(making: _Making, number: int, household: IncomingHousehold) -> None:
    place = making.known.places.resolve(household.settlement_text).place
    wanted = making.choices.get(Choice(household.sheet, household.rows[0]), True)
    status = RowStatus.ADDED if wanted else RowStatus.SKIPPED
    making.entries.append(
        Entry(
            household.sheet, household.rows[0], status, tuple((row, status) for row in household.rows),
            head_name(household), place.name if place else "", len(household.people),
            typed_place=household.settlement_text,
        )
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
    making.added.extend(household.people)


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


def _recognised(
    making: _Making,
    number: int,
    household: IncomingHousehold,
    face: Face,
    base: Base | None = None,
    returned: bool = False,
) -> None:
    known = making.known
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
        change = replace(change, after=_with_ids(making, change.after))
        making.current[face.root] = change.after
        making.updates[number] = PlannedUpdate(before, change, said.note)
    making.changes[number] = change
    making.warnings += _remarks(household, before, change, "import.both_changed" if base else "import.hand_kept")
    making.entries.append(
        Entry(
            household.sheet, household.rows[0], change.status, tuple(change.rows.items()), head_name(household),
            known.places.name(change.after.settlement_id), len(household.people), before.id, before.number,
            change.news, typed_place=household.settlement_text, declined=change.declined, kept=change.kept,
            ours=change.ours,
        )
    )  # fmt: skip


def _compared_two_ways(
    making: _Making,
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


def _with_ids(making: _Making, after: Household) -> Household:
    people = []
    for person in after.people:
        if not person.id:
            person = replace(person, id=new_id(), household_id=after.id)
            making.added.append(person)
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


def _count(people: Sequence[IncomingPerson | Person], households: int, day: date) -> Added:
    return Added(
        households=households,
        people=len(people),
        children=sum(age_on(person.birth, day).is_child for person in people),
        wheelchair=sum(Need.WHEELCHAIR in person.needs for person in people),
        stretcher=sum(Need.STRETCHER in person.needs for person in people),
    )


def _told_apart(places: Sequence[Place]) -> Iterator[str]:
    """Each with its hromada, and with its code as well where two of one hromada share a name."""
    names = Counter((place.name, place.hromada) for place in places)
    for place in places:
        more = (place.hromada, place.katottg if names[place.name, place.hromada] > 1 else "")
        yield f"{place.name} ({', '.join(filter(None, more))})"


def _unresolved(
    known: Known, households: Sequence[IncomingHousehold], sheets: Sequence[SheetSummary]
) -> Iterator[Remark]:
    """One warning a settlement text that is not known, with how many households have it."""
    counts = Counter(household.settlement_text for household in households)
    first = {household.settlement_text: household for household in reversed(households)}
    columns = {sheet.name: settlement_column(sheet) for sheet in sheets}
    for text, count in counts.items():
        answer = known.places.resolve(text)
        if answer.place is None and text:
            sheet = first[text].sheet
            at = Cell(sheet, cell_name(first[text].rows[0] - 1, columns.get(sheet, 0)), text)
            near = ", ".join(_told_apart(answer.candidates))
            status = answer.status if near else "unlike_any"
            yield Remark(f"import.settlement_{status}", at, {"text": text, "count": count, "candidates": near})
