"""The recovery code, shown once: large, in groups, to print or to copy by hand. It is never saved as a file."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from resources.i18n import _
from ui import ask, key_words, theme
from ui.paper.preview import PaperPreview
from ui.paper.recovery import RecoveryPaper, recovery_document
from ui.tasks import Tasks

GROUPS_A_LINE = 3
WIDTH = 520


class RecoveryCodeDialog(QDialog):
    """`kept` when the person says that it is on paper. Closing it otherwise is asked about: it is not shown again."""

    kept = Signal()

    def __init__(self, register: str, code: str, now: datetime, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._paper, self._tasks = RecoveryPaper(register, code, now), tasks
        self.setWindowTitle(_("Recovery code"))
        self.print = QPushButton(_("Print…"))
        self.print.setIcon(theme.icon("print"))
        self.print.setAutoDefault(False)
        self.print.clicked.connect(self.show_paper)
        self.done_button = QPushButton(_("I have it on paper"))
        theme.dress(self.done_button, "primary")
        self.done_button.setAutoDefault(False)
        self.done_button.clicked.connect(self._keep)
        self._lay_out()
        # Enter must not pass over it: the cursor stands on "Print".
        self.print.setFocus()

    def show_paper(self) -> None:
        ask.show(CodePreview(self._paper, self._tasks, self))

    def reject(self) -> None:
        ask.confirm(
            self,
            _("Close without having the code on paper?"),
            detail=_("It is not shown again. A coordinator can make a new one: Safety, Users and keys."),
            yes=_("Close"), danger=True, then=super().reject,
        )  # fmt: skip

    def _keep(self) -> None:
        self.accept()
        self.kept.emit()

    def _lay_out(self) -> None:
        inside, column = QWidget(), QVBoxLayout(self)
        theme.dress(inside, "plain")
        words = QVBoxLayout(inside)
        words.setContentsMargins(0, 0, theme.unit(6), 0)
        words.setSpacing(theme.unit(12))
        heading = QLabel(_("Recovery code of the register “{name}”").format(name=self._paper.register))
        heading.setWordWrap(True)
        theme.dress(heading, "heading")
        words.addWidget(heading)
        words.addWidget(_paragraph(key_words.about_code()))
        words.addWidget(_board(self._paper.groups))
        words.addWidget(_paragraph(key_words.without_code(), "hint", "warning"))
        words.addWidget(_paragraph(key_words.never_a_file(), "muted"))
        words.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print)
        buttons.addStretch(1)
        buttons.addWidget(self.done_button)
        column.setSpacing(theme.unit(12))
        column.addWidget(area, 1)
        column.addLayout(buttons)
        room = self.screen().availableGeometry().height() - theme.unit(40)
        width = theme.unit(WIDTH)
        self.setMinimumWidth(width)
        high = inside.heightForWidth(width - theme.unit(40)) + theme.unit(100)
        self.resize(width, min(high, room))


class CodePreview(PaperPreview):
    """The page as it is printed; there is no way to save it."""

    def __init__(self, paper: RecoveryPaper, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(recovery_document(paper), "", tasks, parent)
        self._save.setEnabled(False)
        self._save.hide()

    def print_paper(self) -> None:
        if QPrinterInfo.availablePrinterNames():
            super().print_paper()
        else:
            self._tell(
                _("No printer is set up on this computer. Copy the code by hand, group by group, and compare it.")
            )


def _paragraph(text: str, role: str = "", kind: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    if role:
        theme.dress(label, role, kind)
    return label


def _board(groups: list[str]) -> QFrame:
    """The groups in rows of three, each under its number. Not to be selected: the clipboard is read by others."""
    board = QFrame()
    theme.dress(board, "card")
    board.setAccessibleName(_("Recovery code: {code}").format(code=" ".join(groups)))
    grid = QGridLayout(board)
    grid.setContentsMargins(*[theme.unit(14)] * 4)
    grid.setHorizontalSpacing(theme.unit(10))
    for place, group in enumerate(groups):
        row, column = divmod(place, GROUPS_A_LINE)
        number, text = QLabel(str(place + 1)), QLabel(group)
        theme.dress(number, "small")
        theme.dress(text, "figure")
        text.setAccessibleName(_("Group {n}: {signs}").format(n=place + 1, signs=" ".join(group)))
        grid.addWidget(number, 2 * row, column)
        grid.addWidget(text, 2 * row + 1, column)
        grid.setColumnStretch(column, 1)
    return board
