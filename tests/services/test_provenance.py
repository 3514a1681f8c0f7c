"""Every value knows the file, sheet, row and sender, or who typed it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from coordinator.queries.provenance import Origin, origins
from coordinator.services import duplicates, gazetteer, history, households, imports
from coordinator.session import Session
from db import stores
from tests.builders import add_pair
from tests.exchange.making import write_book
from tests.exchange.told import SHORT

WEEK_1 = [
    SHORT,
    [1, "Сорока Олена Іванівна", 1981, "вул. Садова, 5", "0501112233", "вагаються"],
    ["", "Сорока Іван Петрович", 2015],
]
WEEK_2 = [
    SHORT,
    [*WEEK_1[1][:3], "вул. Садова, 5", "0679998877", "вагаються"],
    ["", "Сорока Іван Петрович", "05.03.2015"],
]


@pytest.fixture
def family(session: Session, tmp_path: Path) -> str:
    """A household that two lists brought; its id."""
    gazetteer.seed(session)
    for name, rows in (("week1.xlsx", WEEK_1), ("week2.xlsx", WEEK_2)):
        path = write_book(tmp_path / name, {"Подоли": [["Список", "станом на 14.08.2023"], *rows]})
        imports.apply_import(session, imports.preview_import(session, path))
    with session.reading() as db:
        (row,) = stores.households.all(db)
    return row.id


def of(session: Session, household_id: str, table: str, column: str) -> list[Origin]:
    """The origins of a column, by the order of the records."""
    return [
        origin
        for (name, _id, one), origin in sorted(origins(session, household_id).items())
        if (name, one) == (table, column)
    ]


def place(origin: Origin) -> tuple[str, str, int]:
    return origin.file, origin.sheet, origin.row


def test_values_know_the_file_the_sheet_and_their_own_row(session: Session, family: str) -> None:
    assert [place(one) for one in of(session, family, "contact", "e164")] == [
        ("week1.xlsx", "Подоли", 3), ("week2.xlsx", "Подоли", 3),
    ]  # fmt: skip
    assert [place(one) for one in of(session, family, "person", "given")] == [
        ("week1.xlsx", "Подоли", 3), ("week1.xlsx", "Подоли", 4),
    ]  # fmt: skip
    born = of(session, family, "person", "birth_on")
    assert [place(one) for one in born] == [("week2.xlsx", "Подоли", 4)] and born[0].list_on == date(2023, 8, 14)


def test_what_was_typed_here_names_who_typed_it(session: Session, family: str) -> None:
    households.edit_household(session, family, note="самі зателефонували")
    (origin,) = of(session, family, "household", "note")
    assert (origin.file, origin.label, origin.done_by) == ("", "edit_household", session.user)


def test_a_value_that_was_put_back_is_whose_it_was(session: Session, family: str) -> None:
    households.edit_household(session, family, note="самі зателефонували")
    history.undo(session)
    assert [place(one) for one in of(session, family, "household", "note")] == [("week1.xlsx", "Подоли", 3)]


def test_values_that_came_with_a_joined_household_keep_their_row(session: Session, family: str, tmp_path: Path) -> None:
    rows = [SHORT, [9, "Сорока Олена Іванівна", 1981, "вул. Лісова, 1", "0631234567"]]
    path = write_book(tmp_path / "other.xlsx", {"Ківшарівка": rows})
    imports.apply_import(session, imports.preview_import(session, path))
    with session.reading() as db:
        (other,) = [row.id for row in stores.households.all(db) if row.id != family]
    duplicates.same(session, add_pair(session, family, other))
    phones = {place(one) for one in of(session, family, "contact", "e164")}
    assert ("other.xlsx", "Ківшарівка", 2) in phones and ("week1.xlsx", "Подоли", 3) in phones
