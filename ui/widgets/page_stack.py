"""The pages on top of each other. One that is larger than the window scrolls and never pushes the window wider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedLayout, QWidget

from ui import theme
from ui.pages.base import Page


class Front(QStackedLayout):
    """Qt asks every widget how large it must be and how high it wants to be; here only the one in front counts.

    One that was never shown has not been laid out: its height is a guess by a width that it will not have.
    """

    def put(self, widget: QWidget) -> None:
        """Add a widget that does not count until it is brought to the front."""
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.addWidget(widget)

    def bring(self, widget: QWidget) -> None:
        before = self.currentWidget()
        if before is not None:
            before.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCurrentWidget(widget)

    def hasHeightForWidth(self) -> bool:
        front = self.currentWidget()
        return front is not None and front.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        front = self.currentWidget()
        return front.heightForWidth(width) if front is not None else -1


class PageStack(QScrollArea):
    """`show_page` brings one to the front; only that one counts for the size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        body = QWidget()
        self._stack = Front(body)
        theme.dress(body, "plain")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)

    def add(self, page: Page) -> None:
        self._stack.put(page)

    def page(self) -> Page | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_page(self, page: Page) -> None:
        self._stack.bring(page)
