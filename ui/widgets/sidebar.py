"""The way round: one button a page, icon and words, with the arrow keys going up and down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from resources.i18n import _
from ui import theme

WORDS_WIDTH = 176


@dataclass(frozen=True, slots=True)
class Entry:
    """A page's name, its translated words, its icon, and the tooltip with its key."""

    name: str
    text: str
    icon: str
    tooltip: str = ""


class Sidebar(QWidget):
    """`chosen(name)` when a person goes to a page; `show_current` marks the page shown."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(_("Pages"))
        self._compact = False
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.unit(10), theme.unit(14), theme.unit(10), theme.unit(12))
        column.setSpacing(theme.unit(3))
        self._brand = QLabel(_("Coordinator"))
        theme.dress(self._brand, "heading")
        column.addLayout(_beside_mark(self._brand))
        column.addSpacing(theme.unit(14))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for entry in entries:
            column.addWidget(self._button(entry))
        column.addStretch(1)
        self.foot = QVBoxLayout()
        self.foot.setSpacing(theme.unit(3))
        column.addLayout(self.foot)

    def show_current(self, name: str) -> None:
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def take_focus(self) -> None:
        """Keys begin at the page that is shown."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """Icons alone where the window is narrow for its font; words stay in tooltips and for screen readers."""
        if compact != self._compact:
            self._compact = compact
            self._brand.setVisible(not compact)
            for button in self._buttons.values():
                button.setText("" if compact else button.accessibleName())
                button.setMinimumWidth(0 if compact else theme.unit(WORDS_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        buttons = list(self._buttons.values())
        focused = [place for place, button in enumerate(buttons) if button.hasFocus()]
        if step is None or not focused:
            super().keyPressEvent(event)
            return
        buttons[(focused[0] + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def _button(self, entry: Entry) -> QPushButton:
        button = QPushButton(entry.text)
        theme.dress(button, "nav")
        button.setIcon(theme.icon(entry.icon))
        button.setIconSize(QSize(theme.unit(19), theme.unit(19)))
        button.setCheckable(True)
        button.setAccessibleName(entry.text)
        button.setToolTip(entry.tooltip)
        button.setMinimumWidth(theme.unit(WORDS_WIDTH))
        button.clicked.connect(lambda: self.chosen.emit(entry.name))
        self._group.addButton(button)
        self._buttons[entry.name] = button
        return button


def _beside_mark(words: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(theme.unit(6), 0, 0, 0)
    row.setSpacing(theme.unit(9))
    mark = QLabel()
    mark.setPixmap(theme.pixmap("application", "text", 26))
    row.addWidget(mark)
    row.addWidget(words, 1)
    return row
