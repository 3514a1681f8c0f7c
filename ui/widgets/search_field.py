"""A search field: every key searches, Escape clears, Down goes on to the table."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from resources.i18n import _
from ui import theme


class SearchField(QLineEdit):
    """`searched(str)` at each key, also when the field is cleared; `left_down` when Down or Enter leaves it."""

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(hint or _("Search"))
        self.setAccessibleName(hint or _("Search"))
        self.setToolTip(_("Several words in any order; Esc clears"))
        self.setClearButtonEnabled(True)
        self.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(theme.unit(220))
        self.textChanged.connect(self.searched)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Ctrl+F: the cursor comes here and what stands here is selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
