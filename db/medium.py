"""What a folder lies on: can it be written, and is it a network drive, where locks cannot be trusted?"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "fuse.sshfs", "fuse.rclone", "davfs", "fuse.davfs2"}
)
_MOUNTS = Path("/proc/self/mounts")
_DRIVE_REMOTE = 4


def can_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK)


def on_network(folder: Path) -> bool:
    """Known for Linux and Windows; elsewhere False."""
    path = folder.resolve()
    if sys.platform == "win32":
        drive = path.drive
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == _DRIVE_REMOTE
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return False
    return file_system_of(path, mounts) in _NETWORK


def file_system_of(path: Path, mounts: str) -> str:
    """The type of the file system that `path` lies on, from the lines of /proc/self/mounts."""
    best, kind = -1, ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        # The kernel writes a space in a name as \040.
        point = parts[1].replace("\\040", " ") if len(parts) > 2 else ""
        if point and len(point) >= best and path.is_relative_to(point):
            best, kind = len(point), parts[2]
    return kind
