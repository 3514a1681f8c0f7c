"""The bottom line: when the last edit was saved, what runs and how to stop it, and how the copies stand."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QToolButton, QWidget

from resources.i18n import _
from ui import texts, theme
from ui.progress import Running
from ui.rights import needs
from ui.widgets.copy_sign import CopySign
from ui.widgets.crew_sign import CrewSign


class StatusLine(QWidget):
    """`cancelled(number)` when a person stops the task shown (the one that began first)."""

    cancelled = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._number = 0
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(16), theme.unit(4), theme.unit(16), theme.unit(4))
        row.setSpacing(theme.unit(10))
        self.saved = QLabel(_("Every edit is saved at once"))
        self.label, self.left = QLabel(), QLabel()
        self.bar = QProgressBar()
        self.bar.setFixedWidth(theme.unit(160))
        self.bar.setTextVisible(False)
        self.stop = QToolButton()
        theme.dress(self.stop, "quiet")
        self.stop.setIcon(theme.icon("close", "muted"))
        self.stop.setToolTip(_("Stop this task"))
        self.stop.setAccessibleName(_("Stop this task"))
        self.stop.clicked.connect(lambda: self.cancelled.emit(self._number))
        self.undo = QToolButton()
        theme.dress(self.undo, "quiet")
        needs(self.undo)
        self.crews, self.copies = CrewSign(), CopySign()
        row.addWidget(self.saved)
        row.addWidget(self.undo)
        row.addStretch(1)
        for part in (self.crews, self.label, self.bar, self.left, self.stop, self.copies):
            row.addWidget(part)
        height = max(part.sizeHint().height() for part in (self.stop, self.saved, self.copies))
        self.setFixedHeight(height + theme.unit(8))
        self.show_running(())

    def show_saved(self, when: datetime) -> None:
        self.saved.setText(_("Saved {time}").format(time=texts.clock(when)))

    def show_running(self, running: tuple[Running, ...]) -> None:
        first = running[0] if running else None
        for part in (self.label, self.bar, self.left):
            part.setVisible(first is not None)
        self.stop.setVisible(first is not None and first.can_cancel)
        if first is None:
            return
        self._number = first.number
        self.label.setText(_("Stopping…") if first.cancelled else first.label)
        self.stop.setEnabled(not first.cancelled)
        self.bar.setAccessibleName(first.label)
        if first.fraction is None:
            self.bar.setRange(0, 0)
        else:
            self.bar.setRange(0, 1000)
            self.bar.setValue(round(first.fraction * 1000))
        self.left.setText("" if first.seconds_left is None else texts.time_left(first.seconds_left))
