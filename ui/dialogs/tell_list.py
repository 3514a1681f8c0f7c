"""Those who have to be told that their pickup changed: phone, old time and new time; one key ticks a household off."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.roles import Right
from coordinator.domain.trip import CallOutcome
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.telling import ToTell, to_tell
from coordinator.services.notices import set_notice
from resources.i18n import N_, _
from ui import actions, texts, theme
from ui.dialogs.call_list import CallsTable, call_button
from ui.pages.base import PageContext
from ui.rights import needs
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.strips import Strip

SHOWN = Touched.SCHEDULE | Touched.HOUSEHOLDS | Touched.DECISIONS
KEYS = {1: CallOutcome.TOLD, 2: CallOutcome.NOT_REACHED, 3: CallOutcome.SAID_NO}


def _after(one: ToTell) -> str:
    if one.after is None:
        return _("not today")
    return _("{time}, {plate}").format(time=texts.minute(one.after), plate=one.plate)


def _said(one: ToTell) -> str:
    at = f" {texts.clock(one.called_at)[:5]}" if one.called_at else ""
    return f"{words.call(one.outcome)}{at}"


COLUMNS: tuple[Column[ToTell], ...] = (
    Column("who", N_("Household"), lambda one: f"{one.number}  {words.head(one.head)}", width=20),
    Column("phone", N_("Phones"), lambda one: ", ".join(one.phones) or _("no phone"), width=15),
    Column("before", N_("Was"), lambda one: texts.minute(one.before), sort=lambda one: one.before, width=8),
    Column("after", N_("Will be"), _after, sort=lambda one: one.after, width=16),
    Column(
        "said", N_("Call"), _said, width=15,
        icon=lambda one: words.CALL_SIGNS[one.outcome][0] if one.outcome else "",
        mark=lambda one: words.CALL_SIGNS[one.outcome][1] if one.outcome else "",
    ),
)  # fmt: skip


class TellListDialog(QDialog):
    """`print_wanted` asks for those who are still to be told, on paper."""

    print_wanted = Signal()

    def __init__(self, context: PageContext, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day = context, day
        self.setWindowTitle(_("Tell them: the pickup of {day} changed").format(day=texts.day_short(day)))
        self.tally = QLabel()
        self.rows: TableModel[ToTell] = TableModel(COLUMNS)
        self.table = CallsTable(self.rows, _("Households to be told"))
        self.table.set_empty(EmptyState("success", _("Everybody knows"), _("No pickup of this day was changed.")))
        self.table.lists_people("call-list", lambda one: one.people)
        self.message = Strip(Kind.INFO)
        self.buttons = {outcome: call_button(digit, outcome) for digit, outcome in KEYS.items()}
        self._lay_out()
        self._connect()
        self._ask()

    def call(self, outcome: CallOutcome) -> None:
        """Record what came of the call to the current household, and go on to the next that is not told."""
        one = self.current()
        if one is not None:
            self._context.tasks.run_verb(
                set_notice, self._context.session, one.household_id, self._day, outcome,
                done=lambda _nothing: self._ask(), failed=self._say_error,
            )  # fmt: skip

    def current(self) -> ToTell | None:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def _ask(self) -> None:
        self._context.tasks.run_query(to_tell, self._context.session, self._day, done=self._show, key=(self, "tell"))

    def _hear(self, change: Change) -> None:
        if change.touched & SHOWN:
            self._ask()

    def _show(self, found: list[ToTell]) -> None:
        self.rows.set_rows(prepare(COLUMNS, found, lambda one: one.household_id))
        told = sum(one.told for one in found)
        self.tally.setText(_("Told {told} of {all}").format(told=told, all=texts.households(len(found))))
        now = self.current()
        if now is None or now.told:
            following = next((one for one in found if one.outcome is None), None)
            if following is not None:
                self.table.select_id(following.household_id)
        for button in self.buttons.values():
            button.setEnabled(bool(found))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_error(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _connect(self) -> None:
        self.table.called.connect(self.call)
        for outcome, button in self.buttons.items():
            button.setCheckable(False)
            button.clicked.connect(lambda _on=False, outcome=outcome: self.call(outcome))
        self._context.bridge.changed.connect(self._hear)
        actions.make(self, "print", self.print_wanted.emit)

    def _lay_out(self) -> None:
        theme.dress(self.tally, "heading")
        row, below = QHBoxLayout(), QHBoxLayout()
        for button in self.buttons.values():
            needs(button)
            row.addWidget(button, 1)
        paper, close = QPushButton(theme.icon("print"), _("Print those still to be told…")), QPushButton(_("Close"))
        needs(paper, Right.PRINT)
        paper.clicked.connect(self.print_wanted)
        close.clicked.connect(self.accept)
        for button in (paper, close):
            button.setAutoDefault(False)
        below.addWidget(paper)
        below.addStretch(1)
        below.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        for part in (self.tally, self.table, self.message):
            column.addWidget(part, 1 if part is self.table else 0)
        column.addLayout(row)
        column.addLayout(below)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(940), room.width() - 40), min(theme.unit(560), room.height() - 60))
