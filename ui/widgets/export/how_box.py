"""How a list leaves: its language, its dates, workbook or text, the recipient's own form, a password."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.exchange.wanted import Recipient
from coordinator.exchange.writing import DateStyle
from resources.i18n import LANGUAGES, N_, _
from ui import theme
from ui.widgets.passphrase_field import PassphraseField

DATES = {
    DateStyle.DOTS: N_("15.08.2023, as a date"),
    DateStyle.ISO: N_("2023-08-15, as a date"),
    DateStyle.TEXT: N_("15.08.2023, as text"),
}
SUFFIXES = {".xlsx": N_("Workbook (.xlsx)"), ".csv": N_("Plain text (.csv)")}
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike when a password is told by telephone."""
UPRIGHT_FROM = 130
"""Per cent of the normal text size from which its two halves stand one below the other."""


class HowBox(QWidget):
    """`changed` when the rows would look otherwise; `form_wanted` and `form_dropped` from the line of the form."""

    changed = Signal()
    form_wanted = Signal()
    form_dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.upright = theme.unit(100) > UPRIGHT_FROM
        self.language, self.dates, self.file = QComboBox(), QComboBox(), QComboBox()
        self.language.addItem(_("As the program"), "")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        for style, words in DATES.items():
            self.dates.addItem(_(words), style.value)
        for suffix, words in SUFFIXES.items():
            self.file.addItem(_(words), suffix)
        self.form_name = QLabel()
        self.choose_form, self.drop_form = QPushButton(_("Choose…")), QToolButton()
        self.protect = QCheckBox(_("Under a password"))
        self.password = PassphraseField(_("Password of the file"))
        self.make_password = QPushButton(_("Make one"))
        self._lay_out()
        self._connect()
        self.show_form("")
        self._show_password()

    def use(self, recipient: Recipient) -> None:
        self.blockSignals(True)
        self.language.setCurrentIndex(max(0, self.language.findData(recipient.language)))
        self.dates.setCurrentIndex(max(0, self.dates.findData(recipient.dates.value)))
        self.protect.setChecked(recipient.protect)
        self.blockSignals(False)

    def date_style(self) -> DateStyle:
        return DateStyle(str(self.dates.currentData()))

    def suffix(self) -> str:
        return str(self.file.currentData())

    def typed_password(self) -> str:
        return self.password.text() if self.protect.isChecked() else ""

    def forget(self) -> None:
        """The password was used, or the dialog goes."""
        self.password.line.clear()

    def show_form(self, name: str) -> None:
        """The form that is filled; "" for none."""
        self.form_name.setText(name or _("none"))
        self.drop_form.setVisible(bool(name))
        if name:
            self.file.setCurrentIndex(self.file.findData(".xlsx"))
        self._fit_file()

    def _fit_file(self) -> None:
        """What a form or a password does not go with cannot be chosen, and says why."""
        form, locked = not self.drop_form.isHidden(), self.protect.isChecked()
        self.file.setEnabled(not (form or locked))
        why = _("A form and a password need a workbook") if form or locked else ""
        self.file.setToolTip(why)
        if locked:
            self.file.setCurrentIndex(self.file.findData(".xlsx"))

    def _show_password(self) -> None:
        on = self.protect.isChecked()
        self.password.setVisible(on)
        self.make_password.setVisible(on)
        if not on:
            self.forget()
        self._fit_file()
        self.changed.emit()

    def _make(self) -> None:
        """Twelve signs in three groups, shown: it has to be told to the recipient another way than the file goes."""
        groups = ("".join(secrets.choice(_SIGNS) for _sign in range(4)) for _group in range(3))
        self.password.line.setText("-".join(groups))
        self.password.eye.setChecked(True)
        self.password.setFocus()

    def _connect(self) -> None:
        for box in (self.language, self.dates, self.file):
            box.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.protect.toggled.connect(lambda _on: self._show_password())
        self.password.line.textChanged.connect(lambda _text: self.changed.emit())
        self.make_password.clicked.connect(self._make)
        self.choose_form.clicked.connect(self.form_wanted)
        self.drop_form.clicked.connect(self.form_dropped)

    def _lay_out(self) -> None:
        self.drop_form.setIcon(theme.icon("close", "muted"))
        self.drop_form.setAccessibleName(_("Without a form"))
        self.drop_form.setToolTip(_("Without a form"))
        theme.dress(self.drop_form, "quiet")
        self.choose_form.setAccessibleName(_("Choose a form of the recipient"))
        self.choose_form.setToolTip(_("A workbook of the recipient that is filled in; its look stays as it is"))
        self.make_password.setToolTip(_("Tell it to the recipient another way than the file goes"))
        for button in (self.choose_form, self.make_password):
            button.setAutoDefault(False)
        form_line, password_line = QHBoxLayout(), QHBoxLayout()
        form_line.addWidget(QLabel(_("Their own form")))
        form_line.addWidget(self.form_name, 1)
        form_line.addWidget(self.drop_form)
        form_line.addWidget(self.choose_form)
        password_line.addWidget(self.password, 1)
        password_line.addWidget(self.make_password)
        looks, ways = QFormLayout(), QVBoxLayout()
        looks.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, box in ((_("Language"), self.language), (_("Days"), self.dates), (_("File"), self.file)):
            box.setAccessibleName(words)
            looks.addRow(words, box)
        ways.addLayout(form_line)
        ways.addWidget(self.protect)
        ways.addLayout(password_line)
        ways.addStretch(1)
        direction = QBoxLayout.Direction.TopToBottom if self.upright else QBoxLayout.Direction.LeftToRight
        across = QBoxLayout(direction, self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.unit(8 if self.upright else 24))
        for part in (looks, ways):
            across.addLayout(part, 1)
