"""Who may only look: the bar says why, nothing can be changed or taken out, and everything can be read and copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import QItemSelection, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coordinator.domain.roles import Role
from coordinator.register import Access, create_register, open_register
from coordinator.services.households import edit_household
from coordinator.services.users import add_user
from coordinator.session import Session
from db import import_queries, stores
from tests.builders import DAY, add_household, add_hubs, add_pair, add_settlement, add_vehicle, on_trip
from tests.conftest import PASSPHRASE, WAIT
from tests.stories import workbooks
from tests.ui.bench import type_over
from tests.ui.settling import settle
from ui import actions, ask, speech, theme
from ui.app import load_pages
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.import_ import ImportPage
from ui.pages.registry import RegistryPage
from ui.pages.schedule import SchedulePage
from ui.paper.preview import PaperPreview
from ui.preferences import Preferences
from ui.rights import _Watch
from ui.widgets.inline_field import InlineField

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
FAMILIES = 24


class Ids(NamedTuple):
    folder: Path
    family: str


def _passphrase(role: Role) -> str:
    return PASSPHRASE if role is Role.COORDINATOR else f"{role} {PASSPHRASE}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Ids:
    """Families enough for a list, one of them on a trip, a pair to decide, and a user of each role."""
    with create_register(tmp_path_factory.mktemp("looking") / "centre", PASSPHRASE, user="Оксана") as session:
        add_hubs(session)
        add_settlement(session, "Подоли")
        ids = [add_household(session, f"Родина{n:02}", people=2, children=1) for n in range(FAMILIES)]
        on_trip(session, add_vehicle(session), ids[0])
        add_pair(session, ids[1], ids[2])
        for role in (Role.OPERATOR, Role.VIEWER):
            add_user(session, role.value, role, _passphrase(role))
        return Ids(session.folder, ids[0])


@pytest.fixture
def folder(made: Ids, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made.folder, tmp_path / made.folder.name))


class Window:
    """The whole program as somebody with this role has it before them."""

    def __init__(self, qtbot: QtBot, session: Session, crashes: CrashDesk) -> None:
        self.qtbot, self.session = qtbot, session
        self.main = MainWindow(load_pages, Preferences(language="en", theme="light"), crashes)
        qtbot.addWidget(self.main)
        self.main.resize(1366, 768)
        self.main.show_unlock()
        self.main.show()
        self.main.open(session)
        qtbot.waitUntil(lambda: self.main.desk is not None, timeout=WAIT)
        assert self.main.register is not None
        self.main.register.working_date.choose(DAY)
        self.settle()

    @property
    def desk(self) -> Desk:
        assert self.main.desk is not None
        return self.main.desk

    def settle(self) -> None:
        settle(self.qtbot, self.main)

    def go(self, page: str) -> QWidget:
        self.desk.go(page)
        self.settle()
        return self.desk.pages[page]

    @property
    def registry(self) -> RegistryPage:
        page = self.go("registry")
        assert isinstance(page, RegistryPage)
        return page

    @property
    def schedule(self) -> SchedulePage:
        page = self.go("schedule")
        assert isinstance(page, SchedulePage)
        return page

    def choose(self, family: str) -> None:
        self.desk.go("registry", household=family)
        self.settle()
        assert self.registry.panel.card is not None


Opened = Callable[..., Window]


@pytest.fixture
def opened(qtbot: QtBot, folder: Path, crashes: CrashDesk) -> Iterator[Opened]:
    windows: list[Window] = []

    def make(role: Role, access: Access = Access.WINDOW) -> Window:
        session = open_register(folder, _passphrase(role), access=access)
        windows.append(Window(qtbot, session, crashes))
        return windows[-1]

    yield make
    for window in windows:
        window.main.close()


@pytest.fixture(params=["viewer", "asked"])
def looking(request: pytest.FixtureRequest, opened: Opened) -> Window:
    """A window in which nothing may be changed: by the role, or since the register can only be read."""
    return opened(Role.VIEWER) if request.param == "viewer" else opened(Role.COORDINATOR, Access.READ)


def mark(window: Window) -> int:
    with window.session.reading() as db:
        return import_queries.journal_mark(db)


def marked(window: Window) -> list[QWidget]:
    """The widgets of the page shown that were marked as writing."""
    watches = window.desk.findChildren(_Watch)
    widgets = [watch.parent() for watch in watches]
    return [one for one in widgets if isinstance(one, QWidget) and one.isVisible()]


def acts(widget: QWidget) -> bool:
    """Could somebody change or take out something with it?"""
    if isinstance(widget, QAbstractItemView):
        return widget.dragDropMode() is not QAbstractItemView.DragDropMode.NoDragDrop
    read_only = widget.property("readOnly")
    return widget.isEnabled() if read_only is None else not read_only


def open_dialogs() -> list[QWidget]:
    return [top for top in QApplication.topLevelWidgets() if isinstance(top, QDialog) and top.isVisible()]


def test_whoever_may_write_sees_no_bar_and_no_widget_is_held_back(opened: Opened, made: Ids) -> None:
    window = opened(Role.OPERATOR)
    window.choose(made.family)
    assert window.desk.read_only.isHidden()
    assert window.registry.panel.things.pets.edit.isReadOnly() is False
    assert marked(window) == []


def test_the_bar_says_why_on_every_page(looking: Window) -> None:
    for name in looking.desk.pages:
        looking.go(name)
        assert looking.desk.read_only.isVisible()
    said = {
        Role.VIEWER: "You may look at this register, not change it.",
        Role.COORDINATOR: "The register was opened to look at. Nothing can be changed here.",
    }
    assert looking.desk.read_only.text == said[looking.session.role]
    assert looking.desk.read_only.accessibleName() == looking.desk.read_only.text
    assert not looking.desk.read_only.step.isVisible()


def test_everything_that_writes_is_disabled_on_every_page_and_says_why(looking: Window, made: Ids) -> None:
    looking.choose(made.family)
    found = 0
    for name in looking.desk.pages:
        looking.go(name)
        looking.desk.refresh()
        looking.settle()
        for widget in marked(looking):
            found += 1
            assert not acts(widget), (name, widget, widget.accessibleName())
            assert (
                isinstance(widget, QAbstractItemView)
                or "not change it" in widget.toolTip()
                or "printing" in widget.toolTip()
                or "Only a coordinator" in widget.toolTip()
                or "Nothing can be changed" in widget.toolTip()
            )
    assert found > 30


def test_no_key_writes_and_each_says_why(looking: Window, made: Ids) -> None:
    looking.choose(made.family)
    before = mark(looking)
    for name, page in looking.desk.pages.items():
        looking.go(name)
        for action in (*looking.desk.findChildren(QAction), *page.findChildren(QAction)):
            spec = actions.ACTIONS.get(action.objectName())
            owner = action.parent()
            if spec is None or spec.right is None or not isinstance(owner, QWidget) or not owner.isVisible():
                continue
            session = looking.desk.register.session
            allowed = session.read_only is None and session.may(spec.right)
            if allowed or not action.isEnabled():
                continue
            looking.desk.notices.clear()
            action.trigger()
            looking.settle()
            assert looking.desk.notices.texts(), (name, action.objectName())
            assert open_dialogs() == [], (name, action.objectName())
    assert mark(looking) == before


def test_fields_can_be_read_and_copied_and_keep_what_the_register_says(looking: Window, made: Ids) -> None:
    looking.choose(made.family)
    panel = looking.registry.panel
    for field in panel.findChildren(InlineField):
        if field.isVisible():
            assert field.edit.isReadOnly() and field.edit.isEnabled()
    head = panel.phones.new.edit
    QTest.keyClicks(head, "0501112233")
    assert head.text() == ""
    QTest.keyClick(panel.members.rows[panel.card.household.people[0].id].name, Qt.Key.Key_Space)  # type: ignore[union-attr]
    looking.settle()
    assert open_dialogs() == []
    assert looking.desk.notices.texts()


def test_search_filter_and_copying_a_row_work_as_ever(opened: Opened) -> None:
    looking = opened(Role.VIEWER)
    page = looking.registry
    page.bar.search.setText("Родина07")
    looking.qtbot.waitUntil(lambda: page.rows.rowCount() == 1)
    page.table.take_focus()
    page.table.copy_rows()
    assert "Родина07" in QGuiApplication.clipboard().text()
    looking.settle()
    assert copied(looking) == [("copied:registry", 2, "viewer")]


def copied(window: Window) -> list[tuple[str, int, str]]:
    with window.session.reading() as db:
        return [(row.kind, row.people, row.printed_by) for row in stores.printed.all(db)]


def copy_rows(window: Window, first: int, count: int) -> str:
    """Mark so many rows of the registry and copy them; what the clipboard holds then."""
    QGuiApplication.clipboard().setText("before")
    table = window.registry.table
    model = table.selectionModel()
    rows = QItemSelection(table.rows.index(first, 0), table.rows.index(first + count - 1, 0))
    model.select(rows, model.SelectionFlag.ClearAndSelect | model.SelectionFlag.Rows)
    table.copy()
    window.settle()
    return QGuiApplication.clipboard().text()


def test_a_viewer_copies_one_row_to_dial_and_no_two(opened: Opened) -> None:
    viewer = opened(Role.VIEWER)
    assert copy_rows(viewer, 0, 2) == "before"
    assert "one at a time" in viewer.desk.notices.texts()[0]
    assert "Родина" in copy_rows(viewer, 0, 1)


def test_an_operator_copies_a_few_rows_in_ten_minutes_whatever_becomes_of_the_window(opened: Opened) -> None:
    operator = opened(Role.OPERATOR)
    assert copy_rows(operator, 0, 12).count("Родина") == 12
    operator.main.wear("dark")
    before = operator.main.desk
    operator.qtbot.waitUntil(lambda: operator.main.desk not in (None, before), timeout=WAIT)
    operator.settle()
    assert copy_rows(operator, 12, 12) == "before"
    assert "Within 10 minutes 20 rows" in operator.desk.notices.texts()[0]
    assert copy_rows(operator, 12, 8).count("Родина") == 8


def test_what_is_copied_within_a_minute_is_one_entry_and_a_lock_writes_what_waits(opened: Opened) -> None:
    window = opened(Role.COORDINATOR)
    for first in range(4):
        copy_rows(window, first, 3)
    assert [people for _kind, people, _who in copied(window)] == [6]
    window.main.lock()
    window.qtbot.waitUntil(lambda: not window.main.closing.under_way, timeout=WAIT)
    with open_register(window.session.folder, PASSPHRASE, access=Access.READ) as after, after.reading() as db:
        assert sorted(row.people for row in stores.printed.all(db)) == [6, 18]


def test_nothing_is_dragged_onto_a_trip(opened: Opened) -> None:
    page = opened(Role.VIEWER).schedule
    for view in (page.trips, page.waiting.view):
        assert not view.dragEnabled() and not view.acceptDrops()


def test_a_list_of_rows_is_copied_by_a_coordinator_only_and_logged_first(opened: Opened) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("before")
    operator = opened(Role.OPERATOR)
    operator.registry.table.selectAll()
    operator.registry.table.copy()
    operator.settle()
    assert clipboard.text() == "before"
    assert "Only a coordinator" in operator.desk.notices.texts()[0]
    operator.main.close()
    coordinator = opened(Role.COORDINATOR)
    coordinator.registry.table.selectAll()
    coordinator.registry.table.copy()
    coordinator.qtbot.waitUntil(lambda: clipboard.text().count("Родина") == FAMILIES, timeout=WAIT)
    with coordinator.session.reading() as db:
        (row,) = stores.printed.all(db)
    assert (row.kind, row.people, row.printed_by) == ("copied:registry", 2 * FAMILIES, "Оксана")


def test_the_report_of_a_preview_is_a_list_of_names(opened: Opened, tmp_path: Path) -> None:
    window = opened(Role.OPERATOR)
    page = window.go("import")
    assert isinstance(page, ImportPage)
    page.read(workbooks.people_list(tmp_path))
    window.qtbot.waitUntil(lambda: page.preview.isVisible(), timeout=WAIT)
    assert not page.preview._report.isEnabled()
    assert "Only a coordinator" in page.preview._report.toolTip()
    assert page.preview.ready


def test_a_coordinators_report_is_logged(opened: Opened, tmp_path: Path) -> None:
    window = opened(Role.COORDINATOR)
    page = window.go("import")
    assert isinstance(page, ImportPage)
    page.read(workbooks.people_list(tmp_path))
    window.qtbot.waitUntil(lambda: page.preview.isVisible(), timeout=WAIT)
    with ask.answers([tmp_path / "report.xlsx"]):
        page.preview._report.click()
    window.settle()
    assert (tmp_path / "report.xlsx").exists()
    with window.session.reading() as db:
        (row,) = stores.printed.all(db)
    assert (row.kind, row.people, row.target) == ("export:import-report", 5, "report.xlsx")


def test_the_whole_register_is_printed_but_not_saved_as_a_file_by_an_operator(opened: Opened, tmp_path: Path) -> None:
    window = opened(Role.OPERATOR)
    window.schedule.papers.preview_state(DAY)
    window.qtbot.waitUntil(lambda: len(open_dialogs()) == 1, timeout=WAIT)
    (preview,) = open_dialogs()
    assert isinstance(preview, PaperPreview)
    assert preview._print.isEnabled() and not preview._save.isEnabled()
    preview.save_to(tmp_path / "all.pdf")
    window.qtbot.waitUntil(lambda: "Only a coordinator" in preview.message, timeout=WAIT)
    assert not (tmp_path / "all.pdf").exists()
    preview.reject()


def test_lists_that_changed_while_they_were_on_the_screen_are_not_saved(
    opened: Opened, made: Ids, tmp_path: Path
) -> None:
    window = opened(Role.OPERATOR)
    window.schedule.papers.preview_lists(DAY, [trip.trip_id for trip in window.schedule.view.board.trips])  # type: ignore[union-attr]
    window.qtbot.waitUntil(lambda: len(open_dialogs()) == 1, timeout=WAIT)
    (preview,) = open_dialogs()
    assert isinstance(preview, PaperPreview)
    edit_household(window.session, made.family, landmark="синя хвіртка")
    preview.save_to(tmp_path / "lists.pdf")
    window.qtbot.waitUntil(lambda: "has changed since" in preview.message, timeout=WAIT)
    assert not (tmp_path / "lists.pdf").exists()
    preview.reject()


def test_fault_16_what_was_typed_stays_and_is_saved_again(impatient: None, opened: Opened, made: Ids) -> None:
    """Another program holds the file for longer than this one is patient."""
    window = opened(Role.COORDINATOR)
    window.choose(made.family)
    pets = window.registry.panel.things.pets
    with open_register(window.session.folder, PASSPHRASE) as other, other.act("seed"):
        type_over(pets.edit, "кіт Мурчик")
        QTest.keyClick(pets.edit, Qt.Key.Key_Return)
        window.qtbot.waitUntil(lambda: bool(window.desk.notices.texts()), timeout=WAIT)
    assert "Another program is writing to the register: Оксана has it open" in window.desk.notices.texts()[0]
    assert pets.edit.text() == "кіт Мурчик"
    again = next(one for one in window.desk.notices.findChildren(QPushButton) if one.text() == "Save again")
    again.click()
    window.settle()
    with window.session.reading() as db:
        row = stores.households.get(db, made.family)
    assert row is not None and row.pets == "кіт Мурчик"


def test_the_bar_shows_its_whole_text_in_every_dress(opened: Opened) -> None:
    window = opened(Role.COORDINATOR, Access.READ)
    for language, size, dress in (("en", 100, "dark"), ("uk", 150, "light")):
        window.main.preferences.language, window.main.preferences.font_percent = language, size
        speech.speak(language)
        before = window.main.desk
        window.main.wear(dress)
        window.qtbot.waitUntil(lambda before=before: window.main.desk not in (None, before), timeout=WAIT)
        window.settle()
        bar = window.desk.read_only
        words = next(label for label in bar.findChildren(QLabel) if label.text() == bar.text)
        assert words.height() >= words.heightForWidth(words.width())
        assert theme.current().name == dress
