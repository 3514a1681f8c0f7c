"""Calls taken on the registry's page: the dialog, what it was left with, and what is said when it was saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from resources.i18n import _, ngettext
from ui import ask
from ui.dialogs.take_call import TakeCallDialog, Taken
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind
from ui.widgets.settlement_field import Places


class RegistryCalls(QObject):
    """`saved(household id)` and `known(household id)`: the household that the call is about."""

    saved = Signal(str)
    known = Signal(str)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.dialog: TakeCallDialog | None = None
        self._left: dict[str, Any] = {}

    def take(self, places: Places) -> None:
        if self.dialog is None:
            self.dialog = call = TakeCallDialog(self._context, places, self._page)
            call.saved.connect(self._saved)
            call.known.connect(self.known)
            call.finished.connect(self._closed)
            call.restore(self._left)
            self._left = {}
            ask.show(call)

    def go_on(self, places: Places) -> None:
        """Open the call again that was left when the page was made anew."""
        if self._left:
            self.take(places)

    def state(self) -> dict[str, Any]:
        return self.dialog.state() if self.dialog is not None else self._left

    def restore(self, state: Mapping[str, Any]) -> None:
        self._left = dict(state)

    def _saved(self, taken: Taken) -> None:
        self.saved.emit(taken.household_id)
        if not taken.possible_duplicates:
            saved = _("The call was saved as request № {number}. Ctrl+Z takes it back.")
            self._context.show_notice(saved.format(number=taken.request), Kind.SUCCESS)
            return
        words = ngettext(
            "The call was saved as request № {number}. It may be the same family as {n} household.",
            "The call was saved as request № {number}. It may be the same family as {n} households.",
            taken.possible_duplicates,
        ).format(n=taken.possible_duplicates, number=taken.request)
        self._context.show_notice(
            words, Kind.WARNING, step=_("Compare"),
            then=lambda: self._context.navigate("duplicates", household=taken.household_id),
        )  # fmt: skip

    def _closed(self, _code: int) -> None:
        self.dialog = None
        self._page.come_into_view()
