"""The window is closed: at once where all is saved, else when it is; or without the last edits, who will not wait."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from resources.i18n import _
from ui import ask
from ui.locking.closing import Closing
from ui.locking.traces import close_windows_over
from ui.locking.words import would_be_lost

PATIENCE_SECONDS = 2.0
"""How long a window that is closed waits in silence for its last writes; then it says so."""


class Leaving:
    """Part of the window. `wait` shows a page that says so; `leave` closes the window."""

    def __init__(self, closing: Closing, wait: Callable[[str], object], leave: Callable[[], object]) -> None:
        self._closing, self._wait, self._leave = closing, wait, leave
        self._waiting = False
        self.loses = False
        """The person leaves without what is not written yet."""

    def may_leave(self, window: QWidget) -> bool:
        """Is everything closed? Where not, the window stays: that is said at first, and asked the next time."""
        if self.loses or self._closing.wait(0 if self._waiting else PATIENCE_SECONDS):
            return True
        if self._waiting:
            ask.confirm(
                window, _("Leave now and lose the last edits?"), yes=_("Leave without them"), danger=True,
                detail=would_be_lost(self._closing.unwritten()), then=self._lose,
            )  # fmt: skip
        else:
            self._waiting = True
            self._wait(_("The last edits are being saved. The window closes by itself after that."))
        return False

    def stay(self) -> None:
        """Something is to be told first."""
        self._waiting = False

    def closed(self, window: QWidget, went_wrong: bool) -> bool:
        """A register is closed: leave, where that was waited for. True where something has to be told before."""
        if not self._waiting or self._closing.under_way:
            return False
        close_windows_over(window)
        self._waiting = False
        if not went_wrong:
            self._leave()
        return went_wrong

    def _lose(self) -> None:
        self.loses = True
        self._closing.give_up()
        self._leave()
