"""A clerk saves what the registry shows, opens it again, and sees its count here and on the first page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coordinator.domain.decision import Decision
from coordinator.queries.registry_filter import RegistryFilter, one_of
from coordinator.queries.saved_views import saved_views
from coordinator.services.decisions import decide
from coordinator.session import Session
from tests.ui.bench import Bench, press, type_over
from tests.ui.invented import fill
from ui import ask
from ui.crash import CrashDesk
from ui.dialogs.save_view import SaveViewDialog
from ui.pages.today import TodayPage
from ui.tables.registry_columns import NUMBERS

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")


@pytest.fixture
def bench(qtbot: QtBot, session: Session, crashes: CrashDesk) -> Iterator[Bench]:
    fill(session, 40)
    made = Bench(qtbot, session, crashes, more={"today": TodayPage})
    yield made
    made.window.close()


def save_as(bench: Bench, name: str, *, pinned: bool = False) -> None:
    """Ctrl+B, the name, Enter."""
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    press(bench.registry.table, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    dialog = bench.registry.findChild(SaveViewDialog)
    assert dialog is not None
    type_over(dialog.name, name)
    dialog.pinned.setChecked(pinned)
    press(dialog.name, Qt.Key.Key_Return)
    bench.settle()


def strip(bench: Bench) -> list[str]:
    return [button.text() for button in bench.registry.views.strip.buttons.values()]


def checked(bench: Bench) -> str:
    return next(button.text() for button in bench.registry.views.strip.buttons.values() if button.isChecked())


def test_save_change_and_open_again(bench: Bench) -> None:
    page = bench.registry
    page.bar.set_filter(RegistryFilter({"decision": one_of("packed")}))
    page.table.sort_by("settlement", True)
    page.table.setColumnHidden(NUMBERS["note"], True)
    packed = page.rows.rowCount()
    save_as(bench, "Зібрані", pinned=True)
    assert strip(bench) == ["All · 40", f"Зібрані · {packed}"]
    assert checked(bench) == f"Зібрані · {packed}"
    page.bar.set_filter(RegistryFilter({"decision": one_of("packed", "refused")}))
    assert checked(bench) == f"Зібрані (changed) · {packed}"
    page.table.setColumnHidden(NUMBERS["note"], False)
    page.table.sort_by("head")
    page.views.strip.buttons[""].click()
    assert page.rows.rowCount() == 40
    page.views.strip.buttons[page.views.views[0].id].click()
    assert page.rows.rowCount() == packed
    assert page.table.isColumnHidden(NUMBERS["note"])
    assert page.rows.sorted_by == ((NUMBERS["settlement"], True),)


def test_the_count_is_live_and_the_first_page_leads_to_the_rows(bench: Bench, session: Session) -> None:
    page = bench.registry
    page.bar.set_filter(RegistryFilter({"decision": one_of("refused")}))
    save_as(bench, "Відмова", pinned=True)
    refused = page.rows.rowCount()
    page.bar.clear_all()
    other = next(row for row in page.rows.records() if row.decision == "packed")
    bench.desk.register.tasks.run_verb(decide, session, other.id, Decision.REFUSED)
    bench.settle()
    assert strip(bench)[1] == f"Відмова · {refused + 1}"
    bench.desk.go("today")
    bench.settle()
    today = bench.desk.pages["today"]
    assert isinstance(today, TodayPage)
    (figure,) = today.pinned.figures.values()
    assert figure.text() == str(refused + 1)
    press(figure, Qt.Key.Key_Return)
    assert bench.desk.current() is page
    assert {row.decision for row in page.rows.records()} == {"refused"}


def test_two_with_one_name_are_refused_beside_the_name(bench: Bench, session: Session) -> None:
    save_as(bench, "Усі")
    save_as(bench, "усі")
    dialog = bench.registry.findChild(SaveViewDialog)
    assert dialog is not None and dialog.isVisible()
    assert dialog.fault.text().startswith("There is a view “усі” already.")
    assert len(saved_views(session)) == 1


def test_rename_move_unpin_delete_and_undo(bench: Bench, session: Session) -> None:
    for name in ("Перша", "Друга"):
        bench.registry.bar.search.setText(name)
        save_as(bench, name)
    strip_of, (first, second) = bench.registry.views.strip, [view.id for view in saved_views(session)]
    with ask.answers(["Третя"]):
        strip_of.rename_wanted.emit(first)
    strip_of.move_wanted.emit(second, -1)
    strip_of.pin_wanted.emit(second, True)
    strip_of.remove_wanted.emit(first)
    bench.settle()
    assert [(view.name, view.pinned) for view in saved_views(session)] == [("Друга", True)]
    for _step in range(4):
        bench.desk.undo()
        bench.settle()
    assert [(view.name, view.pinned) for view in saved_views(session)] == [("Перша", False), ("Друга", False)]
    assert [text.split(" · ")[0] for text in strip(bench)] == ["All", "Перша", "Друга"]
