"""The area that the training register is about: where families live, curfews, orders, incidents, destinations.

Settlements are those of the gazetteer. What is dated follows the published orders of August and September
2023; where their end is not known, the training data says so and ends them with the year.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from coordinator.demo import names
from coordinator.demo.people import HOMES, Home
from coordinator.domain.days import KYIV
from coordinator.domain.fleet import DestinationKind, OrderKind
from coordinator.domain.names import fold
from coordinator.domain.phones import show_phone
from coordinator.domain.schedule import Point
from coordinator.errors import UserError
from coordinator.session import Act
from coordinator.settings import CENTRE_NAME, COORDINATOR_PHONE
from db import stores
from db.ids import new_id
from db.rows import CurfewRow, DestinationRow, IncidentRow, SettingRow, SettlementRow, ZoneOrderRow

_WITH_FLATS = frozenset(map(fold, ("Ківшарівка", "Куп'янськ-Вузловий", "Куп'янськ")))
_FIRST_ORDER = date(2023, 8, 9)
_ORDERED_HROMADAS = frozenset(map(fold, ("Дворічанська", "Петропавлівська")))
_ORDERED_BY_NAME = frozenset(map(fold, ("Заоскілля", "Ківшарівка", "Куп'янськ-Вузловий")))
_CURFEW_FROM, _CURFEW_UNTIL = date(2023, 9, 1), date(2023, 12, 31)
_CURFEWS = (
    ((18, 6), ("Дворічанська", "Кіндрашівська", "Куп'янська", "Курилівська", "Петропавлівська")),
    ((20, 6), ("Великобурлуцька", "Вільхуватська", "Шевченківська")),
)
"""Hours from 1 September 2023 as they were announced, by hromada."""
_SOURCE = "навчальні дані"
_SHELLED = ("Ківшарівка", "Петропавлівка")
_DESTINATIONS = (
    ("Гуртожиток (навчальний)", DestinationKind.DORMITORY, 60, True, False),
    ("Лікарня (навчальна)", DestinationKind.HOSPITAL, 12, False, True),
    ("Вокзал, потяг на Полтаву", DestinationKind.STATION, None, True, True),
)


@dataclass(frozen=True, slots=True)
class Area:
    """Where people live and where they are brought; `points` by settlement id."""

    homes: tuple[Home, ...]
    points: dict[str, Point]
    base: Point
    transit: Point
    transit_id: str


def read_area(act: Act) -> Area:
    """The settlements of HOMES in the register's gazetteer. UserError "place.gone" where none is there."""
    known = {(fold(row.name), fold(row.hromada)): row for row in stores.settlements.all(act.db)}
    wanted = ((known.get((fold(name), fold(hromada))), weight) for name, hromada, weight in HOMES)
    found = [(row, weight) for row, weight in wanted if row is not None and row.lat is not None]
    hubs = {row.kind: row for row in stores.destinations.all(act.db)}
    base, transit = hubs.get(DestinationKind.BASE), hubs.get(DestinationKind.TRANSIT)
    if not found or base is None or transit is None:
        raise UserError("place.gone")
    homes = tuple(Home(row.id, row.name, row.hromada, weight, fold(row.name) in _WITH_FLATS) for row, weight in found)
    points = {row.id: Point(row.lat or 0.0, row.lon or 0.0) for row, _weight in found}
    return Area(homes, points, _point(base), _point(transit), transit.id)


def _point(row: DestinationRow | SettlementRow) -> Point:
    return Point(row.lat or 0.0, row.lon or 0.0)


def write_area(act: Act, random: Random, homes: Sequence[Home], today: date) -> None:
    """The centre's name and phone, curfews, evacuation orders, two shelling incidents, three destinations."""
    phone = show_phone(names.phone(names.MOST_PHONES // 2).e164)
    stores.settings.add(
        act.db, [SettingRow(CENTRE_NAME.key, "Навчальний центр"), SettingRow(COORDINATOR_PHONE.key, phone)]
    )
    stores.curfews.add(act.db, _curfews())
    stores.zone_orders.add(act.db, _orders(homes))
    stores.incidents.add(act.db, _incidents(random, homes, today, act.now))
    rows = (
        DestinationRow(new_id(), name, kind.value, free_places=places, takes_pets=pets, takes_wheelchairs=chairs)
        for name, kind, places, pets, chairs in _DESTINATIONS
    )
    stores.destinations.add(act.db, rows)


def _curfews() -> Iterable[CurfewRow]:
    for (starts, ends), hromadas in _CURFEWS:
        for hromada in hromadas:
            yield CurfewRow(
                new_id(), hromada, _CURFEW_FROM, _CURFEW_UNTIL, starts * 60, ends * 60,
                f"{_SOURCE}: оголошено з 01.09.2023, кінець умовний",
            )  # fmt: skip


def _orders(homes: Iterable[Home]) -> Iterable[ZoneOrderRow]:
    for home in homes:
        if fold(home.hromada) in _ORDERED_HROMADAS or fold(home.name) in _ORDERED_BY_NAME:
            source = f"{_SOURCE}: за повідомленням від 09.08.2023"
            yield ZoneOrderRow(new_id(), home.id, OrderKind.MANDATORY.value, _FIRST_ORDER, None, source)


def _incidents(random: Random, homes: Iterable[Home], today: date, now: datetime) -> Iterable[IncidentRow]:
    shelled = [home for home in homes if home.name in _SHELLED]
    for days, home in enumerate(shelled, start=1):
        night = datetime.combine(today - timedelta(days=2 * days), datetime.min.time(), KYIV)
        moment = min(night + timedelta(minutes=random.randint(60, 300)), now)
        street = random.choice(names.STREETS)
        yield IncidentRow(new_id(), home.id, street, moment, random.randint(1, 3), random.randint(1, 6), _SOURCE)
