"""Restore a copy: first what would change, then one question with numbers."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.copies import CopyInfo
from coordinator.errors import UserError
from coordinator.services.restore import Difference
from resources.i18n import _, ngettext
from ui import ask, copy_words, texts, theme
from ui.tasks import Callback, Tasks
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import fit, words
from ui.widgets.safety.difference import DifferenceView, lost
from ui.widgets.schedule.strips import Strip

WIDTH, HEIGHT = 860, 600


class RestoreDialog(QDialog):
    """`agreed(CopyInfo)` once the person has seen what would change and said yes.

    `compare(copy folder)` gives the Difference; it runs in a worker.
    """

    agreed = Signal(object)

    def __init__(self, tasks: Tasks, compare: Callback, copy: CopyInfo, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self._copy = copy
        self.found: Difference | None = None
        self.setWindowTitle(_("Restore a copy"))
        self.heading = words("heading", _heading(copy, now))
        self.message = Strip(Kind.INFO)
        self.view = DifferenceView()
        self.kept = words("muted", kept_words())
        self.restore, self.cancel = QPushButton(_("Restore…")), QPushButton(_("Cancel"))
        self._lay_out()
        self.message.say(_("Comparing the register with the copy…"), Kind.INFO)
        tasks.run_work(compare, copy.path, done=self._show, failed=self._refused)

    def _show(self, found: Difference) -> None:
        self.found = found
        self.view.show_difference(found)
        self.view.show()
        self.message.say(*_summary(found))
        self.restore.setEnabled(True)

    def _refused(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _ask(self) -> None:
        if self.found is None:
            return
        ask.confirm(
            self,
            _("Put the copy of {when} in the place of the register?").format(when=texts.moment(self._copy.made_at)),
            detail=question(self.found),
            yes=_("Restore this copy"),
            danger=True,
            then=self._agree,
        )

    def _agree(self) -> None:
        self.accept()
        self.agreed.emit(self._copy)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        for part in (self.heading, self.message):
            column.addWidget(part)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.view)
        column.addWidget(scroll, 1)
        column.addWidget(self.kept)
        box = QDialogButtonBox()
        box.addButton(self.restore, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.cancel, QDialogButtonBox.ButtonRole.RejectRole)
        theme.dress(self.restore, "danger")
        self.restore.setAutoDefault(False)
        self.cancel.setDefault(True)
        self.restore.setEnabled(False)
        self.restore.clicked.connect(self._ask)
        box.rejected.connect(self.reject)
        column.addWidget(box)
        self.view.hide()
        fit(self, WIDTH, HEIGHT)


def _heading(copy: CopyInfo, now: datetime) -> str:
    text = _("The copy of {when}, made {ago}")
    return text.format(when=texts.moment(copy.made_at), ago=copy_words.age(copy.made_at, now))


def kept_words() -> str:
    return _(
        "The register as it is now is set aside first, in its own folder “backups”, and can itself be restored. "
        "Users and passphrases stay as they are now."
    )


def _summary(found: Difference) -> tuple[str, Kind]:
    older = _("The copy was made by an older version of the program; it is brought up to date.")
    if not found.readable:
        text = _("The register itself cannot be read. This is what the copy holds.")
    elif not found.actions and not found.tables:
        text = _("The copy holds just what the register holds.")
    else:
        text = _("This is what would change.")
    return (f"{text} {older}" if found.older_schema else text), (Kind.INFO if found.readable else Kind.WARNING)


def question(found: Difference) -> str:
    """What the yes would cost, in numbers, and what is kept."""
    parts = []
    if found.readable:
        done = ngettext(
            "{n} action done since then is taken out of the register.",
            "{n} actions done since then are taken out of the register.",
            found.actions,
        )
        parts.append(done.format(n=texts.number(found.actions)))
        gone = lost(found)
        entries = ngettext(
            "{n} entry that the copy does not have goes.", "{n} entries that the copy does not have go.", gone
        )
        parts.append(entries.format(n=texts.number(gone)))
    else:
        then = {count.what: count.then for count in found.counts}
        text = _("The register will hold {households} with {people}.")
        parts.append(text.format(households=texts.households(then["households"]), people=texts.people(then["people"])))
    parts.append(_("The register as it is now is set aside and can be restored again."))
    return " ".join(parts)
