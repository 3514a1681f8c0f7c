"""A fault of ours in the window: one calm dialog, a log entry without personal data, and the program lives on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from resources.i18n import _
from ui import theme
from ui.faults import log, log_file, log_to, no_memory_dumps, report


class CrashDesk(QObject):
    """Takes exceptions from any thread, logs each once and shows one dialog at a time."""

    _taken = Signal(object)

    def __init__(self, parent: QObject | None = None, file: Path | None = None) -> None:
        super().__init__(parent)
        self.file = file or log_file()
        self._known: set[str] = set()
        self._dialog: QMessageBox | None = None
        self._taken.connect(self._show, Qt.ConnectionType.QueuedConnection)
        log_to(self.file)

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
