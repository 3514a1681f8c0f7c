"""Fixtures that every floor shares: an open register in a temporary folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["COORDINATOR_LANG"] = "en"

from coordinator.register import create_register
from coordinator.session import Session
from db import keys
from resources import i18n

SHIPPED_COST = keys.COST
keys.COST = keys.Cost(iterations=1, lanes=1, memory_kib=64)
"""Cheap key slots: a register is made in nearly every test. Processes that tests start use the shipped cost."""

PASSPHRASE = "correct horse battery"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever the one before it switched to."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """An empty register, open."""
    with create_register(tmp_path / "centre", PASSPHRASE) as opened:
        yield opened
