"""What every page is, and what it is given. A page shows one part of the register and knows no other page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from coordinator.outcome import Change, Touched
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.session import Session
from ui.backing_up import BackingUp
from ui.bridge import Bridge
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.widgets.notice_bar import Kind
from ui.working_date import WorkingDate


class ShowNotice(Protocol):
    """Shows a translated sentence in the notice bar; `step` names what the button `then` does."""

    def __call__(
        self, text: str, kind: Kind | str = ..., *, step: str = ..., then: Callable[[], object] | None = ...
    ) -> None: ...


class Navigate(Protocol):
    """Goes to a page by its name and tells it what to show: navigate("registry", household=id)."""

    def __call__(self, page: str, **what: Any) -> None: ...


@dataclass(frozen=True, slots=True)
class PageContext:
    """Handed to every page. `preferences.tables` keeps the columns of tables between two starts,
    `memory` the rows of the registry, `counts` what the charts count."""

    session: Session
    tasks: Tasks
    bridge: Bridge
    working_date: WorkingDate
    show_notice: ShowNotice
    navigate: Navigate
    preferences: Preferences
    memory: RegistryMemory
    counts: CountMemory
    copies: BackingUp | None = None

    @property
    def day(self) -> date:
        """The working date of the moment."""
        return self.working_date.day


class Page(QWidget):
    """Base of all pages.

    A page is made anew when the language or the theme changes: its texts and icons come from the moment of
    making, and what the person was doing travels through `state` and `restore`.
    """

    name = ""
    """The key in the table of pages."""

    depends_on: Touched = Touched.EVERYTHING
    """The parts of the register that this page shows; other changes do not stir it."""

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._missed: Change | None = None
        self._never_read = True

    def title(self) -> str:
        """The translated heading in the window's header."""
        return ""

    def refresh(self, change: Change | None) -> None:
        """Read again. None: everything may be different (first time, F5, another working date)."""

    def state(self) -> dict[str, Any]:
        """What a person would miss if it were gone after switching the language: search, selection, half-typed text."""
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `state` gave. Rows may not be read yet: keep an id and select it when they are."""

    def show_target(self, **what: Any) -> None:
        """Another page sent the person here, for example with household=id."""

    def focus_search(self) -> bool:
        """Ctrl+F; False where the page has nothing to search in."""
        return False

    def take_call(self) -> bool:
        """Ctrl+N; True where the page takes a call. Elsewhere the window goes to the registry."""
        return False

    def record_shelling(self) -> bool:
        """Ctrl+Shift+H; True where the page has the form. Elsewhere the window goes to "who is next"."""
        return False

    def export(self) -> bool:
        """Ctrl+S; True where the page has a list of its own to begin with. Elsewhere it is that of the registry."""
        return False

    def come_into_view(self) -> None:
        """Called each time the page comes into view: reads if it never did or missed something."""
        if self._never_read:
            self._never_read = False
            self._missed = None
            self.refresh(None)
        elif self._missed is not None:
            missed, self._missed = self._missed, None
            self.refresh(missed)

    def hear(self, change: Change) -> None:
        """A change was committed. A hidden page only remembers that it missed one."""
        if not change.touched & self.depends_on or self._never_read:
            return
        if self.isVisible():
            self.refresh(change)
        else:
            self._missed = change if self._missed is None else self._missed | change

    def day_changed(self, _day: date) -> None:
        """Another working date was chosen; a hidden page reads when it is shown."""
        if self.isVisible():
            self.refresh(None)
        else:
            self._never_read = True
