"""A register that cannot be opened: what is wrong, what is kept, its copies, and what can still be read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.copies import CopyInfo, info_of
from coordinator.errors import UserError
from coordinator.keyring import Keyring
from coordinator.register import Access, open_unlocked, register_folder, unlock
from coordinator.services.backups import copies_in
from coordinator.services.checking import check
from coordinator.services.keys_back import put_keys_back
from coordinator.services.restore import difference, restore_closed
from coordinator.services.salvaging import Salvaged, salvage
from coordinator.session import Session, utc_now
from resources.i18n import N_, _
from ui import ask, copy_words, texts, theme
from ui.dialogs.restore import RestoreDialog
from ui.tables.columns import Column, prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.tasks import Callback, Tasks
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import allow, fit, words
from ui.widgets.safety.copies_table import COPY_COLUMNS
from ui.widgets.schedule.strips import Strip

WIDTH, HEIGHT = 980, 600
KEYS_GONE = frozenset({"register.no_keys", "register.keys_damaged"})


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the register. `key` b"": its key file cannot be read. `fault` None: it opens all the same."""

    folder: Path
    key: bytes
    owner: str
    fault: UserError | None
    copies: tuple[CopyInfo, ...]


@dataclass(frozen=True, slots=True)
class PutBack:
    """A copy took the place of the register, which is open again; `aside` is where the damaged files lie."""

    session: Session
    copy: CopyInfo
    aside: Path


class DamagedDialog(QDialog):
    """`restored(PutBack)` once the register is open again. The damaged file is never changed."""

    restored = Signal(object)

    def __init__(self, tasks: Tasks, folder: Path, passphrase: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks, self._passphrase = tasks, passphrase
        self._folder = register_folder(folder)
        self.found: Found | None = None
        self._busy = False
        self.setWindowTitle(_("A register that cannot be read"))
        name = self._folder.name.removesuffix(".register")
        self.heading = words("heading", _("The register “{name}” cannot be read").format(name=name))
        self.message, self.news = Strip(Kind.DANGER), Strip(Kind.INFO)
        self.model: TableModel[CopyInfo] = TableModel(_columns(utc_now()))
        self.table = TableView(self.model, _("Copies"))
        self.table.set_empty(EmptyState("copy", _("There is no copy in the register's folder"), _look_elsewhere()))
        self.restore = QPushButton(theme.icon("undo", "on_accent"), _("Restore this copy…"))
        self.elsewhere = QPushButton(theme.icon("folder"), _("A copy in another place…"))
        self.save = QPushButton(_("Save what can still be read"))
        self.keys = QPushButton(theme.icon("key"), _("Put its key file back"))
        self._lay_out()
        self._connect()
        self._look()

    def _look(self) -> None:
        self._work(look, self._folder, self._passphrase, done=self._show, words=_("Looking at the register…"))

    def _show(self, found: Found) -> None:
        self.found = found
        text = _("It opens again. Close this window and type the passphrase once more.")
        self.message.say(
            texts.error_text(found.fault) if found.fault else text, Kind.DANGER if found.fault else Kind.SUCCESS
        )
        current = self.table.current_id()
        self.model.set_rows(prepare(self.model.columns, found.copies, lambda copy: copy.path.name))
        if not (current and self.table.select_id(current)) and found.copies:
            self.table.select_id(found.copies[0].path.name)
        self._allow()

    def _allow(self) -> None:
        found = self.found
        why = _("One moment…") if self._busy or found is None else ""
        chosen = "" if self.table.current_id() else _("Choose a copy in the list first.")
        without_keys = found is not None and found.fault is not None and found.fault.code in KEYS_GONE
        self.keys.setVisible(without_keys)
        allow(self.keys, why or chosen)
        if found is not None and not found.key:
            why = _("The key file has to be put back first: keys.json of a copy.")
        allow(self.restore, why or chosen)
        allow(self.elsewhere, why)
        allow(self.save, why)

    def _chosen(self) -> CopyInfo | None:
        row = self.table.rows.row_of(self.table.current_id())
        return self.model.record(row) if row is not None else None

    def _restore(self) -> None:
        copy = self._chosen()
        if copy is not None and self.restore.isEnabled():
            self._compare(copy)

    def _put_keys_back(self) -> None:
        copy = self._chosen()
        if copy is not None:
            self._work(
                put_keys_back, self._folder, copy.path, self._passphrase,
                done=lambda _none: self._look(), words=_("Putting the key file back…"),
            )  # fmt: skip

    def _other(self) -> None:
        def chosen(folder: Path) -> None:
            self._work(info_of, folder, done=self._compare, words=_("Looking at the copy…"))

        ask.folder(self, _("Choose the folder of a copy, or of a register that was copied"), then=chosen)

    def _compare(self, copy: CopyInfo) -> None:
        if self.found is None:
            return
        compare = partial(difference, self.found.folder, self.found.key)
        dialog = RestoreDialog(self._tasks, compare, copy, utc_now(), self)
        dialog.agreed.connect(self._put_back)
        ask.show(dialog)

    def _put_back(self, copy: CopyInfo) -> None:
        if self.found is not None:
            self._work(put_back, self.found, copy, done=self._is_back, words=_("Restoring the copy…"))

    def _is_back(self, back: PutBack) -> None:
        self.accept()
        self.restored.emit(back)

    def _salvage(self) -> None:
        if self.found is not None:
            self._work(
                salvage, self.found.folder, self.found.key, self.found.owner,
                done=self._salvaged, words=_("Reading what can be read…"),
            )  # fmt: skip

    def _salvaged(self, saved: Salvaged) -> None:
        self.news.say(copy_words.salvaged(saved), Kind.WARNING if saved.lost or saved.left_out else Kind.SUCCESS)
        self._tasks.run_work(look, self._folder, self._passphrase, done=partial(self._show_saved, saved))

    def _show_saved(self, saved: Salvaged, found: Found) -> None:
        self._show(found)
        self.table.select_id(saved.copy.path.name)

    def _work(self, work: Callback, *args: object, done: Callback, words: str) -> None:
        self._busy = True
        self._allow()
        self.news.say(words, Kind.INFO)
        self._tasks.run_work(work, *args, done=done, failed=self._failed, ended=self._ended)

    def _ended(self) -> None:
        self._busy = False
        self.news.say("", Kind.INFO)
        self._allow()

    def _failed(self, error: UserError) -> None:
        self.news.say(texts.error_text(error), Kind.WARNING)

    def _connect(self) -> None:
        self.restore.clicked.connect(self._restore)
        self.elsewhere.clicked.connect(self._other)
        self.save.clicked.connect(self._salvage)
        self.keys.clicked.connect(self._put_keys_back)
        self.table.opened.connect(lambda _id: self._restore())
        self.table.current_changed.connect(lambda _id: self._allow())

    def _lay_out(self) -> None:
        column, buttons, head = QVBoxLayout(self), QHBoxLayout(), QLabel(_("Its copies, the newest first"))
        column.setSpacing(theme.unit(10))
        theme.dress(head, "strong")
        theme.dress(self.restore, "primary")
        for part in (self.heading, self.message, words("muted", _kept(self._folder)), head):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.news)
        buttons.setSpacing(theme.unit(8))
        for button in (self.save, self.elsewhere, self.keys):
            buttons.addWidget(button)
        buttons.addStretch(1)
        close = QDialogButtonBox()
        close.addButton(QPushButton(_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        close.rejected.connect(self.reject)
        buttons.addWidget(close)
        buttons.addWidget(self.restore)
        column.addLayout(buttons)
        for button in (self.save, self.elsewhere, self.keys, self.restore):
            button.setAutoDefault(False)
        self.table.setMinimumHeight(theme.unit(150))
        fit(self, WIDTH, HEIGHT)


def look(folder: Path, passphrase: str) -> Found:
    """In a worker: is the register still unreadable, and which copies lie in its folder?"""
    copies = tuple(copies_in(folder))
    try:
        keyring, owner = unlock(folder, passphrase)
    except UserError as fault:
        return Found(folder, b"", "", fault, copies)
    # A session that closes makes its keyring forget the key.
    key = keyring.key
    try:
        open_unlocked(keyring, owner, access=Access.READ).close()
    except UserError as fault:
        return Found(folder, key, owner, fault, copies)
    # A damaged page that opening does not need is found by looking at all of them.
    damaged = check(folder, key).damaged
    return Found(folder, key, owner, UserError("register.damaged", path=str(folder)) if damaged else None, copies)


def put_back(found: Found, copy: CopyInfo) -> PutBack:
    """In a worker: the damaged files aside, the copy in their place, and the register open for the same user."""
    aside = restore_closed(found.folder, found.key, copy.path, owner=found.owner)
    session = open_unlocked(Keyring(found.folder, found.key), found.owner, access=Access.WINDOW)
    return PutBack(session, copy, aside)


def back_words(back: PutBack) -> str:
    """What was done, and where the damaged files lie."""
    text = _("The copy of {when} is restored and open. The damaged files are kept as they were in {path}")
    return text.format(when=texts.moment(back.copy.made_at), path=back.aside)


def _kept(folder: Path) -> str:
    return _("Nothing is changed by looking: the damaged files stay as they are in {path}").format(path=folder)


def _look_elsewhere() -> str:
    return _("Look on the stick or the disk where copies of it were kept.")


def _columns(now: datetime) -> list[Column[CopyInfo]]:
    """As in the list of copies, with the age beside the moment."""
    age: Column[CopyInfo] = Column("age", N_("Age"), lambda copy: copy_words.age(copy.made_at, now), width=16)
    return [COPY_COLUMNS[0], age, *(column for column in COPY_COLUMNS[1:] if column.key not in ("size", "where"))]
