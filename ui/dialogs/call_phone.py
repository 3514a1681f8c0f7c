"""The first question of a call: the phone. A number that is known shows whose it is; Enter opens that household."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from coordinator.domain.household import Household
from coordinator.domain.names import clean
from coordinator.domain.phones import parse_phones
from coordinator.queries.duplicates import find_known_phone
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.pages.base import PageContext
from ui.signs import DECISION_SIGNS
from ui.widgets.settlement_field import Places

ROWS_SEEN = 3
_ID = Qt.ItemDataRole.UserRole


class PhoneQuestion(QWidget):
    """`open_wanted(id)`: that household and no second record; `go_on`: Enter on a number that is not known."""

    open_wanted = Signal(str)
    go_on = Signal()

    def __init__(self, context: PageContext, places: Places) -> None:
        super().__init__()
        self._context, self.places = context, places
        self._asked, self._answered = "", ""
        self._enter_waits = False
        self.edit = _Line()
        self.edit.setAccessibleName(_("Phone"))
        self.edit.setPlaceholderText(_("050 123 45 67"))
        self.words = QLabel()
        self.words.setWordWrap(True)
        theme.dress(self.words, "badge", "warning")
        self.found = _Found()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(2))
        for part in (self.edit, self.words, self.found):
            column.addWidget(part)
        self.setFocusProxy(self.edit)
        for part in (self.words, self.found):
            part.hide()
        self.edit.textChanged.connect(self._ask)
        self.edit.entered.connect(self._enter)
        self.edit.went_down.connect(self._to_list)
        self.edit.editingFinished.connect(self._say_unreadable)
        self.found.itemActivated.connect(lambda item: self.open_wanted.emit(item.data(_ID)))

    def _ask(self, text: str) -> None:
        self._asked = ",".join(contact.e164 for contact in parse_phones(text) if contact.e164)
        if self._asked == self._answered:
            return
        if not self._asked:
            self._show([], "")
            return
        asked = self._asked
        self._context.tasks.run_query(
            find_known_phone, self._context.session, clean(text),
            done=lambda found: self._show(found, asked), key=(self, "phone"),
        )  # fmt: skip

    def _show(self, found: list[Household], asked: str) -> None:
        if asked != self._asked:
            return
        self._answered = asked
        self.found.clear()
        for household in found:
            self.found.addItem(_item(household, self.places))
        self.found.fit()
        self.found.setVisible(bool(found))
        self.words.setVisible(bool(found))
        self.words.setText(
            ngettext(
                "This phone is known. Enter opens the household; Tab goes on to a new one.",
                "This phone is known in {n} households. Down and Enter open one; Tab goes on to a new one.",
                len(found),
            ).format(n=len(found))
        )
        if self._enter_waits:
            self._enter()

    def _enter(self) -> None:
        self._enter_waits = self._asked != self._answered
        if self._enter_waits:
            return
        if self.found.count() == 1:
            self.open_wanted.emit(self.found.item(0).data(_ID))
        elif self.found.count():
            self._to_list()
        else:
            self.go_on.emit()

    def _to_list(self) -> None:
        if self.found.count():
            self.found.setCurrentRow(0)
            self.found.setFocus()

    def _say_unreadable(self) -> None:
        contacts = parse_phones(self.edit.text())
        unread = any(not contact.e164 for contact in contacts)
        if unread and not self.found.count():
            self.words.setText(_("Not a phone that can be dialled: it is kept as typed."))
        self.words.setVisible(unread or self.found.count() > 0)


class _Line(QLineEdit):
    entered = Signal()
    went_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.went_down.emit()
        else:
            super().keyPressEvent(event)


class _Found(QListWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Households with this phone"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        # Tab goes from the number on to a new household; one comes here by Down or with the pointer.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def fit(self) -> None:
        row = max(self.sizeHintForRow(0), theme.unit(28))
        self.setFixedHeight(row * min(ROWS_SEEN, max(1, self.count())) + theme.unit(10))


def _item(household: Household, places: Places) -> QListWidgetItem:
    head = next((one.name.full for one in household.people if one.id == household.head_id), "")
    parts = (
        _("No. {number}").format(number=household.number),
        head or _("No name"),
        places.name(household.settlement_id) or household.settlement_text,
        household.address.line,
        texts.people(len(household.people)),
        texts.label(household.decision),
    )
    icon, role = DECISION_SIGNS[household.decision]
    item = QListWidgetItem(theme.icon(icon, role), " · ".join(part for part in parts if part))
    item.setToolTip(item.text())
    item.setData(_ID, household.id)
    return item
