"""What came of the talk: one digit; where more belongs to it, a short form below, Enter saves."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.days import moment_of, read_clock, split_turn
from coordinator.domain.decision import Decision, Obstacle, Said
from coordinator.domain.names import clean
from coordinator.domain.outreach import OF_CALLS, Channel, Result
from coordinator.errors import UserError
from coordinator.services.attempts import Talk
from resources.i18n import _
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.rights import needs
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField

TOLD = (
    Decision.UNDECIDED, Decision.PREPARING, Decision.PACKED, Decision.WANTS_PICKUP, Decision.LEFT_THEMSELVES,
    Decision.RETURNED,
)  # fmt: skip
"""Decisions that a talk can bring, beside a refusal."""
ASKS_MORE = frozenset({Result.TALKED, Result.CALL_LATER, Result.REFUSED})
MORNING = "09:00"


class OutcomeForm(QFrame):
    """`told(Talk)` when it is complete; `refuse(error)` says why it was not saved; nothing typed is lost then."""

    told = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        theme.dress(self, "card")
        self._context = context
        self._result: Result | None = None
        self.channel, self.note = QComboBox(), QLineEdit()
        self.decision, self.reason, self.signed = QComboBox(), QLineEdit(), QCheckBox(_("The form is signed"))
        self.wants, self.again = DayField(_("On or before"), context.day), DayField(_("Day"), context.session.today())
        self.time, self.despite = QLineEdit(MORNING), QLineEdit()
        self.obstacles: dict[Obstacle, QPushButton] = {}
        self.buttons: dict[Result, QPushButton] = {}
        self.save, self.back, self.fault = QPushButton(_("Save")), QPushButton(_("Back")), QLabel()
        self.more = QFrame()
        self._form = QFormLayout(self.more)
        self._lay_out()
        self._connect()
        self.start_anew()

    def start_anew(self) -> None:
        """For the next household."""
        self._result = None
        self.more.hide()
        self.fault.hide()
        for field in (self.note, self.reason, self.despite):
            field.clear()
        self.wants.set_day(None)
        self.again.set_day(None)
        self.time.setText(MORNING)
        self.signed.setChecked(False)
        self.decision.setCurrentIndex(0)
        for button in self.obstacles.values():
            button.setChecked(False)
        for result, button in self.buttons.items():
            button.setChecked(False)
            button.setText(f"{actions.key_text(f'call.{result.value}')}  {texts.label(result)}")

    def pick(self, result: Result) -> None:
        """An outcome was chosen: told at once, or the fields that belong to it."""
        if result in OF_CALLS and self._channel() is not Channel.CALL:
            self.refuse(UserError("talk.not_by_phone"))
            return
        self._result = result
        for one, button in self.buttons.items():
            button.setChecked(one is result)
        self.fault.hide()
        if result not in ASKS_MORE:
            self.submit()
            return
        self.more.show()
        self._show_fields(result)

    def submit(self) -> None:
        if self._result is None:
            return
        try:
            self.told.emit(self._read(self._result))
        except UserError as error:
            self.refuse(error)

    def refuse(self, error: UserError) -> None:
        if error.code == "decision.children_kept":
            self._form.setRowVisible(self.despite, True)
            self.despite.setFocus()
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.more.isVisible():
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self._result = None
        self.more.hide()
        for button in self.buttons.values():
            button.setChecked(False)
        self.buttons[Result.TALKED].setFocus()

    def _show_fields(self, result: Result) -> None:
        talked, refused = result is Result.TALKED, result is Result.REFUSED
        for field, shown in (
            (self.decision, talked), (self.wants, talked and self._told() is Decision.WANTS_PICKUP),
            (self._holds, talked or refused), (self.reason, refused), (self.signed, refused), (self.despite, False),
        ):  # fmt: skip
            self._form.setRowVisible(field, shown)
        empty = _("needed") if result is Result.CALL_LATER else _("by the rule of the outcome")
        self.again.say_empty(empty)
        first = self.decision if talked else self.reason if refused else self.again
        first.setFocus()

    def _channel(self) -> Channel:
        return Channel(self.channel.currentData())

    def _told(self) -> Decision | None:
        code = self.decision.currentData()
        return Decision(code) if code else None

    def _read(self, result: Result) -> Talk:
        note = clean(self.note.text())
        return Talk(
            self._channel(), result, note=note, agreed=self._agreed(), said=self._said(result),
            despite=clean(self.despite.text()),
        )  # fmt: skip

    def _said(self, result: Result) -> Said | None:
        held = tuple(one for one, button in self.obstacles.items() if button.isChecked()) or None
        if result is Result.REFUSED:
            reason = clean(self.reason.text())
            return Said(Decision.REFUSED, reason=reason, form_signed=self.signed.isChecked(), holds_back=held)
        told = self._told()
        if result is not Result.TALKED or told is None:
            return None
        wants = self.wants.day() if told is Decision.WANTS_PICKUP else None
        return Said(told, wants, holds_back=held)

    def _agreed(self) -> datetime | None:
        if not self.more.isVisible():
            return None
        day = self.again.day()
        if day is None:
            if self.again.edit.text().strip():
                raise UserError("setting.day", value=self.again.edit.text().strip())
            return None
        text, turn = split_turn(self.time.text())
        minutes = read_clock(text)
        if minutes is None:
            raise UserError("time.unreadable", value=text)
        return moment_of(day, minutes, turn)

    def _connect(self) -> None:
        self.save.clicked.connect(self.submit)
        self.back.clicked.connect(self._leave)
        self.decision.currentIndexChanged.connect(lambda _i: self._result and self._show_wish())
        for field in (self.note, self.reason, self.time, self.despite, self.again.edit, self.wants.edit):
            field.returnPressed.connect(self.submit)

    def _show_wish(self) -> None:
        self._form.setRowVisible(self.wants, self._told() is Decision.WANTS_PICKUP)

    def _lay_out(self) -> None:
        for channel in Channel:
            self.channel.addItem(texts.label(channel), channel.value)
        self.decision.addItem(_("as before"), "")
        for decision in TOLD:
            self.decision.addItem(texts.label(decision), decision.value)
        names = (
            (self.channel, _("How they were reached")), (self.note, _("What was said")), (self.decision, _("Decision")),
            (self.reason, _("Reason")), (self.time, _("Time, Kyiv")),
            (self.despite, _("Why it stands although children stay")),
        )  # fmt: skip
        for field, name in names:
            field.setAccessibleName(name)
        top = QHBoxLayout()
        self.note.setPlaceholderText(_("What was said"))
        top.addWidget(self.channel)
        top.addWidget(self.note, 1)
        self._holds = QWidget()
        holds = FlowLayout(self._holds)
        for obstacle in Obstacle:
            button = self.obstacles[obstacle] = QPushButton(texts.label(obstacle))
            button.setCheckable(True)
            holds.addWidget(button)
        outcomes = QWidget()
        flow = FlowLayout(outcomes)
        for result in Result:
            button = self.buttons[result] = QPushButton()
            button.setCheckable(True)
            button.setToolTip(actions.tooltip(f"call.{result.value}"))
            button.clicked.connect(lambda _on, one=result: self.pick(one))
            needs(button)
            flow.addWidget(button)
        when = QWidget()
        row = QHBoxLayout(when)
        row.setContentsMargins(0, 0, 0, 0)
        self.time.setFixedWidth(self.time.fontMetrics().horizontalAdvance("00:00 (2)") + theme.unit(24))
        row.addWidget(self.again, 1)
        row.addWidget(self.time)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addRow(_("Decision"), self.decision)
        self._form.addRow(_("On or before"), self.wants)
        self._form.addRow(_("Reason"), self.reason)
        self._form.addRow(_("Why it stands although children stay"), self.despite)
        self._form.addRow(_("What holds them back"), self._holds)
        self._form.addRow("", self.signed)
        self._form.addRow(_("Ask again"), when)
        theme.dress(self.save, "primary")
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self.back)
        below.addWidget(self.save)
        self._form.addRow(below)
        theme.dress(self.fault, "notice", "warning")
        self.fault.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(12)] * 4)
        column.setSpacing(theme.unit(8))
        for part in (outcomes, self.more, self.fault):
            column.addWidget(part)
        column.insertLayout(1, top)
