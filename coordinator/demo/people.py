"""Invented families: who lives together, how old they are, what they need, where they live.

The same random numbers give the same families. Ages, sizes and needs follow what the lists of the area look
like: half of the households are people over 60 by themselves, every fourth person is a child.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random
from typing import NamedTuple

from coordinator.demo import names
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.services.writing import HouseholdDraft, MemberDraft

Deck = tuple[tuple[str, int], ...]

WAITING: Deck = (
    ("S", 9), ("SS", 7), ("A", 3), ("AA", 3), ("AP", 3), ("Ac", 4), ("Acc", 3), ("AAc", 3), ("AAcc", 2),
    ("AAccc", 1), ("Sg", 1), ("APcc", 1),
)  # fmt: skip
LEFT: Deck = (
    ("S", 10), ("SS", 8), ("A", 3), ("AA", 4), ("AP", 3), ("Ac", 3), ("Acc", 3), ("AAc", 2), ("AAcc", 1),
    ("AAccc", 1), ("Sg", 1), ("APcc", 1),
)  # fmt: skip
"""Households by their make-up and how often in a round of the deck. A adult, S over 60, P a parent of the head
over 60, c child, g grandchild; the first is the head, a second A or S husband or wife."""

PETS = ("кіт", "2 коти", "собака", "собака (велика), 3 кішки", "папуга в клітці", "кіт у переносці")
DOCUMENTS = ("паспорт", "паспорт, довідка", "")
WISHES = ("Харків", "Полтава", "до родичів, Дніпро", "куди скажуть", "")


class Home(NamedTuple):
    """A settlement where families live; `weight` of its families among all, `flats`: it has blocks of flats."""

    id: str
    name: str
    hromada: str
    weight: int
    flats: bool


HOMES: tuple[tuple[str, str, int], ...] = (
    ("Ківшарівка", "Куп'янська", 16), ("Куп'янськ-Вузловий", "Куп'янська", 12), ("Куп'янськ", "Куп'янська", 9),
    ("Заоскілля", "Куп'янська", 7), ("Осиново", "Куп'янська", 2), ("Тамарганівка", "Куп'янська", 1),
    ("Курилівка", "Курилівська", 8), ("Подоли", "Курилівська", 5), ("Кругляківка", "Курилівська", 3),
    ("Глушківка", "Курилівська", 1), ("Новоосинове", "Курилівська", 1), ("Петропавлівка", "Петропавлівська", 7),
    ("Кислівка", "Петропавлівська", 2), ("Котлярівка", "Петропавлівська", 2), ("Кучерівка", "Петропавлівська", 2),
    ("Табаївка", "Петропавлівська", 1), ("Піщане", "Петропавлівська", 2), ("Синьківка", "Петропавлівська", 2),
    ("Кіндрашівка", "Кіндрашівська", 4), ("Радьківка", "Кіндрашівська", 1), ("Голубівка", "Кіндрашівська", 1),
    ("Благодатівка", "Кіндрашівська", 1), ("Дворічна", "Дворічанська", 5), ("Тавільжанка", "Дворічанська", 2),
    ("Западне", "Дворічанська", 1), ("Масютівка", "Дворічанська", 1), ("Вільшана", "Дворічанська", 2),
    ("Вільхуватка", "Вільхуватська", 1), ("Великий Бурлук", "Великобурлуцька", 1),
)  # fmt: skip
"""Settlement, hromada, and its share. Names repeat inside the raion, so the hromada belongs to the key."""

_OLD_NEEDS = (
    (Need.STRETCHER, 0.02), (Need.WHEELCHAIR, 0.05), (Need.STEPS, 0.18), (Need.SENSES, 0.06),
    (Need.COLD_MEDICINE, 0.05), (Need.POWER, 0.01), (Need.DISABILITY, 0.06), (Need.ESCORT, 0.03),
)  # fmt: skip
_ADULT_NEEDS = ((Need.WHEELCHAIR, 0.01), (Need.DISABILITY, 0.03), (Need.COLD_MEDICINE, 0.02))
_WAYS_TO_MOVE = frozenset({Need.STRETCHER, Need.WHEELCHAIR, Need.STEPS})
_YOUNGEST_MOTHER = 19
_HOUSE_LETTERS = ("", "", "", "а", "б")


class Families:
    """Draws families one after the other. `today` is the day on which their ages hold.

    `counted`: how many of a hundred families have named only one of them and counted the others.
    """

    def __init__(
        self, random: Random, homes: Sequence[Home], today: date, *, first_phone: int = 0, counted: int = 10
    ) -> None:
        self.random = random
        self.today = today
        self._counted = counted / 100
        self._homes = list(homes)
        self._weights = [home.weight for home in homes]
        self._phones = count(first_phone)
        self._taken: set[tuple[str, str, str, str]] = set()

    def stream(self, deck: Deck) -> Iterator[HouseholdDraft]:
        """Families without end; each round of the deck has every make-up as often as the deck says."""
        cards = [make_up for make_up, times in deck for _ in range(times)]
        while True:
            self.random.shuffle(cards)
            for make_up in cards:
                yield self.family(make_up)

    def family(self, make_up: str, home: Home | None = None) -> HouseholdDraft:
        """One family; its decision is still to be set."""
        random = self.random
        home = home or random.choices(self._homes, self._weights)[0]
        return HouseholdDraft(
            settlement_id=home.id,
            settlement_text=home.name,
            address=self._address(home),
            people=tuple(self._members(make_up)),
            contacts=self.contacts(),
            pets=random.choice(PETS) if random.random() < 0.4 else "",
            luggage=random.randint(1, 2 * len(make_up) + 1) if random.random() < 0.5 else None,
            destination_wish=random.choice(WISHES),
        )

    def contacts(self) -> tuple[Contact, ...]:
        """No phone, one, or a second one of the neighbour."""
        chance = self.random.random()
        if chance < 0.04:
            return ()
        own = names.phone(next(self._phones))
        if chance < 0.88:
            return (own,)
        return own, replace(names.phone(next(self._phones)), note="сусідка")

    def _address(self, home: Home) -> Address:
        random = self.random
        while True:
            street = random.choice(names.STREETS)
            house = f"{random.randint(1, 140)}{random.choice(_HOUSE_LETTERS)}"
            flat = str(random.randint(1, 60)) if home.flats and random.random() < 0.5 else ""
            if (key := (home.id, street, house, flat)) not in self._taken:
                break
        self._taken.add(key)
        written = street if street.startswith("пров.") else f"вул. {street}"
        landmark = random.choice(names.LANDMARKS) if not flat and random.random() < 0.06 else ""
        return Address(street, house, flat, f"{written}, {house}{f', кв. {flat}' if flat else ''}", landmark)

    def _members(self, make_up: str) -> Iterator[MemberDraft]:
        random = self.random
        surname, father = names.surname(random), random.randrange(len(names.PATRONYMICS))
        head, others = make_up[0], make_up[1:]
        with_children = "c" in others
        head_age = self._age(head, with_children, parent="P" in others)
        alone_with_children = with_children and "A" not in others
        sex = _sex(random, 0.92 if alone_with_children else 0.62)
        named = random.random() >= self._counted
        yield self._member(surname, sex, head_age, Relation.HEAD, None)
        for code in others:
            relation, age, his, dad = self._other(code, head_age, sex, father)
            member = self._member(surname, his, age, relation, dad)
            yield member if named else _unnamed(member, age)

    def _other(self, code: str, head_age: int, head_sex: Sex, father: int) -> tuple[Relation, int, Sex, int | None]:
        random = self.random
        if code in "AS":
            other = Sex.MALE if head_sex is Sex.FEMALE else Sex.FEMALE
            low, high = (61, 90) if code == "S" else (21, 59)
            return Relation.SPOUSE, min(high, max(low, head_age + random.randint(-4, 5))), other, None
        if code == "P":
            return Relation.PARENT, min(92, max(62, head_age + random.randint(20, 34))), _sex(random, 0.75), None
        if code == "g":
            return Relation.GRANDCHILD, random.randint(3, 16), _sex(random, 0.5), father
        return Relation.CHILD, random.randint(0, min(17, head_age - _YOUNGEST_MOTHER)), _sex(random, 0.5), father

    def _age(self, code: str, with_children: bool, parent: bool) -> int:
        if code == "S":
            return self.random.randint(61, 89)
        if code == "c":
            return 16
        if parent and not with_children:
            return self.random.randint(38, 59)
        return self.random.randint(24, 47) if with_children else self.random.randint(21, 59)

    def _member(
        self, surname: names.Surname, sex: Sex, age: int, relation: Relation, father: int | None
    ) -> MemberDraft:
        needs = self._needs(age, sex)
        return MemberDraft(
            name=names.full_name(self.random, surname, sex, father),
            sex=sex,
            birth=self._birth(age),
            relation=relation,
            needs=needs,
            documents=self._documents(age),
        )

    def _documents(self, age: int) -> str:
        if age < 14:
            return "свідоцтво про народження"
        return self.random.choice((*DOCUMENTS, "паспорт, пенсійне посвідчення") if age >= 60 else DOCUMENTS)

    def _birth(self, age: int) -> Birth:
        """A birthday, for some only the year or an estimated age; always clear whether it is a child."""
        chance = self.random.random()
        born = self.today - timedelta(days=round(age * 365.25) + self.random.randint(15, 350))
        if chance < 0.78 or 16 <= age <= 20:
            return Birth(on=born)
        if chance < 0.95 or age < 60:
            return Birth(year=born.year)
        return Birth(age=age, age_on=self.today)

    def _needs(self, age: int, sex: Sex) -> frozenset[Need]:
        random = self.random
        if age < 2:
            return frozenset({Need.INFANT})
        if age < 18:
            return frozenset({Need.WHEELCHAIR}) if random.random() < 0.01 else frozenset()
        chances = _OLD_NEEDS if age >= 60 else _ADULT_NEEDS
        found = [need for need, chance in chances if random.random() < chance]
        if sex is Sex.FEMALE and age < 41 and random.random() < 0.03:
            found.append(Need.PREGNANT)
        moves = [need for need in found if need in _WAYS_TO_MOVE]
        return frozenset(need for need in found if need not in moves[1:])


def _sex(random: Random, women: float) -> Sex:
    return Sex.FEMALE if random.random() < women else Sex.MALE


def _unnamed(member: MemberDraft, age: int) -> MemberDraft:
    """Only counted: such members come with requests that name one contact."""
    return replace(member, name=PersonName(), birth=Birth(stated_child=age < 18), documents="", sex=Sex.UNKNOWN)
