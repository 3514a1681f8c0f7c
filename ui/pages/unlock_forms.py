"""The two forms of the first page: the register and its passphrase, or a name, a place and a new passphrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import platformdirs
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from coordinator.register import SUFFIX
from resources.i18n import _
from ui import ask, theme
from ui.pages.unlock_base import Form
from ui.widgets.passphrase_hint import PassphraseHint

LISTED = 4
PATH = Qt.ItemDataRole.UserRole


class OpenForm(Form):
    """Registers opened before, one elsewhere, and the passphrase.

    `forgotten(Path)` asks for the form of the recovery code, `copy_wanted(Path, passphrase)` for a copy of a
    register that cannot be read; that way is shown once `offer_copy` was called.
    """

    submitted = Signal(object, str)
    """(Path, passphrase)"""
    forgotten = Signal(object)
    copy_wanted = Signal(object, str)

    def __init__(self, recent: Sequence[Path], folder: Path | None) -> None:
        super().__init__(_("Open"), _("New register…"))
        heading, row = QLabel(_("Open a register")), QHBoxLayout()
        theme.dress(heading, "heading")
        self.browse = QPushButton(_("Another one…"))
        theme.dress(self.browse, "link")
        self.browse.setToolTip(_("Choose the folder of a register; its name ends with {suffix}").format(suffix=SUFFIX))
        self.browse.clicked.connect(lambda: ask.folder(self, _("Choose the folder of a register"), then=self.choose))
        row.addWidget(heading, 1)
        row.addWidget(self.browse)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Registers"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.empty = QLabel(_("No register has been opened on this computer yet. Choose one, or make a new one."))
        self.empty.setWordWrap(True)
        theme.dress(self.empty, "muted")
        self.passphrase = self.passphrase_field(_("Passphrase"))
        self.list.itemActivated.connect(lambda _item: self.passphrase.setFocus())
        self.column.addLayout(row)
        self.column.addWidget(self.list)
        self.column.addWidget(self.empty)
        self.labelled(_("Passphrase"), self.passphrase)
        self._add_ways_out()
        self.finish()
        # Another register has its own delay.
        self.list.currentItemChanged.connect(lambda _now, _before: self._other_register())
        for path in recent:
            self._add(path, last=True)
        if folder is not None:
            self.choose(folder)
        elif self.list.count():
            self.list.setCurrentRow(0)
        self._fit()

    def choose(self, folder: Path) -> None:
        """Put a register on top of the list and select it."""
        for row in range(self.list.count()):
            if self.list.item(row).data(PATH) == str(folder):
                self.list.setCurrentRow(row)
                return
        self._add(folder, last=False)
        self.list.setCurrentRow(0)
        self._fit()
        self.passphrase.setFocus()

    def chosen(self) -> Path | None:
        """The register that is selected."""
        item = self.list.currentItem()
        return None if item is None else Path(item.data(PATH))

    def submit(self) -> None:
        folder = self.chosen()
        if folder is None:
            self.say(_("Choose a register first."))
        elif not self.passphrase.text():
            self.say(_("Type the passphrase of this register."))
            self.passphrase.setFocus()
        else:
            self.submitted.emit(folder, self.passphrase.text())

    def offer_copy(self, on: bool) -> None:
        """Show the way to an older copy of the register, or take it away."""
        self.copy.setVisible(on)

    def busy(self, words: str) -> None:
        super().busy(words)
        if words:
            self.offer_copy(False)

    def begin(self) -> None:
        super().begin()
        (self.passphrase if self.list.count() else self.browse).setFocus()

    def try_again(self) -> None:
        self.passphrase.setFocus()
        self.passphrase.line.selectAll()

    def _add_ways_out(self) -> None:
        row = QHBoxLayout()
        self.lost, self.copy = QPushButton(_("Forgotten passphrase…")), QPushButton(_("Open a copy…"))
        self.lost.setToolTip(_("Open the register with the recovery code from paper"))
        self.copy.setToolTip(_("Choose one of the copies that were made of this register"))
        for link in (self.lost, self.copy):
            theme.dress(link, "link")
            row.addWidget(link)
        row.addStretch(1)
        self.lost.clicked.connect(self._forgotten)
        self.copy.clicked.connect(self._want_copy)
        self.copy.hide()
        self.column.addLayout(row)

    def _forgotten(self) -> None:
        folder = self.chosen()
        if folder is None:
            self.say(_("Choose a register first."))
        else:
            self.forgotten.emit(folder)

    def _want_copy(self) -> None:
        folder = self.chosen()
        if folder is not None:
            self.copy_wanted.emit(folder, self.passphrase.text())

    def _other_register(self) -> None:
        self.wait_for(0)
        self.offer_copy(False)
        self.say("")

    def _add(self, path: Path, *, last: bool) -> None:
        name = path.name.removesuffix(SUFFIX)
        item = QListWidgetItem(theme.icon("registry", "muted"), f"{name}\n{path.parent}")
        item.setData(PATH, str(path))
        item.setToolTip(str(path))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, _("Register {name}").format(name=name))
        self.list.insertItem(self.list.count() if last else 0, item)

    def _fit(self) -> None:
        rows = self.list.count()
        self.list.setVisible(rows > 0)
        self.empty.setVisible(rows == 0)
        if rows:
            self.list.ensurePolished()
            self.list.setFixedHeight(self.list.sizeHintForRow(0) * min(rows, LISTED) + theme.unit(4))


class NewForm(Form):
    """A new register: how it is called, where it lies, who makes it, and the passphrase twice."""

    submitted = Signal(object, str, str)
    """(Path, passphrase, user's name)"""

    def __init__(self) -> None:
        super().__init__(_("Make the register"), _("Back"))
        heading = QLabel(_("New register"))
        theme.dress(heading, "heading")
        self.name = QLineEdit()
        self.place = QLineEdit(str(platformdirs.user_documents_path()))
        self.browse = QPushButton(_("Choose…"))
        self.browse.clicked.connect(
            lambda: ask.folder(
                self,
                _("Where the register is kept"),
                start=self.place.text(),
                then=lambda path: self.place.setText(str(path)),
            )
        )
        where = QHBoxLayout()
        where.setSpacing(theme.unit(6))
        where.addWidget(self.place, 1)
        where.addWidget(self.browse)
        self.passphrase = self.passphrase_field(_("New passphrase"))
        self.again = self.passphrase_field(_("Passphrase once more"))
        self.user = QLineEdit()
        self.user.setPlaceholderText(_("stands in the history beside what you do"))
        self.column.addWidget(heading)
        self.labelled(_("Name of the register"), self.name)
        self.labelled(_("Folder"), self.place, where)
        self.labelled(_("Your name"), self.user)
        self.labelled(_("New passphrase"), self.passphrase)
        self.column.addWidget(PassphraseHint(self.passphrase))
        self.labelled(_("Passphrase once more"), self.again)
        warning = QLabel(_("Without the passphrase and the recovery code, which is shown next, the data are gone."))
        warning.setWordWrap(True)
        theme.dress(warning, "muted")
        self.column.addWidget(warning)
        self.finish()

    def submit(self) -> None:
        wrong = self._wrong()
        if wrong is None:
            folder = Path(self.place.text()).expanduser() / f"{self.name.text().strip()}{SUFFIX}"
            self.submitted.emit(folder, self.passphrase.text(), self.user.text().strip())
        else:
            field, words = wrong
            self.say(words)
            field.setFocus()

    def begin(self) -> None:
        super().begin()
        self.name.setFocus()

    def try_again(self) -> None:
        self.name.setFocus()

    def _wrong(self) -> tuple[QWidget, str] | None:
        """The first field that cannot be used, and what to do about it."""
        name = self.name.text().strip()
        if not name or set(name) & set('/\\:*?"<>|') or name.startswith("."):
            return self.name, _('Give the register a name without the signs / \\ : * ? " < > |')
        if not Path(self.place.text()).expanduser().is_dir():
            return self.place, _("This folder does not exist. Choose another one.")
        return self.wrong_passphrase(self.passphrase, self.again)
