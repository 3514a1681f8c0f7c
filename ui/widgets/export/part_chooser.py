"""Which part of the register leaves: by settlement, hromada, decision, day of leaving, or trip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from coordinator.domain.decision import Decision
from coordinator.domain.names import sort_key
from coordinator.exchange.wanted import PARTS, ExportKind, Only, Part
from coordinator.queries.export_content import Gathered
from resources.i18n import _
from ui import texts, theme
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField
from ui.widgets.filter_button import FilterButton, Value

Counts = Counter[str]


class PartChooser(QWidget):
    """`changed` when another part is wanted. What a kind cannot be narrowed by is not shown."""

    changed = Signal()

    def __init__(self, near: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gathered: Gathered | None = None
        self.buttons = {
            Part.SETTLEMENTS: FilterButton(_("Settlement"), lambda: self._values(_settlements)),
            Part.HROMADAS: FilterButton(_("Hromada"), lambda: self._values(_hromadas)),
            Part.DECISIONS: FilterButton(_("Decision"), self._decisions),
            Part.TRIPS: FilterButton(_("Trip"), lambda: self._values(_trips)),
        }
        self.since, self.until = DayField(_("Left on or after"), near), DayField(_("Left on or before"), near)
        self._days = QWidget()
        self._lay_out()
        for button in self.buttons.values():
            button.picked.connect(lambda _keys: self.changed.emit())
        for field in (self.since, self.until):
            field.changed.connect(self.changed)

    def use(self, gathered: Gathered | None) -> None:
        """What the register holds for this kind."""
        self._gathered = gathered

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

    def _values(self, counted: Callable[[Gathered], Counts]) -> list[Value]:
        counts = counted(self._gathered) if self._gathered else Counter()
        return [Value(name, name or _("not known"), n) for name, n in sorted(counts.items(), key=_by_alphabet)]

    def _decisions(self) -> list[Value]:
        counts: Counts = Counter()
        for located in self._gathered.households if self._gathered else ():
            home = located.household
            counts.update(home.stands(person).value for person in home.people)
        return [Value(one.value, texts.label(one), counts[one.value]) for one in Decision if counts[one.value]]

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


def _by_alphabet(entry: tuple[str, int]) -> str:
    return sort_key(entry[0])


def _settlements(gathered: Gathered) -> Counts:
    return _counted(gathered, lambda one: one.settlement)


def _hromadas(gathered: Gathered) -> Counts:
    return _counted(gathered, lambda one: one.hromada)


def _counted(gathered: Gathered, name: Callable[[object], str]) -> Counts:
    """People in lists of people, lines in those that count."""
    counts: Counts = Counter()
    for located in gathered.households:
        counts[name(located)] += len(located.household.people)
    lines: Iterable[object] = (*gathered.summary, *gathered.coverage)
    counts.update(name(line) for line in lines)
    return counts


def _trips(gathered: Gathered) -> Counts:
    return Counter({paper.number: paper.totals.people for paper in gathered.trips})
