"""Whom to call next: every household that is still there, with its points and the reasons, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from coordinator.domain.addresses import house_key, house_of, street_key, street_of
from coordinator.domain.days import kyiv_day, moments
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Address
from coordinator.domain.person import Birth, Need, age_on
from coordinator.domain.phones import show_phone
from coordinator.domain.priority import Case, Part, Weights, rank
from coordinator.domain.shelling import CLOSE, NearHit
from coordinator.queries.at_home import Home, behind, homes_of, other_halves
from coordinator.queries.fleet import orders_in_force
from coordinator.queries.incidents import shelled_since
from coordinator.queries.presence import Presence
from coordinator.session import Session
from coordinator.settings import HALF_LIFE, HIT_DAYS, MOST_DAYS, WEIGHTS, Option
from db import next_queries, queries, stores
from db.connection import Database
from db.next_queries import Asked, Member, SplitHalf


class NextRow(NamedTuple):
    """A household to be asked. `people` and `children` are those at home; `parts` as domain.priority has them.

    `shelled`: a hit close by since the beginning of yesterday. `planned`: on a trip of the working date.
    `tried_at`: the last call, visit or message, whatever came of it; `asked_at`: the last talk. `due`: to be called
    again by now; `called`: tried today, and not to be tried again by now.
    """

    id: str
    number: int
    head: str
    settlement: str
    settlement_id: str | None
    settlement_key: str
    address: str
    street: str
    people: int
    children: int
    decision: str
    wants_on: date | None
    phones: tuple[str, ...]
    score: float
    parts: tuple[Part, ...]
    shelled: bool
    planned: bool
    due: bool
    called: bool
    asked_at: datetime | None
    tried_at: datetime | None
    again_at: datetime | None
    again_by: str
    search_text: str
    head_key: str


def who_next(session: Session, day: date, ids: Collection[str] | None = None) -> list[NextRow]:
    """All households where somebody is at home (or nobody is recorded), or whom somebody is to ask again, the one to
    be called first at the top.

    Ages, orders and trips as of `day`, everything else as of now. `ids`: only these, and the halves that they
    parted from, whose place depends on them.
    """
    with session.reading() as db:
        halves = other_halves(next_queries.split_halves(db))
        if ids is not None:
            ids = {*ids, *(half.other_id for one in ids for half in halves.get(one, ()))}
        found = _Reading(db, day, session.clock(), halves, ids).rows()
    return sorted(found, key=in_order)


def points(db: Database, day: date, now: datetime, ids: Collection[str]) -> dict[str, float]:
    """The points of some households, on the connection given; whoever is not to be asked has none."""
    if not ids:
        return {}
    halves = other_halves(next_queries.split_halves(db))
    wanted = {*ids, *(half.other_id for one in ids for half in halves.get(one, ()))}
    rows = _Reading(db, day, now, halves, wanted).rows()
    return {row.id: row.score for row in rows if row.id in set(ids)}


def in_order(row: NextRow) -> tuple[float, int]:
    """The highest score first, of equal ones the older record."""
    return -row.score, row.number


def weights_of(db: Database) -> Weights:
    """The weights as this register has them set."""
    kept = {row.id: row.value for row in stores.settings.all(db)}

    def value(option: Option[float]) -> float:
        return float(kept.get(option.key, option.default))

    points = {factor: value(option) for factor, option in WEIGHTS.items()}
    return Weights(points, value(HALF_LIFE), value(HIT_DAYS), value(MOST_DAYS))


class _Reading:
    """One moment of the register, read in bulk."""

    def __init__(
        self, db: Database, day: date, now: datetime, halves: Mapping[str, list[SplitHalf]], ids: Collection[str] | None
    ) -> None:
        self.day, self.now, self.halves = day, now, halves
        self.weights = weights_of(db)
        self.households = next_queries.households_to_ask(db, [one.value for one in GONE], ids, agreed=True)
        people = next_queries.members(db, ids)
        self.heads = {one.id: f"{one.surname} {one.given} {one.patronymic}".strip() for one in people}
        self.presence = Presence.on(db, None if ids is None else [one.id for one in people], day)
        self.homes = homes_of(people, self.presence)
        self.needs = next_queries.needs_by_person(db, ids)
        self.phones = _phones(db, ids)
        self.planned = next_queries.planned_on(db, day)
        self.tries = next_queries.last_tries(db)
        self.orders = orders_in_force(db, day)
        self.shelled = shelled_since(db, now - timedelta(days=self.weights.hit_days), now)
        self.yesterday = beginning_of(kyiv_day(now) - timedelta(days=1))
        self.carers = self._carers_there(db, people)

    def rows(self) -> Iterable[NextRow]:
        nobody = Home()
        for row in self.households:
            home = self.homes.get(row.id, nobody)
            if home.there or row.again_at or not (home.away or row.decision in GONE):
                yield self._row(row, home)

    def _row(self, row: Asked, home: Home) -> NextRow:
        address = Address(row.street, row.house, row.flat, row.address_text)
        street = street_key(street_of(address))
        hits = self.shelled.near(row.settlement_id, street, house_key(house_of(address)))
        case = self._case(row, home, hits)
        standing = rank(case, self.weights, self.now)
        tried_at = max(filter(None, (self.tries.get(row.id), case.asked_at)), default=None)
        due = row.again_at is not None and row.again_at <= self.now
        return NextRow(
            id=row.id,
            number=row.number,
            head=self.heads.get(row.head_id or "", ""),
            settlement=row.settlement,
            settlement_id=row.settlement_id,
            settlement_key=row.settlement_key,
            address=address.line,
            street=street,
            people=len(home.there),
            children=len(case.child_ages),
            decision=row.decision,
            wants_on=row.wants_on,
            phones=self.phones.get(row.id, ()),
            score=standing.score,
            parts=standing.parts,
            shelled=any(hit.nearness in CLOSE and hit.occurred_at >= self.yesterday for hit in hits),
            planned=row.id in self.planned,
            due=due,
            called=tried_at is not None and kyiv_day(tried_at) == kyiv_day(self.now) and not due,
            asked_at=case.asked_at,
            tried_at=tried_at,
            again_at=row.again_at,
            again_by=row.again_by,
            search_text=row.search_text,
            head_key=row.sort_key,
        )

    def _case(self, row: Asked, home: Home, hits: tuple[NearHit, ...]) -> Case:
        decision = Decision(row.decision)
        since = row.requested_at or row.created_at
        needs = Counter(kind for person in home.there for kind in self.needs.get(person.id, ()))
        return Case(
            decision=decision,
            since=kyiv_day(since) if since else self.day,
            hits=hits,
            order=self.orders.get(row.settlement_id or ""),
            child_ages=tuple(_child_ages(home.there, self.day)),
            needs={Need(kind): count for kind, count in needs.items()},
            behind=behind(row, home, self.halves),
            without_carer=sum(1 for one in home.there if one.carer_id and one.carer_id not in self.carers),
            wants_on=row.wants_on,
            asked_at=_asked_at(row, decision),
            again_at=row.again_at,
            refused_at=row.decided_at if decision is Decision.REFUSED else None,
        )

    def _carers_there(self, db: Database, people: Iterable[Member]) -> set[str]:
        """Of all carers those who are at home; they may live in a household that was not asked for."""
        wanted = {one.carer_id for one in people if one.carer_id}
        presence = Presence.on(db, list(wanted), self.day) if wanted else self.presence
        return {one for one in wanted if presence.is_there(one)}


def beginning_of(day: date) -> datetime:
    """Midnight of a Kyiv day, in UTC."""
    return moments(day, 0)[0]


def _asked_at(row: Asked, decision: Decision) -> datetime | None:
    """The last talk; a decision that somebody recorded counts as one, for older records know nothing else."""
    decided = row.decided_at if decision not in (Decision.NOT_ASKED, Decision.UNREACHABLE) else None
    return max(filter(None, (row.spoke_at, decided)), default=None)


def _child_ages(people: Iterable[Member], day: date) -> Iterable[int | None]:
    for one in people:
        age = age_on(Birth(one.birth_on, one.birth_year, one.age, one.age_on, one.stated_child), day)
        if age.is_child:
            yield age.years


def _phones(db: Database, ids: Collection[str] | None) -> dict[str, tuple[str, ...]]:
    return {
        household: tuple(show_phone(e164) if e164 else raw for e164, raw in found)
        for household, found in queries.phones_by_household(db, ids).items()
    }
