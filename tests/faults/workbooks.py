"""Lists of invented people as workbooks, big enough that an import lasts."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

_HEADER = ("№ з/п", "Прізвище, ім’я, по батькові", "Дата народження", "Адреса проживання", "Телефон", "Примітка")
_GIVEN = ("Олена Іванівна", "Марко Петрович", "Ганна Іллівна", "Остап Олегович", "Віра Семенівна")
_FAMILIES = ("Приклад", "Зразок", "Взірець", "Тестовий", "Уявний", "Вигаданий", "Пробний", "Навчальний")


def people_list(path: Path, version: int, families: int = 60) -> Path:
    """A hromada's list of `families` with two people each; a later `version` has other notes and a few more."""
    rows = []
    for number in range(families + 5 * version):
        surname = f"{_FAMILIES[number % len(_FAMILIES)]}-{_FAMILIES[number // len(_FAMILIES) % len(_FAMILIES)]}"
        address, phone = f"вул. Садова, {number + 1}", f"050 {200 + number // 100} {number % 100:02d} 11"
        note = "речі зібрані, готові" if (number + version) % 3 else "вагаються"
        rows.append((surname + " " + _GIVEN[number % 5], 1950 + number % 50, address, phone, note))
        rows.append((surname + " " + _GIVEN[(number + 1) % 5], 2010 + number % 10, "", "", ""))
    titles = [("СПИСОК",), ("осіб, які потребують евакуації, Ківшарівка",), (f"станом на 1{4 + version}.08.2023",), ()]
    return _book(path, "Ківшарівка", [*titles, _HEADER, *((at + 1, *row) for at, row in enumerate(rows))])


def hotline_list(path: Path, calls: int = 40) -> Path:
    """A log of calls; every other one is of a family of the people list."""
    header = ("Дата заявки", "ФИО", "Населенный пункт", "Улица", "дом", "тел.", "Кол-во человек", "Комментарий")
    rows = [
        ("13.08.2023", f"{_FAMILIES[at % 8]} {_GIVEN[at % 5]}", "Ківшарівка", ("Миру", "Садова")[at % 2], str(at + 1),
         f"050 {200 + at // 100} {at % 100:02d} 1{at % 2}", 2, "вагаються")
        for at in range(calls)
    ]  # fmt: skip
    return _book(path, "заявки", [header, *rows])


def _book(path: Path, title: str, rows: list[tuple[object, ...]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(title)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return path
