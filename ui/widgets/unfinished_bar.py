"""Half-typed forms that wait: one line each, to continue or to throw away. Takes no room where there is none."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coordinator.services.drafts import Draft
from resources.i18n import _, ngettext
from ui import ask, texts, theme
from ui.drafts import title

MOST = 3


class UnfinishedBar(QWidget):
    """`continued(Draft)`, `discarded(Draft)`. Shows a few; the next ones come when those are dealt with."""

    continued = Signal(object)
    discarded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: list[UnfinishedLine] = []
        self.more = QLabel()
        theme.dress(self.more, "small")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.unit(16), theme.unit(10), theme.unit(16), 0)
        self._column.setSpacing(theme.unit(4))
        self._column.addWidget(self.more)
        self.hide()

    def show_drafts(self, waiting: list[Draft]) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [UnfinishedLine(draft) for draft in waiting[:MOST]]
        for place, line in enumerate(self.lines):
            line.go_on.clicked.connect(lambda _on=False, draft=line.draft: self.continued.emit(draft))
            line.throw.clicked.connect(lambda _on=False, draft=line.draft: self._ask(draft))
            self._column.insertWidget(place, line)
        rest = len(waiting) - len(self.lines)
        self.more.setText(ngettext("and {n} more", "and {n} more", rest).format(n=rest))
        self.more.setVisible(rest > 0)
        self.setVisible(bool(waiting))

    def _ask(self, draft: Draft) -> None:
        ask.confirm(
            self, _("Throw away what was typed in “{form}”?").format(form=title(draft.kind)), yes=_("Throw away"),
            danger=True, detail=_("It is not in the register yet, and cannot be brought back."),
            then=lambda: self.discarded.emit(draft),
        )  # fmt: skip


class UnfinishedLine(QFrame):
    def __init__(self, draft: Draft) -> None:
        super().__init__()
        theme.dress(self, "notice", "info")
        self.draft = draft
        self.words = QLabel(
            _("Unfinished: {form}, {moment}").format(form=title(draft.kind), moment=texts.moment(draft.saved_at))
        )
        self.words.setWordWrap(True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.go_on, self.throw = QPushButton(_("Continue")), QPushButton(_("Throw away"))
        for button in (self.go_on, self.throw):
            button.setAccessibleDescription(self.words.text())
        mark = QLabel()
        mark.setPixmap(theme.pixmap("edit", "on_accent_soft", theme.ICON_SIZE))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(12), theme.unit(6), theme.unit(8), theme.unit(6))
        row.setSpacing(theme.unit(9))
        row.addWidget(mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.go_on)
        row.addWidget(self.throw)
