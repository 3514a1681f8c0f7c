"""Who rose in "who is next" because something was hit close by since yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from coordinator.domain.addresses import house_key, house_of, street_key, street_of
from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import GONE
from coordinator.domain.household import Address
from coordinator.domain.shelling import CLOSE
from coordinator.queries.at_home import homes_of
from coordinator.queries.incidents import shelled_since
from coordinator.queries.presence import Presence
from coordinator.queries.who_next import beginning_of
from coordinator.session import Session
from db import next_queries, stores
from db.place_queries import households_in


@dataclass(frozen=True, slots=True)
class Risen:
    """Households that are still there, and people in them; `streets` are the names of those that were hit."""

    households: int = 0
    people: int = 0
    streets: tuple[str, ...] = ()


def risen(session: Session, day: date) -> Risen:
    """Close by: the house, the street, or a street next to it. Who is at home as of `day`, hits as of now."""
    now = session.clock()
    since = beginning_of(kyiv_day(now) - timedelta(days=1))
    with session.reading() as db:
        hit = [row for row in stores.incidents.all(db) if since <= row.occurred_at <= now]
        if not hit:
            return Risen()
        ids = {one for place in {row.settlement_id for row in hit} for one in households_in(db, place, "")}
        rows = next_queries.households_to_ask(db, [one.value for one in GONE], ids)
        people = next_queries.members(db, ids)
        homes = homes_of(people, Presence.on(db, [one.id for one in people], day))
        shelled = shelled_since(db, since, now)
    households = there = 0
    for row in rows:
        address = Address(row.street, row.house, row.flat, row.address_text)
        near = shelled.near(row.settlement_id, street_key(street_of(address)), house_key(house_of(address)))
        home = homes.get(row.id)
        if any(one.nearness in CLOSE for one in near) and (home is None or home.there):
            households += 1
            there += len(home.there) if home else 0
    return Risen(households, there, tuple(sorted({row.street for row in hit if row.street})))
