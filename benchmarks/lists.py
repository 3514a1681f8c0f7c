"""A hromada's list of people as such lists come, at any length: invented people, the same for the same seed.

Title rows above the headers, the name in one cell (sometimes in capitals, as initials, or with a blank behind it),
births as days, as text or as a year, phones mostly as numbers, needs and notes in words, and now and then a family
entered twice. Address and phone stand only beside the first of a family and half of the time merged over the others,
or every cell of every row is filled: both ways are common. Texts are shared among cells as Excel itself saves them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from random import Random

import openpyxl
import xlsxwriter

from resources import gazetteer
from tests.domain.labelled_names import STREETS, men, surnames, women

HEADERS = (
    "№ з/п", "Прізвище, ім’я, по батькові", "Дата народження", "Стать", "Родинний зв’язок", "Громада",
    "Населений пункт", "Адреса проживання", "Контактний телефон", "Потреби / група інвалідності", "Тварини",
    "Документи", "Бажана дата виїзду", "Куди бажає виїхати", "Примітка",
)  # fmt: skip
LIST_DAY = date(2023, 8, 14)
_HEADER_ROW, _MERGED = 5, (7, 8)
_NEEDS = ("інв. візок", "лежача", "погано ходить, паличка", "інсулін", "інвалід 2 гр.", "погано чує", "вагітна")
_PETS = ("кіт", "собака (велика), 3 кішки", "2 коти", "корова")
_NOTES = ("відмова", "речі зібрані, готові", "вагаються", "чоловік залишається з матір’ю")
_WISHES = ("Полтава", "Харків", "до родичів, Дніпро", "байдуже")
_KIN = ("голова", "дружина", "син", "дочка")
_CODES = ("050", "066", "067", "095", "097", "099")

Value = str | float | datetime | None
Row = list[Value]
_NOTHING_TO_SAY: tuple[Value, ...] = (None,) * 9 + (
    "немає", "немає", "паспорт, ІПН", datetime(2023, 8, 20), "куди скажуть", "повідомити напередодні",
)  # fmt: skip


def write_list(path: Path, people: int, *, seed: int = 1, of_first: int = 0, filled: bool = False) -> None:
    """A workbook of so many people: `of_first` of the list of seed 1, typed by another hand, and then others.

    `filled`: no cell of any row is blank.
    """
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet("Список"), book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write(0, 0, "СПИСОК осіб, які потребують евакуації")
        sheet.write(1, 0, f"станом на {LIST_DAY:%d.%m.%Y}")
        sheet.write_row(_HEADER_ROW - 1, 0, HEADERS)
        merging, top = Random(seed), _HEADER_ROW
        for family in chain(_families(1, seed, of_first), _families(seed, seed, people - of_first)):
            for row, cells in enumerate(_filled(family) if filled else family, start=top):
                for column, value in enumerate([row - _HEADER_ROW + 1, *cells[1:]]):
                    if isinstance(value, datetime):
                        sheet.write_datetime(row, column, value, day)
                    elif value is not None:
                        sheet.write(row, column, value)
            if not filled and len(family) > 1 and merging.random() < 0.5:
                for column in _MERGED:
                    sheet.merge_range(top, column, top + len(family) - 1, column, family[0][column])
            top += len(family)


def write_inline(source: Path, path: Path) -> None:
    """The same cells as openpyxl, pandas and many programs write them: each text in its own cell, none shared."""
    book = openpyxl.Workbook(write_only=True)
    for sheet in openpyxl.load_workbook(source, read_only=True).worksheets:
        page = book.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            page.append(row)
    book.save(path)


def _filled(family: list[Row]) -> list[Row]:
    """What is said of the first holds for all; where nothing is to be said, that is said too."""
    head = [cell if cell is not None else said for cell, said in zip(family[0], _NOTHING_TO_SAY, strict=True)]
    return [
        [*cells[:7], *head[7:9], cells[9] or _NOTHING_TO_SAY[9], head[10] if kin == 0 else "немає", *head[11:]]
        for kin, cells in enumerate(family)
    ]


def _families(seed: int, hand: int, most: int) -> Iterator[list[Row]]:
    """Families of this seed as that hand types them, as many as `most` people."""
    typing = Random(hand * 1000 + seed)
    for family in _made(seed):
        if most <= 0:
            return
        yield [_typed(typing, cells) for cells in family[:most]]
        most -= len(family)


def _made(seed: int) -> Iterator[list[Row]]:
    chance, last, fathers, mothers = Random(seed), surnames(), men(), women()
    weights = [1 / (place + 20) for place in range(len(last))]
    places = [row for row in gazetteer.load_shipped() if row["katottg"].startswith("UA6308009")]
    made: list[list[Row]] = []
    for number in count():
        if number % 50 == 49:
            yield chance.choice(made)
            continue
        place = places[0] if chance.random() < 0.4 else chance.choice(places)
        surname, father = chance.choices(last, weights)[0], chance.choice(fathers)
        family = []
        for kin in range(chance.choice((1, 1, 2, 2, 3, 4))):
            female = kin % 2 == 1 if kin < 2 else chance.random() < 0.5
            given = chance.choice(mothers) if female else chance.choice(fathers)[0]
            parent = father if kin > 1 else chance.choice(fathers)
            name = f"{surname[female].ukrainian} {given.ukrainian} {parent[1 + female].ukrainian}"
            first, days = (1935, 25_000) if kin < 2 else (2006, 6_000)
            born = datetime(first, 1, 1) + timedelta(days=chance.randrange(days))
            person = [None, name, born, "ж" if female else "ч", _KIN[kin], place["hromada"], place["name_uk"]]
            family.append([*person, *_rest(chance, head=kin == 0)])
        made.append(family)
        yield family


def _rest(chance: Random, *, head: bool) -> Row:
    needs = chance.choice(_NEEDS) if chance.random() < 0.12 else None
    if not head:
        return [None, None, needs, None, "паспорт", None, None, None]
    flat = f", кв. {chance.randint(1, 90)}" if chance.random() < 0.5 else ""
    address = f"вул. {chance.choice(STREETS.split())}, {chance.randint(1, 150)}{flat}"
    return [
        address, float(f"38{chance.choice(_CODES)}{chance.randrange(10**7):07}"), needs,
        chance.choice(_PETS) if chance.random() < 0.3 else None, "паспорт",
        datetime(2023, 8, 15 + chance.randrange(9)) if chance.random() < 0.3 else None,
        chance.choice(_WISHES) if chance.random() < 0.4 else None,
        chance.choice(_NOTES) if chance.random() < 0.5 else None,
    ]  # fmt: skip


def _typed(chance: Random, cells: Row) -> Row:
    """As somebody typed it: capitals, initials, a blank at the end, another apostrophe, a year, a phone as text."""
    name, born, phone = str(cells[1]), cells[2], cells[8]
    how = chance.random()
    if how < 0.08:
        name = name.upper()
    elif how < 0.14:
        surname, given, patronymic = name.split()
        name = f"{surname} {given[0]}.{patronymic[0]}."
    elif how < 0.2:
        name += " "
    name = name.replace("'", chance.choice("'’ʼ`"))
    how = chance.random()
    if isinstance(born, datetime) and how < 0.35:
        born = f"{born:%d.%m.%Y}" if how < 0.2 else f"{born.year} р.н." if how < 0.28 else float(born.year)
    how = chance.random()
    if isinstance(phone, float) and how < 0.4:
        local = f"{phone:.0f}"[2:]
        spaced = f"{local[:3]} {local[3:6]}-{local[6:8]}-{local[8:]}"
        phone = spaced if how < 0.2 else f"8{local}" if how < 0.3 else float(local)
    return [None, name, born, *cells[3:8], phone, *cells[9:]]
