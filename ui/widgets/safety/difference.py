"""What a copy would change: the counts now and then, and what was done since it was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coordinator.services.restore import Difference, Done, TableDifference
from resources.i18n import N_, _, ngettext
from resources.messages import sentence
from ui import texts, theme
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.safety.card import words

COUNTED: Mapping[str, str] = {"households": "household", "people": "person", "events": "event", "trips": "trip"}
"""The table behind each count of the core."""


class Line(NamedTuple):
    """One kind of entry. `now` None: the register cannot be read; `then` None: it is not counted."""

    name: str
    now: int | None
    then: int | None
    lost: int = 0
    back: int = 0
    changed: int = 0


def lines(found: Difference) -> list[Line]:
    """The counted kinds of entries, then all others together."""
    apart = {table.table: table for table in found.tables}
    none = TableDifference("", 0, 0, 0)
    counted = []
    for count in found.counts:
        of_table = apart.pop(COUNTED[count.what], none)
        name = sentence(f"count.{count.what}")
        counted.append(Line(name, count.now, count.then, of_table.lost, of_table.back, of_table.changed))
    rest = apart.values()
    if not rest:
        return counted
    lost, back, changed = (sum(getattr(table, part) for table in rest) for part in ("lost", "back", "changed"))
    return [*counted, Line(_("Other entries"), None, None, lost, back, changed)]


def lost(found: Difference) -> int:
    """Entries that are in the register now and not in the copy."""
    return sum(table.lost for table in found.tables)


def since_words(found: Difference) -> str:
    """ "34 actions were done since then; these are the last 8."."""
    if not found.readable:
        return _("The register cannot be read, so what was done since then cannot be told.")
    if not found.actions:
        return _("Nothing was done since this copy was made.")
    text = ngettext(
        "{n} action was done since then and would be taken out of the register.",
        "{n} actions were done since then and would be taken out of the register.",
        found.actions,
    ).format(n=texts.number(found.actions))
    more = found.actions - len(found.last)
    if more <= 0:
        return text
    return text + " " + ngettext("The last {n}:", "The last {n}:", len(found.last)).format(n=len(found.last))


def _number(count: int | None) -> str:
    return "–" if count is None else texts.number(count)


def _some(count: int) -> str:
    return texts.number(count) if count else ""


COLUMNS: list[Column[Line]] = [
    Column("name", N_("What"), lambda row: row.name, width=24, always=True),
    Column("now", N_("Now"), lambda row: _number(row.now), width=10, right=True),
    Column("then", N_("In the copy"), lambda row: _number(row.then), width=13, right=True),
    Column("lost", N_("Lost"), lambda row: _some(row.lost), width=11, right=True,
           mark=lambda row: "danger" if row.lost else ""),
    Column("back", N_("Come back"), lambda row: _some(row.back), width=13, right=True),
    Column("changed", N_("Changed back"), lambda row: _some(row.changed), width=15, right=True),
]  # fmt: skip

DONE_COLUMNS: list[Column[Done]] = [
    Column("at", N_("When"), lambda done: texts.moment(done.at), sort=lambda done: done.at, width=17, always=True),
    Column("what", N_("What was done"), lambda done: sentence(f"action.{done.label}", done.facts), width=44,
           always=True),
    Column("who", N_("Who"), lambda done: done.who or _("not known"), width=16),
]  # fmt: skip


class DifferenceView(QWidget):
    """Two tables: entries, and actions by name, the newest first."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: TableModel[Line] = TableModel(COLUMNS)
        self._done: TableModel[Done] = TableModel(DONE_COLUMNS)
        self.lines = TableView(self._lines, _("What would change"))
        self.done = TableView(self._done, _("Done since the copy was made"))
        self.done.set_empty(EmptyState("info", _("No actions to show")))
        self.since = words("strong")
        theme.dress(self, "plain")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(8))
        column.addWidget(self.lines)
        column.addWidget(self.since)
        column.addWidget(self.done, 1)

    def show_difference(self, found: Difference) -> None:
        self._lines.set_rows(prepare(COLUMNS, lines(found), lambda row: row.name))
        order = {id(done): str(place) for place, done in enumerate(found.last)}
        self._done.set_rows(prepare(DONE_COLUMNS, found.last, lambda done: order[id(done)]))
        self.since.setText(since_words(found))
        rows = self.lines.rows.rowCount()
        height = self.lines.horizontalHeader().sizeHint().height() + rows * self.lines.rowHeight(0)
        self.lines.setFixedHeight(height + 2 * self.lines.frameWidth() + theme.unit(14))
        self.done.setMinimumHeight(theme.unit(130))
        self.done.setVisible(found.readable)
