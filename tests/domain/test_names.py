"""Cleaning, folding, sorting and taking names apart."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coordinator.domain.names import ALPHABET, clean, fold, name_key, sort_key, split_name
from coordinator.domain.person import PersonName

LETTERS = st.text(alphabet=ALPHABET, min_size=1, max_size=8)
UNTIDY = st.text(alphabet=ALPHABET + ALPHABET.upper() + "ABCabcxyziI '’ʼ`-–\u00a0\u200b\u0301\u03060123.,", max_size=20)


@pytest.mark.parametrize(
    ("raw", "tidy"),
    [
        ("  Гук\u00a0 Костянтин\t", "Гук Костянтин"),
        ("Мар\u200b'яна\nІванівна", "Мар'яна Іванівна"),
        ("Йосип", "Йосип"),
        (62.0, "62"),
        (2.5, "2.5"),
        (float("nan"), ""),
        (None, ""),
    ],
)
def test_clean_keeps_what_people_see(raw: object, tidy: str) -> None:
    assert clean(raw) == tidy


@pytest.mark.parametrize(
    "written", ["Мар'яна", "МАР’ЯНА", "Марʼяна", "мар`яна", "Мaр'янa", "Мар*яна", " Мар\u200bяна "]
)
def test_fold_forgives_case_apostrophe_and_lookalikes(written: str) -> None:
    assert fold(written) == "маряна"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("62A", "62а"),
        ("AX 1234 BC", "АХ 1234 ВС"),
        ("Купʼянськ–Вузловий", "куп'янськ-вузловий"),
        ("Ґудзь", "Гудзь"),
        ("Ёлкин", "елкин"),
        ("Йосип", "Йосип"),
        ("Petrо", "petro"),
    ],
)
def test_fold_makes_spellings_meet(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_fold_leaves_latin_words_latin() -> None:
    assert fold("Phone TAXI") == "phone taxi"


@given(st.one_of(st.text(max_size=20), UNTIDY))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(LETTERS)
def test_fold_is_blind_to_case(word: str) -> None:
    assert fold(word.upper()) == fold(word)


@given(LETTERS, LETTERS)
def test_sort_key_follows_the_ukrainian_alphabet(one: str, other: str) -> None:
    places = [[ALPHABET.index(letter) for letter in word] for word in (one, other)]
    assert (sort_key(one) < sort_key(other)) == (places[0] < places[1])


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_sort_key_orders_numbers_by_value(one: int, other: int) -> None:
    assert (sort_key(f"вул. Миру, {one}") < sort_key(f"вул. Миру, {other}")) == (one < other)


@given(st.text(max_size=20))
@settings(max_examples=200)
def test_sort_key_takes_any_text(text: str) -> None:
    assert isinstance(sort_key(text), str)


@given(st.builds(PersonName, *[st.sampled_from(["", "Гук", "О’Ніл-Сич", "Ґала В", "'", "Ян 2"]) | st.text()] * 3))
def test_the_key_of_a_name_is_that_of_its_words(name: PersonName) -> None:
    assert name_key(name) == sort_key(name.full)


def test_sort_key_orders_a_list_as_people_do() -> None:
    ordered = ["2", "10", "Гай Іван", "Гайдук", "Ґава", "Ева", "Єва", "Жук", "Іван", "Ївга", "Йосип", "Юрій", "Adam"]
    assert sorted(sorted(ordered), key=sort_key) == ordered
    assert sort_key("М'ята") == sort_key("мʼята")


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("Рубець Пармен Володимирович", ("Рубець", "Пармен", "Володимирович")),
        ("ФІЛІПЕНКО ГЕОРГІЙ АДАМОВИЧ ", ("Філіпенко", "Георгій", "Адамович")),
        ("ХУДОБʼЯК МАРʼЯНА", ("Худобʼяк", "Марʼяна", "")),
        ("Швачка А.С.", ("Швачка", "А.", "С.")),
        ("Швачка A. C.", ("Швачка", "А.", "С.")),
        ("А.С. Швачка", ("Швачка", "А.", "С.")),
        ("Швачка АС", ("Швачка", "А.", "С.")),
        ("Марія", ("", "Марія", "")),
        ("Рубець", ("Рубець", "", "")),
        ("Марія Іванівна", ("", "Марія", "Іванівна")),
        ("Марія Коваленко", ("Коваленко", "Марія", "")),
        ("Коваленко Марія", ("Коваленко", "Марія", "")),
        ("Іван Петрович Коваленко", ("Коваленко", "Іван", "Петрович")),
        ("Мартинович Іван Петрович", ("Мартинович", "Іван", "Петрович")),
        ("Николай Иванович Петренко", ("Петренко", "Николай", "Иванович")),
        ("Алієв Вагіф Салман огли", ("Алієв", "Вагіф", "Салман огли")),
        ("нечуй-левицький іван", ("Нечуй-Левицький", "Іван", "")),
        ("Коваль (Іваненко) Марія Петрівна", ("Коваль (Іваненко)", "Марія", "Петрівна")),
        ("Іваненко Іван (син)", ("Іваненко", "Іван", "")),
        ("Іваненко Іван, син", ("Іваненко", "Іван", "")),
        ("1. Гук Костянтин 1960 р.н.", ("Гук", "Костянтин", "")),
        ("Kovalenko Olena Ivanivna", ("Kovalenko", "Olena", "Ivanivna")),
    ],
)
def test_split_name(cell: str, parts: tuple[str, str, str]) -> None:
    assert split_name(cell) == PersonName(*parts)


@pytest.mark.parametrize("cell", [None, "", " - ", "?", "невідомо", "дитина 2", "15"])
def test_no_name_is_an_empty_name(cell: object) -> None:
    assert not split_name(cell)


@given(st.text(max_size=30))
def test_split_name_takes_any_text(text: str) -> None:
    assert isinstance(split_name(text), PersonName)


@given(st.text(alphabet=ALPHABET + ALPHABET.upper() + " 'ʼ", max_size=30))
def test_the_quick_way_to_a_sort_key_gives_the_same_key(text: str) -> None:
    assert sort_key("\u200b" + text) == sort_key(text)
