"""The crews of a day, what needs attention first. One key each: left, all well, back at another time, back and safe."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coordinator.domain.crews import ALARMS, CrewState, Standing
from coordinator.domain.days import read_clock
from coordinator.domain.schedule import clock
from coordinator.errors import UserError
from coordinator.outcome import Change
from coordinator.queries.crews import CrewBoard, CrewLine, day_crews
from coordinator.services.crews import crew_word, set_escort, trip_back, trip_departed
from resources.i18n import N_, _
from ui import actions, crew_words, texts, theme
from ui.crew_watch import CREWS, TICK_MS
from ui.pages.base import Page, PageContext
from ui.rights import allowed
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.crew_panel import CrewPanel
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip

LINES = 2


class CrewRow(NamedTuple):
    line: CrewLine
    standing: Standing


def _who(row: CrewRow) -> str:
    """The number first and in one piece: it is what a late crew is called by, and what does not fit is cut."""
    line = row.line
    driver = " ".join(filter(None, (line.phone.replace(" ", "\u00a0"), line.driver)))
    return "; ".join(filter(None, (driver, line.escort)))


COLUMNS: list[Column[CrewRow]] = [
    Column("state", N_("Crew"), lambda r: crew_words.state_words(r.standing), width=15, always=True,
           icon=lambda r: crew_words.ICONS[r.standing.state],
           mark=lambda r: crew_words.MARKS.get(r.standing.state, "")),
    Column("vehicle", N_("Vehicle"), lambda r: f"{r.line.plate}, {r.line.list_number}", width=12, always=True),
    Column("who", N_("Driver; goes along"), _who, width=18),
    Column("left", N_("Left"), lambda r: crew_words.left_words(r.line), width=12),
    Column("word", N_("Last word"), lambda r: crew_words.word_words(r.line.last), width=15),
    Column("where", N_("Should be"), lambda r: crew_words.where_words(r.standing), width=13),
    Column("back", N_("Back by"), lambda r: clock(r.standing.due_back), sort=lambda r: r.standing.due_back, width=12),
    Column("out", N_("Out by"), lambda r: "" if r.line.run.out_by is None else clock(r.line.run.out_by), width=9),
    Column("hit", N_("Hit near a stop"), lambda r: crew_words.hits_short(r.line.hits), width=17,
           tooltip=lambda r: crew_words.hit_words(r.line.hits), icon=lambda r: "hit" if r.line.hits else "",
           mark=lambda r: "warning" if r.line.hits else ""),
]  # fmt: skip


class CrewModel(TableModel[CrewRow]):
    """Alarms are bold, beside their sign and capital letters."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole:
            row = self.record(index.row())
            if row is None or row.standing.state not in ALARMS:
                return None
            font = QFont()
            font.setBold(True)
            return font
        return super().data(index, role)


class CrewsPage(Page):
    """The page ticks by the clock; it asks the register only when something was written."""

    name = "crews"
    depends_on = CREWS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.board: CrewBoard | None = None
        self._wanted = ""
        self.alarm = Strip(Kind.DANGER)
        theme.dress(self.alarm.words, "heading")
        self.told = QLabel()
        theme.dress(self.told, "muted")
        self.rows = CrewModel(COLUMNS)
        self.table = TableView(self.rows, _("Crews"), lines=LINES)
        self.table.lists_people("crews", lambda _row: 1)
        self.panel = CrewPanel()
        self.panel.hide()
        self._lay_out()
        self._connect()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def title(self) -> str:
        return _("Crews")

    def refresh(self, change: Change | None) -> None:
        self.context.tasks.run_query(day_crews, self.context.session, self.context.day, done=self._take, key="crews")

    def tick(self) -> None:
        """How everybody stands at this minute. Pure: nothing is read."""
        if self.board is None:
            return
        now = self.context.session.clock()
        found = [CrewRow(*pair) for pair in self.board.at(now)]
        data = prepare(COLUMNS, found, lambda row: row.line.trip_id)
        shown = self.rows.data_shown
        if (data.ids, data.cells, data.records) != (shown.ids, shown.cells, shown.records):
            self.rows.set_rows(data)
        self.alarm.say(
            crew_words.alarm_sentence([(r.line, r.standing) for r in found if r.standing.state in ALARMS]), Kind.DANGER
        )
        self.told.setText(self._summary(found) if found else "")
        self.panel.setVisible(bool(found))
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif not self.table.current_id() and found:
            self.table.select_id(found[0].line.trip_id)
        self._show_chosen()

    def state(self) -> dict[str, Any]:
        return {"trip": self.table.current_id(), "typed": self.panel.typed()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._wanted = str(state.get("trip", ""))
        self.panel.restore(state.get("typed", {}))

    def show_target(self, **what: Any) -> None:
        """navigate("crews", trip=id)"""
        self._wanted = str(what.get("trip", ""))
        self.tick()

    def chosen(self) -> CrewRow | None:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def leave(self) -> None:
        self._run(trip_departed)

    def well(self) -> None:
        """All well, with what stands in the note."""
        self._run(crew_word, self.panel.note.text())

    def later(self) -> None:
        """The time in the field; the first press goes there."""
        text = self.panel.back.text().strip()
        if not text:
            self.panel.back.setFocus()
            return
        minutes = read_clock(text)
        if minutes is None:
            self._refused(UserError("time.unreadable", value=text))
        else:
            self._run(crew_word, self.panel.note.text(), minutes)

    def back(self) -> None:
        self._run(trip_back, self.panel.note.text())

    def _run(self, verb: Callable[..., object], *args: object) -> None:
        row = self.chosen()
        if row is None or not allowed(self):
            return
        self.context.tasks.run_verb(
            verb, self.context.session, row.line.trip_id, *args, done=self._written, failed=self._refused
        )

    def _written(self, _nothing: object) -> None:
        self.panel.clear()
        self.table.setFocus()

    def _refused(self, error: UserError) -> None:
        self.context.show_notice(texts.error_text(error), Kind.WARNING)

    def _escort(self, text: str) -> None:
        row = self.chosen()
        if row is not None and text.strip() != row.line.escort and allowed(self):
            self.context.tasks.run_verb(set_escort, self.context.session, row.line.trip_id, text, failed=self._refused)

    def _take(self, board: CrewBoard) -> None:
        self.board = board
        self.tick()

    def _show_chosen(self) -> None:
        row = self.chosen()
        self.panel.show_crew(row.line if row else None, row.standing if row else None)

    def _summary(self, found: list[CrewRow]) -> str:
        out = sum(row.line.run.departed is not None and row.standing.state is not CrewState.BACK for row in found)
        waiting = sum(row.standing.state in (CrewState.WAITING, CrewState.NOT_LEFT) for row in found)
        back = sum(row.standing.state is CrewState.BACK for row in found)
        words = _("On the road: {out}. Not left yet: {waiting}. Back: {back}.")
        return words.format(out=out, waiting=waiting, back=back)

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _id: self._show_chosen())
        self.table.opened.connect(lambda _id: self.panel.note.setFocus())
        self.panel.escort_typed.connect(self._escort)
        self.panel.word_typed.connect(self.well)
        self.panel.back_typed.connect(self.later)
        for name, slot, button in (
            ("crew.left", self.leave, self.panel.left_button), ("crew.well", self.well, self.panel.well_button),
            ("crew.later", self.later, self.panel.later_button), ("crew.back", self.back, self.panel.back_button),
        ):  # fmt: skip
            actions.make(self, name, slot)
            button.clicked.connect(slot)
        actions.make(self, "crew.note", self.panel.note.setFocus)

    def _lay_out(self) -> None:
        go = lambda: self.context.navigate("schedule")  # noqa: E731
        words = _("The crews of a day stand here as soon as it has trips.")
        self.table.set_empty(EmptyState("fleet", _("No trips on this day"), words, step=_("Schedule"), then=go))
        head = QHBoxLayout()
        head.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(8))
        column.addWidget(self.alarm)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.panel)
