"""Marks of dead processes: who looks at them is not taken for somebody alive."""

from __future__ import annotations

import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path

from db import occupancy
from db.occupancy import Holder

NOW = datetime(2023, 8, 15, 11, 3, tzinfo=UTC)
KEY = bytes(32)
DEAD, READERS, ROUNDS = 20, 2, 40


def test_fault_15_two_readers_at_once_find_nobody_where_all_are_dead(tmp_path: Path) -> None:
    """Each holds the lock of a mark for the moment in which it looks."""
    folder = _with_dead_marks(tmp_path)
    start = threading.Barrier(READERS)
    found: list[Holder] = []

    def look() -> None:
        for _round in range(ROUNDS):
            start.wait()
            found.extend(occupancy.holders(folder, KEY))

    readers = [threading.Thread(target=look) for _reader in range(READERS)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == []


def test_fault_15_a_living_process_is_found_all_the_same(tmp_path: Path) -> None:
    folder = _with_dead_marks(tmp_path)
    alive = occupancy.arrive(folder, KEY, "window", "Оксана", NOW)
    assert [holder.user for holder in occupancy.holders(folder, KEY)] == ["Оксана"]
    alive.leave()


def _with_dead_marks(place: Path) -> Path:
    """A folder with marks whose processes have died: copies of files, without their locks."""
    made, folder = place / "made", place / "centre.register"
    made.mkdir()
    marks = [occupancy.arrive(made, KEY, "window", "Оксана", NOW) for _number in range(DEAD)]
    shutil.copytree(made, folder, ignore=shutil.ignore_patterns("*.lock"))
    for mark in marks:
        mark.leave()
    return folder
