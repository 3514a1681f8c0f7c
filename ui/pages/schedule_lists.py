"""The preview of pickup lists: drafts until they are printed or saved, which issues them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from coordinator.paper_content import PickupList
from coordinator.queries.papers import pickup_lists
from coordinator.services.papers import issue_pickup_lists
from resources.i18n import _
from ui import ask
from ui.pages.base import PageContext
from ui.paper import typeface
from ui.paper.pages import Document
from ui.paper.pickup import pickup_document
from ui.paper.preview import PaperPreview
from ui.widgets.notice_bar import Kind

Laid = tuple[Document, Document | None]
"""The paper as it leaves, and as it is shown before where that differs."""


def lay_out(
    context: PageContext,
    layout: Callable[[Any], Document],
    content: object,
    drafts: object | None,
    then: Callable[[Laid], object],
) -> None:
    """In the pool; fonts are made known on this thread, and then only used in the other."""
    typeface.load()

    def work() -> Laid:
        return layout(content), None if drafts is None else layout(drafts)

    context.tasks.run_work(work, label=_("Laying out the paper"), done=then)


class ListsPreview(QObject):
    """Reads, lays out and shows the lists of these trips; once they left, numbers the next copies on."""

    def __init__(
        self, context: PageContext, over: QWidget, day: date, trip_ids: frozenset[str], copies: tuple[str, ...]
    ) -> None:
        super().__init__(over)
        self._context, self._over, self._day = context, over, day
        self._ids, self._copies = trip_ids, copies
        self._lists: list[PickupList] = []
        self._preview: PaperPreview | None = None

    def open(self) -> None:
        self._context.tasks.run_query(pickup_lists, self._context.session, self._day, self._ids, done=self._read)

    def _read(self, lists: list[PickupList]) -> None:
        self._lists = [replace(paper, copies=self._copies) for paper in lists]
        if self._preview is None and not all(paper.coordinator_phone for paper in lists):
            self._ask_for_phone()
        leaving = [replace(paper, draft=False) for paper in self._lists]
        drafts = self._lists if any(paper.draft for paper in self._lists) else None
        lay_out(self._context, pickup_document, leaving, drafts, self._show)

    def _show(self, laid: Laid) -> None:
        document, shown = laid
        if self._preview is not None:
            self._preview.renew(document, shown)
            return
        name = _("pickup-lists-{day}.pdf").format(day=self._day.isoformat())
        self._preview = PaperPreview(document, name, self._context.tasks, self._over, self._log, shown=shown)
        self._preview.printed.connect(lambda _path: self.open())
        self._preview.finished.connect(lambda _result: self.deleteLater())
        ask.show(self._preview)

    def _log(self, target: str, _to_file: bool) -> object:
        return issue_pickup_lists(
            self._context.session, self._day, self._ids, target, expected=self._lists, copies=self._copies
        )

    def _ask_for_phone(self) -> None:
        self._context.show_notice(
            _("The pickup lists say no phone of the coordinator: a driver in need cannot call."), Kind.WARNING,
            step=_("Enter it"), then=lambda: self._context.navigate("fleet", list="settings"),
        )  # fmt: skip
