"""Where the parts of the export dialog stand: what is chosen on the left, its first rows on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from coordinator.exchange.supplied import TITLES, FormKind
from resources.i18n import _
from ui import theme
from ui.widgets.export.columns_tree import ColumnsTree

FIRST_SIZE = (1220, 680)
LEFT_WIDTH = 420


def frame(dialog: QDialog, chosen: list[QWidget], seen: list[QWidget], below: QHBoxLayout) -> None:
    """The left side scrolls on a small screen or with large text; the rows and the buttons stay in sight.

    The last part on the left and the second on the right take what room there is.
    """
    left, right = QWidget(), QWidget()
    for side, parts, grows in ((left, chosen, -1), (right, seen, 1)):
        column = QVBoxLayout(side)
        column.setSpacing(theme.unit(10))
        for part in parts:
            column.addWidget(part, 1 if part is parts[grows] else 0)
    area = QScrollArea()
    area.setWidget(left)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setMinimumWidth(left.minimumSizeHint().width() + theme.unit(18))
    sides = QSplitter(Qt.Orientation.Horizontal)
    sides.addWidget(area)
    sides.addWidget(right)
    sides.setStretchFactor(1, 1)
    sides.setChildrenCollapsible(False)
    room = dialog.screen().availableGeometry()
    width = min(theme.unit(FIRST_SIZE[0]), room.width() - 40)
    dialog.resize(width, min(theme.unit(FIRST_SIZE[1]), room.height() - 60))
    sides.setSizes([theme.unit(LEFT_WIDTH), width - theme.unit(LEFT_WIDTH)])
    column = QVBoxLayout(dialog)
    column.addWidget(sides, 1)
    column.addLayout(below)


def heading(words: str, part: QWidget) -> QWidget:
    """A part under its heading."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.unit(4))
    label = QLabel(words)
    theme.dress(label, "heading")
    column.addWidget(label)
    column.addWidget(part)
    return box


def columns_page(columns: ColumnsTree, usual: Callable[[], object]) -> QWidget:
    """The tree of columns with buttons for whoever does not use the keys."""
    page, buttons = QWidget(), QHBoxLayout()
    buttons.setSpacing(theme.unit(4))
    for icon, words, step in (("chevron-up", _("Column up"), -1), ("chevron-down", _("Column down"), 1)):
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.clicked.connect(lambda _on=False, step=step: columns.move(step))
        theme.dress(button, "quiet")
        buttons.addWidget(button)
    again = QPushButton(_("Usual columns"))
    again.setAutoDefault(False)
    again.clicked.connect(usual)
    buttons.addStretch(1)
    buttons.addWidget(again)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    columns.setMinimumHeight(theme.unit(240))
    column.addWidget(columns, 1)
    column.addLayout(buttons)
    return page


def stacked(*pages: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    for page in pages:
        stack.addWidget(page)
    return stack


def forms_button(wanted: Callable[[FormKind], object]) -> QToolButton:
    """The forms that we give to whoever sends lists."""
    button = QToolButton()
    button.setText(_("Empty form for a sender"))
    button.setToolTip(_("A form to be filled in, with hints and an example, for whoever asks which list you want"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setProperty("menu", True)
    menu = QMenu(button)
    for kind in FormKind:
        menu.addAction(_(TITLES[kind])).triggered.connect(lambda _on=False, kind=kind: wanted(kind))
    button.setMenu(menu)
    return button
