"""The counting core against counting by hand, for any facts; and the cases that are easily got wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.counted_parts import Part, parts
from coordinator.domain.counting import (
    ALL_WHO_LEFT,
    ORGANISED,
    OURS,
    RETURNS,
    THEMSELVES,
    away,
    daily,
    moves,
    people,
    running,
    ten_days,
)
from coordinator.domain.decision import Decision, Obstacle
from coordinator.domain.events import EventKind
from coordinator.domain.figures import ByAge, Events, Households, Persons
from coordinator.domain.first_known import first_known
from coordinator.domain.ledger import Fact, Kinds, Ledger
from coordinator.domain.pace import Unsaid, Wait, forecast, hours_to_pickup
from coordinator.domain.person import AgeGroup, Need, Sex, group_of
from coordinator.domain.standings import Standings, Turn, refusals
from tests import naive_counts as by_hand

FIRST = date(2023, 8, 9)
LAST = FIRST + timedelta(days=7)
NOON = datetime(2023, 8, 9, 9, tzinfo=UTC)


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Up to five people who go, come back, are recorded late and withdrawn; each grows a year on the fourth day."""
    found = []
    for at in range(draw(st.integers(0, 14))):
        person = draw(st.integers(0, 4))
        on, late, gone = draw(st.integers(0, 7)), draw(st.integers(0, 3)), draw(st.none() | st.integers(0, 3))
        recorded = NOON + timedelta(days=on + late, minutes=draw(st.integers(0, 3)))
        withdrawn = None if gone is None else recorded + timedelta(days=gone, seconds=1)
        years = None if person == 4 else (2, 11, 17, 59)[person] + (on >= 4)
        stated = draw(st.booleans()) and person == 4
        found.append(
            Fact(
                f"e{at:02}", f"p{person}", f"h{person % 2}", draw(st.sampled_from(EventKind)),
                FIRST.toordinal() + on, recorded, recorded.date().toordinal(), withdrawn,
                withdrawn.date().toordinal() if withdrawn else None, years,
                group_of(years) if years is not None else AgeGroup.ADULT if stated else AgeGroup.UNKNOWN,
                (Sex.FEMALE, Sex.MALE, Sex.UNKNOWN)[person % 3],
                frozenset((Need.STEPS, Need.ESCORT)[: person % 3]), draw(st.sampled_from(["s1", "s2"])),
                draw(st.sampled_from(["k", ""])), draw(st.sampled_from(["", "SOS"])),
            )
        )  # fmt: skip
    return found


KINDS = st.sampled_from([OURS, ORGANISED, THEMSELVES, ALL_WHO_LEFT, RETURNS])
PERIOD = st.tuples(st.integers(0, 7), st.integers(0, 7)).map(
    lambda ends: (FIRST + timedelta(days=min(ends)), FIRST + timedelta(days=max(ends)))
)


def told(split: ByAge[Persons]) -> by_hand.Split:
    return set(split.adults.ids), set(split.children.ids), set(split.unknown.ids)


@settings(max_examples=150)
@given(facts(), KINDS, PERIOD, st.integers(0, 11))
def test_every_figure_is_what_is_counted_by_hand(
    rows: list[Fact], kinds: Kinds, period: tuple[date, date], later: int
) -> None:
    at = NOON + timedelta(days=later, minutes=2)
    for seen, ledger in ((rows, Ledger(rows)), (by_hand.known_at(rows, at), Ledger(rows).known_at(at))):
        agrees(seen, ledger, kinds, *period)


@settings(max_examples=40)
@given(facts(), st.lists(st.tuples(facts(), st.sets(st.integers(0, 14), max_size=3)), max_size=3), KINDS, PERIOD)
def test_what_follows_changes_is_what_is_counted_anew(
    rows: list[Fact], changes: list[tuple[list[Fact], set[int]]], kinds: Kinds, period: tuple[date, date]
) -> None:
    """Facts come, change their day and their person, and go; whoever holds an earlier ledger still reads that."""
    ledger, seen = Ledger(rows), []
    for more, out in changes:
        agrees(rows, ledger, kinds, *period)
        seen.append((rows, ledger))
        gone = {f"e{at:02}" for at in out}
        come = [fact for at, fact in enumerate(more) if at % 3 == 0]
        kept = [fact for fact in rows if fact.id not in gone | {fact.id for fact in come}]
        rows, ledger = [*kept, *come], ledger.changed(gone, come, {})
        anew = Ledger(rows)
        assert (ledger.facts, ledger.reports) == (anew.facts, anew.reports)
        assert first_known(ledger, kinds, period[0]) == first_known(anew, kinds, period[0])
        assert set(away(ledger, period[1])) == set(away(anew, period[1]))
        assert ledger.of_homes(["h0"]) == {fact.id for fact in rows if fact.household_id == "h0"}
    for earlier, held in [*seen, (rows, ledger)]:
        agrees(earlier, held, kinds, *period)


@settings(max_examples=40)
@given(facts(), KINDS, PERIOD)
def test_a_total_as_first_reported_is_what_was_known_at_the_end_of_the_day_its_report_came(
    rows: list[Fact], kinds: Kinds, period: tuple[date, date]
) -> None:
    since, words = period[0], [kind.value for kind in kinds]
    for day, (persons, children) in first_known(Ledger(rows), kinds, since).items():
        came = by_hand.report_came(rows, day)
        assert came is not None
        known = by_hand.known_at(rows, datetime(came.year, came.month, came.day, 20, 59, 59, tzinfo=UTC))
        split = by_hand.split(by_hand.happened(known, since, day, words))
        assert (persons, children) == (len(set().union(*split)), len(split[1]))


def agrees(rows: list[Fact], ledger: Ledger, kinds: Kinds, since: date, until: date) -> None:
    words = [kind.value for kind in kinds]
    counted = by_hand.happened(rows, since, until, words)
    whole = people(ledger, since, until, kinds)
    assert told(whole) == by_hand.split(counted)
    assert whole.value == len(whole.all.ids) == len({fact.person_id for fact in counted})
    assert moves(ledger, since, until, kinds).ids == {fact.id for fact in counted}
    for day, line in zip(by_hand.days(since, until), daily(ledger, since, until, kinds), strict=True):
        first = by_hand.as_first_reported(rows, day, words)
        assert (line is None) == (first is None) == (day not in ledger.reported(since, until))
        if line is not None:
            assert told(line.first) == first
            assert told(line.now) == by_hand.split(by_hand.happened(rows, day, day, words))
            assert line.first_on == by_hand.report_came(rows, day)
            assert line.corrected == (told(line.now) != first)
    totals = {one.day: told(one.total) for one in running(ledger, since, until, kinds)}
    assert totals == by_hand.running(rows, since, until, words)
    for part in Part:
        found = parts(ledger, part, since, until, kinds)
        assert {mark: set(split.ids) for mark, split in found.items()} == by_hand.marks(counted, part.value)
        if part is not Part.NEED:
            assert sum(split.value for split in found.values()) == whole.value


def test_figures_of_two_units_cannot_be_mixed() -> None:
    people, events, homes = Persons.of("aab"), Events.of("abc"), Households.of("a")
    assert (people.value, (people | Persons.of("bc")).value) == (2, 3)
    assert people != Events.of("ab")
    for other in (events, homes, 3):
        with pytest.raises(TypeError):
            people | other  # type: ignore[operator]
        with pytest.raises(TypeError):
            people + other  # type: ignore[operator]


def fact(person: str, on: int, late: int = 0, kind: EventKind = EventKind.BY_US, gone: int | None = None) -> Fact:
    recorded = NOON + timedelta(days=on + late)
    withdrawn = None if gone is None else NOON + timedelta(days=gone)
    return Fact(
        f"{person}-{on}", person, "h", kind, FIRST.toordinal() + on, recorded, FIRST.toordinal() + on + late, withdrawn,
        None if gone is None else FIRST.toordinal() + gone, 40, AgeGroup.ADULT,
    )  # fmt: skip


def test_a_late_record_changes_its_day_and_the_first_report_stays() -> None:
    ledger = Ledger([fact("a", 0), fact("b", 0, late=2), fact("c", 0, gone=3), fact("d", 2)])
    first, gap, third = daily(ledger, FIRST, FIRST + timedelta(days=2))
    assert first is not None and third is not None
    assert gap is None
    assert (first.first.value, first.now.value, first.corrected) == (2, 2, True)
    assert (first.first.ids, first.now.ids) == ({"a", "c"}, {"a", "b"})
    assert not third.corrected


def test_a_day_whose_trip_arrived_empty_is_a_nought_and_no_gap() -> None:
    (line,) = daily(Ledger([], {FIRST.toordinal(): FIRST.toordinal()}), FIRST, FIRST)
    assert line is not None and line.now.value == line.moves.value == 0


def test_the_ten_days_end_with_the_day_itself() -> None:
    ledger = Ledger([fact("a", 0), fact("b", 1), fact("c", 10), fact("d", 11)])
    said = ten_days(ledger, FIRST + timedelta(days=10), NOON)
    assert (said.since, said.people.ids) == (FIRST + timedelta(days=1), {"b", "c"})


def test_a_forecast_is_ready_persons_over_the_middle_rate_with_its_range() -> None:
    moved = [fact(f"{on}-{n}", on) for on, many in enumerate((4, 8, 2, 6)) for n in range(many)]
    ready = Persons([str(n) for n in range(21)])
    said = forecast(Ledger(moved), FIRST + timedelta(days=4), ready)
    assert (said.days, said.rate) == (4, 5.0)
    assert (said.days_left, said.at_best, said.at_worst) == (5, 4, 6)


@pytest.mark.parametrize(
    ("moved", "ready", "why"),
    [
        ([fact("a", 0), fact("b", 1)], 5, Unsaid.FEW_DAYS),
        ([fact(str(n), n, kind=EventKind.RETURNED) for n in range(4)], 5, Unsaid.NOBODY_MOVED),
        ([fact(str(n), n) for n in range(4)], 0, Unsaid.NOBODY_READY),
    ],
)
def test_what_cannot_be_said_is_said(moved: list[Fact], ready: int, why: Unsaid) -> None:
    said = forecast(Ledger(moved), FIRST + timedelta(days=4), Persons([str(n) for n in range(ready)]))
    assert (said.unsaid, said.days_left, said.at_worst) == (why, None, None)


def test_hours_to_pickup_leave_out_requests_that_were_written_down_afterwards() -> None:
    waits = [Wait(str(n), NOON, NOON + timedelta(hours=n)) for n in (2, 4, 6, 8, 30)]
    told = hours_to_pickup([*waits, Wait("late", NOON, NOON - timedelta(hours=1))])
    assert (told.households.value, told.lower, told.median, told.upper) == (5, 4, 6, 8)
    assert hours_to_pickup([]).median is None


def test_a_household_stands_where_its_last_decision_of_the_day_put_it() -> None:
    day = FIRST.toordinal()
    turns = [
        Turn("a", "a", day, Decision.NOT_ASKED), Turn("1", "a", day + 1, Decision.REFUSED),
        Turn("2", "a", day + 1, Decision.PACKED), Turn("b", "b", day + 1, Decision.NOT_ASKED),
    ]  # fmt: skip
    book = Standings(turns)
    first, second = book.by_day(FIRST, FIRST + timedelta(days=1))
    assert dict(first.households) == {Decision.NOT_ASKED: Households(["a"])}
    assert dict(second.households) == {Decision.PACKED: Households(["a"]), Decision.NOT_ASKED: Households(["b"])}
    assert sum(events.value for events in book.taken(FIRST, LAST).values()) == 2


def test_a_household_stands_under_each_reason_of_its_refusal() -> None:
    found = refusals({"a": (Obstacle.HOUSE, Obstacle.ANIMALS), "b": (), "c": (Obstacle.HOUSE,)})
    assert found[Obstacle.HOUSE].ids == {"a", "c"}
    assert found[None].ids == {"b"}
