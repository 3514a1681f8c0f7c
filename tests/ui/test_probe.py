"""Is there a screen? Asked in a child process; the asking process never sees Qt."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from ui.probe import Screen, Verdict, _read, explain, look_for_screen


def environment(**changed: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return {**kept, "QT_QPA_PLATFORM": "", **changed}


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_no_window_where_none_is_asked_for(platform: str) -> None:
    screen = look_for_screen(environment(QT_QPA_PLATFORM=platform))
    assert screen.verdict is Verdict.ASKED_FOR_NONE
    assert screen.qt_loads and not screen.available
    assert screen.detail in explain(screen)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_no_display_is_no_screen_but_qt_can_draw() -> None:
    screen = look_for_screen(environment())
    assert screen == Screen(Verdict.NO_SCREEN)
    assert explain(screen) == "No screen was found, so no window can be shown."


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_a_dead_display_is_survived() -> None:
    screen = look_for_screen(environment(DISPLAY=":97"))
    assert not screen.available
    assert screen.verdict in (Verdict.NO_SCREEN, Verdict.MISSING_LIBRARY)


def test_the_missing_library_is_the_loaders_and_not_qts_guess() -> None:
    loader = "libxcb-icccm.so.4: cannot open shared object file: No such file or directory"
    assert _read([f"plugin {loader}"]) == Screen(Verdict.MISSING_LIBRARY, "libxcb-icccm.so.4")
    assert _read([f"import {loader}"]) == Screen(Verdict.MISSING_LIBRARY, "libxcb-icccm.so.4", qt_loads=False)
    assert "libxcb-icccm.so.4" in explain(_read([f"plugin {loader}"]))


def test_a_child_that_died_without_a_word_means_no_screen() -> None:
    assert _read([]) == Screen(Verdict.NO_SCREEN)
    assert _read(["import No module named 'PySide6'"]).verdict is Verdict.NO_QT
    assert _read(["ready xcb"]) == Screen(Verdict.SCREEN, "xcb")


def test_a_display_that_does_not_answer_is_given_up() -> None:
    assert look_for_screen(environment(QT_QPA_PLATFORM="offscreen"), patience=0.001).verdict is Verdict.NO_SCREEN


def test_asking_never_imports_qt() -> None:
    asked = "import sys; from ui.probe import look_for_screen; look_for_screen(); print('PySide6' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"
