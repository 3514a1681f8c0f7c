"""Who of a household came along: one box a person, all ticked to begin with."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui.widgets.chips import FlowLayout


class PeopleBoxes(QWidget):
    def __init__(self, name: str) -> None:
        """`name` is a translated noun for screen readers: "Who boarded"."""
        super().__init__()
        self.setAccessibleName(name)
        self.boxes: dict[str, QCheckBox] = {}
        self._flow = FlowLayout(gap=4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._flow)

    def show_people(self, people: Iterable[tuple[str, str, bool]]) -> None:
        """(id, name, ticked) of each; boxes that stand already are used again, so that the focus stays."""
        wanted = list(people)
        if [person_id for person_id, _name, _on in wanted] != list(self.boxes):
            self._flow.empty()
            self.boxes = {person_id: QCheckBox() for person_id, _name, _on in wanted}
            for box in self.boxes.values():
                self._flow.addWidget(box)
        for person_id, name, on in wanted:
            self.boxes[person_id].setText(name)
            self.boxes[person_id].setChecked(on)

    def chosen(self) -> frozenset[str]:
        return frozenset(person_id for person_id, box in self.boxes.items() if box.isChecked())

    def everybody(self) -> bool:
        return all(box.isChecked() for box in self.boxes.values())
