"""The list of shelling incidents: recorded, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.queries.incidents import IncidentLine, incidents
from coordinator.services.incidents import withdraw_incident
from coordinator.session import Session
from coordinator.words import label
from resources.i18n import N_, _
from ui import actions, ask, texts, theme
from ui.dialogs.incident import IncidentDialog, report
from ui.pages.base import PageContext
from ui.rights import allowed, needs
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.search_field import SearchField
from ui.widgets.settlement_field import Places

COLUMNS: Sequence[Column[IncidentLine]] = (
    Column("when", N_("When"), lambda r: texts.moment(r.incident.occurred_at), sort=lambda r: r.incident.occurred_at,
           width=15, always=True),
    Column("settlement", N_("Settlement"), lambda r: r.settlement, width=18, always=True),
    Column("street", N_("Street"), lambda r: r.incident.street or _("the whole settlement"), width=22,
           mark=lambda r: "" if r.incident.street else "muted"),
    Column("severity", N_("Severity"), lambda r: label(r.incident.severity), sort=lambda r: r.incident.severity,
           width=26),
    Column("hit", N_("Houses hit"), lambda r: "" if r.incident.houses_hit is None else str(r.incident.houses_hit),
           sort=lambda r: r.incident.houses_hit, width=9, right=True),
    Column("house", N_("House numbers"), lambda r: r.incident.house, width=16),
    Column("source", N_("Source"), lambda r: r.incident.source, width=20),
    Column("note", N_("Note"), lambda r: r.incident.note, width=24),
    Column("recorded", N_("Recorded"), lambda r: _recorded(r), sort=lambda r: r.recorded_at, width=22),
)  # fmt: skip


class ShellingView(QWidget):
    """Newest first. `places` is asked for the gazetteer when a form opens."""

    def __init__(self, context: PageContext, places: Callable[[], Places], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._places = context, places
        self.rows: TableModel[IncidentLine] = TableModel(COLUMNS)
        self.table = TableView(self.rows, _("Shelling"))
        self.search = SearchField(_("Search"))
        self.record, self.correct = QPushButton(_("Record shelling…")), QPushButton(_("Correct…"))
        self.withdraw = QPushButton(_("Withdraw"))
        theme.dress(self.record, "primary")
        self.record.setToolTip(actions.tooltip("incident.record"))
        for button in (self.record, self.correct, self.withdraw):
            needs(button)
        self._lay_out()
        self.record.clicked.connect(lambda: self.add())
        self.correct.clicked.connect(self.edit)
        self.withdraw.clicked.connect(self.remove)
        self.search.searched.connect(self.rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.table.opened.connect(lambda _id: self.edit())
        self.table.current_changed.connect(lambda _id: self._enable())
        self._enable()

    def read(self) -> None:
        self._context.tasks.run_query(
            _load, self._context.session, self.rows.sort_key, done=self.rows.set_rows, key=(self, "incidents")
        )

    def add(self) -> None:
        """At the place of the incident that is chosen: where it falls once it falls again."""
        if allowed(self):
            line = self.current()
            report(self._context, self, self._places(), line.incident.settlement_id if line else "")

    def edit(self) -> None:
        line = self.current()
        if line is not None and allowed(self):
            ask.show(IncidentDialog(self._context, self._places(), line.incident, self))

    def remove(self) -> None:
        line = self.current()
        if line is not None and allowed(self):
            self._context.tasks.run_verb(withdraw_incident, self._context.session, line.id, done=self._withdrawn)

    def current(self) -> IncidentLine | None:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def _withdrawn(self, _nothing: object) -> None:
        self._context.show_notice(_("The shelling was withdrawn. Ctrl+Z brings it back."))

    def _enable(self) -> None:
        chosen = self.current() is not None
        for button, name in ((self.correct, "record.edit"), (self.withdraw, "record.remove")):
            button.setEnabled(chosen)
            button.setToolTip(actions.tooltip(name, button.text()) if chosen else _("Choose a row first"))

    def _lay_out(self) -> None:
        hint = QLabel(_("What is recorded here raises the households of that street, and of the streets next to it."))
        hint.setWordWrap(True)
        theme.dress(hint, "muted")
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addStretch(1)
        for button in (self.withdraw, self.correct, self.record):
            row.addWidget(button)
        words = _("Record it as soon as it is reported, by street where it is known.")
        empty = EmptyState("hit", _("No shelling recorded"), words, step=_("Record shelling…"), then=self.add)
        self.table.set_empty(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(10), 0, 0)
        column.setSpacing(theme.unit(8))
        column.addLayout(row)
        column.addWidget(hint)
        column.addWidget(self.table, 1)


def _recorded(line: IncidentLine) -> str:
    at = texts.moment(line.recorded_at) if line.recorded_at else ""
    return ", ".join(part for part in (at, line.recorded_by) if part)


def _load(session: Session, sorted_by: str) -> TableData[Any]:
    return prepare(COLUMNS, incidents(session), lambda line: line.id, sort_by=sorted_by)
