"""Settlements as dated data of their own: renamed while the code stays, with former names, population and source."""

from __future__ import annotations

import pytest

from coordinator.errors import UserError
from coordinator.queries.fleet import settlements
from coordinator.queries.registry import registry
from coordinator.queries.streets import all_streets
from coordinator.services import history
from coordinator.services.places import SettlementEdit, edit_settlement
from coordinator.session import Session
from tests.builders import DAY, add_household, add_settlement


def test_a_renamed_settlement_is_found_by_both_names_and_an_undo_brings_the_old_one_back(session: Session) -> None:
    place = add_settlement(session, "Московка", katottg="UA63080090190099999", estimated=True)
    add_household(session, settlement="Московка")
    before = settlements(session), registry(session, DAY)
    edit_settlement(session, SettlementEdit(place, "Мирове", (), 640, "перепис 2001 року", 49.5, 37.5))
    (now,) = settlements(session)
    assert (now.name, now.former, now.population, now.population_source) == (
        "Мирове", ("Московка",), 640, "перепис 2001 року",
    )  # fmt: skip
    assert (now.lat, now.lon, now.estimated, now.katottg) == (49.5, 37.5, False, "UA63080090190099999")
    assert now.aliases == ("Московка",)  # by which lists and calls find it
    (home,) = registry(session, DAY)
    assert home.settlement == "Мирове" and "мирове" in home.search_text
    edit_settlement(session, SettlementEdit(place, "Мирове", ("Московка", "Заріччя"), None, "нічого"))
    (now,) = settlements(session)
    assert (set(now.former), now.population, now.population_source, now.lat) == (
        {"Московка", "Заріччя"},
        None,
        "",
        49.5,
    )
    history.undo(session)
    history.undo(session)
    assert (settlements(session), registry(session, DAY)) == before


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (SettlementEdit("", " "), "place.name_missing"),
        (SettlementEdit("", "Мирове", population=-1), "place.population"),
        (SettlementEdit("", "Мирове", lat=49.0), "place.coordinates"),
        (SettlementEdit("", "Мирове", lat=149.0, lon=37.0), "place.coordinates"),
        (SettlementEdit("nowhere", "Мирове"), "place.gone"),
    ],
)
def test_what_cannot_be_is_refused(session: Session, edit: SettlementEdit, code: str) -> None:
    with pytest.raises(UserError) as error:
        edit_settlement(session, edit)
    assert error.value.code == code


def test_streets_of_all_settlements_stand_in_one_list(session: Session) -> None:
    for name in ("Подоли", "Вишневе"):
        add_settlement(session, name)
        add_household(session, settlement=name, street="Садова")
        add_household(session, settlement=name, street="вул. Садова", house="2")
    assert [(line.settlement, line.name, line.households) for line in all_streets(session)] == [
        ("Вишневе", "вул. Садова", 2), ("Подоли", "вул. Садова", 2),
    ]  # fmt: skip
