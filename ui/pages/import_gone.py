"""Whom lists no longer name: a person says of one or several what became of them. Nobody is deleted for it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.missing import Answer
from coordinator.errors import UserError
from coordinator.queries.missing import MissingView, open_missing
from coordinator.services.missing import answer_missing
from coordinator.session import Session
from resources.i18n import N_, _, ngettext
from ui import actions, texts, theme
from ui.pages.base import PageContext
from ui.pages.import_words import phones_words
from ui.rights import needs
from ui.tables.columns import Column, TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.date_edit import DateEdit
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.search_field import SearchField

_ACTIONS = {
    "missing.with_us": Answer.WITH_US,
    "missing.left": Answer.LEFT_THEMSELVES,
    "missing.moved": Answer.MOVED,
    "missing.mistake": Answer.LIST_MISTAKE,
    "missing.ask": Answer.ASK,
}

COLUMNS: list[Column[MissingView]] = [
    Column("number", N_("No."), lambda v: str(v.number), sort=lambda v: v.number, width=6, right=True, always=True),
    Column("name", N_("Who"), lambda v: v.name or _("No name"), width=26),
    Column("whole", N_("Of the household"), lambda v: _whole(v), width=15),
    Column("place", N_("Settlement"), lambda v: v.settlement, width=15),
    Column("address", N_("Address"), lambda v: v.address, width=18),
    Column("phones", N_("Phones"), lambda v: phones_words(v.contacts), width=20),
    Column("file", N_("Not in the list"), lambda v: _file(v), width=30),
    Column("state", N_("State"), lambda v: _("To ask") if v.asked else _("Open"), width=9,
           icon=lambda v: "phone" if v.asked else "info"),
]  # fmt: skip


def _whole(view: MissingView) -> str:
    return _("one of them") if view.person_id else texts.people(view.people)


def _file(view: MissingView) -> str:
    if not view.file:
        return _("an import that was undone")
    return f"{view.file}, {texts.day_short(view.list_on)}" if view.list_on else view.file


def read_missing(session: Session) -> TableData[MissingView]:
    """Those of whom nobody has said anything yet, ready to show. Run it on the reader thread."""
    return prepare(COLUMNS, open_missing(session), lambda view: view.id)


class GoneView(QWidget):
    """`left`: back to the page; `counted(n)`: so many questions wait."""

    left = Signal()
    counted = Signal(int)

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.rows: TableModel[MissingView] = TableModel(COLUMNS)
        self.table = TableView(self.rows, _("No longer in the list"))
        self.table.lists_people("missing", lambda view: view.people)
        self.search = SearchField(_("Search among them"))
        self.heading, self.chosen = QLabel(_("No longer in the list")), QLabel()
        self.day = DateEdit(_("Day on which they left"), min(context.day, context.session.today()))
        self.back = QPushButton(_("Back"))
        self.buttons: list[QPushButton] = []
        self._lay_out()
        self.table.set_empty(
            EmptyState("success", _("Nobody is missing"), _(
                "Whom the next list of a sender no longer names comes here, to say what became of them."))
        )  # fmt: skip
        self.search.searched.connect(self.rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.table.selectionModel().selectionChanged.connect(lambda *_ranges: self._say())
        self.table.opened.connect(self._open)
        self.back.clicked.connect(self.left)
        self._say()

    def refresh(self) -> None:
        self._context.tasks.run_query(read_missing, self._context.session, done=self._take, key=(self, "missing"))

    def come_into_view(self) -> None:
        self.day.set_day(min(self._context.day, self._context.session.today()))
        self.table.take_focus()

    def answer(self, answer: Answer) -> None:
        """What became of all who are selected."""
        chosen = self.table.selected_ids()
        if not chosen:
            return
        follower = self._follower()
        self._context.tasks.run_verb(
            answer_missing, self._context.session, chosen, answer, self.day.day,
            done=partial(self._answered, follower), failed=self._refused,
        )  # fmt: skip

    def _answered(self, follower: str, count: int) -> None:
        text = ngettext("{n} decided. Ctrl+Z takes it back.", "{n} decided. Ctrl+Z takes it back.", count)
        self._context.show_notice(text.format(n=count), Kind.SUCCESS)
        self.table.select_id(follower)

    def _refused(self, error: UserError) -> None:
        self._context.show_notice(texts.error_text(error), Kind.WARNING)
        self.refresh()

    def _follower(self) -> str:
        """The line after the last one selected, which comes next."""
        last = max((self.rows.row_of(one) or 0 for one in self.table.selected_ids()), default=-1)
        return self.rows.row_id(last + 1)

    def _take(self, data: TableData[MissingView]) -> None:
        self.rows.set_rows(data)
        self.counted.emit(len(data.ids))
        if self.isVisible() and not self.table.current_id() and self.rows.rowCount():
            self.table.select_id(self.rows.row_id(0))
        self._say()

    def _open(self, row_id: str) -> None:
        row = self.rows.row_of(row_id)
        record = None if row is None else self.rows.record(row)
        if record is not None:
            self._context.navigate("registry", household=record.household_id)

    def _say(self) -> None:
        chosen = len(self.table.selected_ids())
        for button in self.buttons:
            button.setEnabled(bool(chosen))
            button.setToolTip(button.statusTip() if chosen else _("Choose somebody in the list first"))
        if chosen:
            text = ngettext("{n} selected: what became of them?", "{n} selected: what became of them?", chosen)
            self.chosen.setText(text.format(n=chosen))
        else:
            self.chosen.setText(_("Select one or several, and say what became of them."))

    def _lay_out(self) -> None:
        theme.dress(self.heading, "heading")
        theme.dress(self.chosen, "muted")
        hint = QLabel(
            _("The last list of a sender named them and the newest one does not. Nothing of theirs was changed.")
        )
        hint.setWordWrap(True)
        theme.dress(hint, "muted")
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.search)
        answers = QHBoxLayout()
        for name, answer in _ACTIONS.items():
            answers.addWidget(self._button(name, partial(self.answer, answer)))
        answers.addStretch(1)
        day = QHBoxLayout()
        label = QLabel(_("Day on which they left"))
        label.setBuddy(self.day)
        for part in (self.chosen, label, self.day, self.back):
            day.addWidget(part, 1 if part is self.chosen else 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(8))
        column.addLayout(top)
        column.addWidget(hint)
        column.addWidget(self.table, 1)
        column.addLayout(day)
        column.addLayout(answers)

    def _button(self, name: str, then: Callable[[], None]) -> QPushButton:
        """A button that names its key."""
        action = actions.make(self, name, then)
        button = QPushButton(_("{words} ({key})").format(words=action.text(), key=action.shortcut().toString()))
        button.setIcon(theme.icon(actions.ACTIONS[name].icon))
        button.setStatusTip(action.toolTip())
        button.clicked.connect(action.trigger)
        needs(button)
        self.buttons.append(button)
        return button
