"""The end from outside: the person logs out, or the system ends the program. What is half-typed is kept first."""

from __future__ import annotations

import contextlib
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtGui import QGuiApplication

ENDING = ("SIGTERM", "SIGHUP")


class Ending(QObject):
    """`asked` where the system ends the program (POSIX). `keep` is called at a logout, which waits for its return."""

    asked = Signal()

    def __init__(self, keep: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep = keep
        application = QGuiApplication.instance()
        application.commitDataRequest.connect(self.logging_out)
        application.saveStateRequest.connect(self.logging_out)
        self._before: dict[int, Any] = {}
        self._listen_to_signals()

    def close(self) -> None:
        """Give the signals back."""
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if self._before:
            signal.set_wakeup_fd(-1)
            self._heard.setEnabled(False)
            for end in (self._read, self._write):
                end.close()
        self._before = {}

    def _listen_to_signals(self) -> None:
        """Qt waits outside Python, so a handler alone would run late: the signal's number comes through a socket."""
        numbers = [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
        if not hasattr(signal, "SIGHUP"):
            return  # Windows ends windows by closing them
        self._read, self._write = socket.socketpair()
        for end in (self._read, self._write):
            end.setblocking(False)
        self._heard = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._heard.activated.connect(self._came)
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _nothing) for number in numbers}

    def _came(self, *_socket: object) -> None:
        came = b""
        with contextlib.suppress(BlockingIOError):
            came = self._read.recv(64)
        if any(number in self._before for number in came):
            self.asked.emit()

    def logging_out(self, _manager: object = None) -> None:
        """The session manager waits until this returns."""
        self._keep()


def _nothing(_number: int, _frame: FrameType | None) -> None:
    """Taken note of through the socket."""
