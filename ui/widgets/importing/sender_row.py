"""Whose list it is, and of which kind: both can be chosen; a new sender is named by typing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QWidget

from coordinator.domain.names import clean
from coordinator.exchange.how_read import Reading
from coordinator.exchange.incoming import ListKind
from resources.i18n import _
from ui import texts, theme
from ui.widgets.chips import FlowLayout


class SenderRow(QWidget):
    """`named(str)` when Enter, a choice or leaving the field settles on another sender; `kind_said(ListKind)`."""

    named = Signal(str)
    kind_said = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sender = ""
        self.field, self.kind = QComboBox(), QComboBox()
        self.field.setEditable(True)
        self.field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.field.setAccessibleName(_("Sender"))
        self.field.setMinimumContentsLength(20)
        self.line.setAccessibleName(_("Sender"))
        self.line.setPlaceholderText(_("Who sent the list"))
        self.kind.setAccessibleName(_("Kind of the list"))
        for kind in ListKind:
            self.kind.addItem(texts.label(kind), kind)
        completer = self.field.completer()
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        self._hint = QLabel(_("The next list of this sender is read the same way."))
        theme.dress(self._hint, "small")
        self._hint.setMinimumHeight(self.kind.sizeHint().height())
        flow = FlowLayout(self, gap=8)
        flow.addWidget(_beside(_("Sender"), self.field))
        flow.addWidget(_beside(_("Kind of the list"), self.kind))
        flow.addWidget(self._hint)
        self.field.activated.connect(lambda _at: self.commit())
        self.line.editingFinished.connect(self.commit)
        self.kind.activated.connect(lambda at: self.kind_said.emit(ListKind(self.kind.itemData(at))))

    @property
    def line(self) -> QLineEdit:
        found = self.field.lineEdit()
        assert found is not None
        return found

    def offer(self, senders: Sequence[str]) -> None:
        """The senders that are known; what is typed stays."""
        self.field.blockSignals(True)
        self.field.clear()
        self.field.addItems(list(senders))
        self.field.setCurrentIndex(-1)
        self.field.blockSignals(False)

    def show_reading(self, reading: Reading, kind: ListKind | None) -> None:
        if not self.field.hasFocus():
            self.field.setEditText(reading.sender)
        self._sender = reading.sender
        self._hint.setVisible(bool(reading.sender))
        self.kind.setCurrentIndex(self.kind.findData(kind) if kind else -1)

    def commit(self) -> None:
        """Settle on what stands in the field."""
        typed = clean(self.field.currentText())
        if typed != self._sender:
            self._sender = typed
            self.named.emit(typed)


def _beside(words: str, box: QComboBox) -> QWidget:
    """A field with its label, kept together where the line wraps."""
    pair = QWidget()
    label = QLabel(words)
    label.setBuddy(box)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(box)
    return pair
