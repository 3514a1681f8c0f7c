"""A register with some families, closed, fresh for each test; and how to open it without the wait for its key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from coordinator.keyring import Keyring
from coordinator.register import Access, create_register, open_unlocked, unlock
from coordinator.session import Session
from tests.builders import add_household, add_settlement
from tests.conftest import PASSPHRASE

FAMILIES = 12
Open = Callable[[Path], Session]


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with create_register(tmp_path_factory.mktemp("made") / "centre", PASSPHRASE) as session:
        add_settlement(session, "Ківшарівка")
        for number in range(FAMILIES):
            add_household(session, f"Зразок{number}", "Ківшарівка", 3, phone="050 111 22 33", street=f"вул. {number}")
        return session.folder


@pytest.fixture(scope="session")
def _key(_made: Path) -> tuple[bytes, str]:
    keyring, owner = unlock(_made, PASSPHRASE)
    return keyring.key, owner


@pytest.fixture
def centre(_made: Path, tmp_path: Path) -> Path:
    """The folder of a closed register."""
    return Path(shutil.copytree(_made, tmp_path / "centre.register"))


@pytest.fixture
def unlocked(_key: tuple[bytes, str]) -> Open:
    """Opens a copy of that register with its key, as after the passphrase."""
    key, owner = _key
    return lambda folder: open_unlocked(Keyring(folder, key), owner, access=Access.COMMAND)
