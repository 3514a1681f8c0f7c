"""Possible duplicates, one pair after the other: the same family or not, each with one key, and undone by Ctrl+Z."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.duplicates import PairView
from coordinator.services.duplicates import different, put_aside, same
from resources.i18n import _, ngettext
from ui import actions, texts, theme
from ui.pages.base import Page, PageContext
from ui.pages.duplicates_queue import COLUMNS, QueueFilters, households_of, read_pairs
from ui.rights import needs
from ui.tables.columns import TableData
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.chips import Badge, FlowLayout
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.pair_board import PairBoard
from ui.widgets.pair_lines import reason_words
from ui.widgets.search_field import SearchField

FIRST_SPLIT = (310, 850)
LEAST_HEIGHT = 220


def _people_of(view: PairView) -> int:
    return len(view.first.household.people) + len(view.second.household.people)


class DuplicatesPage(Page):
    name = "duplicates"
    depends_on = Touched.DUPLICATES | Touched.HOUSEHOLDS | Touched.DECISIONS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.rows: TableModel[PairView] = TableModel(COLUMNS)
        self.queue = TableView(self.rows, _("Possible duplicates"))
        self.queue.lists_people("duplicates", _people_of)
        self.board = PairBoard()
        self.search = SearchField(_("Search in the pairs"))
        self.count = QLabel()
        theme.dress(self.count, "muted")
        self._reasons = FlowLayout()
        self.filters = QueueFilters(self.rows)
        self._deciding: set[str] = set()
        self._decided = 0
        self._wanted_household, self._wanted_pair = "", ""
        self._read_once = False
        self._empty = EmptyState("duplicates", "", step=_("Go to the registry"),
                                 then=lambda: context.navigate("registry"))  # fmt: skip
        self._make_actions()
        self._lay_out()
        self.queue.current_changed.connect(self._show)
        self.rows.counted.connect(self._say)
        self.search.searched.connect(self.rows.set_search)
        self.search.left_down.connect(self.queue.take_focus)
        self.board.ticked.connect(self._say_ticked)
        self.filters.changed.connect(self._narrow)
        self.board.opened.connect(lambda household: context.navigate("registry", household=household))
        self._say()

    def title(self) -> str:
        return _("Possible duplicates")

    def refresh(self, change: Change | None) -> None:
        self.context.tasks.run_query(read_pairs, self.context.session, done=self._take, key=(self, "pairs"))

    def state(self) -> dict[str, Any]:
        return {
            "pair": self.queue.current_id(), "search": self.search.text(), "decided": self._decided,
            "filters": self.filters.state(),
        }  # fmt: skip

    def restore(self, state: Mapping[str, Any]) -> None:
        self.search.setText(state.get("search", ""))
        self._decided = int(state.get("decided", 0))
        self._wanted_pair = state.get("pair", "")
        self.filters.restore(state.get("filters", {}))

    def show_target(self, **what: Any) -> None:
        """navigate("duplicates", household=id): the first pair of that household."""
        self.search.clear()
        self._wanted_household = what.get("household", "")
        self._go_to_wanted()

    def come_into_view(self) -> None:
        """The keys of this page work at once."""
        super().come_into_view()
        self.queue.setFocus()

    def focus_search(self) -> bool:
        self.search.take_focus()
        return True

    def same(self) -> None:
        """One family: the newer household goes into the older one, with the values that are ticked."""
        self._decide(partial(same, take=self.board.taken))

    def update_older(self) -> None:
        """As `same`, where something is ticked."""
        if self.board.taken:
            self.same()

    def later(self) -> None:
        """Put this pair aside, or take it up again from those put aside."""
        self._decide(partial(put_aside, aside=not self.filters.aside.isChecked()), counts=0)

    def different(self) -> None:
        """Two families; this pair is never proposed again."""
        self._decide(different)

    def step(self, by: int) -> None:
        """To the next pair or the one before; at the end it begins again."""
        total = self.rows.rowCount()
        if total:
            row = self.rows.row_of(self.queue.current_id())
            self.queue.select_id(self.rows.row_id(((-1 if row is None and by > 0 else row or 0) + by) % total))

    def _decide(self, verb: Callable[..., Any], counts: int = 1) -> None:
        """The next pair comes at once; the verb runs meanwhile, and a refusal brings the pair back."""
        pair_id = self.queue.current_id()
        if not pair_id or pair_id in self._deciding:
            return
        row = self.rows.row_of(pair_id) or 0
        follower = self.rows.row_id(row + 1) or self.rows.row_id(row - 1)
        self._deciding.add(pair_id)
        self.context.tasks.run_verb(
            verb, self.context.session, pair_id,
            done=lambda _value: self._settled(pair_id, counts), failed=lambda error: self._refused(pair_id, error),
        )  # fmt: skip
        self._hide_deciding()
        self.queue.select_id(follower)

    def _settled(self, pair_id: str, counts: int) -> None:
        self._deciding.discard(pair_id)
        self._decided += counts
        self._say()

    def _refused(self, pair_id: str, error: UserError) -> None:
        self._deciding.discard(pair_id)
        self.context.show_notice(texts.error_text(error), Kind.WARNING)
        self.refresh(None)

    def _take(self, data: TableData[PairView]) -> None:
        self._read_once = True
        self.rows.set_rows(data)
        self._hide_deciding()
        self._go_to_wanted()
        if not self.queue.current_id() and self.rows.rowCount():
            self.queue.select_id(self.rows.row_id(0))
        self._show(self.queue.current_id())

    def _hide_deciding(self) -> None:
        self.filters.apply(frozenset(self._deciding))

    def _narrow(self) -> None:
        self._hide_deciding()
        if not self.queue.current_id() and self.rows.rowCount():
            self.queue.select_id(self.rows.row_id(0))
        self._show(self.queue.current_id())

    def _go_to_wanted(self) -> None:
        if self._wanted_pair and self.queue.select_id(self._wanted_pair):
            self._wanted_pair = ""
        wanted = self._wanted_household
        if wanted:
            self.filters.look_where(wanted)
        for row, view in enumerate(self.rows.records() if wanted else ()):
            if wanted in households_of(view):
                self.queue.select_id(self.rows.row_id(row))
                self._wanted_household = ""
                return

    def _show(self, pair_id: str) -> None:
        row = self.rows.row_of(pair_id)
        view = None if row is None else self.rows.record(row)
        for button in self._buttons:
            button.setEnabled(view is not None)
        self._reasons.empty()
        if view is not None:
            for reason in view.reasons:
                self._reasons.addWidget(Badge(reason_words(reason), "info"))
            if view.rivals:
                text = ngettext("{n} more household is possibly the same", "{n} more households are possibly the same",
                                view.rivals)  # fmt: skip
                self._reasons.addWidget(Badge(text.format(n=view.rivals), "warning"))
            self.board.show_pair(view, self.context.day)
        self._say_ticked()
        self._say()

    def _say_ticked(self) -> None:
        """The button for values says how many are ticked, or what to tick."""
        ticked = len(self.board.taken) if self.rows.rowCount() else 0
        words = ngettext("The same, with {n} value (U)", "The same, with {n} values (U)", ticked).format(n=ticked)
        self._update_button.setText(words)
        self._update_button.setEnabled(bool(ticked))
        tip = self._update.toolTip() if ticked else _("Tick values of the newer household first")
        self._update_button.setToolTip(tip)

    def _say(self, *_counts: int) -> None:
        open_ones = {view.id for view in self.rows.data_shown.records if not view.aside} - self._deciding
        total, aside = len(open_ones), len(self.rows.data_shown.ids) - len(open_ones | self._deciding)
        self.filters.say_aside(aside)
        words = [ngettext("{n} pair to decide", "{n} pairs to decide", total).format(n=texts.number(total))]
        row = self.rows.row_of(self.queue.current_id())
        if row is not None:
            words.append(_("this is number {n}").format(n=row + 1))
        if self._decided:
            words.append(ngettext("{n} decided now", "{n} decided now", self._decided).format(n=self._decided))
        self.count.setText(" · ".join(words))
        self._layers.setCurrentIndex(1 if self.rows.rowCount() else 0)
        if not self._read_once:
            self._empty.say("refresh", _("Reading the possible duplicates…"))
        elif self.rows.data_shown.ids and (self.search.text() or self.filters.narrowed):
            self._empty.say("search", _("Nothing matches"), _("Try fewer words or filters."))
        else:
            self._empty.say("success", _("No pair is waiting"), _(
                "Households that may be the same family come here after an import or a call. "
                "A decision can be taken back with Ctrl+Z."))  # fmt: skip

    def _make_actions(self) -> None:
        self._same = actions.make(self, "duplicates.same", self.same)
        self._different = actions.make(self, "duplicates.different", self.different)
        self._update = actions.make(self, "duplicates.update", self.update_older)
        self._later = actions.make(self, "duplicates.later", self.later)
        self._next = actions.make(self, "duplicates.next", lambda: self.step(1))
        actions.make(self, "duplicates.previous", lambda: self.step(-1))

    def _lay_out(self) -> None:
        self._buttons = [
            self._button(self._same, "primary"), self._button(self._different, ""), self._button(self._later, ""),
            self._button(self._next, ""),
        ]  # fmt: skip
        self._update_button = self._button(self._update, "")
        answers = QWidget()
        row = FlowLayout(answers)
        for button in (*self._buttons[:3], self._update_button):
            needs(button)
        for button in (self._buttons[0], self._update_button, *self._buttons[1:]):
            row.addWidget(button)
        card = QFrame()
        theme.dress(card, "card")
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, 1, 1, 1)
        inner.addWidget(self.board)
        right, left = QWidget(), QWidget()
        beside = QVBoxLayout(right)
        beside.addLayout(self._reasons)
        beside.addWidget(card, 1)
        column = QVBoxLayout(left)
        column.addWidget(self.search)
        column.addWidget(self.filters)
        column.addWidget(self.queue, 1)
        for layout in (beside, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(theme.unit(8))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, right):
            splitter.addWidget(part)
        splitter.setChildrenCollapsible(False)
        splitter.setMinimumHeight(theme.unit(LEAST_HEIGHT))
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([theme.unit(size) for size in FIRST_SPLIT])
        pair = QWidget()
        below = QVBoxLayout(pair)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(theme.unit(8))
        below.addWidget(answers)
        below.addWidget(splitter, 1)
        layers = QWidget()
        self._layers = QStackedLayout(layers)
        self._layers.addWidget(self._empty)
        self._layers.addWidget(pair)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.unit(14)] * 4)
        outer.setSpacing(theme.unit(8))
        outer.addWidget(self.count)
        outer.addWidget(layers, 1)

    def _button(self, action: Any, role: str) -> QPushButton:
        """A button that names its key, since deciding is meant to be done by keys."""
        key = action.shortcut().toString()
        button = QPushButton(_("{words} ({key})").format(words=action.text(), key=_KEYS.get(key, key)))
        button.setIcon(theme.icon(actions.ACTIONS[action.objectName()].icon, "on_accent" if role else "text"))
        button.setToolTip(action.toolTip())
        if role:
            theme.dress(button, role)
        button.clicked.connect(action.trigger)
        return button


_KEYS = {"Right": "→", "Left": "←"}
