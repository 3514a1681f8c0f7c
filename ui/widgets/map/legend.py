"""What the signs of the map mean, each with a sample that is painted as on the map."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from coordinator.domain.fleet import OrderKind
from coordinator.domain.mercator import Spot
from coordinator.domain.shelling import Severity
from coordinator.domain.trip import TripStatus
from coordinator.queries.day_map import Hits, MapPlace
from resources.i18n import _
from ui import theme
from ui.widgets.chips import FlowLayout
from ui.widgets.map import painting
from ui.widgets.map.marks import Mark

SIDE, WIDE = 22, 52


class MapLegend(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self, gap=6)
        self._hours: int | None = None

    def show_hours(self, hours: int) -> None:
        """The samples and their words; `hours` for which a hit is marked. Made anew only for other hours."""
        if hours == self._hours:
            return
        self._hours = hours
        self._flow.empty()
        self._add(_place(None), _("no order"))
        self._add(_place(OrderKind.MANDATORY), _("mandatory evacuation"))
        self._add(_place(OrderKind.FORCED), _("forced, for children"))
        self._add(_place(None, known=0), _("nobody known here"))
        self._add(_rings, _("hit in the last {hours} h: one ring near, two damaged, three destroyed").format(
            hours=hours))  # fmt: skip
        for status, words in (
            (TripStatus.PLANNED, _("trip planned")), (TripStatus.DEPARTED, _("on the way")),
            (TripStatus.ARRIVED, _("arrived")),
        ):  # fmt: skip
            self._add(_way(status), words, WIDE)

    def _add(self, paint: Callable[[QPainter], None], text: str, width: int = SIDE) -> None:
        item = QWidget()
        row = QHBoxLayout(item)
        row.setContentsMargins(0, 0, theme.unit(6), 0)
        row.setSpacing(theme.unit(4))
        sign, label = QLabel(), QLabel(text)
        sign.setPixmap(_sample(paint, width))
        theme.dress(label, "small")
        row.addWidget(sign)
        row.addWidget(label)
        self._flow.addWidget(item)


def _sample(paint: Callable[[QPainter], None], width: int) -> QPixmap:
    picture = QPixmap(theme.unit(width), theme.unit(SIDE))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return picture


def _middle() -> QPointF:
    return QPointF(theme.unit(SIDE) / 2, theme.unit(SIDE) / 2)


def _place(order: OrderKind | None, known: int = 1) -> Callable[[QPainter], None]:
    size = theme.unit(6) if known else theme.unit(3)
    mark = Mark(MapPlace("-", "", "", Spot(0, 0), known=known, order=order), _middle(), size)
    return lambda painter: painting.paint_place(painter, mark, current=False, focused=False)


def _rings(painter: QPainter) -> None:
    hits = Hits(1, Severity.DAMAGED, datetime(2023, 8, 15, tzinfo=UTC))
    painting.paint_rings(painter, _middle(), -theme.unit(2), hits)


def _way(status: TripStatus) -> Callable[[QPainter], None]:
    y, end = theme.unit(SIDE) / 2, theme.unit(WIDE) - 1
    return lambda painter: painting.paint_way(painter, [QPointF(1, y), QPointF(end, y)], status, False)
