"""`coordinator …` as a person types it: each command a process of its own, on the real file.

To load the program takes a command half a second, and the stories run hundreds of them. So one process for each
worker of the test run loads it, with cheap key slots, and forks a child for each command. The child has the folder,
the environment and the streams of that command, does what `python -m ui.cli` does and ends as Python ends. Where
the start itself is part of the story, `fresh` starts Python anew, with the shipped cost of keys.
"""

from __future__ import annotations

import atexit
import importlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).parents[2]
PASSPHRASE = "correct horse battery"

Completed = subprocess.CompletedProcess[str]


def coordinator(
    folder: Path, *arguments: str | Path, env: Mapping[str, str] | None = None, given: str = "", fresh: bool = False
) -> Completed:
    """Run a command in this folder, without a terminal; `given` is typed into it.

    `env` is added to the environment of the test run and to the passphrase; a variable without a value is taken away.
    """
    own = {"COORDINATOR_PASSPHRASE": PASSPHRASE, "COORDINATOR_LANG": "en", "PYTHONPATH": os.fspath(ROOT)}
    environment = {name: value for name, value in {**os.environ, **own, **(env or {})}.items() if value}
    words = [os.fspath(word) for word in arguments]
    if fresh or not hasattr(os, "fork"):
        return subprocess.run(
            [sys.executable, "-m", "ui.cli", *words], cwd=folder, env=environment,
            input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
    return _forked(folder, words, environment, given)


def _forked(folder: Path, words: list[str], environment: dict[str, str], given: str) -> Completed:
    loaded = _loaded()
    assert loaded.stdin is not None and loaded.stdout is not None
    with tempfile.TemporaryDirectory() as place:
        streams = [Path(place, name) for name in ("in", "out", "err")]
        streams[0].write_text(given, "utf-8")
        order = {"words": words, "folder": os.fspath(folder), "environment": environment}
        print(json.dumps({**order, "streams": [os.fspath(path) for path in streams]}), file=loaded.stdin, flush=True)
        code = int(loaded.stdout.readline())
        out, err = (path.read_text("utf-8") for path in streams[1:])
    return subprocess.CompletedProcess(words, code, out, err)


@cache
def _loaded() -> subprocess.Popen[str]:
    # Forking is only safe without threads.
    environment = {**os.environ, "PYTHONPATH": os.fspath(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    loaded = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.terminal"], cwd=ROOT, env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    atexit.register(loaded.communicate)
    return loaded


def _serve() -> None:
    """In the process that has the program loaded: one order a line, one exit code a line."""
    from tests import forking
    from ui import cli

    for command in cli.COMMANDS.values():
        importlib.import_module(command.module)
    forking.let_keys_cost_little()
    forking.read_dictionaries()
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            _become(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(words: list[str], folder: str, environment: dict[str, str], streams: list[str]) -> NoReturn:
    """In the child: be the command."""
    from ui import cli

    for number, (path, mode) in enumerate(zip(streams, (os.O_RDONLY, _NEW, _NEW), strict=True)):
        opened = os.open(path, mode, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout, sys.stderr = _text(0, "r"), _text(1, "w"), _text(2, "w", line_buffering=True)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    tempfile.tempdir = None
    sys.argv[1:] = words
    sys.exit(cli.main())


_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC


def _text(number: int, mode: str, **more: Any) -> io.TextIOWrapper:
    raw = open(number, mode + "b", closefd=False)  # noqa: SIM115
    return io.TextIOWrapper(raw, encoding="utf-8", **more)


if __name__ == "__main__":
    _serve()
