"""Which part of the register leaves: by settlement, hromada, decision, day of leaving, or trip."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from coordinator.domain.decision import Decision
from coordinator.exchange.wanted import PARTS, ExportKind, Only, Part
from coordinator.queries.export_parts import Offered
from resources.i18n import _
from ui import texts, theme
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField
from ui.widgets.filter_button import FilterButton, Value


class PartChooser(QWidget):
    """`changed` when another part is wanted. What a kind cannot be narrowed by is not shown."""

    changed = Signal()

    def __init__(self, near: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: Offered = {}
        self.buttons = {
            Part.SETTLEMENTS: FilterButton(_("Settlement"), lambda: self._values(Part.SETTLEMENTS)),
            Part.HROMADAS: FilterButton(_("Hromada"), lambda: self._values(Part.HROMADAS)),
            Part.DECISIONS: FilterButton(_("Decision"), lambda: self._values(Part.DECISIONS)),
            Part.TRIPS: FilterButton(_("Trip"), lambda: self._values(Part.TRIPS)),
        }
        self.since, self.until = DayField(_("Left on or after"), near), DayField(_("Left on or before"), near)
        self._days = QWidget()
        self._lay_out()
        for button in self.buttons.values():
            button.picked.connect(lambda _keys: self.changed.emit())
        for field in (self.since, self.until):
            field.changed.connect(self.changed)

    def use(self, offered: Offered) -> None:
        """What the register holds for this kind."""
        self._offered = offered

    def show_kind(self, kind: ExportKind, only: Only) -> None:
        self.blockSignals(True)
        parts = PARTS[kind]
        for part, button in self.buttons.items():
            button.setVisible(part in parts)
        self._days.setVisible(Part.LEFT in parts)
        self.setVisible(bool(parts))
        self.buttons[Part.SETTLEMENTS].choose(only.settlements)
        self.buttons[Part.HROMADAS].choose(only.hromadas)
        self.buttons[Part.DECISIONS].choose(frozenset(one.value for one in only.decisions))
        self.buttons[Part.TRIPS].choose(only.trips)
        self.since.set_day(only.since)
        self.until.set_day(only.until)
        self.blockSignals(False)

    def only(self) -> Only:
        chosen = {
            part: button.chosen if not button.isHidden() else frozenset() for part, button in self.buttons.items()
        }
        days = not self._days.isHidden()
        return Only(
            chosen[Part.SETTLEMENTS],
            chosen[Part.HROMADAS],
            frozenset(Decision(code) for code in chosen[Part.DECISIONS]),
            self.since.day() if days else None,
            self.until.day() if days else None,
            chosen[Part.TRIPS],
        )

    def valid(self) -> bool:
        return self.since.valid() and self.until.valid()

    def _values(self, part: Part) -> list[Value]:
        return [Value(key, _words(part, key), n) for key, n in self._offered.get(part, ())]

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in self.buttons.values():
            flow.addWidget(button)
        grid = QGridLayout(self._days)
        grid.setContentsMargins(0, 0, 0, 0)
        for line, (words, field) in enumerate(((_("Left from"), self.since), (_("until"), self.until))):
            label = QLabel(words)
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
        grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(6))
        column.addWidget(buttons)
        column.addWidget(self._days)


def _words(part: Part, key: str) -> str:
    return texts.label(Decision(key)) if part is Part.DECISIONS else key or _("not known")
