"""What the last list of a kind said of each household: lines as they were kept, read where one is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from coordinator.domain.joining import Named
from coordinator.exchange.statements import Outline, Statement, accounts_in, from_lines, heading_of, outline_of
from coordinator.queries.held import asking
from db import import_queries
from db.connection import Ask, Database, nobody

_OWN = b'"household":'
"""Stands in the line that describes the household itself; in no text, where each quotation mark has a stroke."""


class _Kept(NamedTuple):
    """`batch_id`: the import; `list_on`: its list's date in ISO form; `lines`: number and UTF-8 of each."""

    batch_id: str
    list_on: str | None
    lines: tuple[tuple[int, bytes], ...]

    def texts(self) -> Iterator[tuple[int, str]]:
        return ((row, raw.decode()) for row, raw in self.lines)


class Statements(Mapping[str, Statement]):
    """By household; those whose lines describe nobody are not in it."""

    def __init__(self, db: Database, kind: str, ask: Ask = nobody) -> None:
        """`ask` is called again and again meanwhile; what it raises ends it."""
        self._kept: dict[str, _Kept] = {}
        alike: dict[str, str] = {}
        for line in asking(import_queries.last_said(db, kind), ask):
            before = self._kept.get(line.household_id)
            told = (line.line, line.raw.encode())
            self._kept[line.household_id] = (
                before._replace(lines=(*before.lines, told))
                if before
                else _Kept(alike.setdefault(line.batch_id, line.batch_id), line.list_on, (told,))
            )
        for empty in [key for key, kept in self._kept.items() if not any(_OWN in raw for _row, raw in kept.lines)]:
            del self._kept[empty]
        db.let_go_of_pages()

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __contains__(self, household_id: object) -> bool:
        return household_id in self._kept

    def __getitem__(self, household_id: str) -> Statement:
        kept = self._kept[household_id]
        said = from_lines(kept.texts())
        if said is None:
            raise KeyError(household_id)
        return Statement(household_id, kept.batch_id, date.fromisoformat(kept.list_on) if kept.list_on else None, said)

    def batch(self, household_id: str) -> str:
        """The import whose list it was."""
        return self._kept[household_id].batch_id

    def outline(self, household_id: str) -> Outline | None:
        """The household without its members; None where no list named it."""
        kept = self._kept.get(household_id)
        return outline_of(kept.texts()) if kept else None

    def heading(self, household_id: str) -> tuple[str, str]:
        """The settlement and the first name, as they were said."""
        return heading_of(self._kept[household_id].texts())

    def accounts(self, household_id: str) -> tuple[Named, ...]:
        """Who was named."""
        kept = self._kept.get(household_id)
        return accounts_in(kept.texts()) if kept else ()
