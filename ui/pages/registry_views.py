"""The saved views of the registry: opened, counted, saved and managed. Counting never stops the window."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from coordinator.outcome import Change, Touched
from coordinator.queries.registry import RegistryRow
from coordinator.queries.saved_views import Look, SavedView, ViewCount, counts, saved_views
from coordinator.services import saved_views as verbs
from resources.i18n import _
from ui import ask
from ui.dialogs.save_view import SaveViewDialog
from ui.pages.base import PageContext
from ui.tables.model import TableModel
from ui.tables.registry_filter import chips, proposed_name
from ui.tables.view import TableView
from ui.widgets.notice_bar import Kind
from ui.widgets.registry_bar import RegistryBar
from ui.widgets.view_strip import ViewStrip


class RegistryViews(QObject):
    """Made by the registry's page from its table and its bar. `hear` changes, `recount` when other rows are there."""

    def __init__(
        self, context: PageContext, bar: RegistryBar, table: TableView, rows: TableModel[RegistryRow], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._bar, self._table, self._rows = context, bar, table, rows
        self.views: list[SavedView] = []
        self.current = ""
        self._wanted = ""
        self._counting = self._count_again = False
        self.strip = ViewStrip()
        self._connect()

    def read(self) -> None:
        self._context.tasks.run_query(saved_views, self._context.session, done=self._take, key=(self, "views"))

    def hear(self, change: Change) -> None:
        if change.touched & Touched.VIEWS:
            self.read()

    def recount(self) -> None:
        """Count all views in a worker, over the rows in memory; asked for meanwhile, once more when it is done."""
        if self._counting:
            self._count_again = True
        elif self.views:
            self._counting = True
            self._context.tasks.run_work(
                _count, self.views, self._rows.data_shown.records, self._context.day,
                done=self._take_counts, ended=self._counted,
            )  # fmt: skip

    def open(self, view_id: str) -> None:
        """Show a view, as soon as it has been read; "" shows all households."""
        self._wanted = ""
        view = self._view(view_id)
        if view_id and view is None:
            self._wanted = view_id
            return
        look = view.look if view is not None else Look()
        self.current = view_id
        self._bar.search.setText(look.search)
        self._bar.set_filter(look.filter)
        if view is not None:
            self._table.restore_columns({**self._table.columns_state(), **look.columns, "sort": look.sort})
            self._table.columns_changed.emit()
        self.mark()

    def look(self) -> Look:
        """What is shown now, as a view would keep it."""
        state = self._table.columns_state()
        sort = tuple((str(key), bool(backwards)) for key, backwards in state["sort"])  # type: ignore[attr-defined]
        columns = {name: state[name] for name in ("hidden", "order")}
        return Look(self._bar.search.text().strip(), self._bar.filter, sort, columns)

    def save(self) -> None:
        """Ask for a name and keep what is shown now."""
        look = self.look()
        said = [words for _key, words in chips(look.filter, self._rows.data_shown.records)]
        says = ", ".join(([_("Search: {text}").format(text=look.search)] if look.search else []) + said)
        name = proposed_name(look, self._rows.data_shown.records)
        view = self._view(self.current)
        changed = view if view is not None and not view.look.shows_as(look) else None
        ask.show(SaveViewDialog(self._context, look, says, name[: verbs.LONGEST_NAME], changed, self._bar))

    def mark(self) -> None:
        """Say which view is shown: the one that was opened, as long as anything is left of it, or one that is alike."""
        look = Look(self._bar.search.text().strip(), self._bar.filter)
        opened = self._view(self.current)
        if look.shows_as(Look()):
            self.current = next((view.id for view in self.views if view.look.shows_as(look)), "")
            self.strip.mark(self.current)
        elif opened is not None and opened.look.shows_as(look):
            self.strip.mark(opened.id)
        else:
            alike = next((view.id for view in self.views if view.look.shows_as(look)), None)
            self.current = alike or self.current
            self.strip.mark(alike or self.current or None, changed=alike is None)

    def _view(self, view_id: str) -> SavedView | None:
        return next((view for view in self.views if view.id == view_id), None)

    def _take(self, views: list[SavedView]) -> None:
        self.views = views
        self.strip.show_views(views)
        self.mark()
        self.recount()
        if self._wanted:
            self.open(self._wanted if self._view(self._wanted) else "")

    def _take_counts(self, found: dict[str, ViewCount]) -> None:
        self.strip.show_counts(found)

    def _counted(self) -> None:
        self._counting = False
        if self._count_again:
            self._count_again = False
            self.recount()

    def _connect(self) -> None:
        strip = self.strip
        strip.opened.connect(self.open)
        strip.change_wanted.connect(lambda key: self._run(verbs.change_view, key, self.look()))
        strip.rename_wanted.connect(self._rename)
        strip.pin_wanted.connect(lambda key, on: self._run(verbs.pin_view, key, on))
        strip.move_wanted.connect(lambda key, step: self._run(verbs.move_view, key, step))
        strip.remove_wanted.connect(self._remove)
        self._rows.counted.connect(lambda _shown, _total: self.mark())
        self._bar.save_wanted.connect(self.save)

    def _rename(self, view_id: str) -> None:
        view = self._view(view_id)
        if view is not None:
            then = partial(self._run, verbs.rename_view, view_id)
            ask.text(self._bar, _("New name of the view"), start=view.name, then=then)

    def _remove(self, view_id: str) -> None:
        """Not asked before: the notice and Ctrl+Z bring it back."""
        view = self._view(view_id)
        name = view.name if view is not None else ""
        said = _("The view “{name}” was deleted. Ctrl+Z brings it back.").format(name=name)
        self._context.tasks.run_verb(
            verbs.remove_view, self._context.session, view_id,
            done=lambda _nothing: self._context.show_notice(said, Kind.SUCCESS),
        )  # fmt: skip

    def _run(self, verb: Any, *args: object) -> None:
        self._context.tasks.run_verb(verb, self._context.session, *args)


def _count(views: list[SavedView], rows: list[RegistryRow], day: date) -> dict[str, ViewCount]:
    """Of each view, and under "" of all households."""
    return {**counts(views, rows, day), "": ViewCount(len(rows), sum(row.people for row in rows))}
