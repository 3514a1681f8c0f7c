"""What the program remembers about its window: language, theme, font size, places of windows and registers.

Nothing of a register's content is ever kept here. The file is JSON in the user's configuration folder and is
replaced whole, so that a power cut leaves the old one or the new one.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import platformdirs

from coordinator.files import write_atomically

APPLICATION = "evacuation-coordinator"
SMALLEST, LARGEST, STEP = 70, 250, 10
RECENT = 8


@dataclass(slots=True)
class Preferences:
    """`language` "" follows the system; `theme` is "system", "light" or "dark"; `font_percent` 100 is normal.

    `recent` are folders of registers, the newest first. `tables` maps a table's name to the state of its columns,
    `palette` are the actions that were chosen by Ctrl+K last, `map_file` is a map of this computer to lie under the
    settlements.
    """

    language: str = ""
    theme: str = "system"
    font_percent: int = 100
    geometry: str = ""
    recent: list[str] = field(default_factory=list)
    tables: dict[str, dict[str, object]] = field(default_factory=dict)
    palette: list[str] = field(default_factory=list)
    map_file: str = ""

    def remember(self, folder: Path) -> None:
        path = os.fspath(folder.absolute())
        self.recent = [path, *(known for known in self.recent if known != path)][:RECENT]

    def forget(self, folder: Path) -> None:
        self.recent = [known for known in self.recent if known != os.fspath(folder)]


def preferences_file() -> Path:
    return platformdirs.user_config_path(APPLICATION, appauthor=False) / "window.json"


def load(path: Path | None = None) -> Preferences:
    """The saved preferences; whatever is missing, damaged or of another type keeps its default."""
    try:
        saved = json.loads((path or preferences_file()).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    found = Preferences()
    for option in fields(found) if isinstance(saved, dict) else ():
        value = saved.get(option.name)
        if isinstance(value, type(getattr(found, option.name))):
            setattr(found, option.name, value)
    found.font_percent = min(LARGEST, max(SMALLEST, found.font_percent))
    found.recent = [known for known in found.recent if isinstance(known, str)][:RECENT]
    found.palette = [known for known in found.palette if isinstance(known, str)][:RECENT]
    return found


def save(preferences: Preferences, path: Path | None = None) -> bool:
    """Write the file whole; False where the disk or the folder refuses, which is never worth a question."""
    target = path or preferences_file()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, json.dumps(asdict(preferences), ensure_ascii=False, indent=1).encode())
    except OSError:
        return False
    return True
