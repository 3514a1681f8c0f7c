"""Invented households for the tests of pages: as many as asked for, the same ones for the same seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Birth, Need, PersonName, Relation, Sex
from coordinator.outcome import Touched
from coordinator.services.households import add_household
from coordinator.services.writing import HouseholdDraft, MemberDraft, write_households
from coordinator.session import Session
from db import stores
from db.rows import SettlementRow

PLACES = (
    ("Ківшарівка", "Куп'янська"), ("Куп'янськ-Вузловий", "Куп'янська"), ("Заоскілля", "Куп'янська"),
    ("Курилівка", "Курилівська"), ("Петропавлівка", "Петропавлівська"), ("Подоли", "Курилівська"),
    ("Кіндрашівка", "Кіндрашівська"), ("Великі Хутори", "Великобурлуцька"),
)  # fmt: skip
SURNAMES = (
    "Гнатенко", "Ївженко", "Єфименко", "Ґалаґан", "Журавель", "Щербак", "Яремко", "Коваль", "Дем'яненко", "Ониськів",
    "Пилипчук", "Ткач", "Чорновіл", "Лисогор", "В'юнник", "Бондаренко", "Ігнатьєва", "Рибалка", "Мороз", "Швачка",
)  # fmt: skip
WOMEN = ("Олена", "Марія", "Ганна", "Людмила", "Дар'я", "Софія", "Їванна", "Катерина")
MEN = ("Микола", "Іван", "Степан", "Єгор", "Віталій", "Богдан", "Андрій", "Юрій")
STREETS = ("вул. Миру", "вул. Садова", "вул. Шкільна", "пров. Річковий", "вул. Дружби", "вул. Перемоги")
NOTES = (
    "", "", "", "речі зібрані", "вагаються, передзвонити ввечері", "чоловік залишається з худобою", "корова, дві кози",
)  # fmt: skip
PETS = ("", "", "", "кіт", "2 коти, собака", "собака на ланцюгу")
DECISIONS = (
    Decision.NOT_ASKED, Decision.UNDECIDED, Decision.PREPARING, Decision.PACKED, Decision.WANTS_PICKUP,
    Decision.WANTS_PICKUP, Decision.REFUSED, Decision.UNREACHABLE,
)  # fmt: skip
KOVAL = HouseholdDraft(
    address=Address("вул. Миру", "10"),
    people=(
        MemberDraft(PersonName("Коваль", "Дар'я", "Іванівна"), Sex.FEMALE, Birth(year=1985), Relation.HEAD),
        MemberDraft(PersonName("Коваль", "Єгор"), Sex.MALE, Birth(on=date(2015, 3, 1)), Relation.CHILD),
    ),
    contacts=(Contact("050 123 45 67", "+380501234567"),),
    decision=Decision.UNDECIDED,
    note="корова",
)
GALAGAN = HouseholdDraft(
    settlement_text="хутір за лісом",
    address=Address("вул. Миру", "2"),
    people=(MemberDraft(PersonName("Ґалаґан", "Іван"), birth=Birth(year=1950), needs=frozenset({Need.WHEELCHAIR})),),
    decision=Decision.PACKED,
)
ORPHAN = HouseholdDraft(people=(MemberDraft(PersonName("Щербак", "Софія"), birth=Birth(on=date(2012, 1, 1))),))


def settle(session: Session) -> list[str]:
    """A small gazetteer of the raion; returns the ids of its settlements."""
    with session.act("seed") as act:
        rows = [
            SettlementRow(
                f"{n:032x}", f"UA63080{n:02}0010000000"[:19], name=name, kind="village", hromada=hromada,
                raion="Куп'янський", lat=49.7, lon=37.6, sort_key=f"{n:02}",
            )
            for n, (name, hromada) in enumerate(PLACES, start=1)
        ]  # fmt: skip
        stores.settlements.add(act.db, rows)
        act.touch(Touched.PLACES)
    return [row.id for row in rows]


def draft(random: Random, day: date, places: list[str], number: int) -> HouseholdDraft:
    """One household as it could stand on a list."""
    surname = random.choice(SURNAMES)
    members = [_adult(random, surname, day) for _ in range(random.choice((1, 1, 2, 2, 3)))]
    members += [_child(random, surname, day) for _ in range(random.choice((0, 0, 0, 1, 2)))]
    known = random.random() > 0.04
    decision = random.choice(DECISIONS)
    wanted = day + timedelta(days=random.randrange(-2, 4)) if decision is Decision.WANTS_PICKUP else None
    digits = f"{random.choice(('050', '066', '095', '097'))}{number:07}"
    return HouseholdDraft(
        settlement_id=random.choice(places) if known else None,
        settlement_text="" if known else random.choice(("Калинове", "с. Новоселівка", "хутір за лісом")),
        address=Address(random.choice(STREETS), str(random.randrange(1, 120)), random.choice(("", "", "14"))),
        people=tuple(members),
        contacts=(Contact(digits, "+38" + digits),) if random.random() > 0.1 else (),
        decision=decision,
        wants_on=wanted,
        refusal_reason="не хоче кидати господарство" if decision is Decision.REFUSED else "",
        pets=random.choice(PETS),
        luggage=random.choice((None, 2, 5)),
        note=random.choice(NOTES),
        source="invented",
    )


def _adult(random: Random, surname: str, day: date) -> MemberDraft:
    woman = random.random() < 0.6
    given = random.choice(WOMEN if woman else MEN)
    year = day.year - random.randrange(19, 88)
    birth = Birth(on=date(year, random.randrange(1, 13), 3)) if random.random() < 0.6 else Birth(year=year)
    needs = frozenset(random.sample((Need.STEPS, Need.WHEELCHAIR, Need.STRETCHER, Need.SENSES), 1))
    return MemberDraft(
        PersonName(surname, given, "Іванівна" if woman else "Петрович"),
        Sex.FEMALE if woman else Sex.MALE,
        birth,
        Relation.UNKNOWN,
        needs if random.random() < 0.15 else frozenset(),
    )


def _child(random: Random, surname: str, day: date) -> MemberDraft:
    if random.random() < 0.3:
        return MemberDraft(birth=Birth(stated_child=True))
    given = random.choice(WOMEN + MEN)
    year = day.year - random.randrange(0, 19)
    return MemberDraft(PersonName(surname, given), birth=Birth(year=year), relation=Relation.CHILD)


def fill(session: Session, households: int, *, day: date = date(2023, 8, 15), seed: int = 1) -> list[str]:
    """Settlements and `households` households in one action; returns the ids of the households."""
    random = Random(seed)
    places = settle(session)
    with session.act("add_household") as act:
        return write_households(act, [draft(random, day, places, number) for number in range(households)])


def three_households(session: Session, places: list[str]) -> dict[str, str]:
    """Koval with a child, Galagan in an unknown settlement, a child alone ("orphan"); their ids by these names."""
    drafts = {"koval": replace(KOVAL, settlement_id=places[0]), "galagan": GALAGAN, "orphan": ORPHAN}
    return {name: add_household(session, draft).value for name, draft in drafts.items()}
