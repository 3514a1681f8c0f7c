"""Given names and patronymics as the program looks them up: written by `resources/build_names.py`, read in a moment."""

from pathlib import Path

_FOLDER = Path(__file__).parent


def load_names(pool: str) -> list[tuple[str, list[str]]]:
    """Ukrainian name and its Russian forms, of the pool "first" or "patronymic", in small letters."""
    lines = (_FOLDER / f"{pool}.tsv").read_text(encoding="utf-8").splitlines()
    return [(forms[0], forms[1:]) for forms in (line.split("\t") for line in lines)]
