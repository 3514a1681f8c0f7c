"""Call mode: whom to call now, the number large, what to say, one key for what came of it, and on to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.domain.decision import Again
from coordinator.domain.outreach import Channel, Result
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.calls import CallCard, call_card, call_queue, overdue
from coordinator.queries.who_next import NextRow
from coordinator.services.attempts import Talk, add_number, record_talk
from coordinator.session import Session
from resources.i18n import _
from ui import actions, ask, call_words, texts, theme
from ui.dialogs.record import Field, RecordDialog
from ui.pages.base import Page, PageContext
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.next_columns import queue_columns
from ui.tables.view import TableView
from ui.widgets.calling.card import CallCardView
from ui.widgets.calling.outcome import OutcomeForm
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind

FIRST_SPLIT = (430, 720)


class CallsPage(Page):
    name = "calls"
    depends_on = (
        Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.PLACES | Touched.SCHEDULE | Touched.EVENTS
        | Touched.SETTINGS | Touched.SHELLING
    )  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self.rows: TableModel[NextRow] = TableModel(queue_columns(context.session.today()))
        self.table = TableView(self.rows, _("Households to call"), lines=2)
        self.table.lists_people("calls", lambda row: row.people)
        self.card, self.outcome = CallCardView(), OutcomeForm(context)
        self.count = QLabel()
        self.only_overdue = QPushButton(_("Only overdue call-backs"))
        self._lay_out()
        self._connect()
        self._make_actions()

    def title(self) -> str:
        return _("Calls")

    def refresh(self, change: Change | None) -> None:
        session, day = self.context.session, self.context.day
        late = self.only_overdue.isChecked()
        self.context.tasks.run_query(_queue, session, day, late, done=self._take, key=(self, "queue"))
        if change is None or not change.households or self._current() in change.households:
            self._read_card(self._current())

    def state(self) -> dict[str, Any]:
        return {
            "household": self._current(),
            "overdue": self.only_overdue.isChecked(),
            "note": self.outcome.note.text(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self._wanted = state.get("household", "")
        self.only_overdue.setChecked(bool(state.get("overdue")))
        self.outcome.note.setText(state.get("note", ""))

    def show_target(self, **what: Any) -> None:
        """navigate("calls", overdue=True) or household=id."""
        self.only_overdue.setChecked(bool(what.get("overdue")))
        self._wanted = what.get("household", "")
        if self._wanted:
            self._read_card(self._wanted)

    def come_into_view(self) -> None:
        super().come_into_view()
        self.table.take_focus()

    def record(self, talk: Talk) -> None:
        """Save what came of it; then the next household."""
        household_id = self._on_the_line()
        if not household_id:
            return
        number = self.card.dialled if talk.channel is Channel.CALL else None
        talk = replace(talk, phone=(number.e164 or number.raw) if number else "")
        after = self._next_id() if talk.result is not Result.WRONG_NUMBER else household_id
        shown = self.card.found.card.household.number if self.card.found else 0

        def saved(again: Again) -> None:
            words = _("Household {number}: {outcome}; {again}.").format(
                number=shown, outcome=texts.label(talk.result), again=call_words.again_words(again)
            )
            self.context.show_notice(words, Kind.SUCCESS)
            if self._on_the_line() == household_id:
                self.outcome.start_anew()
                self._wanted = after
                self._go_on(after)

        self.context.tasks.run_verb(
            record_talk, self.context.session, household_id, talk, done=saved, failed=self.outcome.refuse
        )

    def skip(self) -> None:
        """The next household, with nothing recorded of this one."""
        self.outcome.start_anew()
        self._go_on(self._next_id())

    def add_number(self) -> None:
        household_id = self._on_the_line()
        if not household_id:
            return
        field = Field("phone", _("Number, and whose it is"), required=True, hint="050 123 45 67 (сусідка)")
        dialog = RecordDialog(_("Add a number"), [field], {}, self.context.day, self)
        dialog.submitted.connect(lambda values: self._add_number(dialog, household_id, values["phone"]))
        ask.show(dialog)

    def _add_number(self, dialog: RecordDialog, household_id: str, text: str) -> None:
        self.context.tasks.run_verb(
            add_number, self.context.session, household_id, text,
            done=lambda _count: dialog.accept(), failed=dialog.refuse,
        )  # fmt: skip

    def _take(self, data: TableData[NextRow]) -> None:
        self.rows.set_rows(data)
        self.count.setText(_("To call: {households}").format(households=texts.households(len(data.ids))))
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif not self._current() and self.rows.rowCount():
            self.table.select_id(self.rows.row_id(0))
        if not self.rows.rowCount() and not self._wanted:
            self.card.show_card(None, self.context.session.today())

    def _current(self) -> str:
        return self.table.current_id()

    def _on_the_line(self) -> str:
        return self.card.found.card.household.id if self.card.found else ""

    def _next_id(self) -> str:
        row = self.rows.row_of(self._on_the_line())
        after = 0 if row is None else row + 1
        return self.rows.row_id(after) if after < self.rows.rowCount() else ""

    def _go_on(self, household_id: str) -> None:
        if household_id and self.table.select_id(household_id):
            self._wanted = ""
        self.table.take_focus()

    def _changed(self, household_id: str) -> None:
        if household_id and household_id != self._on_the_line():
            self.outcome.start_anew()
            # Nothing is recorded of the one before while the next is being read.
            self.card.show_card(None, self.context.session.today())
            self._read_card(household_id)

    def _read_card(self, household_id: str) -> None:
        if household_id:
            self.context.tasks.run_query(
                call_card, self.context.session, household_id, self.context.day,
                done=self._show_card, failed=self._gone, key=(self, "card"),
            )  # fmt: skip

    def _show_card(self, found: CallCard) -> None:
        """Unless somebody else is on the line by now."""
        if found.card.household.id not in (self._current(), self._wanted):
            return
        self.card.show_card(found, self.context.session.today())

    def _gone(self, error: UserError) -> None:
        self.card.show_card(None, self.context.session.today())
        self.context.show_notice(texts.error_text(error), Kind.WARNING)

    def _connect(self) -> None:
        self.table.current_changed.connect(self._changed)
        self.table.opened.connect(self._open)
        self.card.open_wanted.connect(self._open)
        self.outcome.told.connect(self.record)
        self.only_overdue.toggled.connect(lambda _on: self.refresh(None))

    def _open(self, household_id: str) -> None:
        self.context.navigate("registry", household=household_id)

    def _make_actions(self) -> None:
        for result in Result:
            actions.make(self, f"call.{result.value}", lambda one=result: self.outcome.pick(one))
        actions.make(self, "call.skip", self.skip)
        actions.make(self, "call.other_number", self.card.other_number)
        actions.make(self, "call.add_number", self.add_number)
        actions.make(self, "household.open", lambda: self._on_the_line() and self._open(self._on_the_line()))

    def _lay_out(self) -> None:
        theme.dress(self.count, "strong")
        self.only_overdue.setCheckable(True)
        theme.dress(self.only_overdue, "quiet")
        self.table.set_empty(EmptyState("phone", _("Nobody to call now"), _("An agreed call comes back at its time.")))
        left, right = QWidget(), QWidget()
        listed, line = QVBoxLayout(left), QVBoxLayout(right)
        head = QHBoxLayout()
        head.addWidget(self.count, 1)
        head.addWidget(self.only_overdue)
        listed.addLayout(head)
        listed.addWidget(self.table, 1)
        line.addWidget(self.card, 1)
        line.addWidget(self.outcome)
        for layout in (listed, line):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.unit(8))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(left)
        split.addWidget(right)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(1, 1)
        split.setSizes([theme.unit(size) for size in FIRST_SPLIT])
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.addWidget(split)


def _queue(session: Session, day: Any, late: bool) -> TableData[NextRow]:
    """In a worker: the list in its own order."""
    rows = overdue(session, day) if late else call_queue(session, day, session.user)
    return prepare(queue_columns(session.today()), rows, lambda row: row.id, lambda row: row.search_text)
