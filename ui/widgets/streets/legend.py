"""What the signs of the board mean, each decision with its count; how much is still there."""

from __future__ import annotations

from collections import Counter

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from coordinator.domain.decision import Decision
from coordinator.queries.street_board import Board
from resources.i18n import _
from ui import texts, theme
from ui.signs import DECISION_SIGNS
from ui.widgets.chips import FlowLayout

SIGN = 14


class BoardLegend(QWidget):
    """Decisions that nobody has are left out; the marks always stand there."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=8)

    def show_board(self, board: Board | None) -> None:
        self._flow.empty()
        counts = Counter(house.decision for house in board.houses) if board else Counter[Decision]()
        for decision in Decision:
            if counts[decision]:
                words = _("{decision}: {count}").format(
                    decision=texts.label(decision), count=texts.number(counts[decision])
                )
                self._add(*DECISION_SIGNS[decision], words)
        if board is None or not counts:
            return
        self._add("people", "warning", _("a part stays behind"))
        self._add("fleet", "accent", _("on a trip of the day"))
        self._add("hit", "danger", _("a ring: the street was hit lately, two: the house"))

    def _add(self, icon: str, role: str, words: str) -> None:
        item = QWidget()
        row = QHBoxLayout(item)
        row.setContentsMargins(0, 0, theme.unit(6), 0)
        row.setSpacing(theme.unit(4))
        sign, text = QLabel(), QLabel(words)
        sign.setPixmap(theme.pixmap(icon, role, SIGN))
        theme.dress(text, "small")
        row.addWidget(sign)
        row.addWidget(text)
        self._flow.addWidget(item)
