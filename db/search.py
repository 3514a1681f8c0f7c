"""Searching the folded text of households. Substrings, not word starts: a surname's middle is found too."""

from __future__ import annotations

from collections.abc import Sequence

from db.connection import Database


def households_with(database: Database, words: Sequence[str], limit: int) -> list[str]:
    """Ids of households whose search text holds every word (folded before), lowest numbers first."""
    if not words:
        return []
    holds = " AND ".join("instr(search_text, ?) > 0" for _word in words)
    found = database.rows(
        f"SELECT id FROM household WHERE merged_into IS NULL AND {holds} ORDER BY number LIMIT ?", (*words, limit)
    )
    return [row[0] for row in found]
