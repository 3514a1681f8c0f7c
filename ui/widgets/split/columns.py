"""Two columns, who leaves and who stays: an arrow key, a double click or dragging moves a person to the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QGridLayout, QLabel, QListWidget, QListWidgetItem, QWidget

from coordinator.domain.escorting import is_child
from coordinator.domain.person import Person
from resources.i18n import _
from ui import theme
from ui.signs import need_sign

_PERSON = Qt.ItemDataRole.UserRole
Words = Callable[[Person], str]
FEWEST_SEEN, MOST_SEEN = 3, 6
"""Rows of the columns, by the size of the family."""


class PartList(QListWidget):
    """`crossing(person id)`: this person goes to the other column. `dropped`: somebody was dragged here."""

    crossing = Signal(str)
    dropped = Signal()

    def __init__(self, name: str, towards: Qt.Key) -> None:
        super().__init__()
        self._towards = towards
        self.setAccessibleName(name)
        self.setIconSize(QSize(theme.unit(16), theme.unit(16)))
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemDoubleClicked.connect(lambda item: self.crossing.emit(item.data(_PERSON)))

    def ids(self) -> list[str]:
        return [str(self.item(row).data(_PERSON)) for row in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (self._towards, Qt.Key.Key_Space) and item is not None:
            self.crossing.emit(item.data(_PERSON))
        else:
            super().keyPressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        super().dropEvent(event)
        self.dropped.emit()


class Columns(QWidget):
    """`changed` when somebody has changed the column."""

    changed = Signal()

    def __init__(self, people: Sequence[Person], stays: frozenset[str], day: date) -> None:
        super().__init__()
        self._day = day
        self._people = {person.id: person for person in people}
        self.leave = PartList(_("Who leaves"), Qt.Key.Key_Right)
        self.stay = PartList(_("Who stays"), Qt.Key.Key_Left)
        self.captions = QLabel(), QLabel()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.unit(14))
        for column, (caption, part) in enumerate(zip(self.captions, (self.leave, self.stay), strict=True)):
            theme.dress(caption, "strong")
            caption.setBuddy(part)
            grid.addWidget(caption, 0, column)
            grid.addWidget(part, 1, column)
            grid.setColumnStretch(column, 1)
        hint = QLabel(_("→ and ← move a person, Tab changes the column; the mouse drags"))
        hint.setWordWrap(True)
        theme.dress(hint, "small")
        grid.addWidget(hint, 2, 0, 1, 2)
        for person in people:
            (self.stay if person.id in stays else self.leave).addItem(self._item(person))
        seen = min(max(FEWEST_SEEN, len(people)), MOST_SEEN)
        for part in (self.leave, self.stay):
            part.setMinimumHeight(seen * theme.unit(44))
            part.crossing.connect(self.cross)
            part.dropped.connect(self.changed)
            part.setCurrentRow(0)

    def leaves(self) -> frozenset[str]:
        return frozenset(self.leave.ids())

    def set_stays(self, stays: Sequence[str]) -> None:
        for person_id in list(self._people):
            if (person_id in self.stay.ids()) != (person_id in stays):
                self.cross(person_id)

    def cross(self, person_id: str) -> None:
        """To the other column, where the person is the current one, at their place in the family."""
        start, end = (self.leave, self.stay) if person_id in self.leave.ids() else (self.stay, self.leave)
        item = start.takeItem(start.ids().index(person_id))
        order = list(self._people)
        place = sum(1 for one in end.ids() if order.index(one) < order.index(person_id))
        end.insertItem(place, item)
        end.setCurrentItem(item)
        end.setFocus()
        self.changed.emit()

    def say(self, words: Words, titles: tuple[str, str]) -> None:
        """What stands beside each person now, and above the columns."""
        for caption, title in zip(self.captions, titles, strict=True):
            caption.setText(title)
        for part in (self.leave, self.stay):
            for row in range(part.count()):
                item = part.item(row)
                text = words(self._people[item.data(_PERSON)])
                item.setText(text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, text.replace("\n", ", "))

    def _item(self, person: Person) -> QListWidgetItem:
        item = QListWidgetItem("")
        item.setData(_PERSON, person.id)
        sign = need_sign(person.needs) or ("child" if is_child(person, self._day) else "")
        item.setIcon(theme.icon(sign or "people", "text" if sign else "muted"))
        return item
