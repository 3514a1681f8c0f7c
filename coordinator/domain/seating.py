"""Which places a party takes: a seat fit per person, the carer beside a stretcher, infants, luggage and animals.

Rules of issue E, point 1. A lying person takes a stretcher place and needs somebody seated beside them: an adult of
the party, or else one of the crew, who takes a seat. An infant takes a seat (with a child seat), or the lap of an
adult of the party where the centre allows that. Each piece of luggage and each animal's carrier takes one piece of
room; where nobody has said how much luggage, one piece a person is reckoned with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from coordinator.domain.household import place_of
from coordinator.domain.names import fold
from coordinator.domain.person import Need, Person, age_on
from coordinator.domain.schedule import Load

LAP_UNDER = 2
"""Full years; an infant is younger."""
_COUNTED = re.compile(r"(\d{1,2})\s*(?=[^\W\d_])")
_NONE = frozenset({"немає", "нема", "ні", "нет", "no", "none", "без тварин"})


def party_load(
    people: Sequence[Person], day: date, *, luggage: int | None = None, pets: str = "", laps: bool = False
) -> Load:
    """The places that `people` of one household take together on `day`, with what they bring."""
    total = Load()
    for person in people:
        total += place_of(person.needs)
    if not people:
        return total
    seated = [person for person in people if place_of(person.needs).seats]
    adults = sum(not age_on(person.birth, day).is_child for person in seated)
    held = min(sum(is_infant(person, day) for person in seated), adults) if laps else 0
    carers = max(0, total.stretcher - adults)
    pieces = len(people) if luggage is None else luggage
    return total + Load(seats=carers - held, space=pieces + carriers_in(pets), carers=carers, laps=held)


def is_infant(person: Person, day: date) -> bool:
    """Younger than two years, or said to be an infant."""
    age = age_on(person.birth, day)
    return age.years < LAP_UNDER if age.years is not None else Need.INFANT in person.needs


def carriers_in(pets: str) -> int:
    """How many animals a text names: "6 котів, собака" are 7. What names none but is not empty counts as one."""
    text = fold(pets)
    if not any(char.isalnum() for char in text) or text.strip(" .-–") in _NONE:
        return 0
    parts = [part for part in re.split(r"[,;+&/]| і | та | и | and ", text) if any(char.isalnum() for char in part)]
    return sum(_count(part) for part in parts)


def _count(part: str) -> int:
    counted = _COUNTED.search(part)
    return int(counted[1]) if counted else 1
