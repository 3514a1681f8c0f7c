"""A local map file: its pictures by place, and every file that is none refused in a sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from coordinator.errors import UserError
from coordinator.exchange.mbtiles import Tile, open_map, read_tiles
from tests.exchange.making import map_file


def test_pictures_are_found_from_the_north_and_who_made_them_is_named(tmp_path: Path) -> None:
    file = open_map(map_file(tmp_path / "raion.mbtiles", {Tile(10, 618, 348): b"north", Tile(11, 0, 0): b"far"}))
    assert (file.lowest, file.highest, file.attribution) == (10, 11, "© OpenStreetMap contributors")
    assert read_tiles(file, [Tile(10, 618, 348), Tile(10, 618, 349)]) == {Tile(10, 618, 348): b"north"}
    assert [one.name for one in tmp_path.iterdir()] == ["raion.mbtiles"]


def test_what_cannot_be_shown_is_refused_and_said(tmp_path: Path) -> None:
    lines = map_file(tmp_path / "lines.mbtiles", {Tile(3, 1, 1): b"x"}, format="pbf")
    empty = map_file(tmp_path / "empty.mbtiles", {})
    text = tmp_path / "text.mbtiles"
    text.write_text("no database")
    other = tmp_path / "other.mbtiles"
    with closing(sqlite3.connect(other)) as db:
        db.execute("CREATE TABLE something (a)")
    cases = {
        lines: "tiles.no_pictures", empty: "tiles.no_pictures", text: "tiles.not_a_map", other: "tiles.not_a_map",
        tmp_path / "gone.mbtiles": "tiles.missing",
    }  # fmt: skip
    for path, code in cases.items():
        with pytest.raises(UserError) as told:
            open_map(path)
        assert (told.value.code, told.value.facts["file"]) == (code, path.name)


def test_a_file_pulled_out_while_it_is_shown_is_named(tmp_path: Path) -> None:
    path = map_file(tmp_path / "raion.mbtiles", {Tile(1, 0, 0): b"x"})
    file = open_map(path)
    path.unlink()
    with pytest.raises(UserError, match=r"tiles\.missing"):
        read_tiles(file, [Tile(1, 0, 0)])
