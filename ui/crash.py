"""A fault of ours: one calm dialog, a log entry without personal data, and the program lives on.

The log has exception types and places in our code, never messages or values: a message may quote a name. For the
same reason the system is asked not to write the memory of a crashed program to the disk.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import ModuleType, TracebackType

import platformdirs
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from resources.i18n import _
from ui import theme
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


class CrashDesk(QObject):
    """Takes exceptions from any thread, logs each once and shows one dialog at a time."""

    _taken = Signal(object)

    def __init__(self, parent: QObject | None = None, file: Path | None = None) -> None:
        super().__init__(parent)
        self.file = file or log_file()
        self._known: set[str] = set()
        self._dialog: QMessageBox | None = None
        self._taken.connect(self._show, Qt.ConnectionType.QueuedConnection)
        _log_to(self.file)

    def install(self) -> Callable[[], None]:
        """Become the hook for what nobody caught, in every thread; returns how to undo it."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self._unhandled
        threading.excepthook = lambda args: self.take(args.exc_value or RuntimeError())
        sys.unraisablehook = lambda args: self.take(args.exc_value or RuntimeError())
        no_memory_dumps()

        def undo() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = before

        return undo

    def take(self, error: BaseException) -> None:
        """Log the fault and show it; the same fault again is only counted."""
        text = report(error)
        if text in self._known:
            log.error("again: %s", text.splitlines()[0])
            return
        self._known.add(text)
        log.error("fault\n%s", text)
        self._taken.emit(text)

    def _unhandled(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.take(error.with_traceback(trace))

    def _show(self, text: str) -> None:
        if self._dialog is not None:
            return
        dialog = QMessageBox(QApplication.activeWindow())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setIconPixmap(theme.pixmap("danger", "danger", 32))
        dialog.setWindowTitle(_("A fault in the program"))
        dialog.setText(_("Something went wrong in the program. Everything saved before is kept."))
        dialog.setInformativeText(
            _("You can go on working. If it happens again, send the report below; it holds no personal data.\n{file}")
            .format(file=self.file)
        )  # fmt: skip
        dialog.setDetailedText(text)
        copy = dialog.addButton(_("Copy the report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        dialog.addButton(_("Go on working"), QMessageBox.ButtonRole.AcceptRole)
        dialog.finished.connect(self._closed)
        self._dialog = dialog
        dialog.open()

    def _closed(self, *_answer: object) -> None:
        self._dialog = None


def _log_to(file: Path) -> None:
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
