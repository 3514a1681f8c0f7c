"""A button that opens a list of values with their counts; those that are ticked are the filter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.names import fold
from resources.i18n import _
from ui import texts, theme

SEARCHED_FROM = 12
"""So many values and more get a line to search them."""
ROWS_SEEN = 14
WIDTH = 280
_KEY = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the filter: its key, its translated word, the icon beside it, how many rows have it."""

    key: str
    text: str
    count: int
    icon: str = ""
    role: str = "text"


class FilterButton(QPushButton):
    """`picked(frozenset)` at each tick. The values are asked for when the list opens, as they are then."""

    picked = Signal(object)

    def __init__(self, text: str, values: Callable[[], Sequence[Value]], parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._values = values
        self._chosen: frozenset[str] = frozenset()
        self._popup: _Popup | None = None
        _dress(self)
        self.clicked.connect(self.open)

    @property
    def chosen(self) -> frozenset[str]:
        return self._chosen

    def choose(self, keys: frozenset[str]) -> None:
        """Set the filter without telling anybody."""
        self._chosen = keys
        self.setCheckable(True)
        self.setChecked(bool(keys))

    def open(self) -> None:
        self.setChecked(bool(self._chosen))
        popup = _Popup(self._values(), self._chosen, self)
        popup.ticked.connect(self._ticked)
        self._popup = popup
        popup.show_below(self)

    def _ticked(self, keys: frozenset[str]) -> None:
        self.choose(keys)
        self.picked.emit(keys)


def drop_button(text: str) -> QPushButton:
    """A button that looks as FilterButton does and opens a filter of another kind."""
    button = QPushButton(text)
    _dress(button)
    return button


def _dress(button: QPushButton) -> None:
    button.setIcon(theme.icon("chevron-down", "muted"))
    button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    button.setAccessibleName(_("Filter: {name}").format(name=button.text()))
    button.setToolTip(_("Show only some: {name}").format(name=button.text()))


class _Popup(QFrame):
    ticked = Signal(object)

    def __init__(self, values: Sequence[Value], chosen: frozenset[str], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, "card")
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search in the list"))
        self.search.setAccessibleName(_("Search in the list"))
        self.list = QListWidget()
        self.list.setAccessibleName(parent.accessibleName())
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        for value in values:
            self.list.addItem(_item(value, value.key in chosen))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(6)] * 4)
        column.addWidget(self.search)
        column.addWidget(self.list)
        self.search.setVisible(len(values) >= SEARCHED_FROM)
        self.list.itemChanged.connect(lambda _item: self.ticked.emit(self.keys()))
        self.list.itemActivated.connect(_toggle)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        if self.list.count():
            self.list.setCurrentRow(0)

    def keys(self) -> frozenset[str]:
        items = [self.list.item(row) for row in range(self.list.count())]
        return frozenset(item.data(_KEY) for item in items if item.checkState() == Qt.CheckState.Checked)

    def show_below(self, button: QWidget) -> None:
        row = max(self.list.sizeHintForRow(0), theme.unit(28))
        height = row * min(ROWS_SEEN, max(1, self.list.count())) + theme.unit(18)
        height += self.search.sizeHint().height() + theme.unit(8) if not self.search.isHidden() else 0
        width = max(theme.unit(WIDTH), self.list.sizeHintForColumn(0) + theme.unit(40))
        corner = button.mapToGlobal(QPoint(0, button.height() + 2))
        room = button.screen().availableGeometry()
        width, height = min(width, room.width()), min(height, max(row * 4, room.bottom() - corner.y()))
        self.setGeometry(min(corner.x(), room.right() - width), corner.y(), width, height)
        self.show()
        (self.list if self.search.isHidden() else self.search).setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        """From the search line Down and Enter go on to the list."""
        onward = (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in onward:
            self.list.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _narrow(self, text: str) -> None:
        words = fold(text).split()
        first = None
        for row in range(self.list.count()):
            item = self.list.item(row)
            seen = all(word in fold(item.text()) for word in words)
            item.setHidden(not seen)
            first = item if seen and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)


def _item(value: Value, on: bool) -> QListWidgetItem:
    words = _("{value} · {count}").format(value=value.text, count=texts.number(value.count))
    item = QListWidgetItem(words)
    if value.icon:
        item.setIcon(theme.icon(value.icon, value.role))
    item.setData(_KEY, value.key)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    return item


def _toggle(item: QListWidgetItem) -> None:
    on = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
