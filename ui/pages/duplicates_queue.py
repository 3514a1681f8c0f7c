"""The queue of possible duplicates: its columns, and what narrows it: settlement, file, put aside or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from coordinator.queries.duplicates import PairView, open_pairs
from coordinator.session import Session
from resources.i18n import N_, _, ngettext
from ui import texts
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.widgets.chips import FlowLayout
from ui.widgets.filter_button import FilterButton, Value
from ui.widgets.pair_lines import head_name, reason_words


def settlement_of(view: PairView) -> str:
    return view.first.settlement or view.second.settlement


def source_of(view: PairView) -> str:
    """The file that brought the newer one."""
    return view.second.source


def households_of(view: PairView) -> tuple[str, str]:
    return view.first.household.id, view.second.household.id


COLUMNS: tuple[Column[PairView], ...] = (
    Column("numbers", N_("No."), lambda v: f"{v.first.household.number} – {v.second.household.number}",
           sort=lambda v: (v.first.household.number, v.second.household.number), width=9, always=True),
    Column("head", N_("Head"), lambda v: head_name(v.first.household), width=20),
    Column("why", N_("Why"), lambda v: ", ".join(map(reason_words, v.reasons)),
           sort=lambda v: -len(v.reasons), width=24),
    Column("settlement", N_("Settlement"), settlement_of, width=14),
    Column("file", N_("File"), lambda v: source_of(v) or _("entered by hand"), width=18),
)  # fmt: skip


def read_pairs(session: Session) -> TableData[PairView]:
    """The queue ready to show. Run it on the reader thread."""
    return prepare(COLUMNS, open_pairs(session), lambda view: view.id)


class QueueFilters(QWidget):
    """`changed` when somebody narrows the queue or looks at those put aside."""

    changed = Signal()

    def __init__(self, rows: TableModel[PairView], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self.places = FilterButton(_("Settlement"), lambda: self._values(settlement_of))
        self.files = FilterButton(_("File"), lambda: self._values(source_of))
        self.aside = QPushButton()
        self.aside.setCheckable(True)
        row = FlowLayout(self)
        for part in (self.places, self.files, self.aside):
            row.addWidget(part)
        for button in (self.places, self.files):
            button.picked.connect(lambda _keys: self.changed.emit())
        self.aside.toggled.connect(lambda _on: self.changed.emit())

    @property
    def narrowed(self) -> bool:
        return bool(self.places.chosen or self.files.chosen)

    def state(self) -> dict[str, Any]:
        return {"aside": self.aside.isChecked(), "places": self.places.chosen, "files": self.files.chosen}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `state` gave, without telling anybody."""
        self.places.choose(state.get("places", frozenset()))
        self.files.choose(state.get("files", frozenset()))
        with QSignalBlocker(self.aside):
            self.aside.setChecked(bool(state.get("aside")))

    def apply(self, hidden: Collection[str]) -> None:
        """Show the pairs that are left, without those `hidden`."""
        aside, places, files = self.aside.isChecked(), self.places.chosen, self.files.chosen
        tests: list[Callable[[PairView], bool]] = [lambda view: view.aside is aside]
        if hidden:
            tests.append(lambda view: view.id not in hidden)
        if places:
            tests.append(lambda view: settlement_of(view) in places)
        if files:
            tests.append(lambda view: source_of(view) in files)
        self._rows.set_filters(tests)

    def look_where(self, household_id: str) -> None:
        """Look at those put aside where the household's pair is there, and at the others where it is not."""
        known = (view for view in self._rows.data_shown.records if household_id in households_of(view))
        found = next(known, None)
        if found is not None:
            self.aside.setChecked(found.aside)

    def say_aside(self, count: int) -> None:
        self.aside.setText(ngettext("{n} put aside", "{n} put aside", count).format(n=texts.number(count)))
        self.aside.setEnabled(bool(count) or self.aside.isChecked())
        self.aside.setToolTip(_("Pairs that somebody wants to decide later"))

    def _values(self, of: Callable[[PairView], str]) -> list[Value]:
        """What a filter offers, with the number of pairs, the most frequent first."""
        counts = Counter(map(of, self._rows.data_shown.records))
        return [Value(key, key or _("entered by hand"), count) for key, count in counts.most_common()]
