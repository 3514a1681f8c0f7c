"""Faults 22 and 25: whatever is done, and wherever it breaks off, nobody's name comes to lie outside the register.

Each command and each window is a process of its own with a home, temporary folder and working folder made for the
test. What a person asked for (a workbook, a PDF) lies in the one folder that was chosen for it.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coordinator.register import create_register, open_register
from tests.conftest import PASSPHRASE
from tests.stories import workbooks
from tests.strings import files_in, holding

DAY = "2023-08-15"
HEADER = ["№ з/п", "Прізвище, ім’я, по батькові", "Дата народження", "Адреса проживання", "Телефон", "Примітка"]
PEOPLE = [
    [1, "Горобинченко Явдоха Климівна", 1956, "вул. Дзвінкова, 12", "0671239871", "речі зібрані, готові"],
    [2, "Перепічка Лукерія Савівна", 1971, "вул. Барвінкова, 3", "0671239872", "готові"],
    [3, "Шаповаленко Гордій Юхимович", 1944, "вул. Любисткова, 7", "0671239873", "готові"],
]
TYPED = ("Незабудченко", "0671239879", "вул. Горицвітна")
SECRETS = (
    "Горобинченко", "Явдоха", "Перепічка", "Лукерія", "Шаповаленко", "Гордій", "Дзвінкова", "Барвінкова", "Любисткова",
    "671239871", "67 123 98 71", "671239872", "671239873", "Незабудченко", "671239879", "Горицвітна",
)  # fmt: skip
MAGIC = b"SQLite format 3\x00"


class House:
    """The folders of one person's computer: all that a program could write to."""

    def __init__(self, root: Path) -> None:
        self.root, self.chosen, self.lists = root, root / "chosen", root / "lists"
        self.home, self.tmp, self.work = root / "home", root / "tmp", root / "work"
        for folder in (self.chosen, self.lists, self.home, self.tmp, self.work, self.home / "run"):
            folder.mkdir()
        self.register = root / "kept" / "centre.register"
        self.register.parent.mkdir()

    @property
    def env(self) -> dict[str, str]:
        own = {
            "HOME": self.home, "TMPDIR": self.tmp, "TEMP": self.tmp, "TMP": self.tmp,
            "XDG_CONFIG_HOME": self.home / ".config", "XDG_DATA_HOME": self.home / ".local" / "share",
            "XDG_STATE_HOME": self.home / ".local" / "state", "XDG_CACHE_HOME": self.home / ".cache",
            "XDG_RUNTIME_DIR": self.home / "run", "PYTHONPATH": Path.cwd(),
        }  # fmt: skip
        said = {"COORDINATOR_PASSPHRASE": PASSPHRASE, "COORDINATOR_LANG": "en", "QT_QPA_PLATFORM": "offscreen"}
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "COORDINATOR_"))}
        return {**kept, **{name: os.fspath(path) for name, path in own.items()}, **said}

    def python(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self._run([sys.executable, "-c", script, *arguments])

    def coordinator(self, *arguments: str | Path) -> str:
        done = self._run([sys.executable, "-m", "ui.cli", *map(os.fspath, arguments)])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refused(self, *arguments: str | Path) -> str:
        """What a command says that is not done."""
        done = self._run([sys.executable, "-m", "ui.cli", *map(os.fspath, arguments)])
        assert done.returncode == 1, done.stderr
        return done.stderr.strip()

    def killed_in(self, function: str, *arguments: str | Path) -> None:
        """Run a command that dies by kill -9 where it would call this function, given as "module:name"."""
        done = self.python(KILLED, function, *map(os.fspath, arguments))
        assert done.returncode == -signal.SIGKILL, done.stderr

    def _run(self, command: Sequence[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.work, env=self.env, capture_output=True, text=True, check=False)

    def make_lists(self) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Ківшарівка"
        for row in [HEADER, *PEOPLE]:
            sheet.append(row)
        book.save(self.lists / "people.xlsx")
        workbooks.fleet(self.lists)

    def assert_nothing_outside(self) -> None:
        """Nobody stands in what was written to the home and the working folder; the temporary folder is empty."""
        assert [path.name for path in files_in(self.tmp)] == []
        assert holding(files_in(self.home, self.work), SECRETS) == []
        known = {self.home, self.tmp, self.work, self.chosen, self.lists, self.register.parent}
        assert {path for path in self.root.iterdir() if path.is_dir()} == known
        assert [path for path in self.register.parent.iterdir() if path != self.register] == []

    def assert_nobody_in_the_register(self) -> None:
        files = files_in(self.register)
        assert "register.db" in {path.name for path in files}
        assert holding(files, SECRETS) == []
        assert not [path for path in files if path.read_bytes().startswith(MAGIC)]


KILLED = textwrap.dedent(
    """
    import importlib, os, signal, sys
    from ui import cli
    module, _, path = sys.argv[1].partition(":")
    owner, name = importlib.import_module(module), path.split(".")[-1]
    for part in path.split(".")[:-1]:
        owner = getattr(owner, part)
    setattr(owner, name, lambda *_args, **_named: os.kill(os.getpid(), signal.SIGKILL))
    sys.exit(cli.main(sys.argv[2:]))
    """
)


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path)
    made.make_lists()
    return made


def test_fault_25_a_day_in_the_terminal_leaves_nobody_outside_the_register(house: House) -> None:
    run, register, chosen = house.coordinator, house.register, house.chosen
    run("new", register)
    run("import", register, house.lists / "people.xlsx")
    run("import", register, house.lists / "fleet.xlsx")
    run("plan", register, "--date", DAY, "--seconds", "1")
    for paper in ("pickup-lists", "everything"):
        run("print", register, paper, chosen / f"{paper}.pdf", "--date", DAY)
    for kind in ("people", "daily-summary"):
        run("export", register, kind, chosen / f"{kind}.xlsx", "--date", DAY)
    run("counts", register)
    assert _crash_of_the_window(house).returncode == 0
    house.assert_nothing_outside()
    house.assert_nobody_in_the_register()
    with open_register(register, PASSPHRASE) as session, session.reading():
        # A process has it open, with its -wal and its mark.
        house.assert_nobody_in_the_register()


def _crash_of_the_window(house: House) -> subprocess.CompletedProcess[str]:
    """A fault with names in its message, caught as the window catches it."""
    script = """
        import sys, threading
        from PySide6.QtWidgets import QApplication
        from ui.crash import CrashDesk
        application = QApplication([])
        desk = CrashDesk(application)
        desk.install()
        try:
            raise ValueError("Горобинченко Явдоха, 0671239871, вул. Дзвінкова")
        except ValueError:
            desk.install()
            sys.excepthook(*sys.exc_info())
        assert desk.file.read_text("utf-8").count("ValueError") == 1, desk.file
        """
    return house.python(textwrap.dedent(script))


WINDOW = """
    import json, sys, time
    from pathlib import Path
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication, QDialog
    from coordinator.register import Access, open_register
    from ui import app, crash, preferences, theme
    from ui.dialogs.take_call import TakeCallDialog
    from ui.main_window import MainWindow
    folder, passphrase, typed = Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3])
    application = app.start_qt()
    theme.load_fonts()
    crashes = crash.CrashDesk(application)
    window = MainWindow(app.load_pages, preferences.load(), crashes)
    titles = set()
    def until(reached):
        end = time.monotonic() + 60
        while not reached():
            assert time.monotonic() < end
            application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        titles.update(one.windowTitle() for one in QApplication.topLevelWidgets())
    def quiet():
        until(lambda: not window.register.tasks.busy)
    window.show_unlock(folder)
    window.show()
    window.open(open_register(folder, passphrase, access=Access.WINDOW))
    until(lambda: window.desk is not None)
    window.desk.go("registry")
    quiet()
    page = window.desk.pages["registry"]
    assert page.focus_search()
    application.focusWidget().insert("Горобинченко")
    quiet()
    page.take_call()
    until(lambda: bool(window.findChildren(TakeCallDialog)))
    dialog = window.findChildren(TakeCallDialog)[0]
    from PySide6.QtWidgets import QLineEdit
    lines = [line for line in dialog.findChildren(QLineEdit) if line.isVisible() and line.isEnabled()]
    for line, text in zip(lines, typed):
        line.setFocus()
        line.insert(text)
    def fall():
        raise KeyError("Перепічка Лукерія 0671239872")
    window.register.tasks.run_work(fall)
    until(lambda: crashes.file.exists() and "KeyError" in crashes.file.read_text("utf-8"))
    register = window.register
    window.lock()
    until(lambda: window.unlock_page is not None)
    until(lambda: not any(mark.name.startswith("open-") for mark in folder.iterdir()))
    clipboard = application.clipboard().text()
    window.close()
    print(json.dumps({"titles": sorted(titles), "clipboard": clipboard}))
    """


def test_fault_25_a_day_in_the_window_leaves_nobody_outside_the_register(filled: House) -> None:
    house = filled
    done = house.python(textwrap.dedent(WINDOW), os.fspath(house.register), PASSPHRASE, json.dumps(TYPED))
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    assert said["titles"] and said["clipboard"] == ""
    assert not [secret for secret in SECRETS if secret in json.dumps(said, ensure_ascii=False)]
    written = {path.name for path in files_in(house.home)}
    assert "window.json" in written and "faults.log" in written
    house.assert_nothing_outside()
    house.assert_nobody_in_the_register()


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed register with the people of the list in it."""
    made = House(tmp_path_factory.mktemp("imported"))
    made.make_lists()
    create_register(made.register, PASSPHRASE).close()
    made.coordinator("import", made.register, made.lists / "people.xlsx")
    return made.register


@pytest.fixture
def filled(house: House, imported: Path) -> House:
    shutil.copytree(imported, house.register)
    return house


@pytest.mark.parametrize(
    "function",
    [
        "coordinator.exchange.writing:_write_cell",
        "zipfile:ZipFile.writestr",
        "db.files:sync_file",
    ],
)  # fmt: skip
def test_fault_25_an_export_that_is_killed_leaves_at_most_a_draft_beside_its_target(
    filled: House, function: str
) -> None:
    target = filled.chosen / "people.xlsx"
    filled.killed_in(function, "export", filled.register, "people", target, "--date", DAY)
    filled.assert_nothing_outside()
    assert not target.exists()
    assert all(path.name.startswith(".people-") for path in filled.chosen.iterdir())
    for draft in filled.chosen.iterdir():
        # What is younger could belong to a program that is just writing it.
        os.utime(draft, (time.time() - 3600,) * 2)
    filled.coordinator("export", filled.register, "people", target, "--date", DAY)
    assert list(filled.chosen.iterdir()) == [target]


@pytest.mark.parametrize(
    "function",
    [
        "coordinator.copies.making:write_card",
        "coordinator.services.import_writing:_write_lines",
    ],
)  # fmt: skip
def test_fault_25_an_import_that_is_killed_leaves_nobody_outside_the_register(house: House, function: str) -> None:
    create_register(house.register, PASSPHRASE).close()
    house.killed_in(function, "import", house.register, house.lists / "people.xlsx")
    house.assert_nothing_outside()
    house.assert_nobody_in_the_register()
    house.coordinator("import", house.register, house.lists / "people.xlsx")
    house.assert_nobody_in_the_register()


def test_removing_and_erasing_in_the_terminal(filled: House) -> None:
    shown = json.loads(filled.coordinator("retention", filled.register, "--days", "30", "--names", "keep", "--json"))
    assert (shown["term_days"], shown["names"], shown["households"]) == (30, False, [])
    refused = filled.refused("retention", filled.register, "--yes")
    assert refused == "Nothing is due any more. Nothing was changed."
    refused = filled.refused("erase", filled.register, "--yes-erase", "another")
    assert refused == "That is not the name of this register (centre). Nothing was erased."
    filled.coordinator("erase", filled.register, "--yes-erase", "centre")
    assert files_in(filled.register.parent) == []
    filled.assert_nothing_outside()
