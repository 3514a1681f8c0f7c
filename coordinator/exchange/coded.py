"""Cells that hold one of a few words: sex, relation, needs, decision, marks. What a sender means by a word of
their own goes before what the program reads in it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need, Relation, Sex
from coordinator.exchange.figures import read_count, read_yes
from coordinator.exchange.headers import header_key
from coordinator.exchange.how_read import word_key
from coordinator.exchange.incoming import Cell, ListKind
from coordinator.exchange.layout import Table, meaningful
from coordinator.exchange.reading import CellValue
from coordinator.exchange.sheet_scan import cell_name
from coordinator.exchange.values import shown
from coordinator.exchange.wording import NoteReading, names_no_need, read_needs, read_note, read_relation, read_sex

MARKS = ("wheelchair", "stretcher", "pregnant", "disability", "armoured")
"""Columns that say yes or no; in a list of requests the first two count."""

FIELDS = ("sex", "relation", "needs", "decision", *MARKS)
YES, NO = "yes", "no"
SHOWN_CELLS = 5


def sex_of(table: Table, text: str) -> Sex | None:
    meaning = table.words.of("sex", text)
    return Sex(meaning) if meaning is not None else read_sex(text)


def relation_of(table: Table, text: str) -> Relation:
    meaning = table.words.of("relation", text)
    return Relation(meaning) if meaning is not None else read_relation(text)


def needs_of(table: Table, text: str, group_column: bool = False) -> frozenset[Need]:
    meaning = table.words.of("needs", text)
    return needs_meant(meaning) if meaning is not None else read_needs(text, group_column)


def decision_of(table: Table, text: str) -> NoteReading:
    meaning = table.words.of("decision", text)
    return NoteReading(Decision(meaning) if meaning else None) if meaning is not None else read_note(text)


def mark_of(table: Table, key: str, value: CellValue) -> bool | None:
    """As `figures.read_yes`."""
    meaning = table.words.of(key, shown(value)) if isinstance(value, str) else None
    return meaning == YES if meaning is not None else read_yes(value)


def needs_meant(meaning: str) -> frozenset[Need]:
    return frozenset(Need(code) for code in meaning.split(",") if code)


def asks_for_group(table: Table, column: int) -> bool:
    """Whether the header asks for the disability group, so that a bare "2" is one."""
    header = header_key(table.headers.get(column, ""))
    return any(word in header for word in ("інвалід", "инвалид", "disab"))


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is not understood: its column's field, how it is written, how often, and the first cells."""

    field: str
    said: str
    count: int
    cells: tuple[Cell, ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.field, word_key(self.said)


@dataclass(slots=True)
class _Found:
    said: str
    count: int = 0
    cells: list[Cell] = field(default_factory=list)


def unknown_words(tables: Iterable[Table]) -> list[UnknownWord]:
    """The words of all coded columns that neither the program nor anybody's meaning explains, by field and count."""
    found: dict[tuple[str, str], _Found] = {}
    for table in tables:
        for key in FIELDS:
            for column in table.columns.get(key, ()):
                header = table.headers.get(column, "")  # long sheets repeat it at the top of each printed page
                for text, rows in _texts(table, column).items():
                    if text != header and not _understood(table, key, column, text):
                        _add(found, table, key, column, text, rows)
    words = [UnknownWord(key, one.said, one.count, tuple(one.cells)) for (key, _word), one in found.items()]
    return sorted(words, key=lambda word: (FIELDS.index(word.field), -word.count, word.said))


def words_met(tables: Sequence[Table]) -> list[tuple[str, str, str]]:
    """(field, word, meaning) of the words in these tables that somebody has given a meaning."""
    found = set()
    for table in tables:
        for key in FIELDS if table.words.meanings else ():
            for column in table.columns.get(key, ()):
                for text in _texts(table, column):
                    meaning = table.words.of(key, text)
                    if meaning is not None:
                        found.add((key, word_key(text), meaning))
    return sorted(found)


def _add(found: dict[tuple[str, str], _Found], table: Table, key: str, column: int, text: str, rows: list[int]) -> None:
    one = found.setdefault((key, word_key(text)), _Found(text))
    one.count += len(rows)
    room = SHOWN_CELLS - len(one.cells)
    one.cells += [Cell(table.sheet.name, cell_name(row, column), text) for row in rows[: max(0, room)]]


def _texts(table: Table, column: int) -> dict[str, list[int]]:
    """Text -> rows, of the texts that stand in a column."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, cells in enumerate(table.sheet.rows[table.first_row :], table.first_row):
        value = cells[column] if column < len(cells) else None
        if type(value) is str and meaningful(value):
            rows[value].append(row)
    merged: defaultdict[str, list[int]] = defaultdict(list)
    for text, places in rows.items():
        merged[shown(text)] += places
    return merged


def _understood(table: Table, key: str, column: int, text: str) -> bool:
    if table.words.of(key, text) is not None:
        return True
    if key in MARKS:
        return _mark_understood(table, key, text)
    reading: dict[str, Callable[[], bool]] = {
        "sex": lambda: read_sex(text) is not None,
        "relation": lambda: read_relation(text) is not Relation.OTHER or _says_other(text),
        "needs": lambda: bool(read_needs(text, asks_for_group(table, column))) or names_no_need(text),
        "decision": lambda: read_note(text) != NoteReading(),
    }
    return reading[key]()


def _mark_understood(table: Table, key: str, text: str) -> bool:
    if read_yes(text) is not None or names_no_need(text):
        return True
    if table.kind is ListKind.REQUESTS or table.kind is ListKind.FLEET:
        if read_count(text).people is not None:
            return True
        return key == "armoured" and text.lower().startswith(("не", "ні", "no", "без", "брон", "armo"))
    return bool(read_needs(text, key == "disability"))


def _says_other(text: str) -> bool:
    return word_key(text) in ("інше", "інший", "інша", "другое", "другой", "другая", "other", "інші", "other relation")
