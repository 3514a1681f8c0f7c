"""A family parts: who leaves, who stays, who is with whom. What is wrong is said at once, with room for the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.decision import GONE, Decision, Said
from coordinator.domain.escorting import is_child, needs_care
from coordinator.domain.fleet import OrderKind
from coordinator.domain.names import clean
from coordinator.domain.person import Person, age_on
from coordinator.domain.splitting import SplitPlan, adult_beside, head_for, left_alone, parted, stays_by_word
from coordinator.errors import UserError
from coordinator.queries.family import head_of_number
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.queries.planned_stops import StopNews
from coordinator.services.splitting import Parted, preview_split, split_household
from resources.i18n import _, ngettext
from ui import actions, ask, texts, theme
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.widgets import typed_values
from ui.widgets.again_fields import AgainFields
from ui.widgets.household.escorts import person_name
from ui.widgets.household.members import age_words
from ui.widgets.household.section import rule
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip
from ui.widgets.split.alone import AloneRow, AloneRows
from ui.widgets.split.columns import Columns
from ui.widgets.split.part import PartFields
from ui.widgets.split.phones import PhoneBoxes

WIDTH, HEIGHT = 900, 720


class SplitDialog(QDialog):
    """`parted(Parted)` when it is done."""

    parted = Signal(object)
    draft_kind = "split"
    under_way = False

    def __init__(self, context: PageContext, card: HouseholdCard, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._card, household = context, card, card.household
        self._people = {person.id: person for person in household.people}
        self.setWindowTitle(_("Split the family"))
        self.columns = Columns(household.people, stays_by_word(household), context.day)
        self.leave = PartFields(_("Who leaves"), context.day, household.pets)
        self.stay = PartFields(_("Who stays"), context.day, "")
        self.alone = AloneRows(self._look_for)
        self.phones = PhoneBoxes(household.contacts)
        self.note, self.again = QLineEdit(), AgainFields(context.session.today())
        self.note.setAccessibleName(_("Note on those who stay"))
        self.stops, self.order = Strip(Kind.INFO), Strip(Kind.WARNING)
        self.despite = QLineEdit()
        self.despite.setAccessibleName(_("Why it is recorded all the same"))
        self.despite.setPlaceholderText(_("why it is recorded all the same; kept in the history"))
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        theme.dress(self.fault, "notice", "warning")
        self.fault.hide()
        self.go = QPushButton(_("Split"))
        self._lay_out()
        self._propose()
        fields = {"note": self.note, "pets_leave": self.leave.pets, "pets_stay": self.stay.pets}
        fields |= {"reason_stay": self.stay.reason, "reason_leave": self.leave.reason, "despite": self.despite}
        self._fields: dict[str, QWidget] = fields
        self._blank = typed_values.read(self._fields)
        self.columns.changed.connect(self.look)
        for part in (self.leave, self.stay, self.alone):
            part.changed.connect(self.look)
        actions.make(self, "form.save", self.save)
        self.look()
        context.tasks.run_query(
            preview_split, context.session, household.id, list(self._people), done=self._show_stops, key=(self, "stops")
        )
        self.columns.stay.setFocus()

    def plan(self) -> SplitPlan:
        """What is chosen now; UserError where the day to ask again cannot be read."""
        leave, stay = self.phones.chosen()
        return SplitPlan(
            self.columns.leaves(), self.leave.head.currentData(), self.stay.head.currentData(), self.alone.beside(),
            self.alone.reasons(), self.leave.said(), self.stay.said(), leave, stay, clean(self.stay.pets.text()),
            clean(self.leave.pets.text()), clean(self.note.text()), clean(self.despite.text()), self.again.again(),
        )  # fmt: skip

    def draft(self) -> dict[str, Any]:
        """What was typed, with who leaves; nothing where nothing was typed."""
        typed = {name: value for name, value in typed_values.read(self._fields).items() if value != self._blank[name]}
        reasons = self.alone.reasons()
        if not typed and not reasons:
            return {}
        stays = self.columns.stay.ids()
        return {"household": self._card.household.id, "stays": stays, "typed": typed, "reasons": reasons}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        self.columns.set_stays([one for one in fields["stays"] if one in self._people])
        typed_values.write(self._fields, fields["typed"])
        self.look()
        for one, reason in fields["reasons"].items():
            if one in self.alone.rows:
                self.alone.rows[one].reason.setText(reason)

    def save(self) -> None:
        if not self.go.isEnabled():
            return
        try:
            work = partial(split_household, self._context.session, self._card.household.id, self.plan())
        except UserError as error:
            self._refused(error)
            return
        self.under_way = True
        self._context.tasks.run_verb(work, done=self._done, failed=self._refused)

    def look(self) -> None:
        """Say what the choice comes to: who is with whom, who would be alone, and whether it can be done."""
        household, day = self._card.household, self._context.day
        leaves = self.columns.leaves()
        leaving, staying = parted(household.people, leaves)
        for part, fields in ((leaving, self.leave), (staying, self.stay)):
            fields.offer_heads(part, head_for(part, household.head_id, day).id if part else None)
        self.alone.show_findings(left_alone(household, leaves, {}, day), self._people)
        self.columns.say(partial(self._words, leaving, staying), self._titles(leaving, staying))
        self._look_at_order(staying)
        self._enable(bool(leaving and staying))

    def _words(self, leaving: Sequence[Person], staying: Sequence[Person], person: Person) -> str:
        """ "Софія · child, 9", and in a second line "with Олена"."""
        part, other = (leaving, staying) if person in leaving else (staying, leaving)
        named = " · ".join((person_name(person), age_words(age_on(person.birth, self._context.day))))
        words: list[str] = []
        fields = self.leave if person in leaving else self.stay
        if person.id == fields.head.currentData():
            words.append(_("head"))
        if person.id in self._card.family.away:
            words.append(_("not at home"))
        if is_child(person, self._context.day) or needs_care(person):
            chosen = self.alone.beside().get(person.id)
            beside = adult_beside(person, part, [one.id for one in other], self._context.day, chosen)
            if beside is not None and beside.person_id in self._people:
                near = self._people[beside.person_id]
                words.append(_("with {name}").format(name=near.name.given or person_name(near)))
        return "\n".join(part for part in (named, " · ".join(words)) if part)

    def _titles(self, leaving: Sequence[Person], staying: Sequence[Person]) -> tuple[str, str]:
        leave = _("Leave: {people}").format(people=texts.people(len(leaving)))
        stay = _("Stay: {people}").format(people=texts.people(len(staying)))
        return leave, stay

    def _look_at_order(self, staying: Sequence[Person]) -> None:
        said = self.stay.said()
        refuses = said is not None and said.decision is Decision.REFUSED
        children = sum(is_child(person, self._context.day) for person in staying)
        forced = self._card.family.order is OrderKind.FORCED and refuses and children > 0
        words = ngettext(
            "A forced order holds here, and {n} child would stay. Write why it is recorded all the same.",
            "A forced order holds here, and {n} children would stay. Write why it is recorded all the same.",
            children,
        )
        self.order.say(words.format(n=children) if forced else "", Kind.WARNING)
        self.despite.setVisible(forced)

    def _enable(self, both: bool) -> None:
        open_ones = self.alone.open_ones()
        why = ""
        if not both:
            why = _("Somebody has to leave and somebody has to stay.")
        elif open_ones:
            why = _("Say first who is with {name}, or why nobody is.").format(name=person_name(open_ones[0].person))
        self.go.setEnabled(not why)
        self.go.setToolTip(why or actions.tooltip("form.save", _("Split")))
        self.go.setAccessibleDescription(why)

    def _propose(self) -> None:
        """Those who stay keep the word that they share; a new one is most often a refusal for now."""
        household = self._card.household
        staying = [person for person in household.people if person.id in self.columns.stay.ids()]
        words = {(one.decision, one.wants_on, one.refusal_reason) for one in staying}
        if len(words) == 1 and staying[0].decision is not None and staying[0].decision not in GONE:
            one = staying[0]
            decision = one.decision or Decision.UNDECIDED
            reason = "" if one.refusal_reason.startswith("@") else one.refusal_reason
            self.stay.choose(Said(decision, one.wants_on, reason))
        self.again.day.set_day(self._context.session.today() + timedelta(days=1))

    def _look_for(self, row: AloneRow, number: int) -> None:
        self._context.tasks.run_query(
            head_of_number, self._context.session, number,
            done=lambda found: row.show_neighbour(number, found), key=(row, "number"),
        )  # fmt: skip

    def _show_stops(self, stops: tuple[StopNews, ...]) -> None:
        lists = ", ".join(stop.list_number for stop in stops)
        words = _("On a list: {lists}. The stop stays with those whom it is for; the others come off it.")
        self.stops.say(words.format(lists=lists) if stops else "", Kind.INFO)

    def _done(self, done: Parted) -> None:
        self.parted.emit(done)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self.under_way = False
        self.fault.setText(texts.error_text(error))
        self.fault.show()

    def _lay_out(self) -> None:
        household = self._card.household
        head = self._people.get(household.head_id or "")
        name = person_name(head) if head else _("No name")
        title = QLabel(_("Split household {number}: {name}").format(number=household.number, name=name))
        title.setWordWrap(True)
        theme.dress(title, "heading")
        parts = QHBoxLayout()
        parts.setSpacing(theme.unit(14))
        for part in (self.leave, self.stay):
            parts.addWidget(part, 1, Qt.AlignmentFlag.AlignTop)
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        if household.contacts:
            form.addRow(_("Phones"), self.phones)
        form.addRow(_("Note on those who stay"), self.note)
        form.addRow(_("Ask those who stay again"), self.again)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.unit(6), 0)
        column.setSpacing(theme.unit(10))
        for piece in (self.columns, self.alone, parts, rule(), form, self.stops, self.order, self.despite):
            if isinstance(piece, QWidget):
                column.addWidget(piece)
            else:
                column.addLayout(piece)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setSpacing(theme.unit(10))
        outer.addWidget(title)
        outer.addWidget(scroll, 1)
        outer.addWidget(self.fault)
        outer.addWidget(self._buttons())
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(WIDTH), room.width() - 40), min(theme.unit(HEIGHT), room.height() - 40))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(self.go, "primary")
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box


@reopens("split")
def reopen(again: Reopening) -> None:
    """Over the registry at that household."""

    def found(card: HouseholdCard) -> None:
        page = again.page("registry")
        page.show_target(household=card.household.id)
        ask.show(dialog := SplitDialog(again.context, card, page.panel))
        again.opened(dialog)

    context = again.context
    context.tasks.run_query(household_card, context.session, again.fields["household"], done=found, failed=again.gone)
