"""Who sends lists, how their lists are read, and what their words mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coordinator.domain.names import clean, fold, sort_key
from coordinator.exchange.contents import IsPlace
from coordinator.exchange.how_read import Words
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.remembered import SavedMapping
from coordinator.queries.imports import load_places
from coordinator.session import Session
from db import stores
from db.connection import Database
from db.rows import MappingRow, SenderRow, ValueMeaningRow


@dataclass(frozen=True, slots=True)
class SenderLine:
    """A sender. `lists`: imports that stand; `headers`: sets of headers that are remembered; `words`: meanings."""

    id: str
    name: str
    note: str
    lists: int
    headers: int
    words: int
    last_used: datetime | None


@dataclass(frozen=True, slots=True)
class MeaningLine:
    """One word: the column's field, the word folded, its meaning, and whose it is ("" for everybody's)."""

    id: str
    field: str
    said: str
    meaning: str
    sender: str


@dataclass(frozen=True, slots=True)
class Remembered:
    """All that reading a file needs of the register. `is_place`: whether a text names a settlement."""

    mappings: tuple[SavedMapping, ...]
    senders: tuple[SenderRow, ...]
    meanings: tuple[ValueMeaningRow, ...]
    is_place: IsPlace

    def words_of(self, sender: str) -> Words:
        """What words mean for everybody, and before that for this sender."""
        named = named_sender(self.senders, sender)
        own = named.id if named else ""
        mine = [row for row in self.meanings if row.sender_id == own]
        everybody = [row for row in self.meanings if row.sender_id is None]
        return Words({(row.field, row.said): row.meaning for row in (*everybody, *mine)})


def remembered(session: Session) -> Remembered:
    with session.reading() as db:
        senders = stores.senders.all(db)
        places = load_places(db)
        return Remembered(
            tuple(_saved(stores.mappings.all(db), senders)), tuple(senders), tuple(stores.value_meanings.all(db)),
            lambda text: places.resolve(text).place is not None,
        )  # fmt: skip


def _saved(rows: Iterable[MappingRow], senders: Iterable[SenderRow]) -> list[SavedMapping]:
    """The newest first."""
    names = {row.id: row.name for row in senders}
    return [
        SavedMapping(
            row.id, row.sender_id, names[row.sender_id], ListKind(row.kind),
            tuple((int(place), str(text)) for place, text in row.headers), dict(row.columns), dict(row.options or {}),
        )
        for row in sorted(rows, key=lambda row: row.used_at, reverse=True)
        if row.sender_id in names
    ]  # fmt: skip


def named_sender(senders: Iterable[SenderRow], name: str) -> SenderRow | None:
    """The sender of this name, in any case of letters and with any apostrophe."""
    wanted = fold(clean(name))
    return next((row for row in senders if fold(row.name) == wanted), None) if wanted else None


def sender_lines(session: Session) -> list[SenderLine]:
    """In the order of the alphabet."""
    with session.reading() as db:
        return _lines(db)


def _lines(db: Database) -> list[SenderLine]:
    lists = Counter(row.sender_id for row in stores.batches.all(db))
    mappings = stores.mappings.all(db)
    headers = Counter(row.sender_id for row in mappings)
    words = Counter(row.sender_id for row in stores.value_meanings.all(db))
    used: dict[str, datetime] = {}
    for row in mappings:
        used[row.sender_id] = max(row.used_at, used.get(row.sender_id, row.used_at))
    return [
        SenderLine(row.id, row.name, row.note, lists[row.id], headers[row.id], words[row.id], used.get(row.id))
        for row in sorted(stores.senders.all(db), key=lambda row: sort_key(row.name))
    ]


def meaning_lines(session: Session) -> list[MeaningLine]:
    """What is remembered of words, by column and word."""
    with session.reading() as db:
        names = {row.id: row.name for row in stores.senders.all(db)}
        rows = stores.value_meanings.all(db)
    return [
        MeaningLine(row.id, row.field, row.said, row.meaning, names.get(row.sender_id or "", ""))
        for row in sorted(rows, key=lambda row: (row.field, row.said, row.sender_id or ""))
    ]
