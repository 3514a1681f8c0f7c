"""Who is next: what raises a household, by how much, and that the order can be explained."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.fleet import OrderKind
from coordinator.domain.person import Need
from coordinator.domain.priority import Behind, Case, Factor, Standing, Weights, rank
from coordinator.domain.shelling import NearHit, Nearness, Severity
from coordinator.settings import WEIGHTS

NOW = datetime(2023, 8, 15, 5, 0, tzinfo=UTC)
WEIGHING = Weights({factor: option.default for factor, option in WEIGHTS.items()})
PLAIN = Case(Decision.UNDECIDED, date(2023, 8, 15), asked_at=NOW)


def hit(nearness: Nearness, hours: float = 9, count: int = 1, severity: Severity = Severity.DAMAGED) -> NearHit:
    return NearHit(nearness, "вул. Садова", NOW - timedelta(hours=hours), severity, count)


def points(case: Case, now: datetime = NOW) -> dict[Factor, float]:
    return {part.factor: part.points for part in rank(case, WEIGHING, now).parts}


def having(**more: Any) -> Case:
    fields = {name: getattr(PLAIN, name) for name in PLAIN.__slots__}
    return Case(**{**fields, **more})


def score(**more: Any) -> float:
    return rank(having(**more), WEIGHING, NOW).score


def test_the_nearer_the_newer_and_the_graver_a_hit_the_higher() -> None:
    by_nearness = [score(hits=(hit(nearness),)) for nearness in Nearness]
    assert by_nearness == sorted(by_nearness, reverse=True) and len(set(by_nearness)) == len(Nearness)
    street = Nearness.STREET
    assert (
        score(hits=(hit(street, 1),)) > score(hits=(hit(street, 48),)) > score(hits=(hit(street, 14 * 24),)) > score()
    )
    assert score(hits=(hit(street, 15 * 24),)) == score()
    assert score(hits=(hit(street, severity=Severity.DESTROYED),)) > score(hits=(hit(street, severity=Severity.NEAR),))
    assert score(hits=(hit(street, count=3),)) > score(hits=(hit(street),))
    assert points(having(hits=(hit(street),) * 50))[Factor.STREET] == 3 * WEIGHING.points[Factor.STREET]


def test_a_forced_order_is_for_children_and_younger_ones_weigh_more() -> None:
    forced, mandatory = OrderKind.FORCED, OrderKind.MANDATORY
    assert score(order=forced) == score(order=mandatory) > score()
    assert score(order=forced, child_ages=(5,)) > score(order=mandatory, child_ages=(5,))
    assert (
        score(child_ages=(0,)) > score(child_ages=(3,)) > score(child_ages=(None,)) > score(child_ages=(17,)) > score()
    )
    assert score(child_ages=(3, 5)) > score(child_ages=(3,))


def test_who_cannot_leave_without_help_and_who_is_left_behind_rises() -> None:
    for need in (Need.STRETCHER, Need.WHEELCHAIR, Need.POWER, Need.PREGNANT, Need.STEPS):
        assert score(needs={need: 1}) > score()
    assert score(behind=Behind.REST_LEFT) > score()
    assert score(without_carer=1) > score()


def test_a_refusal_is_asked_again_when_it_is_hit_near_since() -> None:
    refused = {"decision": Decision.REFUSED, "refused_at": NOW - timedelta(days=2)}
    assert Factor.REFUSED_HIT in points(having(**refused, hits=(hit(Nearness.NEXT),)))
    assert Factor.REFUSED_HIT not in points(having(**refused, hits=(hit(Nearness.STREET, hours=60),)))
    assert Factor.REFUSED_HIT not in points(having(**refused, hits=(hit(Nearness.ELSEWHERE),)))


def test_an_agreed_call_waits_for_its_hour_unless_it_is_hit_near_and_then_presses() -> None:
    in_two_days, two_days_ago = NOW + timedelta(days=2), NOW - timedelta(days=2)
    asked = NOW - timedelta(days=1)
    assert score(again_at=in_two_days) < score()
    shelled = points(having(again_at=in_two_days, asked_at=asked, hits=(hit(Nearness.STREET),)))
    assert shelled[Factor.LATER] == 0
    before = points(having(again_at=in_two_days, asked_at=asked, hits=(hit(Nearness.STREET, hours=30),)))
    assert before[Factor.LATER] < 0
    assert score(again_at=two_days_ago) > score(again_at=NOW) > score()


def test_the_longer_nobody_asked_the_higher_up_to_a_limit() -> None:
    days = [score(asked_at=NOW - timedelta(days=days)) for days in (0, 1, 5, 10, 30)]
    assert days[:4] == sorted(days[:4]) and len(set(days[:4])) == 4 and days[3] == days[4]
    assert score(asked_at=None, since=date(2023, 8, 10)) == score(asked_at=NOW - timedelta(days=5))


CASES = st.builds(
    Case,
    decision=st.sampled_from([one for one in Decision if one not in GONE]),
    since=st.dates(date(2023, 8, 1), date(2023, 8, 20)),
    hits=st.lists(st.builds(hit, st.sampled_from(Nearness), st.floats(-24, 500), st.integers(1, 20))).map(tuple),
    order=st.sampled_from([None, *OrderKind]),
    child_ages=st.lists(st.one_of(st.none(), st.integers(0, 18)), max_size=6).map(tuple),
    needs=st.dictionaries(st.sampled_from(Need), st.integers(1, 4)),
    behind=st.sampled_from([None, *Behind]),
    without_carer=st.integers(0, 2),
    wants_on=st.one_of(st.none(), st.dates(date(2023, 8, 1), date(2023, 9, 1))),
    asked_at=st.one_of(st.none(), st.datetimes(datetime(2023, 8, 1), datetime(2023, 8, 15), timezones=st.just(UTC))),
    again_at=st.one_of(st.none(), st.datetimes(datetime(2023, 8, 1), datetime(2023, 9, 1), timezones=st.just(UTC))),
)


@given(CASES)
def test_every_score_is_the_sum_of_parts_that_stand_in_reading_order(case: Case) -> None:
    standing = rank(case, WEIGHING, NOW)
    assert standing.score == pytest.approx(sum(part.points for part in standing.parts), abs=0.001)
    places = [list(Factor).index(part.factor) for part in standing.parts]
    assert places == sorted(set(places))
    assert standing == rank(case, WEIGHING, NOW)
    silent = Weights(dict.fromkeys(Factor, 0.0))
    assert rank(case, silent, NOW) == Standing(0.0, tuple(part._replace(weight=0.0) for part in standing.parts))
