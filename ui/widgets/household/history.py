"""The history of a household: who did what and when, old and new value; a single field can be put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.queries.household import FieldChange, HistoryEntry, HouseholdCard
from coordinator.services.households import EDITABLE, edit_household, set_address
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.widgets.household.history_words import change_words, entry_words
from ui.widgets.household.section import Editing, Section, empty_layout, small_button

FIRST_SHOWN = 5
_ADDRESS = {"street": "street", "house": "house", "flat": "flat", "address_text": "text", "landmark": "landmark"}


class HistorySection(Section):
    def __init__(self, editing: Editing) -> None:
        super().__init__(editing, _("History"))
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
        if other or self._card is None or self._card.history != card.history:
            self._card = card
            self._fill(card)
        self._card = card

    def _show_more(self) -> None:
        self._shown *= 4
        if self._card is not None:
            self._fill(self._card)

    def _fill(self, card: HouseholdCard) -> None:
        empty_layout(self._entries)
        for entry in card.history[: self._shown]:
            self._entries.addWidget(self._entry(entry, card))
        hidden = len(card.history) - self._shown
        self.more.setText(ngettext("{n} earlier entry", "{n} earlier entries", hidden).format(n=hidden))
        self.more.setVisible(hidden > 0)

    def _entry(self, entry: HistoryEntry, card: HouseholdCard) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(1))
        who = f" · {entry.done_by}" if entry.done_by else ""
        column.addWidget(_label(entry_words(entry), "plain"))
        column.addWidget(_label(f"{texts.moment(entry.done_at)}{who}", "small"))
        for change in entry.changes:
            words = change_words(change, card, self.editing.places.name)
            if words:
                column.addLayout(self._change(change, words, card))
        return box

    def _change(self, change: FieldChange, words: str, card: HouseholdCard) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.unit(4))
        row.addWidget(_label(words, "muted"), 1)
        put_back = restoring(change, card)
        if put_back is not None:
            verb, named = put_back
            name = _("Put the old value back: {change}").format(change=words)
            button = small_button("undo", name, partial(self._put_back, verb, named))
            button.setFixedSize(theme.unit(30), theme.unit(26))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _put_back(self, verb: Callable[..., Any], named: dict[str, object]) -> None:
        self.editing.save(verb, self.editing.household_id, **named)


def restoring(change: FieldChange, card: HouseholdCard) -> tuple[Callable[..., Any], dict[str, object]] | None:
    """The verb that gives one field its old value again; None for fields that have no such verb."""
    if change.table != "household":
        return None
    household = card.household
    if change.column in _ADDRESS:
        name = _ADDRESS[change.column]
        if getattr(household.address, name) == (change.old or ""):
            return None
        return set_address, {"address": replace(household.address, **{name: str(change.old or "")})}
    if change.column not in EDITABLE:
        return None
    old: object = bool(change.old) if change.column == "part_stays" else change.old
    return None if getattr(household, change.column) == old else (edit_household, {change.column: old})


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    theme.dress(label, role)
    return label
