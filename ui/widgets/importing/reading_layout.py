"""Where the parts of the step "How this list is read" stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from resources.i18n import _
from ui import theme

if TYPE_CHECKING:
    from ui.widgets.importing.reading_view import ReadingView


NARROW = 820
"""Below this width sheets and columns stand below one another."""


def lay_out(view: ReadingView) -> QSplitter:
    """Heading and sender above, questions, sheets with their answers beside columns and words, buttons below."""
    _dress(view)
    column = QVBoxLayout(view)
    column.setContentsMargins(*[theme.unit(16)] * 4)
    column.setSpacing(theme.unit(7))
    head = QHBoxLayout()
    head.addWidget(view.heading, 1)
    head.addWidget(view.total)
    column.addLayout(head)
    column.addWidget(view.sender)
    column.addWidget(view.questions)
    column.addWidget(view.clear)
    middle = _middle(view)
    column.addWidget(middle, 1)
    column.addLayout(_buttons(view))
    return middle


def fit(middle: QSplitter, width: int) -> None:
    """Side by side where there is room for both."""
    wide = width >= theme.unit(NARROW)
    middle.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
    middle.setMinimumHeight(theme.unit(220 if wide else 440))


def _dress(view: ReadingView) -> None:
    theme.dress(view.heading, "heading")
    theme.dress(view.total, "strong")
    theme.dress(view.clear, "muted")
    theme.dress(view.go_on, "primary")
    view.heading.setWordWrap(True)
    view.questions.setAccessibleName(_("What is not clear"))
    view.questions.setWordWrap(True)
    view.questions.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def _middle(view: ReadingView) -> QSplitter:
    view.tabs.addTab(view.columns, _("Columns"))
    view.tabs.addTab(view.words, _("Words"))
    view.tabs.setDocumentMode(True)
    scroll = view.scroll
    scroll.setWidget(view.panel)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    left = QWidget()
    inside = QVBoxLayout(left)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(theme.unit(6))
    label = QLabel(_("Sheets"))
    label.setBuddy(view.sheets)
    theme.dress(label, "strong")
    inside.addWidget(label)
    view.sheets.setMinimumHeight(theme.unit(80))
    scroll.setMinimumHeight(theme.unit(80))
    for table in (view.columns.table, view.words.table):
        table.setMinimumHeight(theme.unit(100))
    inside.addWidget(view.sheets, 2)
    inside.addWidget(scroll, 3)
    parts = QSplitter(Qt.Orientation.Horizontal)
    parts.addWidget(left)
    parts.addWidget(view.tabs)
    parts.setStretchFactor(1, 1)
    parts.setSizes([theme.unit(370), theme.unit(750)])
    parts.setChildrenCollapsible(False)
    # Takes the room that is there: by its wish alone the page would be higher than a small screen.
    parts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    return parts


def _buttons(view: ReadingView) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(view.remember)
    row.addStretch(1)
    row.addWidget(view.back)
    row.addWidget(view.go_on)
    return row
