"""Who and what stands behind a figure of a chart or of the dashboard."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from coordinator.domain.charts import Asked, Chart, Series
from coordinator.domain.counted_parts import organisation
from coordinator.domain.counting import ALL_WHO_LEFT
from coordinator.domain.decision import Decision
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Figure, Households, Persons, Unit
from coordinator.domain.ledger import Fact
from coordinator.domain.person import Age, Birth, PersonName, age_on
from coordinator.queries.count_memory import CountMemory
from coordinator.session import Session
from db import behind_queries
from db.behind_queries import PersonBehind


@dataclass(frozen=True, slots=True)
class CountedPerson:
    """One row behind a figure of persons. `left`: the last fact of the days asked about, where there is one.

    `late`: it was recorded after the first report of its day had come in, on that day; None where it was not.
    """

    id: str
    household_id: str
    number: int
    name: str
    age: Age
    place: str
    left_on: date | None = None
    kind: EventKind | None = None
    organisation: str = ""
    recorded_on: date | None = None
    late: date | None = None


@dataclass(frozen=True, slots=True)
class CountedHousehold:
    """One row behind a figure of households."""

    id: str
    number: int
    head: str
    place: str
    address: str
    decision: Decision
    people: int

    @property
    def household_id(self) -> str:
        return self.id


def figures_at(chart: Chart, at: int) -> list[tuple[Series, Figure]]:
    """What a point of a chart counts, series by series; nothing where nothing of ours stands there."""
    return [
        (one, behind.all if isinstance(behind, ByAge) else behind)
        for one in chart.series
        if (cell := one.cells[at]) is not None and (behind := cell.behind) is not None
    ]


def joined(unit: Unit, figures: Iterable[Figure]) -> Figure:
    """All of them, each id once."""
    whole: Figure = Persons() if unit is Unit.PERSONS else Households()
    for figure in figures:
        whole = whole | figure
    return whole


def people_behind(memory: CountMemory, ids: Collection[str], asked: Asked, day: date) -> list[CountedPerson]:
    """These persons with what is counted of them in the days asked about; their ages are those of that day."""
    with memory.session.reading() as db:
        rows = behind_queries.people_behind(db, ids)
    ledger = memory.book().ledger
    facts = _last(ledger.within(asked.since, asked.until or day), frozenset(ids))
    return [_person(row, facts.get(row.id), ledger.reports, day) for row in rows]


def _last(facts: Iterable[Fact], ids: frozenset[str]) -> dict[str, Fact]:
    return {
        fact.person_id: fact
        for fact in facts
        if fact.person_id in ids and fact.withdrawn_at is None and fact.kind in ALL_WHO_LEFT
    }


def _person(row: PersonBehind, fact: Fact | None, reports: dict[int, int], day: date) -> CountedPerson:
    birth = Birth(_date(row.birth_on), row.birth_year, row.age, _date(row.age_on),
                  None if row.stated_child is None else bool(row.stated_child))  # fmt: skip
    name = PersonName(row.surname, row.given, row.patronymic).full
    if fact is None:
        return CountedPerson(row.id, row.household_id, row.number, name, age_on(birth, day), row.place)
    left_on, recorded = date.fromordinal(fact.on), date.fromordinal(fact.recorded_on)
    return CountedPerson(
        row.id, row.household_id, row.number, name, age_on(birth, left_on), row.place, left_on, fact.kind,
        organisation(fact), recorded, recorded if fact.recorded_on > reports[fact.on] else None,
    )  # fmt: skip


def households_behind(session: Session, ids: Collection[str]) -> list[CountedHousehold]:
    with session.reading() as db:
        rows = behind_queries.households_behind(db, ids)
    return [CountedHousehold(*row[:5], Decision(row.decision), row.people) for row in rows]


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
