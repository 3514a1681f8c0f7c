"""Verbs on settlements: the name of today and former ones, published population with its source, coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from coordinator.domain.names import clean, fold, sort_key
from coordinator.errors import UserError
from coordinator.outcome import Outcome, Touched
from coordinator.queries.fleet import FORMER
from coordinator.services.writing import refresh_keys
from coordinator.session import Act, Session
from db import stores
from db.ids import new_id
from db.rows import SettlementAliasRow, SettlementRow


@dataclass(frozen=True, slots=True)
class SettlementEdit:
    """What may be said of a settlement; its codes are those of the codifier. `lat`, `lon` None: as known before."""

    id: str
    name: str
    former: tuple[str, ...] = ()
    population: int | None = None
    population_source: str = ""
    lat: float | None = None
    lon: float | None = None


def edit_settlement(session: Session, edit: SettlementEdit) -> Outcome[None]:
    """Change a settlement. After a renaming the old name is kept as a former one, and lists may go on using it.

    UserError "place.gone", "place.name_missing", "place.population", "place.coordinates".
    """
    _check(edit)
    with session.act("edit_settlement") as act:
        row = stores.settlements.get(act.db, edit.id)
        if row is None:
            raise UserError("place.gone")
        act.describe(settlement=row.name)
        name = clean(edit.name)
        stores.settlements.change(
            act.db, row.id, name=name, sort_key=sort_key(name), population=edit.population,
            population_source=clean(edit.population_source) if edit.population is not None else "",
        )  # fmt: skip
        if edit.lat is not None and (edit.lat, edit.lon) != (row.lat, row.lon):
            stores.settlements.change(act.db, row.id, lat=edit.lat, lon=edit.lon, estimated=False)
        former = list(edit.former) if fold(name) == fold(row.name) else [*edit.former, row.name]
        _set_former(act, row, [one for one in former if fold(one) != fold(name)])
        if name != row.name:
            refresh_keys(act.db, [home.id for home in stores.households.where(act.db, settlement_id=row.id)])
        act.touch(Touched.PLACES | Touched.HOUSEHOLDS if name != row.name else Touched.PLACES)
    return act.outcome(None)


def _check(edit: SettlementEdit) -> None:
    if not clean(edit.name):
        raise UserError("place.name_missing")
    if edit.population is not None and edit.population < 0:
        raise UserError("place.population", value=edit.population)
    if (edit.lat is None) != (edit.lon is None):
        raise UserError("place.coordinates")
    if edit.lat is not None and edit.lon is not None and not (-90 <= edit.lat <= 90 and -180 <= edit.lon <= 180):
        raise UserError("place.coordinates")


def _set_former(act: Act, row: SettlementRow, names: Iterable[str]) -> None:
    wanted = {fold(name): clean(name) for name in names if clean(name)}
    there = {fold(alias.name): alias.id for alias in stores.aliases.where(act.db, settlement_id=row.id, source=FORMER)}
    stores.aliases.remove(act.db, [there[key] for key in there.keys() - wanted.keys()])
    fresh = [SettlementAliasRow(new_id(), row.id, name, FORMER) for key, name in wanted.items() if key not in there]
    stores.aliases.add(act.db, fresh)
