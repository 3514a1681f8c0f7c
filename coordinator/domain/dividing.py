"""A family that no vehicle takes in one piece: who would go in which of two, proposed and never done unasked.

A child stays with the adult who is named for it, and whoever is cared for with their carer. Others who need an adult
beside them go where one is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from coordinator.domain.escorting import is_adult, is_child, needs_care
from coordinator.domain.person import Person

Fits = Callable[[Sequence[Person]], bool]
"""Whether some vehicle of the day takes these people together."""


def two_parts(people: Sequence[Person], day: date, fits: Fits) -> tuple[tuple[Person, ...], tuple[Person, ...]] | None:
    """As many as fit, and the others; each part has an adult who can look after the rest of it. None: not possible."""
    bundles = _bundles(people)
    seeds = [bundle for bundle in bundles if any(_able(one, day) for one in bundle) and fits(bundle)]
    if len(seeds) < 2:
        return None
    seeds.sort(key=len, reverse=True)
    first, second = list(seeds[0]), list(seeds[1])
    others = [bundle for bundle in bundles if bundle not in seeds[:2]]
    for bundle in sorted(others, key=len, reverse=True):
        (first if fits([*first, *bundle]) else second).extend(bundle)
    return _in_order(people, first), _in_order(people, second)


def _bundles(people: Sequence[Person]) -> list[list[Person]]:
    """People of whom one is named for the other, together."""
    bundles = {person.id: [person] for person in people}
    for person in people:
        for other in (person.escort_id, person.carer_id):
            if other in bundles and bundles[other] is not bundles[person.id]:
                together = bundles[other] + bundles[person.id]
                bundles.update({one.id: together for one in together})
    found: list[list[Person]] = []
    for bundle in bundles.values():
        if not any(bundle is other for other in found):
            found.append(bundle)
    return found


def _able(person: Person, day: date) -> bool:
    return is_adult(person, day) and not is_child(person, day) and not needs_care(person)


def _in_order(people: Sequence[Person], part: Sequence[Person]) -> tuple[Person, ...]:
    ids = {person.id for person in part}
    return tuple(person for person in people if person.id in ids)
