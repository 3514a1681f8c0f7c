"""The workbooks of the stories, as a hromada, the hotline and the fleet would send them. Invented people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

PEOPLE_HEADER = ["№ з/п", "Прізвище, ім’я, по батькові", "Дата народження", "Адреса проживання", "Телефон", "Стать",
                 "Потреби", "Тварини", "Примітка"]  # fmt: skip
PEOPLE = [
    [1, "Приклад Олена Іванівна", 1986, "вул. Садова, 12", 380501110001, "ж", None, "кіт", "речі зібрані, готові"],
    [2, "Приклад Марко Петрович", "01.03.2012", None, None, "ч", None, None, None],
    [3, "Зразок Ганна Іллівна", "1941 р.н.", "вул. Миру, 3, кв. 4", "050 111 00 02", "ж", "візок", None, "готові"],
    [4, "Взірець Іван Петрович", 1955, "вул. Лісова, 7", 380501110003, "ч", "лежачий", None, "вагаються"],
    [5, "Зразковий Петро Ілліч", 1970, "вул. Лісова, 9", "80501110004", "ч", None, None, "відмова"],
]
REQUESTS = [
    ["Дата заявки", "ФИО", "Населенный пункт", "Улица", "дом", "тел.", "Кол-во человек", "из них детей", "Лежачие",
     "Комментарий"],
    ["12.08.2023", "Приклад Олена Іванівна", "Ківшарівка", "Садова", "12", "0501110001", 2, 1, None, None],
    ["13.08.2023", "Марія", "Ковшаровка", "Шкільна", "5", "050 111 00 05", 4, 2, None, None],
    ["13.08.2023", "Тест Олег Олегович", "Курилівка", "Миру", "1", "050 111 00 06", 1, None, 1, None],
]  # fmt: skip
FLEET = [
    ["Держномер", "Марка", "Місць для пасажирів", "Місць для візків", "Лежачих (нош)", "Категорія", "Водій",
     "Телефон водія", "Доступний з", "Доступний до"],
    ["AX0001TT", "Sprinter", 8, 1, 0, "B", "Водій Перший", "0502220001", "06:00", "18:00"],
    ["AX0002TT", "Ford (швидка)", 3, 0, 1, "B", "Водій Другий", "0502220002", "06:00", "18:00"],
]  # fmt: skip


def people_list(folder: Path) -> Path:
    """One sheet with title rows, five people of four households, a total and a signature."""
    titles = [["СПИСОК"], ["осіб, які потребують евакуації, Ківшарівка"], ["станом на 14.08.2023"], []]
    below = [[], ["Всього:", len(PEOPLE)], ["Староста ____________"]]
    return _book(folder / "hromada.xlsx", "Ківшарівка", [*titles, PEOPLE_HEADER, *PEOPLE, *below])


def requests(folder: Path) -> Path:
    """Three calls; the first is a family of the people list."""
    return _book(folder / "hotline.xlsx", "заявки", REQUESTS)


def fleet(folder: Path) -> Path:
    return _book(folder / "fleet.xlsx", "Транспорт", FLEET)


def _book(path: Path, title: str, rows: Sequence[Sequence[Any]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path
