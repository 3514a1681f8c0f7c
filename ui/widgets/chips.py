"""Chips for active filters, badges for a state, and a row that wraps like words do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QLayoutItem, QPushButton, QToolButton, QWidget

from resources.i18n import _
from ui import theme


class Badge(QLabel):
    """A short state in words: `kind` ("info", "success", "warning", "danger" or "") gives the ground colour."""

    def __init__(self, text: str, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        theme.dress(self, "badge", kind)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def say(self, text: str, kind: str = "") -> None:
        self.setText(text)
        theme.dress(self, "badge", kind)


class Chip(QFrame):
    """One active filter with a button that takes it away."""

    removed = Signal(str)

    def __init__(self, key: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.text = key, text
        theme.dress(self, "chip")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(10), theme.unit(2), theme.unit(4), theme.unit(2))
        row.setSpacing(theme.unit(4))
        row.addWidget(QLabel(text))
        self.button = QToolButton()
        self.button.setIcon(theme.icon("close", "on_accent_soft"))
        self.button.setIconSize(QSize(theme.unit(12), theme.unit(12)))
        self.button.setAccessibleName(_("Remove the filter {name}").format(name=text))
        self.button.setToolTip(self.button.accessibleName())
        self.button.clicked.connect(lambda: self.removed.emit(self.key))
        row.addWidget(self.button)


class ChipRow(QWidget):
    """A chip per active filter; `removed(key)` and `cleared` say what the person took away."""

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.setVisible(False)

    def chips(self) -> list[Chip]:
        """The chips shown, in order."""
        found = (item.widget() for at in range(self._flow.count()) if (item := self._flow.itemAt(at)) is not None)
        return [widget for widget in found if isinstance(widget, Chip)]

    def set_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these (key, translated text); none hides the row."""
        self._flow.empty()
        for key, text in chips:
            chip = Chip(key, text)
            chip.removed.connect(self.removed)
            self._flow.addWidget(chip)
        if len(chips) > 1:
            clear = QPushButton(_("Clear all"))
            theme.dress(clear, "link")
            clear.clicked.connect(self.cleared)
            self._flow.addWidget(clear)
        self.setVisible(bool(chips))


class FlowLayout(QLayout):
    """Items side by side, wrapped to the next line where the width ends."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = theme.unit(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def empty(self) -> None:
        """Take all widgets out and let them go."""
        while (item := self.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, height = rect.x(), rect.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, height = rect.x(), y + height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            height = max(height, size.height())
        return y + height - rect.y()
