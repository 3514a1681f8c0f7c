"""Where a household stands, the quick chooser for it, what holds it back, and how it came to that, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton

from coordinator.domain.decision import GONE
from coordinator.domain.household import Household, ready_people, waits
from coordinator.domain.person import Person
from coordinator.queries.household import HouseholdCard
from coordinator.standing_notes import worded
from resources.i18n import _, ngettext
from ui import actions, texts, theme
from ui.signs import DECISION_SIGNS
from ui.widgets.chips import Badge
from ui.widgets.decide.line import entries_of
from ui.widgets.decide.timeline import Timeline
from ui.widgets.household.section import Editing, Section

SHOWN = 3


class DecisionSection(Section):
    """`button` opens the chooser; the page gives it its action, so that the key is shown with it."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("Decision"))
        self.button = QPushButton()
        self.button.setIconSize(QSize(theme.unit(17), theme.unit(17)))
        self.button.setToolTip(actions.tooltip("household.decide"))
        self.ready = Badge("")
        self.top.addWidget(self.ready)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.about = QLabel()
        self.about.setWordWrap(True)
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        theme.dress(self.about, "muted")
        self.body.addWidget(self.about)
        self.line = Timeline()
        self.body.addWidget(self.line)
        self.more = QPushButton()
        theme.dress(self.more, "link")
        self.more.clicked.connect(self._show_all)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._all = False
        self._card: HouseholdCard | None = None

    def show_card(self, card: HouseholdCard) -> None:
        household = card.household
        if self._card is None or self._card.household.id != household.id:
            self._all = False
        self._card = card
        icon, role = DECISION_SIGNS[household.decision]
        self.button.setIcon(theme.icon(icon, role))
        words = texts.label(household.decision)
        if household.wants_on:
            words = _("{decision}, {day}").format(decision=words, day=texts.day_short(household.wants_on))
        self.button.setText(words)
        self.button.setAccessibleName(_("Decision: {decision}. Change it").format(decision=words))
        self._show_ready(card)
        about = "\n".join(_about(household))
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self._show_lines(card)

    def _show_ready(self, card: HouseholdCard) -> None:
        household, day = card.household, self.editing.day
        at_home = [person for person in household.people if person.id not in card.family.away]
        going, shown = len(ready_people(household, at_home, day)), texts.day_short(day)
        if not waits(household, at_home, day):
            self.ready.say(_("Not ready for {day}").format(day=shown), "")
        elif going < len(household.people):
            words = _("{n} of {all} ready for {day}").format(n=going, all=len(household.people), day=shown)
            self.ready.say(f"✓ {words}", "success")
        else:
            self.ready.say("✓ " + _("Ready for {day}").format(day=shown), "success")

    def _show_lines(self, card: HouseholdCard) -> None:
        entries = entries_of(card)
        shown = entries if self._all else entries[:SHOWN]
        self.line.show_entries(shown)
        hidden = len(entries) - len(shown)
        self.more.setText(ngettext("{n} earlier entry", "{n} earlier entries", hidden).format(n=hidden))
        self.more.setVisible(hidden > 0)

    def _show_all(self) -> None:
        self._all = True
        if self._card is not None:
            self._show_lines(self._card)


def _about(household: Household) -> Iterator[str]:
    """What stands beside the decision, a line each."""
    if household.refusal_reason:
        yield _("Reason: {reason}").format(reason=worded(household.refusal_reason))
    if household.form_signed:
        yield _("Form of refusal signed")
    if household.decision not in GONE:
        if household.holds_back:
            held = ", ".join(texts.label(one) for one in household.holds_back)
            yield _("Held back by: {what}").format(what=held)
        if household.would_change:
            yield _("What would change it: {words}").format(words=household.would_change)
    for person in household.people:
        if person.decision not in (None, household.decision):
            yield _own(person)
    if household.spoke_at:
        who = f" · {household.spoke_by}" if household.spoke_by else ""
        yield _("Last spoken to: {moment}").format(moment=f"{texts.moment(household.spoke_at)}{who}")
    if household.again_at:
        yield _("Ask again: {moment}, {who}").format(
            moment=texts.moment(household.again_at), who=household.again_by or _("anyone")
        )


def _own(person: Person) -> str:
    """ "Марко: Refused, мати не ходить"."""
    words = texts.label(person.decision) if person.decision else ""
    day = texts.day_short(person.wants_on) if person.wants_on else ""
    told = ", ".join(part for part in (words, day, worded(person.refusal_reason)) if part)
    return f"{person.name.given or person.name.full or '–'}: {told}"
