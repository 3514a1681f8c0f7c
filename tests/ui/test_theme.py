"""Both themes: contrast by number, one vocabulary, every icon drawn, the style sheet taken by Qt."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QPushButton

import resources
from ui import actions, theme
from ui.widgets.header import THEME_ICONS


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize(("pairs", "least"), [(theme.TEXT_ON, 4.5), (theme.MARK_ON, 3.0)])
def test_contrast_is_enough_everywhere(name: str, pairs: tuple[tuple[str, str], ...], least: float) -> None:
    colours = theme.load(name).colours
    weak = {pair: theme.contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: value for pair, value in weak.items() if value < least} == {}


def test_contrast_is_that_of_wcag() -> None:
    assert theme.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert theme.contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_both_themes_have_the_same_roles_and_no_forgotten_shade() -> None:
    light, dark = (theme.load(name) for name in theme.THEMES)
    assert light.colours.keys() == dark.colours.keys()
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for one in (light, dark) for colour in one.colours.values())


def test_every_text_colour_of_the_sheet_is_in_a_checked_pair() -> None:
    sheet = resources.path("themes", "window.qss").read_text(encoding="utf-8")
    texts = set(re.findall(r"(?<![-\w])color: @(\w+)", sheet)) - {"disabled"}
    assert texts <= {text for text, _ground in theme.TEXT_ON}


@pytest.mark.parametrize("name", theme.THEMES)
@pytest.mark.parametrize("percent", [100, 200])
def test_the_style_sheet_is_filled_in_and_taken(dressed: QApplication, name: str, percent: int) -> None:
    theme.wear(dressed, theme.load(name), percent)
    button = QPushButton("Plan the day")
    theme.dress(button, "primary")
    button.ensurePolished()
    assert "@" not in dressed.styleSheet()
    assert button.palette().button().color() == theme.color("accent")
    assert dressed.font().pointSizeF() == pytest.approx(10 * percent / 100)


def test_the_shipped_font_is_used(dressed: QApplication) -> None:
    assert QFontInfo(dressed.font()).family() == theme.FONT_FAMILY


def test_every_icon_that_is_named_exists_and_draws_something(dressed: QApplication) -> None:
    named = {spec.icon for spec in actions.ACTIONS.values() if spec.icon} | set(THEME_ICONS.values())
    files = {file.stem for file in resources.path("icons").glob("*.svg")}
    assert named <= files
    for name in files:
        drawn = theme.pixmap(name, "text", 24).toImage()
        assert any(drawn.pixelColor(x, y).alpha() for x in range(24) for y in range(24)), name


def test_the_marks_of_the_sheet_exist_for_both_themes() -> None:
    sheet = resources.path("themes", "window.qss").read_text(encoding="utf-8")
    for mark in re.findall(r"@icons/([\w-]+\.svg)", sheet):
        assert all(resources.path("icons", name, mark).is_file() for name in theme.THEMES)


def test_the_system_decides_unless_a_theme_is_chosen(dressed: QApplication) -> None:
    assert theme.chosen("dark").dark
    assert not theme.chosen("light").dark
    assert theme.chosen("system").name in theme.THEMES
