"""Headers in three languages, and those of our own workbooks."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from coordinator.exchange.exports import household_columns, people_columns
from coordinator.exchange.headers import column_of, columns_in, header_key, recognised_kind
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.out_day import fleet_columns
from coordinator.exchange.writing import Column
from resources.i18n import LANGUAGES, catalogue

FAMILY = {
    "number": "№ з/п|№|№ п/п|N п/п|No.",
    "household_no": "№ родини|Household No.|номер сім'ї",
    "full_name": "Прізвище, ім’я, по батькові|ПІБ|П.І.Б.|Ф.И.О.|Фамилия Имя Отчество|Full name|Name|Заявник",
    "surname": "Прізвище|Фамилия|Surname|Last name",
    "given": "Ім'я|Iм’я|Имя|Given name|First name",
    "patronymic": "По батькові|Отчество|Patronymic",
    "birth": "Дата народження|Дата рождения|д.р.|дата нар.|Date of birth|Birth date",
    "birth_year": "Рік народження|Год рождения|Year of birth|рік нар.",
    "age": "Вік|Возраст|Age",
    "sex": "Стать|Пол|Sex|Gender",
    "address": "Адреса проживання|Адреса фактичного проживання|Адрес|Место жительства|Address|Звідки",
    "street": "Вулиця|Улица|Street",
    "house": "Будинок|буд.|дом|№ будинку|House",
    "flat": "Кв.|кв|Квартира|Flat|Apartment",
    "settlement": "Населений пункт|н/п|Населённый пункт|Settlement|Село",
    "hromada": "Громада|Hromada",
    "phone": "Контактний телефон|Номер телефону|тел.|Моб. тел.|Телефон 2|Phone",
    "needs": "Потреби / група інвалідності|Особливі потреби|Needs|Стан здоров'я",
    "disability": "Група інвалідності|Інвалідність|Инвалидность",
    "wheelchair": "Візок|Коляска|Осіб на візках|Wheelchair",
    "stretcher": "Лежачі|Лежачие|Кількість лежачих|Stretcher",
    "people": "Кількість осіб|К-сть людей|Кол-во человек|Кількість членів сім'ї|Number of people|People",
    "children": "з них дітей|из них детей|в т.ч. дітей|Кількість дітей|Дітей|of whom children|Children",
    "adults": "Дорослих|Взрослых|Adults",
    "pets": "Тварини|Животные|Pets",
    "destination": "Куди|Куда|Destination|Where to",
    "note": "Примітка|Примечание|Коментар|Комментарий|Note|Comments|Прим.|Члени сім'ї (ПІБ, рік народження)",
    "requested_on": "Дата заявки|Дата звернення|Date of request|Позначка часу|Дата",
    "wants_on": "Бажана дата виїзду|Коли забрати|Wants pickup on",
    "decision": "Рішення|Статус|Decision",
    "relation": "Родинний зв'язок|Ступінь спорідненості|Relation to the head",
    "escort": "ПІБ супроводжуючого|Escort of the child",
    "documents": "Паспортні дані|РНОКПП",
    "registered_address": "Адреса реєстрації|Адрес прописки",
}
"""Column -> headers as they are met."""

OWN = {"birth_on": "birth", "head": "full_name", "household": "household_no", "member": "member_no"}
OWN |= {"phones": "phone", "left_on": "evacuation_date", "requested_at": "requested_on"}
OWN_FLEET = {"phone": "driver_phone", "from": "available_from", "until": "available_until"}


@pytest.mark.parametrize("key", FAMILY)
def test_headers_of_families(key: str) -> None:
    for header in FAMILY[key].split("|"):
        assert column_of(header_key(header), ListKind.PEOPLE) == key, header


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("ПІБ|Дата народження|Адреса", ListKind.PEOPLE),
        ("Дата народження|Стать|Адреса|Телефон", ListKind.PEOPLE),
        ("№|ПІБ", ListKind.PEOPLE),
        ("ПІБ|Телефон|Кількість осіб", ListKind.REQUESTS),
        ("Дата звернення|ПІБ|Телефон|Адреса", ListKind.REQUESTS),
        ("Держномер|Марка|Місць", ListKind.FLEET),
        ("Plate|Driver", ListKind.FLEET),
        ("katottg|name_uk|lat|lon", ListKind.GAZETTEER),
        ("Дата|Громада|P-code|Населений пункт|КАТОТТГ|Жінки|Діти 0-17", None),
        ("ПІБ", None),
        ("Телефон|Примітка", None),
        ("Назва|Ціна|Сума", None),
        ("", None),
    ],
)
def test_kinds(headers: str, kind: ListKind | None) -> None:
    assert recognised_kind([header_key(header) for header in headers.split("|")]) is kind


def test_doubled_headers_keep_all_places() -> None:
    assert columns_in(["піб", "телефон", "телефон"], ListKind.PEOPLE) == {"full_name": (0,), "phone": (1, 2)}


def test_long_texts_and_numbers_are_no_headers() -> None:
    assert [header_key(value) for value in ("ПІБ " * 40, 5.0, None)] == ["", "", ""]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("columns", "kind", "keys"),
    [
        (people_columns(), ListKind.PEOPLE, OWN),
        (household_columns(), ListKind.REQUESTS, OWN),
        (fleet_columns(), ListKind.FLEET, OWN_FLEET),
    ],
    ids=["people", "households", "fleet"],
)
def test_our_own_workbooks_are_recognised(
    columns: Sequence[Column], kind: ListKind, keys: dict[str, str], language: str
) -> None:
    titles = [header_key(catalogue(language).gettext(column.title)) for column in columns]
    assert recognised_kind(titles) is kind
    named = {column.key: column_of(title, kind) for column, title in zip(columns, titles, strict=True)}
    assert named == {column.key: keys.get(column.key, column.key) for column in columns}
