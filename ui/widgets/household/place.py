"""Where a household lives: settlement (amber while it is not known), street, house, flat, landmark."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coordinator.domain.household import Address
from coordinator.queries.household import HouseholdCard
from coordinator.services.households import edit_household, set_address
from resources.i18n import _
from ui import theme
from ui.rights import needs
from ui.widgets.household.section import Editing, Section, caption, form
from ui.widgets.inline_field import InlineField
from ui.widgets.settlement_field import Chosen, SettlementField


class PlaceSection(Section):
    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("Address"))
        self._address = Address()
        self.settlement = SettlementField(_("Choose the settlement"))
        theme.dress(self.settlement, "inline")
        needs(self.settlement)
        self.hromada, self.remark = QLabel(), QLabel()
        theme.dress(self.hromada, "small")
        theme.dress(self.remark, "badge", "warning")
        self.remark.setWordWrap(True)
        self.street = InlineField(_("Street"), hint=_("street"))
        self.house = InlineField(_("House"), hint=_("house"))
        self.flat = InlineField(_("Flat"), hint=_("flat"))
        self.landmark = InlineField(_("Landmark for the driver"), hint=_("for the driver: gate, shop, turn"))
        self.written = QLabel()
        theme.dress(self.written, "small")
        self.written.setWordWrap(True)
        self._lay_out()
        self.settlement.settled.connect(self._settled)
        for field, name in self._parts():
            field.saved.connect(lambda text, name=name: self._save(name, text))

    def show_card(self, card: HouseholdCard) -> None:
        household = card.household
        self._address = household.address
        self.settlement.use(self.editing.places)
        self.settlement.set_value(household.settlement_id, card.settlement)
        known = household.settlement_id is not None
        theme.mark_fault(self.settlement, False)
        self.hromada.setText(card.hromada)
        self.hromada.setVisible(bool(card.hromada))
        self.remark.setVisible(not known)
        if not known:
            self.remark.setText(_("Unknown settlement: choose one from the list") if card.settlement
                                else _("No settlement yet: choose one"))  # fmt: skip
        for field, name in self._parts():
            field.set_value(getattr(household.address, name))
        parts_missing = not (household.address.street or household.address.house)
        self.written.setText(_("As written: {text}").format(text=household.address.text))
        self.written.setVisible(bool(household.address.text) and parts_missing)

    def _parts(self) -> tuple[tuple[InlineField, str], ...]:
        return ((self.street, "street"), (self.house, "house"), (self.flat, "flat"), (self.landmark, "landmark"))

    def _save(self, name: str, text: str) -> None:
        self._address = replace(self._address, **{name: text})
        self.editing.save(set_address, self.editing.household_id, self._address)

    def _settled(self, chosen: Chosen) -> None:
        typed = "" if chosen.id else chosen.text
        self.editing.save(
            edit_household, self.editing.household_id, settlement_id=chosen.id, settlement_text=typed
        )  # fmt: skip
        if chosen.remark:
            self.remark.setText(chosen.remark)
            self.remark.show()

    def _lay_out(self) -> None:
        rows = form()
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.settlement, self.hromada, self.remark):
            column.addWidget(part)
        numbers = QWidget()
        across = QHBoxLayout(numbers)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.unit(6))
        across.addWidget(self.house, 1)
        across.addWidget(caption(_("Flat"), self.flat))
        across.addWidget(self.flat, 1)
        rows.addRow(caption(_("Settlement"), self.settlement), beside)
        rows.addRow(caption(_("Street"), self.street), self.street)
        rows.addRow(caption(_("House"), self.house), numbers)
        rows.addRow(caption(_("Landmark"), self.landmark), self.landmark)
        self.body.addLayout(rows)
        self.body.addWidget(self.written)
