"""Possible duplicates side by side: signs, one key a decision, undo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.household import Address, Contact
from coordinator.domain.person import Birth, PersonName
from coordinator.domain.taking import Take
from coordinator.queries.duplicates import open_pairs
from coordinator.queries.registry import registry
from coordinator.services.duplicates import different, record_candidates
from coordinator.services.households import add_household
from coordinator.services.writing import HouseholdDraft, MemberDraft
from coordinator.session import Session
from tests.ui.bench import DAY, Bench, press, unnamed
from tests.ui.invented import settle
from ui.crash import CrashDesk
from ui.widgets.pair_lines import Line, Sign, lines

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


def draft(place: str, name: PersonName, house: str, phone: str, **more: object) -> HouseholdDraft:
    person = MemberDraft(name, birth=Birth(on=date(1960, 5, 1)))
    contacts = (Contact(phone, "+38" + phone),)
    return HouseholdDraft(place, address=Address("вул. Миру", house), people=(person,), contacts=contacts, **more)  # type: ignore[arg-type]


@pytest.fixture
def pairs(session: Session) -> list[str]:
    """Three families that came twice, under the same phone; the ids of the second households."""
    place = settle(session)[0]
    second = []
    for n, surname in enumerate(("Коваль", "Мороз", "Ткач"), start=1):
        phone = f"050123456{n}"
        add_household(session, draft(place, PersonName(surname, "Олена", "Іванівна"), str(n), phone, pets="кіт"))
        again = draft(place, PersonName(surname, "Елена"), str(n), phone, decision=Decision.PACKED, pets="собака")
        second.append(add_household(session, again).value)
    for household_id in second:
        assert record_candidates(session, household_id).value == 1
    return second


@pytest.fixture
def bench(qtbot: QtBot, session: Session, pairs: list[str], crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes)
    made.desk.go("duplicates")
    made.settle()
    yield made
    made.window.close()


def queue(bench: Bench) -> list[str]:
    rows = bench.duplicates.rows
    return [rows.text(row, 1).split()[0] for row in range(rows.rowCount())]


def current(bench: Bench) -> str:
    row = bench.duplicates.rows.row_of(bench.duplicates.queue.current_id())
    assert row is not None
    return bench.duplicates.rows.text(row, 1).split()[0]


def test_the_fields_carry_signs(session: Session, pairs: list[str]) -> None:
    found = {line.caption: line for line in lines(open_pairs(session)[0], DAY)}
    signs = {caption: line.sign for caption, line in found.items()}
    assert signs == {
        "Settlement": Sign.SAME, "Address": Sign.SAME, "Phones": Sign.SAME, "People": Sign.ALIKE,
        "Decision": Sign.DIFFERENT, "Pets": Sign.DIFFERENT,
    }  # fmt: skip
    assert found["Decision"] == Line("Decision", "Not asked", "Packed, ready", Sign.DIFFERENT, Take("decision"))


def test_all_open_pairs_wait_in_the_queue_and_the_first_is_shown(bench: Bench) -> None:
    assert queue(bench) == ["Коваль", "Мороз", "Ткач"]
    assert current(bench) == "Коваль"
    assert bench.duplicates.count.text() == "3 pairs to decide · this is number 1"
    assert "Pets: different. кіт / собака" in bench.duplicates.board.accessibleDescription()


def test_one_key_joins_and_the_next_pair_comes(bench: Bench, session: Session) -> None:
    press(bench.duplicates.queue, Qt.Key.Key_S)
    assert current(bench) == "Мороз"
    bench.settle()
    assert queue(bench) == ["Мороз", "Ткач"]
    assert len(registry(session, DAY)) == 5
    assert "1 decided now" in bench.duplicates.count.text()


def test_one_key_says_not_the_same_for_ever(bench: Bench, session: Session, pairs: list[str]) -> None:
    press(bench.duplicates.queue, Qt.Key.Key_N)
    bench.settle()
    assert queue(bench) == ["Мороз", "Ткач"]
    assert len(registry(session, DAY)) == 6
    assert record_candidates(session, pairs[0]).value == 0


def test_keys_pressed_quickly_decide_one_pair_each(bench: Bench, session: Session) -> None:
    for key in (Qt.Key.Key_S, Qt.Key.Key_N, Qt.Key.Key_S):
        press(bench.duplicates.queue, key)
    bench.settle()
    assert open_pairs(session) == []
    assert len(registry(session, DAY)) == 4
    assert bench.duplicates._empty.isVisible()


def test_values_of_the_newer_one_are_ticked_and_taken_over(bench: Bench, session: Session) -> None:
    page = bench.duplicates
    assert not page._update_button.isEnabled() and "Tick values" in page._update_button.toolTip()
    box = page.board.boxes[Take("pets")]
    press(box, Qt.Key.Key_Space)
    assert page._update_button.text() == "The same, with 1 value (U)"
    press(page.queue, Qt.Key.Key_U)
    bench.settle()
    assert [row.pets for row in registry(session, DAY) if row.number == 1] == ["собака"]
    assert current(bench) == "Мороз" and page.board.taken == frozenset()


def test_a_pair_is_put_aside_and_taken_up_again(bench: Bench, session: Session) -> None:
    press(bench.duplicates.queue, Qt.Key.Key_L)
    bench.settle()
    assert queue(bench) == ["Мороз", "Ткач"]
    assert bench.duplicates.count.text() == "2 pairs to decide · this is number 1"
    assert bench.duplicates.filters.aside.text() == "1 put aside"
    bench.duplicates.filters.aside.click()
    assert queue(bench) == ["Коваль"] and len(open_pairs(session)) == 3
    press(bench.duplicates.queue, Qt.Key.Key_L)
    bench.settle()
    bench.duplicates.filters.aside.click()
    assert sorted(queue(bench)) == ["Коваль", "Мороз", "Ткач"]


def test_the_queue_is_narrowed_by_where_the_newer_one_comes_from(bench: Bench) -> None:
    filters = bench.duplicates.filters
    filters.files.choose(frozenset({"week2.xlsx"}))
    filters.files.picked.emit(filters.files.chosen)
    assert queue(bench) == [] and "Try fewer words or filters" in bench.duplicates._empty.accessibleName() + str(
        [label.text() for label in bench.duplicates._empty.findChildren(QLabel)]
    )
    filters.files.choose(frozenset({""}))
    filters.files.picked.emit(filters.files.chosen)
    assert len(queue(bench)) == 3


def test_undo_brings_a_pair_back(bench: Bench, session: Session) -> None:
    press(bench.duplicates.queue, Qt.Key.Key_S)
    bench.settle()
    bench.desk.undo()
    bench.settle()
    assert sorted(queue(bench)) == ["Коваль", "Мороз", "Ткач"]
    assert len(registry(session, DAY)) == 6


def test_the_arrows_go_round(bench: Bench) -> None:
    for expected in ("Мороз", "Ткач", "Коваль"):
        press(bench.duplicates.queue, Qt.Key.Key_Right)
        assert current(bench) == expected
    press(bench.duplicates.queue, Qt.Key.Key_Left)
    assert current(bench) == "Ткач"


def test_a_pair_decided_elsewhere_meanwhile_is_told_calmly(bench: Bench, session: Session) -> None:
    pair_id = bench.duplicates.queue.current_id()
    different(session, pair_id)
    press(bench.duplicates.queue, Qt.Key.Key_S)
    bench.settle()
    assert bench.desk.notices.texts()
    assert queue(bench) == ["Мороз", "Ткач"]


def test_a_household_leads_to_its_pair_and_back(bench: Bench, pairs: list[str]) -> None:
    bench.choose(pairs[2])
    assert bench.registry.panel.head.pairs.isVisible()
    bench.registry.panel.head.pairs.click()
    bench.settle()
    assert current(bench) == "Ткач"
    bench.duplicates.board.opened.emit(pairs[1])
    bench.settle()
    assert bench.registry.table.current_id() == pairs[1]


def test_everything_that_takes_the_focus_has_a_name(bench: Bench) -> None:
    assert unnamed(bench.duplicates) == []
