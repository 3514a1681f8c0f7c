"""What stands in the fields of a form, as plain values that a draft can keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QWidget

from ui.widgets.day_field import DayField
from ui.widgets.settlement_field import SettlementField


def read(fields: Mapping[str, QWidget]) -> dict[str, Any]:
    """By the names of the fields; also of text that cannot be used yet."""
    return {name: _read(field) for name, field in fields.items()}


def write(fields: Mapping[str, QWidget], values: Mapping[str, Any]) -> None:
    """Put back what `read` gave; a value without its field is left out."""
    for name, field in fields.items():
        if name in values:
            _write(field, values[name])


def _read(field: QWidget) -> Any:
    if isinstance(field, SettlementField):
        return {"id": field.value().id, "text": field.text()}
    if isinstance(field, DayField):
        return field.edit.text()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QSpinBox):
        return field.value()
    if isinstance(field, QCheckBox):
        return field.isChecked()
    assert isinstance(field, QComboBox)
    return field.currentData()


def _write(field: QWidget, value: Any) -> None:
    if isinstance(field, SettlementField):
        if value["id"]:
            field.set_value(value["id"], value["text"])
        else:
            field.setText(value["text"])
    elif isinstance(field, DayField):
        field.edit.setText(value)
    elif isinstance(field, QLineEdit):
        field.setText(value)
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText(value)
    elif isinstance(field, QSpinBox):
        field.setValue(value)
    elif isinstance(field, QCheckBox):
        field.setChecked(value)
    else:
        assert isinstance(field, QComboBox)
        field.setCurrentIndex(max(0, field.findData(value)))
