"""Verbs on shelling: what was hit, where and when; and which streets lie next to each other."""

from __future__ import annotations

from datetime import datetime

from coordinator.domain.addresses import street_key
from coordinator.domain.days import kyiv
from coordinator.domain.names import clean
from coordinator.domain.shelling import MOST_HOUSES, Incident, Severity
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.streets import as_known, streets_of
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import IncidentRow, SettlementRow, StreetLinkRow


def record_incident(session: Session, incident: Incident) -> Outcome[str]:
    """Enter an incident; its street gets the spelling that the register knows. Returns its id.

    UserError "place.gone", "incident.future", "incident.houses".
    """
    _check(incident)
    with session.act("record_incident") as act:
        row = _row(act, incident, new_id())
        stores.incidents.add(act.db, [row._replace(recorded_at=act.now, recorded_by=act.user)])
        act.touch(Touched.SHELLING)
    return act.outcome(row.id)


def correct_incident(session: Session, incident: Incident) -> Outcome[str]:
    """Change what is known of an incident; who entered it first stays. UserError "incident.gone", and as recording."""
    _check(incident)
    with session.act("correct_incident") as act:
        old = stores.incidents.get(act.db, incident.id or "")
        if old is None:
            raise UserError("incident.gone")
        row = _row(act, incident, old.id)
        stores.incidents.replace(act.db, row._replace(recorded_at=old.recorded_at, recorded_by=old.recorded_by))
        act.touch(Touched.SHELLING)
    return act.outcome(old.id)


def withdraw_incident(session: Session, incident_id: str) -> Outcome[None]:
    """Take an incident out that did not happen, or was entered twice. UserError "incident.gone"."""
    with session.act("withdraw_incident") as act:
        old = stores.incidents.get(act.db, incident_id)
        if old is None:
            raise UserError("incident.gone")
        _describe(act, _place(act, old.settlement_id), old.street, old.occurred_at)
        stores.incidents.remove(act.db, [incident_id])
        act.touch(Touched.SHELLING)
    return act.outcome(None)


def link_streets(session: Session, settlement_id: str, street: str, others: frozenset[str]) -> Outcome[int]:
    """Say which streets lie next to `street`: those whose keys are `others`, and no other ones.

    Returns how many links came or went. UserError "place.gone", "street.missing".
    """
    key = street_key(street)
    if not key:
        raise UserError("street.missing")
    with session.act("link_streets") as act:
        place = _place(act, settlement_id)
        act.describe(settlement=place.name, street=as_known(streets_of(act.db, settlement_id), street))
        wanted = {(min(key, other), max(key, other)) for other in others - {key, ""}}
        rows = stores.street_links.where(act.db, settlement_id=place.id)
        there = {(row.first, row.second): row.id for row in rows if key in (row.first, row.second)}
        stores.street_links.remove(act.db, [there[pair] for pair in there.keys() - wanted])
        fresh = [StreetLinkRow(new_id(), place.id, first, second) for first, second in sorted(wanted - there.keys())]
        stores.street_links.add(act.db, fresh)
        act.touch(Touched.SHELLING)
    return act.outcome(len(there.keys() ^ wanted))


def _check(incident: Incident) -> None:
    houses = incident.houses_hit
    if houses is not None and not 0 <= houses <= MOST_HOUSES:
        raise UserError("incident.houses", value=houses, most=MOST_HOUSES)


def _row(act: Act, incident: Incident, incident_id: str) -> IncidentRow:
    if incident.occurred_at > act.now:
        raise UserError("incident.future", when=incident.occurred_at)
    place = _place(act, incident.settlement_id)
    street = as_known(streets_of(act.db, place.id), incident.street)
    _describe(act, place, street, incident.occurred_at)
    return IncidentRow(
        id=incident_id,
        settlement_id=place.id,
        street=street,
        occurred_at=incident.occurred_at,
        severity=int(Severity(incident.severity)),
        houses_hit=incident.houses_hit,
        source=clean(incident.source),
        house=clean(incident.house),
        note=clean(incident.note),
    )


def _describe(act: Act, place: SettlementRow, street: str, when: datetime) -> None:
    act.describe(settlement=place.name, street=street, when=f"{kyiv(when):%d.%m.%Y %H:%M}")


def _place(act: Act, settlement_id: str) -> SettlementRow:
    place = stores.settlements.get(act.db, settlement_id)
    if place is None:
        raise UserError("place.gone")
    return place
