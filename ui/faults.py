"""What is kept of a fault of ours, in window and terminal alike. Needs no Qt.

The log has exception types and places in our code, never messages or values: a message may quote a name. For the
same reason the system is asked not to write the memory of a crashed program to the disk.
"""

from __future__ import annotations

import logging
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import ModuleType

import platformdirs

from ui.preferences import APPLICATION

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None

LOG_BYTES = 512_000
_CODE_ROOT = Path(__file__).resolve().parents[1]
log = logging.getLogger("coordinator.crash")


def log_file() -> Path:
    return platformdirs.user_log_path(APPLICATION, appauthor=False) / "faults.log"


def report(error: BaseException) -> str:
    """Types of an exception and of what caused it, and the lines of our code; no message, no value, no path.

    Where it was raised outside our code, the name of that file alone is added.
    """
    lines = []
    seen: set[int] = set()
    fault: BaseException | None = error
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        number = f" {fault.errno}" if isinstance(fault, OSError) and fault.errno else ""
        lines.append(f"{type(fault).__module__}.{type(fault).__qualname__}{number}")
        lines += _places(traceback.extract_tb(fault.__traceback__))
        fault = fault.__cause__ or fault.__context__
    return "\n".join(lines)


def _places(frames: traceback.StackSummary) -> list[str]:
    lines = []
    for frame in frames:
        path = Path(frame.filename)
        if path.is_relative_to(_CODE_ROOT) and "site-packages" not in path.parts:
            lines.append(f"  {path.relative_to(_CODE_ROOT).as_posix()}:{frame.lineno} {frame.name}")
        elif frame is frames[-1]:
            lines.append(f"  {path.name}:{frame.lineno}")
    return lines


def no_memory_dumps() -> None:
    """A crash of the program itself leaves no file with its memory; systems without such a limit stay as they are."""
    if resource is not None:
        _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def log_to(file: Path) -> None:
    """One rotating file; a folder that cannot be written leaves the log on the terminal."""
    for handler in list(log.handlers):
        log.removeHandler(handler)
        handler.close()
    log.propagate = False
    kept: logging.Handler = logging.StreamHandler()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        kept = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:
        pass
    kept.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log.addHandler(kept)
