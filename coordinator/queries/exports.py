"""What exports need to know of the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from coordinator.domain.decision import Decision
from coordinator.domain.events import Event, EventKind
from coordinator.domain.names import sort_key
from coordinator.exchange.exports import Located
from coordinator.exchange.out_counts import SummaryLine
from coordinator.queries.counts import events_of, places_left, still_there
from coordinator.queries.household import load_households
from coordinator.session import Session
from coordinator.settings import COUNT_SINCE
from db import queries, stores
from db.queries import HouseholdBrief, PersonBrief
from resources.i18n import _


def located_households(session: Session) -> list[Located]:
    """All households that stand for themselves, in the order of their numbers."""
    with session.reading() as db:
        ids = [brief.id for brief in queries.households_with_places(db)]
        households = load_households(db, ids)
        places = {row.id: row for row in stores.settlements.all(db)}
        events = stores.events.where(db, voided=False)
        plates = queries.plate_by_trip(db)
    left_on: dict[str, date] = {}
    carrier: dict[str, str] = {}
    for event in sorted(events, key=lambda event: (event.occurred_on, event.recorded_at)):
        if event.kind == EventKind.RETURNED:
            left_on.pop(event.person_id, None)
            carrier.pop(event.person_id, None)
        else:
            left_on[event.person_id] = event.occurred_on
            carrier[event.person_id] = event.organisation or plates.get(event.trip_id or "", "")
    found = []
    for household in households:
        place = places.get(household.settlement_id or "")
        name, hromada, code = (place.name, place.hromada, place.katottg or "") if place else ("", "", "")
        found.append(Located(household, name or household.settlement_text, hromada, code, left_on, carrier))
    return found


def daily_summary(session: Session, day: date) -> list[SummaryLine]:
    """A line a settlement that has anything to say: events of `day` or before, people there, refusals.

    A refusal is a household of whom somebody who is there refuses.
    """
    with session.reading() as db:
        events = [event for event in events_of(db) if event.occurred_on <= day]
        households = queries.households_with_places(db)
        there = still_there(db, events)
        places = {row.id: row for row in stores.settlements.all(db)}
        since_text = session.setting(COUNT_SINCE)
    since = date.fromisoformat(since_text) if since_text else date.min
    place_of = {h.id: h.settlement_id or h.settlement_text for h in households}
    names = {key: place.name for key, place in places.items()}
    refused: dict[str, int] = {}
    for household_id in _refusing(households, there):
        refused[place_of[household_id]] = refused.get(place_of[household_id], 0) + 1
    remaining: dict[str, int] = {}
    for person in there:
        key = place_of.get(person.household_id, "")
        remaining[key] = remaining.get(key, 0) + 1
    left_from = places_left(events, place_of, day)
    by_place: dict[str, list[Event]] = {}
    for event in events:
        by_place.setdefault(left_from[event.person_id, event.kind], []).append(event)
    lines = []
    for key in sorted(
        by_place.keys() | refused.keys() | remaining.keys(), key=lambda k: sort_key(names.get(k, k) or "")
    ):
        place = places.get(key)
        lines.append(
            SummaryLine(
                day=day,
                hromada=place.hromada if place else "",
                pcode=place.hromada_code[:9] if place else "",
                settlement=place.name if place else key,
                katottg=(place.katottg or "") if place else "",
                refused=refused.get(key, 0),
                remaining=remaining.get(key, 0),
                remaining_source=_("this register"),
                **_figures(by_place.get(key, []), day, since),
            )
        )
    return lines


def _refusing(households: list[HouseholdBrief], there: list[PersonBrief]) -> set[str]:
    """Households that refuse, whole or in part: by the own word of a member who is there, or the household's."""
    words = {h.id: h.decision for h in households}
    with_people = {person.household_id for person in there}
    found = {h.id for h in households if h.decision == Decision.REFUSED and h.id not in with_people}
    return found | {p.household_id for p in there if (p.decision or words[p.household_id]) == Decision.REFUSED}


def _figures(events: Iterable[Event], day: date, since: date) -> dict[str, int]:
    """The figures of one settlement; persons are counted once, events of the day by the age on that day."""
    ours = {e.person_id: e for e in events if e.kind is EventKind.BY_US and e.occurred_on == day}
    alone = {e.person_id: e for e in events if e.kind is EventKind.LEFT_THEMSELVES and e.occurred_on == day}
    total: dict[str, bool] = {}
    for event in events:
        if event.kind is EventKind.BY_US and event.occurred_on >= since:
            total[event.person_id] = total.get(event.person_id, False) or bool(event.child)
    return {
        "people": len(ours),
        "women": sum(1 for e in ours.values() if e.sex == "f" and e.child is False),
        "men": sum(1 for e in ours.values() if e.sex == "m" and e.child is False),
        "children": sum(1 for e in ours.values() if e.child),
        "seniors": sum(1 for e in ours.values() if e.senior),
        "disabled": sum(1 for e in ours.values() if e.disability),
        "alone": len(alone),
        "alone_children": sum(1 for e in alone.values() if e.child),
        "total": len(total),
        "total_children": sum(total.values()),
    }


def summary_totals(lines: list[SummaryLine], day: date) -> SummaryLine:
    """The sum over the settlements; a person is counted where they left last, so nobody stands twice."""

    def add(name: str) -> int:
        return sum(getattr(line, name) for line in lines)

    return SummaryLine(
        day, _("all"), "", "", "", add("people"), add("women"), add("men"), add("children"), add("seniors"),
        add("disabled"), add("alone"), add("alone_children"), add("total"), add("total_children"), add("refused"),
        add("remaining"), _("this register"),
    )  # fmt: skip
