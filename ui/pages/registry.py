"""The registry: all households in one table, search and filters above it, the chosen one in full beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from coordinator.exchange.wanted import ExportKind
from coordinator.outcome import Change, Touched
from coordinator.queries.registry import RegistryRow
from coordinator.queries.registry_filter import filter_from
from coordinator.queries.registry_memory import SHOWN
from resources.i18n import _
from ui import actions, ask, texts, theme
from ui.dialogs.decide import DecideManyDialog
from ui.exporting import open_export
from ui.pages.base import Page, PageContext
from ui.pages.registry_blocks import RegistryBlocks
from ui.pages.registry_calls import RegistryCalls
from ui.pages.registry_cells import RegistryCells
from ui.pages.registry_reader import RegistryReader
from ui.pages.registry_selected import RegistrySelected
from ui.pages.registry_views import RegistryViews
from ui.pages.registry_widths import KeptWidths
from ui.rights import needs
from ui.tables.columns import TableData
from ui.tables.model import TableModel
from ui.tables.registry_columns import COLUMNS
from ui.tables.registry_filter import filter_for
from ui.tables.sheet.view import SheetView
from ui.widgets.empty_state import EmptyState
from ui.widgets.household_panel import HouseholdPanel
from ui.widgets.notice_bar import Kind
from ui.widgets.registry_bar import RegistryBar
from ui.widgets.settlement_field import Places, load_places

FIRST_SPLIT = (780, 370)


class RegistryPage(Page):
    name = "registry"
    depends_on = SHOWN | Touched.EVENTS | Touched.VIEWS

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.places = Places(())
        self.reader = RegistryReader(context, self)
        self.rows: TableModel[RegistryRow] = TableModel(COLUMNS)
        self.table = SheetView(self.rows, _("Households"))
        self.table.lists_people("registry", lambda row: row.people)
        self.bar = RegistryBar(self.table, self.rows, lambda: context.day)
        self.views = RegistryViews(context, self.bar, self.table, self.rows, self)
        self.cells = RegistryCells(context, self.table, self.rows)
        self.blocks = RegistryBlocks(context, self.table, self.rows, self.cells)
        self.selected = RegistrySelected(context, self.table, self.bar, self._decide, self)
        self.panel = HouseholdPanel(context)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._wanted, self._just_saved = "", ""
        self._read_once = False
        self.calls = RegistryCalls(context, self)
        self._make_empty()
        self._lay_out()
        self._make_actions()
        self._connect()
        self.widths = KeptWidths(context.preferences.tables, self.table, self.splitter, self.panel, self)
        self.bar.details.setChecked(not self.panel.isHidden())

    def export(self) -> bool:
        return open_export(self, ExportKind.PEOPLE)

    def title(self) -> str:
        return _("Registry")

    def refresh(self, change: Change | None) -> None:
        if change is None or change.touched & Touched.PLACES:
            self.context.tasks.run_query(load_places, self.context.session, done=self._use, key=(self, "places"))
        if change is None:
            self.panel.reload()
            self.views.read()
            self.bar.apply()
            self.reader.read_all()
            return
        self.views.hear(change)
        self.panel.hear(change)
        if change.touched & SHOWN:
            self.reader.hear(change)

    def state(self) -> dict[str, Any]:
        self.widths.keep()
        return {
            "search": self.bar.search.text(),
            "filter": self.bar.filter.state(),
            "view": self.views.current,
            "household": self.table.current_id() or self._wanted,
            "call": self.calls.state(),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        self.bar.set_filter(filter_from(state.get("filter", {})))
        self.bar.search.setText(state.get("search", ""))
        self.views.current = state.get("view", "")
        self._wanted = state.get("household", "")
        self.calls.restore(state.get("call", {}))

    def show_target(self, **what: Any) -> None:
        """navigate("registry", household=id) or view=id, or ready=True, there=True, settlement=name, decision=code."""
        if what.get("view"):
            self.views.open(what["view"])
            return
        self.bar.search.clear()
        self.bar.set_filter(filter_for(what, self.rows.data_shown.records))
        household = what.get("household")
        if household:
            self._show_panel(True)
            self._choose(household)

    def come_into_view(self) -> None:
        """The keys of this page work at once."""
        super().come_into_view()
        self.table.setFocus()

    def focus_search(self) -> bool:
        self.bar.search.take_focus()
        return True

    def take_call(self) -> bool:
        self.calls.take(self.places)
        return True

    def _use(self, places: Places) -> None:
        self.places = places
        self.panel.use(places)
        self.cells.use(places)
        self.selected.use(places)
        self.calls.go_on(places)

    def _take(self, data: TableData[RegistryRow]) -> None:
        """After an edit the rows stay where they are: the cursor goes on from where it is."""
        self._read_once = True
        self.rows.set_rows(data, resort=not self.reader.patched)
        self.views.recount()
        if self._wanted:
            self._choose(self._wanted)

    def _choose(self, household_id: str) -> None:
        """Make a household the current one, as soon as its row is there; a filter that hides it gives way."""
        self._wanted = household_id
        if household_id in self.rows.data_shown.ids and self.rows.row_of(household_id) is None:
            self.bar.clear_all()
        if self.table.select_id(household_id):
            self._wanted = ""
        self.panel.show_household(household_id)

    def _current(self, household_id: str) -> None:
        if household_id or not self._wanted:
            self.panel.show_household(household_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The notice about a saved call takes its room from the table, and must not push the new row out of sight."""
        super().resizeEvent(event)
        if self._just_saved and self._just_saved == self.table.current_id():
            QTimer.singleShot(0, self.table, lambda: self.table.scrollTo(self.table.currentIndex()))

    def _decide(self) -> None:
        """Of the household shown; where several are selected, the same decision for all of them."""
        ids = self.table.selected_ids()
        if len(ids) < 2:
            self.panel.decide()
            return

        def saved(count: int) -> None:
            words = _("The decision of {households} was recorded. Ctrl+Z takes it back.")
            self.context.show_notice(words.format(households=texts.households(count)), Kind.SUCCESS)

        ask.show(DecideManyDialog(self.context, ids, saved, self))

    def _open(self, household_id: str) -> None:
        self._show_panel(True)
        self.panel.show_household(household_id)
        self.panel.take_focus()

    def _call_saved(self, household_id: str) -> None:
        self._just_saved = household_id
        self._choose(household_id)

    def _edit(self) -> None:
        """F2 edits the cell where the cursor is; from elsewhere it leads to the details."""
        if self.table.hasFocus():
            self.cells.edit()
        else:
            self._open(self.table.current_id())

    def _show_panel(self, on: bool) -> None:
        if not on and self.panel.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
        self.panel.setVisible(on)
        self.bar.details.setChecked(on)
        self.widths.keep()

    def _removed(self, household_id: str) -> None:
        """The next row takes the place of one that was deleted."""
        row = self.rows.row_of(household_id)
        if row is not None:
            self.table.select_id(self.rows.row_id(row + 1) or self.rows.row_id(row - 1))
        self.table.setFocus()

    def _rows_changed(self, shown: int, _total: int) -> None:
        """Where the chosen household is filtered out the first one shown is chosen: a search leads to its answer."""
        self._say_empty()
        if shown and self._read_once and not self._wanted and not self.table.current_id():
            self.table.select_id(self.rows.row_id(0))

    def _say_empty(self) -> None:
        """What lies over the table while it shows no row, and the step on from there."""
        if self._read_once and self.rows.rowCount():
            return
        if not self._read_once:
            self._empty.say("refresh", _("Reading the households…"))
        elif not self.rows.data_shown.ids:
            self._empty.say(
                "registry", _("No households yet"), _("Take a call with Ctrl+N, or import a hromada's list.")
            )
        else:
            self._empty.say("search", _("Nothing matches"), _("Try fewer words, or clear the filters."))
        none_yet = not self.rows.data_shown.ids
        self._empty.button.setVisible(self._read_once)
        self._empty.button.setText(_("Import a list") if none_yet else _("Clear search and filters"))

    def _empty_step(self) -> None:
        if self.rows.data_shown.ids:
            self.bar.clear_all()
        else:
            self.context.navigate("import")

    def _make_empty(self) -> None:
        self._empty = EmptyState("refresh", "", step=_("Import a list"), then=self._empty_step)
        self.table.set_empty(self._empty)
        self._say_empty()

    def _lay_out(self) -> None:
        self.splitter.addWidget(self.table)
        self.splitter.addWidget(self.panel)
        self.splitter.setCollapsible(0, False)
        self.splitter.setCollapsible(1, False)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([theme.unit(size) for size in FIRST_SPLIT])
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        self.bar.first_row.addWidget(self._call_button())
        column.addWidget(self.views.strip)
        column.addWidget(self.bar)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.selected.strip)

    def _call_button(self) -> QPushButton:
        button = QPushButton(_("Take a call"))
        button.setIcon(theme.icon("phone", "on_accent"))
        button.setToolTip(actions.tooltip("call.new"))
        theme.dress(button, "primary")
        button.clicked.connect(self.take_call)
        needs(button)
        return button

    def _make_actions(self) -> None:
        actions.make(self, "household.decide", self._decide)
        actions.make(self, "household.split", self.panel.split)
        actions.make(self, "household.rejoin", self.panel.rejoin)
        actions.make(self, "household.part", self.panel.go_to_part)
        actions.make(self, "household.details", lambda: self._show_panel(not self.panel.isVisible()))
        actions.make(self, "record.edit", self._edit, text=_("Edit the cell"))
        actions.make(self, "household.open", lambda: self._open(self.table.current_id()), text=_("Go to the details"))
        actions.make(self, "record.new", lambda: self.panel.edit_person(None), text=_("Add a person"))
        actions.make(self, "record.remove", self.panel.remove, text=_("Delete the household"))
        actions.make(self, "filter.clear", self.bar.clear_all)
        actions.make(self, "view.save", self.views.save)

    def _connect(self) -> None:
        self.reader.read.connect(self._take)
        self.calls.saved.connect(self._call_saved)
        self.calls.known.connect(self._choose)
        self.rows.counted.connect(self._rows_changed)
        self.bar.search.left_down.connect(self.table.take_focus)
        self.bar.details.clicked.connect(self._show_panel)
        self.table.current_changed.connect(self._current)
        self.table.opened.connect(self._open)
        self.panel.closed.connect(lambda: self._show_panel(False))
        self.panel.left.connect(self.table.take_focus)
        self.panel.removed.connect(self._removed)
