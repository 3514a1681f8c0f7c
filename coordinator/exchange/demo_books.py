"""Workbooks of invented people in the shape in which lists arrive: for training and for trying an import.

A hromada's list has a sheet for each settlement with title rows, merged addresses and a total; the hotline's
log has a row for each call and Russian headers; the fleet's list a row for each vehicle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from coordinator.domain.fleet import Vehicle
from coordinator.errors import UserError
from db.files import replacing

Value = str | int | float | date | datetime | time | None

_PEOPLE_HEADERS = (
    "№ з/п", "Прізвище, ім’я, по батькові", "Дата народження", "Адреса проживання", "Контактний телефон", "Стать",
    "Потреби / група інвалідності", "Тварини", "Примітка",
)  # fmt: skip
_REQUEST_HEADERS = (
    "Дата заявки", "Фамилия Имя Отчество", "Населенный пункт", "Улица", "дом", "кв", "тел.", "Кол-во человек",
    "из них детей", "Лежачие", "Коляска", "Животные", "Куда", "Комментарий",
)  # fmt: skip
_FLEET_HEADERS = (
    "Держномер", "Марка", "Місць для пасажирів", "Місць для візків", "Лежачих (нош)", "Броньований", "Категорія",
    "Організація", "Водій", "Телефон водія", "Доступний з", "Доступний до",
)  # fmt: skip
_COVER = "Навчальний список: усі люди вигадані. Оновлюється щопонеділка."
_HEADER_ROW = 4
_ADDRESS, _PHONE, _PETS, _NOTE = 3, 4, 7, 8
_WIDTHS = {1: 34, 2: 14, 3: 30, 4: 20, 6: 26, 7: 18, 8: 34}


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One row of a hromada's list; `born` as a date, a text or only a year."""

    name: str
    born: Value
    sex: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdBlock:
    """The rows of a household. `merged`: address and phone are one cell; otherwise the rows below are blank."""

    address: str
    phone: Value
    people: tuple[PersonLine, ...]
    pets: str = ""
    note: str = ""
    merged: bool = True


@dataclass(frozen=True, slots=True)
class SettlementSheet:
    settlement: str
    blocks: tuple[HouseholdBlock, ...]


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One call to the hotline; `came` in Kyiv time without a zone, as a workbook keeps it."""

    came: datetime
    name: str
    settlement: str
    street: str
    house: str
    flat: str
    phone: Value
    people: int
    children: int = 0
    stretcher: int = 0
    wheelchair: int = 0
    pets: str = ""
    where: str = ""
    comment: str = ""


def write_people_list(path: Path, as_of: date, sheets: Sequence[SettlementSheet]) -> None:
    """A hromada's list: a cover, then a sheet for each settlement. UserError "export.cannot_write"."""

    def fill(book: Any) -> None:
        book.add_worksheet("Довідка").write_string(0, 0, _COVER)
        for sheet in sheets:
            _settlement(book, book.add_worksheet(sheet.settlement[:31]), sheet, as_of)

    _write(path, fill)


def write_requests(path: Path, lines: Iterable[RequestLine]) -> None:
    """The hotline's log, a household a row. UserError "export.cannot_write"."""

    def fill(book: Any) -> None:
        page, cells = book.add_worksheet("заявки"), _Cells(book)
        cells.row(page, 0, _REQUEST_HEADERS, bold=True)
        for row, x in enumerate(lines, start=1):
            counts = (x.children or None, x.stretcher or None, x.wheelchair or None)
            values = (x.came, x.name, x.settlement, x.street, x.house, x.flat, x.phone, x.people, *counts)
            cells.row(page, row, (*values, x.pets, x.where, x.comment))
        page.set_column(0, len(_REQUEST_HEADERS) - 1, 16)

    _write(path, fill)


def write_fleet_list(path: Path, vehicles: Iterable[Vehicle]) -> None:
    """Vehicles and drivers, a vehicle a row. UserError "export.cannot_write"."""

    def fill(book: Any) -> None:
        page, cells = book.add_worksheet("Транспорт"), _Cells(book)
        cells.row(page, 0, _FLEET_HEADERS, bold=True)
        for row, v in enumerate(vehicles, start=1):
            places = (v.seats, v.wheelchair, v.stretcher, "так" if v.armoured else "ні")
            hours = (_clock(v.available_from), _clock(v.available_until))
            cells.row(page, row, (v.plate, v.model, *places, v.licence, v.organisation, v.driver, v.phone, *hours))
        page.set_column(0, len(_FLEET_HEADERS) - 1, 16)

    _write(path, fill)


def _settlement(book: Any, page: Worksheet, sheet: SettlementSheet, as_of: date) -> None:
    cells, last = _Cells(book), len(_PEOPLE_HEADERS) - 1
    page.merge_range(0, 0, 0, last, "СПИСОК", cells.title)
    page.merge_range(1, 0, 1, last, f"осіб, які потребують евакуації, {sheet.settlement}", cells.title)
    page.write_string(2, 0, f"станом на {as_of:%d.%m.%Y}")
    cells.row(page, _HEADER_ROW, _PEOPLE_HEADERS, bold=True)
    row, first = _HEADER_ROW + 1, _HEADER_ROW + 1
    for block in sheet.blocks:
        _block(page, cells, block, row, row - first + 1)
        row += len(block.people)
    cells.row(page, row, ("Всього:",))
    page.write_formula(row, 1, f"=COUNTA(B{first + 1}:B{row})", None, row - first)
    cells.row(page, row + 2, (None, "Староста ______________"))
    for column, width in _WIDTHS.items():
        page.set_column(column, column, width)


def _block(page: Worksheet, cells: _Cells, block: HouseholdBlock, row: int, number: int) -> None:
    last = row + len(block.people) - 1
    if block.merged and last > row:
        for column in (_ADDRESS, _PHONE):
            page.merge_range(row, column, last, column, "", cells.plain)
    for place, person in enumerate(block.people):
        own = (number + place, person.name, person.born)
        cells.row(page, row + place, own)
        cells.row(page, row + place, (person.sex, person.needs), start=5)
    for column, value in ((_ADDRESS, block.address), (_PHONE, block.phone), (_PETS, block.pets), (_NOTE, block.note)):
        cells.row(page, row, (value,), start=column)


def _clock(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)


class _Cells:
    """Writes values by their type, text always as text."""

    def __init__(self, book: Any) -> None:
        self.plain = book.add_format({"valign": "top"})
        self.title = book.add_format({"bold": True, "align": "center"})
        self._bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        self._day = book.add_format({"num_format": "dd.mm.yyyy", "align": "left"})
        self._moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        self._time = book.add_format({"num_format": "hh:mm"})

    def row(self, page: Any, row: int, values: Iterable[Value], *, start: int = 0, bold: bool = False) -> None:
        for column, value in enumerate(values, start=start):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(row, column, value, self._bold if bold else self.plain)
            elif isinstance(value, (date, time)):
                page.write_datetime(row, column, value, self._format(value))
            else:
                page.write_number(row, column, value, self.plain)

    def _format(self, value: date | time) -> Any:
        if isinstance(value, datetime):
            return self._moment
        return self._day if isinstance(value, date) else self._time


def _write(path: Path, fill: Callable[[Any], None]) -> None:
    """Write the workbook whole, or leave what was there."""
    try:
        with replacing(path) as draft:
            book = xlsxwriter.Workbook(str(draft), {"strings_to_formulas": False})
            fill(book)
            book.close()
    except (OSError, xlsxwriter.exceptions.FileCreateError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UserError("export.cannot_write", path=str(path), reason=reason) from fault
