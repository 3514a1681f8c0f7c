"""The type of the paper: Noto Sans from resources, so that ґ є ї ʼ are there on every machine.

Everything is laid out in one unit, 1/1200 inch, whatever the device: preview, printer and PDF break lines and
pages at the same places. Fonts are sized in that unit and drawn through a scaled painter.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

import resources

UNITS_PER_INCH = 1200
LEADING = 1.26
"""Line height in em; the fonts' own 1.36 leaves more air than a list needs."""
BASELINE = 0.98

_SHIPPED_NAME = "Noto Sans"
FAMILY = "Evac Sans"
"""A private family name of the same length: a system font of the shipped name could otherwise win over ours."""
_FILES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf")


def mm(value: float) -> float:
    """Millimetres in layout units."""
    return value * UNITS_PER_INCH / 25.4


def pt(value: float) -> float:
    """Points in layout units."""
    return value * UNITS_PER_INCH / 72


@dataclass(frozen=True, slots=True)
class Style:
    """A size in points and a weight. Nothing on paper is smaller than 11 points."""

    size: float = 11
    bold: bool = False


BODY = Style(11)
STRONG = Style(11, bold=True)


@cache
def load() -> str:
    """Register the shipped fonts once for the process; returns their family name. Needs a QGuiApplication."""
    for name in _FILES:
        data = _renamed(resources.path("fonts", name).read_bytes())
        if QFontDatabase.addApplicationFontFromData(data) < 0:
            raise RuntimeError(f"the shipped font {name} cannot be loaded")
    return FAMILY


def _renamed(data: bytes) -> bytes:
    """The font file with the private family name in its `name` table, whose checksum is mended.

    Table directory (OpenType): 12 bytes, then per table tag, checksum, offset, length.
    """
    font_data = bytearray(data)
    (tables,) = struct.unpack_from(">H", font_data, 4)
    for entry in range(12, 12 + 16 * tables, 16):
        tag, _sum, offset, length = struct.unpack_from(">4sIII", font_data, entry)
        if tag != b"name":
            continue
        old = bytes(font_data[offset : offset + length])
        new = old.replace(_SHIPPED_NAME.encode("utf-16-be"), FAMILY.encode("utf-16-be"))
        font_data[offset : offset + length] = new
        padded = new + bytes(-length % 4)
        checksum = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        struct.pack_into(">I", font_data, entry + 4, checksum)
    return bytes(font_data)


@cache
def font(style: Style) -> QFont:
    """The font of a style, sized in layout units, unhinted: widths do not depend on the device."""
    made = QFont(load())
    made.setPixelSize(round(pt(style.size)))
    made.setBold(style.bold)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def _metrics(style: Style) -> QFontMetricsF:
    return QFontMetricsF(font(style))


@lru_cache(maxsize=60_000)
def advance(text: str, style: Style) -> float:
    """Width of a text in layout units."""
    return _metrics(style).horizontalAdvance(text)


def line_height(style: Style) -> float:
    return pt(style.size) * LEADING


def baseline(style: Style) -> float:
    """From the top of a line to its baseline."""
    return pt(style.size) * BASELINE
