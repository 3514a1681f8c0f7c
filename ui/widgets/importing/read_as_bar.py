"""Above the preview: whose list it is and how it was read, and the way back to say it otherwise."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from coordinator.queries.reading import OpenList
from resources.i18n import _, ngettext
from ui import actions, theme


class ReadAsBar(QFrame):
    """`wanted`: show how the list is read."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setWordWrap(True)
        theme.dress(self.words, "muted")
        self.button = QPushButton(_("How this list is read"))
        self.button.setToolTip(actions.tooltip("import.reading"))
        self.button.clicked.connect(lambda: self.wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(16), theme.unit(8), theme.unit(16), 0)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)

    def show_list(self, opened: OpenList) -> None:
        sheets = len(opened.survey.used)
        columns = sum(bool(column.key) for column in opened.survey.used[0].columns) if sheets else 0
        parts = [
            _("Sender: {name}").format(name=opened.reading.sender or _("not named")),
            ngettext("{n} sheet", "{n} sheets", sheets).format(n=sheets),
            ngettext("{n} column is read", "{n} columns are read", columns).format(n=columns),
        ]
        self.words.setText("  ·  ".join(parts))
