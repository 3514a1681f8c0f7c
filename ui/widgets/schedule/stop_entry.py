"""What the paper says of one stop: who boarded, at what time, what was noted; one key for the result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.days import read_clock, split_turn
from coordinator.domain.names import clean
from coordinator.domain.person import age_on
from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.queries.board import BoardStop
from coordinator.queries.stop_people import Rider, StopPeople
from resources.i18n import _
from ui import theme
from ui.rights import needs
from ui.widgets.household.escorts import person_name
from ui.widgets.household.members import age_words
from ui.widgets.schedule import words
from ui.widgets.schedule.people_boxes import PeopleBoxes

RESULT_KEYS = {
    1: StopResult.BOARDED, 2: StopResult.NOT_HOME, 3: StopResult.REFUSED, 4: StopResult.OTHER,
}  # fmt: skip
"""The digit of each result, in the list and on the buttons."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in the fields. `boarded` None: all who were expected. `at` None: not said."""

    result: StopResult
    note: str = ""
    boarded: frozenset[str] | None = None
    at: datetime | None = None
    reason: str = ""


class StopEntry(QFrame):
    """`entered(Entry)` when a result was chosen; `left` when Escape gives the focus back to the list.

    `refused(UserError)`: the time comes twice that night, or never.
    """

    entered = Signal(object)
    refused = Signal(object)
    left = Signal()

    def __init__(self, day: date) -> None:
        super().__init__()
        theme.dress(self, "card")
        self._day = day
        self._stop: BoardStop | None = None
        self._pending: StopResult | None = None
        self._expected: set[str] = set()
        self.title, self.about = QLabel(), QLabel()
        theme.dress(self.title, "strong")
        theme.dress(self.about, "small")
        self.about.setWordWrap(True)
        self.people = PeopleBoxes(_("Who boarded"))
        self.time, self.note, self.reason = _line(_("Actual time")), _line(_("Note")), _line(_("Reason"))
        self.time.setPlaceholderText("06:45")
        self.time.setFixedWidth(theme.unit(76))
        self.note.setPlaceholderText(_("as written on the paper"))
        self.reason.setPlaceholderText(_("why it is corrected; kept in the history"))
        self.buttons = {result: _result_button(digit, result) for digit, result in RESULT_KEYS.items()}
        for part in (self.time, self.note, self.reason, *self.buttons.values()):
            needs(part)
        self._lay_out()
        self._connect()

    def show_stop(self, order: int, stop: BoardStop | None, people: StopPeople | None) -> None:
        """Another stop, or the same one read again: then typed text stays."""
        same = stop is not None and self._stop is not None and stop.stop_id == self._stop.stop_id
        known = self._stop.result if self._stop is not None else None
        self._stop = stop
        self.setEnabled(stop is not None)
        if stop is None:
            self.title.setText(_("Choose a stop"))
            self.about.clear()
            self.people.show_people(())
            return
        line = stop.household
        self.title.setText(_("Stop {n}: {household}").format(n=order, household=words.household(line)))
        parts = (words.place(line), words.people(line.people, line.children), ", ".join(line.phones))
        self.about.setText(" · ".join(part for part in parts if part))
        if not same or stop.result is not known or people is None or len(self.people.boxes) != len(people.riders):
            self._fill(stop, people)

    def choose(self, result: StopResult) -> None:
        """A key was pressed. "Other" needs words, so it waits for the note; everything else is entered at once."""
        if self._stop is None:
            return
        if result is StopResult.OTHER and not clean(self.note.text()):
            self._wait_for(result, self.note, _("what happened there? Enter saves it"))
        elif self.entry(result) is not None:
            self.entered.emit(self.entry(result))

    def show_reason(self, on: bool) -> None:
        self._form.setRowVisible(self.reason, on)

    def ask_reason(self, entry: Entry) -> None:
        """The register wants to know why what was recorded is taken back."""
        self._form.setRowVisible(self.reason, True)
        self._wait_for(entry.result, self.reason, self.reason.placeholderText())

    def entry(self, result: StopResult) -> Entry | None:
        """What stands in the fields with this result; None where the time cannot be used: then the cursor is there."""
        try:
            at = self._at()
        except UserError as error:
            theme.mark_fault(self.time, True)
            self.time.setFocus()
            self.refused.emit(error)
            return None
        theme.mark_fault(self.time, False)
        chosen = self.people.chosen()
        boarded = chosen if result is StopResult.BOARDED and set(chosen) != self._expected else None
        return Entry(result, clean(self.note.text()), boarded, at, clean(self.reason.text()))

    def _at(self) -> datetime | None:
        """The time as a moment; UserError "time.unreadable", "time.twice", "time.never"."""
        assert self._stop is not None
        typed, turn = split_turn(self.time.text().strip())
        if not typed:
            return None
        minutes = read_clock(typed)
        if minutes is None:
            raise UserError("time.unreadable", value=typed)
        return words.moment_on(self._day, minutes, self._stop.arrive, turn)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._pending = None
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _wait_for(self, result: StopResult, field: QLineEdit, hint: str) -> None:
        self._pending = result
        field.setPlaceholderText(hint)
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _entered(self, after: QWidget) -> None:
        """Enter in a field: saves where a result waits for it, else goes on to the next field."""
        if self._pending is None:
            after.setFocus(Qt.FocusReason.TabFocusReason)
            return
        entry = self.entry(self._pending)
        if entry is not None and (entry.note or entry.reason):
            self._pending = None
            self.entered.emit(entry)

    def _fill(self, stop: BoardStop, people: StopPeople | None) -> None:
        self._pending = None
        boarded = stop.result is StopResult.BOARDED
        riders = people.riders if people is not None and people.stop_id == stop.stop_id else ()
        self.people.show_people(
            (rider.person.id, self._rider(rider), rider.boarded if boarded else rider.expected) for rider in riders
        )
        self._expected = {rider.person.id for rider in riders if rider.expected}
        self.time.clear()
        self.note.setText(stop.note)
        self.reason.clear()
        theme.mark_fault(self.time, False)
        self._form.setRowVisible(self.reason, False)
        for result, button in self.buttons.items():
            button.setChecked(result is stop.result)

    def _rider(self, rider: Rider) -> str:
        person, age = rider.person, age_words(age_on(rider.person.birth, self._day))
        return ", ".join(part for part in (person_name(person), age) if part)

    def _connect(self) -> None:
        self.time.returnPressed.connect(lambda: self._entered(self.note))
        self.note.returnPressed.connect(lambda: self._entered(self.buttons[StopResult.BOARDED]))
        self.reason.returnPressed.connect(lambda: self._entered(self.buttons[StopResult.BOARDED]))
        for result, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, result=result: self._clicked(result))

    def _clicked(self, result: StopResult) -> None:
        """The marks show what the register says, not what was clicked."""
        for other, button in self.buttons.items():
            button.setChecked(self._stop is not None and other is self._stop.result)
        self.choose(result)

    def _lay_out(self) -> None:
        fields, row = QHBoxLayout(), QHBoxLayout()
        fields.addWidget(self.time)
        caption = QLabel(_("Note"))
        caption.setBuddy(self.note)
        fields.addWidget(caption)
        fields.addWidget(self.note, 1)
        self._form = form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("Who boarded"), self.people)
        form.addRow(_("Actual time"), fields)
        form.addRow(_("Reason"), self.reason)
        form.setRowVisible(self.reason, False)
        row.setSpacing(theme.unit(8))
        for button in self.buttons.values():
            row.addWidget(button, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(12)] * 4)
        column.setSpacing(theme.unit(6))
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addLayout(form)
        column.addLayout(row)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    return line


def _result_button(digit: int, result: StopResult) -> QPushButton:
    icon, role = words.RESULT_SIGNS[result]
    button = QPushButton(theme.icon(icon, role), _("{key}  {result}").format(key=digit, result=words.result(result)))
    button.setIconSize(QSize(theme.unit(16), theme.unit(16)))
    button.setCheckable(True)
    button.setAutoDefault(False)
    button.setShortcut(f"Alt+{digit}")
    tip = _("{result}: key {key} in the list, Alt+{key} anywhere").format(result=words.result(result), key=digit)
    button.setToolTip(tip)
    button.setAccessibleName(words.result(result))
    return button
