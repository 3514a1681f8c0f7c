"""A list of records declared as a RecordList: search, table, and a form to add and edit; pages made of such lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, cast

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabWidget, QVBoxLayout, QWidget

from coordinator.outcome import Change
from resources.i18n import _
from ui import actions, ask, theme
from ui.dialogs.record import RecordDialog
from ui.drafts import Reopening, reopens
from ui.pages.base import Page, PageContext
from ui.pages.look import LookList, LookView
from ui.pages.record_list import RecordList
from ui.rights import allowed, needs
from ui.tables.columns import TableData, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.empty_state import EmptyState
from ui.widgets.search_field import SearchField
from ui.widgets.settlement_field import Places, load_places

NAMING = frozenset({"vehicles", "drivers"})
"""Lists whose rows name a driver and a phone."""


class ListView(Protocol):
    """What a tab of a RecordsPage can do."""

    name: str
    title: str
    search: SearchField

    def read(self) -> None: ...

    def add(self) -> None: ...

    def edit(self) -> None: ...

    def remove(self) -> None: ...


class RecordsPage(Page):
    """A tab for each of the page's own views, of `looks` and of `records`."""

    looks: Sequence[LookList[Any]] = ()
    records: Sequence[RecordList[Any]] = ()
    own_views: Mapping[str, type[RecordsView]] = {}
    """By name of the list: those that can do more than add, edit and remove."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.places = Places(())
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(_("Lists"))
        self.looking = [LookView(context, look, self) for look in self.looks]
        self.lists = [self._view_of(records) for records in self.records]
        self._views: list[ListView] = [*self.first_views(), *self.looking, *self.lists]
        for view in self._views:
            self._tabs.addTab(cast(QWidget, view), view.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.addWidget(self._tabs)
        self._tabs.currentChanged.connect(lambda _index: self._current().read())
        actions.make(self, "record.new", lambda: self._current().add())
        actions.make(self, "record.edit", lambda: self._current().edit())
        actions.make(self, "record.remove", lambda: self._current().remove())

    def first_views(self) -> Sequence[ListView]:
        """Tabs of the page's own, before the lists: widgets."""
        return ()

    def refresh(self, change: Change | None) -> None:
        key = f"{self.name}.places"
        self.context.tasks.run_query(load_places, self.context.session, done=self._use_places, key=key)
        self._current().read()

    def state(self) -> dict[str, Any]:
        return {"tab": self._tabs.currentIndex(), "search": [view.search.text() for view in self._views]}

    def restore(self, state: Mapping[str, Any]) -> None:
        for view, text in zip(self._views, state.get("search", ()), strict=False):
            view.search.setText(text)
        self._tabs.setCurrentIndex(int(state.get("tab", 0)))

    def show_target(self, **what: Any) -> None:
        """navigate("fleet", list="destinations")"""
        for index, view in enumerate(self._views):
            if view.name == what.get("list"):
                self._tabs.setCurrentIndex(index)

    def focus_search(self) -> bool:
        self._current().search.take_focus()
        return True

    def _view_of(self, records: RecordList[Any]) -> RecordsView:
        return self.own_views.get(records.name, RecordsView)(self.context, records, self)

    def _current(self) -> ListView:
        return self._views[self._tabs.currentIndex()]

    def _use_places(self, places: Places) -> None:
        self.places = places


class RecordsView(QWidget):
    """One list: search, table, and buttons to add, edit and remove."""

    def __init__(self, context: PageContext, records: RecordList[Any], page: Page) -> None:
        super().__init__(page)
        self.context, self.records, self._page = context, records, page
        self.name, self.title = records.name, _(records.title)
        self.rows: TableModel[Any] = TableModel(records.columns)
        self.table = TableView(self.rows, _(records.title))
        self.search = SearchField(_("Search"))
        self._count = QLabel()
        theme.dress(self._count, "muted")
        self._add, self._edit, self._remove = QPushButton(_("Add")), QPushButton(_("Edit")), QPushButton(_("Remove"))
        theme.dress(self._add, "primary")
        for button in (self._add, self._edit, self._remove):
            needs(button)
        if records.name in NAMING:
            self.table.lists_people(records.name, lambda _record: 1)
        self._lay_out()
        self.search.searched.connect(self.rows.set_search)
        self.search.left_down.connect(self.table.take_focus)
        self.rows.counted.connect(self._say_count)
        self.table.opened.connect(lambda _id: self.edit())
        self.table.current_changed.connect(lambda _id: self._enable())
        self._enable()

    def read(self) -> None:
        self.context.tasks.run_query(
            _load, self.context.session, self.records, self.rows.sort_key, done=self.rows.set_rows,
            key=f"records.{self.records.name}",
        )  # fmt: skip

    def add(self) -> None:
        if self.records.new is not None and allowed(self):
            self._open(_("Add: {list}").format(list=_(self.records.title)), dict(self.records.new))

    def edit(self) -> None:
        record = self._record()
        if record is not None and allowed(self):
            self._edit_record(record)

    def remove(self) -> None:
        row_id, verb = self.table.current_id(), self.records.remove
        if row_id and verb is not None:
            self.context.tasks.run_verb(verb, self.context.session, row_id, done=self._removed)

    def _removed(self, _value: object) -> None:
        self.context.show_notice(_("Removed. Ctrl+Z brings it back."))

    def _record(self) -> Any:
        row = self.rows.row_of(self.table.current_id())
        return None if row is None else self.rows.record(row)

    def open_again(self, row_id: str, opened: Callable[[RecordDialog], None], gone: Callable[..., None]) -> None:
        """The form of a row, or of a new one; `gone` where the row is no longer there."""

        def found(records: list[Any]) -> None:
            record = next((one for one in records if self.records.row_id(one) == row_id), None)
            if record is not None:
                opened(self._edit_record(record))
            elif not row_id and self.records.new is not None:
                opened(self._open(_("Add: {list}").format(list=_(self.records.title)), dict(self.records.new)))
            else:
                gone()

        self.context.tasks.run_query(self.records.load, self.context.session, done=found, failed=gone)

    def _edit_record(self, record: Any) -> RecordDialog:
        values = self.records.values(record)
        name = values.get("label") or values.get("text") or _(self.records.title)
        return self._open(_("Edit: {list}").format(list=name), values, self.records.row_id(record))

    def _open(self, title: str, values: dict[str, Any], row_id: str = "") -> RecordDialog:
        dialog = RecordDialog(title, self.records.form(), values, self.context.day, self, _places_of(self._page))
        dialog.belongs = {"page": self._page.name, "list": self.records.name, "row_id": row_id}
        dialog.submitted.connect(lambda read: self._save(dialog, read))
        ask.show(dialog)
        return dialog

    def _save(self, dialog: RecordDialog, values: dict[str, Any]) -> None:
        self.context.tasks.run_verb(
            self.records.save, self.context.session, values, done=lambda _value: dialog.accept(), failed=dialog.refuse
        )

    def _enable(self) -> None:
        chosen = bool(self.table.current_id())
        self._add.setVisible(self.records.new is not None)
        self._remove.setVisible(self.records.remove is not None)
        for button in (self._edit, self._remove):
            button.setEnabled(chosen)
            button.setToolTip("" if chosen else _("Choose a row first"))

    def _say_count(self, shown: int, total: int) -> None:
        self._count.setText(_("{shown} of {total}").format(shown=shown, total=total))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        row.addWidget(self._count)
        row.addStretch(1)
        for button, verb in ((self._remove, self.remove), (self._edit, self.edit), (self._add, self.add)):
            button.clicked.connect(verb)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.unit(10), 0, 0)
        column.addLayout(row)
        column.addWidget(self.table, 1)
        self.table.set_empty(self._when_empty())

    def _when_empty(self) -> EmptyState:
        step = _("Add") if self.records.new is not None else ""
        return EmptyState(self.records.icon, _("Nothing here yet"), _(self.records.hint), step=step, then=self.add)


@reopens("record")
def reopen(again: Reopening) -> None:
    """The form over its list; its own reading comes after that of the places, which its fields need."""
    page = again.page(again.fields.get("page", "fleet"))
    page.show_target(list=again.fields["list"])
    view = next((one for one in page.lists if one.records.name == again.fields["list"]), None)
    if view is None:
        again.gone()
    else:
        view.open_again(again.fields["row_id"], again.opened, again.gone)


def _places_of(page: Page) -> Places:
    found = getattr(page, "places", None)
    return found if isinstance(found, Places) else Places(())


def _load(session: Any, records: RecordList[Any], sorted_by: str) -> TableData[Any]:
    return prepare(records.columns, records.load(session), records.row_id, sort_by=sorted_by)
