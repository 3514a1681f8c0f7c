"""How each series is told from the others: a colour, and beside it a hatch or a mark for eyes and paper without any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt

from coordinator.domain.charts import Look


class Hatch(StrEnum):
    SOLID = "solid"
    RISING = "rising"
    FALLING = "falling"
    CROSSED = "crossed"
    UPRIGHT = "upright"
    LEVEL = "level"
    DOTTED = "dotted"


class Mark(StrEnum):
    ROUND = "round"
    TRIANGLE = "triangle"
    SQUARE = "square"
    DIAMOND = "diamond"
    CROSS = "cross"


@dataclass(frozen=True, slots=True)
class Style:
    """`role` is a colour of the theme; bars take the hatch, lines the mark and the dashes."""

    role: str
    hatch: Hatch = Hatch.SOLID
    mark: Mark = Mark.ROUND
    dash: Qt.PenStyle = Qt.PenStyle.SolidLine


_DASH, _DOT = Qt.PenStyle.DashLine, Qt.PenStyle.DotLine
STYLES: Mapping[Look, Style] = {
    Look.ADULTS: Style("chart_adults"),
    Look.CHILDREN: Style("chart_children", Hatch.RISING),
    Look.UNKNOWN: Style("muted", Hatch.DOTTED),
    Look.TOGETHER: Style("chart_adults", Hatch.LEVEL),
    Look.GROWN: Style("chart_adults", Hatch.UPRIGHT),
    Look.SELF_ADULTS: Style("chart_self", Hatch.FALLING),
    Look.SELF_CHILDREN: Style("chart_self", Hatch.CROSSED),
    Look.SELF_UNKNOWN: Style("chart_self", Hatch.DOTTED),
    Look.SELF_TOGETHER: Style("chart_self", Hatch.LEVEL),
    Look.SELF_GROWN: Style("chart_self", Hatch.UPRIGHT),
    Look.TOTAL: Style("chart_total"),
    Look.TOTAL_CHILDREN: Style("chart_children", mark=Mark.TRIANGLE, dash=_DASH),
    Look.SELF_TOTAL: Style("chart_self", mark=Mark.SQUARE, dash=_DOT),
    Look.PUBLISHED: Style("chart_published", mark=Mark.DIAMOND, dash=Qt.PenStyle.DashDotLine),
    Look.PUBLISHED_CHILDREN: Style("chart_published", mark=Mark.CROSS, dash=_DOT),
    Look.PUBLISHED_SELF: Style("chart_published", mark=Mark.SQUARE, dash=_DOT),
    Look.PUBLISHED_OTHER: Style("chart_published", mark=Mark.TRIANGLE, dash=_DASH),
    Look.PLAIN: Style("chart_adults"),
    Look.READY: Style("success"),
    Look.WAVERING: Style("warning", Hatch.RISING),
    Look.REFUSED: Style("danger", Hatch.CROSSED),
    Look.GONE: Style("chart_adults", Hatch.FALLING),
    Look.RETURNED: Style("chart_published", Hatch.UPRIGHT),
    Look.SILENT: Style("muted", Hatch.LEVEL),
}
