"""The palette itself: one line to type in, the likeliest entries below it, everything by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.matching import best_first
from coordinator.queries.finding import Found, find_anything
from coordinator.queries.saved_views import SavedView, saved_views
from resources.i18n import _
from ui import texts, theme
from ui.pages.base import Page, PageContext
from ui.palette.actions_there import Doing, action_entries, actions_there, do
from ui.palette.entry import ACTION, HOUSEHOLD, PLACE, VIEW, Entry, Recent

WIDTH = 620
ROWS_SEEN = 12
MOST_COMMANDS = 9
REGISTRY = "registry"
_ENTRY = Qt.ItemDataRole.UserRole
_ONWARD = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}


class Palette(QFrame):
    """Made anew at each Ctrl+K, so that it knows what can be done at that moment."""

    def __init__(self, desk: QWidget, context: PageContext, pages: Mapping[str, Page], recent: Recent) -> None:
        super().__init__(desk, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme.dress(self, "card")
        self._context, self._recent = context, recent
        self._there = actions_there(desk, QApplication.focusWidget(), pages)
        self._commands = action_entries(desk, self._there, pages)
        self._found = Found((), ())
        self.line = QLineEdit()
        self.line.setPlaceholderText(_("What to do, or whom to find"))
        self.line.setAccessibleName(_("Command, view, household or settlement"))
        self.list = QListWidget()
        self.list.setAccessibleName(_("What was found"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Line(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hint = QLabel()
        theme.dress(self.hint, "small")
        self.hint.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(10)] * 4)
        column.setSpacing(theme.unit(6))
        for part in (self.line, self.list, self.hint):
            column.addWidget(part)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._typed)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.list.currentItemChanged.connect(lambda _now, _before: self._say())
        context.tasks.run_query(saved_views, context.session, done=self._take_views, key=(self, "views"))
        self._fill()

    def open_over(self, desk: QWidget) -> None:
        """In the upper middle of the window."""
        size = QSize(min(theme.unit(WIDTH), desk.width() - 40), 0)
        self.list.setFixedHeight(ROWS_SEEN * max(self.list.sizeHintForRow(0), theme.unit(30)) + theme.unit(8))
        size.setHeight(self.sizeHint().height())
        corner = desk.mapToGlobal(desk.rect().topLeft())
        self.setGeometry(
            corner.x() + (desk.width() - size.width()) // 2, corner.y() + theme.unit(60), size.width(), size.height()
        )
        self.show()
        self.line.setFocus(Qt.FocusReason.PopupFocusReason)

    def entries(self) -> list[Entry]:
        """What is listed now."""
        return [self.list.item(row).data(_ENTRY) for row in range(self.list.count())]

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:
        """The line keeps the cursor; arrows go through the list below it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _ONWARD:
                row = self.list.currentRow() + _ONWARD[key]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
            if key == Qt.Key.Key_Escape:
                self.close()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        self._found = Found((), ())
        if len(text.strip()) > 1 or text.strip().isdecimal():
            self._context.tasks.run_query(
                find_anything, self._context.session, text, done=lambda found: self._take_found(text, found),
                key=(self, "find"),
            )  # fmt: skip
        self._fill()

    def _take_found(self, text: str, found: Found) -> None:
        if text == self.line.text():
            self._found = found
            self._fill()

    def _take_views(self, views: list[SavedView]) -> None:
        self._commands += [Entry(f"{VIEW}:{view.id}", view.name, _("Saved view"), "pin") for view in views]
        self._fill()

    def _fill(self) -> None:
        """Recent ones first while nothing is typed; then commands, households, settlements. A number is a household."""
        text = self.line.text().strip()
        if not text:
            listed = self._in_order()
        else:
            commands = best_first(text, self._commands, lambda entry: entry.words)[:MOST_COMMANDS]
            people = [_household(one) for one in self._found.households]
            places = [_place(one.name, one.households) for one in self._found.places]
            named = best_first(text, people, lambda entry: entry.words)
            others = [entry for entry in people if entry not in named]
            listed = [*commands, *named, *places, *others]
            if text.isdecimal():
                listed = [*people, *commands]
        chosen = self.list.currentItem().data(_ENTRY).key if self.list.currentItem() and self._found.households else ""
        self.list.clear()
        for entry in listed:
            item = QListWidgetItem(entry.words)
            item.setData(_ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join((entry.words, entry.detail, entry.why)))
            self.list.addItem(item)
        at = next((row for row, entry in enumerate(listed) if entry.key == chosen), 0)
        self.list.setCurrentRow(at if listed else -1)
        self._say()

    def _in_order(self) -> list[Entry]:
        known = {entry.key: entry for entry in self._commands}
        kept = {entry.key: entry for entry in self._recent.entries}
        recent = [known.get(key) or kept[key] for key in self._recent.order() if key in known or key in kept]
        first = {entry.key for entry in recent}
        return recent + [entry for entry in self._commands if entry.key not in first]

    def _say(self) -> None:
        item = self.list.currentItem()
        if item is None:
            self.hint.setText(_("Nothing is called so. Try fewer letters, a surname, a number or a phone."))
            return
        why = item.data(_ENTRY).why
        self.hint.setText(why or _("↑ ↓ choose, Enter does it, Esc closes"))
        self.line.setAccessibleDescription(item.data(Qt.ItemDataRole.AccessibleTextRole))

    def _take(self) -> None:
        item = self.list.currentItem()
        entry: Entry | None = item.data(_ENTRY) if item is not None else None
        if entry is None or entry.why:
            return
        self._recent.add(entry)
        self.close()
        go: Callable[..., Any] = self._context.navigate
        if entry.kind == ACTION:
            doing: Doing = self._there[entry.what]
            do(doing, go)
        elif entry.kind == VIEW:
            go(REGISTRY, view=entry.what)
        elif entry.kind == HOUSEHOLD:
            go(REGISTRY, household=entry.what)
        else:
            go(REGISTRY, settlement=entry.what)


def _household(one: Any) -> Entry:
    words = _("{number} · {name}").format(number=one.number, name=one.head or _("No name"))
    detail = " · ".join(part for part in (one.settlement, one.phone) if part)
    return Entry(f"{HOUSEHOLD}:{one.id}", words, detail, "people")


def _place(name: str, households: int) -> Entry:
    return Entry(f"{PLACE}:{name}", name, texts.households(households), "place")


class _Line(QStyledItemDelegate):
    """Icon and words at the left, the detail at the right."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: Entry = index.data(_ENTRY)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        pad, size = theme.unit(8), theme.unit(16)
        room = option.rect.adjusted(pad, 0, -pad, 0)
        role = "disabled" if entry.why else "text"
        if entry.icon:
            place = QRect(room.left(), room.center().y() - size // 2, size, size)
            painter.drawPixmap(place.topLeft(), theme.pixmap(entry.icon, "disabled" if entry.why else "muted", 16))
        room.setLeft(room.left() + size + pad)
        letters = painter.fontMetrics()
        detail = letters.elidedText(entry.detail, Qt.TextElideMode.ElideRight, room.width() // 2)
        taken = letters.horizontalAdvance(detail) + pad
        painter.setPen(theme.color("disabled" if entry.why else "muted"))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), detail)
        painter.setPen(theme.color(role))
        words = letters.elidedText(entry.words, Qt.TextElideMode.ElideRight, room.width() - taken)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        hint = super().sizeHint(option, index)
        return QSize(hint.width(), max(hint.height(), theme.unit(30)))
