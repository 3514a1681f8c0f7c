"""The call list of the day: the phone large enough to dial, one key for what came of it, then the next."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.roles import Right
from coordinator.domain.trip import CallOutcome
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.services import history
from coordinator.services.notices import set_notice
from resources.i18n import _
from ui import actions, texts, theme
from ui.action_words import done_words
from ui.pages.base import PageContext
from ui.rights import needs
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.call_rows import COLUMNS, CallLine, Calls, call_lines, read_calls, tally
from ui.widgets.schedule.strips import Strip

KEYS = {1: CallOutcome.TOLD, 2: CallOutcome.NOT_REACHED, 3: CallOutcome.SAID_NO}
SHOWN = Touched.SCHEDULE | Touched.HOUSEHOLDS | Touched.DECISIONS


class CallsTable(TableView):
    """`called(CallOutcome)` by one digit."""

    called = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.text().isdecimal() and int(event.text()) in KEYS:
            self.called.emit(KEYS[int(event.text())])
        else:
            super().keyPressEvent(event)


class CallListDialog(QDialog):
    """`print_wanted` asks for the list on paper. Who said no stays in sight here, so that it can be taken back."""

    print_wanted = Signal()

    def __init__(self, context: PageContext, day: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day = context, day
        self._said_no: dict[str, CallLine] = {}
        self._go_on_from = ""
        self.setWindowTitle(_("Call list of {day}").format(day=texts.day_long(day)))
        self.rows: TableModel[CallLine] = TableModel(COLUMNS)
        self.table = CallsTable(self.rows, _("Households to call"))
        nobody = _("Plan the day first; trips that have left are not called.")
        self.table.set_empty(EmptyState("phone", _("Nobody to call"), nobody))
        self.tally, self.who, self.phone, self.about = QLabel(), QLabel(), QLabel(), QLabel()
        self.message = Strip(Kind.INFO)
        self.buttons = {outcome: call_button(digit, outcome) for digit, outcome in KEYS.items()}
        for button in self.buttons.values():
            needs(button)
        self.table.lists_people("call-list", lambda line: line.line.people)
        self._lay_out()
        self._connect()
        self._ask()

    def call(self, outcome: CallOutcome) -> None:
        """Record what came of the call to the current household, and go on to the next."""
        line = self.current()
        if line is None:
            return
        self._context.tasks.run_verb(
            set_notice, self._context.session, line.key, self._day, outcome,
            done=lambda _nothing: self._called(line, outcome), failed=self._say_error,
        )  # fmt: skip

    def current(self) -> CallLine | None:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def undo(self) -> None:
        def said(undone: history.Undone) -> None:
            what = done_words(undone.label, undone.facts)
            self.message.say(_("Undone: {what}").format(what=what), Kind.SUCCESS)

        self._context.tasks.run_verb(history.undo, self._context.session, done=said, failed=self._say_error)

    def _called(self, line: CallLine, outcome: CallOutcome) -> None:
        said_no = outcome is CallOutcome.SAID_NO
        if said_no:
            self._said_no[line.key] = CallLine(line.line, line.trip, line.stop, outcome, self._context.session.clock())
        elif line.outcome is CallOutcome.SAID_NO:
            self._said_no.pop(line.key, None)
            self.message.say(
                _("Household {number} is ready again and on no trip.").format(number=line.line.number), Kind.INFO
            )
        if said_no:
            text = _("Household {number} was taken off its trip; its decision is “refused”.")
            self.message.say(text.format(number=line.line.number), Kind.INFO)
        elif line.outcome is not CallOutcome.SAID_NO:
            self.message.say("", Kind.INFO)
        self._go_on_from = line.key
        self._ask()

    def _ask(self) -> None:
        self._context.tasks.run_query(
            read_calls, self._context.session, self._day, done=self._show, key=(self, "calls")
        )

    def _hear(self, change: Change) -> None:
        if change.touched & SHOWN:
            self._ask()

    def _show(self, calls: Calls) -> None:
        lines = call_lines(calls)
        present = {line.key for line in lines}
        self._said_no = {key: line for key, line in self._said_no.items() if key not in present}
        lines = sorted([*lines, *self._said_no.values()], key=lambda line: (line.stop.arrive, line.line.number))
        self.rows.set_rows(prepare(COLUMNS, lines, lambda line: line.key))
        found = tally(lines)
        self.tally.setText(
            _("Told {told}, not reached {not_reached}, said no {said_no}, still to call {open}").format(
                told=found.get(CallOutcome.TOLD, 0), not_reached=found.get(CallOutcome.NOT_REACHED, 0),
                said_no=found.get(CallOutcome.SAID_NO, 0), open=found.get(None, 0),
            )
        )  # fmt: skip
        if self._go_on_from or self.current() is None:
            self._go_on()
        self._show_current()

    def _go_on(self) -> None:
        """To the next one who was not called yet; after them to those who were not reached."""
        rows, after = self.rows.records(), self._go_on_from
        self._go_on_from = ""
        place = next((n for n, line in enumerate(rows) if line.key == after), -1)
        order = [*rows[place + 1 :], *rows[: max(0, place)]]
        waiting = [line for line in order if line.outcome is None]
        again = [line for line in order if line.outcome is CallOutcome.NOT_REACHED]
        following = next(iter([*waiting, *again]), None)
        if following is not None:
            self.table.select_id(following.key)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_current(self) -> None:
        line = self.current()
        for button in self.buttons.values():
            button.setEnabled(line is not None)
        if line is None:
            for label in (self.who, self.phone, self.about):
                label.clear()
            return
        self.who.setText(words.household(line.line))
        self.phone.setText("\n".join(line.line.phones) or _("no phone"))
        trip = line.trip
        parts = (
            _("Pickup {time}, trip {number}, {vehicle}").format(
                time=line.pickup, number=trip.number, vehicle=words.vehicle(trip.plate, trip.model)
            ),
            words.place(line.line),
            words.people(line.line.people, line.line.children),
            _("Driver: {driver}").format(driver=" ".join((trip.driver, trip.driver_phone))) if trip.driver else "",
        )
        self.about.setText("\n".join(part for part in parts if part))
        for outcome, button in self.buttons.items():
            button.setChecked(outcome is line.outcome)

    def _say_error(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _connect(self) -> None:
        self.table.current_changed.connect(lambda _id: self._show_current())
        self.table.called.connect(self.call)
        for outcome, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, outcome=outcome: (self._show_current(), self.call(outcome)))
        self._context.bridge.changed.connect(self._hear)
        actions.make(self, "undo", self.undo)
        actions.make(self, "print", self.print_wanted.emit)

    def _lay_out(self) -> None:
        theme.dress(self.tally, "muted")
        theme.dress(self.who, "heading")
        theme.dress(self.phone, "figure")
        self.phone.setAccessibleName(_("Phone"))
        self.phone.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        card, inside, row, below = QFrame(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        theme.dress(card, "card")
        words_column = QVBoxLayout()
        words_column.addWidget(self.who)
        words_column.addWidget(self.about)
        words_column.addStretch(1)
        inside.addLayout(words_column, 1)
        inside.addWidget(self.phone, 0, Qt.AlignmentFlag.AlignTop)
        for button in self.buttons.values():
            row.addWidget(button, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.addLayout(inside)
        column.addLayout(row)
        paper, close = QPushButton(theme.icon("print"), _("Print this list…")), QPushButton(_("Close"))
        needs(paper, Right.PRINT)
        paper.clicked.connect(self.print_wanted)
        close.clicked.connect(self.accept)
        for button in (paper, close):
            button.setAutoDefault(False)
        below.addWidget(paper)
        below.addStretch(1)
        below.addWidget(close)
        outer = QVBoxLayout(self)
        outer.setSpacing(theme.unit(8))
        for part in (self.tally, self.table, card, self.message):
            outer.addWidget(part, 1 if part is self.table else 0)
        outer.addLayout(below)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(960), room.width() - 40), min(theme.unit(640), room.height() - 60))


def call_button(digit: int, outcome: CallOutcome) -> QPushButton:
    icon, role = words.CALL_SIGNS[outcome]
    text = _("{key}  {result}").format(key=digit, result=words.call(outcome))
    button = QPushButton(theme.icon(icon, role), text)
    button.setIconSize(QSize(theme.unit(16), theme.unit(16)))
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setShortcut(f"Alt+{digit}")
    tip = _("{result}: key {key} in the list, Alt+{key} anywhere").format(result=words.call(outcome), key=digit)
    button.setToolTip(tip)
    button.setAccessibleName(words.call(outcome))
    return button
