"""What the colours, hatches and marks of a chart mean, in words, with a sample of each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from coordinator.chart_words import series_words
from coordinator.domain.charts import Chart
from resources.i18n import _
from ui import theme
from ui.charts.hatching import hatch_lines
from ui.charts.items import TINT, draw_marks
from ui.charts.looks import STYLES, Hatch, Style
from ui.widgets.chips import FlowLayout

WIDE, HIGH = 20.0, 12.0
Entry = tuple[Style, bool, str]
"""How it looks, whether it is a bar, and what it means in words."""


def entries(chart: Chart) -> list[Entry]:
    """One for each series that has anything to show, and for those of which all is kept back."""
    found: list[Entry] = []
    kept_back = {key for key, _at in chart.hidden}
    for one in chart.series:
        words = series_words(one)
        if not any(cell is not None and (cell.value or cell.first) for cell in one.cells):
            if one.key not in kept_back:
                continue
            words = _("{series}: hidden").format(series=words)
        found.append((STYLES[one.look], bool(one.stack), words))
    return found


class Legend(QWidget):
    """Samples and words in rows that wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._shown: list[Entry] = []

    def show_entries(self, wanted: Sequence[Entry]) -> None:
        """Made anew only where the entries are others."""
        if list(wanted) == self._shown:
            return
        self._shown = list(wanted)
        self._flow.empty()
        for style, bar, words in wanted:
            self._flow.addWidget(_entry(style, bar, words))
        self.updateGeometry()


def _entry(style: Style, bar: bool, words: str) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, theme.unit(10), 0)
    row.setSpacing(theme.unit(5))
    sample, label = QLabel(), QLabel(words)
    sample.setPixmap(_picture(style, bar))
    theme.dress(label, "small")
    row.addWidget(sample)
    row.addWidget(label)
    return made


def _picture(style: Style, bar: bool) -> QPixmap:
    scale = theme.unit(100) / 100
    picture = QPixmap(round(WIDE * scale * 2), round(HIGH * scale * 2))
    picture.setDevicePixelRatio(2 * scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw_sample(painter, QRectF(0, 0, WIDE, HIGH), style, bar, theme.current())
    painter.end()
    return picture


def draw_sample(painter: QPainter, where: QRectF, style: Style, bar: bool, wear: theme.Theme) -> None:
    """A sample as it looks in the chart: a piece of a bar, or of a line with its mark."""
    colour = wear.color(style.role)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1))
    if not bar:
        painter.setPen(QPen(colour, 1.6, style.dash))
        painter.drawLine(QPointF(where.left(), where.center().y()), QPointF(where.right(), where.center().y()))
        painter.setPen(QPen(colour, 1.2))
        painter.setBrush(QBrush(colour))
        draw_marks(painter, style.mark, [where.center()], (1.0, -1.0))
        return
    ground = QColor(colour)
    if style.hatch is not Hatch.SOLID:
        ground.setAlpha(TINT)
    box = where.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setBrush(QBrush(ground))
    painter.drawRect(box)
    painter.drawLines(hatch_lines(box, style.hatch, (1.0, 1.0)))
