"""Where people live: settlements, streets, orders, curfews."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class SettlementRow(NamedTuple):
    id: str
    katottg: str | None = None
    pcode: str = ""
    name: str = ""
    name_en: str = ""
    kind: str = ""
    hromada: str = ""
    hromada_code: str = ""
    raion: str = ""
    oblast: str = ""
    lat: float | None = None
    lon: float | None = None
    estimated: bool = False
    population: int | None = None
    population_source: str = ""
    parent_id: str | None = None
    sort_key: str = ""


class SettlementAliasRow(NamedTuple):
    id: str
    settlement_id: str
    name: str
    source: str = ""


class ZoneOrderRow(NamedTuple):
    """An evacuation order for a settlement: kind "mandatory" or "forced", dated, with its source."""

    id: str
    settlement_id: str
    kind: str
    from_on: date
    until_on: date | None = None
    source: str = ""


class CurfewRow(NamedTuple):
    """Minutes after midnight: from `starts` in the evening to `ends` in the morning."""

    id: str
    hromada: str
    from_on: date
    until_on: date | None
    starts: int
    ends: int
    source: str = ""


class StreetRow(NamedTuple):
    id: str
    settlement_id: str
    name: str
    sort_key: str = ""


class StreetLinkRow(NamedTuple):
    """Two streets of a settlement that lie next to each other, by their folded names."""

    id: str
    settlement_id: str
    first: str
    second: str
