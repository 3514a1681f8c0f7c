"""A chart as a picture for papers and messages: always light, with its title, unit, legend, source and time."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from coordinator.chart_words import asked_words, source_words, unit_words
from coordinator.domain.charts import Drawing
from resources.i18n import _
from ui import theme
from ui.charts.layers import Drawn
from ui.charts.legend import HIGH, WIDE, Entry, draw_sample, entries
from ui.charts.plot import Plot

SIZE = QSize(1120, 660)
AIR = 22.0
SHARP = 2
"""Pixels of a PNG for each of the picture, so that it can be printed."""
PART = 26
"""Height of a part of the whole, so that none is left out."""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: a chart, and the name of the centre that stands below it. `training`: marked as invented."""

    drawn: Drawn
    centre: str = ""
    training: bool = False

    @property
    def size(self) -> QSize:
        """Grows with the parts: a picture cannot be scrolled."""
        if self.drawn.chart.drawing is not Drawing.PARTS:
            return SIZE
        return QSize(SIZE.width(), max(SIZE.height(), 220 + PART * len(self.drawn.chart.points)))


def svg(picture: Picture) -> bytes:
    """The picture as SVG; its letters stay letters. On the GUI thread."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(picture.size)
    generator.setViewBox(QRectF(0, 0, picture.size.width(), picture.size.height()))
    generator.setResolution(96)
    generator.setTitle(_(picture.drawn.chart.title))
    painter = QPainter(generator)
    paint(painter, picture, QRectF(0, 0, picture.size.width(), picture.size.height()))
    painter.end()
    return content.data()


def image(picture: Picture) -> QImage:
    """The picture as pixels, twice as many as it is large. On the GUI thread; to encode it any will do."""
    made = QImage(picture.size * SHARP, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    painter = QPainter(made)
    painter.scale(SHARP, SHARP)
    paint(painter, picture, QRectF(0, 0, picture.size.width(), picture.size.height()), weight=SHARP)
    painter.end()
    return made


def png(made: QImage) -> bytes:
    """Encoded; on any thread."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    made.save(buffer, "PNG")
    return content.data()


def paint(painter: QPainter, picture: Picture, where: QRectF, weight: float = 1.0) -> None:
    """Draw title, unit, legend, chart and source into `where`; `weight`: device pixels for a hairline."""
    wear, chart = theme.load("light"), picture.drawn.chart
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(where, wear.color("surface"))
    inside = where.adjusted(AIR, AIR, -AIR, -AIR)
    about = f"{unit_words(chart)} · {asked_words(chart.asked)}"
    if picture.training:
        about += " · " + _("TRAINING – invented people")
    top = _line(painter, wear, inside, inside.top(), _(chart.title), _font(1.55, bold=True), "text")
    top = _line(painter, wear, inside, top + 2, about, _font(1.0), "muted") + 6
    top = _legend(painter, wear, inside, top, entries(chart)) + 8
    foot = [*source_words(chart, picture.centre), *chart.notes]
    if any(cell is not None and cell.first is not None for one in chart.series for cell in one.cells):
        foot.append(_("* first reported otherwise: the dashed step, or the hollow mark, is the first figure"))
    small = QFontMetricsF(_font(0.85))
    foot = [piece for text in foot for piece in _wrapped(text, small, inside.width())]
    bottom = inside.bottom() - small.lineSpacing() * len(foot) - 6
    _plot(painter, wear, picture.drawn, QRectF(inside.left(), top, inside.width(), bottom - top), weight)
    for text in foot:
        bottom = _line(painter, wear, inside, bottom + 0.0, text, _font(0.85), "muted")


def _plot(painter: QPainter, wear: theme.Theme, drawn: Drawn, where: QRectF, weight: float) -> None:
    plot = Plot(drawn.chart.drawing, wear=wear, weight=weight)
    plot.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    plot.resize(where.size().toSize())
    # Only a plot that is shown knows how large its pixels are.
    plot.show()
    plot.draw(drawn)
    plot.show_all_parts()
    plot.getPlotItem().layout.activate()
    # The plot begins with whatever the painter has.
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(Qt.PenStyle.NoPen)
    plot.render(painter, QRectF(where.topLeft(), QSizeF(plot.size())), plot.rect())
    plot.close()
    plot.deleteLater()


def _font(factor: float, *, bold: bool = False) -> QFont:
    """Of the shipped letters, whatever size the window has them."""
    font = QFont(theme.FONT_FAMILY)
    font.setPixelSize(round(13.5 * factor))
    font.setBold(bold)
    return font


def _line(painter: QPainter, wear: theme.Theme, inside: QRectF, top: float, text: str, font: QFont, role: str) -> float:
    """A line of text; returns where the next one begins."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(wear.color(role))
    painter.drawText(QRectF(inside.left(), top, inside.width(), metrics.lineSpacing()), 0, text)
    return top + metrics.lineSpacing()


def _wrapped(text: str, metrics: QFontMetricsF, width: float) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if metrics.horizontalAdvance(longer) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _legend(painter: QPainter, wear: theme.Theme, inside: QRectF, top: float, wanted: list[Entry]) -> float:
    """Samples with their words, wrapped like words; returns where they end."""
    font = _font(0.92)
    metrics = QFontMetricsF(font)
    x, high = inside.left(), max(HIGH, metrics.height())
    for style, bar, words in wanted:
        width = WIDE + 6 + metrics.horizontalAdvance(words) + 18
        if x > inside.left() and x + width > inside.right():
            x, top = inside.left(), top + high + 4
        draw_sample(painter, QRectF(x, top + (high - HIGH) / 2, WIDE, HIGH), style, bar, wear)
        painter.setFont(font)
        painter.setPen(wear.color("text"))
        painter.drawText(QRectF(x + WIDE + 6, top, width, high), Qt.AlignmentFlag.AlignVCenter, words)
        x += width
    return top + (high if wanted else 0)
