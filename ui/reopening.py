"""After unlocking: one unfinished form is open again as it was; several wait in a calm bar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from coordinator.services.drafts import Draft
from ui import ask
from ui.dialogs.typed_text import TypedTextDialog
from ui.drafts import OPENERS, DraftKeeper, Reopening
from ui.pages.base import PageContext
from ui.widgets.unfinished_bar import UnfinishedBar


class Unfinished(QObject):
    """Part of the desk: opens drafts in its pages."""

    def __init__(
        self, keeper: DraftKeeper, context: PageContext, pages: Mapping[str, QWidget], bar: UnfinishedBar, desk: QWidget
    ) -> None:
        super().__init__(desk)
        self._keeper, self._context, self._pages, self._bar, self._desk = keeper, context, pages, bar, desk
        self._first = True
        bar.continued.connect(self.open)
        bar.discarded.connect(keeper.discard)
        keeper.unfinished.connect(self._show)
        keeper.watch(desk)
        if keeper.waiting:  # the desk was made anew; its pages are given back their state first
            QTimer.singleShot(0, self, lambda: self._show(keeper.waiting))

    def open(self, draft: Draft) -> None:
        """Open this form again. Where what it belongs to is gone, its text is shown."""
        opener = OPENERS.get(draft.kind)
        if opener is None:
            self._show_text(draft)
            return
        opener(
            Reopening(
                draft.fields, self._context, self._page, lambda form: self._opened(form, draft),
                lambda *_error: self._show_text(draft),
            )
        )  # fmt: skip

    def _show(self, waiting: list[Draft]) -> None:
        first, self._first = self._first, False
        if first and len(waiting) == 1:
            self.open(waiting[0])
        else:
            self._bar.show_drafts(waiting)

    def _page(self, name: str) -> Any:
        self._context.navigate(name)
        return self._pages[name]

    def _opened(self, form: Any, draft: Draft) -> None:
        form.take_draft(draft.fields)
        self._keeper.adopt(form, draft)

    def _show_text(self, draft: Draft) -> None:
        dialog = TypedTextDialog(draft, self._desk)
        dialog.thrown_away.connect(lambda: self._keeper.discard(draft))
        dialog.kept.connect(lambda: self._bar.show_drafts(self._keeper.waiting))
        ask.show(dialog)
