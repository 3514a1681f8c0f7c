"""The record that adults sign who refuse a mandatory evacuation."""

from __future__ import annotations

from coordinator.day_papers import Refusal, RefusalPaper
from coordinator.domain.days import kyiv_day
from coordinator.domain.decision import Decision
from coordinator.domain.fleet import OrderKind
from coordinator.domain.household import Household
from coordinator.domain.person import AgeGroup, Person, Relation, age_on
from coordinator.errors import UserError
from coordinator.queries.day_papers import year_of
from coordinator.queries.fleet import orders_in_force
from coordinator.queries.household import load_households
from coordinator.queries.presence import Presence
from coordinator.session import Session
from coordinator.standing_notes import worded
from db import stores
from db.connection import Database
from db.rows import ZoneOrderRow

_YOUNG = frozenset({Relation.CHILD, Relation.GRANDCHILD})


def refusal_paper(session: Session, household_id: str) -> RefusalPaper:
    """Of the adults of a household who are at home and refuse today, with the children who stay with them.

    DOMAIN: rules. UserError "household.gone", "refusal.nobody" where no adult refuses, "refusal.no_order" where no
    evacuation is ordered, and "refusal.children_forced" where a child would stay against a forced order: a child
    leaves with a parent or legal representative, and no paper of ours says otherwise.
    """
    now = session.clock()
    day = kyiv_day(now)
    with session.reading() as db:
        found = load_households(db, [household_id])
        if not found:
            raise UserError("household.gone")
        (household,) = found
        place = stores.settlements.get(db, household.settlement_id or "")
        kind = orders_in_force(db, day).get(household.settlement_id or "")
        order = _order(db, household, kind) if kind else None
        at_home = Presence.on(db, [person.id for person in household.people], day).of(household)
    refusing = [person for person in at_home if household.stands(person) is Decision.REFUSED]
    adults = [person for person in refusing if age_on(person.birth, day).group is not AgeGroup.CHILD]
    adults = [person for person in adults if not _may_be_a_child(person)]
    children = [person for person in refusing if person not in adults]
    if not adults:
        raise UserError("refusal.nobody", number=household.number)
    if kind is None:
        raise UserError("refusal.no_order", number=household.number)
    if kind is OrderKind.FORCED and (children or household.children_stay):
        raise UserError("refusal.children_forced", number=household.number)
    return RefusalPaper(
        day=day,
        printed_at=now,
        household_number=household.number,
        settlement=place.name if place else household.settlement_text,
        hromada=place.hromada if place else "",
        address=household.address.line,
        adults=tuple(Refusal(one.name.full, year_of(one.birth), _reason(one, household)) for one in adults),
        children=tuple((child.name.full, year_of(child.birth)) for child in children),
        ordered_on=order.from_on if order else None,
        order_source=order.source if order else "",
        training=session.training,
    )


def _may_be_a_child(person: Person) -> bool:
    """A child of the family whose age nobody has told signs nothing."""
    unknown = person.birth.on is None and person.birth.year is None and person.birth.age is None
    return unknown and person.birth.stated_child is not False and person.relation in _YOUNG


def _reason(person: Person, household: Household) -> str:
    return worded(person.refusal_reason or household.refusal_reason)


def _order(db: Database, household: Household, kind: OrderKind) -> ZoneOrderRow | None:
    """The latest of the orders of this kind there; a part of a town follows the town's."""
    place = stores.settlements.get(db, household.settlement_id or "")
    ids = {household.settlement_id, place.parent_id if place else None} - {None}
    rows = [row for row in stores.zone_orders.where(db, settlement_id=ids) if row.kind == kind]
    return max(rows, key=lambda row: row.from_on, default=None)
