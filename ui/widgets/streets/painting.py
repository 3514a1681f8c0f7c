"""Drawing of one house and of one street's heading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QApplication

from coordinator.domain.decision import GONE, Decision
from coordinator.domain.shelling import Nearness
from coordinator.queries.street_board import BoardHouse, BoardStreet
from ui import texts, theme
from ui.signs import DECISION_SIGNS
from ui.widgets.streets import words

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SIGN = 14
GROUNDS: Mapping[str, tuple[str, str]] = {
    "success": ("success_soft", "on_success_soft"), "warning": ("warning_soft", "on_warning_soft"),
    "danger": ("danger_soft", "on_danger_soft"), "accent": ("accent_soft", "on_accent_soft"),
    "muted": ("surface", "text"), "gone": ("sunken", "muted"),
}  # fmt: skip
"""Role of a decision -> ground and text."""


def grounds(decision: Decision) -> tuple[str, str]:
    return GROUNDS["gone" if decision in GONE else DECISION_SIGNS[decision][1]]


def strong() -> QFont:
    font = QApplication.font()
    font.setBold(True)
    return font


def small() -> QFont:
    font = QApplication.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    return font


def paint_house(painter: QPainter, rect: QRect, house: BoardHouse, *, current: bool, focused: bool) -> None:
    """House number and sign above, people and decision below; rings outside for what was hit."""
    ground, text = grounds(house.decision)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color(ground))
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), theme.unit(5), theme.unit(5))
    pad, sign = theme.unit(7), theme.unit(SIGN)
    inner = rect.adjusted(pad, theme.unit(4), -pad, -theme.unit(4))
    half = inner.height() // 2
    top, bottom = QRect(inner.left(), inner.top(), inner.width(), half), inner.adjusted(0, half, 0, 0)
    x = _signs(painter, house, top, sign)
    painter.setPen(theme.color(text))
    _text(painter, QRect(top.left(), top.top(), x - top.left(), half), words.house(house), strong())
    people = words.people(house)
    room = QFontMetrics(strong()).horizontalAdvance(people) + theme.unit(6)
    _text(painter, QRect(bottom.left(), bottom.top(), room, bottom.height()), people, strong())
    _text(painter, bottom.adjusted(room, 0, 0, 0), texts.decision_short(house.decision, house.wants_on), small(), RIGHT)
    _rings(painter, rect, house.hit)
    if current:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("focus" if focused else "edge"), theme.unit(2)))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), theme.unit(5), theme.unit(5))


def _signs(painter: QPainter, house: BoardHouse, row: QRect, size: int) -> int:
    """The signs at the right end of a row; where they begin."""
    icon, role = DECISION_SIGNS[house.decision]
    signs = [(icon, role)]
    if house.behind:
        signs.append(("people", "warning"))
    if house.planned:
        signs.append(("fleet", "accent"))
    if house.hit:
        signs.append(("hit", "danger"))
    x = row.right() + 1
    for name, colour in signs:
        x -= size + theme.unit(2)
        theme.icon(name, colour).paint(painter, QRect(x, row.top() + (row.height() - size) // 2, size, size))
    return x - theme.unit(2)


def _rings(painter: QPainter, rect: QRect, hit: Nearness | None) -> None:
    """One ring: the street was hit; two: the house itself."""
    if hit is None:
        return
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color("danger"), theme.unit(2)))
    for inset in (0.0, 4.0)[: 2 if hit is Nearness.HOUSE else 1]:
        ring = QRectF(rect).adjusted(inset + 1, inset + 1, -inset - 1, -inset - 1)
        painter.drawRoundedRect(ring, theme.unit(5), theme.unit(5))


def paint_heading(painter: QPainter, rect: QRect, street: BoardStreet, today: date) -> None:
    """The name, what was hit, how many live there, and the streets beside."""
    heading = QApplication.font()
    heading.setPointSizeF(heading.pointSizeF() * 1.15)
    heading.setBold(True)
    x = rect.left()
    painter.setPen(theme.color("text"))
    x += _text(painter, rect, words.street(street), heading) + theme.unit(12)
    if hits := words.hits(street, today):
        size = theme.unit(SIGN)
        theme.icon("hit", "danger").paint(painter, QRect(x, rect.top() + (rect.height() - size) // 2, size, size))
        painter.setPen(theme.color("danger"))
        x += size + theme.unit(4)
        x += _text(painter, QRect(x, rect.top(), rect.right() - x, rect.height()), hits, strong()) + theme.unit(12)
    painter.setPen(theme.color("muted"))
    about = " · ".join(part for part in (words.summary(street), words.beside(street)) if part)
    _text(painter, QRect(x, rect.top(), max(0, rect.right() - x), rect.height()), about, small())


def _text(painter: QPainter, rect: QRect, text: str, font: QFont, how: Qt.AlignmentFlag = LEFT) -> int:
    """Draw in one line, cut with dots where there is no room; returns the width that it took."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.drawText(rect, how, shown)
    return metrics.horizontalAdvance(shown)
