"""What did they decide? One digit, then what belongs to it, Enter. For one household, or for several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.decision import Again, Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.fleet import OrderKind
from coordinator.domain.household import Household
from coordinator.domain.names import clean
from coordinator.domain.person import age_on
from coordinator.errors import UserError
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.services.decisions import decide_many, record_decision, record_departure
from resources.i18n import _, ngettext
from ui import actions, ask, texts, theme
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.widgets import typed_values
from ui.widgets.decide.choices import Choices
from ui.widgets.decide.details import HAPPENED, Details
from ui.widgets.decide.members import MemberWords
from ui.widgets.household.section import rule
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.strips import Strip

WIDTH, NARROW = 900, 620
"""Of the dialog; below NARROW the choice stands above what belongs to it."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What stands in the dialog. `day`: the day on which it happened, None: the working date."""

    said: Said
    day: date | None
    by: EventKind
    organisation: str
    again: Again | None
    spoke_by: str
    despite: str

    @property
    def decision(self) -> Decision:
        return self.said.decision


class _DecideBase(QDialog):
    """The choice, what belongs to it, the warning of an order with its reason, and the buttons."""

    under_way = False

    def __init__(self, context: PageContext, title: str, heading: str, choices: Choices, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(title)
        self.choices = choices
        self.details = Details(context.day, context.session.today(), context.session.user)
        self.day, self.reason, self.note = self.details.day, self.details.reason, self.details.note
        self.by, self.organisation = self.details.by, self.details.organisation
        self.order = Strip(Kind.WARNING)
        self.despite = QLineEdit()
        self.despite.setAccessibleName(_("Why it is recorded all the same"))
        self.despite.setPlaceholderText(_("why it is recorded all the same; kept in the history"))
        self.despite.hide()
        self.fault = QLabel()
        self.fault.setWordWrap(True)
        theme.dress(self.fault, "notice", "warning")
        self.fault.hide()
        self._lay_out(heading)
        self.choices.currentRowChanged.connect(self._chosen)
        self.choices.picked.connect(self._go_on)
        actions.make(self, "form.save", self.save)

    def more(self) -> Sequence[QWidget]:
        """What stands below the two columns."""
        return ()

    def _go_on(self) -> None:
        """A digit was pressed: on to the first field that belongs to the choice."""
        field = self.details.first_field()
        field.setFocus()
        self._scroll.ensureWidgetVisible(field)

    def save(self) -> None:
        try:
            ruling = self._read()
        except UserError as error:
            self._refused(error)
            return
        self.under_way = True
        self._context.tasks.run_verb(self.work(ruling), done=lambda _value: self.accept(), failed=self._refused)

    def work(self, ruling: Ruling) -> Callable[[], object]:
        raise NotImplementedError

    def ruling(self) -> Ruling:
        """What stands in the fields; UserError where a day or a time cannot be read."""
        decision, details = self.choices.decision(), self.details
        return Ruling(
            details.said(decision), details.day.day(), EventKind(details.by.currentData()),
            clean(details.organisation.text()), details.again_said(decision), clean(details.spoke.text()),
            clean(self.despite.text()),
        )  # fmt: skip

    def _read(self) -> Ruling:
        if not self.day.valid() and self.details.shows(self.day):
            self.day.setFocus()
            raise UserError("setting.day", value=self.day.edit.text().strip())
        return self.ruling()

    def past_day(self) -> date:
        """The working date, or today where that lies ahead: nobody has left tomorrow."""
        return min(self._context.day, self._context.session.today())

    def _refused(self, error: UserError) -> None:
        self.under_way = False
        if error.code == "decision.children_kept":
            self._warn(texts.error_text(error))
            self.despite.setFocus()
            return
        self.fault.setText(texts.error_text(error))
        self.fault.show()
        self.grow()

    def _warn(self, words: str, kind: Kind = Kind.WARNING, *, reason: bool = True) -> None:
        self.order.say(words, kind)
        self.despite.setVisible(bool(words) and reason)
        self.grow()

    def _chosen(self) -> None:
        self.details.show_for(self.choices.decision())
        self.look_at_order()
        self.grow()

    def look_at_order(self) -> None:
        """Say at once what an evacuation order asks for."""

    def _lay_out(self, heading: str) -> None:
        title = QLabel(heading)
        title.setWordWrap(True)
        theme.dress(title, "heading")
        self._across = across = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        across.setSpacing(theme.unit(16))
        left = QVBoxLayout()
        left.addWidget(self.choices)
        left.addStretch(1)
        across.addLayout(left)
        across.addWidget(self.details, 1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, theme.unit(6), 0)
        column.setSpacing(theme.unit(10))
        column.addLayout(across)
        for part in (*self.more(), self.order, self.despite):
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setSpacing(theme.unit(10))
        for part in (title, self._scroll, self.fault, self._buttons()):
            outer.addWidget(part, 1 if part is self._scroll else 0)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(WIDTH), room.width() - 40), min(theme.unit(560), room.height() - 40))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, one below the other with large text."""
        super().resizeEvent(event)
        narrow = self.width() < theme.unit(NARROW)
        self._across.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def grow(self) -> None:
        """As high as what is shown needs, as far as the screen allows."""
        content = self._scroll.widget()
        content.layout().activate()
        width = self._scroll.viewport().width()
        missing = content.layout().totalHeightForWidth(width) - self._scroll.viewport().height()
        room = self.screen().availableGeometry().height() - 40
        if missing > 0:
            self.resize(self.width(), max(self.height(), min(self.height() + missing, room)))

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        save = box.addButton(_("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        theme.dress(save, "primary")
        save.setDefault(True)
        box.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box


class DecideDialog(_DecideBase):
    """For one household and its members."""

    draft_kind = "decide"

    def __init__(self, context: PageContext, card: HouseholdCard, parent: QWidget) -> None:
        self._card, household = card, card.household
        self.members = MemberWords(household.people, card.family.away, context.day)
        head = next((one.name.full for one in household.people if one.id == household.head_id), "")
        heading = _("Household {number}: {name}").format(number=household.number, name=head or _("No name"))
        super().__init__(context, _("Record the decision"), heading, Choices(household.decision), parent)
        self._fill(household)
        self.members.changed.connect(self.look_at_order)
        self._fields = self.details.fields | {"despite": self.despite} | self.members.fields()
        self._blank = typed_values.read(self._fields)
        self._chosen()
        self.choices.setFocus()

    def more(self) -> Sequence[QWidget]:
        if len(self.members.rows) < 2:
            return ()
        caption = QLabel(_("Does somebody decide otherwise?"))
        theme.dress(caption, "strong")
        return rule(), caption, self.members

    def draft(self) -> dict[str, Any]:
        """What was typed for a decision, with the decision that is chosen; nothing where nothing was typed."""
        typed = {name: value for name, value in typed_values.read(self._fields).items() if value != self._blank[name]}
        if not typed:
            return {}
        return {"household": self._card.household.id, "decision": self.choices.decision().value, "typed": typed}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        self.choices.choose(Decision(fields["decision"]))
        typed_values.write(self._fields, fields["typed"])

    def work(self, ruling: Ruling) -> Callable[[], object]:
        """Where some decide otherwise, leaving and coming back are those of the others alone."""
        session, household_id, news = self._context.session, self._card.household.id, self.members.news()
        returns = ruling.decision is Decision.RETURNED
        moved = self.members.following(away=returns) if self.members.apart(away=returns) else None
        on = ruling.day or self.past_day()
        if ruling.decision is Decision.EVACUATED:
            return partial(
                record_departure, session, household_id, ruling.by, on, ruling.organisation, moved, members=news
            )  # fmt: skip
        said: Said | None = ruling.said
        if ruling.decision in HAPPENED:
            said = Said(ruling.decision, note=ruling.said.note, on=on)
            if moved is not None:
                news, said = {**dict.fromkeys(moved, said), **news}, None
        return partial(
            record_decision, session, household_id, said, members=news, again=ruling.again, spoke_by=ruling.spoke_by,
            despite=ruling.despite,
        )  # fmt: skip

    def look_at_order(self) -> None:
        decision, household = self.choices.decision(), self._card.household
        standing = self.members.standing(decision)
        refusing = [person for person in household.people if standing[person.id] is Decision.REFUSED]
        children = sum(age_on(person.birth, self._context.day).is_child for person in refusing)
        order = self._card.family.order
        if order is OrderKind.FORCED and (refusing or decision is Decision.REFUSED) and children:
            words = ngettext(
                "A forced order holds here, and {n} child would stay. Write why it is recorded all the same.",
                "A forced order holds here, and {n} children would stay. Write why it is recorded all the same.",
                children,
            )
            self._warn(words.format(n=children))
        elif order is not None and (refusing or decision is Decision.REFUSED):
            words = _("An evacuation order holds here: a refusal is signed on a form, with the children who stay.")
            self._warn(words, Kind.INFO, reason=False)
        else:
            self._warn("", reason=False)

    def _fill(self, household: Household) -> None:
        details = self.details
        details.day.set_day(household.wants_on)
        details.reason.setText(household.refusal_reason if not household.refusal_reason.startswith("@") else "")
        details.form.setChecked(household.form_signed)
        if household.children_stay is not None:
            details.children.setValue(household.children_stay)
        details.obstacles.choose(household.holds_back)
        details.would_change.setText(household.would_change)
        details.again.set_again(household.again_at, household.again_by)


class DecideManyDialog(_DecideBase):
    """The same decision for several households; `saved(count)` is told by `then`."""

    def __init__(
        self, context: PageContext, household_ids: Sequence[str], then: Callable[[int], object], parent: QWidget
    ) -> None:
        self._ids, self._then = list(household_ids), then
        heading = _("The same decision for: {households}").format(households=texts.households(len(self._ids)))
        choices = Choices(Decision.UNDECIDED, without={Decision.EVACUATED})
        super().__init__(context, _("Record the decision"), heading, choices, parent)
        self._chosen()
        self.choices.setFocus()

    def work(self, ruling: Ruling) -> Callable[[], object]:
        """What was not filled in here stays as each household has it."""
        said = ruling.said
        on = (ruling.day or self.past_day()) if ruling.decision in HAPPENED else None
        said = Said(
            said.decision, said.wants_on, said.reason, said.note, on, said.form_signed, said.children_stay,
            said.holds_back or None, said.would_change or None,
        )  # fmt: skip
        again = ruling.again if ruling.again is not None and ruling.again.at is not None else None
        return partial(decide_many, self._context.session, self._ids, said, again=again, despite=ruling.despite)

    def accept(self) -> None:
        super().accept()
        self._then(len(self._ids))


@reopens("decide")
def reopen(again: Reopening) -> None:
    """Over the registry at that household."""

    def found(card: HouseholdCard) -> None:
        page = again.page("registry")
        page.show_target(household=card.household.id)
        ask.show(dialog := DecideDialog(again.context, card, page.panel))
        again.opened(dialog)

    context = again.context
    context.tasks.run_query(household_card, context.session, again.fields["household"], done=found, failed=again.gone)
