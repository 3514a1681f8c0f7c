"""What happened beside the trips: people left by themselves, came back, or were not at home when a driver came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from coordinator.demo.people import LEFT, Families
from coordinator.demo.trips import SHARES, at, moment_of
from coordinator.demo.waiting import Entered
from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.events import EventKind
from coordinator.domain.published import Told
from coordinator.domain.trip import StopResult
from coordinator.services.writing import HouseholdDraft, write_households
from coordinator.session import Act
from db import stores
from db.ids import new_id
from db.rows import EventRow, PublishedCountRow, StopRow, TripRow

_TRIES = (
    (StopResult.NOT_HOME, "нікого, хвіртка зачинена"),
    (StopResult.NOT_HOME, "сусіди кажуть: поїхали в місто"),
    (StopResult.OTHER, "дорогу перекрито, не доїхали"),
    (StopResult.REFUSED, "передумали, просять подзвонити пізніше"),
)
_TRIES_IN_A_HUNDRED = 3
_EVENING = 20 * 60
_OTHERS = "Інша організація"
_WEEKS_AGO = 25
_HOLDS_BACK = {
    "не хоче кидати господарство": Obstacle.HOUSE,
    "доглядає лежачу матір": Obstacle.CANNOT_BE_MOVED,
    "немає де жити": Obstacle.NOWHERE_TO_LIVE,
    "звик до обстрілів": Obstacle.USED_TO_SHELLING,
}
_OFFICE, _AREA = "Обласна адміністрація (вигадано)", "Куп’янський район"
_OTHERS_BESIDE, _CORRECTED_DAY, _FORGOTTEN = 1.4, 2, 10
"""How many times ours the office counts; on which of the ten days it forgot one in so many."""


def write_departures(act: Act, families: Families, people: int) -> int:
    """Households with about that many people who left by themselves in the ten days; returns how many people."""
    reported = [ago for ago, share in enumerate(reversed(SHARES)) if share and ago]
    days: dict[int, list[HouseholdDraft]] = {}
    left = 0
    for draft in families.stream(LEFT):
        if left >= people:
            break
        gone = replace(draft, decision=Decision.LEFT_THEMSELVES, note="виїхали власною машиною", source="training")
        days.setdefault(families.random.choice(reported), []).append(gone)
        left += len(draft.people)
    for days_ago, drafts in sorted(days.items(), reverse=True):
        day = families.today - timedelta(days=days_ago)
        ids = write_households(at(act, moment_of(act, day, _EVENING)), drafts)
        places = {key: draft.settlement_id for key, draft in zip(ids, drafts, strict=True)}
        _write_events(act, places, EventKind.LEFT_THEMSELVES, day)
    return left


def write_returns(act: Act, today: date, entered: Iterable[Entered]) -> None:
    """Those who decided to return: others had brought them out weeks ago, and they came back since."""
    for one in entered:
        if one.draft.decision is Decision.RETURNED:
            place = {one.id: one.draft.settlement_id}
            _write_events(act, place, EventKind.OTHER_ORGANISATION, today - timedelta(days=_WEEKS_AGO), _OTHERS)
            _write_events(act, place, EventKind.RETURNED, today - timedelta(days=one.days_ago))


def write_obstacles(act: Act, entered: Iterable[Entered]) -> None:
    """What holds back those who refuse, as it is counted by reason."""
    kept = {one.id: [_HOLDS_BACK[one.draft.refusal_reason]] for one in entered if one.draft.refusal_reason}
    for row in stores.households.where(act.db, id=list(kept)):
        stores.households.replace(act.db, row._replace(holds_back=kept[row.id]))
    for said in stores.decisions.where(act.db, household_id=list(kept)):
        stores.decisions.replace(act.db, said._replace(holds_back=kept[said.household_id]))


def write_published(act: Act, today: date, scale: float) -> None:
    """What an office published of the days before today: more than ours, one total corrected backwards.

    `scale`: how many times the people of SHARES.
    """
    rows, total = [], 0
    for index, share in enumerate(SHARES[:-1]):
        day = today - timedelta(days=len(SHARES) - 1 - index)
        people = round(share * scale * _OTHERS_BESIDE)
        total += people
        if not people:
            continue
        left_out = people // _FORGOTTEN if index == _CORRECTED_DAY else 0
        people, said = people - left_out, total - left_out
        figures = {
            Told.DAY_PEOPLE: people, Told.DAY_CHILDREN: people // 4, Told.TOTAL_PEOPLE: said,
            Told.TOTAL_CHILDREN: said // 4,
        }  # fmt: skip
        at_evening = moment_of(act, day, _EVENING)
        rows.append(PublishedCountRow(new_id(), day, _AREA, figures, _OFFICE, at_evening, at_evening, act.user))
    stores.published_counts.add(act.db, rows)


def _write_events(act: Act, places: dict[str, str | None], kind: EventKind, day: date, organisation: str = "") -> None:
    """An event of each member of these households, where they live."""
    moment = moment_of(act, day, _EVENING)
    people = stores.people.where(act.db, household_id=list(places))
    rows = (
        EventRow(
            new_id(), person.id, person.household_id, kind.value, day, moment,
            settlement_id=places[person.household_id], organisation=organisation,
        )
        for person in people
    )  # fmt: skip
    stores.events.add(act.db, rows)


def write_tries(act: Act, entered: Sequence[Entered], trips: Sequence[tuple[TripRow, StopRow]]) -> None:
    """Some who are ready now were not at home, or could not be reached, when a driver stood there before."""
    today = max((trip.work_on for trip, _stop in trips), default=None)
    ready = [one for one in entered if one.draft.decision is Decision.PACKED and one.days_ago > 3]
    later = [(trip, last) for trip, last in trips if today and today - timedelta(days=4) < trip.work_on < today]
    wanted = -(-len(entered) * _TRIES_IN_A_HUNDRED // 100)
    rows = []
    for number, (one, (trip, last)) in enumerate(zip(ready[:wanted], later, strict=False)):
        result, note = _TRIES[number % len(_TRIES)]
        moment = moment_of(act, trip.work_on, last.leave + 15)
        rows.append(
            StopRow(
                new_id(), trip.id, trip.work_on, last.position + 1, one.id, last.leave + 10, last.leave + 15,
                result.value, note, moment,
            )
        )  # fmt: skip
    stores.stops.add(act.db, rows)
