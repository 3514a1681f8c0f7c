"""Calm messages above the page, never a modal box. The newest stands on top; errors stay until closed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from resources.i18n import _
from ui import theme

MOST = 3
SHOWN_MS = 8000


class Kind(StrEnum):
    """How a notice is meant; also the name of its icon."""

    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


PASSING = frozenset({Kind.INFO, Kind.SUCCESS})


class Notice(QFrame):
    """One message with its icon, an optional next step as a button, and a way to close it."""

    def __init__(self, text: str, kind: Kind, step: str, then: Callable[[], object] | None, parent: QWidget) -> None:
        super().__init__(parent)
        theme.dress(self, "notice", kind)
        self.text, self.kind = text, kind
        self.setAccessibleName(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(12), theme.unit(7), theme.unit(7), theme.unit(7))
        row.setSpacing(theme.unit(9))
        mark = QLabel()
        mark.setPixmap(theme.pixmap(kind, _ON[kind], theme.ICON_SIZE))
        words = QLabel(text)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        row.addWidget(mark)
        row.addWidget(words, 1)
        if step and then is not None:
            button = QPushButton(step)
            button.clicked.connect(lambda: (self.close(), then()))
            row.addWidget(button)
        self.close_button = QToolButton()
        self.close_button.setIcon(theme.icon("close", _ON[kind]))
        self.close_button.setAccessibleName(_("Close the message"))
        self.close_button.setToolTip(_("Close the message"))
        theme.dress(self.close_button, "quiet")
        self.close_button.clicked.connect(self.close)
        row.addWidget(self.close_button)


_ON = {
    Kind.INFO: "on_accent_soft",
    Kind.SUCCESS: "on_success_soft",
    Kind.WARNING: "on_warning_soft",
    Kind.DANGER: "on_danger_soft",
}


class NoticeBar(QWidget):
    """Takes no room while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.unit(16), theme.unit(10), theme.unit(16), 0)
        self._column.setSpacing(theme.unit(6))
        self._notices: list[Notice] = []
        self.hide()

    def show_notice(
        self, text: str, kind: Kind | str = Kind.INFO, *, step: str = "", then: Callable[[], object] | None = None
    ) -> None:
        """Show a translated sentence; `step` names what the button `then` does. The same text is shown once."""
        for older in [notice for notice in self._notices if notice.text == text]:
            self._remove(older)
        notice = Notice(text, Kind(kind), step, then, self)
        notice.close_button.clicked.connect(lambda: self._remove(notice))
        self._notices.insert(0, notice)
        self._column.insertWidget(0, notice)
        for surplus in self._notices[MOST:]:
            self._remove(surplus)
        if notice.kind in PASSING and not step:
            QTimer.singleShot(SHOWN_MS, notice, lambda: self._remove(notice))
        self.show()
        announcement = QAccessibleAnnouncementEvent(self, text)
        QAccessible.updateAccessibility(announcement)

    def texts(self) -> list[str]:
        """What is shown now, the newest first."""
        return [notice.text for notice in self._notices]

    def clear(self) -> None:
        for notice in list(self._notices):
            self._remove(notice)

    def _remove(self, notice: Notice) -> None:
        if notice in self._notices:
            self._notices.remove(notice)
            self._column.removeWidget(notice)
            notice.hide()
            notice.deleteLater()
        self.setVisible(bool(self._notices))
