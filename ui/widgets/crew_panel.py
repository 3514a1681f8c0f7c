"""Below the crews: the chosen one in large letters, what it said, and what can be entered with one key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.crews import CrewState, Standing
from coordinator.queries.crews import CrewLine
from resources.i18n import _
from ui import actions, crew_words, theme
from ui.rights import needs

MOST_WORDS = 4


class CrewPanel(QFrame):
    """`escort_typed(text)` when the field is left; `word_typed` and `back_typed` on Enter in their fields."""

    escort_typed = Signal(str)
    word_typed = Signal()
    back_typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self._shown = ""
        self._typed: dict[str, tuple[str, str]] = {}
        """What was typed for another crew and not sent yet."""
        self.heading, self.words = QLabel(), QLabel()
        theme.dress(self.heading, "heading")
        theme.dress(self.words, "muted")
        for label in (self.heading, self.words):
            label.setWordWrap(True)
        self.escort, self.note, self.back = QLineEdit(), QLineEdit(), QLineEdit()
        self.escort.setPlaceholderText(_("name and phone of who goes along"))
        self.note.setPlaceholderText(_("goes with the next word; Enter sends it"))
        self.back.setPlaceholderText("15:30")
        self.back.setFixedWidth(self.back.fontMetrics().horizontalAdvance("00:00 00:00") + theme.unit(20))
        self.left_button = self._button("crew.left")
        self.well_button = self._button("crew.well")
        self.later_button = self._button("crew.later")
        self.back_button = self._button("crew.back")
        theme.dress(self.well_button, "primary")
        self.escort.editingFinished.connect(lambda: self.escort_typed.emit(self.escort.text()))
        self.note.returnPressed.connect(self.word_typed)
        self.back.returnPressed.connect(self.back_typed)
        self._lay_out()
        self.show_crew(None, None)

    def show_crew(self, line: CrewLine | None, standing: Standing | None) -> None:
        """What is being typed of the same crew stays."""
        key = line.trip_id if line else ""
        if key != self._shown or not self.escort.hasFocus():
            self.escort.setText(line.escort if line else "")
        if key != self._shown:
            self._typed[self._shown] = self.note.text(), self.back.text()
            note, back = self._typed.pop(key, ("", ""))
            self.note.setText(note)
            self.back.setText(back)
        self._shown = key
        if line is None or standing is None:
            self.heading.setText(_("Choose a crew above"))
            self.words.setText("")
        else:
            parts = (line.plate, line.model, line.driver, line.phone, crew_words.state_words(standing))
            self.heading.setText(" · ".join(part for part in parts if part))
            told = [
                crew_words.word_words(word) + (f" ({word.noted_by})" if word.noted_by else "")
                for word in line.words[:MOST_WORDS]
            ]
            hits = crew_words.hit_words(line.hits)
            self.words.setText("\n".join([*([hits] if hits else []), " · ".join(told) or _("No word yet.")]))
        self._enable(standing)

    def typed(self) -> dict[str, tuple[str, str]]:
        """Note and time, by trip, as far as they were not sent."""
        found = {**self._typed, self._shown: (self.note.text(), self.back.text())}
        return {trip: both for trip, both in found.items() if trip and any(both)}

    def restore(self, typed: Mapping[str, tuple[str, str]]) -> None:
        """Take back what `typed` gave, before a crew is shown."""
        self._typed = {trip: (note, back) for trip, (note, back) in typed.items()}

    def clear(self) -> None:
        """After a word was written."""
        self.note.clear()
        self.back.clear()

    def _enable(self, standing: Standing | None) -> None:
        state = standing.state if standing else None
        waits = state in (CrewState.WAITING, CrewState.NOT_LEFT)
        out = state is not None and not waits and state is not CrewState.BACK
        why = _("The crew is back.") if state is CrewState.BACK else _("Choose a crew above")
        for button, name, able, told in (
            (self.left_button, "crew.left", waits, _("The crew has left already.") if out else why),
            (self.well_button, "crew.well", out, _("The crew has not left yet.") if waits else why),
            (self.later_button, "crew.later", out, _("The crew has not left yet.") if waits else why),
            (self.back_button, "crew.back", out, _("The crew has not left yet.") if waits else why),
        ):
            button.setEnabled(able)
            button.setToolTip(actions.tooltip(name) if able else told)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(f"{_(actions.ACTIONS[name].text)}  {actions.key_text(name)}")
        needs(button)
        return button

    def _lay_out(self) -> None:
        fields = QGridLayout()
        fields.setHorizontalSpacing(theme.unit(8))
        for at, (name, field) in enumerate(
            ((_("Goes along"), self.escort), (_("Note"), self.note), (_("Back at"), self.back))
        ):
            field.setAccessibleName(name)
            label = QLabel(name)
            label.setBuddy(field)
            fields.addWidget(label, 0, 2 * at)
            fields.addWidget(field, 0, 2 * at + 1)
        fields.setColumnStretch(1, 2)
        fields.setColumnStretch(3, 3)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.unit(8))
        for button in (self.left_button, self.well_button, self.later_button, self.back_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(6))
        column.addWidget(self.heading)
        column.addWidget(self.words)
        column.addLayout(fields)
        column.addLayout(buttons)
