"""Verified copies of a register: data and keys together."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from db import snapshot
from db.connection import open_existing


def make_copy(folder: Path, key: bytes, into: Path, why: str, now: datetime) -> Path:
    """Copy the register in `folder` to a new folder under `into`."""
    target = into / f"{now:%Y%m%d-%H%M%S-%f}-{why}.register" / "register.db"
    database = open_existing(folder / "register.db", key)
    try:
        snapshot.copy_verified(database, key, target)
    finally:
        database.close()
    snapshot.copy_file(folder / "keys.json", target.with_name("keys.json"))
    return target.parent
