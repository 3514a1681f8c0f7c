"""The top of the panel: number, head, how many, what needs attention, and what can be done with the household."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QVBoxLayout

from coordinator.domain.person import age_on
from coordinator.queries.family import FamilyPart
from coordinator.queries.household import HouseholdCard
from resources.i18n import _, ngettext
from ui import actions, call_words, texts, theme
from ui.rights import needs
from ui.widgets.household.section import Editing, Section, empty_layout, small_button


class HeaderSection(Section):
    """`close_wanted`, `removal_wanted`, `pairs_wanted`: what the buttons ask of the panel.

    `confirmations_wanted`, `refusal_wanted`: papers of the household.
    `split_wanted`; `rejoin_wanted(id of the part)`; `part_wanted(id)`: go to another part of the family.
    """

    close_wanted = Signal()
    removal_wanted = Signal()
    pairs_wanted = Signal()
    confirmations_wanted = Signal()
    refusal_wanted = Signal()
    split_wanted = Signal()
    rejoin_wanted = Signal(str)
    part_wanted = Signal(str)

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, "")
        self.number = QLabel()
        theme.dress(self.number, "small")
        self.name = QLabel()
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        theme.dress(self.name, "heading")
        self.size_line = QLabel()
        self.size_line.setWordWrap(True)
        theme.dress(self.size_line, "muted")
        self.pairs = QPushButton()
        self.pairs.setIcon(theme.icon("duplicates", "on_warning_soft"))
        self.pairs.setIconSize(QSize(theme.unit(15), theme.unit(15)))
        theme.dress(self.pairs, "warn")
        self.pairs.clicked.connect(self.pairs_wanted)
        self.parts = QVBoxLayout()
        self.parts.setSpacing(theme.unit(2))
        self._card: HouseholdCard | None = None
        self.menu_button: QToolButton = small_button("more", _("More about this household"), self._show_menu)
        needs(self.menu_button)
        self.close_button = small_button("chevron-right", _("Hide the details"), self.close_wanted.emit)
        self._lay_out()

    def show_card(self, card: HouseholdCard) -> None:
        self._card, household = card, card.household
        self.number.setText(_("Household {number}").format(number=household.number))
        head = next((one for one in household.people if one.id == household.head_id), None)
        self.name.setText((head.name.full if head else "") or _("No name"))
        ages = [age_on(person.birth, self.editing.day) for person in household.people]
        children = sum(age.is_child for age in ages)
        words = [texts.people(len(ages))]
        if children:
            words.append(texts.children(children))
        if card.requests:
            words += map(call_words.request_line, card.requests)
        elif household.requested_at:
            words.append(_("requested {moment}").format(moment=texts.moment(household.requested_at)))
        self.size_line.setText(" · ".join(words))
        self._show_parts(card)
        open_pairs = len(card.open_pairs)
        self.pairs.setVisible(open_pairs > 0)
        self.pairs.setText(
            ngettext("{n} possible duplicate: compare", "{n} possible duplicates: compare", open_pairs).format(
                n=open_pairs
            )
        )

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.number)
        words.addWidget(self.name)
        words.addWidget(self.size_line)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(2))
        row.addLayout(words, 1)
        row.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        self.body.addLayout(self.parts)
        self.body.addWidget(self.pairs, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_parts(self, card: HouseholdCard) -> None:
        """A line to each other part of a split family; it goes there."""
        empty_layout(self.parts)
        for part in card.family.parts:
            link, about = QPushButton(part_words(part)), QLabel(part_details(part))
            link.setIcon(theme.icon("people", "accent"))
            link.setIconSize(QSize(theme.unit(15), theme.unit(15)))
            link.setToolTip(_("Go there ({key})").format(key=actions.key_text("household.part")))
            link.setAccessibleName(f"{part_words(part)}. {part_details(part)}")
            theme.dress(link, "link")
            link.clicked.connect(lambda _on=False, one=part.household_id: self.part_wanted.emit(one))
            about.setWordWrap(True)
            about.setTextFormat(Qt.TextFormat.PlainText)
            theme.dress(about, "small")
            self.parts.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
            self.parts.addWidget(about)

    def _show_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        split = menu.addAction(theme.icon("people"), _("Split the family…"), self.split_wanted.emit)
        split.setEnabled(self._card is not None and len(self._card.household.people) > 1)
        for part in self._card.family.parts if self._card else ():
            # What goes back is always the part that parted.
            one = self._card.household.id if part.origin and self._card else part.household_id
            words = _("One family again with household {number}").format(number=part.number)
            menu.addAction(theme.icon("people"), words, lambda one=one: self.rejoin_wanted.emit(one))
        menu.addAction(theme.icon("print"), _("Confirmation of evacuation…"), self.confirmations_wanted.emit)
        menu.addAction(theme.icon("print"), _("Record of a refusal…"), self.refusal_wanted.emit)
        menu.addAction(theme.icon("delete"), _("Delete this household"), self.removal_wanted.emit)
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))


def part_words(part: FamilyPart) -> str:
    text = _("Left: household {number}") if part.origin else _("Stays behind: household {number}")
    return text.format(number=part.number)


def part_details(part: FamilyPart) -> str:
    """ "Коваль Тарас · 2 people · Refused"."""
    return " · ".join((part.head or _("No name"), texts.people(part.people), texts.label(part.decision)))
