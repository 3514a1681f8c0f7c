"""Disks that a test can fill or protect from writing. Where none can be mounted, the test says so and is skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class SmallDisk:
    """`path` lies on it; `fill` leaves so many bytes free, `free_up` takes away what filled it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self, leave: int = 0) -> None:
        left = shutil.disk_usage(self.path).free - leave
        with self._ballast.open("ab") as file:
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 16)))
            os.fsync(file.fileno())

    def free_up(self) -> None:
        self._ballast.unlink(missing_ok=True)


@contextmanager
def small_disk(path: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount a tmpfs at `path`; skips the test where this user may not."""
    path.mkdir()
    try:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", path], capture_output=True, text=True
        )
    except OSError as fault:
        pytest.skip(f"no small disk can be mounted here ({fault})")
    if mounted.returncode:
        pytest.skip(
            f"no small disk can be mounted here ({mounted.stderr.strip()}); tests with a limit run all the same"
        )
    try:
        yield SmallDisk(path)
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


@contextmanager
def read_only_disk(path: Path) -> Iterator[None]:
    """What lies in `path` as on a write-protected stick: root ignores permissions, so the folder is mounted again."""
    commands = (["mount", "--bind", path, path], ["mount", "-o", "remount,ro,bind", path])
    try:
        for command in commands:
            subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as fault:
        pytest.skip(f"no read-only disk can be mounted here: {fault}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)
