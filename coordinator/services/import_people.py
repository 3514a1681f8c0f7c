"""Importing a list of people or of requests: what it would change, and writing that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from coordinator.domain.days import KYIV
from coordinator.domain.duplicates import Pair, Record, find_pairs, pairs_again
from coordinator.domain.household import Household
from coordinator.domain.person import Need, Person, age_on
from coordinator.exchange.incoming import (
    Cell,
    IncomingHousehold,
    IncomingList,
    IncomingPerson,
    ListKind,
    Remark,
    SheetSummary,
)
from coordinator.exchange.matching import Face, phones_of, recognise
from coordinator.exchange.report import Added, Candidate, Choice, Entry, Missed, RowStatus
from coordinator.exchange.returned import news_of, pairs_of
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.three_way import Base
from coordinator.exchange.three_way_people import compare as compare_sent
from coordinator.exchange.update_work import Choices, Update
from coordinator.exchange.updating import update
from coordinator.meanwhile import asking
from coordinator.queries.imports import Known, record_of
from coordinator.queries.sent_back import CameBack
from coordinator.services.import_back import missing_of_sent, remarks_on, returned
from coordinator.services.import_missing import Comparison, missed, named_again, older_list, remarks
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.words import said_words
from db.ids import new_id
from db.rows import MissingRow

Tick = Callable[[float], None]

_OFTEN = 200
"""Households after which somebody is asked whether to go on."""

_IDENTITY = frozenset({"settlement", "address", "phone", "member", "name", "birth"})
"""News that can make a household look like another one."""


@dataclass(frozen=True, slots=True)
class PlannedUpdate:
    """A household of the register before and after; `before` counts what an earlier row of the file changed."""

    before: Household
    update: Update
    note: str


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """A possible duplicate; a key is a household's id, or "new:" and the index of the entry that will make it."""

    first: str
    second: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeoplePlan:
    """`drafts` and `updates` by index of the entry; `households` are the incoming ones, `faces` whom they are.

    `returned`: entries of our own workbooks that were recognised by their number. `members`: person ids of the
    people of an entry, "" for nobody. `missed`, `named_again`: see `import_missing`. `found`: all possible duplicates,
    also those that are settled.
    """

    entries: tuple[Entry, ...]
    warnings: tuple[Remark, ...]
    added: Added
    households: tuple[IncomingHousehold, ...]
    faces: dict[int, str]
    drafts: dict[int, HouseholdDraft]
    updates: dict[int, PlannedUpdate]
    pairs: tuple[PlannedPair, ...] = ()
    returned: frozenset[int] = frozenset()
    members: dict[int, tuple[str, ...]] = field(default_factory=dict)
    missed: tuple[Missed, ...] = ()
    named_again: tuple[MissingRow, ...] = ()
    found: tuple[Pair, ...] = ()


@dataclass(slots=True)
class _Making:
    known: Known
    incoming: IncomingList
    day: date
    choices: Choices
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
    faces = _faces(known, incoming.kind, households, own_rows, lambda part: tick(part * 0.4))
    making = _Making(known, incoming, day, choices or {})
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
    found = _found_pairs(making, last, tick)
    pairs = [_planned(making, one) for one in found if frozenset((one.incoming_key, one.known_key)) not in settled]
    tick(0.95)
    _with_candidates(making, pairs)
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
    known: Known, kind: ListKind, households: Sequence[IncomingHousehold], returned: dict[int, Face], tick: Tick
) -> dict[int, Face]:
    """Whom the register knows of a list: by their number, and the others by what earlier lists said."""
    rest = [number for number in range(len(households)) if number not in returned]
    given = {face.root for face in returned.values()}
    free = [face for face in known.faces(kind, lambda: tick(0)) if face.root not in given]
    if not free:
        return dict(returned)
    keys = [known.places.key(households[number].settlement_text) for number in rest]
    found = recognise([households[number] for number in rest], keys, free, kind, tick)
    return dict(returned) | {rest[number]: face for number, face in found.items()}


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
        change = _compared_two_ways(making, before, household, said, face, returned)
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
    before: Household,
    household: IncomingHousehold,
    said: IncomingHousehold,
    face: Face,
    returned: bool,
) -> Update:
    """With what the last list of the kind said of the household."""
    known = making.known
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
        decided_on=known.decided_on.get(before.id),
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


def _found_pairs(making: _Making, last: PeoplePlan | None, tick: Tick) -> Sequence[Pair]:
    """Possible duplicates of what is new or looks otherwise now, against the register and inside the file."""
    asked = _asking(making.updates, making.drafts)
    if not asked:
        return []
    changed = {one.key for one in asked}
    rest = [record_of(household) for key, household in making.known.households.items() if key not in changed]
    if last is not None:
        before = _asking(last.updates, last.drafts)
        return asking(lambda: pairs_again(last.found, before, asked, rest), lambda: tick(0.5))
    # Those who ask stand last among the known, so that each of them meets every household before it once.
    return asking(lambda: find_pairs(asked, [*rest, *asked]), lambda: tick(0.5))


def _asking(updates: Mapping[int, PlannedUpdate], drafts: Mapping[int, HouseholdDraft]) -> list[Record]:
    """Those who can be somebody's duplicates now: what changed so that it looks otherwise, and what is new."""
    after = {change.before.id: change.update.after for change in updates.values()}
    changed = [
        change.before.id
        for change in updates.values()
        if not _IDENTITY.isdisjoint([news.field for news in change.update.news])
    ]
    known = [record_of(after[key]) for key in dict.fromkeys(changed)]
    return known + [_record(f"new:{number}", draft) for number, draft in drafts.items()]


def _record(key: str, draft: HouseholdDraft) -> Record:
    people = tuple((person.name, person.birth) for person in draft.people)
    return Record(key, draft.settlement_id, draft.address, phones_of(draft.contacts), people)


def _planned(making: _Making, pair: Pair) -> PlannedPair:
    """The older household first: by number, then by place in the file."""

    def age(key: str) -> tuple[int, int]:
        held = making.known.households.get(key)
        return (0, held.number) if held else (1, int(key.removeprefix("new:")))

    first, second = sorted((pair.incoming_key, pair.known_key), key=age)
    return PlannedPair(first, second, pair.reasons)


def _with_candidates(making: _Making, pairs: Iterable[PlannedPair]) -> None:
    entry_of = {entry.household_id: number for number, entry in enumerate(making.entries) if entry.household_id}
    candidates: dict[int, list[Candidate]] = defaultdict(list)
    for pair in pairs:
        new = [int(key.removeprefix("new:")) if key.startswith("new:") else None for key in (pair.first, pair.second)]
        number = new[1] if new[1] is not None else entry_of.get(pair.second)
        other = pair.first
        if number is None:
            number, other = entry_of[pair.first], pair.second
        candidates[number].append(_candidate(making, other, pair.reasons))
    for number, found in candidates.items():
        making.entries[number] = replace(making.entries[number], candidates=tuple(found))


def _candidate(making: _Making, key: str, reasons: tuple[str, ...]) -> Candidate:
    held = making.known.households.get(key)
    if held:
        head = next((person.name.full for person in held.people if person.id == held.head_id), "")
        return Candidate(held.id, held.number, reasons, head=head)
    entry = making.entries[int(key.removeprefix("new:"))]
    return Candidate(None, None, reasons, entry.sheet, entry.row, entry.title)


def _unresolved(
    known: Known, households: Sequence[IncomingHousehold], sheets: Sequence[SheetSummary]
) -> Iterator[Remark]:
    """One warning a settlement text that is not known, with how many households have it."""
    counts = Counter(household.settlement_text for household in households)
    first = {household.settlement_text: household for household in reversed(households)}
    columns = {sheet.name: sheet.columns.get("settlement", (0,))[0] for sheet in sheets}
    for text, count in counts.items():
        answer = known.places.resolve(text)
        if answer.place is None and text:
            sheet = first[text].sheet
            at = Cell(sheet, cell_name(first[text].rows[0] - 1, columns.get(sheet, 0)), text)
            near = ", ".join(f"{place.name} ({place.hromada})" for place in answer.candidates)
            status = answer.status if near else "unlike_any"
            yield Remark(f"import.settlement_{status}", at, {"text": text, "count": count, "candidates": near})
