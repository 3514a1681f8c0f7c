"""Files kept for the tests: one real register of each released schema."""

from __future__ import annotations

import shutil
from pathlib import Path

from coordinator.register import open_register
from coordinator.session import Session

REGISTERS = Path(__file__).parent / "registers"
PASSPHRASE = "training only"
OPERATOR_PASSPHRASE = "training operator"
RECOVERY_CODES = {
    "0002.register": "NNBM-QSG3-85ZE-XJN5-7CFW-KV87",
    "0004.register": "ARVZ-37PS-9TCJ-AZPN-AXNJ-8SJX",
    "0005.register": "D166-JXQ5-7TEX-WAY0-1NZV-DEQ9",
    "0006.register": "0771-3Y3F-MT84-C4PY-XXFT-R0KD",
    "0007.register": "G6H1-1FGN-5A5T-PP9M-JDG1-H1KW",
}
"""The code of each register that has one, as it was shown. The people in them are invented."""


def old_registers() -> list[str]:
    """The names of their folders, oldest first: the number of the last migration of each."""
    return sorted(folder.name for folder in REGISTERS.glob("*.register"))


def copied(name: str, into: Path) -> Path:
    """A copy to work with: the kept one is never opened."""
    return Path(shutil.copytree(REGISTERS / name, into / name))


def opened_copy(name: str, into: Path) -> Session:
    return open_register(copied(name, into), PASSPHRASE)
