"""What somebody should look at now, above the figures of the day: a button each, nothing where there is nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton, QWidget

from ui import theme
from ui.widgets.chips import FlowLayout


@dataclass(frozen=True, slots=True)
class Notice:
    """`text` in words with its numbers, `icon`, and where it leads."""

    text: str
    icon: str
    then: Callable[[], object]


class Attention(QWidget):
    """`show_notices` replaces what stood there; a notice that is said again keeps its button and so the focus."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self._buttons: list[QPushButton] = []
        self.setVisible(False)

    def show_notices(self, notices: list[Notice]) -> None:
        if [button.text() for button in self._buttons] == [notice.text for notice in notices]:
            return
        self._flow.empty()
        self._buttons = []
        for notice in notices:
            button = QPushButton(theme.icon(notice.icon, "on_warning_soft"), notice.text)
            theme.dress(button, "warn")
            button.clicked.connect(lambda _on=False, then=notice.then: then())
            self._flow.addWidget(button)
            self._buttons.append(button)
        self.setVisible(bool(notices))

    def texts(self) -> list[str]:
        return [button.text() for button in self._buttons]
