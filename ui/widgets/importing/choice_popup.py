"""A list to choose from by typing a few letters: opened over a table, closed by Enter or Escape."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coordinator.domain.names import fold
from resources.i18n import _
from ui import theme

ROWS_SEEN = 12
WIDTH = 300
_CODE = Qt.ItemDataRole.UserRole


class ChoicePopup(QFrame):
    """`chosen(code)`; with `several` Space marks entries and `chosen` carries the codes with commas between them."""

    chosen = Signal(str)

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        current: str | None,
        parent: QWidget,
        *,
        several: bool = False,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, "card")
        self.setAccessibleName(title)
        self._several = several
        self.search, self.list = QLineEdit(), QListWidget()
        self.search.setPlaceholderText(_("Type to search"))
        self.search.setAccessibleName(_("Search in the list"))
        self.list.setAccessibleName(title)
        heading = QLabel(title)
        heading.setWordWrap(True)
        theme.dress(heading, "strong")
        hint = QLabel(_("Space marks, Enter takes what is marked") if several else _("Enter takes the marked line"))
        theme.dress(hint, "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(10)] * 4)
        column.setSpacing(theme.unit(6))
        for part in (heading, self.search, self.list, hint):
            column.addWidget(part)
        self._fill(choices, current)
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(self._clicked)

    def show_at(self, corner: QPoint, room: QRect) -> None:
        """Open below `corner` (global), or where there is room on the screen."""
        rows = min(ROWS_SEEN, self.list.count())
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), theme.unit(28)) + theme.unit(8))
        size = self.sizeHint().expandedTo(QSize(theme.unit(WIDTH), 0)).boundedTo(room.size())
        left = max(room.left(), min(corner.x(), room.right() - size.width()))
        top = max(room.top(), min(corner.y(), room.bottom() - size.height()))
        self.setGeometry(left, top, size.width(), size.height())
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)

    def take(self) -> None:
        """Close with what is chosen."""
        if self._several:
            marked = [item for item in self._items() if item.checkState() == Qt.CheckState.Checked]
            self.chosen.emit(",".join(str(item.data(_CODE)) for item in marked))
        elif (item := self.list.currentItem()) is not None and not item.isHidden():
            self.chosen.emit(str(item.data(_CODE)))
        else:
            return
        self.close()

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
            if watched is self.search and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if key == Qt.Key.Key_Down else -1)
                return True
            if self._several and key == Qt.Key.Key_Space and (watched is self.list or not self.search.text()):
                self._mark(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _fill(self, choices: Sequence[tuple[str, str]], current: str | None) -> None:
        marked = set((current or "").split(",")) if self._several else set()
        for code, words in choices:
            item = QListWidgetItem(words)
            item.setData(_CODE, code)
            if self._several:
                item.setCheckState(Qt.CheckState.Checked if code in marked else Qt.CheckState.Unchecked)
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
            self.list.addItem(item)
            if code == current and not self._several:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    def _narrow(self, typed: str) -> None:
        words = fold(typed).split()
        first: QListWidgetItem | None = None
        for item in self._items():
            text = fold(f"{item.text()} {item.data(_CODE)}")
            item.setHidden(not all(word in text for word in words))
            if first is None and not item.isHidden():
                first = item
        current = self.list.currentItem()
        if current is None or current.isHidden():
            self.list.setCurrentItem(first)

    def _step(self, by: int) -> None:
        seen = [item for item in self._items() if not item.isHidden()]
        current = self.list.currentItem()
        if seen:
            at = seen.index(current) if current in seen else -by
            self.list.setCurrentItem(seen[max(0, min(len(seen) - 1, at + by))])

    def _clicked(self, item: QListWidgetItem) -> None:
        if self._several:
            self._mark(item)
        else:
            self.take()

    def _mark(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]
