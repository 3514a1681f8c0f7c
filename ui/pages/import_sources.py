"""Where lists come from: chosen, dropped or pasted; several wait for one another; a password is asked where needed."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from coordinator.errors import UserError
from coordinator.exchange.clipboard import Copied
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import ask, texts, theme
from ui.dialogs.workbook_password import WorkbookPasswordDialog
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind

Source = Path | Copied
_MOST_NAMED = 4


def dropped_files(data: QMimeData) -> list[Path]:
    """The local files of a drop or of the clipboard."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def pasted(data: QMimeData | None) -> list[Source]:
    """What the clipboard brings: files that were copied, otherwise copied rows."""
    if data is None:
        return [Copied(_("Clipboard"))]
    files: list[Source] = [*dropped_files(data)]
    return files or [Copied(_("Clipboard"), data.text(), data.html(), _link(data))]


def _link(data: QMimeData) -> bytes:
    """The format in which Excel and LibreOffice tell where the copied rows stand; empty without it."""
    named = (form for form in data.formats() if 'value="Link"' in form or "openoffice-link" in form)
    form = next(named, "")
    return bytes(data.data(form).data()) if form else b""


class Opening(QObject):
    """Reads one source after another. `look(session, source, day, password, progress)` gives what `looked` carries.

    The owner calls `advance` when it is done with one; a source that cannot be read is told, and the next one is read.
    """

    begun = Signal()
    looked = Signal(object)
    changed = Signal()
    """What waits, or whether one is being read."""

    def __init__(self, context: PageContext, look: Callable[..., object], owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._look, self._owner = context, look, owner
        self._dialog: WorkbookPasswordDialog | None = None
        self._reading: Source | None = None
        self.waiting: deque[Source] = deque()
        self.busy = False

    def take(self, sources: Iterable[Source]) -> None:
        """Read the first at once; the others wait behind those that wait already."""
        first, *others = sources
        self.waiting.extend(others)
        self._read(first)

    def advance(self) -> None:
        """Read the next one that waits, if any."""
        if self.waiting:
            self._read(self.waiting.popleft())

    def drop_waiting(self) -> None:
        self.waiting.clear()
        self.changed.emit()

    def _read(self, source: Source, password: str = "") -> None:
        self._reading, self.busy = source, True
        self.begun.emit()
        self.changed.emit()
        self._context.tasks.run_work(
            self._look, self._context.session, source, self._context.day, password,
            done=lambda looked: self._done(source, looked), failed=lambda error: self._failed(source, error),
            ended=lambda: self._ended(source), label=_("Reading {file}").format(file=source.name), progress=True,
        )  # fmt: skip

    def _ended(self, source: Source) -> None:
        """Also after a cancel: what waits is kept until the person says go on."""
        if source is self._reading:
            self.busy = False
            self.changed.emit()
            if self._dialog is not None:
                self._dialog.wait(False)

    def _done(self, source: Source, looked: object) -> None:
        if source is not self._reading:
            return  # another one was chosen meanwhile
        if self._dialog is not None:
            self._dialog.accept()
        self.looked.emit(looked)

    def _failed(self, source: Source, error: UserError) -> None:
        if source is not self._reading:
            return
        if error.code == "import.password":
            self._ask_password(source)
        elif error.code == "import.wrong_password" and self._dialog is not None:
            self._refuse(source, self._dialog)
        else:
            if self._dialog is not None:
                self._dialog.accept()
            self._context.show_notice(texts.error_text(error), Kind.WARNING)
            self.advance()

    def _ask_password(self, source: Source) -> None:
        dialog = self._dialog = WorkbookPasswordDialog(source.name, self._owner)
        dialog.submitted.connect(lambda password: self._read(source, password))
        dialog.rejected.connect(lambda: self._leave(source, "import.not_opened", Kind.INFO))
        dialog.finished.connect(lambda _result: self._forget(dialog))
        ask.show(dialog)

    def _refuse(self, source: Source, dialog: WorkbookPasswordDialog) -> None:
        dialog.refuse()
        if dialog.spent:
            dialog.accept()
            self._leave(source, "import.password_not_found", Kind.WARNING)

    def _leave(self, source: Source, code: str, kind: Kind) -> None:
        self._reading, self.busy = None, False
        self._context.show_notice(sentence(code, {"file": source.name}), kind)
        self.changed.emit()
        self.advance()

    def _forget(self, dialog: WorkbookPasswordDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None


class WaitingBar(QFrame):
    """The files that wait for their turn. Takes no room where there is none."""

    def __init__(self, opening: Opening, go_on: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "notice", "info")
        self._opening = opening
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.go_on, self.drop = QPushButton(_("Go on with the next")), QPushButton(_("Leave them out"))
        self.go_on.clicked.connect(lambda: go_on())
        self.drop.clicked.connect(opening.drop_waiting)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(12), theme.unit(7), theme.unit(7), theme.unit(7))
        row.addWidget(self.words, 1)
        row.addWidget(self.go_on)
        row.addWidget(self.drop)
        opening.changed.connect(self.show_waiting)
        self.show_waiting()

    def show_waiting(self) -> None:
        names = [source.name for source in self._opening.waiting]
        text = ngettext("{n} more file waits: {files}", "{n} more files wait: {files}", len(names))
        more = " …" if len(names) > _MOST_NAMED else ""
        self.words.setText(text.format(n=len(names), files=", ".join(names[:_MOST_NAMED]) + more))
        self.go_on.setEnabled(not self._opening.busy)
        self.setVisible(bool(names))
