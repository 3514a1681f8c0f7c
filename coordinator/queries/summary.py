"""The daily summary: a line a settlement, counted by the rules of coordinator.domain.counting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial

from coordinator.domain.counted_parts import Part, parts
from coordinator.domain.counting import OURS, THEMSELVES
from coordinator.domain.decision import Decision
from coordinator.domain.figures import ByAge, Persons
from coordinator.domain.ledger import DayOfFacts, Fact, Ledger
from coordinator.domain.names import sort_key
from coordinator.domain.person import AgeGroup, Need, Sex
from coordinator.exchange.out_counts import SummaryLine
from coordinator.queries.counts import not_gone
from coordinator.queries.ledger import AS_WRITTEN, Book, book_of
from coordinator.queries.population import Population, place_of, population_of
from coordinator.session import Session
from coordinator.settings import COUNT_SINCE
from db import stores
from db.connection import Database
from db.queries import HouseholdBrief, PersonBrief
from resources.i18n import _

DISABLING = frozenset({Need.WHEELCHAIR, Need.STRETCHER, Need.DISABILITY})
_NOBODY: ByAge[Persons] = ByAge(Persons(), Persons(), Persons())
Placed = dict[str, ByAge[Persons]]


def daily_summary(session: Session, day: date) -> list[SummaryLine]:
    """A line a settlement that has anything to say: events of `day` or before, people there, refusals.

    A refusal is a household of whom somebody who is there refuses.
    """
    with session.reading() as db:
        return summary_lines(db, book_of(db, session.clock()), day, counted_since(session))


def counted_since(session: Session) -> date | None:
    """The first day of the running total; None: of all."""
    text = session.setting(COUNT_SINCE)
    return date.fromisoformat(text) if text else None


def summary_lines(
    db: Database, book: Book, day: date, since: date | None, population: Population | None = None
) -> list[SummaryLine]:
    """As `daily_summary`, within a reading that is under way. `population`: where it is known already."""
    known, ledger = population or population_of(db, book), book.ledger
    households = list(known.homes.values())
    there = not_gone(households, list(known.people()), ledger, day)
    home = {h.id: place_of(h) for h in households}
    refused = _tally(home[household_id] for household_id in _refusing(households, there))
    remaining = _tally(home[person.household_id] for person in there)
    figures = _Figures(ledger, day, since)
    places = {row.id: row for row in stores.settlements.all(db)}
    named = {key: places[key].name if key in places else key.removeprefix(AS_WRITTEN)
             for key in figures.places | refused.keys() | remaining.keys()}  # fmt: skip
    lines = []
    for key in sorted(named, key=lambda key: (sort_key(named[key]), key)):
        place = places.get(key)
        lines.append(
            SummaryLine(
                day=day,
                hromada=place.hromada if place else "",
                pcode=place.hromada_code[:9] if place else "",
                settlement=named[key],
                katottg=(place.katottg or "") if place else "",
                refused=refused.get(key, 0),
                remaining=remaining.get(key, 0),
                remaining_source=_("this register"),
                **figures.of(key),
            )
        )
    return lines


class _Figures:
    """What was done on the day and since the first one, by settlement."""

    def __init__(self, ledger: Ledger, day: date, since: date | None) -> None:
        self._ours = parts(ledger, Part.SETTLEMENT, day, day, OURS)
        self._alone = parts(ledger, Part.SETTLEMENT, day, day, THEMSELVES)
        self._total = parts(ledger, Part.SETTLEMENT, since, day, OURS)
        self._last: dict[str, Fact] = {fact.person_id: fact for fact in ledger.standing(day, day, OURS)}
        ever = frozenset().union(*(one.kept("left", partial(_left, one)) for one in ledger.days(None, day)))
        self.places = ever | self._ours.keys() | self._alone.keys() | self._total.keys()

    def of(self, place: str) -> dict[str, int]:
        ours, alone = self._ours.get(place, _NOBODY), self._alone.get(place, _NOBODY)
        total = self._total.get(place, _NOBODY)
        adults = [self._last[person] for person in ours.adults.ids]
        everybody = [self._last[person] for person in ours.ids]
        return {
            "people": ours.value,
            "women": sum(fact.sex is Sex.FEMALE for fact in adults),
            "men": sum(fact.sex is Sex.MALE for fact in adults),
            "children": ours.children.value,
            "seniors": sum(fact.group is AgeGroup.SENIOR for fact in everybody),
            "disabled": sum(bool(fact.needs & DISABLING) for fact in everybody),
            "alone": alone.value,
            "alone_children": alone.children.value,
            "total": total.value,
            "total_children": total.children.value,
        }


def _left(day: DayOfFacts) -> frozenset[str]:
    """The settlements of which something in force tells on a day."""
    return frozenset(fact.settlement for fact in day.facts if fact.withdrawn_at is None)


def _tally(keys: Iterable[str]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found


def _refusing(households: list[HouseholdBrief], there: list[PersonBrief]) -> set[str]:
    """Households that refuse, whole or in part: by the own word of a member who is there, or the household's."""
    words = {h.id: h.decision for h in households}
    with_people = {person.household_id for person in there}
    found = {h.id for h in households if h.decision == Decision.REFUSED and h.id not in with_people}
    return found | {p.household_id for p in there if (p.decision or words[p.household_id]) == Decision.REFUSED}
