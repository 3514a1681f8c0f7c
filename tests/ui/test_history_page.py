"""The page of the history: the log, its filters, one action in full, undoing it; and the undo key that names itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.domain.person import PersonName
from coordinator.queries.household import household_card
from coordinator.queries.journal import LogKind
from coordinator.services import decisions, history, households, imports
from coordinator.services.writing import MemberDraft
from coordinator.session import Session
from tests.builders import add_household, add_settlement, person_ids
from tests.services.lists import household, people_list, person
from tests.ui.bench import Bench, press, unnamed
from ui.crash import CrashDesk
from ui.pages.history import HistoryPage

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def koval(session: Session) -> str:
    add_settlement(session, "Подоли")
    return add_household(session, phone="0501234567")


@pytest.fixture
def bench(qtbot: QtBot, session: Session, koval: str, crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, session, crashes, more={"history": HistoryPage})
    yield made
    made.window.close()


@pytest.fixture
def page(bench: Bench) -> HistoryPage:
    found = bench.desk.pages["history"]
    assert isinstance(found, HistoryPage)
    bench.desk.go("history")
    bench.settle()
    return found


def lines(page: HistoryPage) -> list[str]:
    rows = page._rows
    return [rows.text(row, 2) for row in range(rows.rowCount())]


def action(bench: Bench, name: str) -> QAction:
    (found,) = [one for one in bench.desk.actions() if one.objectName() == name]
    return found


def said(page: HistoryPage) -> str:
    return "\n".join(label.text() for label in page.detail.findChildren(QLabel) if label.isVisible())


def test_what_is_done_appears_at_the_top_and_is_undone_by_the_button(
    bench: Bench, page: HistoryPage, koval: str
) -> None:
    tasks = bench.window.register.tasks  # type: ignore[union-attr]
    tasks.run_verb(decisions.decide, bench.session, koval, Decision.UNDECIDED)
    bench.settle()
    assert lines(page)[0] == "Decision of household 1 recorded: Undecided"
    page.table.select_id(page._rows.row_id(0))
    bench.settle()
    bench.until(lambda: "Household, Decision: Packed, ready → Undecided" in said(page))
    assert page.detail.button.text() == "Undo this action"
    press(page.table, Qt.Key.Key_Return)
    assert page.detail.button.hasFocus()
    page.detail.button.click()
    bench.settle()
    assert household_card(bench.session, koval).household.decision is Decision.PACKED
    assert lines(page)[0] == "Undone: Decision of household 1 recorded: Undecided"
    assert page._rows.text(1, 4) == "undone"
    page.table.select_id(page._rows.row_id(0))
    bench.settle()
    assert page.detail.button.text() == "Do this again"
    page.detail.button.click()
    bench.settle()
    assert household_card(bench.session, koval).household.decision is Decision.UNDECIDED


def test_what_cannot_be_undone_says_why_and_a_link_leads_to_the_household(
    bench: Bench, page: HistoryPage, koval: str
) -> None:
    page.show_target(kind="keys")
    bench.settle()
    assert lines(page) == ["Register made"]
    assert not page.detail.button.isEnabled()
    bench.until(lambda: "The register began with this, so it stays." in said(page))
    page.clear()
    bench.settle()
    page.table.select_id(page._rows.row_id(0))
    bench.settle()
    links = [one for one in page.detail.findChildren(QPushButton) if one.text() == "Household 1"]
    links[-1].click()
    bench.settle()
    assert bench.desk.current_name() == "registry"
    assert bench.registry.table.current_id() == koval


def test_filters_and_search_narrow_the_log(bench: Bench, page: HistoryPage, koval: str) -> None:
    for pets in ("кіт", "коза"):
        households.edit_household(bench.session, koval, pets=pets)
    bench.settle()
    page.search.setText("household changed")
    bench.settle()
    assert lines(page) == ["Household 1 changed"] * 2
    page.search.setText("нічого такого")
    bench.settle()
    assert lines(page) == [] and page._empty.isVisible()
    page._empty.button.click()
    bench.settle()
    assert len(lines(page)) == 5
    page.kinds[LogKind.IMPORTS].click()
    bench.settle()
    assert lines(page) == []


def test_a_long_log_goes_on_while_scrolling(bench: Bench, page: HistoryPage) -> None:
    with bench.session.act("edit_household", number=1) as act:
        rows = [(f"{n:05}", "save_vehicle", "2023-08-15T06:00:00.000000Z", "Ірина", "") for n in range(900)]
        act.db.connection().executemany(
            "INSERT INTO action (id, label, done_at, done_by, source) VALUES (?, ?, ?, ?, ?)", rows
        )
    page.refresh(None)
    bench.settle()
    assert page._rows.rowCount() == 300
    bar = page.table.verticalScrollBar()
    for expected in (600, 900):
        bar.setValue(bar.maximum())
        bench.settle()
        assert page._rows.rowCount() == expected


def test_an_undone_import_names_all_that_stays_and_opens_it(bench: Bench, page: HistoryPage) -> None:
    session = bench.session
    families = people_list(household(person("Гук Олена", 1950)), household(person("Сич Ганна", 1940), house="7"))
    brought = imports.apply_import(session, imports.preview_list(session, families)).value
    with session.reading() as db:
        ids = [row[0] for row in db.rows("SELECT id FROM household WHERE number > 1 ORDER BY number")]
    for household_id in ids:
        households.edit_household(session, household_id, note="перевірено")
    bench.settle()
    page._undo(brought.action_id)
    bench.settle()
    (notice,) = bench.desk.notices._notices
    assert notice.text.startswith("Undone: Imported list-") and notice.text.endswith("Households: 2, 3")
    (step,) = [one for one in notice.findChildren(QPushButton) if one.text() == "Show what stays"]
    step.click()
    bench.settle()
    assert [page.detail.kept.item(row).text() for row in range(2)] == ["Household 2", "Household 3"]
    page.detail.kept.setCurrentRow(1)
    press(page.detail.kept, Qt.Key.Key_Return)
    bench.settle()
    assert bench.registry.table.current_id() == ids[1]


def test_the_keys_say_beforehand_what_they_do(bench: Bench, koval: str) -> None:
    undo, redo = action(bench, "undo"), action(bench, "redo")
    assert undo.text() == "Undo: enter household 1" and not redo.isEnabled()
    assert redo.toolTip() == "Nothing was undone that could be done again"
    decisions.decide(bench.session, koval, Decision.REFUSED)
    bench.settle()
    assert undo.text() == "Undo: set decision of household 1"
    undo.trigger()
    bench.settle()
    assert redo.text() == "Do again: set decision of household 1" and redo.isEnabled()
    redo.trigger()
    bench.settle()
    assert bench.desk.notices.texts()[0] == "Done again: Decision of household 1 recorded: Refused"
    for _number in range(3):
        bench.desk.undo()
        bench.settle()
    assert (undo.isEnabled(), undo.toolTip()) == (False, "Nothing to undo yet")


def test_older_entries_without_a_number_still_read_well(bench: Bench, page: HistoryPage) -> None:
    with bench.session.act("decide", decision="packed") as act:
        act.db.execute_sql("UPDATE household SET pets = 'кіт'")
    bench.session._tell(act.change)
    bench.desk.undoing.ask()
    page.refresh(None)
    bench.settle()
    assert lines(page)[0] == "Decision recorded"
    assert action(bench, "undo").text() == "Undo: Decision recorded"


def test_the_history_of_a_person_is_shown_alone_and_put_back(bench: Bench, koval: str) -> None:
    olena, marko = person_ids(bench.session, koval)
    households.edit_person(bench.session, olena, MemberDraft(PersonName("Ярош", "Олена")))
    households.remove_person(bench.session, marko)
    bench.choose(koval)
    section = bench.registry.panel.history
    assert section.whose.findText("Коваль Марко") > 0, "somebody taken off is still there to choose"
    section.whose.setCurrentIndex(section.whose.findText("Ярош Олена"))
    section.whose.activated.emit(section.whose.currentIndex())
    bench.until(lambda: any(one.isVisibleTo(section) for one in section.findChildren(QToolButton)))
    buttons = [one for one in section.findChildren(QToolButton) if "Surname" in one.accessibleName()]
    (button,) = [one for one in buttons if one.isVisibleTo(section)]
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    bench.settle()
    assert household_card(bench.session, koval).household.people[0].name.surname == "Коваль"
    section.whose.setCurrentIndex(section.whose.findText("Коваль Марко"))
    section.whose.activated.emit(section.whose.currentIndex())
    bench.until(lambda: any(one.isVisibleTo(section) for one in section.findChildren(QToolButton)))
    (back,) = [one for one in section.findChildren(QToolButton) if one.isVisibleTo(section)]
    back.click()
    bench.settle()
    assert person_ids(bench.session, koval) == [olena, marko]


def test_every_field_of_the_page_has_a_name(bench: Bench, page: HistoryPage) -> None:
    assert unnamed(page) == []


def test_the_page_keeps_what_was_chosen_through_another_language(bench: Bench, page: HistoryPage) -> None:
    page.kinds[LogKind.CHANGES].click()
    page.search.setText("household")
    bench.settle()
    state = page.state()
    other = HistoryPage(page.context)
    other.restore(state)
    assert other.state() == state
    other.deleteLater()


def test_ten_thousand_households_that_stay_are_listed_at_once(bench: Bench, page: HistoryPage) -> None:
    numbers = list(range(1, 10_001))
    with bench.session.act("undo") as act:
        act.describe(of="x", what="import", facts={"file": "list.xlsx"}, kept=len(numbers), households=numbers)
    page.show_target(action=act.id)
    bench.settle()
    assert page.detail.kept.count() == 10_000
    assert history.next_undo(bench.session) is not None
