"""The columns of a recipient's own form, and what of ours fills each: guessed, changed by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QScrollArea, QWidget

from coordinator.exchange.template import Slot
from coordinator.exchange.writing import Column
from resources.i18n import _
from ui import theme


class FormColumns(QScrollArea):
    """`changed` when a column is filled otherwise."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[int, QComboBox] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(_("Columns of the form"))

    def show_slots(self, slots: Sequence[Slot], columns: Sequence[Column]) -> None:
        body = QWidget()
        form = QFormLayout(body)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.boxes = {}
        for slot in slots:
            box = QComboBox()
            box.addItem(_("– nothing of ours –"), "")
            for column in columns:
                box.addItem(column.words, column.key)
            box.setCurrentIndex(max(0, box.findData(slot.key)))
            box.setAccessibleName(slot.header)
            box.setMinimumContentsLength(10)
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
            words = QLabel(slot.header)
            words.setWordWrap(True)
            words.setMaximumWidth(theme.unit(200))
            words.setBuddy(box)
            form.addRow(words, box)
            self.boxes[slot.place] = box
        self.setWidget(body)

    def keys(self) -> dict[int, str]:
        """Place of a column -> the key of ours that fills it, "" for none."""
        return {place: str(box.currentData()) for place, box in self.boxes.items()}
