"""Lists of vehicles."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest

from coordinator.exchange.incoming import ListKind
from tests.exchange.making import codes, read_rows

HEADERS = ["Держномер", "Марка", "Місць для пасажирів", "Місць для візків", "Лежачих (нош)", "Броньований"]
PHONES = "050 111 22 33, 067 111 22 33"
HEADERS += ["Категорія", "Організація", "Водій", "Телефон водія", "Доступний з", "Доступний до"]


def test_a_vehicle_a_row(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        HEADERS,
        ["АХ 1234 ВС", "Sprinter", 8, 1, 0, "ні", "В", "Поміч", "Сорока Іван", 501112233, time(6, 0), "17:30"],
        ["AX 5678 EH", "LC200", "4+1", "так", None, "+", "B, C, D1", None, "Дрозд", PHONES, 0.25, 18],
        ["Всього", 2],
        titles=["Транспорт"],
    )  # fmt: skip
    first, second = found.vehicles
    assert found.kind is ListKind.FLEET
    assert found.list_on is None
    assert (first.plate, first.model, first.seats, first.wheelchair, first.stretcher) == (
        "AX1234BC",
        "Sprinter",
        8,
        1,
        0,
    )
    assert (first.armoured, first.licence, first.organisation, first.driver) == (False, "B", "Поміч", "Сорока Іван")
    assert first.driver_phone is not None
    assert first.driver_phone.e164 == "+380501112233"
    assert (first.available_from, first.available_until) == (time(6, 0), time(17, 30))
    assert (second.seats, second.wheelchair, second.armoured, second.licence) == (4, 1, True, "D1")
    assert second.note == "Категорія: B, C, D1; 067 111 22 33"
    assert (second.available_from, second.available_until) == (time(6, 0), time(18, 0))
    assert (found.rows_read, codes(found.skipped), found.rejected, found.warnings) == (
        3,
        ["import.skipped_total"],
        (),
        (),
    )


def test_vehicles_without_a_plate_or_twice_are_set_aside(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        HEADERS,
        [None, "Sprinter", 8],
        ["AX1234BC", "Sprinter", 8],
        ["ах-1234-вс", "Sprinter", 16],
    )
    assert [vehicle.seats for vehicle in found.vehicles] == [8]
    assert [(remark.code, remark.at.cell) for remark in found.rejected] == [
        ("import.no_plate", "B2"),
        ("import.plate_twice", "A4"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        (2, None, "import.no_seats"),
        (2, "багато", "import.places_unclear"),
        (5, "можливо", "import.mark_not_read"),
        (9, "12", "import.phone_unreadable"),
        (10, "зранку", "import.time_unreadable"),
    ],
)
def test_unreadable_cells_are_warned_and_the_vehicle_kept(
    tmp_path: Path, column: int, value: object, code: str
) -> None:
    row: list[object] = ["AX1234BC", "Sprinter", 8, 0, 0, "ні", "B", "Поміч", "Сорока", "0501112233", "6:00", "18:00"]
    row[column] = value
    found = read_rows(tmp_path, HEADERS, row)
    assert len(found.vehicles) == 1
    assert codes(found.warnings) == [code]


def test_hours_in_one_column_and_english_headers(tmp_path: Path) -> None:
    found = read_rows(
        tmp_path,
        ["Plate", "Make and model", "Passenger seats", "Driver", "Driver's phone", "Working hours"],
        ["AX1234BC", "Crafter", 8, "Soroka Ivan", "+380501112233", "06:00-18:30"],
    )
    (vehicle,) = found.vehicles
    assert (vehicle.available_from, vehicle.available_until) == (time(6, 0), time(18, 30))


def test_times_that_a_spreadsheet_gives_as_moments(tmp_path: Path) -> None:
    row = ["AX1234BC", "Crafter", 8, 0, 0, "ні", "B", "", "", "", datetime(2023, 8, 14, 6, 30), "24:00"]
    (vehicle,) = read_rows(tmp_path, HEADERS, row).vehicles
    assert (vehicle.available_from, vehicle.available_until) == (time(6, 30), time(23, 59))
