"""The filter of one column, opened from its header: order, range, search, and the values with their counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from coordinator.domain.filtering import Condition, Kind
from resources.i18n import _
from ui import theme
from ui.tables.filtering.ranges import RangeFields
from ui.tables.filtering.value_list import ValueList, ValueModel
from ui.tables.filtering.values import Entry

ROWS_SEEN = 11
WIDTH = 300


class FilterPopup(QFrame):
    """`changed(Condition)` at each step, so that the table shows it at once; Escape gives back what was before.

    Text typed into the search narrows the list; Enter filters by it: a column of text by the words themselves, so
    that rows which come later are found too, other columns by the values found. `sort_wanted(backwards)`.
    """

    changed = Signal(object)
    sort_wanted = Signal(bool)

    def __init__(
        self, title: str, kind: Kind, entries: Sequence[Entry], condition: Condition, day: date, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, "card")
        self.setAccessibleName(_("Filter: {name}").format(name=title))
        self._kind, self._before = kind, condition
        self._words = condition.words
        self.values = ValueModel(entries, condition)
        self.list = ValueList(self.values, title)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Words in the text") if kind is Kind.TEXT else _("Search in the list"))
        self.search.setAccessibleName(_("Search in the values of {name}").format(name=title))
        self.search.setClearButtonEnabled(True)
        self.search.setText(condition.words)
        self.everything = QCheckBox()
        self.everything.setTristate(False)
        self.range = RangeFields(kind, title, day, condition.least, condition.most) if _ranged(kind) else None
        self._lay_out(title)
        self._connect()
        self.values.narrow(self.search.text())
        self._say()

    def condition(self) -> Condition:
        """What is chosen now."""
        least, most = (self.range.least, self.range.most) if self.range is not None else (None, None)
        return Condition(self.values.only, self.values.but, self._words, least, most)

    def show_at(self, corner: QPoint, room: QRect) -> None:
        """Open below `corner` (global), or where there is room on the screen."""
        rows = min(ROWS_SEEN, max(3, self.values.rowCount()))
        self.list.setFixedHeight(rows * max(self.list.sizeHintForRow(0), theme.unit(30)) + theme.unit(8))
        size = self.sizeHint().expandedTo(QSize(theme.unit(WIDTH), 0)).boundedTo(room.size())
        left = max(room.left(), min(corner.x(), room.right() - size.width()))
        top = max(room.top(), min(corner.y(), room.bottom() - size.height()))
        self.setGeometry(left, top, size.width(), size.height())
        self.show()
        self.search.setFocus(Qt.FocusReason.PopupFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self.condition() != self._before:
                self.changed.emit(self._before)
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_search()
                return True
            if event.key() == Qt.Key.Key_Down:
                self.list.take_focus()
                return True
        return super().eventFilter(watched, event)

    def _take_search(self) -> None:
        """Enter in the search: these, and done."""
        typed = self.search.text().strip()
        if self._kind is Kind.TEXT and typed != self._words:
            self._words = typed
            self.values.only, self.values.but = None, frozenset()
            self._tell()
        elif self._kind is not Kind.TEXT and typed and self.values.rowCount():
            self.values.choose_only(self.values.seen_keys())
        self.close()

    def _narrow(self, text: str) -> None:
        self.values.narrow(text)
        if not text.strip() and self._words:
            self._words = ""
            self._tell()
        self._say()

    def _tick_all(self) -> None:
        self.values.set_seen(self.values.state() is not Qt.CheckState.Checked)

    def _clear(self) -> None:
        self.changed.emit(Condition())
        self.close()

    def _tell(self) -> None:
        self._say()
        self.changed.emit(self.condition())

    def _say(self) -> None:
        """The box above the list: what it ticks, and how it stands."""
        narrowed = bool(self.search.text().strip())
        self.everything.setText(_("All found") if narrowed else _("All"))
        self.everything.setCheckState(self.values.state())
        self.everything.setEnabled(self.values.rowCount() > 0)
        self._clear_button.setEnabled(bool(self.condition()))

    def _lay_out(self, title: str) -> None:
        heading = QLabel(title)
        theme.dress(heading, "strong")
        self.up = _order_button("chevron-up", _("Sort upwards: A to Z, small to large, old to new"))
        self.down = _order_button("chevron-down", _("Sort downwards: Z to A, large to small, new to old"))
        self._clear_button = _order_button("close", _("Take this filter away"))
        top = QHBoxLayout()
        top.setSpacing(theme.unit(2))
        top.addWidget(heading, 1)
        for button in (self.up, self.down, self._clear_button):
            top.addWidget(button)
        hint = QLabel(_("Space ticks, Enter keeps, Esc leaves it as before"))
        theme.dress(hint, "small")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(10)] * 4)
        column.setSpacing(theme.unit(6))
        column.addLayout(top)
        if self.range is not None:
            column.addWidget(self.range)
        for part in (self.search, self.everything, self.list, hint):
            column.addWidget(part)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._narrow)
        self.values.ticked.connect(self._tell)
        self.list.done.connect(self.close)
        self.list.left_up.connect(self.search.setFocus)
        self.everything.clicked.connect(self._tick_all)
        self._clear_button.clicked.connect(self._clear)
        self.up.clicked.connect(lambda: self._sort(False))
        self.down.clicked.connect(lambda: self._sort(True))
        if self.range is not None:
            self.range.changed.connect(self._tell)

    def _sort(self, backwards: bool) -> None:
        self.sort_wanted.emit(backwards)
        self.close()


def _ranged(kind: Kind) -> bool:
    return kind in (Kind.NUMBER, Kind.DAY)


def _order_button(icon: str, name: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(theme.icon(icon))
    button.setToolTip(name)
    button.setAccessibleName(name)
    theme.dress(button, "quiet")
    return button
