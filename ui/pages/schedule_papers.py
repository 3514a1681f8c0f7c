"""From the register to a paper on the screen: read, laid out in the pool, shown; what was printed is logged."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coordinator.domain.roles import Right
from coordinator.paper_content import CallList, PickupList, StatePaper
from coordinator.queries.papers import call_list, pickup_lists
from coordinator.queries.state_paper import state_paper
from coordinator.services.papers import CALL_LIST, STATE, issue_pickup_lists, log_print, right_of
from resources.i18n import _
from ui import ask
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.print_lists import PrintListsDialog
from ui.pages.base import PageContext
from ui.paper import typeface
from ui.paper.calls import call_document
from ui.paper.pages import Document
from ui.paper.pickup import pickup_document
from ui.paper.preview import Log, PaperPreview
from ui.paper.state import state_document
from ui.widgets.notice_bar import Kind


class Papers(QObject):
    """Previews over `owner`. A PDF or a printed paper is logged with its number and version."""

    def __init__(self, context: PageContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner

    def choose_lists(self, day: date, trip_id: str = "") -> None:
        """Which lists: those of this trip, or those that need a new paper; other papers are offered beside them."""
        dialog = PrintListsDialog(self._context, day, [trip_id] if trip_id else None, self._owner)
        dialog.preview_wanted.connect(lambda ids: self.preview_lists(day, ids, dialog))
        dialog.calls_wanted.connect(lambda: self.preview_calls(day, dialog))
        dialog.state_wanted.connect(lambda: self.preview_state(day, dialog))
        ask.show(dialog)

    def say_nothing_to_print(self, day: date, _trip_id: str = "") -> None:
        """On a day without trips; the whole register can be printed all the same."""
        text = _("There are no trips on this day, so there are no lists to print.")
        step = _("The whole register…")
        self._context.show_notice(text, Kind.INFO, step=step, then=lambda: self.preview_state(day))

    def open_calls(self, day: date) -> None:
        """The call list on the screen; it can be printed from there."""
        dialog = CallListDialog(self._context, day, self._owner)
        dialog.print_wanted.connect(lambda: self.preview_calls(day, dialog))
        ask.show(dialog)

    def preview_lists(self, day: date, trip_ids: Collection[str], over: QWidget | None = None) -> None:
        """The pickup lists of these trips."""
        ids = frozenset(trip_ids)

        def read(lists: list[PickupList]) -> None:
            name = _("pickup-lists-{day}.pdf").format(day=day.isoformat())

            def log(target: str, _to_file: bool) -> object:
                return issue_pickup_lists(self._context.session, day, ids, target, expected=lists)

            if not all(paper.coordinator_phone for paper in lists):
                self._ask_for_phone()
            self._lay_out(pickup_document, lists, name, log, over)

        self._context.tasks.run_query(pickup_lists, self._context.session, day, ids, done=read)

    def _ask_for_phone(self) -> None:
        self._context.show_notice(
            _("The pickup lists say no phone of the coordinator: a driver in need cannot call."), Kind.WARNING,
            step=_("Enter it"), then=lambda: self._context.navigate("fleet", list="settings"),
        )  # fmt: skip

    def preview_calls(self, day: date, over: QWidget | None = None) -> None:
        def read(paper: CallList) -> None:
            people = sum(row.people for row in paper.rows)
            name = _("call-list-{day}.pdf").format(day=day.isoformat())
            self.preview(CALL_LIST, call_document, paper, name, day, people, over)

        self._context.tasks.run_query(call_list, self._context.session, day, done=read)

    def preview_state(self, day: date, over: QWidget | None = None) -> None:
        """Everything by street, for the day the power goes."""

        def read(paper: StatePaper) -> None:
            people = sum(household.people for household in paper.households)
            name = _("whole-register-{day}.pdf").format(day=day.isoformat())
            self.preview(STATE, state_document, paper, name, day, people, over)

        self._context.tasks.run_query(state_paper, self._context.session, day, done=read)

    def preview(
        self, kind: str, layout: Callable[[Any], Document], paper: object, name: str, day: date, people: int,
        over: QWidget | None = None,
    ) -> None:  # fmt: skip
        """Any paper that is logged by `log_print`: its kind, how it is laid out, what it says, the name of its file."""
        self._lay_out(layout, paper, name, self._logging(kind, paper, day, people), over, right_of(kind, to_file=True))

    def _lay_out(
        self, layout: Callable[[Any], Document], content: object, name: str, log: Log, over: QWidget | None,
        file_right: Right = Right.PRINT,
    ) -> None:  # fmt: skip
        typeface.load()  # fonts are made known on this thread, and then only used in the other

        def show(document: Document) -> None:
            ask.show(PaperPreview(document, name, self._context.tasks, over or self._owner, log, file_right))

        self._context.tasks.run_work(layout, content, label=_("Laying out the paper"), done=show)

    def _logging(self, kind: str, paper: object, day: date, people: int) -> Log:
        session = self._context.session

        def log(target: str, to_file: bool) -> object:
            return log_print(session, kind, paper, day=day, people=people, target=target, to_file=to_file)

        return log
