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
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.session import Session
from resources.i18n import _
from ui import actions, texts, theme
from ui.backing_up import BackingUp
from ui.bridge import Bridge
from ui.copying import Copying
from ui.crew_watch import CrewWatch
from ui.drafts import DraftKeeper, LastWords, Patience
from ui.pages.base import Page, PageContext
from ui.palette.entry import Recent
from ui.palette.window import Palette
from ui.preferences import Preferences
from ui.reopening import Unfinished
from ui.rights import Gate
from ui.tasks import Tasks
from ui.undoing import LOG, Undoing
from ui.widgets.copy_sign import ask_where
from ui.widgets.header import Header
from ui.widgets.notice_bar import Kind, NoticeBar
from ui.widgets.page_stack import PageStack
from ui.widgets.read_only_bar import ReadOnlyBar
from ui.widgets.sidebar import Entry, Sidebar
from ui.widgets.status_line import StatusLine
from ui.widgets.unfinished_bar import UnfinishedBar
from ui.working_date import WorkingDate

Pages = Mapping[str, Callable[[PageContext], Page]]
CALLS = "registry"
"""The page that takes calls."""
SHELLING = "next"
"""The page that records shelling."""
CREWS = "crews"
"""The page that shows the crews on the road."""
COPIES = "safety"
"""The page that shows the copies."""

COMPACT_BELOW = 1000
"""Narrower than this (at normal font size) the sidebar shows icons alone."""


class OpenRegister:
    """An unlocked register with what works on it. Lives from unlock to lock, across changes of language and theme."""

    def __init__(self, session: Session, preferences: Preferences | None = None) -> None:
        self.session = session
        self.recent = Recent((preferences or Preferences()).palette)
        self.tasks = Tasks()
        self.bridge = Bridge(session)
        self.memory = RegistryMemory(session)
        self.bridge.changed.connect(self.memory.hear)
        self.counts = CountMemory(session)
        self.bridge.changed.connect(self.counts.hear)
        self.copies = BackingUp(session, self.tasks, self.bridge)
        self.crews = CrewWatch(session, self.tasks, self.bridge)
        self.drafts = DraftKeeper(session, self.tasks)
        self.working_date = WorkingDate(session.today(), session.today)
        self.sent_away: Callable[[], object] | None = None
        """Called when somebody has removed this user from the register."""
        self.tasks.watch(session.moved, self._look_who_this_is)

    def close(self) -> list[BaseException]:
        """All steps in one, for where nobody watches; what is half-typed is tried once."""
        last, once = self.stop(), Patience(lambda _why: None)
        once.end()
        errors = self.finish(last, once)
        self.forget()
        return errors

    def stop(self) -> LastWords:
        """The first step of closing, at once: nothing new is begun. What is half-typed is for the second step."""
        last = self.drafts.last_words()
        Copying.of(self.session, self.tasks).write()
        self.copies.close()
        self.crews.close()
        self.tasks.stop()
        self.bridge.close()
        return last

    def finish(self, last: LastWords, patience: Patience) -> list[BaseException]:
        """The second step, on any thread: the last writes, the drafts, then the file is closed.

        Waits for another program that holds the file; what went wrong is given back.
        """
        try:
            errors = self.tasks.finish()
            try:
                last.write(self.session, bool(errors), patience)
            except UserError as error:
                errors += [error, UserError("draft.not_kept")]
            return errors
        finally:
            self.session.close()

    def give_up(self) -> None:
        """After `stop`: of the edits that wait, none is begun any more."""
        self.tasks.give_up()

    def unwritten(self) -> int:
        """After `stop`: how many edits are not written yet."""
        return self.tasks.unwritten()

    def forget(self) -> None:
        """The last step, on the GUI thread."""
        self.tasks.forget()

    def _look_who_this_is(self) -> None:
        """Another program has committed: views read again once it is known who may still do what."""
        self.tasks.run_query(
            self.session.who_now, done=self._heard, failed=lambda _error: None, ended=self.bridge.tell_everything,
            key="who",
        )  # fmt: skip

    def _heard(self, still_here: bool) -> None:
        if not still_here and self.sent_away is not None:
            self.sent_away()


class Desk(QWidget):
    """Made anew for another language, theme or font size; `state` and `restore` carry on what was being done."""

    def __init__(self, register: OpenRegister, pages: Pages, preferences: Preferences, lock: Callable[[], object]):
        super().__init__()
        theme.dress(self, "window")
        self.register = register
        self.notices = NoticeBar()
        self.read_only = ReadOnlyBar(register.session)
        self.gate = Gate(register.session, register.tasks, self._refuse, self)
        self.unfinished = UnfinishedBar()
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
            register.memory,
            register.counts,
            register.copies,
        )
        self._context = context
        self.pages: dict[str, Page] = {name: make(context) for name, make in pages.items()}
        for page in self.pages.values():
            self.stack.add(page)
        self.header.reserve(page.title() for page in self.pages.values())
        self._lay_out()
        self._make_actions(lock)
        self._connect()
        Unfinished(register.drafts, context, self.pages, self.unfinished, self)

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
            self.register.memory.forget()
            self.register.counts.forget()
            page.refresh(None)

    def search(self) -> None:
        page = self.current()
        if page is not None and not page.focus_search():
            self.notices.show_notice(_("There is nothing to search on this page."))

    def open_palette(self) -> None:
        Palette(self, self._context, self.pages, self.register.recent).open_over(self)

    def take_call(self) -> None:
        page = self.current()
        if page is not None and page.take_call():
            return
        if CALLS in self.pages:
            self.go(CALLS)
            self.pages[CALLS].take_call()

    def record_shelling(self) -> None:
        page = self.current()
        if page is not None and page.record_shelling():
            return
        if SHELLING in self.pages:
            self.go(SHELLING)
            self.pages[SHELLING].record_shelling()

    def export(self) -> None:
        """What leaves the register, begun with what the page shown is about."""
        page = self.current()
        if page is not None and page.export():
            return
        if CALLS in self.pages:
            self.pages[CALLS].export()

    def _refuse(self, why: str) -> None:
        self.notices.show_notice(why)

    def undo(self) -> None:
        self.undoing.undo()

    def redo(self) -> None:
        self.undoing.redo()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sidebar.set_compact(self.width() < theme.unit(COMPACT_BELOW))

    def _lay_out(self) -> None:
        across, down = QHBoxLayout(self), QVBoxLayout()
        for layout in (across, down):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for part in (self.header, self.read_only, self.notices, self.unfinished):
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
        if SHELLING in self.pages:
            actions.make(self, "incident.record", self.record_shelling)
        actions.make(self, "search", self.search)
        actions.make(self, "refresh", self.refresh)
        actions.make(self, "palette", self.open_palette)
        self.header.lock.setDefaultAction(actions.make(self, "lock", lock))
        self.header.export.setDefaultAction(actions.make(self, "export", self.export))
        undo = actions.make(self, "undo", self.undo)
        redo = actions.make(self, "redo", self.redo)
        self.status.undo.setDefaultAction(undo)
        register, to_log = self.register, self.go if LOG in self.pages else None
        self.undoing = Undoing(register.session, register.tasks, undo, redo, self.notices.show_notice, to_log, self)
        chooser = self.header.date
        chooser.use(
            actions.make(self, "day.previous", lambda: chooser.step(-1)),
            actions.make(self, "day.next", lambda: chooser.step(1)),
            actions.make(self, "day.today", chooser.go_to_today),
        )

    def _connect(self) -> None:
        tasks = self.register.tasks
        self.sidebar.chosen.connect(self.go)
        self.read_only.copy_wanted.connect(lambda: ask_where(self, self.register.copies))
        self.status.saved.setVisible(not self.read_only.text)
        self.status.cancelled.connect(tasks.cancel)
        tasks.running_changed.connect(self.status.show_running)
        if COPIES in self.pages:
            self.status.copies.follow(self.register.copies, self.notices.show_notice, self.go)
        if CREWS in self.pages:
            self.status.crews.follow(self.register.crews, self.go)
            self.register.crews.follow()
        tasks.saved.connect(self._saved)
        tasks.told.connect(self._told)
        self.register.bridge.changed.connect(self._hear)
        self.register.working_date.changed.connect(self._day_changed)
        self.undoing.ask()

    def _saved(self) -> None:
        self.status.show_saved(self.register.session.clock())

    def _told(self, error: UserError) -> None:
        if error.code == "register.damaged" and COPIES in self.pages:
            then = partial(self.go, COPIES, tab="copies")
            self.notices.show_notice(texts.error_text(error), Kind.DANGER, step=_("Show the copies"), then=then)
            return
        self.notices.show_notice(texts.error_text(error), Kind.WARNING)

    def _hear(self, change: Change) -> None:
        self.undoing.ask()
        for page in self.pages.values():
            page.hear(change)

    def _day_changed(self, day: date) -> None:
        for page in self.pages.values():
            page.day_changed(day)


def _entry(name: str) -> Entry:
    spec = actions.ACTIONS[f"page.{name}"]
    return Entry(name, _(spec.text), spec.icon, actions.tooltip(f"page.{name}"))
