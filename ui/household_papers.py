"""The papers of one household: the confirmation of its evacuation, and the record of a refusal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coordinator.day_papers import ConfirmationPaper, RefusalPaper
from coordinator.domain.household import Household
from coordinator.queries.refusals import refusal_paper
from coordinator.services.papers import CONFIRMATION, REFUSAL
from resources.i18n import _
from ui import ask
from ui.dialogs.confirmations import ConfirmationsDialog
from ui.pages.base import PageContext
from ui.pages.schedule_papers import Papers
from ui.paper.confirmation import confirmation_document
from ui.paper.refusal import refusal_document


class HouseholdPapers(QObject):
    def __init__(self, context: PageContext, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._papers = Papers(context, owner)

    def confirmations(self, household: Household) -> None:
        dialog = ConfirmationsDialog(self._context, household.id, household.number, self._owner)
        dialog.print_wanted.connect(lambda paper: self._confirmation(paper, dialog))
        ask.show(dialog)

    def refusal(self, household: Household) -> None:
        """What the rules do not allow to be written down is told, with the reason."""
        work = partial(refusal_paper, self._context.session, household.id)
        self._context.tasks.run_query(work, done=self._refusal)

    def _confirmation(self, paper: ConfirmationPaper, over: QWidget) -> None:
        name = _("confirmation-{number}.pdf").format(number=paper.number)
        day = self._context.session.today()
        self._papers.preview(CONFIRMATION, confirmation_document, paper, name, day, paper.count, over)

    def _refusal(self, paper: RefusalPaper) -> None:
        name = _("refusal-{number}.pdf").format(number=paper.household_number)
        people = len(paper.adults) + len(paper.children)
        self._papers.preview(REFUSAL, refusal_document, paper, name, paper.day, people)
