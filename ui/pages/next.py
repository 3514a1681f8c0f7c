"""Who is next: whom to call first and why, what was shelled, and what weighs how much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from coordinator.outcome import Change, Touched
from coordinator.services.settings import SettingLine, set_option, weights
from resources.i18n import N_, _
from ui import actions, theme
from ui.dialogs.record import Field
from ui.pages.base import Page, PageContext
from ui.pages.next_list import NextList
from ui.pages.next_shelling import ShellingView
from ui.pages.record_list import RecordList
from ui.pages.records import RecordsView
from ui.rights import allowed
from ui.tables.columns import Column
from ui.tables.next_filter import NextFilter
from ui.widgets.settlement_field import Places, load_places

LIST, SHELLING, WEIGHTS = range(3)
STALE_MS = 10 * 60_000
"""Hits grow old and calls become due: the list is read anew so often."""


def _plain(number: str) -> str:
    """ "60" for "60.0"; also what the form takes back."""
    return f"{float(number):g}"


WEIGHT_LIST: RecordList[SettingLine] = RecordList(
    "weights", N_("Weights"), N_("What weighs how much."), "filter",
    (
        Column("label", N_("What counts"), lambda s: s.label, width=70, always=True),
        Column("value", N_("Points"), lambda s: _plain(s.value), sort=lambda s: float(s.value), width=12, right=True),
        Column("default", N_("Default"), lambda s: _plain(s.default), sort=lambda s: float(s.default), width=12,
               right=True),
    ),
    weights, lambda line: line.id,
    lambda: [Field("value", _("Points"), hint=_("empty brings the default back"))],
    lambda line: {"id": line.id, "label": line.label, "value": _plain(line.value)},
    lambda session, values: set_option(session, values["id"], values["value"]), None,
)  # fmt: skip


class NextPage(Page):
    name = "next"
    depends_on = (
        Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.PLACES | Touched.SCHEDULE | Touched.EVENTS
        | Touched.SETTINGS | Touched.SHELLING
    )  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.places = Places(())
        self.list = NextList(context, self)
        self.shelling = ShellingView(context, lambda: self.places, self)
        self.weights = RecordsView(context, WEIGHT_LIST, self)
        self.lists = [self.weights]
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(_("Who is next"))
        for view, words in (
            (self.list, _("Who is next")), (self.shelling, _("Shelling")), (self.weights, _("Weights")),
        ):  # fmt: skip
            self.tabs.addTab(view, words)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.addWidget(self.tabs)
        self._stale = QTimer(self, interval=STALE_MS)
        self._stale.timeout.connect(lambda: self.isVisible() and self.list.refresh(None))
        self._stale.start()
        self.list.weights_wanted.connect(lambda: self.tabs.setCurrentIndex(WEIGHTS))
        self._make_actions()

    def title(self) -> str:
        return _("Who is next")

    def refresh(self, change: Change | None) -> None:
        touched = Touched.EVERYTHING if change is None else change.touched
        if touched & Touched.PLACES:
            self.context.tasks.run_query(load_places, self.context.session, done=self._use, key=(self, "places"))
        if touched & (Touched.SHELLING | Touched.PLACES):
            self.shelling.read()
        if touched & Touched.SETTINGS:
            self.weights.read()
        named = change is not None and change.households and not touched & (Touched.SHELLING | Touched.SETTINGS)
        self.list.refresh(change if named else None)

    def state(self) -> dict[str, Any]:
        return {"tab": self.tabs.currentIndex(), "list": self.list.state(), "shelling": self.shelling.search.text()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self.tabs.setCurrentIndex(int(state.get("tab", LIST)))
        self.list.restore(state.get("list", {}))
        self.shelling.search.setText(state.get("shelling", ""))

    def show_target(self, **what: Any) -> None:
        """navigate("next", shelled=True), due=True, tab="shelling" or list="weights"."""
        flags = {name for name in ("shelled", "due") if what.get(name)}
        if flags:
            self.list.show_only(NextFilter(flags=frozenset(flags)))
        wanted = what.get("tab") or what.get("list")
        self.tabs.setCurrentIndex({"shelling": SHELLING, "weights": WEIGHTS}.get(wanted, LIST))

    def come_into_view(self) -> None:
        """The keys of this page work at once."""
        super().come_into_view()
        self._table().setFocus()

    def focus_search(self) -> bool:
        fields = (self.list.bar.search, self.shelling.search, self.weights.search)
        fields[self.tabs.currentIndex()].take_focus()
        return True

    def record_shelling(self) -> bool:
        """The quick form, wherever on this page one is; its gazetteer may still be on the way."""
        if allowed(self):
            self.tabs.setCurrentIndex(SHELLING)
            self.shelling.add()
        return True

    def _use(self, places: Places) -> None:
        self.places = places

    def _table(self) -> QWidget:
        return (self.list.table, self.shelling.table, self.weights.table)[self.tabs.currentIndex()]

    def _make_actions(self) -> None:
        actions.make(self.list, "household.open", lambda: self.list.open(self.list.table.current_id()))
        actions.make(self.list, "household.decide", self.list.decide)
        actions.make(self.list, "next.again", self.list.ask_again)
        actions.make(self.list, "next.schedule", self.list.into_schedule)
        actions.make(self.list, "next.sheets", self.list.make_sheets)
        actions.make(self.list, "filter.clear", self.list.bar.clear_all)
        actions.make(self.shelling, "record.edit", self.shelling.edit, text=_("Correct the shelling"))
        actions.make(self.shelling, "record.remove", self.shelling.remove, text=_("Withdraw the shelling"))
        actions.make(self.weights, "record.edit", self.weights.edit)
