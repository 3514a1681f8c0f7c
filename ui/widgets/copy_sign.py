"""The sign of the copies in the bottom line: when the last one was made, and what is wrong, in words beside a mark."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QToolButton, QWidget

from resources.i18n import _
from ui import ask, copy_words, texts, theme
from ui.backing_up import BackingUp, CopyNotice, CopyState
from ui.pages.base import Navigate, ShowNotice
from ui.widgets.notice_bar import Kind

_LOOKS = {Kind.SUCCESS: ("shield", "muted"), Kind.WARNING: ("warning", "warning"), Kind.DANGER: ("danger", "danger")}

MINUTE_MS = 60_000


class Said(NamedTuple):
    """What the sign says: how it is meant, a few words, and all of it for the tooltip."""

    kind: Kind
    words: str
    more: str


class CopySign(QToolButton):
    """A click goes to the copies. Says nothing until it follows a register."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._show_notice: ShowNotice | None = None
        self._navigate: Navigate | None = None
        self._copies: BackingUp | None = None
        self.kind = Kind.SUCCESS
        theme.dress(self, "quiet")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._go)
        self._minutes = QTimer(self, interval=MINUTE_MS)
        self._minutes.timeout.connect(self._show_again)
        self.hide()

    def follow(self, copies: BackingUp, show_notice: ShowNotice, navigate: Navigate) -> None:
        """Show what becomes of the copies of a register, and pass on what is to be told."""
        self._show_notice, self._navigate, self._copies = show_notice, navigate, copies
        copies.changed.connect(self.show_state)
        copies.noticed.connect(self._tell)
        self.show_state(copies.state)
        self._minutes.start()
        self.show()

    def show_state(self, state: CopyState) -> None:
        if self._copies is None:
            return
        said = said_of(state, self._copies.now())
        self.kind = said.kind
        self.setIcon(theme.icon(*_LOOKS[said.kind]))
        self.setText(said.words)
        self.setToolTip(said.more)
        self.setAccessibleName(said.words)
        self.setAccessibleDescription(said.more)

    def _show_again(self) -> None:
        """What was today becomes yesterday."""
        if self._copies is not None:
            self.show_state(self._copies.state)

    def _tell(self, notice: CopyNotice) -> None:
        if self._show_notice is None:
            return
        if notice.elsewhere:
            self._show_notice(notice.text, notice.kind, step=_("Make a copy elsewhere…"), then=self.copy_elsewhere)
        elif notice.kind is Kind.SUCCESS:
            self._show_notice(notice.text, notice.kind)
        else:
            self._show_notice(notice.text, notice.kind, step=_("Show the copies"), then=self._go)

    def copy_elsewhere(self) -> None:
        if self._copies is not None:
            ask_where(self, self._copies)

    def _go(self) -> None:
        if self._navigate is not None:
            self._navigate("safety", tab="copies")


def ask_where(parent: QWidget, copies: BackingUp) -> None:
    """Ask for a folder and make a copy of the whole register in it."""
    ask.folder(
        parent.window(),
        _("Where the copy goes: a stick, or a folder on another disk"),
        then=lambda place: copies.copy_to(place / copies.name_of_copy()),
    )


def said_of(state: CopyState, now: datetime) -> Said:
    """The worst first: the register itself, a copy that failed, the second place; else how old the last copy is."""
    lines = [_last_line(state, now)]
    kind = Kind.SUCCESS
    words = (
        _("No copy yet") if state.last is None else _("Copies: {time}").format(time=copy_words.when(state.last, now))
    )
    second = state.second
    if second is not None and (second.overdue or second.fault):
        kind, words = Kind.WARNING, copy_words.no_second_since(second, now)
        lines.append(copy_words.second_fault(second) or copy_words.overdue(second, now))
    if state.failed is not None:
        kind = Kind.WARNING if state.rescued else Kind.DANGER
        words = _("Copy in the second place only") if state.rescued else _("The last copy failed")
        lines.insert(0, texts.error_text(state.failed))
    if state.out_of_reach:
        kind, words = Kind.DANGER, _("The register is out of reach")
    return Said(kind, words, "\n".join(lines))


def _last_line(state: CopyState, now: datetime) -> str:
    if state.last is None:
        return _("No copy has been made yet.")
    return _("Copy made {time}").format(time=copy_words.when(state.last, now))
