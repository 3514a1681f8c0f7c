"""Who would be left alone, and what is done about it: somebody who is with them, or the reason why nobody is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from coordinator.domain.names import clean
from coordinator.domain.person import Person
from coordinator.domain.splitting import Alone, Beside, Finding
from resources.i18n import _
from ui import theme
from ui.widgets.household.escorts import person_name
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip

Look = Callable[[int], None]
"""Asks for the head of a household by its number."""


class AloneRow(QWidget):
    """One person. `number_typed(number)` asks who lives there; `show_neighbour` answers."""

    number_typed = Signal(int)
    changed = Signal()

    def __init__(self, person: Person, alone: Alone) -> None:
        super().__init__()
        self.person = person
        self.neighbour: tuple[str, str] | None = None
        name = person_name(person)
        text = (
            _("{name}, a child, would be without an adult.")
            if alone is Alone.CHILD
            else _("{name} needs care, and nobody would be there.")
        )
        self.warning = Strip(Kind.WARNING)
        self.warning.say(text.format(name=name), Kind.WARNING)
        self.reason, self.number = QLineEdit(), QLineEdit()
        self.reason.setAccessibleName(_("Why {name} is left alone").format(name=name))
        self.reason.setPlaceholderText(_("why all the same; kept in the history"))
        self.number.setAccessibleName(_("Number of the household whose head is with {name}").format(name=name))
        self.number.setPlaceholderText(_("or № of the neighbours who are with them"))
        self.found = QLabel()
        theme.dress(self.found, "muted")
        self.found.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(4))
        for part in (self.warning, self.reason, self.number, self.found):
            column.addWidget(part)
        self.reason.textChanged.connect(lambda _text: self.changed.emit())
        self.number.textChanged.connect(self._look)

    def settled(self) -> bool:
        return self.neighbour is not None or bool(clean(self.reason.text()))

    def show_neighbour(self, number: int, found: tuple[str, str] | None) -> None:
        """(person id, name) of the head of that household; None: there is none."""
        if self.number.text().strip().lstrip("№ ") != str(number):
            return
        self.neighbour = found
        self.found.setText(_("with {name}").format(name=found[1]) if found else _("There is no such household."))
        self.found.show()
        self.changed.emit()

    def _look(self, text: str) -> None:
        self.neighbour = None
        digits = text.strip().lstrip("№ ")
        self.found.setVisible(False)
        if digits.isdecimal():
            self.number_typed.emit(int(digits))
        self.changed.emit()


class AloneRows(QWidget):
    """`changed` when something is said about one of them."""

    changed = Signal()

    def __init__(self, look: Callable[[AloneRow, int], object]) -> None:
        super().__init__()
        self.rows: dict[str, AloneRow] = {}
        self._look = look
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.unit(8))

    def show_findings(self, findings: Sequence[Finding], people: Mapping[str, Person]) -> None:
        """Rows that stay keep what was typed."""
        wanted = {finding.person_id: finding for finding in findings}
        for one in [one for one in self.rows if one not in wanted]:
            row = self.rows.pop(one)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for one, finding in wanted.items():
            if one not in self.rows:
                row = self.rows[one] = AloneRow(people[one], finding.alone)
                row.changed.connect(self.changed)
                row.number_typed.connect(lambda number, row=row: self._look(row, number))
                self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def open_ones(self) -> list[AloneRow]:
        return [row for row in self.rows.values() if not row.settled()]

    def reasons(self) -> dict[str, str]:
        return {one: clean(row.reason.text()) for one, row in self.rows.items() if clean(row.reason.text())}

    def beside(self) -> dict[str, Beside]:
        return {one: Beside(row.neighbour[0]) for one, row in self.rows.items() if row.neighbour is not None}
