"""The rows of the log: what a line shows, how it is searched, and reading it part by part off the GUI thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from coordinator.domain.names import fold
from coordinator.domain.searching import search_words
from coordinator.queries.journal import MOST, Logged, LogKind, Wanted, journal_page
from coordinator.session import Session
from resources.i18n import N_, _
from ui import texts
from ui.action_words import done_words
from ui.pages.base import PageContext
from ui.tables.columns import Column, TableData, prepare

MOST_KEPT = 1500
"""Rows that are read again after a change; who has scrolled further scrolls on."""

_ICONS = {
    "import": "import", "print": "print", "export": "export", "undo": "undo", "redo": "redo",
    "remove_household": "delete", "remove_person": "delete", "merge_households": "duplicates",
    "add_household": "plus", "add_met": "plus",
    "save_plan": "schedule", "move_household": "schedule", "record_stop": "check", "trip_arrived": "check",
    "set_notice": "phone", "restore_value": "undo", "anonymise": "danger", "erase": "danger", "restore": "copy",
    "make_copy": "copy",
}  # fmt: skip
_KEY_ICON = frozenset({"change_passphrase", "reset_passphrase", "recovery_code", "recover"})
_USER_ICON = frozenset({"add_user", "remove_user", "set_role", "rename_user", "first_user"})


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of the log in the language of the moment."""

    entry: Logged
    words: str
    state: str


def row_of(entry: Logged) -> LogRow:
    done_again = entry.label == "undo"
    state = (_("done again") if done_again else _("undone")) if entry.taken_back else ""
    return LogRow(entry, done_words(entry.label, entry.facts), state)


COLUMNS: tuple[Column[LogRow], ...] = (
    Column("when", N_("When"), lambda r: texts.moment(r.entry.done_at), sort=lambda r: r.entry.place, width=15,
           always=True),
    Column("who", N_("Who"), lambda r: r.entry.done_by or "–", width=10),
    Column("what", N_("What"), lambda r: r.words, width=42, always=True, icon=lambda r: _icon(r.entry.label)),
    Column("people", N_("People"), lambda r: "" if r.entry.people is None else texts.number(r.entry.people),
           sort=lambda r: r.entry.people, width=6, right=True),
    Column("state", N_("State"), lambda r: r.state, width=8, mark=lambda r: "warning" if r.state else ""),
    Column("source", N_("From file"), lambda r: r.entry.source, width=14),
    Column("target", N_("Where to"), lambda r: r.entry.target, width=14),
)  # fmt: skip


def _icon(label: str) -> str:
    if label in _KEY_ICON:
        return "key"
    return "people" if label in _USER_ICON else _ICONS.get(label, "edit")


def ready(entries: Sequence[Logged]) -> TableData[LogRow]:
    """Rows ready to show; run it in a worker. They are searched by the query, not by the table."""
    return prepare(COLUMNS, [row_of(entry) for entry in entries], lambda row: row.entry.action_id, lambda _row: "")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows read so far, and where to go on: None at the beginning of the register."""

    data: TableData[LogRow]
    entries: tuple[Logged, ...]
    before: int | None


def wanted(kind: LogKind, authors: frozenset[str], search: str) -> Wanted:
    words = search_words(search)
    # Folding is dear, and the log says the same words again and again; they are forgotten with the search.
    folded: dict[str, str] = {}

    def holds(entry: Logged) -> bool:
        row = row_of(entry)
        said = " ".join(column.text(row) for column in COLUMNS).split()
        text = " ".join(folded[word] if word in folded else folded.setdefault(word, fold(word)) for word in said)
        return all(word in text for word in words)

    return Wanted(kind, authors, holds if words else None)


def read_on(session: Session, what: Wanted, known: tuple[Logged, ...], before: int | None, most: int) -> Part:
    """The rows known with the next `most` behind them."""
    page = journal_page(session, what, before, most)
    entries = (*known, *page.entries)
    return Part(ready(entries), entries, page.before)


class LogReader(QObject):
    """`read(Part)` whenever rows are ready. Reading goes on by itself until a search has found a page full."""

    read = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._what = Wanted()
        self._part: Part | None = None
        self._reading = False
        self._enough = MOST

    def ask(self, kind: LogKind, authors: frozenset[str], search: str) -> None:
        """Show these from the newest on."""
        self._what, self._part, self._enough = wanted(kind, authors, search), None, MOST
        self._read((), None, MOST)

    def again(self) -> None:
        """Something was done: the newest come first, and older ones may be taken back by now."""
        known = len(self._part.entries) if self._part else MOST
        self._enough = min(max(MOST, known), MOST_KEPT)
        self._part = None
        self._read((), None, self._enough)

    def more(self) -> None:
        """The next ones, where there are any."""
        if self._part is not None and self._part.before is not None and not self._reading:
            self._enough = len(self._part.entries) + MOST
            self._go_on(self._part)

    def _go_on(self, part: Part) -> None:
        self._read(part.entries, part.before, self._enough - len(part.entries))

    def _read(self, known: tuple[Logged, ...], before: int | None, most: int) -> None:
        self._reading = True
        what: Any = self._what
        self._context.tasks.run_query(
            read_on, self._context.session, what, known, before, most, done=lambda part: self._take(what, part),
            key=(self, "log"),
        )  # fmt: skip

    def _take(self, what: Wanted, part: Part) -> None:
        if what is not self._what:
            return
        self._reading = False
        self._part = part
        self.read.emit(part)
        if part.before is not None and len(part.entries) < self._enough:
            self._reading = True
            self._go_on(part)
