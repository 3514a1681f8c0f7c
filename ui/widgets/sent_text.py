"""A text that leaves the centre when it is copied."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class SentText(QPlainTextEdit):
    """The key that copies does what the button beside it does: the whole text goes, by `copy`, and is logged."""

    def __init__(self, copy: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._copy = copy
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        else:
            super().keyPressEvent(event)
