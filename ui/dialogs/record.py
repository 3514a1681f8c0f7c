"""A form for one record, drawn from declared fields. Keeps what was typed until the register has accepted it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.days import clock_text, read_clock
from coordinator.domain.typed_day import read_day
from coordinator.errors import UserError
from resources.i18n import _
from ui import texts, theme
from ui.widgets import typed_values
from ui.widgets.settlement_field import Places, SettlementField

LEAST_WIDTH, FIRST_WIDTH = 460, 560


class FieldKind(StrEnum):
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    TIME = "time"
    DAY = "day"
    CHOICE = "choice"
    FLAG = "flag"
    SETTLEMENT = "settlement"


@dataclass(frozen=True, slots=True)
class Field:
    """`title` and the words of `choices` are translated already. `hint` stands in the empty field."""

    key: str
    title: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()


class Unreadable(Exception):
    """What stands in a field cannot be taken; the sentence says why."""


class RecordDialog(QDialog):
    """`submitted(values)` when all fields can be read; call `accept()` once it is saved, or `refuse(error)`."""

    submitted = Signal(dict)
    draft_kind = "record"

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        near: date,
        parent: QWidget,
        places: Places | None = None,
    ) -> None:
        super().__init__(parent)
        # The heading may quote what somebody wrote; a title is seen in task bars and on a shared screen.
        self.setWindowTitle(_("Evacuation Coordinator"))
        self.setMinimumWidth(theme.unit(LEAST_WIDTH))
        self._fields, self._near = list(fields), near
        self._start = dict(values)
        heading = QLabel(title)
        theme.dress(heading, "heading")
        form = QFormLayout()
        self.editors: dict[str, QWidget] = {}
        for field in fields:
            editor = self._editor(field, values.get(field.key), places)
            editor.setAccessibleName(field.title)
            self.editors[field.key] = editor
            form.addRow(field.title if field.kind is not FieldKind.FLAG else "", editor)
        self.belongs: dict[str, str] = {}
        self.under_way = False
        self._blank = typed_values.read(self.editors)
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.hide()
        theme.dress(self._told, "notice", "warning")
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(12))
        for part in (heading, _scrolled(form), self._told, self._buttons()):
            column.addWidget(part)
        room = self.screen().availableGeometry().height()
        self.resize(theme.unit(FIRST_WIDTH), min(form.sizeHint().height() + theme.unit(150), room - theme.unit(60)))

    def draft(self) -> dict[str, Any]:
        """What was changed. Only a form that `belongs` to a list and a row can be opened again."""
        typed = {name: value for name, value in typed_values.read(self.editors).items() if value != self._blank[name]}
        return {**self.belongs, "typed": typed} if self.belongs and typed else {}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        typed_values.write(self.editors, fields["typed"])

    def refuse(self, error: UserError) -> None:
        """The register said no: say why and let the person mend it; nothing typed is lost."""
        self.under_way = False
        self._say(texts.error_text(error))
        self._save.setEnabled(True)

    def told(self) -> str:
        """Why it was not saved, or ""."""
        return self._told.text() if self._told.isVisible() else ""

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self._save = QPushButton(_("Save"))
        theme.dress(self._save, "primary")
        self._save.setDefault(True)
        cancel = QPushButton(_("Cancel"))
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.addButton(self._save, QDialogButtonBox.ButtonRole.AcceptRole)
        box.accepted.connect(self.submit)
        box.rejected.connect(self.reject)
        return box

    def _editor(self, field: Field, value: Any, places: Places | None) -> QWidget:
        if field.kind is FieldKind.FLAG:
            box = QCheckBox(field.title)
            box.setChecked(bool(value))
            return box
        if field.kind is FieldKind.CHOICE:
            combo = QComboBox()
            for code, words in field.choices:
                combo.addItem(words, code)
            combo.setCurrentIndex(max(0, combo.findData(str(value) if value is not None else "")))
            return combo
        if field.kind is FieldKind.SETTLEMENT:
            settlement = SettlementField(field.hint)
            settlement.use(places or Places(()))
            settlement.set_value(value, (places.name(value) if places else "") or "")
            return settlement
        line = QLineEdit(_written(field.kind, value))
        line.setPlaceholderText(field.hint)
        return line

    def submit(self) -> None:
        values = dict(self._start)
        for field in self._fields:
            editor = self.editors[field.key]
            theme.mark_fault(editor, False)
            try:
                values[field.key] = self._read(field, editor)
            except Unreadable as fault:
                theme.mark_fault(editor, True)
                editor.setFocus()
                self._say(str(fault))
                return
        self._told.hide()
        self._save.setEnabled(False)
        self.under_way = True
        self.submitted.emit(values)

    def _read(self, field: Field, editor: QWidget) -> Any:
        if isinstance(editor, QCheckBox):
            return editor.isChecked()
        if isinstance(editor, QComboBox):
            return editor.currentData()
        if isinstance(editor, SettlementField):
            chosen = editor.value()
            if chosen.id is None and (field.required or chosen.text):
                raise Unreadable(chosen.remark or _("Choose a settlement from the list."))
            return chosen.id
        assert isinstance(editor, QLineEdit)
        text = editor.text().strip()
        if not text:
            if field.required:
                raise Unreadable(_("“{field}” is needed.").format(field=field.title))
            return "" if field.kind is FieldKind.TEXT else None
        return _READERS[field.kind](text, field.title, self._near)

    def _say(self, sentence: str) -> None:
        self._told.setText(sentence)
        self._told.show()


def _scrolled(form: QFormLayout) -> QScrollArea:
    """A long form scrolls on a small screen or with large text; its buttons stay in sight."""
    form.setContentsMargins(0, 0, theme.unit(8), 0)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    body = QWidget()
    body.setLayout(form)
    area = QScrollArea()
    area.setWidget(body)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    # Otherwise it has the focus when the form opens, and what is typed first is lost.
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area


def _written(kind: FieldKind, value: Any) -> str:
    if value is None:
        return ""
    if kind is FieldKind.TIME:
        return clock_text(int(value))
    if kind is FieldKind.DAY:
        return texts.day_short(value)
    return str(value)


def _whole(text: str, title: str, _near: date) -> int:
    if not text.isdecimal():
        raise Unreadable(_("“{field}” needs a whole number.").format(field=title))
    return int(text)


def _decimal(text: str, title: str, _near: date) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise Unreadable(_("“{field}” needs a number such as 49.7112.").format(field=title)) from None


def _time(text: str, title: str, _near: date) -> int:
    minutes = read_clock(text)
    if minutes is None:
        raise Unreadable(_("“{field}” needs a time of day such as 06:30.").format(field=title))
    return minutes


def _day(text: str, title: str, near: date) -> date:
    day = read_day(text, near)
    if day is None:
        raise Unreadable(_("“{field}” needs a date such as 15.08.2023.").format(field=title))
    return day


_READERS: Mapping[FieldKind, Callable[[str, str, date], Any]] = {
    FieldKind.TEXT: lambda text, _title, _near: text,
    FieldKind.INTEGER: _whole,
    FieldKind.DECIMAL: _decimal,
    FieldKind.TIME: _time,
    FieldKind.DAY: _day,
}
