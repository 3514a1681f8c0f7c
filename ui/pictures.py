"""Pictures of the window's pages, made by a process of its own: nothing of Qt can end the one that asks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from resources import i18n
from ui.commands.common import VARIABLE

PATIENCE = 180.0
"""Seconds for all pages together."""


def take_pictures(register: Path, passphrase: str, folder: Path) -> list[Path]:
    """A PNG of each page of the window in `folder`, in the current language; empty where that did not work.

    Needs Qt's libraries and no screen. Close the register before, or others may wait for its file.
    """
    env = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "COORDINATOR_LANG": i18n.language(),
        VARIABLE: passphrase,
    }
    command = [sys.executable, "-m", "ui.picture_window", os.fspath(register), os.fspath(folder)]
    try:
        child = subprocess.run(
            command, env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return []
    return [Path(line) for line in child.stdout.decode(errors="replace").splitlines() if line]
