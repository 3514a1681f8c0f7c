"""A settlement as its streets and houses: where each household stands, and what was hit lately."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from coordinator.domain.addresses import house_key, house_of, street_key, street_of
from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE, Decision
from coordinator.domain.household import Address
from coordinator.domain.memory import remembered
from coordinator.domain.names import sort_key
from coordinator.domain.person import Birth, age_on
from coordinator.domain.priority import Behind
from coordinator.domain.shelling import NearHit, Nearness
from coordinator.queries.at_home import Home, behind, homes_of, other_halves
from coordinator.queries.incidents import shelled_since
from coordinator.queries.presence import Presence
from coordinator.queries.streets import streets_of
from coordinator.session import Session
from db import next_queries
from db.connection import Database
from db.next_queries import Asked, Member
from db.place_queries import PlaceCount, households_in, places_with_households

RECENT_DAYS = 3
"""Hits of so many days and no older are shown on the board."""

_sorting = remembered(sort_key, 10_000)
"""Streets and house numbers repeat."""


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """A settlement that can be looked at. `id` None: of no settlement that the gazetteer knows."""

    id: str | None
    name: str
    hromada: str
    households: int


class BoardHouse(NamedTuple):
    """One household at its door. `hit`: its house, or where somebody is still there its street, within RECENT_DAYS.
    `people` are those at home; of a household that has left, everybody. `behind`: the family is parted.
    """

    id: str
    number: int
    house: str
    flat: str
    head: str
    decision: Decision
    wants_on: date | None
    people: int
    children: int
    hit: Nearness | None
    behind: Behind | None
    planned: bool

    @property
    def gone(self) -> bool:
        return self.decision in GONE


@dataclass(frozen=True, slots=True)
class BoardStreet:
    """A street with its households in house order. `key` and `name` "": their street is not known.

    `hits` within RECENT_DAYS, `hit_on` the newest of them; `beside` are the names of the streets next to it.
    """

    key: str
    name: str
    houses: tuple[BoardHouse, ...]
    hits: int = 0
    hit_on: date | None = None
    beside: tuple[str, ...] = ()

    @property
    def there(self) -> int:
        """People who are still there."""
        return sum(house.people for house in self.houses if not house.gone)


@dataclass(frozen=True, slots=True)
class Board:
    """The streets in the order of the alphabet, those without a name last."""

    place: BoardPlace
    streets: tuple[BoardStreet, ...]

    @property
    def houses(self) -> list[BoardHouse]:
        return [house for street in self.streets for house in street.houses]


@dataclass(frozen=True, slots=True)
class StreetBoards:
    """What is printed: one board a settlement."""

    day: date
    printed_at: datetime
    boards: tuple[Board, ...]
    training: bool = False

    @property
    def people(self) -> int:
        return sum(street.there for board in self.boards for street in board.streets)


def board_places(session: Session) -> list[BoardPlace]:
    """Where households are, in the order of the alphabet, unresolved texts last."""
    with session.reading() as db:
        found = places_with_households(db)
    return [BoardPlace(*row) for row in sorted(found, key=_place_order)]


def street_board(session: Session, place: BoardPlace, day: date) -> Board:
    """The board of one settlement; ages, trips and who is at home as of `day`, hits as of now."""
    with session.reading() as db:
        return _board(db, place, day, session.clock())


def street_boards(session: Session, day: date, places: Sequence[BoardPlace] | None = None) -> StreetBoards:
    """Boards to print: of these settlements, or of all."""
    wanted = board_places(session) if places is None else places
    with session.reading() as db:
        boards = tuple(_board(db, place, day, session.clock()) for place in wanted)
    return StreetBoards(day, session.clock(), boards, session.training)


def _place_order(place: PlaceCount) -> tuple[bool, str, str]:
    return place.id is None, _sorting(place.name), place.hromada


def _board(db: Database, place: BoardPlace, day: date, now: datetime) -> Board:
    reading = _Reading(db, place, day, now)
    known = streets_of(db, place.id) if place.id is not None else {}
    groups: dict[str, list[tuple[Asked, Address]]] = {}
    for row in reading.rows:
        address = Address(row.street, row.house, row.flat, row.address_text)
        groups.setdefault(street_key(street_of(address)), []).append((row, address))
    streets = []
    for key in groups.keys() | {key for key in known if reading.hits(key)}:
        found = sorted(groups.get(key, ()), key=_house_order)
        name = known[key].name if key in known else street_of(found[0][1]) if key else ""
        beside = known[key].beside if key in known else frozenset()
        hits = reading.hits(key)
        streets.append(
            BoardStreet(
                key, name, tuple(reading.house(row, address, key) for row, address in found),
                hits=sum(hit.count for hit in hits),
                hit_on=max((kyiv_day(hit.occurred_at) for hit in hits), default=None),
                beside=tuple(sorted((known[one].name if one in known else one for one in beside), key=_sorting)),
            )
        )  # fmt: skip
    return Board(place, tuple(sorted(streets, key=lambda street: (not street.key, _sorting(street.name), street.key))))


def _house_order(pair: tuple[Asked, Address]) -> tuple[str, str, int]:
    row, address = pair
    return _sorting(house_of(address)) or "\uffff", _sorting(address.flat), row.number


class _Reading:
    """One moment of a settlement, read in bulk."""

    def __init__(self, db: Database, place: BoardPlace, day: date, now: datetime) -> None:
        ids = households_in(db, place.id, place.name)
        self.place, self.day = place, day
        self.rows = next_queries.households_to_ask(db, (), ids)
        people = next_queries.members(db, ids)
        self.heads = {one.id: f"{one.surname} {one.given} {one.patronymic}".strip() for one in people}
        self.homes = homes_of(people, Presence.on(db, [one.id for one in people], day))
        self.halves = other_halves(next_queries.split_halves(db))
        self.planned = next_queries.planned_on(db, day)
        self.shelled = shelled_since(db, now - timedelta(days=RECENT_DAYS), now)

    def house(self, row: Asked, address: Address, street: str) -> BoardHouse:
        decision, home = Decision(row.decision), self.homes.get(row.id, Home())
        gone = decision in GONE
        return BoardHouse(
            id=row.id,
            number=row.number,
            house=house_of(address) or (address.text if not street else ""),
            flat=address.flat,
            head=self.heads.get(row.head_id or "", ""),
            decision=decision,
            wants_on=row.wants_on,
            people=len(home.there) + (home.away if gone else 0),
            children=sum(1 for one in home.there if _is_child(one, self.day)),
            hit=self._hit(street, house_of(address), gone=gone),
            behind=None if gone else behind(row, home, self.halves),
            planned=row.id in self.planned,
        )

    def hits(self, street: str) -> list[NearHit]:
        """What fell in this very street."""
        return [hit for hit in self.shelled.near(self.place.id, street) if hit.nearness is Nearness.STREET]

    def _hit(self, street: str, house: str, *, gone: bool) -> Nearness | None:
        near = self.shelled.near(self.place.id, street, house_key(house))
        found = {hit.nearness for hit in near} & ({Nearness.HOUSE} if gone else {Nearness.HOUSE, Nearness.STREET})
        return min(found, key=list(Nearness).index, default=None)


def _is_child(one: Member, day: date) -> bool:
    return age_on(Birth(one.birth_on, one.birth_year, one.age, one.age_on, one.stated_child), day).is_child
