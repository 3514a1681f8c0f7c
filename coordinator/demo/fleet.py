"""The invented fleet: eleven vehicles with their drivers, as several organisations lend them together."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from coordinator.demo import names
from coordinator.domain.fleet import Vehicle
from coordinator.domain.person import Sex

_OPENS, _CLOSES = 6 * 60, 19 * 60
_ORGANISATIONS = ("Волонтери", "Громада", "Служба порятунку")

_KINDS: tuple[tuple[str, int, int, int, str], ...] = (
    ("Mercedes Sprinter", 8, 0, 0, "B"),
    ("Mercedes Sprinter", 8, 0, 0, "B"),
    ("VW Crafter", 8, 0, 0, "B"),
    ("Opel Vivaro", 8, 0, 0, "B"),
    ("Renault Master (підйомник)", 6, 2, 0, "B"),
    ("VW Crafter (пандус)", 7, 1, 0, "B"),
    ("Ford Transit (швидка)", 3, 0, 1, "B"),
    ("Mercedes Sprinter (швидка)", 3, 0, 1, "B"),
    ("Автобус Еталон", 24, 0, 0, "D"),
    ("Mercedes Sprinter, 16 місць", 16, 0, 0, "B"),
    ("Toyota LC200", 4, 0, 0, "B"),
)
"""Model, seats, wheelchair and stretcher places, licence; the sixteen seats are above what B allows."""

SIZE = len(_KINDS)
_ARMOURED = SIZE - 1


def fleet(random: Random, times: int = 1) -> Iterator[Vehicle]:
    """The eleven vehicles, `times` over with other plates and drivers."""
    for number in range(SIZE * times):
        kind = number % SIZE
        model, seats, wheelchair, stretcher, licence = _KINDS[kind]
        driver = names.full_name(random, names.surname(random), Sex.MALE)
        yield Vehicle(
            id=None,
            plate=f"AX{1001 + 13 * number:04}{'ABCEHIKMOPTX'[number % 12]}P",
            model=model,
            seats=seats,
            wheelchair=wheelchair,
            stretcher=stretcher,
            armoured=kind == _ARMOURED,
            licence=licence,
            organisation=_ORGANISATIONS[number % len(_ORGANISATIONS)],
            driver=f"{driver.surname} {driver.given}",
            phone=names.phone(names.MOST_PHONES - 1 - number).raw,
            available_from=_OPENS,
            available_until=_CLOSES,
        )
