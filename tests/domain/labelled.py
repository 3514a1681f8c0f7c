"""Makes a labelled set: people of whom it is known who is entered twice. Run it for the figures of several seeds:

    python -m tests.domain.labelled [--seeds 1 2 3] [--people 10000] [--show 20]

10,000 invented people live in families of one to five, a family at one address and with one phone, with the likeness
that families have: children carry their father's name as patronymic, a son in eight his father's given name, there
are twins, and brothers and sisters called Олександр and Олександра. A tenth of them are entered a second time. Each
second entry is damaged in two of seven ways, and a fifth of them come with another phone and another address on top
of two damages of the other five. The spellings stand here by hand and owe nothing to the code under test.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from coordinator.domain.household import Address
from coordinator.domain.people_pairs import PersonRecord, find_people_pairs
from coordinator.domain.person import Birth, PersonName
from tests.domain.labelled_names import STREETS, Spelled, men, surnames, women


@dataclass(frozen=True)
class Someone:
    """A person, in full."""

    surname: Spelled
    given: Spelled
    patronymic: Spelled
    born: date
    phone: str
    settlement: str
    address: Address


@dataclass(frozen=True)
class Labelled:
    """`records`: everybody once, then the second entries; `pairs`: (second entry, first entry) that are one person;
    `apart`: second entries that share neither phone nor address with the first."""

    records: tuple[PersonRecord, ...]
    pairs: frozenset[tuple[str, str]]
    apart: frozenset[str]


class _Village:
    """Draws families; the commonest names come first and oftenest."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        self.surnames, self.men, self.women = surnames(), men(), women()
        self.weights = [1 / (place + 20) for place in range(len(self.surnames))]
        self.settlements = ["town", *(f"village-{number}" for number in range(60))]

    def phone(self) -> str:
        return f"+380{self.draw.choice(('50', '66', '67', '95', '97', '99'))}{self.draw.randrange(10**7):07}"

    def place(self) -> tuple[str, Address]:
        draw = self.draw
        settlement = "town" if draw.random() < 0.5 else draw.choice(self.settlements)
        flat = str(draw.randint(1, 60)) if settlement == "town" and draw.random() < 0.4 else ""
        return settlement, Address(draw.choice(STREETS.split()), str(draw.randint(1, 120)), flat)

    def family(self) -> list[Someone]:
        draw = self.draw
        his, hers = draw.choices(self.surnames, self.weights)[0]
        settlement, address = self.place()
        phone = self.phone()
        size = draw.choice((1, 2, 2, 3, 3, 4, 4, 5))
        parents_born = date(1935, 1, 1) + timedelta(days=draw.randrange(365 * 45))
        father = self.some(self.men)
        people = [self.man(his, father[0], parents_born)] if size > 1 or draw.random() < 0.4 else []
        people += [self.woman(hers, parents_born)] if len(people) < size else []
        twin: date | None = None
        while len(people) < size:
            born = parents_born + timedelta(days=draw.randrange(365 * 20, 365 * 38))
            twin = twin if twin and draw.random() < 0.15 else born
            people.append(self.child(his, hers, father, twin, people))
        return [replace(person, phone=phone, settlement=settlement, address=address) for person in people]

    def some(self, men: list[tuple[Spelled, Spelled, Spelled]]) -> tuple[Spelled, Spelled, Spelled]:
        return men[min(self.draw.randrange(len(men)), self.draw.randrange(len(men)))]

    def near(self, born: date) -> date:
        return born + timedelta(days=self.draw.randrange(-2000, 2000))

    def man(self, surname: Spelled, given: Spelled, born: date) -> Someone:
        return Someone(surname, given, self.some(self.men)[1], self.near(born), "", "", Address())

    def woman(self, surname: Spelled, born: date) -> Someone:
        given = self.women[min(self.draw.randrange(len(self.women)), self.draw.randrange(len(self.women)))]
        return Someone(surname, given, self.some(self.men)[2], self.near(born), "", "", Address())

    def child(
        self, his: Spelled, hers: Spelled, father: tuple[Spelled, Spelled, Spelled], born: date, family: list[Someone]
    ) -> Someone:
        """No two of one family with the same given name but father and son."""
        draw = self.draw
        taken = {person.given for person in family[1:]}
        if draw.random() < 0.5:
            choice = father[0] if draw.random() < 1 / 8 else draw.choice(self.men)[0]
            while choice in taken:
                choice = draw.choice(self.men)[0]
            return Someone(his, choice, father[1], born, "", "", Address())
        brothers = {person.given.ukrainian for person in family}
        like = [name for name in self.women if name.ukrainian[:-1] in brothers and name not in taken]
        girl = like[0] if like else draw.choice([name for name in self.women if name not in taken])
        return Someone(hers, girl, father[2], born, "", "", Address())


@dataclass
class _Entry:
    """A second entry on its way to the list."""

    surname: str
    given: str
    patronymic: str
    birth: Birth
    phone: str
    settlement: str
    address: Address


LETTERS = {"к": "абвгдежзиклмнопрстуя", "l": "abdeghiklmnoprstuvyz"}


class _Clerk:
    """Enters somebody a second time, with damages."""

    def __init__(self, village: _Village) -> None:
        self.draw, self.village = village.draw, village
        self.names: tuple[Callable[[_Entry, Someone], None], ...] = (
            self.script, self.typo, self.initials, self.no_patronymic, self.year_only,
        )  # fmt: skip

    def enter(self, person: Someone, *, apart: bool) -> _Entry:
        """The seven damages are script, typo, initials, patronymic missing, year only, other phone, other address."""
        entry = _Entry(
            person.surname.ukrainian, person.given.ukrainian, person.patronymic.ukrainian, Birth(on=person.born),
            person.phone, person.settlement, person.address,
        )  # fmt: skip
        chosen = self.draw.sample((*self.names, *(() if apart else (self.other_phone, self.other_address))), 2)
        while not apart and {self.other_phone, self.other_address} == set(chosen):
            chosen = self.draw.sample((*self.names, self.other_phone, self.other_address), 2)
        # A slip of the pen is made in the script that is written, and initials are taken of it.
        order = (self.script, self.typo, self.no_patronymic, self.initials)
        for damage in sorted(chosen, key=lambda one: order.index(one) if one in order else len(order)):
            damage(entry, person)
        if apart:
            self.other_phone(entry, person)
            self.other_address(entry, person)
        return entry

    def script(self, entry: _Entry, person: Someone) -> None:
        way = self.draw.choice(("russian", "latin"))
        entry.surname, entry.given, entry.patronymic = (
            getattr(part, way) for part in (person.surname, person.given, person.patronymic)
        )

    def typo(self, entry: _Entry, person: Someone) -> None:
        part = self.draw.choice(("surname", "surname", "given", "patronymic"))
        setattr(entry, part, self.slip(getattr(entry, part)))

    def slip(self, word: str) -> str:
        """A letter missing, doubled, another, or two in turned order; the first letter is safe half of the time."""
        draw = self.draw
        while True:
            at = draw.randrange(draw.randint(0, 1), len(word))
            kind = draw.randrange(4)
            if kind == 0 and len(word) > 3:
                made = word[:at] + word[at + 1 :]
            elif kind == 1:
                made = word[:at] + word[at] + word[at:]
            elif kind == 2:
                made = word[:at] + draw.choice(LETTERS["l" if word.isascii() else "к"]) + word[at + 1 :]
            else:
                made = word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
            if made.lower() != word.lower():
                return made.capitalize()

    def initials(self, entry: _Entry, person: Someone) -> None:
        entry.given = entry.given[0] + "."
        entry.patronymic = entry.patronymic and entry.patronymic[0] + "."

    def no_patronymic(self, entry: _Entry, person: Someone) -> None:
        entry.patronymic = ""

    def year_only(self, entry: _Entry, person: Someone) -> None:
        entry.birth = Birth(year=person.born.year)

    def other_phone(self, entry: _Entry, person: Someone) -> None:
        entry.phone = self.village.phone()

    def other_address(self, entry: _Entry, person: Someone) -> None:
        """Another house, and for one in four another settlement."""
        settlement, address = self.village.place()
        while address == person.address:
            settlement, address = self.village.place()
        entry.settlement = settlement if self.draw.random() < 0.25 else person.settlement
        entry.address = address


def labelled(seed: int, people: int = 10_000, share: float = 0.1) -> Labelled:
    """The set of one seed."""
    village = _Village(random.Random(seed))
    everybody: list[Someone] = []
    while len(everybody) < people:
        everybody += village.family()
    everybody = everybody[:people]
    twice = village.draw.sample(range(people), round(people * share))
    clerk = _Clerk(village)
    apart = {f"second-{number}" for number in twice[: len(twice) // 5]}
    second = [
        (f"second-{number}", clerk.enter(everybody[number], apart=f"second-{number}" in apart)) for number in twice
    ]
    records = (*_first(everybody), *(_record(key, entry) for key, entry in second))
    pairs = frozenset((f"second-{number}", f"first-{number}") for number in twice)
    return Labelled(tuple(records), pairs, frozenset(apart))


def _first(everybody: list[Someone]) -> Iterator[PersonRecord]:
    for number, person in enumerate(everybody):
        name = PersonName(person.surname.ukrainian, person.given.ukrainian, person.patronymic.ukrainian)
        yield PersonRecord(
            f"first-{number}", name, Birth(on=person.born), frozenset({person.phone}), person.settlement, person.address
        )


def _record(key: str, entry: _Entry) -> PersonRecord:
    name = PersonName(entry.surname, entry.given, entry.patronymic)
    return PersonRecord(key, name, entry.birth, frozenset({entry.phone}), entry.settlement, entry.address)


@dataclass(frozen=True)
class Measured:
    """`found`: pairs proposed, `right` of them true, of `true` pairs; `apart` of the true ones that share neither
    phone nor address, `right_apart` of them found; `certain` proposed as certain, `certain_wrong` of them wrong;
    `wrong`, `missed`: the pairs themselves."""

    found: int
    right: int
    true: int
    apart: int
    right_apart: int
    certain: int
    certain_wrong: int
    wrong: frozenset[tuple[str, str]]
    missed: frozenset[tuple[str, str]]

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.right / self.true

    def __str__(self) -> str:
        return (
            f"precision {self.precision:.4f}, recall {self.recall:.4f} ({self.right_apart} of {self.apart} that share"
            f" neither phone nor address), {self.certain} certain, {self.certain_wrong} of them wrong"
        )


def measured(made: Labelled) -> Measured:
    """What is proposed at the shipped threshold, against what is true."""
    pairs = {(pair.incoming_key, pair.known_key): pair for pair in find_people_pairs(made.records, made.records)}
    right = made.pairs & pairs.keys()
    certain = {key for key, pair in pairs.items() if pair.certain}
    return Measured(
        len(pairs), len(right), len(made.pairs), len(made.apart), sum(second in made.apart for second, _ in right),
        len(certain), len(certain - made.pairs), frozenset(pairs.keys() - made.pairs), made.pairs - right,
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5, 6])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--show", type=int, default=0, help="this many of the wrong and of the missed pairs")
    chosen = parser.parse_args()
    for seed in chosen.seeds:
        made = labelled(seed, chosen.people)
        figures = measured(made)
        print(f"seed {seed}: {figures}")
        by_key = {record.key: record for record in made.records}
        for word, pairs in (("wrong", figures.wrong), ("missed", figures.missed)):
            for second, first in sorted(pairs)[: chosen.show]:
                print(f"  {word}: {_shown(by_key[second])} = {_shown(by_key[first])}")


def _shown(record: PersonRecord) -> str:
    birth = record.birth.on or record.birth.year
    return f"{record.name.full}, {birth}, {'/'.join(record.phones)}, {record.settlement_id} {record.address.line}"


if __name__ == "__main__":
    main()
