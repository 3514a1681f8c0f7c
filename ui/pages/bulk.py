"""What is done with several chosen households at once: sheets, dates, decisions, the day's schedule."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from coordinator.domain.decision import Again, Decision, Said
from coordinator.errors import UserError
from coordinator.paper_content import CallSheets
from coordinator.queries.call_sheets import call_sheets
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.services.asking import ask_again
from coordinator.services.decisions import decide_many
from coordinator.services.papers import CALL_SHEET
from resources.i18n import _, ngettext
from ui import ask, texts, theme
from ui.dialogs.ask_again import AskAgainDialog
from ui.dialogs.call_sheets import CallSheetsDialog
from ui.dialogs.decide import DecideDialog
from ui.pages.base import PageContext
from ui.pages.schedule_papers import Papers
from ui.paper.call_sheet import call_sheet_document
from ui.signs import DECISION_SIGNS
from ui.widgets.notice_bar import Kind

Ids = Sequence[str]
TOGETHER = (
    Decision.PACKED, Decision.WANTS_PICKUP, Decision.PREPARING, Decision.UNDECIDED, Decision.REFUSED,
    Decision.UNREACHABLE, Decision.NOT_ASKED,
)  # fmt: skip
"""Decisions that several households can have at once; leaving and coming back is said of each by itself."""


class Bulk(QObject):
    """Works over `owner`; the ids come in the order of the list."""

    def __init__(self, context: PageContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._papers = Papers(context, owner)

    def make_sheets(self, chosen: Ids, shown: Ids) -> None:
        dialog = CallSheetsDialog(chosen, shown, self._owner)
        dialog.wanted.connect(self._preview)
        ask.show(dialog)

    def ask_again(self, ids: Ids) -> None:
        def save(again: Again) -> None:
            self._context.tasks.run_verb(
                ask_again, self._context.session, ids, again, done=lambda _n: dialog.accept(), failed=dialog.refuse
            )

        dialog = AskAgainDialog(self._context, len(ids), save, self._owner)
        ask.show(dialog)

    def decide(self, ids: Ids, where: QPoint) -> None:
        """One household is asked in full; for several a decision is chosen from a menu."""
        if len(ids) == 1:
            self._context.tasks.run_query(
                household_card, self._context.session, ids[0], done=self._decide_one, key=(self, "card")
            )
            return
        menu = self._menu(_("Decision"))
        for decision in TOGETHER:
            icon, role = DECISION_SIGNS[decision]
            action = menu.addAction(theme.icon(icon, role), texts.label(decision))
            action.triggered.connect(partial(self._decide_all, ids, Said(decision)))
        menu.popup(where)

    def into_schedule(self, ids: Ids, where: QPoint) -> None:
        """Ready for the working date: packed, or with a wish for that day."""
        day = self._context.day
        menu = self._menu(_("Into the schedule of {day}").format(day=texts.day_short(day)))
        for decision, wants_on in ((Decision.PACKED, None), (Decision.WANTS_PICKUP, day)):
            icon, role = DECISION_SIGNS[decision]
            words = texts.label(decision) if wants_on is None else _("{decision}, {day}").format(
                decision=texts.label(decision), day=texts.day_short(wants_on)
            )  # fmt: skip
            action = menu.addAction(theme.icon(icon, role), words)
            action.triggered.connect(partial(self._schedule, ids, Said(decision, wants_on)))
        menu.popup(where)

    def _menu(self, name: str) -> QMenu:
        menu = QMenu(self._owner)
        menu.setAccessibleName(name)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _decide_one(self, card: HouseholdCard) -> None:
        ask.show(DecideDialog(self._context, card, self._owner))

    def _decide_all(self, ids: Ids, said: Said, _on: bool = False, despite: str = "") -> None:
        def failed(error: UserError) -> None:
            if error.code != "decision.children_kept":
                self._context.show_notice(texts.error_text(error), Kind.WARNING)
                return
            again = partial(self._decide_all, ids, said, False)
            ask.text(self._owner, texts.error_text(error), then=again)

        work = partial(decide_many, self._context.session, ids, said, despite=despite)
        self._context.tasks.run_verb(work, done=self._decided, failed=failed)

    def _decided(self, n: int) -> None:
        text = ngettext(
            "The decision of {n} household is recorded.", "The decision of {n} households is recorded.", n
        ).format(n=texts.number(n))
        self._context.show_notice(text, Kind.SUCCESS)

    def _schedule(self, ids: Ids, said: Said, _on: bool = False) -> None:
        day = self._context.day

        def done(n: int) -> None:
            text = ngettext(
                "{n} household is ready for {day}. The next plan counts it in.",
                "{n} households are ready for {day}. The next plan counts them in.",
                n,
            ).format(n=texts.number(n), day=texts.day_short(day))
            step = _("Go to the schedule")
            self._context.show_notice(text, Kind.SUCCESS, step=step, then=lambda: self._context.navigate("schedule"))

        self._context.tasks.run_verb(decide_many, self._context.session, ids, said, done=done)

    def _preview(self, ids: Ids, callers: int) -> None:
        day = self._context.day

        def read(paper: CallSheets) -> None:
            name = _("call-sheets-{day}.pdf").format(day=day.isoformat())
            self._papers.preview(CALL_SHEET, call_sheet_document, paper, name, day, paper.people)

        self._context.tasks.run_query(call_sheets, self._context.session, day, ids, callers, done=read)
