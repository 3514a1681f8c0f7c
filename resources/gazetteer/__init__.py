"""The gazetteer that the program ships: settlements of Kharkiv oblast and the cities people are taken to.

Columns, sources and licences: README.md beside this file. Stores and services turn the rows into places.
"""

import csv
from pathlib import Path

_FOLDER = Path(__file__).parent


def load_shipped() -> list[dict[str, str]]:
    """Every settlement, in the order of its code; empty text where a value is unknown."""
    return _read("settlements.csv")


def load_hromadas() -> list[dict[str, str]]:
    """Every hromada with its centre: code, name, raion, lat, lon (degrees), source."""
    return _read("hromadas.csv")


def _read(name: str) -> list[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
