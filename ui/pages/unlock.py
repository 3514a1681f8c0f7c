"""The first page: open a register that is known or elsewhere, or make a new one. The work runs off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import shiboken6
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.register import Access, create_register, open_register
from coordinator.services.gazetteer import seed
from coordinator.services.recovery import people_of_code, recover
from coordinator.services.users import new_recovery_code
from coordinator.session import Session, utc_now
from resources.i18n import _
from ui import ask, texts, theme
from ui.dialogs.recovery_code import RecoveryCodeDialog
from ui.pages.unlock_base import Form
from ui.pages.unlock_forms import NewForm, OpenForm
from ui.pages.unlock_recover import RecoverForm
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.widgets.header import language_button, theme_button
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip

CARD_WIDTH = 460
UNREADABLE = frozenset({"register.damaged", "register.no_data", "register.no_keys", "register.keys_damaged"})
"""What an older copy of the register helps against."""


@dataclass(frozen=True, slots=True)
class Made:
    """A new register, closed again until its recovery code is on paper."""

    folder: Path
    name: str
    code: str


class UnlockPage(QWidget):
    """`opened(Session)` once a passphrase fitted. Locks never ask: this page simply stands there again.

    `restore_wanted(Path, passphrase)`: the register cannot be read, and the person wants to open a copy of it.
    """

    opened = Signal(object)
    restore_wanted = Signal(object, str)
    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, tasks: Tasks, preferences: Preferences, folder: Path | None = None) -> None:
        super().__init__()
        theme.dress(self, "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._tasks = tasks
        self.open_form = OpenForm([Path(path) for path in preferences.recent], folder)
        self.new_form, self.recover_form = NewForm(), RecoverForm()
        self._forms: tuple[Form, ...] = (self.open_form, self.new_form, self.recover_form)
        self.open_form.submitted.connect(self._open)
        self.open_form.other.connect(lambda: self._show(self.new_form))
        self.new_form.submitted.connect(self._create)
        self.new_form.other.connect(lambda: self._show(self.open_form))
        self.open_form.forgotten.connect(self._ask_code)
        self.open_form.copy_wanted.connect(self.restore_wanted)
        self.recover_form.other.connect(lambda: self._show(self.open_form))
        self.recover_form.code_given.connect(self._look_for_people)
        self.recover_form.recovered.connect(self._recover)
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

    def say_held(self, text: str) -> None:
        """Why the register that was locked is not closed yet; "" takes it away."""
        self.held.say(text, Kind.INFO)

    def wipe(self) -> None:
        """Forget the secrets that were typed."""
        for form in self._forms:
            form.wipe()

    def unlock(self, folder: Path, passphrase: str) -> None:
        """Open this register now, as if it had been chosen and typed."""
        self.open_form.choose(folder)
        self._open(folder, passphrase)

    def _open(self, folder: Path, passphrase: str) -> None:
        self._work(_("Opening…"), open_for_window, folder, passphrase, done=self._is_open)

    def _is_open(self, session: Session) -> None:
        self.opened.emit(session)

    def _create(self, folder: Path, passphrase: str, user: str) -> None:
        def go_on(made: Made) -> None:
            # The dialog outlives this page where the system's theme changes: the passphrase is typed then.
            if shiboken6.isValid(self):
                self.unlock(made.folder, passphrase)

        def show_code(made: Made) -> None:
            dialog = RecoveryCodeDialog(made.name, made.code, utc_now(), self._tasks, self.window())
            dialog.kept.connect(lambda: go_on(made))
            self.open_form.choose(made.folder)
            self._show(self.open_form)
            ask.show(dialog)

        self._work(_("Making the register…"), make_register, folder, passphrase, user, done=show_code)

    def _ask_code(self, folder: Path) -> None:
        self.recover_form.start(folder)
        self._show(self.recover_form)

    def _look_for_people(self, folder: Path, code: str) -> None:
        def show(people: Sequence[tuple[str, str]]) -> None:
            self.recover_form.show_people(people)

        self._work(_("Checking the code…"), people_of_code, folder, code, done=show)

    def _recover(self, folder: Path, code: str, user_id: str, passphrase: str) -> None:
        self._work(
            _("Opening…"), recover_for_window, folder, code, user_id, passphrase, done=self._is_open
        )  # fmt: skip

    def _work(self, words: str, work: Callable[..., object], *args: object, done: Callable[..., object]) -> None:
        self._busy(words)
        self._tasks.run_work(work, *args, done=done, failed=self._refused, ended=lambda: self._busy(""))

    def _refused(self, error: UserError) -> None:
        form = self._form()
        form.say(texts.error_text(error))
        seconds = error.facts.get("seconds", error.facts.get("wait"))
        if isinstance(seconds, int):
            form.wait_for(seconds)
        if form is self.open_form:
            self.open_form.offer_copy(error.code in UNREADABLE)
        form.try_again()

    def _busy(self, words: str) -> None:
        self._form().busy(words)
        self.languages.setEnabled(not words)
        self.themes.setEnabled(not words)

    def _form(self) -> Form:
        return next((form for form in self._forms if not form.isHidden()), self.open_form)

    def _show(self, form: Form) -> None:
        for one in self._forms:
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
        self.held = Strip(Kind.INFO)
        column.addWidget(self.held)
        for form in self._forms:
            column.addWidget(form)
        return card


def open_for_window(folder: Path, passphrase: str) -> Session:
    return open_register(folder, passphrase, access=Access.WINDOW)


def recover_for_window(folder: Path, code: str, user_id: str, passphrase: str) -> Session:
    return recover(folder, code, user_id, passphrase, access=Access.WINDOW)


def make_register(folder: Path, passphrase: str, user: str) -> Made:
    """A new register with its gazetteer, an editable base and transit centre, and its recovery code."""
    with create_register(folder, passphrase, user=user) as session:
        seed(session)
        return Made(session.folder, session.name, new_recovery_code(session).value)


def _foot() -> QLabel:
    words = QLabel(_("Everything is kept encrypted in the register's folder, on this computer only."))
    theme.dress(words, "small")
    return words
