"""The line above the page that says why nothing can be changed here, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from coordinator.session import Session
from resources.i18n import _
from resources.messages import sentence
from ui import theme
from ui.rights import why_not

AGAIN = frozenset({
    "register.held", "register.held_unnamed", "register.held_unknown", "register.migration_failed",
    "register.not_migrated",
})  # fmt: skip
"""Reasons that may be over the next time one asks."""
COPY = frozenset({"register.folder_read_only", "register.disk_full"})


class ReadOnlyBar(QWidget):
    """Hidden where the user may write. `again_wanted`: try to open for writing; `copy_wanted`: save elsewhere."""

    again_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.text = why_not(session)
        code = session.read_only.code if session.read_only is not None else ""
        if not code and self.text:
            self.text = sentence("role.may_look")
        self.words = QLabel(self.text)
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.text)
        self.step = QPushButton(_("Make a copy…") if code in COPY else _("Try again"))
        self.step.clicked.connect(self.copy_wanted if code in COPY else self.again_wanted)
        mark = QLabel()
        mark.setPixmap(theme.pixmap("lock", "on_accent_soft", theme.ICON_SIZE))
        frame = QFrame()
        theme.dress(frame, "notice", "info")
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.unit(14), theme.unit(10), theme.unit(14), 0)
        around.addWidget(frame)
        row = QHBoxLayout(frame)
        row.setContentsMargins(theme.unit(12), theme.unit(7), theme.unit(12), theme.unit(7))
        row.setSpacing(theme.unit(9))
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.step)
        # Hidden only: shown before it has a parent it would be a window of its own for a moment.
        if code not in COPY and code not in AGAIN:
            self.step.hide()
        if not self.text:
            self.hide()

    def wait(self, waiting: bool) -> None:
        """While the register is being opened again."""
        self.step.setEnabled(not waiting)
