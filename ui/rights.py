"""What may not be done in this window, and why: the role of the user, or a register that can only be read.

The desk has the gate. A widget that writes is marked once, where it is made; when it is first shown it asks the gate
above it, and where it may not act it is disabled and says why. Nobody above has a gate: everything may be done.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from coordinator.domain.roles import Right
from coordinator.errors import UserError
from coordinator.session import Session
from resources.messages import sentence
from ui.copying import Copying
from ui.tasks import Tasks


def why_not(session: Session, right: Right = Right.WRITE) -> str:
    """The translated reason why this session may not do it, or "". Everything that leaves is logged, so it writes."""
    if session.read_only is not None:
        return sentence(session.read_only.code, session.read_only.facts)
    return "" if session.may(right) else sentence("role.refused", {"right": right.value})


class Gate(QObject):
    """Made by the desk, a child of it; `refused` hears the reason when a key asks for what may not be done."""

    def __init__(self, session: Session, tasks: Tasks, refused: Callable[[str], object], desk: QWidget) -> None:
        super().__init__(desk)
        self._why = {right: why_not(session, right) for right in Right}
        self._refused = refused
        self._copying = Copying.of(session, tasks)

    def why_not(self, right: Right) -> str:
        return self._why[right]

    def passes(self, right: Right | None) -> bool:
        """May it be done? Where not, the reason is said."""
        why = self._why[right] if right is not None else ""
        if why:
            self._refused(why)
        return not why

    def copy_names(self, table: str, rows: int, people: int, then: Callable[[], object]) -> None:
        """Let rows that name people go to the clipboard, and into the log; where they may not, the reason is said."""
        try:
            self._copying.copy(table, rows, people, then)
        except UserError as refusal:
            self._refused(sentence(refusal.code, refusal.facts))


def gate_of(widget: QObject | None) -> Gate | None:
    """The gate of the desk that this widget stands in; a dialog stands in the page that opened it."""
    while widget is not None:
        gate = next((child for child in widget.children() if isinstance(child, Gate)), None)
        if gate is not None:
            return gate
        widget = widget.parent()
    return None


def needs(widget: QWidget, right: Right = Right.WRITE) -> None:
    """Mark a widget that only those may use who have the right.

    Where it may not act, a button or a choice is disabled with the reason as its tooltip, a field can be read and
    copied but invites to nothing, and a list takes part in no dragging.
    """
    _Watch(widget, right)


def allowed(widget: QWidget, right: Right = Right.WRITE) -> bool:
    """May it be done from here? Where not, the desk says why. For what no button of its own stands for."""
    gate = gate_of(widget)
    return gate is None or gate.passes(right)


def withhold_action(action: QAction, within: QWidget, right: Right = Right.WRITE) -> None:
    """Disable an entry of a menu that only those may use who have the right; its tooltip then says why."""
    gate = gate_of(within)
    why = gate.why_not(right) if gate is not None else ""
    if why:
        action.setEnabled(False)
        action.setToolTip(why)


class _Watch(QObject):
    """Asks when the widget is first shown, then keeps what it decided: pages enable their buttons as they go."""

    def __init__(self, widget: QWidget, right: Right) -> None:
        super().__init__(widget)
        self._widget, self._right, self._why, self._told = widget, right, "", ""
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if not self._why and kind in (QEvent.Type.Polish, QEvent.Type.Show):
            self._ask(last=kind is QEvent.Type.Show)
        elif self._why and kind in (QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange, QEvent.Type.ReadOnlyChange):
            self._withhold()
        return False

    def _ask(self, *, last: bool) -> None:
        gate = gate_of(self._widget)
        self._why = gate.why_not(self._right) if gate is not None else ""
        if self._why:
            self._withhold()
        elif gate is not None or last:
            self._widget.removeEventFilter(self)
            self.deleteLater()

    def _withhold(self) -> None:
        widget = self._widget
        if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit):
            if not widget.isReadOnly():
                widget.setReadOnly(True)
                widget.setPlaceholderText("")
        elif isinstance(widget, QAbstractItemView):
            if widget.dragDropMode() != QAbstractItemView.DragDropMode.NoDragDrop:
                widget.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)
            return
        elif widget.isEnabledTo(widget.parentWidget()):
            widget.setEnabled(False)
        if widget.toolTip() != self._why:
            widget.setToolTip(self._why)
        widget.setAccessibleDescription(self._why)
