"""The history of a household and its people: who did what and when, old and new value; each can be put back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.queries.history import FieldChange, HistoryEntry
from coordinator.queries.household import HouseholdCard
from coordinator.services.earlier_values import restore_value
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.rights import needs
from ui.widgets.household.history_words import change_words, entry_words
from ui.widgets.household.section import Editing, Section, empty_layout, small_button
from ui.widgets.notice_bar import Kind

FIRST_SHOWN = 5


class HistorySection(Section):
    """`whose` shows the history of everybody, or of one person, those taken off too."""

    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("History"))
        self.whose = QComboBox()
        self.whose.setAccessibleName(_("Whose history"))
        self.whose.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.whose.setMinimumContentsLength(12)
        self.whose.activated.connect(lambda _index: self._again())
        self.body.addWidget(self.whose)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(theme.unit(6))
        self.body.addLayout(self._entries)
        self.more = QPushButton()
        theme.dress(self.more, "link")
        self.more.clicked.connect(self._show_more)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._card: HouseholdCard | None = None
        self._shown = FIRST_SHOWN

    def show_card(self, card: HouseholdCard) -> None:
        other = self._card is None or self._card.household.id != card.household.id
        if other:
            self._shown = FIRST_SHOWN
        changed = other or self._card is None or self._card.history != card.history
        self._card = card
        if changed:
            self._offer(card, everybody=other)
            self._fill(card)

    def _offer(self, card: HouseholdCard, *, everybody: bool) -> None:
        """All people that the history knows; the one chosen stays chosen."""
        chosen = "" if everybody else str(self.whose.currentData() or "")
        people = {person.id: person.name.full for person in card.household.people}
        named = {change.person_id: change.person for entry in card.history for change in entry.changes}
        self.whose.clear()
        self.whose.addItem(_("The whole household"), "")
        for person_id, name in (named | people).items():
            if person_id:
                self.whose.addItem(name or _("a person without a name"), person_id)
        self.whose.setCurrentIndex(max(0, self.whose.findData(chosen)))
        self.whose.setVisible(self.whose.count() > 1)

    def _again(self) -> None:
        self._shown = FIRST_SHOWN
        if self._card is not None:
            self._fill(self._card)

    def _show_more(self) -> None:
        self._shown *= 4
        if self._card is not None:
            self._fill(self._card)

    def _fill(self, card: HouseholdCard) -> None:
        empty_layout(self._entries)
        person_id = str(self.whose.currentData() or "")
        entries = [
            (entry, [change for change in entry.changes if person_id in ("", change.person_id)])
            for entry in card.history
        ]
        if person_id:
            entries = [(entry, changes) for entry, changes in entries if changes]
        for entry, changes in entries[: self._shown]:
            self._entries.addWidget(self._entry(entry, changes, card))
        hidden = len(entries) - self._shown
        self.more.setText(ngettext("{n} earlier entry", "{n} earlier entries", hidden).format(n=hidden))
        self.more.setVisible(hidden > 0)

    def _entry(self, entry: HistoryEntry, changes: list[FieldChange], card: HouseholdCard) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        who = f" · {entry.done_by}" if entry.done_by else ""
        column.addWidget(_label(entry_words(entry), "plain"))
        column.addWidget(_label(f"{texts.moment(entry.done_at)}{who}", "small"))
        for change in changes:
            words = change_words(change, card, self.editing.places.name)
            if words:
                column.addLayout(self._change(change, words))
        return box

    def _change(self, change: FieldChange, words: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.unit(4))
        row.addWidget(_label(words, "muted"), 1)
        if change.restorable:
            name = _("Put the old value back: {change}").format(change=words)
            button = small_button("undo", name, partial(self._put_back, change))
            button.setFixedSize(theme.unit(30), theme.unit(26))
            needs(button)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _put_back(self, change: FieldChange) -> None:
        said = _("The earlier value was put back. Ctrl+Z takes that back.")
        self.editing.save(
            restore_value, change.change_id, change.column,
            done=lambda _none: self.editing.context.show_notice(said, Kind.SUCCESS),
        )  # fmt: skip


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    theme.dress(label, role)
    return label
