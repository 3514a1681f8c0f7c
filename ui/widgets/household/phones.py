"""The phones of a household: copy, edit in place, add; whose phone it is beside it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from coordinator.domain.household import Contact
from coordinator.domain.phones import parse_phones, show_phone
from coordinator.queries.household import HouseholdCard
from coordinator.services.households import set_contacts
from resources.i18n import _
from ui import theme
from ui.rights import needs
from ui.widgets.household.section import Editing, Section, empty_layout, small_button
from ui.widgets.inline_field import InlineField


class PhonesSection(Section):
    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("Phones"))
        self._contacts: tuple[Contact, ...] = ()
        self.rows: list[PhoneRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(self._list)
        self.new = InlineField(_("New phone"), hint=_("+ add a phone"))
        self.new.saved.connect(self._add)
        self.body.addWidget(self.new)
        self._household = ""

    def show_card(self, card: HouseholdCard) -> None:
        contacts = card.household.contacts
        if contacts != self._contacts or card.household.id != self._household:
            self._household, self._contacts = card.household.id, contacts
            self._fill()
            self.new.saved_it()
        for row, contact in zip(self.rows, contacts, strict=True):
            row.show_contact(contact)
        self.new.set_value("")

    def _fill(self) -> None:
        """Rows anew; the cursor stays in the phone or remark where it was."""
        was_in = next(((n, part) for n, row in enumerate(self.rows) if (part := row.focused_part())), None)
        empty_layout(self._list)
        self.rows = []
        for place, contact in enumerate(self._contacts):
            row = PhoneRow(contact)
            row.phone.saved.connect(lambda text, place=place: self._change(place, text))
            row.note.saved.connect(lambda text, place=place: self._note(place, text))
            row.copy.clicked.connect(lambda _on=False, place=place: self._copy(place))
            row.remove.clicked.connect(lambda _on=False, place=place: self._change(place, ""))
            self.rows.append(row)
            self._list.addWidget(row)
        if was_in is not None:
            place, part = was_in
            row = self.rows[place] if place < len(self.rows) else None
            (getattr(row, part) if row else self.new).setFocus()

    def _add(self, text: str) -> None:
        self._save((*self._contacts, *parse_phones(text)))

    def _change(self, place: int, text: str) -> None:
        """Write a phone anew; without text it goes. Its remark stays unless the new text brings one."""
        found = parse_phones(text)
        note = self._contacts[place].note
        kept = tuple(Contact(c.raw, c.e164, c.note or note) for c in found)
        self._save((*self._contacts[:place], *kept, *self._contacts[place + 1 :]))

    def _note(self, place: int, text: str) -> None:
        old = self._contacts[place]
        self._save((*self._contacts[:place], Contact(old.raw, old.e164, text), *self._contacts[place + 1 :]))

    def _copy(self, place: int) -> None:
        contact = self._contacts[place]
        QGuiApplication.clipboard().setText(contact.e164 or contact.raw)

    def _save(self, contacts: tuple[Contact, ...]) -> None:
        self.editing.save(set_contacts, self.editing.household_id, contacts)


class PhoneRow(QWidget):
    """One phone. A number that cannot be read stays as typed, with a remark."""

    def __init__(self, contact: Contact) -> None:
        super().__init__()
        shown = show_phone(contact.e164) if contact.e164 else contact.raw
        self.contact_key = contact.e164 or contact.raw
        self.phone = InlineField(_("Phone"))
        self.note = InlineField(_("Whose phone {phone} is").format(phone=shown), hint=_("whose"))
        self.show_contact(contact)
        self.copy = small_button("copy", _("Copy {phone}").format(phone=shown), lambda: None)
        self.remove = small_button("close", _("Remove {phone}").format(phone=shown), lambda: None)
        needs(self.remove)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(4))
        row.addWidget(self.phone, 3)
        row.addWidget(self.note, 2)
        row.addWidget(self.copy)
        row.addWidget(self.remove)

    def show_contact(self, contact: Contact) -> None:
        """What the register has. Text that it refused stays."""
        self.phone.set_value(show_phone(contact.e164) if contact.e164 else contact.raw)
        self.note.set_value(contact.note)
        if not contact.e164 and self.phone.half_typed() is None:
            self.phone.warn(_("Not a phone that can be dialled: kept as typed"))

    def focused_part(self) -> str:
        """ "phone" or "note" where the cursor is in one of them."""
        return next((part for part in ("phone", "note") if getattr(self, part).edit.hasFocus()), "")
