"""A gazetteer: settlements with KATOTTG codes, coordinates and other names, a settlement a row."""

from __future__ import annotations

import re

from coordinator.domain.names import clean
from coordinator.exchange.figures import read_number
from coordinator.exchange.harvest import Harvest, reject
from coordinator.exchange.incoming import IncomingSettlement
from coordinator.exchange.layout import Table, is_blank, meaningful
from coordinator.exchange.rows import RowKind, filled_rows, odd_cells, skipped
from coordinator.exchange.values import shown

_KATOTTG = re.compile(r"UA\d{17}")
"""19 characters (DOMAIN: places)."""


def read_gazetteer(table: Table) -> Harvest:
    """Settlements of one sheet. Rows without a code or name, or with a code that stands above, are rejected."""
    harvest = Harvest()
    codes: set[str] = set()
    used: set[int] = set()
    for row in filled_rows(table):
        harvest.rows_read += 1
        if row.kind is not RowKind.DATA:
            harvest.skipped.append(skipped(table, row))
            continue
        code = re.sub(r"\s", "", shown(table.own(row.index, "katottg"))).upper().translate(str.maketrans("ИА", "UA"))
        if not _KATOTTG.fullmatch(code):
            harvest.rejected.append(table.remark("import.katottg_unreadable", row.index, "katottg"))
        elif code in codes:
            harvest.rejected.append(table.remark("import.katottg_twice", row.index, "katottg"))
        elif not meaningful(table.own(row.index, "name")):
            reject(table, row.index, "import.no_settlement_name", harvest)
        else:
            codes.add(code)
            used.add(row.index)
            harvest.settlements.append(_settlement(table, row.index, code, harvest))
    harvest.warnings += odd_cells(table, used)
    return harvest


def _settlement(table: Table, row: int, code: str, harvest: Harvest) -> IncomingSettlement:
    name = shown(table.own(row, "name"))
    lat, lon = _degrees(table, row, "lat", 90, harvest), _degrees(table, row, "lon", 180, harvest)
    both = lat is not None and lon is not None
    population = read_number(table.own(row, "population"))
    others = [clean(part) for part in re.split(r"[|;,\n]", shown(table.own(row, "aliases")))]
    return IncomingSettlement(
        sheet=table.sheet.name,
        row=row + 1,
        katottg=code,
        name=name,
        name_en=table.text(row, "name_en"),
        kind=table.text(row, "kind"),
        hromada=table.text(row, "hromada"),
        raion=table.text(row, "raion"),
        oblast=table.text(row, "oblast"),
        lat=lat if both else None,
        lon=lon if both else None,
        population=int(population) if population is not None and population >= 0 else None,
        aliases=tuple(dict.fromkeys(part for part in others if part and part != name)),
    )


def _degrees(table: Table, row: int, key: str, limit: float, harvest: Harvest) -> float | None:
    """Degrees within ±limit; anything else is warned about and left out."""
    value = table.own(row, key)
    if is_blank(value):
        return None
    number = read_number(value)
    if number is None or abs(number) > limit:
        harvest.warnings.append(table.remark("import.degrees_unreadable", row, key))
        return None
    return number
