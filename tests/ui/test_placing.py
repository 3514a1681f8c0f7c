"""The bubble of a chart stands in the window, off its point, and over as little as it can."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from coordinator.domain.charts import Drawing
from tests.domain.test_chart_hiding import daily, totals
from ui.charts.layers import lay_out
from ui.charts.placing import clearest, spots, traces

SIZE, WITHIN = QSizeF(200, 120), QRectF(0, 0, 600, 300)


def corner(point: tuple[float, float], *drawn: tuple[float, float], sideways: bool = False) -> tuple[float, float]:
    found = clearest(
        spots(QPointF(*point), SIZE, WITHIN, 12, sideways=sideways), SIZE, np.array(drawn, float).reshape(-1, 2)
    )  # fmt: skip
    return found.x(), found.y()


def test_it_stands_to_the_right_and_above_unless_something_is_drawn_there() -> None:
    assert corner((200, 150)) == (212, 12)
    assert corner((300, 150), (320, 30)) == (88, 12)
    assert corner((300, 150), (320, 30), (100, 30)) == (312, 90)
    assert corner((300, 150), (320, 30), (100, 30), (320, 150), (100, 150)) == (312, 168)
    assert corner((590, 150), sideways=True) == (388, 18)
    assert corner((590, 150), (400, 100), sideways=True) == (388, 162)


@given(st.tuples(st.floats(0, 600), st.floats(0, 300)), st.booleans())
def test_it_is_never_over_the_edge_nor_over_its_day(point: tuple[float, float], sideways: bool) -> None:
    for found in spots(QPointF(*point), SIZE, WITHIN, 12, sideways=sideways):
        assert WITHIN.contains(QRectF(found, SIZE))
        low, high = (found.y(), found.y() + 120) if sideways else (found.x(), found.x() + 200)
        assert not low < point[1 if sideways else 0] < high


def test_lines_and_bars_are_looked_at_all_along() -> None:
    days = daily((6, 4, 0), (0, 0, 0), (8, 0, 0))
    bars, lines = traces(lay_out(days)), traces(lay_out(totals(days)))
    assert days.drawing is Drawing.DAYS and (0, 8) in {(x, round(y)) for x, y in bars} and 1 not in set(bars[:, 0])
    assert (1.5, 14) in set(map(tuple, lines.tolist()))
