"""A child process that works on a register and dies at a chosen place, as by a failing battery or `kill -9`.

Four ways to die: at a random moment, before or after the n-th call that syncs, renames or removes a file, before
the n-th SQL statement, and at the write that would take a file past n bytes (what fits is written: a torn write).
All but the first come again with the same seed.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, NoReturn

from coordinator.session import Session
from db.connection import Database
from tests.faults.state import State, biggest_file, state_of

LONGEST = 120.0
"""Seconds after which a child that neither ends nor dies is a fault of its own."""

_CALLS = ("fsync", "replace", "rename", "unlink", "rmdir", "mkdir", "link")


class Means(StrEnum):
    NONE = "none"
    MOMENT = "moment"
    CALL = "call"
    STATEMENT = "statement"
    WRITE = "write"


@dataclass(frozen=True, slots=True)
class Death:
    """`at`: seconds after the beginning, the number of the call or statement, or bytes of a file."""

    means: Means = Means.NONE
    at: float = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """An undisturbed run: how long, how many calls and statements, the biggest file, the state after each word."""

    seconds: float
    calls: int
    statements: int
    size: int
    states: tuple[State, ...]

    def death(self, random: Random, means: Means) -> Death:
        if means is Means.MOMENT:
            return Death(means, random.uniform(0, self.seconds * 1.02))
        if means is Means.CALL:
            # Odd: before the call; even: after it.
            return Death(means, random.randint(1, max(1, 2 * self.calls)))
        if means is Means.STATEMENT:
            return Death(means, random.randint(1, max(1, self.statements)))
        return Death(means, random.randint(1, self.size))


@dataclass(frozen=True, slots=True)
class Lived:
    """What came out of a child: the words it said after each finished verb, and whether it came to its end."""

    words: tuple[str, ...]
    finished: bool
    report: dict[str, Any]


class Ack:
    """How the child says that a verb has returned. In an observed run it also tells the state of the register."""

    def __init__(self, pipe: int, observed: bool) -> None:
        self._pipe = pipe
        self.observed = observed
        self.states: list[State] = []
        self.size = 0

    def __call__(self, word: str, session: Session | None = None) -> None:
        if self.observed and session is not None:
            self.states.append(state_of(session))
            self.size = max(self.size, biggest_file(session.folder))
        self.say({"word": word})

    def say(self, what: dict[str, Any]) -> None:
        os.write(self._pipe, json.dumps(what).encode() + b"\n")


Work = Callable[[Path, Ack], None]


def live(work: Work, folder: Path, death: Death = Death(), *, observed: bool = False) -> Lived:
    """Run `work` in a child until it ends or dies as `death` says."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(work, folder, death, Ack(writing, observed))
    os.close(writing)
    try:
        said = _listen(reading, child, death)
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    return _lived(said, status)


def measure(work: Work, folder: Path, again: Path) -> Measure:
    """Two undisturbed runs, of `folder` for the states and of its copy `again` for time and counts."""
    observed = live(work, folder, observed=True)
    report = live(work, again).report
    states = tuple(State(*state) for state in observed.report["states"])
    return Measure(report["seconds"], report["calls"], report["statements"], observed.report["size"], states)


def _lived(said: list[dict[str, Any]], status: int) -> Lived:
    report = next((what for what in said if "seconds" in what), {})
    fault = next((what["fault"] for what in said if "fault" in what), None)
    if fault is not None:
        raise AssertionError(f"the work itself raised:\n{fault}")
    by_signal = os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGKILL, signal.SIGXFSZ)
    assert by_signal or (os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0), f"ended with status {status}"
    return Lived(tuple(what["word"] for what in said if "word" in what), bool(report), report)


def _listen(pipe: int, child: int, death: Death) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = []
    rest = b""
    ends = time.monotonic() + LONGEST
    strikes: float | None = None
    while True:
        now = time.monotonic()
        if strikes is not None and now >= strikes:
            os.kill(child, signal.SIGKILL)
            strikes = None
        assert now < ends, "the child hangs"
        wait = (ends if strikes is None else min(strikes, ends)) - now
        if not select.select([pipe], [], [], wait)[0]:
            continue
        block = os.read(pipe, 65536)
        if not block:
            return said
        *lines, rest = (rest + block).split(b"\n")
        for line in lines:
            said.append(json.loads(line))
            if "begin" in said[-1] and death.means is Means.MOMENT:
                strikes = time.monotonic() + death.at


def _be_the_child(work: Work, folder: Path, death: Death, ack: Ack) -> NoReturn:
    code = 1
    try:
        calls, statements = _count_calls(death), _count_statements(death)
        _limit_files(death)
        ack.say({"begin": True})
        started = time.monotonic()
        work(folder, ack)
        seconds = time.monotonic() - started
        ack.say(
            {"seconds": seconds, "calls": calls(), "statements": statements(), "states": ack.states, "size": ack.size}
        )
        code = 0
    except BaseException:
        ack.say({"fault": traceback.format_exc()[-3000:]})
    finally:
        os._exit(code)


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def _count_calls(death: Death) -> Callable[[], int]:
    """Count what changes names and syncs; the child's own `os` is wrapped, nobody else's."""
    counter = count(1)
    done = 0

    def wrap(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **more: Any) -> Any:
            nonlocal done
            done = next(counter)
            if death.means is Means.CALL and death.at == 2 * done - 1:
                _die()
            result = call(*args, **more)
            if death.means is Means.CALL and death.at == 2 * done:
                _die()
            return result

        return wrapped

    for name in _CALLS:
        setattr(os, name, wrap(getattr(os, name)))
    return lambda: done


def _count_statements(death: Death) -> Callable[[], int]:
    """Count each statement that the engine begins, COMMIT included."""
    counter = count(1)
    done = 0
    connect = Database._connect

    def begins(_statement: str) -> None:
        nonlocal done
        done = next(counter)
        if death.means is Means.STATEMENT and death.at == done:
            _die()

    def connected(database: Database) -> Any:
        connection = connect(database)
        connection.set_trace_callback(begins)
        return connection

    Database._connect = connected
    return lambda: done


def _limit_files(death: Death) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if death.means is Means.WRITE:
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(death.at), resource.RLIM_INFINITY))
