"""Editing in place: text that becomes a field when one goes to it. Enter saves, Escape restores.

Text is on its way from `saved` until the register shows it. Where the register refuses it, the text stays in the
field as typed and not saved.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from coordinator.domain.names import clean
from ui import theme
from ui.rights import needs

Check = Callable[[str], str]
"""Gives "" for text that can be saved, else a translated sentence that says what to write."""

NOTE_LINES = 6


def quiet_sheet() -> str:
    """For the style sheet of the widget around: fields look like text until the pointer or the cursor is there."""
    inline = 'QLineEdit[role="inline"]', 'QPlainTextEdit[role="inline"]'
    at_rest = ", ".join(f"{one}:!focus:!hover" for one in inline)
    tight, low = theme.unit(3), theme.unit(18)
    return f"""
        {at_rest} {{ background: transparent; border-color: transparent; }}
        {", ".join(inline)} {{
            padding: {theme.unit(1)}px {tight}px; margin-left: -{tight + 1}px; min-height: {low}px;
        }}
        QPushButton[role="link"] {{ padding-left: 0; margin-left: -1px; }}
        QLineEdit[role="inline"][fault="true"] {{ border-color: {theme.color("danger").name()}; }}
    """


class InlineField(QWidget):
    """One line. `saved(str)` when Enter or leaving the field commits text that is new and passes the check."""

    saved = Signal(str)

    def __init__(self, name: str, *, hint: str = "", check: Check | None = None, parent: QWidget | None = None) -> None:
        """`name` is the translated name of the field for screen readers, `hint` what stands in it while empty."""
        super().__init__(parent)
        self._check = check
        self._kept = ""
        self._before: str | None = None
        self._held = False
        self._origin = ""
        self.edit = _Line(self)
        self.edit.setAccessibleName(name)
        self.edit.setToolTip(name)
        self.edit.setPlaceholderText(hint)
        theme.dress(self.edit, "inline")
        theme.mark_fault(self.edit, False)
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.edit)
        column.addWidget(self.message)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self._look)
        self.edit.editingFinished.connect(self.commit)
        self.edit.restored.connect(self.restore)
        self.edit.left.connect(self._try_again)
        needs(self.edit)

    def value(self) -> str:
        """What is saved; typed text that was not committed yet is not in it."""
        return self._kept

    def typed(self) -> bool:
        """Does the field hold something that is not saved?"""
        return clean(self.edit.text()) != self._kept

    def half_typed(self) -> str | None:
        """What would be lost if the field were gone: typed, or on its way and not confirmed; None: nothing."""
        unsaved = self.typed() or self._before is not None
        return self.edit.text() if unsaved else None

    def type_in(self, text: str) -> None:
        """Put back what was half-typed."""
        self._held = True
        self.edit.setText(text)
        self.edit.setModified(True)
        self._look(text)

    def set_value(self, text: str) -> None:
        """Show what the register has. Text that somebody is typing right now stays; Escape then gives the new value.

        So does text on its way, where the register still has what it had before.
        """
        refused = self._before is not None and clean(text) == self._before
        typing = self.typed() and self.edit.hasFocus()
        self._kept, self._before = clean(text), None
        self._held = (self._held or refused) and self.typed()
        if not (typing or self._held):
            self.restore()

    def saved_it(self) -> None:
        """Text that was on its way is in the register, which shows it elsewhere: the field is free again."""
        if self._before is not None:
            self._kept, self._before = self._before, None
            self.restore()

    def restore(self) -> None:
        self._before, self._held = None, False
        self.edit.setText(self._kept)
        self.edit.setCursorPosition(0)
        self._say("")

    def commit(self) -> None:
        text = clean(self.edit.text())
        if text == self._kept:
            if self._before is None:
                self.restore()
        elif not self._look(text):
            self._kept, self._before, self._held = text, self._kept, False
            self.saved.emit(text)

    def tell_origin(self, words: str) -> None:
        """Where the value comes from, for the pointer and for screen readers; "" where nobody knows."""
        self._origin = words
        self.edit.setToolTip("\n".join(part for part in (self.edit.accessibleName(), words) if part))
        self.edit.setAccessibleDescription(self.message.text() or words)

    def _try_again(self) -> None:
        """The line itself finishes only what was typed since; text that is held is saved when one leaves it again."""
        if self._held:
            self.commit()

    def warn(self, text: str) -> None:
        """A remark under the field that does not keep the value from being saved."""
        self._say(text, wrong=False)

    def _look(self, text: str) -> str:
        fault = self._check(clean(text)) if self._check is not None else ""
        self._say(fault)
        return fault

    def _say(self, text: str, *, wrong: bool = True) -> None:
        if text == self.message.text():
            return
        theme.mark_fault(self.edit, bool(text) and wrong)
        if text:
            self.message.setStyleSheet(f"color: {theme.color('danger' if wrong else 'warning').name()}")
        self.message.setText(text)
        self.message.setVisible(bool(text))
        self.edit.setAccessibleDescription(text or self._origin)


class _Line(QLineEdit):
    restored = Signal()
    left = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.restored.emit()
            self.setModified(False)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class InlineNote(QPlainTextEdit):
    """Several lines that grow with their text. Enter saves, Shift+Enter begins a new line, Escape restores."""

    saved = Signal(str)

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self._before: str | None = None
        self._held = False
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setPlaceholderText(hint)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.dress(self, "inline")
        self.document().setDocumentMargin(1)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()
        needs(self)

    def value(self) -> str:
        return self._kept

    def typed(self) -> bool:
        return self.toPlainText().strip() != self._kept

    def half_typed(self) -> str | None:
        """As InlineField.half_typed."""
        return self.toPlainText() if self.typed() or self._before is not None else None

    def type_in(self, text: str) -> None:
        self._held = True
        self.setPlainText(text)

    def set_value(self, text: str) -> None:
        refused = self._before is not None and text.strip() == self._before
        typing = self.typed() and self.hasFocus()
        self._kept, self._before = text.strip(), None
        self._held = (self._held or refused) and self.typed()
        if not (typing or self._held):
            self.restore()

    def restore(self) -> None:
        self._before, self._held = None, False
        if self.toPlainText() != self._kept:
            self.setPlainText(self._kept)

    def tell_origin(self, words: str) -> None:
        """As InlineField.tell_origin."""
        self.setToolTip("\n".join(part for part in (self.accessibleName(), words) if part))
        self.setAccessibleDescription(words)

    def commit(self) -> None:
        text = "\n".join(clean(line) for line in self.toPlainText().splitlines()).strip()
        if text != self._kept:
            self._kept, self._before, self._held = text, self._kept, False
            self.saved.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        new_line = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not new_line:
            self.commit()
        elif event.key() == Qt.Key.Key_Escape and self.typed():
            self.restore()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.commit()

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(policy.ScrollBarAsNeeded if lines > NOTE_LINES else policy.ScrollBarAlwaysOff)
        self.setFixedHeight(min(lines, NOTE_LINES) * self.fontMetrics().lineSpacing() + theme.unit(10))
