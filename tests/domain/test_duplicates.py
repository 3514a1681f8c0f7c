"""Possible duplicates: what is asked about, what is not, and how fast."""

from __future__ import annotations

from datetime import date

import pytest

from coordinator.domain.addresses import address_key
from coordinator.domain.candidates import CROWD
from coordinator.domain.duplicates import Pair, Record, find_pairs
from coordinator.domain.household import Address
from coordinator.domain.likeness import Agreement as Agree
from coordinator.domain.likeness import Grade, Vocabulary, births_agree, compare
from coordinator.domain.names import split_name
from coordinator.domain.person import Birth

BORN = Birth(on=date(1961, 5, 22))
HOME = Address("Садова", "12")
ELSEWHERE = Address("Лісова", "7")


def record(
    key: str, *names: str, at: Address = HOME, place: str | None = "town", phone: str = "", birth: Birth | None = None
) -> Record:
    people = tuple((split_name(name), birth or Birth()) for name in names)
    return Record(key, place, at, frozenset({phone} if phone else ()), people)


def only(incoming: Record, known: Record) -> Pair | None:
    pairs = find_pairs([incoming], [known])
    assert len(pairs) < 2
    return pairs[0] if pairs else None


def test_a_shared_phone_is_asked_even_with_other_names() -> None:
    pair = only(
        record("i", "Гук Ольга Петрівна", at=ELSEWHERE, place="other", phone="+380501234567"),
        record("k", "Рак Іван Іванович", phone="+380501234567"),
    )
    assert pair == Pair("i", "k", ("phone",), pair.score if pair else 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Коваль Іван Петрович", "Коваль І.П."),
        ("Коваль Іван Петрович", "Коваль Іван"),
        ("Коваль Іван Петрович", "Ковальь Іван Петрович"),
        ("Коваль Микола Петрович", "Коваль Николай Петрович"),
        ("Коваль Іван Петрович", "Коваль Іванн Петрович"),
    ],
)
def test_it_does_not_matter_which_of_two_is_in_the_register(one: str, other: str) -> None:
    first, second = record("a", one, at=Address(), birth=BORN), record("b", other, at=Address(), birth=Birth(year=1961))
    asked = [only(first, second), only(second, first), *find_pairs([first, second], [first, second])]
    reasons = [pair and pair.reasons for pair in asked]
    assert reasons == [("head_name",)] * 3


def test_a_phone_of_a_crowd_says_nothing_by_itself() -> None:
    crowd = [
        record(f"k{n}", f"{surname} Іван Іванович", at=Address("Польова", str(n)), phone="+380501234567")
        for n, surname in enumerate(["Рак", "Жук", "Лис", "Вовк", "Заєць", "Їжак", "Ведмідь"])
    ]
    assert len(crowd) > CROWD
    assert not find_pairs([record("i", "Гук Ольга Петрівна", phone="+380501234567")], crowd)
    assert find_pairs([record("i", "Вовк Иван Иванович", phone="+380501234567")], crowd)


@pytest.mark.parametrize(
    ("incoming", "known"),
    [
        ("Марія", "Баранець Марія Варфоломіївна"),
        ("Коваленко Елена Николаевна", "Коваленко Олена Миколаївна"),
        ("Kovalenko Olena", "Коваленко Олена Миколаївна"),
        ("Коваленко О.М.", "Коваленко Олена Миколаївна"),
        ("Коваленко Ігор Петрович", "Коваленко Іван Петрович"),
        ("КОВАЛЕНКО ОЛЕНА", "Коваленко Олена Миколаївна"),
    ],
)
def test_one_house_and_one_family_is_asked(incoming: str, known: str) -> None:
    pair = only(record("i", incoming, phone="+380670000001"), record("k", known, phone="+380670000002"))
    assert pair and "address" in pair.reasons


def test_one_house_with_another_family_or_another_flat_is_not_asked() -> None:
    assert only(record("i", "Гук Ольга Петрівна"), record("k", "Рак Іван Іванович")) is None
    flats = [Address("Садова", "12", flat) for flat in ("3", "4")]
    assert only(record("i", "Марія", at=flats[0]), record("k", "Рак Марія Іванівна", at=flats[1])) is None


def test_a_house_where_nobody_is_named_is_asked() -> None:
    pair = only(record("i"), record("k", "Рак Іван Іванович"))
    assert pair and pair.reasons == ("address",)


def test_two_brothers_at_another_address_are_two() -> None:
    ivan = record("k", "Коваленко Іван Петрович", birth=BORN)
    assert only(record("i", "Коваленко Ігор Петрович", at=ELSEWHERE, birth=BORN), ivan) is None
    assert only(record("i", "Коваленко Ігор Петрович", at=Address()), ivan) is None


def test_brother_and_sister_are_two() -> None:
    sister = record("k", "Коваленко Олександра Петрівна", at=ELSEWHERE)
    assert only(record("i", "Коваленко Олександр Петрович"), sister) is None


@pytest.mark.parametrize(
    ("incoming", "known"),
    [
        ("Коваленко Николай Иванович", "Коваленко Микола Іванович"),
        ("Ковальчук Дарья Сергеевна", "Ковальчук Дар’я Сергіївна"),
        ("Новицкий Евгений Алексеевич", "Новицький Євген Олексійович"),
        ("Щербань Мар'яна Ігнатівна", "Щербан Мар’яна Ігнатівна"),
        ("Shcherban Mariana Ihnativna", "Щербань Мар’яна Ігнатівна"),
    ],
)
def test_the_whole_name_in_one_settlement_is_asked(incoming: str, known: str) -> None:
    pair = only(record("i", incoming, at=ELSEWHERE), record("k", "Рак Іван Іванович", known))
    assert pair and pair.reasons == ("name",)


def test_the_whole_name_elsewhere_needs_the_birth_date() -> None:
    name = "Коваленко Микола Іванович"
    moved = record("i", name, at=ELSEWHERE, place="other", birth=BORN)
    pair = only(moved, record("k", name, birth=BORN))
    assert pair and pair.reasons == ("head_name", "birth")
    assert only(moved, record("k", name)) is None
    assert only(moved, record("k", name, birth=Birth(on=date(1975, 1, 1)))) is None


def test_an_unresolved_settlement_is_no_obstacle() -> None:
    known = record("k", "Коваленко Микола Іванович")
    assert only(record("i", "Коваленко Микола Іванович", place=None), known)
    assert only(record("i", "Коваленко Микола Іванович", place=None, at=ELSEWHERE), known) is None


def test_surname_and_given_name_need_more() -> None:
    known = record("k", "Коваленко Микола Іванович", birth=BORN)
    assert only(record("i", "Коваленко Микола", at=ELSEWHERE), known) is None
    assert only(record("i", "Коваленко Микола", at=ELSEWHERE, birth=BORN), known)
    assert only(record("i", "Коваленко Микола", at=Address()), known)


def test_a_new_surname_with_the_same_birth_is_asked() -> None:
    known = record("k", "Коваленко Олена Миколаївна", birth=BORN)
    assert only(record("i", "Гук Олена Миколаївна", at=ELSEWHERE, birth=BORN), known)
    assert only(record("i", "Гук Олена Миколаївна", at=ELSEWHERE), known) is None


def test_inside_one_list_no_record_meets_itself_and_each_pair_comes_once() -> None:
    rows = [record("1", "Рак Іван Іванович"), record("2", "Гук Ольга Петрівна"), record("3", "Рак Иван Иванович")]
    assert [(pair.incoming_key, pair.known_key) for pair in find_pairs(rows, rows)] == [("3", "1")]


def test_reasons_and_order() -> None:
    known = record("k", "Коваленко Олена Миколаївна", phone="+380501234567", birth=BORN)
    strong = record("a", "Коваленко Елена Николаевна", phone="+380501234567", birth=BORN)
    weak = record("b", "Гук Ольга Петрівна", at=ELSEWHERE, phone="+380501234567")
    pairs = find_pairs([weak, strong], [known])
    assert [pair.incoming_key for pair in pairs] == ["a", "b"]
    assert pairs[0].reasons == ("phone", "address", "head_name", "birth")
    assert 1 >= pairs[0].score > pairs[1].score > 0


def test_fault_47_duplicates_in_the_file_in_the_register_and_with_another_phone() -> None:
    family = ("Коваленко Олена Миколаївна", "Коваленко Марко Ігорович")
    in_register = record("k", *family, phone="+380501234567")
    once = record("1", *family, phone="+380671112233")
    again = record("2", "Коваленко Елена Николаевна", "Коваленко Марк Игоревич", at=ELSEWHERE, phone="+380991112233")
    rows = [once, again]
    pairs = {(pair.incoming_key, pair.known_key) for pair in find_pairs(rows, [in_register, *rows])}
    assert pairs == {("1", "k"), ("2", "k"), ("2", "1")}


@pytest.mark.parametrize(
    ("one", "other", "grade"),
    [
        ("Коваленко Іван Петрович", "Коваленко Ігор Петрович", Grade.SURNAME),
        ("Коваленко Олена Миколаївна", "Коваленко Елена Николаевна", Grade.FULL),
        ("Іванова Марія Петрівна", "Иванов Мария Петровна", Grade.FULL),
        ("Швачка А.С.", "Швачка Анна Сергіївна", Grade.PART),
        ("Швачка А.С.", "Швачка Ольга Сергіївна", Grade.SURNAME),
        ("Марія", "Гук Марія Іванівна", Grade.GIVEN),
        ("Гук Марія", "Рак Марія", Grade.NONE),
    ],
)
def test_names_are_compared_by_their_parts(one: str, other: str, grade: Grade) -> None:
    vocabulary = Vocabulary(latin=True)
    first, second = (vocabulary.member(split_name(name), Birth(), head=True) for name in (one, other))
    assert compare(first, second).grade is grade
    assert compare(second, first).grade is grade


@pytest.mark.parametrize(
    ("one", "other", "agreement"),
    [
        (BORN, BORN, Agree.SAME),
        (BORN, Birth(on=date(1961, 2, 25)), Agree.UNKNOWN),
        (BORN, Birth(on=date(1975, 1, 1)), Agree.DIFFERENT),
        (BORN, Birth(year=1961), Agree.UNKNOWN),
        (BORN, Birth(year=1971), Agree.DIFFERENT),
        (BORN, Birth(age=62, age_on=date(2023, 8, 14)), Agree.UNKNOWN),
        (BORN, Birth(age=30, age_on=date(2023, 8, 14)), Agree.DIFFERENT),
        (BORN, Birth(), Agree.UNKNOWN),
    ],
)
def test_births(one: Birth, other: Birth, agreement: Agree) -> None:
    assert births_agree(one, other) is births_agree(other, one) is agreement


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Address("вул. Садова", "12"), Address("Садовая", "12")),
        (Address("ул. Шевченко", "62 А"), Address("вулиця Шевченка", "62-A")),
        (Address("Миру", "буд. 5", "кв. 7"), Address(text="вул. Миру, буд. 5, кв. 7")),
        (Address("1-го Травня", "3"), Address("1 Травня", "3")),
        (Address(text="вул. Лісова, 48"), Address("Лісова", "48")),
    ],
)
def test_addresses_written_otherwise(one: Address, other: Address) -> None:
    assert address_key(one) == address_key(other) is not None


def test_addresses_that_differ() -> None:
    assert address_key(Address("вул. Миру", "5")) != address_key(Address("пров. Миру", "5"))
    assert address_key(Address("Миру", "5")) != address_key(Address("Миру", "5/1"))
    assert address_key(Address("Миру")) is None
