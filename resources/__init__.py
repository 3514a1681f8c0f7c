"""Files and texts that the program ships. Hands out paths and translated text; imports nothing of ours."""

from pathlib import Path

ROOT = Path(__file__).parent


def path(*parts: str) -> Path:
    """The path of a shipped file, for example path("fonts", "NotoSans-Regular.ttf")."""
    return ROOT.joinpath(*parts)
