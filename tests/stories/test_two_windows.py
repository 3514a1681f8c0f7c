"""One window writes; others look on and follow it, and commands of the terminal write beside it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coordinator.domain.events import EventKind
from coordinator.queries.charts import Span
from coordinator.queries.registry import registry
from coordinator.register import Access, create_register, open_register
from coordinator.services import decisions
from coordinator.services.gazetteer import seed
from coordinator.session import Session
from db import connection, stores
from tests.builders import add_household
from tests.conftest import PASSPHRASE
from tests.stories import workbooks
from tests.stories.terminal import Completed, coordinator
from tests.ui.conftest import crashes, dressed, own_preferences, qt_says_nothing  # noqa: F401
from ui.app import load_pages
from ui.crash import CrashDesk
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.charts import ChartsPage
from ui.pages.registry import RegistryPage
from ui.pages.today import TodayPage
from ui.preferences import Preferences

DAY = "2023-08-15"
WAIT = 30_000
ROOT = Path(__file__).parents[2]
HOLDS = """
import sys
from pathlib import Path
from coordinator.register import Access, open_register
session = open_register(Path(sys.argv[1]), sys.argv[2], access=Access.WINDOW)
print("held" if session.read_only is None else "read only", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with create_register(tmp_path_factory.mktemp("two") / "centre", PASSPHRASE, user="Оксана") as session:
        seed(session)
        add_household(session, "Коваль", "Ківшарівка")
        return session.folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A closed register with one family, the test's own."""
    return Path(shutil.copytree(made, tmp_path / made.name))


@pytest.fixture
def writing(folder: Path) -> Iterator[Session]:
    """Another window, without its widgets, that holds the register."""
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as session:
        yield session


@pytest.fixture
def open_window(
    qtbot: QtBot,
    dressed: object,  # noqa: F811
    own_preferences: object,  # noqa: F811
    crashes: CrashDesk,  # noqa: F811
) -> Iterator[Callable[[Path], MainWindow]]:
    """Opens a real window on a register, as its unlock page does."""
    windows: list[MainWindow] = []

    def make(folder: Path) -> MainWindow:
        window = MainWindow(load_pages, Preferences(language="en", theme="light"), crashes)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        page = window.show_unlock(folder)
        window.show()
        windows.append(window)
        page.unlock(folder, PASSPHRASE)
        qtbot.waitUntil(lambda: window.desk is not None, timeout=WAIT)
        return window

    yield make
    for window in windows:
        window.close()


def desk_of(window: MainWindow) -> Desk:
    assert window.desk is not None
    return window.desk


def registry_of(window: MainWindow) -> RegistryPage:
    page = desk_of(window).pages["registry"]
    assert isinstance(page, RegistryPage)
    return page


def run(folder: Path, *arguments: str, given: str = "") -> Completed:
    """`coordinator …` in a process of its own."""
    return coordinator(folder.parent, *arguments, given=given)


def heads(session: Session) -> set[str]:
    with session.reading() as db:
        return {row.surname for row in stores.people.all(db)}


def test_fault_14_a_second_window_opens_read_only_and_says_who_holds_the_register(
    writing: Session, folder: Path, open_window: Callable[[Path], MainWindow]
) -> None:
    window = open_window(folder)
    bar = desk_of(window).read_only
    assert bar.isVisible()
    assert bar.text.startswith("Оксана has this register open on ")
    assert "You can look at it, not change it." in bar.text
    button = next(one for one in registry_of(window).findChildren(QPushButton) if one.text() == "Take a call")
    desk_of(window).go("registry")
    assert not button.isEnabled() and button.toolTip() == bar.text
    assert writing.read_only is None


def test_the_window_that_looks_on_asks_twice_a_second_and_follows_each_commit(
    writing: Session, folder: Path, open_window: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(folder)
    desk_of(window).go("registry")
    rows = registry_of(window).rows
    qtbot.waitUntil(lambda: rows.rowCount() == 1, timeout=WAIT)
    assert window.register is not None and window.register.tasks._poll_timer.interval() <= 500
    for number, surname in enumerate(("Ткач", "Мороз", "Заєць"), start=2):
        add_household(writing, surname)
        qtbot.waitUntil(lambda number=number: rows.rowCount() == number, timeout=WAIT)


def test_charts_and_dashboard_follow_another_window_and_a_command_of_another_process(
    writing: Session, folder: Path, open_window: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(folder)
    desk_of(window).go("charts", chart="daily", span=Span.ALL)
    page = desk_of(window).pages["charts"]
    assert isinstance(page, ChartsPage)

    def counted() -> float:
        read = page.card.read
        return sum(cell.value for one in read.chart.series for cell in one.cells if cell) if read is not None else -1

    qtbot.waitUntil(lambda: counted() == 0, timeout=WAIT)
    family = add_household(writing, "Ткач", people=3)
    decisions.record_departure(writing, family, EventKind.BY_US, writing.today())
    qtbot.waitUntil(lambda: counted() == 3, timeout=WAIT)
    assert run(folder, "undo", folder.stem).returncode == 0
    qtbot.waitUntil(lambda: counted() == 0, timeout=WAIT)
    desk_of(window).go("today")
    today = desk_of(window).pages["today"]
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: today.figures["there"].text() == "5", timeout=WAIT)
    decisions.record_departure(writing, family, EventKind.BY_US, writing.today())
    qtbot.waitUntil(lambda: today.figures["there"].text() == "2", timeout=WAIT)


def test_no_reading_stays_open_so_that_the_writer_can_empty_its_log(writing: Session, folder: Path) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW) as looking:
        assert looking.read_only is not None
        for number in range(5):
            add_household(writing, f"Родина {number}")
            assert looking.moved()
            assert len(registry(looking, looking.today())) == number + 2
        assert not looking.moved()
        checkpoint = connection.open_existing(folder / "register.db", writing.keyring.key)
        try:
            assert checkpoint.rows("PRAGMA wal_checkpoint(TRUNCATE)") == [(0, 0, 0)]
        finally:
            checkpoint.close()
        assert (folder / "register.db-wal").stat().st_size == 0


def test_fault_14_try_again_opens_for_writing_once_the_other_window_is_closed(
    folder: Path, open_window: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    with open_register(folder, PASSPHRASE, access=Access.WINDOW):
        window = open_window(folder)
        desk_of(window).go("registry")
        qtbot.waitUntil(lambda: registry_of(window).rows.rowCount() == 1, timeout=WAIT)
        desk_of(window).read_only.step.click()
        qtbot.waitUntil(lambda: bool(desk_of(window).notices.texts()), timeout=WAIT)
        assert "has this register open" in desk_of(window).notices.texts()[0]
    first = desk_of(window)
    first.read_only.step.click()
    qtbot.waitUntil(lambda: window.desk not in (None, first), timeout=WAIT)
    assert window.register is not None and window.register.session.read_only is None
    assert desk_of(window).read_only.isHidden()
    assert desk_of(window).current_name() == "registry"
    add_household(window.register.session, "Ткач")


def test_fault_15_the_lock_of_a_window_that_was_killed_is_taken_over(
    folder: Path, open_window: Callable[[Path], MainWindow]
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDS, os.fspath(folder), PASSPHRASE], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None and child.stdin is not None
    with child:
        assert child.stdout.readline() == "held\n"
        with open_register(folder, PASSPHRASE, access=Access.WINDOW) as second:
            assert second.read_only is not None
        child.send_signal(signal.SIGKILL)
        child.wait()
    window = open_window(folder)
    assert desk_of(window).read_only.isHidden()
    assert window.register is not None
    add_household(window.register.session, "Ткач")


def test_commands_write_beside_the_window_and_it_sees_what_they_did(
    folder: Path, tmp_path: Path, open_window: Callable[[Path], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(folder)
    assert window.register is not None and window.register.session.is_window
    desk_of(window).go("registry")
    rows = registry_of(window).rows
    for book in (workbooks.people_list(tmp_path), workbooks.fleet(tmp_path)):
        done = run(folder, "import", "centre", os.fspath(book))
        assert done.returncode == 0, done.stderr
    qtbot.waitUntil(lambda: rows.rowCount() == 5, timeout=WAIT)
    planned = run(folder, "plan", "centre", "--date", "15.08.2023", "--seconds", "1")
    assert planned.returncode == 0, planned.stderr
    number = next(line.split("№ ")[1].split(",")[0] for line in planned.stdout.splitlines() if "№" in line)
    entered = run(folder, "results", "centre", "--date", DAY, "-", given=f";{number};boarded\n")
    assert entered.returncode == 0, entered.stderr + planned.stdout
    add_household(window.register.session, "Мороз")
    qtbot.waitUntil(lambda: rows.rowCount() == 6, timeout=WAIT)


def test_fault_16_a_command_that_waits_over_five_seconds_says_who_holds_the_file_and_writes_nothing(
    writing: Session, folder: Path, tmp_path: Path
) -> None:
    book = workbooks.people_list(tmp_path)
    with writing.act("seed"):
        begun = time.monotonic()
        refused = run(folder, "import", "centre", os.fspath(book))
        waited = time.monotonic() - begun
    assert refused.returncode == 1
    assert waited >= 5
    assert "Оксана has it open on " in refused.stderr
    assert "Nothing was saved" in refused.stderr
    assert heads(writing) == {"Коваль"}
