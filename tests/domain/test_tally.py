"""The counts of a period equal a count by hand over the events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.events import Counts, EventKind
from coordinator.domain.ledger import Fact, Ledger
from coordinator.domain.person import AgeGroup
from coordinator.domain.tally import tally

FIRST = date(2023, 8, 9)
DAYS = st.integers(0, 12).map(lambda n: FIRST + timedelta(days=n))
PEOPLE = st.sampled_from([f"p{n}" for n in range(8)])
MOVES = st.lists(st.tuples(PEOPLE, DAYS, st.sampled_from(EventKind)), max_size=40)


def count(moves: list[Fact], since: date | None = None, until: date | None = None) -> Counts:
    return tally(Ledger(moves), since, until)


def moved(person: str, day: date = FIRST, kind: EventKind = EventKind.BY_US, child: bool = False) -> Fact:
    at = datetime(day.year, day.month, day.day, 15, tzinfo=UTC)
    group = AgeGroup.CHILD if child else AgeGroup.ADULT
    return Fact(f"{person}{day}{kind}", person, "h", kind, day.toordinal(), at, day.toordinal(), group=group)


@given(MOVES, DAYS, DAYS)
def test_every_figure_equals_a_count_by_hand(told: list[tuple[str, date, EventKind]], since: date, until: date) -> None:
    events = [moved(person, day, kind, int(person[1]) < 3)._replace(id=str(at))
              for at, (person, day, kind) in enumerate(told)]  # fmt: skip
    found = count(events, since, until)
    inside = [e for e in events if since.toordinal() <= e.on <= until.toordinal()]
    ours = [e for e in inside if e.kind is EventKind.BY_US]
    alone = {e.person_id for e in inside if e.kind is EventKind.LEFT_THEMSELVES}
    others = {e.person_id for e in inside if e.kind is EventKind.OTHER_ORGANISATION}
    assert found.people == len({e.person_id for e in ours})
    assert found.children == len({e.person_id for e in ours if e.group is AgeGroup.CHILD})
    assert found.events == len(ours)
    assert found.self_evacuated == len(alone)
    assert found.by_all_known == len({e.person_id for e in ours} | alone | others)
    assert sum(day.events for day in found.by_day) == found.events
    for day in found.by_day:
        assert day.people == len({e.person_id for e in ours if e.on == day.day.toordinal()})
        assert 0 <= day.children <= day.people <= day.events


def test_a_couple_evacuated_twice_is_two_people_and_four_events() -> None:
    events = [moved(person, FIRST + timedelta(days=n)) for person in ("a", "b") for n in (0, 5)]
    found = count(events)
    assert (found.people, found.events) == (2, 4)


def test_those_who_left_by_themselves_never_stand_among_the_people() -> None:
    found = count([moved("a"), moved("b", kind=EventKind.LEFT_THEMSELVES, child=True)])
    assert (found.people, found.children, found.self_evacuated, found.self_children) == (1, 0, 1, 1)


def test_a_day_without_a_report_is_no_day_at_all() -> None:
    found = count([moved("a"), moved("b", FIRST + timedelta(days=2))])
    assert [day.day for day in found.by_day] == [FIRST, FIRST + timedelta(days=2)]


def test_returns_and_transfers_are_no_evacuations() -> None:
    found = count([moved("a", kind=EventKind.RETURNED), moved("a", kind=EventKind.TRANSFERRED)])
    assert (found.people, found.events, found.by_all_known) == (0, 0, 0)
    assert [(day.day, day.people, day.events) for day in found.by_day] == [(FIRST, 0, 0)]


def test_the_period_has_both_its_days() -> None:
    events = [moved(str(n), FIRST + timedelta(days=n)) for n in range(12)]
    assert count(events, FIRST, FIRST + timedelta(days=9)).people == 10
