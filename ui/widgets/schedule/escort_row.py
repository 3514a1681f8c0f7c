"""A child without an escort: choose who travels with it, or say why nobody does. It never keeps one from leaving."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from coordinator.domain.names import clean
from coordinator.domain.person import Person
from coordinator.queries.stop_people import Rider, StopPeople
from resources.i18n import _
from ui import theme
from ui.widgets.household.escorts import person_name

_NOT_YET, _NOBODY = "", "nobody"


class EscortRow(QWidget):
    """`named(child, adult, basis)` or `unaccompanied(child, reason)` when somebody has decided."""

    named = Signal(str, str, str)
    unaccompanied = Signal(str, str)

    def __init__(self, child: Person, number: int, adults: Sequence[tuple[Person, int]]) -> None:
        """`adults` of the trip with the numbers of their households."""
        super().__init__()
        self.child = child
        name = person_name(child)
        title = QLabel(_("{child}, household {number}").format(child=name, number=number))
        theme.dress(title, "strong")
        self.adult = QComboBox()
        self.adult.setAccessibleName(_("Who travels with {child}").format(child=name))
        self.adult.addItem(_("choose who travels along"), _NOT_YET)
        for adult, household in adults:
            text = _("{name}, household {number}").format(name=person_name(adult), number=household)
            self.adult.addItem(text, adult.id)
        self.adult.addItem(_("nobody: give the reason"), _NOBODY)
        self.words = QLineEdit()
        self.words.hide()
        row, column = QHBoxLayout(), QVBoxLayout(self)
        row.addWidget(self.adult, 1)
        row.addWidget(self.words, 1)
        column.setContentsMargins(0, 0, 0, theme.unit(6))
        column.setSpacing(theme.unit(3))
        column.addWidget(title)
        column.addLayout(row)
        self.adult.activated.connect(lambda _n: self._choose())
        self.words.editingFinished.connect(self._say)

    def _choose(self) -> None:
        picked = self.adult.currentData()
        self.words.setVisible(picked != _NOT_YET)
        hint = _("why no adult travels along") if picked == _NOBODY else _("by what right: aunt, letter of the mother…")
        self.words.setPlaceholderText(hint)
        self.words.setAccessibleName(hint)
        if picked == _NOBODY:
            self.words.setFocus()
        elif picked != _NOT_YET:
            self.named.emit(self.child.id, picked, clean(self.words.text()))

    def _say(self) -> None:
        picked, text = self.adult.currentData(), clean(self.words.text())
        if not text or not self.words.isModified():
            return
        self.words.setModified(False)
        if picked == _NOBODY:
            self.unaccompanied.emit(self.child.id, text)
        elif picked != _NOT_YET:
            self.named.emit(self.child.id, picked, text)


def alone(stops: Sequence[StopPeople]) -> list[tuple[Rider, int]]:
    """The children of a trip who have nobody, with the numbers of their households."""
    return [(rider, stop.number) for stop in stops for rider in stop.riders if rider.alone]


def adults(stops: Sequence[StopPeople]) -> list[tuple[Person, int]]:
    return [(rider.person, stop.number) for stop in stops for rider in stop.riders if rider.grown]
