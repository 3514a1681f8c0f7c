"""One action of the log in full: who, when, its changes by household, what it kept, and the button that undoes it."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.queries.journal import REFERRING, ActionDetail, RowChange
from coordinator.services.history import REFUSED, right_of
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import texts, theme
from ui.action_words import done_words, field_name, paper_name
from ui.field_words import TABLES
from ui.rights import gate_of, needs
from ui.value_words import value_words
from ui.widgets.household.section import empty_layout

LEAST_WIDTH = 300
SUMMARY = {
    "household": ("settlement_text", "street", "house", "flat", "address_text", "note"),
    "person": ("surname", "given", "patronymic", "birth_on", "birth_year", "age"),
    "decision": ("kind", "wants_on", "note"),
}
"""What is said of a record that came or went; of other tables all that has a name."""
_UNSAID = frozenset({"position", "decided_at", "decided_by"})
MOST_SEEN = 6
"""Households that stay which are seen without scrolling."""
_ID = Qt.ItemDataRole.UserRole


def why_not(detail: ActionDetail) -> str:
    """The translated reason why this action cannot be undone (an undo: not done again), or ""."""
    entry = detail.entry
    if entry.label == "undo":
        return sentence("redo.done") if entry.taken_back else ""
    if entry.label in REFUSED:
        return sentence(REFUSED[entry.label])
    if entry.taken_back:
        return sentence("undo.done")
    return "" if detail.total else sentence("undo.nothing_changed")


class ActionDetailView(QFrame):
    """`undo_wanted(id)` and `redo_wanted(id)` by the button; `household_wanted(id)` by a link."""

    undo_wanted = Signal(str)
    redo_wanted = Signal(str)
    household_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "card")
        self.setMinimumWidth(theme.unit(LEAST_WIDTH))
        self._detail: ActionDetail | None = None
        self.heading, self.about, self.reason = _label("heading"), _label("small"), _label("muted")
        self.button = QPushButton()
        self.button.clicked.connect(self._press)
        needs(self.button)
        self.kept_heading, self.kept = _label("strong"), QListWidget()
        self.kept.setAccessibleName(_("Households that stay"))
        self.kept.itemActivated.connect(lambda item: self._go(str(item.data(_ID) or "")))
        self.kept.itemClicked.connect(lambda item: self._go(str(item.data(_ID) or "")))
        self._changes = QVBoxLayout()
        self._changes.setSpacing(theme.unit(4))
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        self._detail = None
        self.heading.setText(_("No action chosen"))
        self.about.setText(_("Choose one in the list to see what it changed."))
        for part in (self.button, self.reason, self.kept, self.kept_heading):
            part.hide()
        empty_layout(self._changes)

    def show_detail(self, detail: ActionDetail) -> None:
        self._detail = detail
        entry = detail.entry
        self.heading.setText(done_words(entry.label, entry.facts))
        self.about.setText("\n".join(_about(detail)))
        self.button.setText(_("Do this again") if entry.label == "undo" else _("Undo this action"))
        self.button.setIcon(theme.icon("redo" if entry.label == "undo" else "undo"))
        gate = gate_of(self)
        why = why_not(detail) or (gate.why_not(right_of(entry.label, entry.facts)) if gate is not None else "")
        self.button.setToolTip(why or self.button.text())
        self.button.setEnabled(not why)
        self.button.show()
        self.reason.setText(why)
        self.reason.setVisible(bool(why))
        self._show_kept(detail)
        self._show_changes(detail)

    def _show_kept(self, detail: ActionDetail) -> None:
        self.kept.clear()
        for number, household_id in detail.kept:
            item = QListWidgetItem(_("Household {number}").format(number=number))
            item.setData(_ID, household_id)
            self.kept.addItem(item)
        n = len(detail.kept)
        words = ngettext("{n} household stays, since it was changed or used later:",
                         "{n} households stay, since they were changed or used later:", n)  # fmt: skip
        self.kept_heading.setText(words.format(n=texts.number(n)))
        self.kept.setFixedHeight(self.kept.sizeHintForRow(0) * min(n, MOST_SEEN) + theme.unit(14))
        self.kept.setVisible(bool(n))
        self.kept_heading.setVisible(bool(n))

    def _show_changes(self, detail: ActionDetail) -> None:
        empty_layout(self._changes)
        for (household_id, number), group in groupby(detail.changes, key=lambda c: (c.household_id, c.number)):
            lines = [line for change in group for line in change_lines(change, detail.names)]
            if number is not None:
                self._changes.addWidget(self._link(number, household_id))
            if lines:
                self._changes.addWidget(_label("plain", "\n".join(lines)))
        hidden = detail.total - len(detail.changes)
        if hidden > 0:
            text = ngettext("… and {n} more change", "… and {n} more changes", hidden)
            self._changes.addWidget(_label("muted", text.format(n=texts.number(hidden))))

    def _link(self, number: int, household_id: str) -> QPushButton:
        link = QPushButton(_("Household {number}").format(number=number))
        theme.dress(link, "link")
        link.setToolTip(_("Open it in the registry"))
        link.clicked.connect(lambda: self._go(household_id))
        return link

    def _go(self, household_id: str) -> None:
        if household_id:
            self.household_wanted.emit(household_id)

    def _press(self) -> None:
        if self._detail is not None:
            entry = self._detail.entry
            (self.redo_wanted if entry.label == "undo" else self.undo_wanted).emit(entry.action_id)

    def _lay_out(self) -> None:
        content = QWidget()
        theme.dress(content, "surface")
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        for part in (self.heading, self.about):
            column.addWidget(part)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reason)
        column.addWidget(self.kept_heading)
        column.addWidget(self.kept)
        column.addLayout(self._changes)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.addWidget(scroll)


def _about(detail: ActionDetail) -> list[str]:
    """When and who; where it came from or went to."""
    entry = detail.entry
    lines = [" · ".join(part for part in (texts.moment(entry.done_at), entry.done_by) if part)]
    if entry.source:
        lines.append(_("From the file {file}").format(file=entry.source))
    if entry.people is not None:
        papers = ", ".join(dict.fromkeys(map(paper_name, entry.kinds)))
        lines.append(_("{what}: {people}").format(what=papers, people=texts.people(entry.people)))
    if entry.target:
        lines.append(_("Went to: {target}").format(target=entry.target))
    return lines


def change_lines(change: RowChange, names: dict[str, str]) -> list[str]:
    """A line for each field that a person reads; a record that came or went is one line."""
    record = _(TABLES[change.table]) if change.table in TABLES else change.table
    if change.kind == "update":
        told = _("{record}, {field}: {old} → {new}")
        return [
            told.format(
                record=record, field=name, old=value_words(change.table, column, old, names),
                new=value_words(change.table, column, new, names),
            )
            for column, name, (old, new) in _read_fields(change, names)
        ]  # fmt: skip
    side = 1 if change.kind == "insert" else 0
    summed = SUMMARY.get(change.table)
    values = [
        value_words(change.table, column, pair[side], names)
        for column, _name, pair in _read_fields(change, names)
        if pair[side] not in (None, "", 0) and (summed is None or column in summed)
    ]
    words = _("{record} entered: {values}") if side else _("{record} removed: {values}")
    return [words.format(record=record, values=", ".join(values))] if values else []


def _read_fields(change: RowChange, names: dict[str, str]) -> list[tuple[str, str, tuple[object, object]]]:
    """Column, its name, old and new value. Ids of other records are read where their names are known."""
    return [
        (column, name, pair)
        for column, pair in change.fields.items()
        if (name := field_name(change.table, column))
        and column not in _UNSAID
        and (column not in REFERRING or any(str(value) in names for value in pair))
    ]


def _label(role: str, text: str = "") -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    theme.dress(label, role)
    return label
