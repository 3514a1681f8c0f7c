"""Small lists that the tests make: raw sheets by hand, and workbooks on disk."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import xlsxwriter

from coordinator.exchange.incoming import IncomingList
from coordinator.exchange.mbtiles import Tile
from coordinator.exchange.reading import RawSheet, read_workbook
from coordinator.exchange.understand import understand

LIST_DAY = date(2023, 8, 14)
PEOPLE_HEADERS = ["№ з/п", "ПІБ", "Дата народження", "Адреса", "Телефон", "Стать", "Потреби", "Тварини", "Примітка"]
REQUEST_HEADERS = ["Дата заявки", "ПІБ", "Населений пункт", "Вулиця", "Будинок", "Кв.", "Телефон", "Кількість людей"]
REQUEST_HEADERS += ["з них дітей", "Лежачі", "Візок", "Коментар"]


def raw_sheet(
    rows: Sequence[Sequence[object]], name: str = "Подоли", merged: Sequence[tuple[int, int, int, int]] = ()
) -> RawSheet:
    """Rows as calamine would give them: numbers as floats, equal widths."""
    width = max((len(row) for row in rows), default=0)
    cells = [[_cell(value) for value in row] + [None] * (width - len(row)) for row in rows]
    return RawSheet(name, cells, merged=tuple(merged))  # type: ignore[arg-type]


def _cell(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def read_sheets(tmp_path: Path, *sheets: RawSheet, day: date = LIST_DAY) -> IncomingList:
    """What is understood of raw sheets; the file itself is a stand-in."""
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"stand-in")
    return understand(path, list(sheets), day)


def read_rows(
    tmp_path: Path,
    headers: Sequence[str],
    *rows: Sequence[object],
    titles: Sequence[str] = (),
    name: str = "Подоли",
    merged: Sequence[tuple[int, int, int, int]] = (),
) -> IncomingList:
    """One sheet: titles, headers, rows. `merged` counts from 0 in the whole sheet."""
    table = [[title] for title in titles] + [list(headers)] + [list(row) for row in rows]
    return read_sheets(tmp_path, raw_sheet(table, name, merged))


def write_book(
    path: Path,
    sheets: Mapping[str, Sequence[Sequence[object]]],
    shape: Callable[[xlsxwriter.Workbook], None] | None = None,
    **options: object,
) -> Path:
    """A workbook on disk. Dates get a date format; `shape` may add what rows cannot say."""
    book = xlsxwriter.Workbook(str(path), options)
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, (date, datetime)):
                    page.write_datetime(line, column, value, day)
                elif value is not None:
                    page.write(line, column, value)
    if shape:
        shape(book)
    book.close()
    return path


def read_book(path: Path, day: date = LIST_DAY) -> IncomingList:
    return understand(path, read_workbook(path), day)


def changed_part(source: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one part of its archive rewritten."""
    kept = BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    source.write_bytes(kept.getvalue())
    return source


def addresses(found: IncomingList) -> list[str]:
    return [household.address.text for household in found.households]


def sizes(found: IncomingList) -> list[int]:
    return [len(household.people) for household in found.households]


def codes(remarks: Sequence[object]) -> list[str]:
    return [remark.code for remark in remarks]  # type: ignore[attr-defined]


def map_file(path: Path, tiles: Mapping[Tile, bytes], **about: str) -> Path:
    """An MBTiles file with these pictures; `about` replaces what its metadata say."""
    said = {"format": "png", "attribution": '© <a href="https://osm.org">OpenStreetMap</a> contributors', **about}
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE metadata (name text, value text)")
        db.execute("CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        rows = [(one.zoom, one.x, (1 << one.zoom) - 1 - one.y, data) for one, data in tiles.items()]
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        db.commit()
    return path
