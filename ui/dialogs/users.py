"""Forms about users: add one, change name and role, set a passphrase anew, change one's own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.roles import Role
from coordinator.errors import UserError
from coordinator.register import MIN_PASSPHRASE
from resources.i18n import _
from ui import key_words, texts, theme
from ui.widgets.passphrase_field import PassphraseField
from ui.widgets.passphrase_hint import PassphraseHint

WIDTH = 440


class KeyDialog(QDialog):
    """What these forms share: fields under each other, Caps Lock, why it was refused, save and cancel.

    A subclass puts its fields in, then calls `finish`, and emits a signal of its own in `send`. Call `accept`
    once the register took it, or `refuse`: nothing typed is lost.
    """

    def __init__(self, title: str, about: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.unit(WIDTH))
        self._inside = QWidget()
        theme.dress(self._inside, "plain")
        self.column = QVBoxLayout(self._inside)
        self.column.setContentsMargins(0, 0, theme.unit(6), 0)
        self.column.setSpacing(theme.unit(10))
        heading = QLabel(title)
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        self.column.addWidget(heading)
        if about:
            self.column.addWidget(_wrapped(about, "muted"))
        self.caps = QLabel(_("Caps Lock is on"))
        theme.dress(self.caps, "small")
        self.message = QLabel()
        self.message.setWordWrap(True)
        theme.dress(self.message, "hint", "warning")
        self.save = QPushButton(_("Save"))

    def finish(self, action: str, first: QWidget) -> None:
        """Put the foot of the form under its fields and the cursor into the first."""
        box = QDialogButtonBox()
        self.save.setText(action)
        theme.dress(self.save, "primary")
        self.save.setDefault(True)
        box.addButton(QPushButton(_("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        box.addButton(self.save, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.submit)
        box.rejected.connect(self.reject)
        self.column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self._inside)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setSpacing(theme.unit(10))
        whole.addWidget(self._area, 1)
        for part in (self.caps, self.message, box):
            whole.addWidget(part)
        self.caps.hide()
        self.message.hide()
        first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def field(self, words: str, widget: QWidget) -> None:
        """A field with its label close above."""
        together, label = QVBoxLayout(), QLabel(words)
        together.setSpacing(theme.unit(3))
        label.setBuddy(widget)
        together.addWidget(label)
        together.addWidget(widget)
        widget.setAccessibleName(words)
        self.column.addLayout(together)

    def passphrase(self, words: str, *, new: bool = False) -> PassphraseField:
        field = PassphraseField(words)
        field.caps_seen.connect(self.caps.setVisible)
        self.field(words, field)
        if new:
            self.column.addWidget(PassphraseHint(field))
        return field

    def submit(self) -> None:
        wrong = self.wrong()
        if wrong is None:
            self.message.hide()
            self.save.setEnabled(False)
            self.send()
        else:
            field, words = wrong
            self.say(words)
            field.setFocus()

    def wrong(self) -> tuple[QWidget, str] | None:
        """The first field that cannot be used, and what to do about it."""
        raise NotImplementedError

    def send(self) -> None:
        raise NotImplementedError

    def refuse(self, error: UserError) -> None:
        """The register said no: say why and let the person mend it."""
        self.say(texts.error_text(error))
        self.save.setEnabled(True)

    def say(self, words: str) -> None:
        self.message.setText(words)
        self.message.show()
        self._fit()

    def _fit(self) -> None:
        """As high as the fields need; with large text on a small screen they scroll, the buttons stay in sight."""
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        missing = self._inside.heightForWidth(self._area.viewport().width()) - self._area.viewport().height()
        room = self.screen().availableGeometry().height() - theme.unit(30)
        self.resize(self.width(), min(self.height() + missing, room))


class AddUserDialog(KeyDialog):
    """`submitted(name, Role, passphrase)`"""

    submitted = Signal(str, object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            _("Add a user"),
            _(
                "Everybody has a passphrase of their own: the history says who did what, and when somebody leaves, "
                "theirs alone ends."
            ),
            parent,
        )
        self.name, self.role = QLineEdit(), RoleBox(Role.OPERATOR)
        self.field(_("Name"), self.name)
        self.role.put_into(self)
        self.new = self.passphrase(_("Passphrase"), new=True)
        self.again = self.passphrase(_("Passphrase once more"))
        self.finish(_("Add the user"), self.name)

    def wrong(self) -> tuple[QWidget, str] | None:
        if not self.name.text().strip():
            return self.name, texts.error_text(UserError("users.name_missing"))
        return _wrong_passphrase(self.new, self.again)

    def send(self) -> None:
        self.submitted.emit(self.name.text(), self.role.value(), self.new.text())


class EditUserDialog(KeyDialog):
    """`submitted(name, Role)`"""

    submitted = Signal(str, object)

    def __init__(self, name: str, role: Role, parent: QWidget) -> None:
        super().__init__(_("Name and role"), "", parent)
        self.name, self.role = QLineEdit(name), RoleBox(role)
        self.field(_("Name"), self.name)
        self.role.put_into(self)
        self.column.addWidget(_wrapped(_("A new role holds from the next time they open the register."), "small"))
        self.finish(_("Save"), self.name)

    def wrong(self) -> tuple[QWidget, str] | None:
        if not self.name.text().strip():
            return self.name, texts.error_text(UserError("users.name_missing"))
        return None

    def send(self) -> None:
        self.submitted.emit(self.name.text(), self.role.value())


class ResetPassphraseDialog(KeyDialog):
    """A coordinator gives somebody a new passphrase: `submitted(passphrase)`."""

    submitted = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(
            _("New passphrase for {name}").format(name=key_words.person_name(name)),
            _("The one they have now no longer opens the register. They can change it themselves afterwards."),
            parent,
        )
        self.new = self.passphrase(_("New passphrase"), new=True)
        self.again = self.passphrase(_("Passphrase once more"))
        self.finish(_("Set the passphrase"), self.new)

    def wrong(self) -> tuple[QWidget, str] | None:
        return _wrong_passphrase(self.new, self.again)

    def send(self) -> None:
        self.submitted.emit(self.new.text())


class OwnPassphraseDialog(KeyDialog):
    """`submitted(old, new)`"""

    submitted = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(_("Change my passphrase"), "", parent)
        self.old = self.passphrase(_("Old passphrase"))
        self.new = self.passphrase(_("New passphrase"), new=True)
        self.again = self.passphrase(_("Passphrase once more"))
        note = _("Copies of the register that were made before still open with the old passphrase.")
        self.column.addWidget(_wrapped(note, "muted"))
        self.finish(_("Change the passphrase"), self.old)

    def wrong(self) -> tuple[QWidget, str] | None:
        if not self.old.text():
            return self.old, _("Type the passphrase that you have now.")
        return _wrong_passphrase(self.new, self.again)

    def send(self) -> None:
        self.submitted.emit(self.old.text(), self.new.text())


class RoleBox(QComboBox):
    """The roles, and under it what the chosen one may do."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        for one in Role:
            self.addItem(texts.label(one), one)
        self.setCurrentIndex(list(Role).index(role))
        self._means = _wrapped("", "small")
        self.currentIndexChanged.connect(lambda _index: self._explain())
        self._explain()

    def value(self) -> Role:
        return list(Role)[self.currentIndex()]

    def put_into(self, form: KeyDialog) -> None:
        form.field(_("Role"), self)
        form.column.addWidget(self._means)

    def _explain(self) -> None:
        self._means.setText(_(key_words.MAY[self.value()]))
        self.setAccessibleDescription(self._means.text())


def _wrong_passphrase(new: PassphraseField, again: PassphraseField) -> tuple[QWidget, str] | None:
    if len(new.text().strip()) < MIN_PASSPHRASE:
        return new, key_words.at_least()
    if new.text() != again.text():
        return again, _("The two passphrases differ. Type the second one again.")
    return None


def _wrapped(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    theme.dress(label, role)
    return label
