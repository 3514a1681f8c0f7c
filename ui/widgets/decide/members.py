"""Members who do not decide as the household: one line a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from coordinator.domain.decision import Decision, Said
from coordinator.domain.names import clean
from coordinator.domain.person import Person, age_on
from resources.i18n import _
from ui import texts, theme
from ui.signs import DECISION_SIGNS
from ui.widgets.day_field import DayField
from ui.widgets.decide.choices import ORDER
from ui.widgets.household.escorts import person_name
from ui.widgets.household.members import age_words

FOLLOWS = ""


class MemberWord(QWidget):
    """The own word of one member: nothing where it is the household's; else the decision with its day or reason."""

    changed = Signal()

    def __init__(self, person: Person, near: date, *, away: bool) -> None:
        super().__init__()
        self.person, self.away = person, away
        name = person_name(person)
        self.choice = QComboBox()
        self.choice.setAccessibleName(_("Decision of {name}").format(name=name))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(16)
        self.choice.addItem(_("As the household"), FOLLOWS)
        for one in ORDER:
            if one is not Decision.EVACUATED or person.decision is one:
                icon, role = DECISION_SIGNS[one]
                self.choice.addItem(theme.icon(icon, role), texts.label(one), one.value)
        self.choice.setCurrentIndex(max(0, self.choice.findData(person.decision.value if person.decision else FOLLOWS)))
        self.day = DayField(_("Day for {name}").format(name=name), near, empty=_("as soon as possible"))
        self.day.set_day(person.wants_on)
        self.reason = QLineEdit(person.refusal_reason)
        self.reason.setAccessibleName(_("Reason of {name}").format(name=name))
        self.reason.setPlaceholderText(_("reason"))
        self._before = self.said()
        self.choice.currentIndexChanged.connect(lambda _place: self._show())
        self._show()

    def said(self) -> Said | None:
        code = self.choice.currentData()
        if code == FOLLOWS:
            return None
        decision = Decision(code)
        day = self.day.day()
        return Said(
            decision, day if decision is Decision.WANTS_PICKUP else None,
            clean(self.reason.text()) if decision is Decision.REFUSED else "",
            on=day if decision in (Decision.LEFT_THEMSELVES, Decision.RETURNED) else None,
        )  # fmt: skip

    def news(self) -> bool:
        """Another word than the register has."""
        return self.said() != self._before

    def _show(self) -> None:
        code = self.choice.currentData()
        self.day.setVisible(code in (Decision.WANTS_PICKUP, Decision.LEFT_THEMSELVES, Decision.RETURNED))
        happened = code in (Decision.LEFT_THEMSELVES, Decision.RETURNED)
        self.day.say_empty(_("today") if happened else _("as soon as possible"))
        self.reason.setVisible(code == Decision.REFUSED)
        self.changed.emit()


class MemberWords(QWidget):
    """`changed` when somebody's word is another."""

    changed = Signal()

    def __init__(self, people: tuple[Person, ...], away: frozenset[str], day: date) -> None:
        super().__init__()
        self.setAccessibleName(_("Members who decide otherwise"))
        self.rows = {person.id: MemberWord(person, day, away=person.id in away) for person in people}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.unit(10))
        grid.setVerticalSpacing(theme.unit(4))
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 1)
        for place, row in enumerate(self.rows.values()):
            grid.addWidget(self._name(row, day), place, 0)
            grid.addWidget(row.choice, place, 1)
            grid.addWidget(row.day, place, 2)
            grid.addWidget(row.reason, place, 2)
            row.changed.connect(self.changed)

    def news(self) -> dict[str, Said | None]:
        """Those whose word is another than the register has."""
        return {one: row.said() for one, row in self.rows.items() if row.news()}

    def following(self, *, away: bool) -> list[str]:
        """Ids of those who stand where the household stands: those who are away, or those at home."""
        return [one for one, row in self.rows.items() if row.said() is None and row.away is away]

    def apart(self, *, away: bool) -> bool:
        """Is there one with a word of their own?"""
        return any(row.said() is not None and row.away is away for row in self.rows.values())

    def standing(self, household: Decision) -> Mapping[str, Decision]:
        """Where each of them would stand."""
        return {one: said.decision if (said := row.said()) else household for one, row in self.rows.items()}

    def fields(self) -> dict[str, QWidget]:
        """For a draft, by names that hold the person."""
        found: dict[str, QWidget] = {}
        for one, row in self.rows.items():
            found |= {f"{one}.word": row.choice, f"{one}.day": row.day, f"{one}.reason": row.reason}
        return found

    def _name(self, row: MemberWord, day: date) -> QLabel:
        words = [person_name(row.person), age_words(age_on(row.person.birth, day))]
        if row.away:
            words.append(_("not at home"))
        label = QLabel(" · ".join(word for word in words if word))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setBuddy(row.choice)
        return label
