"""The sign of crews in alarm in the bottom line of every page: words, a mark, bold. A click goes to the crews."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QToolButton, QWidget

from resources.i18n import _
from ui import crew_words, theme
from ui.crew_watch import CrewWatch
from ui.pages.base import Navigate


class CrewSign(QToolButton):
    """Hidden while no crew is in alarm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch: CrewWatch | None = None
        self._navigate: Navigate | None = None
        theme.dress(self, "alarm")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setIcon(theme.icon("danger", "on_danger_soft"))
        self.clicked.connect(self._go)
        self.hide()

    def follow(self, watch: CrewWatch, navigate: Navigate) -> None:
        self._watch, self._navigate = watch, navigate
        watch.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        alarms = self._watch.alarms if self._watch is not None else []
        words = crew_words.alarm_short(alarms)
        if words and words != self.text():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
        self.setText(words)
        self.setAccessibleName(words or _("Crews"))
        self.setToolTip(crew_words.alarm_sentence(alarms))
        self.setVisible(bool(words))

    def _go(self) -> None:
        if self._watch is not None and self._navigate is not None and self._watch.alarms:
            self._navigate("crews", trip=self._watch.alarms[0][0].trip_id)
