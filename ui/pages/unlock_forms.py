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
    QVBoxLayout,
    QWidget,
)

from coordinator.register import MIN_PASSPHRASE, SUFFIX
from resources.i18n import _, ngettext
from ui import ask, theme
from ui.widgets.passphrase_field import PassphraseField

LISTED = 4
PATH = Qt.ItemDataRole.UserRole


class _Form(QWidget):
    """What both have: a place for a calm sentence, a main button, and a way to the other form."""

    submitted = Signal(object, str)
    """(Path, passphrase)"""
    other = Signal()

    def __init__(self, action: str, other: str) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.unit(10))
        self.message = QLabel()
        self.message.setWordWrap(True)
        theme.dress(self.message, "hint", "warning")
        self.caps = QLabel(_("Caps Lock is on"))
        theme.dress(self.caps, "small")
        self._action = action
        self.button, self.switch = QPushButton(action), QPushButton(other)
        theme.dress(self.button, "primary")
        theme.dress(self.switch, "link")
        self.button.setDefault(True)
        self.button.clicked.connect(self.submit)
        self.switch.clicked.connect(self.other)

    def finish(self) -> None:
        """Put the foot of the form under what was added to `column`."""
        buttons = QHBoxLayout()
        buttons.addWidget(self.switch)
        buttons.addStretch(1)
        buttons.addWidget(self.button)
        self.column.addWidget(self.caps)
        self.column.addWidget(self.message)
        self.column.addSpacing(theme.unit(4))
        self.column.addLayout(buttons)
        self.caps.hide()
        self.say("")

    def passphrase_field(self, name: str) -> PassphraseField:
        field = PassphraseField(name)
        field.caps_seen.connect(self.caps.setVisible)
        field.submitted.connect(self.submit)
        return field

    def labelled(self, words: str, field: QWidget, row: QHBoxLayout | None = None) -> None:
        """A field (or the row it stands in) with its label close above."""
        together, label = QVBoxLayout(), QLabel(words)
        together.setSpacing(theme.unit(3))
        label.setBuddy(field)
        together.addWidget(label)
        if row is None:
            together.addWidget(field)
        else:
            together.addLayout(row)
        self.column.addLayout(together)

    def submit(self) -> None:
        raise NotImplementedError

    def begin(self) -> None:
        self.say("")

    def try_again(self) -> None:
        """After a refusal: the cursor where the person goes on."""

    def say(self, text: str) -> None:
        self.message.setText(text)
        self.message.setVisible(bool(text))

    def busy(self, words: str) -> None:
        """Show what is being done; "" ends it. Nothing can be submitted twice."""
        self.setEnabled(not words)
        self.button.setText(words or self._action)
        if words:
            self.say("")


class OpenForm(_Form):
    """Registers opened before, one elsewhere, and the passphrase."""

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
        self.finish()
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

    def submit(self) -> None:
        item = self.list.currentItem()
        if item is None:
            self.say(_("Choose a register first."))
        elif not self.passphrase.text():
            self.say(_("Type the passphrase of this register."))
            self.passphrase.setFocus()
        else:
            self.submitted.emit(Path(item.data(PATH)), self.passphrase.text())

    def begin(self) -> None:
        super().begin()
        (self.passphrase if self.list.count() else self.browse).setFocus()

    def try_again(self) -> None:
        self.passphrase.setFocus()
        self.passphrase.line.selectAll()

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


class NewForm(_Form):
    """A new register: how it is called, where it lies, and its passphrase twice."""

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
        warning = QLabel(_("Without the passphrase nobody can open the register. Keep it on paper in a safe place."))
        warning.setWordWrap(True)
        theme.dress(warning, "muted")
        self.column.addWidget(heading)
        self.labelled(_("Name of the register"), self.name)
        self.labelled(_("Folder"), self.place, where)
        self.labelled(_("New passphrase"), self.passphrase)
        self.labelled(_("Passphrase once more"), self.again)
        for field, words in ((self.name, _("Name of the register")), (self.place, _("Folder"))):
            field.setAccessibleName(words)
        self.column.addWidget(warning)
        self.finish()

    def submit(self) -> None:
        wrong = self._wrong()
        if wrong is None:
            self.submitted.emit(
                Path(self.place.text()).expanduser() / f"{self.name.text().strip()}{SUFFIX}", self.passphrase.text()
            )
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
        if len(self.passphrase.text().strip()) < MIN_PASSPHRASE:
            least = ngettext(
                "The passphrase needs at least {n} sign. Several words are good and easy to remember.",
                "The passphrase needs at least {n} signs. Several words are good and easy to remember.",
                MIN_PASSPHRASE,
            )
            return self.passphrase, least.format(n=MIN_PASSPHRASE)
        if self.passphrase.text() != self.again.text():
            return self.again, _("The two passphrases differ. Type the second one again.")
        return None
