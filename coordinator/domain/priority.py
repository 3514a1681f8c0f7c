"""Whom to call next: the facts of a household become points, each with its reason.

Additive on purpose: every part can be shown, weighed by its setting and talked about. What weighs how much is the
centre's choice (coordinator.settings); what counts at all stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.fleet import OrderKind
from coordinator.domain.person import ADULT_AT, Need
from coordinator.domain.shelling import CLOSE, NearHit, Nearness, Severity

MOST_CHILDREN = 4
"""More children than so many add nothing more."""
MOST_HITS = 3.0
"""Fresh hits of one nearness count as so many at most: an old war diary must not drown everything else."""
UNKNOWN_AGE = 9
"""A child whose age nobody knows counts as one in the middle."""


class Factor(StrEnum):
    """What raises (or lowers) a household, in the order in which the reasons are read out."""

    HOUSE = "house"
    STREET = "street"
    NEXT = "next"
    SETTLEMENT = "settlement"
    ELSEWHERE = "elsewhere"
    FORCED = "forced"
    MANDATORY = "mandatory"
    CHILDREN = "children"
    YOUNG = "young"
    STRETCHER = "stretcher"
    WHEELCHAIR = "wheelchair"
    POWER = "power"
    PREGNANT = "pregnant"
    HELP = "help"
    STAYS_BEHIND = "stays_behind"
    NO_CARER = "no_carer"
    PACKED = "packed"
    WANTS_PICKUP = "wants_pickup"
    PREPARING = "preparing"
    UNDECIDED = "undecided"
    NOT_ASKED = "not_asked"
    RETURNED = "returned"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    REFUSED_HIT = "refused_hit"
    WISH = "wish"
    CALL_BACK = "call_back"
    LATER = "later"
    ASKED = "asked"


class Behind(StrEnum):
    """How a family is parted. REST_LEFT: the others have gone; REST_LEAVES: they are ready to go.

    PART_STAYS: some of this household stay while the others go.
    """

    REST_LEFT = "rest_left"
    REST_LEAVES = "rest_leaves"
    PART_STAYS = "part_stays"


class Part(NamedTuple):
    """One reason: how often its weight counts, the weight, and the facts that its sentence needs."""

    factor: Factor
    times: float
    weight: float
    facts: Mapping[str, object]

    @property
    def points(self) -> float:
        return self.times * self.weight


@dataclass(frozen=True, slots=True)
class Weights:
    """Points of each factor. A hit is worth half after `half_life` days and nothing after `hit_days`.

    Days since somebody was asked count up to `most_days`.
    """

    points: Mapping[Factor, float]
    half_life: float = 3.0
    hit_days: float = 14.0
    most_days: float = 10.0


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a household, of those who are at home.

    `child_ages`: one entry a child, None where the age is not known. `needs`: how many people have each.
    `asked_at`: when somebody last spoke with them; `since`: the day since which the centre knows them.
    `again_at`: when they asked to be called again. `refused_at` only while the decision is a refusal.
    """

    decision: Decision
    since: date
    hits: tuple[NearHit, ...] = ()
    order: OrderKind | None = None
    child_ages: tuple[int | None, ...] = ()
    needs: Mapping[Need, int] = field(default_factory=dict)
    behind: Behind | None = None
    without_carer: int = 0
    wants_on: date | None = None
    asked_at: datetime | None = None
    again_at: datetime | None = None
    refused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """`score` is the sum of the parts; these stand in the order of Factor."""

    score: float
    parts: tuple[Part, ...]


def rank(case: Case, weights: Weights, now: datetime) -> Standing:
    """The points of a household at a moment, and why."""
    said = sorted((said for rule in _RULES for said in rule(case, weights, now)), key=lambda said: _PLACE[said[0]])
    parts = tuple(Part(factor, times, weights.points[factor], facts) for factor, times, facts in said)
    return Standing(round(sum(part.points for part in parts), 3), parts)


_Said = tuple[Factor, float, Mapping[str, object]]
"""A factor, how often its weight counts, and the facts of its sentence."""


def _hits(case: Case, weights: Weights, now: datetime) -> Iterator[_Said]:
    groups: dict[Nearness, list[NearHit]] = {}
    for hit in case.hits:
        if hit.occurred_at <= now and now - hit.occurred_at <= timedelta(days=weights.hit_days):
            groups.setdefault(hit.nearness, []).append(hit)
    for nearness, hits in groups.items():
        factor = Factor(nearness.value)
        fresh = min(MOST_HITS, sum(_freshness(hit, weights, now) for hit in hits))
        yield factor, fresh, _facts_of(hits)


_BY_SEVERITY = {Severity.NEAR: 0.5, Severity.DAMAGED: 1.0, Severity.DESTROYED: 1.5}


def _freshness(hit: NearHit, weights: Weights, now: datetime) -> float:
    """1.0 for one hit of middle severity just now; several hits of one incident up to twice that."""
    age = (now - hit.occurred_at) / timedelta(days=1)
    several = min(2.0, 1.0 + 0.25 * (hit.count - 1))
    return float(_BY_SEVERITY[hit.severity] * several * 0.5 ** (age / weights.half_life))


def _facts_of(hits: Iterable[NearHit]) -> Mapping[str, object]:
    found = list(hits)
    days = [kyiv_day(hit.occurred_at) for hit in found]
    streets = tuple(dict.fromkeys(hit.street for hit in found if hit.street))
    return {
        "count": sum(hit.count for hit in found), "streets": streets, "first": min(days), "last": max(days),
        "severity": max(hit.severity for hit in found),
    }  # fmt: skip


def _order(case: Case, _weights: Weights, _now: datetime) -> Iterator[_Said]:
    """A forced order is about children: for a household without any it weighs as a mandatory one."""
    if case.order is not None:
        forced = case.order is OrderKind.FORCED and case.child_ages
        factor = Factor.FORCED if forced else Factor.MANDATORY
        yield factor, 1.0, {}


def _children(case: Case, _weights: Weights, _now: datetime) -> Iterator[_Said]:
    count = len(case.child_ages)
    if not count:
        return
    known = [age for age in case.child_ages if age is not None]
    youngest = min(known, default=None)
    facts = {"count": count, "youngest": youngest}
    yield Factor.CHILDREN, float(min(count, MOST_CHILDREN)), facts
    age = min(known, default=UNKNOWN_AGE)
    yield Factor.YOUNG, (ADULT_AT - age) / ADULT_AT, facts


_NEEDS: Mapping[Factor, tuple[Need, ...]] = {
    Factor.STRETCHER: (Need.STRETCHER,),
    Factor.WHEELCHAIR: (Need.WHEELCHAIR,),
    Factor.POWER: (Need.POWER,),
    Factor.PREGNANT: (Need.PREGNANT,),
    Factor.HELP: (Need.STEPS, Need.ESCORT),
}


def _needs(case: Case, _weights: Weights, _now: datetime) -> Iterator[_Said]:
    for factor, needs in _NEEDS.items():
        count = max(case.needs.get(need, 0) for need in needs)
        if count:
            yield factor, 1.0, {"count": count}


def _family(case: Case, _weights: Weights, _now: datetime) -> Iterator[_Said]:
    if case.behind is not None:
        yield Factor.STAYS_BEHIND, 1.0, {"behind": case.behind}
    if case.without_carer:
        yield Factor.NO_CARER, 1.0, {"count": case.without_carer}


def _decision(case: Case, weights: Weights, now: datetime) -> Iterator[_Said]:
    """Who has left stands on the list only for a call that was agreed on."""
    if case.decision in GONE:
        return
    factor = Factor(case.decision.value)
    refused = kyiv_day(case.refused_at) if case.refused_at else None
    yield factor, 1.0, {"wants_on": case.wants_on, "refused_on": refused}
    if case.decision is Decision.REFUSED and _close_since(case, weights, now, case.refused_at):
        yield Factor.REFUSED_HIT, 1.0, {}
    if case.decision is Decision.WANTS_PICKUP and case.wants_on and case.wants_on <= kyiv_day(now):
        yield Factor.WISH, 1.0, {"wants_on": case.wants_on}


def _close_since(case: Case, weights: Weights, now: datetime, moment: datetime | None) -> bool:
    """Whether shelling came close after a moment (and lately)."""
    since = now - timedelta(days=weights.hit_days)
    since = max(since, moment) if moment else since
    return any(since < hit.occurred_at <= now and hit.nearness in CLOSE for hit in case.hits)


def _asked(case: Case, weights: Weights, now: datetime) -> Iterator[_Said]:
    """A call that was agreed lowers until its hour, unless it is shelled near meanwhile; overdue it raises."""
    if case.again_at is not None and case.again_at <= now:
        late = min(_days_between(case.again_at, now), weights.most_days) / max(weights.most_days, 1.0)
        yield Factor.CALL_BACK, 1 + late, {"again_at": case.again_at}
    elif case.again_at is not None:
        kept = not _close_since(case, weights, now, case.asked_at)
        yield Factor.LATER, 1.0 if kept else 0.0, {"again_at": case.again_at}
    since = kyiv_day(case.asked_at) if case.asked_at else case.since
    days = max(0, (kyiv_day(now) - since).days)
    facts = {"days": days, "ever": case.asked_at is not None}
    yield Factor.ASKED, min(days, weights.most_days), facts


def _days_between(one: datetime, other: datetime) -> int:
    return (kyiv_day(other) - kyiv_day(one)).days


_Rule = Callable[[Case, Weights, datetime], Iterator[_Said]]
_RULES: tuple[_Rule, ...] = (_hits, _order, _children, _needs, _family, _decision, _asked)
_PLACE = {factor: place for place, factor in enumerate(Factor)}
