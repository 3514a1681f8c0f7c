"""A family larger than any vehicle: divided only when somebody takes the proposal, carers and children together."""

from __future__ import annotations

from coordinator.domain.schedule import LeftReason
from coordinator.queries.dividing import proposed_division
from coordinator.queries.schedule import day_board
from coordinator.services import history, households
from coordinator.services.dividing import divide_household
from coordinator.session import Session
from tests.builders import DAY, add_household, add_vehicle, person_ids, plan


def test_a_party_of_nine_without_a_bus_is_divided_when_it_is_taken_and_then_everybody_goes(centre: Session) -> None:
    for plate in ("AX0001AA", "AX0002AA"):
        add_vehicle(centre, plate, seats=8)
    family = add_household(centre, people=9, children=6)
    father, mother, *_rest = person_ids(centre, family)
    children = person_ids(centre, family)[3:]
    for child in children[:2]:
        households.set_escort(centre, child, mother)
    plan(centre)
    (line,) = day_board(centre, DAY).waiting
    assert line.reason is LeftReason.TOO_LARGE

    division = proposed_division(centre, DAY, family)
    assert division is not None
    parts = [{person.id for person in part} for part in (division.first, division.second)]
    assert sum(map(len, parts)) == 9
    for part in parts:
        assert mother not in part or set(children[:2]) <= part
        assert part & {father, mother, person_ids(centre, family)[2]}
    assert len(parts[0]) <= 8

    divide_household(centre, division)
    plan(centre)
    board = day_board(centre, DAY)
    assert not board.waiting
    assert board.totals.planned == 9
    assert not any(trip.breaches for trip in board.trips)
    history.undo(centre)
    history.undo(centre)
    assert len(person_ids(centre, family)) == 9


def test_a_child_is_not_parted_from_the_only_adult(centre: Session) -> None:
    add_vehicle(centre, seats=8)
    family = add_household(centre, people=9, children=8)
    assert proposed_division(centre, DAY, family) is None
