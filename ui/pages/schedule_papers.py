"""From the register to a paper on the screen: read, laid out in the pool, shown; what was printed is logged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coordinator.domain.roles import Right
from coordinator.paper_content import CallList, StatePaper
from coordinator.queries.paper_differences import ListDifference, list_differences
from coordinator.queries.papers import call_list
from coordinator.queries.state_paper import state_paper
from coordinator.services.differences import issue_differences
from coordinator.services.papers import CALL_LIST, STATE, log_print, right_of
from resources.i18n import _
from ui import ask
from ui.dialogs.call_list import CallListDialog
from ui.dialogs.print_lists import PrintListsDialog
from ui.pages.base import PageContext
from ui.pages.schedule_lists import Laid, ListsPreview, lay_out
from ui.paper.calls import call_document
from ui.paper.difference import difference_document
from ui.paper.pages import Document
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
        dialog.preview_wanted.connect(lambda ids: self.preview_lists(day, ids, dialog, dialog.copies()))
        dialog.differences_wanted.connect(lambda ids: self.preview_differences(day, ids, dialog))
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

    def preview_lists(
        self, day: date, trip_ids: Collection[str], over: QWidget | None = None, copies: Sequence[str] = ("",)
    ) -> None:
        """The pickup lists of these trips; drafts until they leave, which issues them. `copies`: for whom each is."""
        ListsPreview(self._context, over or self._owner, day, frozenset(trip_ids), tuple(copies)).open()

    def preview_differences(self, day: date, trip_ids: Collection[str] | None, over: QWidget | None = None) -> None:
        """What changed on these printed lists (None: all that changed), a sheet each. It issues the new version."""

        def read(all_found: list[ListDifference]) -> None:
            found = [one for one in all_found if trip_ids is not None or one.new.draft]
            if not found:
                self._context.show_notice(
                    _("No printed list of those chosen has changed, or what it said was not kept.")
                )
                return
            name = _("changes-{day}.pdf").format(day=day.isoformat())

            def log(target: str, _to_file: bool) -> object:
                return issue_differences(self._context.session, day, found, target)

            issued = [replace(one.changes, new=replace(one.new, draft=False)) for one in found]
            drafts = [one.changes for one in found] if any(one.new.draft for one in found) else None
            show = partial(self._show, name, log, over or self._owner, Right.PRINT)
            lay_out(self._context, difference_document, issued, drafts, show)

        self._context.tasks.run_query(
            list_differences, self._context.session, day, None if trip_ids is None else frozenset(trip_ids), done=read
        )

    def _show(self, name: str, log: Log, over: QWidget, file_right: Right, laid: Laid) -> None:
        document, shown = laid
        ask.show(PaperPreview(document, name, self._context.tasks, over, log, file_right, shown))

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
        show = partial(self._show, name, log, over or self._owner, file_right)
        lay_out(self._context, layout, content, None, show)

    def _logging(self, kind: str, paper: object, day: date, people: int) -> Log:
        session = self._context.session

        def log(target: str, to_file: bool) -> object:
            return log_print(session, kind, paper, day=day, people=people, target=target, to_file=to_file)

        return log
