"""Drawing of the board's cards and of the heads of its columns."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from ui import theme
from ui.widgets.board.cards import Card, CardKind
from ui.widgets.board.model import BoardModel
from ui.widgets.schedule.painting import elided, load_bar, small_font

Index = QModelIndex | QPersistentModelIndex
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
PAD, GAP = 9, 6
STRIPE = 4
"""Width of the mark at a card's left edge that says its tone beside the sign and the words."""


def card_height(metrics: QFontMetrics) -> int:
    """Three lines and the room around them."""
    return 3 * metrics.height() + theme.unit(19)


class CardDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, card_height(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = cast(BoardModel, index.model())
        card = model.card(index)
        if card is None:
            return
        view = option.widget
        focused = isinstance(view, QTableView) and view.hasFocus() and view.currentIndex() == index
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if model.pale(card):
            painter.setOpacity(0.4)
        rect = option.rect.adjusted(theme.unit(3), theme.unit(2), -theme.unit(3), -theme.unit(2))
        _ground(painter, rect, card, selected=selected, focused=focused)
        _content(painter, rect, card, option.font)
        painter.restore()


def _ground(painter: QPainter, rect: QRect, card: Card, *, selected: bool, focused: bool) -> None:
    role = "selection" if selected else "sunken" if card.kind is CardKind.TRIP else "surface"
    line = "focus" if focused or card.held else "danger" if card.tone == "danger" else "line"
    pen = QPen(theme.color(line), 2 if focused or card.held or card.tone == "danger" else 1)
    if card.held or card.kind is CardKind.NEW:
        pen.setStyle(Qt.PenStyle.DashLine)
    if card.held:
        role = "danger_soft" if card.tone == "danger" else "accent_soft"
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush if card.kind is CardKind.NEW and not selected else theme.color(role))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), theme.unit(6), theme.unit(6))
    if card.tone in ("danger", "warning"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(card.tone))
        radius = theme.unit(2)
        painter.drawRoundedRect(rect.adjusted(2, theme.unit(6), STRIPE - rect.width(), -theme.unit(6)), radius, radius)


def _content(painter: QPainter, rect: QRect, card: Card, font: QFont) -> None:
    line, pad = QFontMetrics(font).height(), theme.unit(PAD)
    inner = rect.adjusted(pad, theme.unit(6), -pad, 0)
    rows = [QRect(inner.left(), inner.top() + n * (line + theme.unit(1)), inner.width(), line) for n in range(3)]
    strong, small = QFont(font), small_font(font)
    strong.setBold(True)
    main = "muted" if card.tone == "faint" or card.kind is CardKind.NEW else "text"
    room = _signs(painter, rows[0], card)
    room = _aside(painter, room, card, small if card.kind is CardKind.STOP else strong)
    _text(painter, room, card.top, strong, main)
    second = "danger" if card.kind is CardKind.TRIP and card.tone == "danger" else main
    _text(painter, rows[1], card.middle, small if card.kind is not CardKind.STOP else font, second)
    if card.bars:
        _bars(painter, rows[2], card, small)
    else:
        _text(painter, rows[2], card.below, small, "danger" if card.tone == "danger" else "muted")


def _signs(painter: QPainter, row: QRect, card: Card) -> QRect:
    """Painted from the right; returns the room to their left."""
    size, right = theme.unit(14), row.right()
    for icon, role in reversed(card.signs):
        right -= size
        theme.icon(icon, role).paint(painter, QRect(right, row.center().y() - size // 2, size, size))
        right -= theme.unit(4)
    return QRect(row.left(), row.top(), max(0, right - row.left()), row.height())


def _aside(painter: QPainter, row: QRect, card: Card, font: QFont) -> QRect:
    if not card.aside:
        return row
    width = QFontMetrics(font).horizontalAdvance(card.aside) + 2
    painter.setFont(font)
    painter.setPen(theme.color("text" if card.kind is CardKind.TRIP else "muted"))
    painter.drawText(row, RIGHT, card.aside)
    return row.adjusted(0, 0, -width - theme.unit(GAP), 0)


def _text(painter: QPainter, rect: QRect, text: str, font: QFont, role: str) -> None:
    if text:
        painter.setFont(font)
        painter.setPen(theme.color(role))
        painter.drawText(rect, LEFT, elided(QFontMetrics(font), text, rect.width()))


def _bars(painter: QPainter, rect: QRect, card: Card, font: QFont) -> None:
    """The words over their bars, side by side; each gets the share of the room that its words need.

    Where there is too little, words are cut before figures.
    """
    metrics = QFontMetrics(font)
    gap = theme.unit(8)
    room = rect.width() - gap * (len(card.bars) - 1)
    said = [bar.words for bar in card.bars]
    if sum(map(metrics.horizontalAdvance, said)) > room:
        said = [bar.brief for bar in card.bars]
    widths = [metrics.horizontalAdvance(words) for words in said]
    share = min(1.0, room / max(1, sum(widths)))
    left = rect.left()
    painter.setFont(font)
    for bar, words, full in zip(card.bars, said, widths, strict=True):
        width = int(full * share)
        painter.setPen(theme.color("danger" if bar.taken > bar.offered else "text"))
        over = QRect(left, rect.top(), width + 1, rect.height() - theme.unit(2))
        painter.drawText(over, LEFT, words if share == 1.0 else _cut_before_figures(metrics, words, width + 1))
        load_bar(painter, QRect(left, rect.bottom() - theme.unit(1), width, theme.unit(4)), bar)
        left += width + gap


def _cut_before_figures(metrics: QFontMetrics, words: str, room: int) -> str:
    """ "wheelch… 0/2" """
    word, figures = words.rsplit(" ", 1)
    return f"{elided(metrics, word, room - metrics.horizontalAdvance(f' {figures}'))} {figures}"


class LaneHeads(QHeaderView):
    """The heads of the columns: they stay in sight while the lanes scroll."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), 3 * self.fontMetrics().height() + theme.unit(12))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        lane = cast(BoardModel, self.model()).lane(section)
        painter.fillRect(rect, theme.color("sunken"))
        if lane is None:
            return
        painter.setPen(theme.color("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        line, pad = self.fontMetrics().height(), theme.unit(PAD)
        strong, small = QFont(self.font()), small_font(self.font())
        strong.setBold(True)
        room = rect.adjusted(pad, theme.unit(5), -pad, 0)
        fonts = (strong, "text"), (small, "muted"), (small, "danger" if lane.out else "muted")
        for n, (text, (font, role)) in enumerate(zip((lane.title, lane.detail, lane.note), fonts, strict=True)):
            _text(painter, QRect(room.left(), room.top() + n * line, room.width(), line), text, font, role)
