"""The adult who travels with a child: chosen from the household, or the reason why none does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.person import AgeGroup, Person, Relation, age_on
from resources.i18n import _
from ui import theme
from ui.rights import needs
from ui.widgets.household.section import caption
from ui.widgets.inline_field import InlineField

_NOBODY = "nobody"
_GROWN = frozenset({
    Relation.GUARDIAN, Relation.HEAD, Relation.SPOUSE, Relation.PARTNER, Relation.PARENT, Relation.GRANDPARENT,
})  # fmt: skip


def adults_of(people: Sequence[Person], day: date) -> list[Person]:
    """Those who may travel with a child: adults by age, or by a relation that only an adult has."""
    return [person for person in people if _is_adult(person, day)]


def _is_adult(person: Person, day: date) -> bool:
    group = age_on(person.birth, day).group
    return group in (AgeGroup.ADULT, AgeGroup.SENIOR) or (group is AgeGroup.UNKNOWN and person.relation in _GROWN)


def person_name(person: Person) -> str:
    """The full name; a member of whom only the count is known is told by the place in the household."""
    return person.name.full or _("No name, person {n}").format(n=person.position)


class EscortField(QWidget):
    """`named(escort_id, basis)` and `unaccompanied(reason)` say what a person decided for this child."""

    named = Signal(str, str)
    unaccompanied = Signal(str)

    def __init__(self, child_name: str) -> None:
        super().__init__()
        self.adult = QComboBox()
        self.adult.setAccessibleName(_("Who travels with {child}").format(child=child_name))
        self.adult.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.adult.setMinimumContentsLength(12)
        self.basis = InlineField(_("By what right"), hint=_("mother, guardian, by letter of the parents…"))
        self.reason = InlineField(_("Why no adult travels along"), hint=_("why no adult travels along"))
        self.warning = QLabel(_("No adult travels with this child"))
        self.warning.setWordWrap(True)
        theme.dress(self.warning, "strong")
        mark = QLabel()
        mark.setPixmap(theme.pixmap("warning", "warning", 15))
        self.confirm = QPushButton(_("Only proposed – confirm"))
        self.confirm.setAccessibleName(_("Confirm who travels with {child}").format(child=child_name))
        theme.dress(self.confirm, "link")
        needs(self.adult)
        needs(self.confirm)
        self._alarm = QWidget()
        across = QHBoxLayout(self._alarm)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(mark)
        across.addWidget(self.warning, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(2))
        row = QHBoxLayout()
        row.addWidget(caption(_("Travels with"), self.adult))
        row.addWidget(self.adult, 1)
        column.addLayout(row)
        for part in (self.confirm, self.basis, self._alarm, self.reason):
            column.addWidget(part)
        self.confirm.clicked.connect(lambda: self.named.emit(self._proposed, ""))
        self.adult.activated.connect(self._chosen)
        self.basis.saved.connect(lambda text: self.named.emit(self._escort, text))
        self.reason.saved.connect(self.unaccompanied)
        self._escort, self._proposed = "", ""

    def show_child(self, child: Person, adults: Sequence[Person]) -> None:
        """Without a named escort the first adult of the household is proposed, as on the pickup list."""
        self._escort, self._proposed = child.escort_id or "", ""
        alone = not child.escort_id and (bool(child.no_escort_reason) or not adults)
        self.adult.clear()
        if not child.escort_id and not alone:
            self._proposed = adults[0].id
        for adult in adults:
            self.adult.addItem(person_name(adult), adult.id)
        self.adult.addItem(_("Nobody"), _NOBODY)
        self.adult.setCurrentIndex(max(0, self.adult.findData(_NOBODY if alone else self._escort or self._proposed)))
        self.basis.set_value(child.escort_basis)
        self.reason.set_value(child.no_escort_reason)
        self._show_parts(alone=alone)

    def is_alone(self) -> bool:
        return bool(self.adult.currentData() == _NOBODY)

    def _chosen(self) -> None:
        picked = self.adult.currentData()
        if picked == _NOBODY:
            self._show_parts(alone=True)
            self.reason.setFocus()
        elif picked != self._escort:
            self.named.emit(picked, "")

    def _show_parts(self, *, alone: bool) -> None:
        self.confirm.setVisible(bool(self._proposed) and not alone)
        self._alarm.setVisible(alone)
        self.reason.setVisible(alone)
        self.basis.setVisible(bool(self._escort) and not alone)
