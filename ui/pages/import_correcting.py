"""Cells that somebody corrects in a preview: the file is read again with them, and what is typed meanwhile waits."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from coordinator.errors import UserError
from coordinator.exchange.originals import Correction
from resources.i18n import _
from ui import texts
from ui.pages.base import PageContext
from ui.pages.import_looking import Looked, corrected
from ui.widgets.notice_bar import Kind


class Correcting(QObject):
    """`begun(list[Correction])`: these are being read in; `done(Looked, Looked)`: the preview before and after."""

    begun = Signal(object)
    done = Signal(object, object)
    rest = Signal()
    """Nothing is being read any more."""

    def __init__(self, context: PageContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._waiting: list[Correction] = []
        self._under_way: list[Correction] = []

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def correct(self, looked: Looked, correction: Correction) -> None:
        """Read the file of this preview again with the cell; while it is read, further ones are taken along later."""
        self._waiting.append(correction)
        if not self._under_way:
            self._read(looked)
        else:
            self.begun.emit([*self._under_way, *self._waiting])

    def forget(self) -> None:
        """Another file, or none: what waits is about the one before."""
        self._waiting = []

    def _read(self, looked: Looked) -> None:
        self._under_way, self._waiting = self._waiting, []
        self.begun.emit(list(self._under_way))
        self._context.tasks.run_work(
            corrected, self._context.session, looked.preview, self._under_way,
            done=partial(self._read_in, looked), failed=self._refused, ended=self._ended,
            label=_("Reading the file with the corrected cells"), progress=True,
        )  # fmt: skip

    def _ended(self) -> None:
        """Also after a cancel: what waited is dropped then, for it was corrected in a preview that is not shown."""
        self._under_way = []
        if not self._waiting:
            self.rest.emit()

    def _read_in(self, before: Looked, anew: Looked) -> None:
        self.done.emit(before, anew)
        if self._waiting:
            self._read(anew)

    def _refused(self, error: UserError) -> None:
        self._waiting = []
        self._context.show_notice(texts.error_text(error), Kind.WARNING)
        self.rest.emit()
