"""Where a household stands, the quick chooser for it, and how it came to that, newest first."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.decision import Decision, is_ready
from coordinator.queries.household import HouseholdCard
from coordinator.standing_notes import worded
from resources.i18n import _, ngettext
from ui import actions, texts, theme
from ui.signs import DECISION_SIGNS
from ui.widgets.chips import Badge
from ui.widgets.household.section import Editing, Section, empty_layout

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
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.unit(2))
        self.body.addLayout(self._lines)
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
        ready = is_ready(household.decision, household.wants_on, self.editing.day)
        day = texts.day_short(self.editing.day)
        if ready:
            self.ready.say("✓ " + _("Ready for {day}").format(day=day), "success")
        else:
            self.ready.say(_("Not ready for {day}").format(day=day), "")
        self._show_lines(card)

    def _show_lines(self, card: HouseholdCard) -> None:
        empty_layout(self._lines)
        shown = card.decisions if self._all else card.decisions[:SHOWN]
        for row in shown:
            words = texts.label(Decision(row.kind))
            if row.wants_on:
                words = _("{decision}, {day}").format(decision=words, day=texts.day_short(row.wants_on))
            told = ": ".join(part for part in (words, worded(row.reason), worded(row.note)) if part)
            who = f" · {row.decided_by}" if row.decided_by else ""
            self._lines.addWidget(_line(f"{texts.moment(row.decided_at)}{who}", told))
        hidden = len(card.decisions) - len(shown)
        self.more.setText(ngettext("{n} earlier decision", "{n} earlier decisions", hidden).format(n=hidden))
        self.more.setVisible(hidden > 0)

    def _show_all(self) -> None:
        self._all = True
        if self._card is not None:
            self._show_lines(self._card)


def _line(when: str, words: str) -> QWidget:
    """A dated line: what was decided, and below it small when and by whom."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for text, role in ((words, "plain"), (when, "small")):
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        theme.dress(label, role)
        column.addWidget(label)
    return box
