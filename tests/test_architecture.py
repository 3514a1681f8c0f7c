"""The floors hold: import contracts, and the core works where Qt is not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

WITHOUT_QT = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "pyqtgraph", "shiboken6"):
            raise ImportError("Qt is blocked")

sys.meta_path.insert(0, Blocked())
for root in ("coordinator", "db", "resources"):
    package = importlib.import_module(root)
    for module in pkgutil.walk_packages(package.__path__, root + "."):
        if module.name.rsplit(".", 1)[-1][0].isdigit() or module.name.startswith("resources.build_"):
            continue
        importlib.import_module(module.name)
for module in ("ui.cli", "ui.commands.counts", "ui.commands.import_", "ui.commands.export", "ui.commands.new"):
    importlib.import_module(module)
"""


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_go_down_only() -> None:
    result = run(os.fspath(Path(sys.executable).with_name("lint-imports")), "--no-cache")
    assert result.returncode == 0, result.stdout


def test_core_counting_and_importing_load_without_qt() -> None:
    result = run(sys.executable, "-W", "error", "-c", WITHOUT_QT)
    assert result.returncode == 0, result.stderr
