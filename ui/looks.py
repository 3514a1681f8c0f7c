"""Language, theme and font size of the window: switched, remembered, and everything shown is made anew for them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui import speech, theme
from ui.preferences import LARGEST, SMALLEST, STEP, Preferences, save


class Looks(QObject):
    """`changed` once the click that asked for it is over: what stands on the screen may be built again then."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def speak(self, code: str) -> None:
        """Switch the language of everything that is shown."""
        self._preferences.language = code
        speech.speak(code)
        self._make_anew()

    def wear(self, choice: str) -> None:
        """Switch the theme: "system", "light" or "dark"."""
        self._preferences.theme = choice
        self._dress()

    def zoom(self, step: int) -> None:
        """Text larger (+1), smaller (-1) or as usual (0)."""
        percent = self._preferences.font_percent + step * STEP if step else 100
        self._preferences.font_percent = min(LARGEST, max(SMALLEST, percent))
        self._dress()

    def _system_changed(self) -> None:
        if self._preferences.theme == "system":
            self._dress()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication):
            theme.wear(application, theme.chosen(self._preferences.theme), self._preferences.font_percent)
        self._make_anew()

    def _make_anew(self) -> None:
        save(self._preferences)
        QTimer.singleShot(0, self, self.changed.emit)
