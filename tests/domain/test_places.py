"""Which settlement a text means: rules of the raion, of spellings, of hromadas."""

from __future__ import annotations

import pytest

from coordinator.domain.places import Gazetteer, Place, known_as


def home(name: str, hromada: str = "Липова", kind: str = "village", aliases: tuple[str, ...] = ()) -> Place:
    return Place(
        f"{name}/{hromada}/{kind}", name, hromada=hromada, raion="Куп’янський", kind=kind, aliases=aliases, home=True
    )


def away(name: str, hromada: str, kind: str = "village") -> Place:
    return Place(f"{name}/{hromada}/{kind}", name, hromada=hromada, raion="Ізюмський", kind=kind)


@pytest.fixture
def gazetteer() -> Gazetteer:
    return Gazetteer(
        [
            home("Ківшарівка", kind="settlement"),
            home("Куп’янськ-Вузловий", kind="settlement"),
            home("Куп’янськ", kind="city", aliases=("Купенко",)),
            home("Заоскілля", kind="part"),
            home("Курилівка", "Курилівська"),
            home("Піщане", "Курилівська"),
            home("Піщане", "Петропавлівська"),
            home("Шевченкове", "Шевченківська", "settlement"),
            home("Шевченкове", "Великобурлуцька"),
            home("Миколаївка Друга"),
            home("Мирове", aliases=("Московка",)),
            home("Лозове"),
            home("Селище"),
            home("Полтава"),
            away("Лозове", "Балаклійська"),
            away("Піщане", "Балаклійська"),
            away("Ізюм", "Ізюмська", "city"),
            away("Лозова", "Лозівська", "city"),
            away("Лозова", "Борівська"),
            away("Гаї", "Борівська"),
            away("Гаї", "Оскільська"),
            away("Полтава", "Полтавська", "city"),
        ]
    )


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ківшарівка", "Ківшарівка"),
        ("смт. Ківшарівка", "Ківшарівка"),
        ("КОВШАРОВКА", "Ківшарівка"),
        ("Kivsharivka", "Ківшарівка"),
        ("Kupyansk", "Куп’янськ"),
        ("м.Куп`янськ", "Куп’янськ"),
        ("Купянск", "Куп’янськ"),
        ("Купенко", "Куп’янськ"),
        ("Купянск-Узловой", "Куп’янськ-Вузловий"),
        ("Куп'янськ Вузловий", "Куп’янськ-Вузловий"),
        ("Куриловка", "Курилівка"),
        ("Николаевка Вторая", "Миколаївка Друга"),
        ("Миколаївка-2", "Миколаївка Друга"),
        ("Московка", "Мирове"),
        ("Мирове (колишня Московка)", "Мирове"),
        ("Харківська обл., Куп'янський р-н, с. Курилівка", "Курилівка"),
        ("м. Куп’янськ, вул. Миру 5", "Куп’янськ"),
        ("Куп'янськ (Заоскілля)", "Заоскілля"),
        ("Изюм", "Ізюм"),
        ("Лозовая", "Лозова"),
        ("Селище", "Селище"),
    ],
)
def test_spellings_resolve(gazetteer: Gazetteer, text: str, name: str) -> None:
    answer = gazetteer.resolve(text)
    assert answer.status == "found"
    assert answer.place and answer.place.name == name


def test_the_raion_goes_first(gazetteer: Gazetteer) -> None:
    answer = gazetteer.resolve("Лозове")
    assert answer.place and answer.place.home


def test_a_town_outside_goes_before_its_villages_and_m_means_a_city(gazetteer: Gazetteer) -> None:
    for text, hromada in (("Лозова", "Лозівська"), ("м. Полтава", "Полтавська"), ("Полтава", "Липова")):
        answer = gazetteer.resolve(text)
        assert answer.place and answer.place.hromada == hromada


@pytest.mark.parametrize("text", ["Піщане", "Песчаное", "с. Піщане", "Шевченкове", "Гаї"])
def test_namesakes_are_asked_about(gazetteer: Gazetteer, text: str) -> None:
    answer = gazetteer.resolve(text)
    assert (answer.status, answer.place, len(answer.candidates)) == ("ambiguous", None, 2)


@pytest.mark.parametrize(
    ("text", "hromada", "expected"),
    [
        ("Піщане", "Курилівська", "Курилівська"),
        ("Піщане", "Курилівська сільська територіальна громада", "Курилівська"),
        ("Піщане", "Куриловская", "Курилівська"),
        ("Піщане Петропавлівська ТГ", "", "Петропавлівська"),
        ("Піщане, Балаклійський р-н", "", "Балаклійська"),
        ("Піщане (Курилівка)", "", "Курилівська"),
        ("смт Шевченкове", "", "Шевченківська"),
        ("Курилівка", "Петропавлівська", "Курилівська"),
    ],
)
def test_what_decides_between_namesakes(gazetteer: Gazetteer, text: str, hromada: str, expected: str) -> None:
    answer = gazetteer.resolve(text, hromada)
    assert answer.place and answer.place.hromada == expected


@pytest.mark.parametrize("text", ["", " ", "-", "невідомо"])
def test_nothing_written(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.resolve(text).status == "empty"


def test_an_unknown_name_comes_with_near_ones(gazetteer: Gazetteer) -> None:
    answer = gazetteer.resolve("Ківшарвка")
    assert answer.status == "unknown" and answer.place is None
    assert answer.candidates[0].name == "Ківшарівка"


def test_get(gazetteer: Gazetteer) -> None:
    place = home("Лозове")
    assert gazetteer.get(place.id) == place
    assert gazetteer.get(None) is None and gazetteer.get("nowhere") is None


@pytest.mark.parametrize(
    ("name", "written", "shown"),
    [
        ("Мирове", "Московка", "Мирове (Московка)"),
        ("Ківшарівка", "Ковшаровка", "Ківшарівка"),
        ("Куп'янськ", "Купʼянськ", "Куп'янськ"),
        ("Подоли", "", "Подоли"),
        ("", "Нове село", "Нове село"),
    ],
)
def test_a_driver_reads_the_name_of_today_and_the_one_people_know(name: str, written: str, shown: str) -> None:
    assert known_as(name, written) == shown
