"""The detail panel: one household in full, edited in place. Each edit is one verb and saved at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from coordinator.domain.person import Person
from coordinator.errors import UserError
from coordinator.outcome import Change
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.services.households import remove_household
from coordinator.services.rejoining import Rejoined, rejoin_household
from coordinator.services.splitting import Parted
from resources.i18n import _
from ui import ask, texts, theme
from ui.dialogs.decide import DecideDialog
from ui.dialogs.edit_person import EditPersonDialog
from ui.dialogs.split import SplitDialog
from ui.drafts import Reopening, reopens
from ui.household_papers import HouseholdPapers
from ui.pages.base import PageContext
from ui.rights import allowed
from ui.widgets.empty_state import EmptyState
from ui.widgets.household.decision import DecisionSection
from ui.widgets.household.events import EventsSection
from ui.widgets.household.half_typed import half_typed, type_in
from ui.widgets.household.header import HeaderSection
from ui.widgets.household.history import HistorySection
from ui.widgets.household.members import MembersSection
from ui.widgets.household.origins import OriginsSection, tell_origins
from ui.widgets.household.phones import PhonesSection
from ui.widgets.household.place import PlaceSection
from ui.widgets.household.section import Editing
from ui.widgets.household.things import ThingsSection
from ui.widgets.inline_field import InlineField, InlineNote, quiet_sheet
from ui.widgets.notice_bar import Kind
from ui.widgets.settlement_field import Places

CALM_MS = 90
"""How long the choice in the table rests before the panel reads: holding an arrow key down asks once."""
LEAST_WIDTH = 340


class HouseholdPanel(QWidget):
    """`closed` hides it, `left` gives the focus back to the table, `removed(id)` after a deletion."""

    closed = Signal()
    left = Signal()
    removed = Signal(str)
    draft_kind = "household"
    under_way = False

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.editing = Editing(context, self.reload)
        self.card: HouseholdCard | None = None
        self._wanted = ""
        self._decide_waits = False
        self._draft_waits: Mapping[str, Any] = {}
        self._wait = QTimer(self, interval=CALM_MS, singleShot=True)
        self._wait.timeout.connect(self.reload)
        self.papers = HouseholdPapers(context, self)
        self.setMinimumWidth(theme.unit(LEAST_WIDTH))
        self.setStyleSheet(quiet_sheet())
        self.head = HeaderSection(self.editing)
        self.decision = DecisionSection(self.editing)
        self.place = PlaceSection(self.editing)
        self.phones = PhonesSection(self.editing)
        self.members = MembersSection(self.editing, self.edit_person)
        self.things = ThingsSection(self.editing)
        self.events = EventsSection(self.editing)
        self.origins = OriginsSection(self.editing)
        self.history = HistorySection(self.editing)
        self.sections = (
            self.head, self.decision, self.phones, self.place, self.members, self.things, self.events, self.origins,
            self.history,
        )  # fmt: skip
        self.nothing = EmptyState(
            "registry", _("No household chosen"), _("Choose one in the table to see and edit it.")
        )
        for label in self.nothing.findChildren(QLabel):
            label.setMinimumWidth(0)
        self._lay_out()
        self._connect()

    def show_household(self, household_id: str) -> None:
        """Show a household, once the choice has rested for a moment; "" shows none."""
        if household_id == self._wanted:
            return
        self._wanted, self._decide_waits = household_id, False
        if household_id:
            self._wait.start()
        else:
            self._wait.stop()
            self._show_nothing()

    def reload(self) -> None:
        if self._wanted:
            self.context.tasks.run_query(
                household_card, self.context.session, self._wanted,
                done=self._show_card, failed=self._gone, key=(self, "card"),
            )  # fmt: skip

    def hear(self, change: Change) -> None:
        """Read again where the change is about this household, or may be."""
        if not change.households or self._wanted in change.households:
            self.reload()

    def use(self, places: Places) -> None:
        self.editing.places = places
        self.place.settlement.use(places)

    def take_focus(self) -> None:
        """Come here from the table: to the decision, from where Tab goes on."""
        self.decision.button.setFocus(Qt.FocusReason.TabFocusReason)

    def decide(self) -> None:
        """Open the quick chooser of the decision; a key pressed before the household is read waits for it.

        The button says how the household stands, so it stays readable where nothing may be decided.
        """
        if not allowed(self):
            return
        if self.card is not None and self.card.household.id == self._wanted:
            self._decide_waits = False
            ask.show(DecideDialog(self.context, self.card, self))
        else:
            self._decide_waits = bool(self._wanted)

    def split(self) -> None:
        """Open the dialog in which the family is split."""
        if self.card is None or not allowed(self):
            return
        if len(self.card.household.people) < 2:
            self.context.show_notice(_("There is only one person in this household."), Kind.INFO)
            return
        dialog = SplitDialog(self.context, self.card, self)
        dialog.parted.connect(self._parted)
        ask.show(dialog)

    def rejoin(self, part_id: str = "") -> None:
        """Put the parts of the family together again; "" where there is only one other part."""
        if self.card is None or not allowed(self):
            return
        parts = self.card.family.parts
        if not part_id and len(parts) != 1:
            words = _("Choose with which part in the menu “…” at the top.") if parts else _("This family is not split.")
            self.context.show_notice(words, Kind.INFO)
            return
        one = part_id or (self.card.household.id if parts[0].origin else parts[0].household_id)
        self.editing.save(rejoin_household, one, done=self._rejoined)

    def go_to_part(self, household_id: str = "") -> None:
        """Show another part of the family; without an id the first one."""
        parts = self.card.family.parts if self.card is not None else ()
        if household_id or parts:
            self.context.navigate("registry", household=household_id or parts[0].household_id)

    def _parted(self, done: Parted) -> None:
        words = _("The family was split: those who stay are household {number}. Ctrl+Z takes it back.")
        self.context.show_notice(
            words.format(number=done.number), Kind.SUCCESS, step=_("Go there"),
            then=lambda: self.go_to_part(done.stays_id),
        )  # fmt: skip

    def _rejoined(self, done: Rejoined) -> None:
        words = _("Household {number} is one family again. Ctrl+Z takes it back.").format(number=done.number)
        full = [stop.list_number for stop in done.stops if stop.full]
        if full:
            words += " " + _("More people than places on: {lists}.").format(lists=", ".join(full))
        self.context.show_notice(words, Kind.WARNING if full else Kind.SUCCESS)
        self.go_to_part(done.household_id)

    def edit_person(self, person: Person | None) -> None:
        if self.card is not None and allowed(self):
            ask.show(EditPersonDialog(self.context, self.card.household.id, person, self))

    def draft(self) -> dict[str, Any]:
        """Text in fields that was not saved yet."""
        if self._draft_waits:
            return dict(self._draft_waits)
        typed = half_typed(self) if self.editing.household_id else {}
        return {"household": self.editing.household_id, "typed": typed} if typed else {}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        """Put half-typed text back, once its household is shown."""
        if fields["household"] == self.editing.household_id:
            type_in(self, fields["typed"])
        else:
            self._draft_waits = fields
            self.show_household(fields["household"])

    def remove(self) -> None:
        """Delete the household; not asked before, since the notice and Ctrl+Z bring it back."""
        if self.card is None:
            return
        household = self.card.household
        said = _("Household {number} was deleted. Ctrl+Z brings it back.").format(number=household.number)

        def gone(_nothing: object) -> None:
            self.context.show_notice(said, Kind.SUCCESS)
            self.removed.emit(household.id)

        self.editing.save(remove_household, household.id, done=gone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _show_card(self, card: HouseholdCard) -> None:
        if card.household.id != self._wanted:
            return
        other = self.editing.household_id != card.household.id
        if other:
            self._commit_typed()
        self.card, self.editing.household_id = card, card.household.id
        for section in self.sections:
            section.show_card(card)
        tell_origins(card, self.place, self.phones, self.things, self.members)
        self._layers.setCurrentWidget(self._scroll)
        if other:
            self._scroll.verticalScrollBar().setValue(0)
        if self._decide_waits:
            self.decide()
        if self._draft_waits:
            waits, self._draft_waits = self._draft_waits, {}
            if waits["household"] == card.household.id:
                type_in(self, waits["typed"])

    def _commit_typed(self) -> None:
        """Text that stands in a field belongs to the household that was shown until now."""
        if not self.editing.household_id:
            return
        for field in (*self.findChildren(InlineField), *self.findChildren(InlineNote)):
            field.commit()
            field.restore()
        self.place.settlement.commit()

    def _gone(self, error: UserError) -> None:
        self.nothing.say("registry", texts.error_text(error))
        self._show_nothing()

    def _show_nothing(self) -> None:
        self._commit_typed()
        self.card, self.editing.household_id = None, ""
        self._layers.setCurrentWidget(self.nothing)

    def _lay_out(self) -> None:
        content = QWidget()
        theme.dress(content, "surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(12))
        for section in self.sections:
            column.addWidget(section)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame()
        theme.dress(card, "card")
        self._layers = QStackedLayout(card)
        self._layers.setContentsMargins(1, 1, 1, 1)
        self._layers.addWidget(self.nothing)
        self._layers.addWidget(self._scroll)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(card)

    def _connect(self) -> None:
        self.head.close_wanted.connect(self.closed)
        self.head.removal_wanted.connect(self.remove)
        self.head.confirmations_wanted.connect(lambda: self.card and self.papers.confirmations(self.card.household))
        self.head.refusal_wanted.connect(lambda: self.card and self.papers.refusal(self.card.household))
        self.head.split_wanted.connect(self.split)
        self.head.rejoin_wanted.connect(self.rejoin)
        self.head.part_wanted.connect(self.go_to_part)
        self.head.pairs_wanted.connect(lambda: self.context.navigate("duplicates", household=self.editing.household_id))
        self.decision.button.clicked.connect(self.decide)


@reopens("household")
def reopen(again: Reopening) -> None:
    """The registry at that household, with the text in its fields."""

    def found(card: HouseholdCard) -> None:
        page = again.page("registry")
        page.show_target(household=card.household.id)
        again.opened(page.panel)

    context = again.context
    context.tasks.run_query(
        household_card, context.session, again.fields["household"], done=found, failed=again.gone
    )  # fmt: skip
