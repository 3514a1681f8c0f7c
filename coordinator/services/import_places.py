"""Importing a gazetteer: settlements by their code, with the spellings they are known by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from coordinator.domain.names import clean, fold, sort_key
from coordinator.exchange.incoming import IncomingList, IncomingSettlement
from coordinator.exchange.report import Added, Entry, News, RowStatus
from coordinator.outcome import Touched
from coordinator.services.gazetteer import HROMADA_DIGITS, PCODE_DIGITS, estimates
from coordinator.services.writing import refresh_keys
from coordinator.session import Act
from db import stores
from db.connection import Database
from db.ids import new_id
from db.rows import SettlementAliasRow, SettlementRow


@dataclass(frozen=True, slots=True)
class PlacesPlan:
    """Settlement rows as they will stand; those in `known` change, the others are new."""

    entries: tuple[Entry, ...]
    settlements: tuple[SettlementRow, ...]
    aliases: tuple[SettlementAliasRow, ...]
    known: frozenset[str]
    warnings: tuple[()] = ()
    added: Added = Added()


class _Gazetteer:
    """The register's settlements as the file changes them."""

    def __init__(self, db: Database, source: str) -> None:
        self.source = source
        rows = stores.settlements.all(db)
        self.rows = {row.id: row for row in rows}
        self.known = frozenset(self.rows)
        self.hromadas = {row.katottg[:HROMADA_DIGITS]: row.hromada_code for row in rows if row.katottg}
        self.spellings: dict[str, set[str]] = {row.id: {fold(row.name)} for row in rows}
        for alias in stores.aliases.all(db):
            self.spellings.setdefault(alias.settlement_id, set()).add(fold(alias.name))
        self.by_code = {row.katottg: row.id for row in rows if row.katottg}
        self.by_name = {_name_key(row.name, row.hromada): row.id for row in rows if not row.katottg}
        self.changed: set[str] = set()
        self.aliases: list[SettlementAliasRow] = []

    def take(self, place: IncomingSettlement) -> Entry:
        code = place.katottg.strip().upper()
        found = self.by_code.get(code) if code else self.by_name.get(_name_key(place.name, place.hromada))
        old = self.rows[found] if found else None
        base = old or SettlementRow(
            new_id(), katottg=code or None, pcode=code[:PCODE_DIGITS],
            hromada_code=self.hromadas.get(code[:HROMADA_DIGITS], ""),
        )  # fmt: skip
        row = base._replace(**_values(place, base, self.source))
        spellings = [*self._keep(row, old), *self._add_aliases(row, place, old)]
        news = (*_news(old, row), *(News("alias", "", text) for text in spellings)) if old else ()
        status = RowStatus.ADDED if old is None else RowStatus.UPDATED if news else RowStatus.UNCHANGED
        return Entry(place.sheet, place.row, status, ((place.row, status),), row.name, row.hromada, news=news)

    def _keep(self, row: SettlementRow, old: SettlementRow | None) -> list[str]:
        """Put the row in; a former name stays as a spelling."""
        if row == old:
            return []
        self.rows[row.id] = row
        self.changed.add(row.id)
        self.spellings.setdefault(row.id, set()).add(fold(row.name))
        if row.katottg:
            self.by_code[row.katottg] = row.id
        else:
            self.by_name[_name_key(row.name, row.hromada)] = row.id
        if old is None or fold(old.name) == fold(row.name):
            return []
        self.aliases.append(SettlementAliasRow(new_id(), row.id, old.name, "former"))
        return [old.name]

    def _add_aliases(self, row: SettlementRow, place: IncomingSettlement, old: SettlementRow | None) -> list[str]:
        added = []
        for text in map(clean, place.aliases):
            if text and fold(text) not in self.spellings[row.id]:
                self.spellings[row.id].add(fold(text))
                self.aliases.append(SettlementAliasRow(new_id(), row.id, text, "import"))
                added.append(text)
        return added


def plan_places(db: Database, incoming: IncomingList) -> PlacesPlan:
    """Compare with the register's settlements; nothing is written."""
    gazetteer = _Gazetteer(db, incoming.file_name)
    entries = tuple(gazetteer.take(place) for place in incoming.settlements)
    for row in list(estimates(gazetteer.rows.values(), gazetteer.changed)):
        gazetteer.rows[row.id] = row
        gazetteer.changed.add(row.id)
    rows = tuple(row for key, row in gazetteer.rows.items() if key in gazetteer.changed)
    return PlacesPlan(entries, rows, tuple(gazetteer.aliases), gazetteer.known)


def write_places(act: Act, plan: PlacesPlan) -> None:
    stores.settlements.add(act.db, [row for row in plan.settlements if row.id not in plan.known])
    renamed = []
    for row in plan.settlements:
        if row.id in plan.known:
            old = stores.settlements.get(act.db, row.id)
            renamed += [row.id] if old is not None and old.name != row.name else []
            stores.settlements.replace(act.db, row)
    stores.aliases.add(act.db, plan.aliases)
    act.touch(Touched.PLACES)
    if renamed:
        # Households are found by the name of their settlement.
        homes = [home.id for home in stores.households.where(act.db, settlement_id=renamed)]
        refresh_keys(act.db, homes)
        act.touch(Touched.HOUSEHOLDS, *homes)


def _name_key(name: str, hromada: str) -> tuple[str, str]:
    return fold(name), fold(hromada)


def _values(place: IncomingSettlement, old: SettlementRow, source: str) -> dict[str, Any]:
    """What the row says; blanks say nothing. Coordinates replace an estimate; another population has another source."""
    texts = ("name", "name_en", "kind", "hromada", "raion", "oblast")
    values: dict[str, Any] = {name: clean(getattr(place, name)) for name in texts}
    values = {name: text for name, text in values.items() if text and fold(text) != fold(getattr(old, name))}
    if "name" in values:
        values["sort_key"] = sort_key(values["name"])
    if place.population is not None and place.population != old.population:
        values |= {"population": place.population, "population_source": source}
    if place.lat is not None and place.lon is not None:
        values |= {"lat": place.lat, "lon": place.lon, "estimated": False}
    return values


def _news(old: SettlementRow, row: SettlementRow) -> Iterator[News]:
    for name, before, after in zip(SettlementRow._fields, old, row, strict=True):
        if before != after and name != "sort_key":
            yield News(name, "" if before is None else str(before), "" if after is None else str(after))
