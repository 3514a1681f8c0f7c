"""Fixtures that every floor shares: an open register in a temporary folder."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from pytestqt.qtbot import QtBot

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["COORDINATOR_LANG"] = "en"

from coordinator.keyring import Keyring
from coordinator.register import Access, create_register, open_unlocked
from coordinator.services import gazetteer
from coordinator.session import Session
from db import connection, keys
from resources import i18n

SHIPPED_COST = keys.COST
keys.COST = keys.Cost(iterations=1, lanes=1, memory_kib=64)
"""Cheap key slots: a register is made in nearly every test. Processes that are started anew use the shipped cost."""

ROOT = Path(__file__).parent.parent
settings.register_profile(
    # What CI tries is the same each time, so that a change is judged by what it changes; by hand examples are new ones.
    "patient",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=bool(os.environ.get("CI")),
)
settings.load_profile("patient")
"""How long an example takes says how busy the machine is, and nothing of the program."""

PASSPHRASE = "correct horse battery"

settings.register_profile(
    "many", max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
"""For a long run by hand; the tests that know it say so. See CONTRIBUTING."""
WAIT = 60_000
"""Milliseconds until a test that waits for what never comes fails."""


def pytest_configure() -> None:
    """Where the environment keeps no bytecode, each of the hundreds of processes of a run would compile all anew."""
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, os.fspath(ROOT / ".pytest_cache" / "bytecode")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


def pytest_xdist_auto_num_workers() -> int | None:
    """One more than there are cores: where a test of the window rests for a timer, another works meanwhile."""
    return None if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ else (os.cpu_count() or 1) + 1


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever the one before it switched to."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


class PatientBot(QtBot):
    """A busy machine may take its time: what never comes fails after a minute instead of five seconds."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = WAIT) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = WAIT, **more: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **more)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is opened from now on waits a moment and not five seconds where another program has the file."""
    monkeypatch.setitem(connection._PRAGMAS, "busy_timeout", 100)


class Template(NamedTuple):
    """A closed register that is made once for each worker; a test works in a copy of it."""

    folder: Path
    key: bytes
    owner: str

    @classmethod
    def of(cls, session: Session) -> Template:
        """Closes the session."""
        with session:
            return cls(session.folder, session.keyring.key, session.user_id)

    @contextmanager
    def opened(self, folder: Path) -> Iterator[Session]:
        """A copy, open as a register is that was just made."""
        own = shutil.copytree(self.folder, folder / self.folder.name)
        with open_unlocked(Keyring(own, self.key), self.owner, access=Access.COMMAND) as session:
            yield session


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return Template.of(create_register(tmp_path_factory.mktemp("empty") / "centre", PASSPHRASE))


@pytest.fixture(scope="session")
def with_places(tmp_path_factory: pytest.TempPathFactory) -> Template:
    made = create_register(tmp_path_factory.mktemp("seeded") / "centre", PASSPHRASE)
    gazetteer.seed(made)
    return Template.of(made)


@pytest.fixture
def session(empty: Template, tmp_path: Path) -> Iterator[Session]:
    """An empty register, open."""
    with empty.opened(tmp_path) as opened:
        yield opened


@pytest.fixture
def seeded(with_places: Template, tmp_path: Path) -> Iterator[Session]:
    """An open register that knows the settlements of the gazetteer, and nobody yet."""
    with with_places.opened(tmp_path) as opened:
        yield opened
