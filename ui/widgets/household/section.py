"""What all sections share: whose household it is, how an edit is saved, and how a section looks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QLayout, QToolButton, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.queries.household import HouseholdCard
from resources.i18n import _
from ui import texts, theme
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind
from ui.widgets.settlement_field import Places

PASSING = frozenset(
    {"register.busy", "register.busy_held", "register.busy_unnamed", "disk.full", "disk.full_room", "disk.failed"}
)
"""What is over in a while: the field keeps what was typed, and it can be saved again."""


class Editing:
    """Handed to each section: the household shown, and `save`, which turns an edit into one verb at once."""

    def __init__(self, context: PageContext, reload: Callable[[], object]) -> None:
        self.context = context
        self.reload = reload
        self.places = Places(())
        self.household_id = ""

    @property
    def day(self) -> date:
        return self.context.day

    def save(self, verb: Callable[..., Any], *args: object, done: Callable[..., object] | None = None, **named: object):
        """Run a verb of the core with the session. What it refuses is told, and the fields show the register again."""
        work = partial(verb, **named) if named else verb

        def failed(error: UserError) -> None:
            if error.code in PASSING:
                again = partial(self.save, verb, *args, done=done, **named)
                self.context.show_notice(texts.error_text(error), Kind.WARNING, step=_("Save again"), then=again)
            else:
                self.refused(error)

        self.context.tasks.run_verb(work, self.context.session, *args, done=done, failed=failed)

    def refused(self, error: UserError) -> None:
        self.context.show_notice(texts.error_text(error), Kind.WARNING)
        self.reload()


class Section(QWidget):
    """A heading with room for buttons beside it, and below it whatever the section shows."""

    def __init__(self, editing: Editing, heading: str) -> None:
        super().__init__()
        self.editing = editing
        self.heading = QLabel(heading)
        self.heading.setWordWrap(True)
        theme.dress(self.heading, "strong")
        self.top = QHBoxLayout()
        self.top.setSpacing(theme.unit(4))
        self.top.addWidget(self.heading, 1)
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.unit(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(4))
        if heading:
            column.addWidget(rule())
            column.addLayout(self.top)
        column.addLayout(self.body)

    def show_card(self, card: HouseholdCard) -> None:
        """Show this household; text that is being typed stays."""

    def add_button(self, icon: str, name: str, then: Callable[[], object]) -> QToolButton:
        """A quiet button beside the heading."""
        button = small_button(icon, name, then)
        self.top.addWidget(button)
        return button


def rule() -> QFrame:
    """A thin line between two sections."""
    line = QFrame()
    theme.dress(line, "line")
    return line


def small_button(icon: str, name: str, then: Callable[[], object], role: str = "text") -> QToolButton:
    """An icon alone, named for the tooltip and for screen readers."""
    button = QToolButton()
    button.setIcon(theme.icon(icon, role))
    button.setIconSize(QSize(theme.unit(15), theme.unit(15)))
    button.setToolTip(name)
    button.setAccessibleName(name)
    theme.dress(button, "quiet")
    button.clicked.connect(lambda: then())
    return button


def form() -> QFormLayout:
    """Captions to the left, fields to the right; both grow with the font."""
    layout = QFormLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setHorizontalSpacing(theme.unit(10))
    layout.setVerticalSpacing(theme.unit(2))
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    layout.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
    return layout


def caption(text: str, buddy: QWidget | None = None) -> QLabel:
    label = QLabel(text)
    theme.dress(label, "muted")
    if buddy is not None:
        label.setBuddy(buddy)
    return label


def empty_layout(layout: QLayout) -> None:
    """Take all widgets out of a layout and let them go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
