"""The rows behind a figure, as of the moment it was counted; Enter goes to the household."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from coordinator.chart_words import organisation_words
from coordinator.domain.charts import Asked
from coordinator.domain.figures import Figure, Unit
from coordinator.queries.behind import CountedHousehold, CountedPerson, households_behind, people_behind
from coordinator.queries.count_memory import CountMemory
from coordinator.session import Session
from resources.i18n import N_, _
from ui import ask, texts, theme
from ui.pages.base import PageContext
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState

LISTED = "counted"
"""What a copied list is called in the log."""
SIZE = (980, 520)


def _day(day: date | None) -> str:
    return texts.day_short(day) if day else ""


def _age(person: CountedPerson) -> str:
    if person.age.years is not None:
        return str(person.age.years)
    return texts.label(person.age.group)


PEOPLE: tuple[Column[CountedPerson], ...] = (
    Column("number", N_("Household No."), lambda p: str(p.number), lambda p: p.number, 10, right=True),
    Column("name", N_("Name"), lambda p: p.name or _("(no name)"), width=30, always=True),
    Column("age", N_("Age"), _age, lambda p: p.age.years, 14, right=True),
    Column("place", N_("Settlement"), lambda p: p.place or _("not known"), width=18),
    Column("left", N_("Left on"), lambda p: _day(p.left_on), lambda p: p.left_on, 11),
    Column("kind", N_("How they left"), lambda p: texts.label(p.kind) if p.kind else "", width=24),
    Column("organisation", N_("Organisation"), lambda p: organisation_words(p.organisation), width=18),
    Column("recorded", N_("Recorded"), lambda p: _day(p.recorded_on), lambda p: p.recorded_on, 11),
    Column("late", N_("After the first report"), lambda p: _day(p.late), lambda p: p.late, 16,
           icon=lambda p: "history" if p.late else ""),
)  # fmt: skip
HOUSEHOLDS: tuple[Column[CountedHousehold], ...] = (
    Column("number", N_("Household No."), lambda h: str(h.number), lambda h: h.number, 10, right=True, always=True),
    Column("head", N_("Head"), lambda h: h.head or _("(no name)"), width=30),
    Column("place", N_("Settlement"), lambda h: h.place or _("not known"), width=18),
    Column("address", N_("Address"), lambda h: h.address, width=24),
    Column("people", N_("People"), lambda h: texts.number(h.people), lambda h: h.people, 8, right=True),
    Column("decision", N_("Decision"), lambda h: texts.label(h.decision), width=24),
)


Counted = tuple[str, Figure]
"""What is counted, translated, and whom."""


Way = tuple[str, Callable[[], object]]
"""The words of a button, translated, and what it does."""


def show_behind(
    context: PageContext, parent: QWidget, title: str, figure: Figure | Sequence[Counted], as_of: datetime,
    asked: Asked | None = None, first: int = 0, way: Way | None = None,
) -> None:  # fmt: skip
    """Open the rows behind a figure, or behind several that are told together; `first` of them is shown first.

    `title`: what they say, translated; `asked`: the days they are about. `way`: to where one works on them.
    """
    counted = [(title, figure)] if isinstance(figure, Figure) else figure
    ask.show(BehindDialog(context, title, counted, as_of, asked or Asked(), parent, first, way))


class BehindDialog(QDialog):
    """One row a person, or a household: what the figure counts. Of several figures, all of one unit, one is shown."""

    def __init__(
        self, context: PageContext, title: str, counted: Sequence[Counted], as_of: datetime, asked: Asked,
        parent: QWidget, first: int = 0, way: Way | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._counted, self._as_of, self._asked = context, counted, as_of, asked
        people = self._people = counted[0][1].unit is Unit.PERSONS
        self.setWindowTitle(title)
        self.rows: TableModel[CountedPerson] | TableModel[CountedHousehold]
        self.rows = TableModel(PEOPLE) if people else TableModel(HOUSEHOLDS)
        self.table = TableView(self.rows, title)
        self.table.lists_people(LISTED, (lambda _row: 1) if people else lambda row: row.people)
        self.table.set_empty(EmptyState("refresh", _("Reading…")))
        self.count, self.hint = QLabel(), QLabel(_("Enter goes to the household."))
        self.which = QComboBox()
        for words, figure in counted:
            self.which.addItem(f"{words}: {texts.number(figure.value)}")
        self.which.setAccessibleName(_("Which figure"))
        self.which.setCurrentIndex(first)
        self._lay_out(title, way)
        self.table.opened.connect(self._open)
        self.which.currentIndexChanged.connect(lambda _at: self._read())
        self._read()

    def _read(self) -> None:
        context, figure = self._context, self._counted[self.which.currentIndex()][1]
        words: Callable[[int], str] = texts.people if self._people else texts.households
        time = texts.clock_short(self._as_of)
        self.count.setText(_("{n}, as of {time}").format(n=words(figure.value), time=time))
        context.tasks.run_query(
            _people if self._people else _households, context.counts, figure.ids, self._asked, context.day,
            done=self._show, key=(self, "rows"),
        )  # fmt: skip

    def _show(self, data: TableData[CountedPerson] | TableData[CountedHousehold]) -> None:
        self.table.set_empty(EmptyState("empty", _("Nobody is counted here")))
        self.rows.set_rows(data)  # type: ignore[arg-type]
        if not self.which.hasFocus():
            self.table.take_focus()

    def _open(self, row_id: str) -> None:
        row = self.rows.row_of(row_id)
        record = None if row is None else self.rows.record(row)
        if record is not None:
            self.accept()
            self._context.navigate("registry", household=record.household_id)

    def _lay_out(self, title: str, way: Way | None) -> None:
        heading = QLabel(title)
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        for label in (self.count, self.hint):
            theme.dress(label, "muted")
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        if way is not None:
            words, then = way
            on = buttons.addButton(words, QDialogButtonBox.ButtonRole.ActionRole)
            on.clicked.connect(self.accept)
            on.clicked.connect(lambda: then())
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        for part in (heading, self.which, self.count, self.table, self.hint, buttons):
            column.addWidget(part)
        self.which.setVisible(len(self._counted) > 1)
        room = self.screen().availableGeometry().size() * 0.92
        self.resize(min(theme.unit(SIZE[0]), room.width()), min(theme.unit(SIZE[1]), room.height()))


def _people(memory: CountMemory, ids: Collection[str], asked: Asked, day: date) -> TableData[CountedPerson]:
    return prepare(PEOPLE, people_behind(memory, ids, asked, day), lambda row: row.id)


def _households(memory: CountMemory, ids: Collection[str], _asked: Asked, _day: date) -> TableData[CountedHousehold]:
    session: Session = memory.session
    return prepare(HOUSEHOLDS, households_behind(session, ids), lambda row: row.id)
