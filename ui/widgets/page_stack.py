"""The pages on top of each other. One that is larger than the window scrolls and never pushes the window wider."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QStackedLayout, QWidget

from ui import theme
from ui.pages.base import Page


class _Front(QStackedLayout):
    """Qt asks every page how high it wants to be for a width; here only the one in front counts."""

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
        self._stack = _Front(body)
        theme.dress(body, "plain")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(body)

    def add(self, page: Page) -> None:
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._stack.addWidget(page)

    def page(self) -> Page | None:
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def show_page(self, page: Page) -> None:
        before = self._stack.currentWidget()
        if before is not None:
            before.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._stack.setCurrentWidget(page)
