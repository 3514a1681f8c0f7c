"""Is there a screen for a window? Found out in a child process, because Qt without a platform aborts.

The asking process never imports Qt. A library that Qt needs and the system lacks is named as the loader
names it; Qt's own message about libxcb-cursor is often wrong and is not repeated.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from resources.i18n import _

PATIENCE = 30.0
"""Seconds before a display that does not answer counts as none."""

NO_WINDOW_PLATFORMS = ("offscreen", "minimal")
_LIBRARY = re.compile(r"([\w.+-]+\.so[\w.]*): cannot open shared object file")

_CHILD = r"""
import ctypes, os, sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
except (ImportError, ValueError, OSError):
    pass
try:
    from PySide6 import QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets
except ImportError as fault:
    print("import", fault)
    sys.exit(1)
folder = os.path.join(QtCore.QLibraryInfo.path(QtCore.QLibraryInfo.LibraryPath.PluginsPath), "platforms")
for plugin in sys.argv[1:]:
    path = os.path.join(folder, "lib" + plugin + ".so")
    if os.path.exists(path):
        try:
            ctypes.CDLL(path)
        except OSError as fault:
            print("plugin", fault, flush=True)
application = QtWidgets.QApplication(["probe"])
print("ready", application.platformName(), flush=True)
os._exit(0)
"""


class Verdict(StrEnum):
    SCREEN = "screen"
    ASKED_FOR_NONE = "asked_for_none"
    NO_SCREEN = "no_screen"
    NO_QT = "no_qt"
    MISSING_LIBRARY = "missing_library"


@dataclass(frozen=True, slots=True)
class Screen:
    """What the probe found. `detail`: the platform, or the missing library's file name.

    `qt_loads`: Qt itself can be used, so pictures and PDFs can be made even where no window can be shown.
    """

    verdict: Verdict
    detail: str = ""
    qt_loads: bool = True

    @property
    def available(self) -> bool:
        return self.verdict is Verdict.SCREEN


def look_for_screen(environment: Mapping[str, str] | None = None, patience: float = PATIENCE) -> Screen:
    """Can a window be shown? Takes about 0.3 s; never raises and never imports Qt here."""
    env = dict(os.environ if environment is None else environment)
    platform = env.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if platform in NO_WINDOW_PLATFORMS:
        found = _ask_child(env, [], patience)
        return Screen(Verdict.ASKED_FOR_NONE, platform) if found.available else found
    if not platform and not _has_display(env):
        found = _ask_child({**env, "QT_QPA_PLATFORM": "offscreen"}, [], patience)
        return Screen(Verdict.NO_SCREEN) if found.available else found
    return _ask_child(env, _plugins(platform, env), patience)


def explain(screen: Screen) -> str:
    """One sentence for the person at the terminal."""
    sentences = {
        Verdict.SCREEN: _("A screen was found ({detail})."),
        Verdict.ASKED_FOR_NONE: _("No window was asked for (QT_QPA_PLATFORM is {detail})."),
        Verdict.NO_SCREEN: _("No screen was found, so no window can be shown."),
        Verdict.NO_QT: _("Qt cannot be loaded ({detail}), so no window can be shown."),
        Verdict.MISSING_LIBRARY: _("The system library {detail} is missing, so no window can be shown."),
    }
    return sentences[screen.verdict].format(detail=screen.detail)


def _has_display(env: Mapping[str, str]) -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def _plugins(platform: str, env: Mapping[str, str]) -> list[str]:
    """The platform plugins that Qt is going to try, so that their missing libraries can be named."""
    if not sys.platform.startswith("linux"):
        return []
    if platform:
        return ["q" + platform]
    return ["qwayland"] * bool(env.get("WAYLAND_DISPLAY")) + ["qxcb"] * bool(env.get("DISPLAY"))


def _ask_child(env: Mapping[str, str], plugins: list[str], patience: float) -> Screen:
    command = [sys.executable, "-c", _CHILD, *plugins]
    try:
        child = subprocess.run(
            command, env=dict(env), stdin=subprocess.DEVNULL, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return Screen(Verdict.NO_SCREEN)
    except OSError as fault:
        return Screen(Verdict.NO_QT, fault.strerror or "", qt_loads=False)
    return _read(child.stdout.decode(errors="replace").splitlines())


def _read(lines: list[str]) -> Screen:
    """The child's report; where it died without a word of its own there is no usable screen."""
    told = dict(line.split(" ", 1) for line in lines if " " in line)
    if "ready" in told:
        no_window = told["ready"] in NO_WINDOW_PLATFORMS
        return Screen(Verdict.NO_SCREEN if no_window and "plugin" in told else Verdict.SCREEN, told["ready"])
    loads = "import" not in told
    fault = told.get("import") or told.get("plugin") or ""
    library = _LIBRARY.search(fault)
    if library:
        return Screen(Verdict.MISSING_LIBRARY, library.group(1), loads)
    return Screen(Verdict.NO_SCREEN) if loads else Screen(Verdict.NO_QT, fault, loads)
