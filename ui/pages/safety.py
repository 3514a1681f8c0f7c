"""Safety: who may open the register, its copies, and what is kept of people. One tab each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from coordinator.outcome import Change, Touched
from resources.i18n import N_, _
from ui import theme
from ui.pages.base import Page, PageContext
from ui.widgets.safety.copies import CopiesTab
from ui.widgets.safety.privacy import PrivacyTab
from ui.widgets.safety.users import UsersTab


class Tab(Protocol):
    """What the page asks of a tab, which is a QWidget."""

    def refresh(self, change: Change | None) -> None: ...

    def first_focus(self) -> None: ...


TABS: Mapping[str, tuple[str, Callable[[PageContext], QWidget]]] = {
    "users": (N_("Users and keys"), UsersTab),
    "copies": (N_("Copies"), CopiesTab),
    "privacy": (N_("Privacy"), PrivacyTab),
}
"""By the name that `navigate("safety", tab=…)` gives."""


class SafetyPage(Page):
    """Only the tab in view reads; another one reads when it is chosen."""

    name = "safety"
    depends_on = Touched.EVERYTHING

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(_("Safety"))
        self.tabs: dict[str, Any] = {name: make(context) for name, (_title, make) in TABS.items()}
        for name, tab in self.tabs.items():
            self._tabs.addTab(tab, _(TABS[name][0]))
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.addWidget(self._tabs)
        self._tabs.currentChanged.connect(lambda _index: self._current().refresh(None))

    def title(self) -> str:
        return _("Safety")

    def refresh(self, change: Change | None) -> None:
        self._current().refresh(change)

    def state(self) -> dict[str, Any]:
        return {"tab": self._name()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._choose(state.get("tab", ""))

    def show_target(self, **what: Any) -> None:
        """navigate("safety", tab="copies")"""
        self._choose(what.get("tab", ""))
        self._current().first_focus()

    def _choose(self, name: str) -> None:
        if name in self.tabs:
            self._tabs.setCurrentWidget(self.tabs[name])

    def _name(self) -> str:
        return list(self.tabs)[self._tabs.currentIndex()]

    def _current(self) -> Tab:
        found: Tab = self.tabs[self._name()]
        return found
