"""What the colours and signs of a chart mean, in words, with a sample of each."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from ui import theme

SOLID, HATCHED, LINE, DASHED = "solid", "hatched", "line", "dashed"


class Legend(QWidget):
    """Entries of (theme role, sample, translated text) in one row."""

    def __init__(self, entries: list[tuple[str, str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(5))
        for role, sample, text in entries:
            mark = QLabel()
            mark.setPixmap(_sample(role, sample))
            label = QLabel(text)
            theme.dress(label, "small")
            row.addWidget(mark)
            row.addWidget(label)
            row.addSpacing(theme.unit(9))
        row.addStretch(1)


def _sample(role: str, sample: str) -> QPixmap:
    side = theme.unit(12)
    picture = QPixmap(side + 4, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    colour = theme.color(role)
    if sample in (LINE, DASHED):
        style = Qt.PenStyle.DashLine if sample == DASHED else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 2, style))
        painter.drawLine(0, side // 2, side + 4, side // 2)
    else:
        pattern = Qt.BrushStyle.BDiagPattern if sample == HATCHED else Qt.BrushStyle.SolidPattern
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QBrush(colour, pattern))
        painter.drawRect(QRectF(0.5, 0.5, side - 1, side - 1))
    painter.end()
    return picture
