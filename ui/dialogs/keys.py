"""The sheet of keys (F1): what can be done by key right now, in two columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from resources.i18n import _
from ui import theme
from ui.widgets.chips import Badge

Groups = Sequence[tuple[str, Sequence[tuple[str, str]]]]
COLUMNS = 2


class KeySheet(QDialog):
    """`groups` as `actions.sheet` gives them: (heading, [(words, key)])."""

    def __init__(self, groups: Groups, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("All keys"))
        content = QWidget()
        theme.dress(content, "plain")
        columns = QHBoxLayout(content)
        columns.setSpacing(theme.unit(36))
        total = sum(len(rows) + 2 for _heading, rows in groups)
        grid, used = _new_column(columns), 0
        for heading, rows in groups:
            if used and used + len(rows) / 2 > total / COLUMNS:
                grid, used = _new_column(columns), 0
            _fill(grid, heading, rows)
            used += len(rows) + 2
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(content)
        buttons = QDialogButtonBox()
        buttons.addButton(_("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        hint = content.sizeHint()
        self.resize(hint.width() + theme.unit(60), min(hint.height() + theme.unit(80), theme.unit(600)))


def _new_column(columns: QHBoxLayout) -> QGridLayout:
    grid = QGridLayout()
    grid.setColumnStretch(0, 1)
    grid.setHorizontalSpacing(theme.unit(20))
    grid.setVerticalSpacing(theme.unit(6))
    grid.setAlignment(Qt.AlignmentFlag.AlignTop)
    columns.addLayout(grid, 1)
    return grid


def _fill(grid: QGridLayout, heading: str, rows: Sequence[tuple[str, str]]) -> None:
    title = QLabel(heading)
    theme.dress(title, "heading")
    grid.addWidget(title, grid.rowCount(), 0, 1, 2)
    for words, key in rows:
        row = grid.rowCount()
        grid.addWidget(QLabel(words), row, 0)
        grid.addWidget(Badge(key), row, 1, Qt.AlignmentFlag.AlignRight)
    grid.setRowMinimumHeight(grid.rowCount(), theme.unit(12))
