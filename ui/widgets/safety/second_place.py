"""The second place for copies, a stick for example: which folder, when the last copy went there, is it within reach."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from coordinator.services.backups import SecondState
from resources.i18n import _
from ui import copy_words, texts
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import Card, allow
from ui.widgets.schedule.strips import Strip


class SecondPlace(Card):
    """`choose_wanted`, `test_wanted` (make a copy there now), `clear_wanted`."""

    choose_wanted = Signal()
    test_wanted = Signal()
    clear_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Second place"))
        self.place = self.add_words()
        self.state = Strip(Kind.INFO)
        self.body.addWidget(self.state)
        self.choose = self.add_button(_("Choose a folder…"), self.choose_wanted.emit, "folder")
        self.test = self.add_button(_("Test it now"), self.test_wanted.emit, "refresh")
        self.clear = self.add_button(_("No second place"), self.clear_wanted.emit)

    def show_place(self, state: SecondState | None, now: datetime, why_not: str) -> None:
        """`why_not`: why this user cannot choose another place, "" where they can."""
        chosen = state is not None
        self.place.setText(str(state.place) if state else _no_place())
        self.state.say(*(_standing(state, now) if state else ("", Kind.INFO)))
        self.choose.setText(_("Choose another folder…") if chosen else _("Choose a folder…"))
        none = _("No second place is chosen.")
        allow(self.choose, why_not)
        allow(self.test, why_not or ("" if chosen else none))
        allow(self.clear, why_not or ("" if chosen else none))


def _no_place() -> str:
    return _(
        "No second place is chosen. If this computer is lost or breaks, its copies are lost with it. "
        "Choose a folder on a stick or on another disk."
    )


def _standing(state: SecondState, now: datetime) -> tuple[str, Kind]:
    text = _("No copy has come there yet.")
    if state.last is not None:
        text = _("The last copy there was made {when}, {ago}.").format(
            when=texts.moment(state.last), ago=copy_words.age(state.last, now)
        )
    fault = copy_words.second_fault(state)
    kind = Kind.WARNING if fault or state.overdue else Kind.SUCCESS
    return f"{text} {fault}".strip(), kind
