"""The window's content while a register is open: the way round, the header, notices, pages and the bottom line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.outcome import Change
from coordinator.services import history
from coordinator.session import Session
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import actions, texts, theme
from ui.bridge import Bridge
from ui.pages.base import Page, PageContext
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.widgets.header import Header
from ui.widgets.notice_bar import Kind, NoticeBar
from ui.widgets.page_stack import PageStack
from ui.widgets.sidebar import Entry, Sidebar
from ui.widgets.status_line import StatusLine
from ui.working_date import WorkingDate

Pages = Mapping[str, Callable[[PageContext], Page]]
CALLS = "registry"
"""The page that takes calls."""

COMPACT_BELOW = 1000
"""Narrower than this (at normal font size) the sidebar shows icons alone."""

MOST_NUMBERS = 10
"""Households that a notice names by their numbers."""


class OpenRegister:
    """An unlocked register with what works on it. Lives from unlock to lock, across changes of language and theme."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.tasks = Tasks()
        self.bridge = Bridge(session)
        self.working_date = WorkingDate(session.today(), session.today)
        self.tasks.watch(session.moved, self.bridge.tell_everything)

    def close(self) -> list[BaseException]:
        """Finish the writes, close the file; the errors of writes that went wrong at the end."""
        errors = self.tasks.close()
        self.bridge.close()
        self.session.close()
        return errors


class Desk(QWidget):
    """Made anew for another language, theme or font size; `state` and `restore` carry on what was being done."""

    def __init__(self, register: OpenRegister, pages: Pages, preferences: Preferences, lock: Callable[[], object]):
        super().__init__()
        theme.dress(self, "window")
        self.register = register
        self.notices = NoticeBar()
        self.status = StatusLine()
        self.header = Header(register.session.name, register.session.training, register.working_date, preferences.theme)
        self.sidebar = Sidebar([_entry(name) for name in pages])
        self.stack = PageStack()
        context = PageContext(
            register.session,
            register.tasks,
            register.bridge,
            register.working_date,
            self.notices.show_notice,
            self.go,
            preferences,
        )
        self.pages: dict[str, Page] = {name: make(context) for name, make in pages.items()}
        for page in self.pages.values():
            self.stack.add(page)
        self.header.reserve(page.title() for page in self.pages.values())
        self._lay_out()
        self._make_actions(lock)
        self._connect()

    def go(self, page: str, **what: Any) -> None:
        """Show a page, and tell it what to show."""
        target = self.pages[page]
        begun_elsewhere = not target.isAncestorOf(QApplication.focusWidget() or self)
        self.stack.show_page(target)
        self.sidebar.show_current(page)
        if begun_elsewhere and self.isActiveWindow():
            self.sidebar.take_focus()
        self.header.title.setText(target.title())
        target.come_into_view()
        if what:
            target.show_target(**what)

    def current(self) -> Page | None:
        return self.stack.page()

    def current_name(self) -> str:
        return next((name for name, page in self.pages.items() if page is self.current()), "")

    def state(self) -> dict[str, Any]:
        """The page shown and the state of each page."""
        return {"page": self.current_name(), "pages": {name: page.state() for name, page in self.pages.items()}}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Go where `state` was; without one to the first page."""
        for name, kept in state.get("pages", {}).items():
            if name in self.pages:
                self.pages[name].restore(kept)
        names = list(self.pages)
        wanted = state.get("page") or ""
        if names:
            self.go(wanted if wanted in self.pages else names[0])
            self.sidebar.take_focus()

    def refresh(self) -> None:
        """F5: read everything of the page shown again."""
        page = self.current()
        if page is not None:
            page.refresh(None)

    def search(self) -> None:
        page = self.current()
        if page is not None and not page.focus_search():
            self.notices.show_notice(_("There is nothing to search on this page."))

    def take_call(self) -> None:
        page = self.current()
        if page is not None and page.take_call():
            return
        if CALLS in self.pages:
            self.go(CALLS)
            self.pages[CALLS].take_call()

    def undo(self) -> None:
        self._take_back(history.undo, _("Undone: {what}"))

    def redo(self) -> None:
        self._take_back(history.redo, _("Done again: {what}"))

    def _take_back(self, verb: Callable[..., Any], words: str) -> None:
        def said(undone: history.Undone) -> None:
            done = words.format(what=_words(undone.label, undone.facts))
            if undone.kept:
                self.notices.show_notice(_with_kept(done, undone), Kind.WARNING)
            else:
                self.notices.show_notice(done, Kind.SUCCESS)

        self.register.tasks.run_verb(verb, self.register.session, done=said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_compact(self.width() < theme.unit(COMPACT_BELOW))

    def _lay_out(self) -> None:
        across, down = QHBoxLayout(self), QVBoxLayout()
        for layout in (across, down):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.header, self.notices):
            down.addWidget(part)
        down.addWidget(self.stack, 1)
        down.addWidget(self.status)
        across.addWidget(self.sidebar)
        across.addLayout(down, 1)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _make_actions(self, lock: Callable[[], object]) -> None:
        for name in self.pages:
            actions.make(self, f"page.{name}", partial(self.go, name))
        if CALLS in self.pages:
            actions.make(self, "call.new", self.take_call)
        actions.make(self, "search", self.search)
        actions.make(self, "refresh", self.refresh)
        self.header.lock.setDefaultAction(actions.make(self, "lock", lock))
        self._undo = actions.make(self, "undo", self.undo)
        self.status.undo.setDefaultAction(self._undo)
        actions.make(self, "redo", self.redo)
        chooser = self.header.date
        chooser.use(
            actions.make(self, "day.previous", lambda: chooser.step(-1)),
            actions.make(self, "day.next", lambda: chooser.step(1)),
            actions.make(self, "day.today", chooser.go_to_today),
        )

    def _connect(self) -> None:
        tasks = self.register.tasks
        self.sidebar.chosen.connect(self.go)
        self.status.cancelled.connect(tasks.cancel)
        tasks.running_changed.connect(self.status.show_running)
        tasks.saved.connect(self._saved)
        tasks.told.connect(self._told)
        self.register.bridge.changed.connect(self._hear)
        self.register.working_date.changed.connect(self._day_changed)
        self._ask_next_undo()

    def _ask_next_undo(self) -> None:
        tasks, session = self.register.tasks, self.register.session
        tasks.run_query(history.next_undo, session, done=self._name_undo, key="undo.next")

    def _name_undo(self, target: history.Target | None) -> None:
        words = "" if target is None else _("Undo: {what}").format(what=_words(target.label, target.facts))
        self._undo.setToolTip(actions.tooltip("undo", words))

    def _saved(self) -> None:
        self.status.show_saved(self.register.session.clock())

    def _told(self, error: UserError) -> None:
        self.notices.show_notice(texts.error_text(error), Kind.WARNING)

    def _hear(self, change: Change) -> None:
        self._ask_next_undo()
        for page in self.pages.values():
            page.hear(change)

    def _day_changed(self, day: date) -> None:
        for page in self.pages.values():
            page.day_changed(day)


def _words(label: str, facts: Mapping[str, object]) -> str:
    return sentence(f"action.{label}", facts)


def _with_kept(done: str, undone: history.Undone) -> str:
    """What was undone, and what of it stays since later work builds on it."""
    if not undone.households:
        text = ngettext(
            "{done}. {n} entry was changed or used since and stays.",
            "{done}. {n} entries were changed or used since and stay.",
            undone.kept,
        )
        return text.format(done=done, n=undone.kept)
    numbers = ", ".join(map(str, undone.households[:MOST_NUMBERS]))
    numbers += "…" if len(undone.households) > MOST_NUMBERS else ""
    text = ngettext(
        "{done}. {n} entry was changed or used since and stays. Households: {numbers}",
        "{done}. {n} entries were changed or used since and stay. Households: {numbers}",
        undone.kept,
    )
    return text.format(done=done, n=undone.kept, numbers=numbers)


def _entry(name: str) -> Entry:
    spec = actions.ACTIONS[f"page.{name}"]
    return Entry(name, _(spec.text), spec.icon, actions.tooltip(f"page.{name}"))
