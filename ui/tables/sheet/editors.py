"""What stands over a cell while it is edited. Enter goes down, Tab to the right, Escape gives up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from coordinator.domain.typed_day import read_day
from resources.i18n import _
from ui import texts, theme
from ui.widgets.settlement_field import Chosen, Places, SettlementField

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_AWAY = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})
_SEMICOLONS = frozenset({Qt.Key.Key_Semicolon, ord("Ж")})
_CODE = Qt.ItemDataRole.UserRole


class Move(Enum):
    """Where the cursor goes when a cell is done: (down, right)."""

    STAY = (0, 0)
    DOWN = (1, 0)
    UP = (-1, 0)
    RIGHT = (0, 1)
    LEFT = (0, -1)


def move_of(event: QKeyEvent) -> Move | None:
    """What a key means for a cell that is being edited; None: it belongs to the text."""
    shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
    if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
        return None
    if event.key() in _ENTER:
        return Move.UP if shifted else Move.DOWN
    if event.key() == Qt.Key.Key_Tab:
        return Move.RIGHT
    if event.key() == Qt.Key.Key_Backtab:
        return Move.LEFT
    return None


class LineEditor(QLineEdit):
    """One line. `done(Move)` when the text is to be taken, `given_up` on Escape, `looked_at(str)` at each letter."""

    done = Signal(object)
    given_up = Signal()
    looked_at = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        theme.dress(self, "cell")
        self.textEdited.connect(self.looked_at)

    def begin(self, text: str, typed: str | None) -> None:
        """Show the text whole, or what one began to type in its place."""
        self.setText(text if typed is None else typed)
        if typed is None:
            self.selectAll()

    def value(self) -> str:
        return self.text()

    def event(self, event: QEvent) -> bool:
        """Tab would leave before `keyPressEvent` hears of it."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.take_key(event):
            return True
        return super().event(event)

    def take_key(self, event: QKeyEvent) -> bool:
        """True where the key ended the editing."""
        vertical = {Qt.Key.Key_Up: Move.UP, Qt.Key.Key_Down: Move.DOWN}
        move = move_of(event) or vertical.get(Qt.Key(event.key()))
        if move is not None:
            self.done.emit(move)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        return move is not None or event.key() == Qt.Key.Key_Escape

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.done.emit(Move.STAY)


class DayEditor(LineEditor):
    """A day; Up and Down move by one, Ctrl+; is the working date."""

    def __init__(self, parent: QWidget, near: date) -> None:
        super().__init__(parent)
        self._near = near

    def take_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in _SEMICOLONS and held:
            self._write(self._near)
        elif event.key() in steps:
            known = read_day(self.text(), self._near)
            self._write(known + timedelta(days=steps[Qt.Key(event.key())]) if known else self._near)
        else:
            return super().take_key(event)
        return True

    def _write(self, day: date) -> None:
        self.setText(texts.day_short(day))
        self.looked_at.emit(self.text())


class NoteEditor(QPlainTextEdit):
    """Several lines. Enter takes the text, Alt+Enter begins a new line, as in a worksheet."""

    done = Signal(object)
    given_up = Signal()
    looked_at = Signal(str)
    lines = 4

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.dress(self, "cell")
        self.textChanged.connect(lambda: self.looked_at.emit(self.toPlainText()))

    def begin(self, text: str, typed: str | None) -> None:
        self.setPlainText(text if typed is None else typed)
        if typed is None:
            self.selectAll()
        else:
            self.moveCursor(self.textCursor().MoveOperation.End)

    def value(self) -> str:
        return self.toPlainText()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().event(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.insertPlainText("\n")
            return True
        move = move_of(event)
        if move is not None:
            self.done.emit(move)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        return move is not None or event.key() == Qt.Key.Key_Escape

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.done.emit(Move.STAY)


class SettlementEditor(SettlementField):
    """A settlement by completion; any other text is kept as typed."""

    done = Signal(object)
    given_up = Signal()
    looked_at = Signal(str)

    def __init__(self, parent: QWidget, places: Places) -> None:
        super().__init__(parent=parent)
        self.setFrame(False)
        theme.dress(self, "cell")
        self.use(places)
        self._move = Move.DOWN
        self.textEdited.connect(self.looked_at)
        self.editingFinished.disconnect()

    def begin(self, text: str, typed: str | None) -> None:
        self.set_value(None, text)
        if typed is None:
            self.selectAll()
        else:
            self.setText(typed)
            self.setModified(True)
            self.textEdited.emit(typed)

    def value(self) -> Chosen:
        """What stands here, read as a settlement."""
        return super().value()

    def commit(self) -> None:
        """A suggestion was picked."""
        self.done.emit(self._move)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            move = move_of(event)
            if move is not None:
                self._go(move)
                return True
            if event.key() == Qt.Key.Key_Escape and not self.completer().popup().isVisible():
                self.given_up.emit()
                return True
        return super().event(event)

    def _go(self, move: Move) -> None:
        """Take the suggestion that is marked, else what is typed."""
        popup = self.completer().popup()
        self._move = move
        if popup.isVisible() and popup.currentIndex().isValid() and self._picked is None:
            self._pick(popup.currentIndex())
        else:
            self.done.emit(move)
        popup.hide()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        QLineEdit.focusOutEvent(self, event)
        if event.reason() not in _AWAY and not self.completer().popup().isVisible():
            self.done.emit(Move.STAY)


class ChoiceEditor(QListWidget):
    """One of a list: letters go to a word, Enter takes it, a digit takes that line at once."""

    done = Signal(object)
    given_up = Signal()
    looked_at = Signal(str)

    def __init__(self, parent: QWidget, choices: Iterable[tuple[str, str, str, str, str]]) -> None:
        """`choices`: code, words, icon, role, and why it cannot be taken here ("" where it can)."""
        super().__init__(parent)
        theme.dress(self, "cell")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        for place, (code, words, icon, role, why) in enumerate(choices, start=1):
            item = QListWidgetItem(theme.icon(icon, role), _("{digit}  {words}").format(digit=place % 10, words=words))
            item.setData(_CODE, code)
            item.setData(Qt.ItemDataRole.UserRole + 1, words)
            if why:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
                item.setToolTip(why)
            self.addItem(item)
        self.itemClicked.connect(lambda _item: self.done.emit(Move.STAY))

    def begin(self, text: str, typed: str | None) -> None:
        """`text` is the code that is chosen now."""
        for row in range(self.count()):
            if self.item(row).data(_CODE) == text:
                self.setCurrentRow(row)
        if typed:
            self._go_to(typed)

    def value(self) -> Any:
        """The code that is chosen."""
        item = self.currentItem()
        return item.data(_CODE) if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled else None

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._take_key(event):
            return True
        return super().event(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        move = move_of(event)
        if move is not None:
            self.done.emit(move)
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.text().isdecimal() and not event.modifiers():
            self._take_digit(int(event.text()))
        elif event.text().isprintable() and event.text().strip():
            self._go_to(event.text())
        else:
            return False
        return True

    def _take_digit(self, digit: int) -> None:
        row = (digit or 10) - 1
        if row < self.count() and self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
            self.setCurrentRow(row)
            self.done.emit(Move.DOWN)

    def _go_to(self, letter: str) -> None:
        """The next line that begins with this letter."""
        start = self.currentRow()
        for step in range(1, self.count() + 1):
            row = (start + step) % self.count()
            if str(self.item(row).data(_CODE + 1)).casefold().startswith(letter.casefold()):
                self.setCurrentRow(row)
                return

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _AWAY:
            self.given_up.emit()
