"""The papers of a day beside the pickup lists, as a menu: for the wall, for checkpoints, the summary, the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from coordinator.queries.day_papers import checkpoint_paper, wall_paper
from coordinator.queries.summary_paper import summary_paper
from coordinator.services.papers import CHECKPOINT, SUMMARY, WALL
from coordinator.session import Session
from resources.i18n import _
from ui import ask, theme
from ui.dialogs.check_confirmation import CheckConfirmationDialog
from ui.dialogs.print_log import PrintLogDialog
from ui.pages.base import PageContext
from ui.pages.schedule_papers import Papers
from ui.paper.checkpoint import checkpoint_document
from ui.paper.pages import Document
from ui.paper.summary import summary_document
from ui.paper.wall import wall_document, wall_document_a4


class MorePapers(QObject):
    """Each entry opens a preview, or the log; `papers` shows and logs them."""

    def __init__(self, context: PageContext, papers: Papers, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._papers, self._owner = context, papers, owner

    def show_menu(self, day: date, under: QWidget) -> QMenu:
        menu = QMenu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, verb in self.entries(day):
            menu.addAction(theme.icon("print"), text, verb)
        menu.addSeparator()
        menu.addAction(theme.icon("history"), _("Log of prints…"), lambda: self.open_log(day))
        menu.addAction(theme.icon("check"), _("Check a confirmation…"), self.check_confirmation)
        menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
        return menu

    def entries(self, day: date) -> list[tuple[str, Callable[[], object]]]:
        return [
            (_("What changed on printed lists…"), lambda: self._papers.preview_differences(day, None)),
            (_("Trips of the day for the wall (A3)…"), lambda: self._wall(day, wall_document)),
            (_("Trips of the day for the wall (A4)…"), lambda: self._wall(day, wall_document_a4)),
            (_("Passenger lists for checkpoints…"), lambda: self._checkpoint(day)),
            (_("Daily summary…"), lambda: self._summary(day)),
            (_("Call list…"), lambda: self._papers.preview_calls(day)),
            (_("The whole register…"), lambda: self._papers.preview_state(day)),
        ]

    def open_log(self, day: date) -> None:
        ask.show(PrintLogDialog(self._context, day, self._owner))

    def check_confirmation(self) -> None:
        ask.show(CheckConfirmationDialog(self._context, self._owner))

    def _wall(self, day: date, layout: Callable[[Any], Document]) -> None:
        name = _("trips-{day}.pdf").format(day=day.isoformat())
        self._preview(WALL, wall_paper, layout, name, day)

    def _checkpoint(self, day: date) -> None:
        name = _("passengers-{day}.pdf").format(day=day.isoformat())
        self._preview(CHECKPOINT, checkpoint_paper, checkpoint_document, name, day)

    def _summary(self, day: date) -> None:
        name = _("summary-{day}.pdf").format(day=day.isoformat())
        self._preview(SUMMARY, summary_paper, summary_document, name, day)

    def _preview(
        self, kind: str, query: Callable[[Session, date], object], layout: Callable[[Any], Document], name: str,
        day: date,
    ) -> None:  # fmt: skip
        def read(paper: Any) -> None:
            # Only what names people is counted in the log.
            people = paper.people if kind == CHECKPOINT else 0
            self._papers.preview(kind, layout, paper, name, day, people)

        self._context.tasks.run_query(partial(query, self._context.session, day), done=read)
