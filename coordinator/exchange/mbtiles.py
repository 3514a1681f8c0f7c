"""Pictures of a local map file to lie under the settlements. Nothing is ever fetched from a network.

MBTiles 1.3: an SQLite file with `tiles` (zoom_level, tile_column, tile_row counted from the south, tile_data) and
`metadata` (name, value). It is no register of ours and only read.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from coordinator.errors import UserError

DEEPEST = 22
LARGEST_TILE = 2_000_000
"""Bytes; a picture of 256 or 512 pixels is far smaller, and a damaged file shall not fill the memory."""
PICTURES = {"png", "jpg", "jpeg", "webp"}


class Tile(NamedTuple):
    """One picture: `x` from the west and `y` from the north, of 2 ** zoom each."""

    zoom: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class MapFile:
    """A map file that can be shown: between which zooms it has pictures, and whom it asks to be named."""

    path: Path
    lowest: int
    highest: int
    attribution: str


def open_map(path: Path) -> MapFile:
    """Look into a file; UserError "tiles.missing", "tiles.not_a_map", "tiles.no_pictures" (vector tiles, or empty)."""
    if not path.is_file():
        raise UserError("tiles.missing", file=path.name)
    try:
        with _reading(path) as db:
            about = {str(name): str(value) for name, value in db.execute("SELECT name, value FROM metadata")}
            lowest, highest = db.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
    except sqlite3.Error as error:
        raise UserError("tiles.not_a_map", file=path.name) from error
    pictures = about.get("format", "png").lower() in PICTURES
    if not pictures or not (isinstance(lowest, int) and isinstance(highest, int) and 0 <= lowest <= highest <= DEEPEST):
        raise UserError("tiles.no_pictures", file=path.name)
    return MapFile(path, lowest, highest, _plain(about.get("attribution", "")))


def read_tiles(file: MapFile, wanted: Iterable[Tile]) -> dict[Tile, bytes]:
    """The pictures that the file has of `wanted`; UserError "tiles.missing", "tiles.not_a_map"."""
    if not file.path.is_file():
        raise UserError("tiles.missing", file=file.path.name)
    query = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ? LIMIT 1"
    found = {}
    try:
        with _reading(file.path) as db:
            for tile in wanted:
                row = db.execute(query, (tile.zoom, tile.x, (1 << tile.zoom) - 1 - tile.y)).fetchone()
                if row and isinstance(row[0], bytes) and len(row[0]) <= LARGEST_TILE:
                    found[tile] = row[0]
    except sqlite3.Error as error:
        raise UserError("tiles.not_a_map", file=file.path.name) from error
    return found


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Read-only, and without the small files that SQLite lays beside what it may write to."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        db.execute("PRAGMA trusted_schema = 0")
        yield db


def _plain(text: str) -> str:
    """An attribution without the links that web maps write into it."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)).strip()
