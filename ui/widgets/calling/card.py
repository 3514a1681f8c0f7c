"""The household on the line: the number to dial large, who lives there, why now, what to say, earlier talks."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.decision import Decision
from coordinator.domain.outreach import Channel, Number, Result
from coordinator.domain.phones import show_phone
from coordinator.next_words import reasons_line
from coordinator.queries.calls import CallCard
from resources.i18n import _
from ui import call_words, texts, theme
from ui.widgets.empty_state import EmptyState

TALKS_SHOWN = 5


class CallCardView(QFrame):
    """`open_wanted`: the household in full."""

    open_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, "card")
        self.found: CallCard | None = None
        self._chosen = 0
        self.number, self.whose = QLabel(), QLabel()
        self.head, self.place, self.people, self.decision = QLabel(), QLabel(), QLabel(), QLabel()
        self.why, self.say, self.talks, self.requests = QLabel(), QLabel(), QLabel(), QLabel()
        self.open = QPushButton(_("Open the household"))
        self._body = QWidget()
        self.nothing = EmptyState("phone", _("Nobody to call now"), _("All are called, planned, or agreed for later."))
        self._lay_out()
        self.open.clicked.connect(lambda: self.found and self.open_wanted.emit(self.found.card.household.id))
        self.show_card(None, date.min)

    @property
    def dialled(self) -> Number | None:
        """The number that is shown; None where all are wrong or there is none."""
        numbers = self._numbers()
        return numbers[self._chosen % len(numbers)] if numbers else None

    def other_number(self) -> None:
        """On to the next number of the household."""
        self._chosen += 1
        self._show_number()

    def show_card(self, found: CallCard | None, today: date) -> None:
        if self.found is None or found is None or found.card.household.id != self.found.card.household.id:
            self._chosen = 0
        self.found = found
        self._body.setVisible(found is not None)
        self.nothing.setVisible(found is None)
        if found is None:
            return
        household, card = found.card.household, found.card
        head = next((one.name.full for one in household.people if one.id == household.head_id), "")
        self._show_number()
        self.head.setText(_("№ {number} {name}").format(number=household.number, name=head or _("No name")))
        place = [card.settlement, household.address.line, household.address.landmark]
        self.place.setText(", ".join(part for part in place if part) or "–")
        known = [call_words.who_lives_there(household, today), household.note]
        self.people.setText("\n".join(part for part in known if part))
        self.decision.setText(_decision(found))
        self.why.setText(reasons_line(found.row.parts, today) if found.row else "")
        said = call_words.what_to_say(found, today)
        self.say.setText("\n".join(f"• {sentence}" for sentence in said))
        self.talks.setText(_talks(found) or _("No talk is recorded yet."))
        self.requests.setText("\n".join(map(call_words.request_line, card.requests)))
        self.requests.setVisible(bool(card.requests))

    def _numbers(self) -> list[Number]:
        return [number for number in self.found.numbers if not number.wrong] if self.found else []

    def _show_number(self) -> None:
        number, numbers = self.dialled, self._numbers()
        if number is None:
            self.number.setText(_("no number"))
            self.whose.setText(_("Find another number: the neighbours, the village head, relatives."))
            return
        self.number.setText(show_phone(number.e164) if number.e164 else number.raw)
        more = _("number {n} of {all}").format(n=self._chosen % len(numbers) + 1, all=len(numbers))
        vain = call_words.tried(number.tries) if number.tries else ""
        told = [number.note, more if len(numbers) > 1 else "", vain]
        self.whose.setText(" · ".join(part for part in told if part))

    def _lay_out(self) -> None:
        roles = {
            self.number: "figure", self.whose: "muted", self.head: "title", self.decision: "strong",
            self.why: "strong", self.talks: "muted", self.requests: "muted",
        }  # fmt: skip
        for label, role in roles.items():
            theme.dress(label, role)
        names = {self.number: _("Number to dial"), self.say: _("What to say"), self.talks: _("Earlier talks")}
        for label, name in names.items():
            label.setAccessibleName(name)
        inside, area = QWidget(), QScrollArea()
        column = QVBoxLayout(inside)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(6))
        for label in (self.number, self.whose, self.head, self.place, self.people, self.decision, self.requests):
            column.addWidget(label)
        for heading, label in (
            (_("Why now"), self.why), (_("What to say"), self.say), (_("Earlier talks"), self.talks),
        ):  # fmt: skip
            column.addSpacing(theme.unit(8))
            column.addWidget(_heading(heading))
            column.addWidget(label)
        column.addSpacing(theme.unit(8))
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        for label in inside.findChildren(QLabel):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.dress(inside, "surface")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("The household on the line"))
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*[theme.unit(2)] * 4)
        outer.addWidget(self._body)
        outer.addWidget(self.nothing)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    theme.dress(label, "heading")
    return label


def _decision(found: CallCard) -> str:
    """Where they stand, what holds them back, and when to ask again."""
    household = found.card.household
    word = texts.label(Decision(household.decision))
    if household.wants_on:
        word = f"{word} {texts.day_short(household.wants_on)}"
    parts = [word, *(texts.label(one) for one in household.holds_back)]
    if household.again_at:
        again = texts.moment(household.again_at)
        parts.append(_("to be called {when}, {who}").format(when=again, who=household.again_by or _("anyone")))
    return " · ".join(parts)


def _talks(found: CallCard) -> str:
    lines = []
    for talk in found.talks[:TALKS_SHOWN]:
        what = f"{texts.label(Channel(talk.kind))}: {texts.label(Result(talk.outcome))}"
        lines.append(" · ".join(part for part in (texts.moment(talk.done_at), what, talk.done_by, talk.note) if part))
    return "\n".join(lines)
