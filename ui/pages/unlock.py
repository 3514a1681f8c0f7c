"""The first page: open a register that is known or elsewhere, or make a new one. The work runs off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.register import create_register, open_register
from coordinator.services.gazetteer import seed
from coordinator.session import Session
from resources.i18n import _
from ui import texts, theme
from ui.pages.unlock_forms import NewForm, OpenForm
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.widgets.header import language_button, theme_button

CARD_WIDTH = 460


class UnlockPage(QWidget):
    """`opened(Session)` once a passphrase fitted. Locks never ask: this page simply stands there again."""

    opened = Signal(object)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, tasks: Tasks, preferences: Preferences, folder: Path | None = None) -> None:
        super().__init__()
        theme.dress(self, "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self.open_form = OpenForm([Path(path) for path in preferences.recent], folder)
        self.new_form = NewForm()
        self.open_form.submitted.connect(self._open)
        self.open_form.other.connect(lambda: self._show(self.new_form))
        self.new_form.submitted.connect(self._create)
        self.new_form.other.connect(lambda: self._show(self.open_form))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.unit(14), theme.unit(10), theme.unit(14), theme.unit(14))
        column.addLayout(self._corner(preferences.theme))
        column.addWidget(self._middle(), 1)
        self._show(self.open_form)

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        self._form().begin()

    def wait(self) -> None:
        """The passphrase fitted; the pages are still loading."""
        self._busy(_("Opening…"))

    def say(self, text: str) -> None:
        """A calm sentence in the form that is shown."""
        self._form().say(text)

    def unlock(self, folder: Path, passphrase: str) -> None:
        """Open this register now, as if it had been chosen and typed."""
        self.open_form.choose(folder)
        self._open(folder, passphrase)

    def _open(self, folder: Path, passphrase: str) -> None:
        self._work(_("Opening…"), open_register, folder, passphrase)

    def _create(self, folder: Path, passphrase: str) -> None:
        self._work(_("Making the register…"), make_register, folder, passphrase)

    def _work(self, words: str, work: Callable[..., Session], folder: Path, passphrase: str) -> None:
        self._busy(words)
        self._tasks.run_work(
            work, folder, passphrase, done=self.opened.emit, failed=self._refused, ended=lambda: self._busy("")
        )

    def _refused(self, error: UserError) -> None:
        self._form().say(texts.error_text(error))
        self._form().try_again()

    def _busy(self, words: str) -> None:
        self._form().busy(words)
        self.languages.setEnabled(not words)
        self.themes.setEnabled(not words)

    def _form(self) -> OpenForm | NewForm:
        return self.open_form if self.new_form.isHidden() else self.new_form

    def _show(self, form: OpenForm | NewForm) -> None:
        for one in (self.open_form, self.new_form):
            one.setVisible(one is form)
        form.begin()

    def _corner(self, choice: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.languages = language_button(self.language_chosen)
        self.themes = theme_button(choice, self.theme_chosen)
        row.addWidget(self.languages)
        row.addWidget(self.themes)
        return row

    def _middle(self) -> QScrollArea:
        """The card in the middle; with large text on a small screen it scrolls."""
        area, inside = QScrollArea(), QWidget()
        theme.dress(inside, "plain")
        column, row = QVBoxLayout(inside), QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._card())
        row.addStretch(1)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        column.addWidget(_foot(), 0, Qt.AlignmentFlag.AlignHCenter)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _card(self) -> QFrame:
        card = QFrame()
        theme.dress(card, "card")
        card.setFixedWidth(theme.unit(CARD_WIDTH))
        column = QVBoxLayout(card)
        column.setContentsMargins(*[theme.unit(28)] * 4)
        column.setSpacing(theme.unit(14))
        brand, mark, words = QHBoxLayout(), QLabel(), QLabel(_("Evacuation Coordinator"))
        brand.setSpacing(theme.unit(12))
        mark.setPixmap(theme.pixmap("application", "text", 36))
        theme.dress(words, "title")
        brand.addWidget(mark)
        brand.addWidget(words, 1)
        column.addLayout(brand)
        column.addWidget(self.open_form)
        column.addWidget(self.new_form)
        return card


def make_register(folder: Path, passphrase: str) -> Session:
    """A new register with its gazetteer and an editable base and transit centre."""
    session = create_register(folder, passphrase)
    seed(session)
    return session


def _foot() -> QLabel:
    words = QLabel(_("Everything is kept encrypted in the register's folder, on this computer only."))
    theme.dress(words, "small")
    return words
