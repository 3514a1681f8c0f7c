"""The text of a half-typed form that cannot be opened again, since what it belonged to is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from coordinator.services.drafts import Draft
from resources.i18n import _
from ui import texts, theme
from ui.drafts import title


class TypedTextDialog(QDialog):
    """`thrown_away` or `kept`. The text can be copied from here to where it belongs now."""

    thrown_away = Signal()
    kept = Signal()

    def __init__(self, draft: Draft, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Evacuation Coordinator"))
        self.setMinimumWidth(theme.unit(460))
        self.words = QLabel(
            _("“{form}” of {moment} was not finished, and what it belonged to is no longer in the register. "
              "This was typed; copy what is still needed.").format(
                form=title(draft.kind), moment=texts.moment(draft.saved_at))
        )  # fmt: skip
        self.words.setWordWrap(True)
        self.text = QPlainTextEdit("\n".join(typed_lines(draft.fields)))
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("What was typed"))
        box = QDialogButtonBox()
        throw = box.addButton(_("Throw away"), QDialogButtonBox.ButtonRole.DestructiveRole)
        keep = box.addButton(_("Keep it for later"), QDialogButtonBox.ButtonRole.RejectRole)
        theme.dress(throw, "danger")
        keep.setDefault(True)
        throw.clicked.connect(lambda: (self.thrown_away.emit(), self.accept()))
        box.rejected.connect(self.reject)
        self.rejected.connect(self.kept)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(10))
        for part in (self.words, self.text, box):
            column.addWidget(part)


def typed_lines(value: Any) -> Iterator[str]:
    """The words that a person typed, without ids, numbers and choices."""
    if isinstance(value, Mapping):
        for name, part in value.items():
            if not str(name).endswith(("_id", "id")) and name not in NOT_TYPED:
                yield from typed_lines(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from typed_lines(part)
    elif isinstance(value, str) and value.strip():
        yield value


NOT_TYPED = frozenset({"decision", "by", "sex", "relation", "needs", "list", "day", "trip", "household", "stated"})
"""Fields of drafts that hold codes."""
