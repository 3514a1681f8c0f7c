"""Gazetteers, as a workbook or as text."""

from __future__ import annotations

from pathlib import Path

from coordinator.exchange.incoming import ListKind
from tests.exchange.making import codes, read_book, read_rows

HEADERS = ["katottg", "pcode_adm4", "name_uk", "name_en", "type", "hromada", "raion", "oblast", "lat", "lon"]
HEADERS += ["population_prewar", "alt_names_cyrillic", "role"]
ONE = "UA63080110090045175"
OTHER = "UA63080070300027345"


def test_a_settlement_a_row_from_text(tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    row = (
        f"{ONE},UA6308011009,Зелене,Zelene,village,Лугова,Лісовий,Степова,49.68941,37.66433,2376,Зеленое|Зелёное,raion"
    )
    path.write_text(",".join(HEADERS) + "\n" + row + "\n", encoding="utf-8-sig")
    found = read_book(path)
    assert found.kind is ListKind.GAZETTEER
    (place,) = found.settlements
    assert (place.katottg, place.name, place.name_en, place.kind) == (ONE, "Зелене", "Zelene", "village")
    assert (place.hromada, place.raion, place.oblast) == ("Лугова", "Лісовий", "Степова")
    assert (place.lat, place.lon, place.population) == (49.68941, 37.66433, 2376)
    assert place.aliases == ("Зеленое", "Зелёное")
    assert (found.rows_read, place.row, found.list_on) == (1, 2, None)


def test_rows_without_a_code_or_a_name_are_set_aside(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        ["КАТОТТГ", "Назва", "Тип", "Широта", "Довгота"],
        [ONE, "Зелене", "село", "49,5", 37.5],
        ["UA63", "Коротке", "село", 49.5, 37.5],
        [ONE, "Ще раз", "село", 49.5, 37.5],
        [OTHER, None, "село", 49.5, 37.5],
    )
    assert [(place.lat, place.lon) for place in found.settlements] == [(49.5, 37.5)]
    assert codes(found.rejected) == [
        "import.katottg_unreadable",
        "import.katottg_twice",
        "import.no_settlement_name",
    ]


def test_half_a_coordinate_is_none(tmp_path: Path) -> None:
    found = read_rows(tmp_path, ["katottg", "name_uk", "lat", "lon"], [ONE, "Зелене", 149.5, 37.5])
    assert (found.settlements[0].lat, found.settlements[0].lon) == (None, None)
    assert codes(found.warnings) == ["import.degrees_unreadable"]
