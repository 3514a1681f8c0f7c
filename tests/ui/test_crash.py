"""What is left of a fault: types and lines of our code, in every way a fault can reach the program's end."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coordinator.errors import UserError
from ui import crash
from ui.crash import CrashDesk

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
    script = "import resource, ui.crash; ui.crash.no_memory_dumps(); print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert done.stdout.strip() == "0"
