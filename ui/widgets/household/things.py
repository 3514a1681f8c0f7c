"""What goes along and what else is known: pets, luggage, destination, who stays, note."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox

from coordinator.queries.household import HouseholdCard
from coordinator.services.households import edit_household
from resources.i18n import _
from ui.rights import needs
from ui.widgets.household.section import Editing, Section, caption, form
from ui.widgets.inline_field import InlineField, InlineNote

MOST_PIECES = 99


def luggage_fault(text: str) -> str:
    """ "" for a count of pieces or nothing; else what to write."""
    if not text or (text.isdecimal() and int(text) <= MOST_PIECES):
        return ""
    return _("Write a number of pieces from 0 to {most}, or nothing.").format(most=MOST_PIECES)


class ThingsSection(Section):
    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("Things and wishes"))
        self.pets = InlineField(_("Pets"), hint=_("none known"))
        self.luggage = InlineField(_("Pieces of luggage"), hint=_("not said"), check=luggage_fault)
        self.wish = InlineField(_("Wished destination"), hint=_("not said"))
        self.note = InlineNote(_("Note"), hint=_("nothing noted"))
        self.stays = QCheckBox(_("A part of the family stays"))
        needs(self.stays)
        rows = form()
        rows.addRow(caption(_("Pets"), self.pets), self.pets)
        rows.addRow(caption(_("Luggage, pieces"), self.luggage), self.luggage)
        rows.addRow(caption(_("Wants to go to"), self.wish), self.wish)
        rows.addRow(caption(_("Note"), self.note), self.note)
        self.body.addLayout(rows)
        self.body.addWidget(self.stays)
        self.pets.saved.connect(lambda text: self._save(pets=text))
        self.luggage.saved.connect(lambda text: self._save(luggage=int(text) if text else None))
        self.wish.saved.connect(lambda text: self._save(destination_wish=text))
        self.note.saved.connect(lambda text: self._save(note=text))
        self.stays.clicked.connect(lambda on: self._save(part_stays=on))

    def show_card(self, card: HouseholdCard) -> None:
        household = card.household
        self.pets.set_value(household.pets)
        self.luggage.set_value("" if household.luggage is None else str(household.luggage))
        self.wish.set_value(household.destination_wish)
        self.note.set_value(household.note)
        self.stays.setChecked(household.part_stays)

    def _save(self, **values: object) -> None:
        self.editing.save(edit_household, self.editing.household_id, **values)
