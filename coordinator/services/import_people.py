"""Importing a list of people or of requests: what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from coordinator.collecting import give_back
from coordinator.domain.days import KYIV
from coordinator.domain.person import Need, Person, age_on
from coordinator.domain.places import Place
from coordinator.exchange.incoming import Cell, IncomingHousehold, IncomingList, IncomingPerson, Remark, SheetSummary
from coordinator.exchange.matching import Face, Recogniser, Recognition
from coordinator.exchange.report import Added, Missed
from coordinator.exchange.sent_back import settlement_column
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.update_work import Choices
from coordinator.queries.imports import Known
from coordinator.queries.sent_back import CameBack
from coordinator.services.import_again import Again, Compared, Settled, again
from coordinator.services.import_back import missing_of_sent, remarks_on, returned
from coordinator.services.import_making import Making, add_new, add_recognised
from coordinator.services.import_missing import Comparison, missed, missing_members, named_again, older_list, remarks
from coordinator.services.import_notes import needs_in_notes
from coordinator.services.import_pairs import found_again, found_pairs, planned, with_candidates
from coordinator.services.import_plan import Keeping, PeoplePlan

Tick = Callable[[float], None]

_OFTEN = 200
"""Households after which somebody is asked whether to go on."""


def plan_people(
    known: Known,
    incoming: IncomingList,
    day: date,
    settled: Settled,
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
    households = tuple([_with_zone(household) for household in incoming.households])
    own_rows = returned(known, households, back)
    making = Making(known, incoming, day, choices or {})
    before = again(last, making, households) if back is None and not own_rows else None
    if before is None:
        recogniser, recognition = _recognition(making, households, own_rows, back, lambda part: tick(part * 0.4))
    else:
        recogniser, recognition = before.recogniser, before.recognition
    making.repeated = recognition.repeated
    _make(making, households, recognition.faces, own_rows, back, before, lambda part: tick(0.4 + 0.1 * part))
    give_back()
    tick(0.5)
    found, latin = (found_again(making, before, tick) if before else None) or found_pairs(making, tick)
    pairs = [planned(known, one) for one in found if frozenset((one.incoming_key, one.known_key)) not in settled]
    tick(0.95)
    entries = [making.entries[number] for number in range(len(households))]
    with_candidates(known, entries, pairs)
    compared = Comparison(known, incoming, households, recognition.faces, making.changes)
    tick(0.96)
    missing = _missing(compared, back, before)
    tick(0.98)
    keeping = Keeping()
    if recogniser is not None and back is None and not own_rows:
        keeping.compared = Compared(settled, making, recogniser, recognition, households, tuple(missing), latin)
    return PeoplePlan(
        entries=tuple(entries),
        warnings=tuple(_warnings(making, compared, back, missing)),
        added=_count(_added(making, households), len(making.drafts), day),
        households=households,
        faces={number: face.household_id for number, face in recognition.faces.items()},
        drafts=making.drafts,
        updates=making.updates,
        pairs=tuple(pairs),
        found=tuple(found),
        returned=frozenset(own_rows),
        members=_members(making),
        missed=tuple(missing),
        named_again=tuple(named_again(compared)),
        keeping=keeping,
    )


def _warnings(
    making: Making, compared: Comparison, back: CameBack | None, missing: Sequence[Missed]
) -> Iterator[Remark]:
    """In the order in which they are told: of households, of settlements, of needs, of the list, of who is missing."""
    households, sheets = compared.households, making.incoming.sheets
    yield from chain.from_iterable(making.remarks.values())
    yield from _unresolved(making.known, households, sheets)
    yield from needs_in_notes([households[number] for number in making.drafts], sheets)
    yield from _of_list(compared, back)
    yield from remarks(missing)


def _recognition(
    making: Making,
    households: Sequence[IncomingHousehold],
    returned: dict[int, Face],
    back: CameBack | None,
    tick: Tick,
) -> tuple[Recogniser | None, Recognition]:
    """Whom the register knows of a list: by their number, and the others by what earlier lists said.

    Also by who stood in it when it left us: a recipient's own form has no column for the number.
    """
    known, kind = making.known, making.incoming.kind
    sent = back.sent.households if back and back.sent else frozenset[int]()
    rest = [number for number in range(len(households)) if number not in returned]
    given = {face.root for face in returned.values()}
    free = [face for face in known.faces(kind, lambda: tick(0), sent) if face.root not in given]
    recogniser = Recogniser(free, known, kind)
    keys = [known.places.key(households[number].settlement_text) for number in rest]
    found = recogniser.all([households[number] for number in rest], keys, tick)
    if not returned:
        return recogniser, found
    faces = dict(returned) | {rest[number]: face for number, face in found.faces.items()}
    return None, Recognition(faces, frozenset([rest[number] for number in found.repeated]), found.left, {})


def _make(
    making: Making,
    households: Sequence[IncomingHousehold],
    faces: Mapping[int, Face],
    own_rows: Mapping[int, Face],
    back: CameBack | None,
    before: Again | None,
    tick: Tick,
) -> None:
    """What becomes of each household; `before`: of those that are not what they were."""
    if before is not None:
        before.take_over(making)
    for number in range(len(households)) if before is None else sorted(before.anew):
        household = households[number]
        if number % _OFTEN == 0:
            tick(number / len(households))
        if number in own_rows:
            base = back.bases.get(household.own.number) if back and household.own else None
            add_recognised(making, number, household, faces[number], base, returned=True)
        elif number in faces:
            add_recognised(making, number, household, faces[number])
        else:
            add_new(making, number, household)
    if before is not None:
        making.put_in_order()
    tick(1)


def _missing(compared: Comparison, back: CameBack | None, before: Again | None) -> list[Missed]:
    """Whom the list does not name any more."""
    if back and back.sent:
        return missing_of_sent(compared, back.sent)
    if before is not None and before.same_households(compared):
        return [*before.missed, *missing_members(compared)]
    return missed(compared)


def _of_list(compared: Comparison, back: CameBack | None) -> Iterator[Remark]:
    """What is told of the list as a whole."""
    yield from older_list(compared.known, compared.incoming)
    if compared.incoming.partial:
        yield Remark("import.sent_back", Cell("", ""))
    if back:
        yield from remarks_on(back, compared.incoming.file_name, compared.updates.values())


def _members(making: Making) -> dict[int, tuple[str, ...]]:
    return {
        number: tuple([change.after.people[place].id if place >= 0 else "" for place in change.members])
        for number, change in making.changes.items()
        if change.members
    }


def _added(making: Making, households: Sequence[IncomingHousehold]) -> list[IncomingPerson | Person]:
    """The people of new households and the new ones of known households."""
    added: list[IncomingPerson | Person] = [one for number in making.drafts for one in households[number].people]
    for change in making.updates.values():
        known = {person.id for person in change.before.people}
        added += [person for person in change.update.after.people if person.id not in known]
    return added


def _with_zone(household: IncomingHousehold) -> IncomingHousehold:
    moment = household.requested_at
    if moment is None or moment.tzinfo is not None:
        return household
    return replace(household, requested_at=moment.replace(tzinfo=KYIV))


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
