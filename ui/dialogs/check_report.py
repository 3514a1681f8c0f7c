"""What the check of a register found, in plain sentences: the worst first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.errors import UserError
from coordinator.services.checking import CheckLine, CheckReport
from resources.i18n import _
from ui import texts, theme
from ui.widgets.notice_bar import Kind
from ui.widgets.safety.card import fit, words
from ui.widgets.schedule.strips import Strip

WIDTH, HEIGHT = 620, 460
_KINDS = {True: Kind.SUCCESS, None: Kind.WARNING, False: Kind.DANGER}
_ORDER = (False, None, True)


class CheckDialog(QDialog):
    """Only tells; nothing is changed by a check. `salvage_wanted` is offered where the register is damaged."""

    salvage_wanted = Signal()

    def __init__(self, report: CheckReport, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Check of the register"))
        self.verdict = words("heading", verdict(report))
        content = QWidget()
        theme.dress(content, "plain")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.unit(6))
        self.lines = [_strip(line) for line in sorted(report.lines, key=lambda line: _ORDER.index(line.ok))]
        for strip in self.lines:
            inside.addWidget(strip)
        inside.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(content)
        scroll.setAccessibleName(_("What was looked at"))
        column, box = QVBoxLayout(self), QDialogButtonBox()
        column.setSpacing(theme.unit(10))
        box.addButton(QPushButton(_("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        self.salvage = QPushButton(_("Save what can still be read"))
        self.salvage.setVisible(report.damaged)
        self.salvage.clicked.connect(self._salvage)
        if report.damaged:
            box.addButton(self.salvage, QDialogButtonBox.ButtonRole.ActionRole)
        column.addWidget(self.verdict)
        column.addWidget(scroll, 1)
        column.addWidget(box)
        fit(self, WIDTH, HEIGHT)

    def _salvage(self) -> None:
        self.accept()
        self.salvage_wanted.emit()


def verdict(report: CheckReport) -> str:
    if report.damaged:
        return _("The register is damaged. Save what can still be read, or restore a copy.")
    if any(line.ok is None for line in report.lines):
        return _("The register is whole. Somebody should see to what is marked.")
    return _("The register is whole.")


def _strip(line: CheckLine) -> Strip:
    strip = Strip(Kind.INFO)
    strip.say(texts.error_text(UserError(line.code, **dict(line.facts))), _KINDS[line.ok])
    return strip
