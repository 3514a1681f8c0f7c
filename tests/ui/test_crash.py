"""What is left of a fault: types and lines of our code, in every way a fault can reach the program's end."""

from __future__ import annotations

import argparse
import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coordinator.errors import UserError
from ui import cli, crash, faults
from ui.crash import CrashDesk

CORE = "resource.RLIMIT_CORE"
SOMEBODY = {"COORDINATOR_PASSPHRASE": "nobody's own words"}
SECRETS = ("Немирович", "0671234509", "Джерельна", "olena")


@pytest.fixture
def logged(crashes: CrashDesk, qapp: object) -> CrashDesk:
    return crashes


def fall(value: str) -> None:
    raise KeyError(value)


def test_fault_22_no_way_of_failing_brings_a_name_into_the_log(logged: CrashDesk) -> None:
    undo = logged.install()
    try:
        for secret in SECRETS:
            _raise_in_a_thread(secret)
            _raise_in_a_destructor(secret)
            try:
                try:
                    fall(secret)
                except KeyError as cause:
                    cause.add_note(secret)
                    raise UserError("household.gone", name=secret) from cause
            except UserError as error:
                sys.excepthook(type(error), error, error.__traceback__)
    finally:
        undo()
    text = logged.file.read_text(encoding="utf-8")
    assert text.count("builtins.KeyError") >= 3
    assert "coordinator.errors.UserError" in text and "test_crash.py" in text
    assert not [secret for secret in SECRETS if secret in text]


def _raise_in_a_thread(secret: str) -> None:
    thread = threading.Thread(target=fall, args=(secret,))
    thread.start()
    thread.join()


def _raise_in_a_destructor(secret: str) -> None:
    class Leaves:
        def __del__(self) -> None:
            fall(secret)

    made = Leaves()
    del made
    gc.collect()


def test_fault_25_a_file_of_somebody_else_is_named_without_its_folder(tmp_path: Path) -> None:
    script = tmp_path / "olena" / "script.py"
    script.parent.mkdir()
    source = "def go():\n    raise ValueError('Немирович')\n"
    scope: dict[str, object] = {}
    exec(compile(source, str(script), "exec"), scope)
    try:
        scope["go"]()  # type: ignore[operator]
    except ValueError as error:
        text = crash.report(error)
    assert text.splitlines()[0] == "builtins.ValueError"
    assert "script.py:2" in text and "olena" not in text and "Немирович" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_fault_25_a_crash_of_the_program_itself_dumps_no_memory() -> None:
    """Neither of the window nor of a command, which asks for it before anything else."""
    allowed = f"import resource; most = resource.getrlimit({CORE})[1]; resource.setrlimit({CORE}, (most, most))"
    for asks in ("import ui.crash; ui.crash.no_memory_dumps()", "import ui.cli; ui.cli.main(['check', '/nowhere'])"):
        script = f"{allowed}; {asks}; print(resource.getrlimit({CORE})[0])"
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=SOMEBODY | os.environ
        )
        assert done.stdout.strip() == "0"


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """This file stands for a command that has a fault: see the tests below."""


def run(_args: argparse.Namespace) -> int:
    try:
        fall(SECRETS[0])
    except KeyError as cause:
        raise ValueError(f"{SECRETS[1]} of {SECRETS[2]}") from cause
    return 0


@pytest.fixture
def log_of_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "log" / "faults.log"
    monkeypatch.setattr(faults, "log_file", lambda: file)
    monkeypatch.setitem(cli.COMMANDS, "fall", cli.Command("tests.ui.test_crash", "fall"))
    monkeypatch.delenv(cli.DEBUG, raising=False)
    return file


def test_fault_22_a_command_that_fails_says_so_calmly_and_where_the_log_is(
    log_of_commands: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["--lang", "en", "fall"]) == 1
    out, said = capsys.readouterr()
    assert out == "" and said.count("\n") == 2
    assert said.startswith("Something went wrong in the program. Everything saved before is kept.")
    assert str(log_of_commands) in said
    kept = log_of_commands.read_text(encoding="utf-8")
    assert "builtins.ValueError" in kept and "builtins.KeyError" in kept and "tests/ui/test_crash.py" in kept
    assert not [secret for secret in SECRETS for text in (said, kept) if secret in text]


def test_a_command_that_fails_shows_the_traceback_to_whoever_asks_for_it(
    log_of_commands: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(cli.DEBUG, "1")
    assert cli.main(["--lang", "en", "fall"]) == 1
    said = capsys.readouterr().err
    assert "Traceback" in said and SECRETS[1] in said
    assert SECRETS[1] not in log_of_commands.read_text(encoding="utf-8")
