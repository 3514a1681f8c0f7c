"""Colours and style of the window: base colours and roles from TOML, one palette, one style sheet.

Light, dark, or as the system has it. Paper is printed in black on white whatever the theme is.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QLineEdit, QSpinBox, QTimeEdit, QWidget

import resources

THEMES = ("light", "dark")
CHOICES = ("system", *THEMES)
FONT_FAMILY = "Noto Sans"
BASE_POINTS = 10.0
ICON_SIZE = 18

TEXT_ON: tuple[tuple[str, str], ...] = (
    *((text, ground) for text in ("text", "muted") for ground in (
        "window", "sidebar", "surface", "raised", "sunken", "row_alt", "row_hover",
    )),
    ("text", "line"), ("muted", "line"), ("link", "surface"), ("link", "window"), ("accent", "surface"),
    ("on_accent", "accent"), ("on_accent", "accent_hover"), ("on_accent", "accent_press"),
    ("on_accent_soft", "accent_soft"), ("on_accent_soft", "selection"), ("on_selection", "selection"),
    ("on_danger", "danger"), ("on_danger", "danger_hover"), ("on_danger_soft", "danger_soft"), ("danger", "surface"),
    ("on_warning_soft", "warning_soft"), ("warning", "surface"), ("on_success_soft", "success_soft"),
    ("success", "surface"), ("on_tooltip", "tooltip"),
)  # fmt: skip
"""Every pair of text and ground in the style sheet: at least 4.5 to 1 (WCAG AA)."""

MARK_ON: tuple[tuple[str, str], ...] = (
    ("edge", "surface"), ("edge", "window"), ("focus", "surface"), ("focus", "window"), ("focus", "sidebar"),
    ("focus", "selection"), ("accent", "accent_soft"), ("danger", "danger_soft"), ("warning", "warning_soft"),
    ("success", "success_soft"), ("scroll", "surface"), ("chart_adults", "surface"), ("chart_children", "surface"),
    ("chart_self", "surface"), ("chart_total", "surface"), ("chart_published", "surface"),
)  # fmt: skip
"""Borders, marks and chart colours on their ground: at least 3 to 1 (WCAG AA, non-text)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """`colours` maps each role to "#rrggbb"."""

    name: str
    colours: Mapping[str, str]

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    def color(self, role: str) -> QColor:
        return QColor(self.colours[role])


@lru_cache(maxsize=len(THEMES))
def load(name: str) -> Theme:
    """The theme "light" or "dark"; KeyError where a role points to no base colour."""
    with resources.path("themes", f"{name}.toml").open("rb") as file:
        declared = tomllib.load(file)
    return Theme(name, {role: declared["base"][base] for role, base in declared["roles"].items()})


_active: list[Theme] = []


def current() -> Theme:
    """The theme that the window wears now; light before one was put on."""
    return _active[0] if _active else load("light")


def color(role: str) -> QColor:
    """The colour of a role in the theme of the moment, for charts and delegates."""
    return current().color(role)


def chosen(choice: str) -> Theme:
    """The theme for "system", "light" or "dark"; where the system says nothing it is light."""
    if choice in THEMES:
        return load(choice)
    scheme = QGuiApplication.styleHints().colorScheme()
    return load("dark" if scheme == Qt.ColorScheme.Dark else "light")


def load_fonts() -> None:
    """Make the shipped fonts known to Qt, so that the window looks and measures alike everywhere."""
    for file in sorted(resources.path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def wear(application: QApplication, theme: Theme, font_percent: int = 100) -> None:
    """Put the theme and the font size on the whole application."""
    _active[:] = [theme]
    _icon.cache_clear()
    QPixmapCache.clear()
    points = BASE_POINTS * font_percent / 100
    font = QFont(FONT_FAMILY)
    font.setPointSizeF(points)
    if application.style().objectName() != "fusion" and not application.styleSheet():
        application.setStyle("Fusion")
    application.setFont(font)
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme, font_percent))


def palette(theme: Theme) -> QPalette:
    """What widgets without a rule in the style sheet fall back to."""
    roles = QPalette.ColorRole
    named = {
        roles.Window: "window", roles.WindowText: "text", roles.Base: "surface", roles.AlternateBase: "row_alt",
        roles.Text: "text", roles.Button: "surface", roles.ButtonText: "text", roles.BrightText: "on_accent",
        roles.Highlight: "accent", roles.HighlightedText: "on_accent", roles.ToolTipBase: "tooltip",
        roles.ToolTipText: "on_tooltip", roles.PlaceholderText: "muted", roles.Link: "link", roles.LinkVisited: "link",
        roles.Light: "raised", roles.Midlight: "line", roles.Mid: "edge", roles.Dark: "edge", roles.Shadow: "line",
        roles.Accent: "accent",
    }  # fmt: skip
    made = QPalette()
    for role, name in named.items():
        made.setColor(role, theme.color(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.color("disabled"))
    return made


def style_sheet(theme: Theme, font_percent: int = 100) -> str:
    """The style sheet with colours, font sizes and lengths filled in; KeyError for an unknown role."""
    points = BASE_POINTS * font_percent / 100
    sizes = {"small": 0.9, "body": 1.0, "heading": 1.15, "title": 1.5, "figure": 2.2}
    names = dict(theme.colours)
    names.update({name: f"{points * factor:.1f}pt" for name, factor in sizes.items()})
    names["icons"] = resources.path("icons", theme.name).as_posix()
    text = resources.path("themes", "window.qss").read_text(encoding="utf-8")
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"@(\w+)", lambda found: names[found.group(1)], text)
    return re.sub(r"\b(\d+)u\b", lambda found: f"{round(int(found.group(1)) * font_percent / 100)}px", text)


def unit(length: int) -> int:
    """A length in pixels at normal size, grown with the font of the application."""
    return round(length * QApplication.font().pointSizeF() / BASE_POINTS)


def icon(name: str, role: str = "text") -> QIcon:
    """A line icon in the colour of a role; when disabled in the disabled colour."""
    return _icon(name, role)


@lru_cache(maxsize=256)
def _icon(name: str, role: str) -> QIcon:
    drawn = QIcon()
    theme = current()
    for mode, colour in ((QIcon.Mode.Normal, role), (QIcon.Mode.Disabled, "disabled")):
        for scale in (1, 2, 3):
            drawn.addPixmap(_picture(name, theme.colours[colour], unit(ICON_SIZE) * scale), mode)
    return drawn


def pixmap(name: str, role: str, size: int) -> QPixmap:
    """One picture of an icon, `size` pixels at normal font size, sharp on dense screens."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    drawn = QPixmap(_picture(name, current().colours[role], round(unit(size) * ratio)))
    drawn.setDevicePixelRatio(ratio)
    return drawn


@lru_cache(maxsize=1024)
def _picture(name: str, colour: str, pixels: int) -> QPixmap:
    source = resources.path("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    drawn = QPixmap(QSize(pixels, pixels))
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return drawn


def dress(widget: QWidget, role: str, kind: str | None = None) -> None:
    """Give a widget its part in the style sheet: "primary", "quiet", "card", "muted", "badge" with a kind …"""
    widget.setProperty("role", role)
    if kind is not None:
        widget.setProperty("kind", kind)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def inset(field: QSpinBox | QDoubleSpinBox | QTimeEdit) -> None:
    """Move the text of a field with arrows off its border; Qt ignores the style sheet's padding there."""
    line = field.findChild(QLineEdit)
    if isinstance(line, QLineEdit):
        line.setTextMargins(unit(6), 0, 0, 0)


def mark_fault(widget: QWidget, wrong: bool) -> None:
    """Show (or end) the mark of a field whose content cannot be used; say why in words beside it."""
    widget.setProperty("fault", wrong)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def contrast(one: str, other: str) -> float:
    """Contrast of two "#rrggbb" colours after WCAG 2: from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
