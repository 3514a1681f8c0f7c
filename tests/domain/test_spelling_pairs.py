"""One person in three spellings is found; relatives with like names are never called certain."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.duplicates import Record, find_pairs
from coordinator.domain.household import Address
from coordinator.domain.names import split_name
from coordinator.domain.people_pairs import CROWD, POSSIBLE, PersonPair, PersonRecord, find_people_pairs
from coordinator.domain.person import Birth
from coordinator.domain.person_evidence import Degree

HOME, AWAY = Address("Садова", "12"), Address("Лісова", "7")
PHONE, OTHER_PHONE = "+380501234567", "+380671234567"


def born(text: str) -> Birth:
    """ "1975", "1975-05-12" or nothing."""
    if len(text) == 4:
        return Birth(year=int(text))
    return Birth(on=date.fromisoformat(text)) if text else Birth()


def person(
    key: str, name: str, birth: str = "", *, at: Address = HOME, phone: str = PHONE, place: str | None = "town"
) -> PersonRecord:
    return PersonRecord(key, split_name(name), born(birth), frozenset({phone} if phone else ()), place, at)


def only(one: PersonRecord, other: PersonRecord) -> PersonPair | None:
    found = find_people_pairs([one], [other])
    assert len(found) < 2
    return found[0] if found else None


def household(person: PersonRecord) -> Record:
    return Record(
        person.key, person.settlement_id, person.address, person.phones, ((person.name, person.birth),)
    )  # fmt: skip


SPELLINGS = [
    ("Коваленко Олена Миколаївна", "Коваленко Елена Николаевна"),
    ("Ковальський Микола Іванович", "Ковальский Николай Иванович"),
    ("Ковальська Надія Григорівна", "Ковальская Надежда Григорьевна"),
    ("Вишневецька Світлана Сергіївна", "Vyshnevetska Svitlana Serhiivna"),
    ("Вишневецкая Светлана Сергеевна", "Vyshnevetska Svitlana Serhiivna"),
    ("Гончаренко Григорій Олегович", "Honcharenko Hryhorii Olehovych"),
    ("Гончаренко Григорий Олегович", "Goncharenko Grigoriy Olegovich"),
    ("Хоменко Христина Михайлівна", "Khomenko Khrystyna Mykhailivna"),
    ("Хоменко Михайло Федорович", "Homenko Mihail Fedorovich"),
    ("Лук'яненко Дар'я В'ячеславівна", "Лукьяненко Дарья Вячеславовна"),
    ("Дем’яненко Мар’яна Ігнатівна", "Демʼяненко Мар`яна Игнатовна"),
    ("Григор'єв Євген Анатолійович", "Grigoriev Evgeniy Anatolievich"),
    ("Соловйов Артем Петрович", "Соловьёв Артём Петрович"),
    ("Єрьоменко Семен Федорович", "Ерёменко Семён Фёдорович"),
    ("Рибалко Кирило Дмитрович", "Рыбалко Кирилл Дмитриевич"),
    ("Цибуля Ірина Вікторівна", "Цыбуля Ирина Викторовна"),
    ("Ґалаґан Ганна Юріївна", "Галаган Анна Юрьевна"),
    ("Їжакевич Юлія Олексіївна", "Izhakevich Yulia Alekseevna"),
    ("Щербань Василь Ілліч", "Shcherban Vasyl Illich"),
    ("Щербань Василий Ильич", "Scherban Vasily Ilyich"),
    ("Кравець Павло Яковлевич", "Кравец Павел Яковлевич"),
    ("Ткачов Максим Валерійович", "Tkachev Maxim Valerievich"),
    ("Воробйова Тетяна Володимирівна", "Воробьёва Татьяна Владимировна"),
    ("Зінченко Олександр Степанович", "ZINCHENKO ALEXANDER STEPANOVICH"),
]

RELATIVES = [
    # Father and son, the given name handed on, or much alike.
    ("Коваленко Іван Іванович", "1950-03-12", "Коваленко Іван Іванович", "1975-03-12"),
    ("Коваленко Іван Петрович", "1950", "Коваленко Іван Іванович", "1975"),
    ("Коваленко Петро Іванович", "", "Коваленко Іван Петрович", ""),
    ("Бойко Василь Степанович", "", "Бойко Василь Васильович", ""),
    ("Рак Олександр Олександрович", "1961", "Рак Олександр Олександрович", "1988"),
    # Brothers.
    ("Гук Михайло Іванович", "1980", "Гук Микола Іванович", "1981"),
    ("Гук Олег Петрович", "", "Гук Олександр Петрович", ""),
    ("Сорока Юрій Олегович", "1999-01-02", "Сорока Юхим Олегович", "2001-01-02"),
    ("Марченко Володимир Ілліч", "", "Марченко Владислав Ілліч", ""),
    # Brother and sister.
    ("Ковальський Олександр Миколайович", "", "Ковальська Олександра Миколаївна", ""),
    ("Бондар Олександр", "2010-05-05", "Бондар Олександра", "2010-05-05"),
    ("Bondar Oleksandr", "2010-05-05", "Бондар Олександра", "2010-05-05"),
    ("Жук Валентин Андрійович", "1970", "Жук Валентина Андріївна", "1970"),
    ("Іванов В.П.", "1970-02-02", "Іванова В.П.", "1970-02-02"),
    # Mother and daughter, grandmother and granddaughter.
    ("Ткач Марія Іванівна", "1955", "Ткач Марія Петрівна", "1980"),
    ("Ткач Анна Петрівна", "", "Ткач Інна Петрівна", ""),
    ("Шевченко Ганна Семенівна", "1940", "Шевченко Ганна Семенівна", "2009"),
    # Twins.
    ("Мороз Іван Петрович", "2012-07-07", "Мороз Ігор Петрович", "2012-07-07"),
    ("Мороз Марія Петрівна", "2012-07-07", "Мороз Марина Петрівна", "2012-07-07"),
    ("Мороз Яна Петрівна", "2012-07-07", "Мороз Анна Петрівна", "2012-07-07"),
    ("Мороз Данило Петрович", "2012-07-07", "Мороз Давид Петрович", "2012-07-07"),
    # The same initials.
    ("Лисенко О.М.", "1990", "Лисенко Олег Миколайович", "1990"),
    ("Лисенко О. М.", "", "Лисенко Олена Миколаївна", ""),
    ("Лисенко І.", "2012-07-07", "Лисенко Ігор", "2012-07-07"),
]

SAME_INITIALS = 3
"""The last of RELATIVES may be one person, or not: they are asked about."""


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_one_person_in_two_spellings_is_found(one: str, other: str) -> None:
    """With nothing in common but the settlement, and in either direction."""
    first = person("i", one, at=AWAY, phone=OTHER_PHONE)
    second = person("k", other)
    for pair in (only(first, second), only(second, first)):
        assert pair and pair.score >= POSSIBLE and not pair.certain
        degrees = [finding.degree for finding in pair.findings[:3]]
        assert degrees.count(Degree.SAME) >= 2 and Degree.DIFFERENT not in degrees
    assert find_pairs([household(first)], [household(second)])


@pytest.mark.parametrize(("one", "other"), SPELLINGS[:20])
def test_with_the_birth_date_it_is_certain_unless_a_letter_is_off(one: str, other: str) -> None:
    pair = only(person("i", one, "1975-05-12"), person("k", other, "1975-05-12"))
    assert pair
    assert pair.certain is all(finding.degree is Degree.SAME for finding in pair.findings[:4])


@pytest.mark.parametrize(("one", "born_one", "other", "born_other"), RELATIVES)
def test_relatives_with_like_names_are_not_certain(one: str, born_one: str, other: str, born_other: str) -> None:
    """At one address and with one phone, as families are."""
    first, second = person("i", one, born_one), person("k", other, born_other)
    pair = only(first, second)
    assert pair is None or not pair.certain
    for proposed in find_pairs([household(first)], [household(second)]):
        assert not proposed.certain


@pytest.mark.parametrize(("one", "born_one", "other", "born_other"), RELATIVES[:-SAME_INITIALS])
def test_relatives_with_like_names_are_not_even_proposed_as_one_person(
    one: str, born_one: str, other: str, born_other: str
) -> None:
    assert only(person("i", one, born_one), person("k", other, born_other)) is None


def test_household_pairs_are_certain_by_a_person_in_both() -> None:
    (pair,) = find_pairs(
        [household(person("i", "Коваленко Елена Николаевна", "1975-05-12", phone=""))],
        [household(person("k", "Коваленко Олена Миколаївна", "1975-05-12", phone=""))],
    )
    assert pair.certain


@pytest.mark.parametrize(
    ("incoming", "birth"),
    [("Коваленко О. М.", "1975"), ("Коваленко Олена", "1975"), ("Ковалнеко Олена Миколаївна", "1975")],
)
def test_a_household_that_moved_inside_the_settlement_is_asked_about(incoming: str, birth: str) -> None:
    """By initials, without a patronymic or with a slip of the pen, where the birth year agrees."""
    known = household(person("k", "Коваленко Олена Миколаївна", "1975-05-12"))
    assert find_pairs([household(person("i", incoming, birth, at=AWAY, phone=OTHER_PHONE))], [known])
    assert not find_pairs([household(person("i", incoming, "1976", at=AWAY, phone=OTHER_PHONE))], [known])


def test_findings_say_field_by_field_what_agrees() -> None:
    settled = person("i", "Коваленко О. М.", "1975", phone=OTHER_PHONE)
    unsettled = person("k", "Ковалнеко Олена", "1975-05-12", place=None)
    pair = only(settled, unsettled)
    assert pair and only(unsettled, settled)
    assert {finding.field: finding.degree.value for finding in pair.findings} == {
        "surname": "alike", "given": "partly", "patronymic": "unknown", "birth": "partly", "phone": "different",
        "address": "same", "settlement": "unknown",
    }  # fmt: skip
    assert pair.score == sum(finding.points for finding in pair.findings)


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("1975-05-12", "1975-12-05", True),
        ("1975-05-12", "1975-05-13", True),
        ("1957-05-12", "1975-05-12", True),
        ("1975-05-12", "1975", True),
        ("1975-05-12", "1976", False),
        ("1975-05-12", "1968-11-30", False),
        ("1975-05-12", "", True),
    ],
)
def test_births_that_are_a_slip_apart_are_asked_and_others_rule_out(one: str, other: str, asked: bool) -> None:
    name = "Коваленко Олена Миколаївна"
    assert bool(only(person("i", name, one), person("k", name, other))) is asked


def test_anna_and_hanna_are_asked_about_and_never_certain() -> None:
    pair = only(person("i", "Гук Анна Іванівна", "1985-04-28"), person("k", "Гук Ганна Іванівна", "1985-04-28"))
    assert pair and not pair.certain


def test_a_new_surname_needs_the_day_of_birth() -> None:
    old = person("k", "Гук Олена Миколаївна", "1975-05-12")
    assert only(person("i", "Коваленко Олена Миколаївна", "1975-05-12"), old)
    assert only(person("i", "Коваленко Олена Миколаївна", "1975"), old) is None


def test_surname_and_given_name_in_one_settlement_are_not_enough() -> None:
    known = person("k", "Коваленко Олена Миколаївна")
    assert only(person("i", "Коваленко Олена", at=AWAY, phone=""), known) is None
    assert only(person("i", "Коваленко Олена", phone=""), known)


def test_a_phone_of_a_crowd_says_nothing() -> None:
    crowd = [
        person(f"k{n}", f"{surname} Олена", at=Address("Польова", str(n)), place=f"village-{n}")
        for n, surname in enumerate(("Рак", "Жук", "Лис", "Вовк", "Заєць", "Їжак", "Бойко", "Сом") * 2)
    ]
    asked = person("i", "Вовк Олена", at=AWAY, place=None)
    assert len(crowd) > CROWD
    assert not find_people_pairs([asked], crowd)
    assert [pair.known_key for pair in find_people_pairs([asked], crowd[:8])] == ["k3"]


def test_the_unnamed_are_never_proposed_and_nobody_meets_themselves() -> None:
    rows = [person("1", ""), person("2", ""), person("3", "Рак Іван Іванович"), person("4", "Рак Иван Иванович")]
    assert [(pair.incoming_key, pair.known_key) for pair in find_people_pairs(rows, rows)] == [("4", "3")]
