"""What leaves and for whom: the kind of list, and the recipients who are saved with their columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QToolButton, QWidget

from coordinator.exchange.wanted import ExportKind, Recipient
from resources.i18n import N_, _
from ui import ask, theme
from ui.rights import needs
from ui.widgets.chips import FlowLayout
from ui.widgets.day_field import DayField

KINDS = {
    ExportKind.PEOPLE: N_("List of people"),
    ExportKind.HOUSEHOLDS: N_("List of households"),
    ExportKind.PICKUP: N_("Pickup lists of the day"),
    ExportKind.DAILY_SUMMARY: N_("Daily summary, without names"),
    ExportKind.COVERAGE: N_("Coverage by settlement, without names"),
    ExportKind.FLEET: N_("Vehicles and drivers"),
}


class ForWhom(QWidget):
    """`save_wanted(name)`: "" for the recipient that is chosen, else for a new one."""

    kind_changed = Signal()
    day_changed = Signal()
    recipient_changed = Signal()
    save_wanted = Signal(str)
    remove_wanted = Signal()

    def __init__(self, kind: ExportKind, day: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near = day
        self.day_field = DayField(_("Day"), day)
        self.day_field.set_day(day)
        self._known: list[Recipient] = []
        self.kinds, self.recipients = QComboBox(), QComboBox()
        self.save, self.save_new = QPushButton(_("Save")), QPushButton(_("Save as new…"))
        self.remove = QToolButton()
        for one, words in KINDS.items():
            self.kinds.addItem(_(words), one.value)
        self.kinds.setCurrentIndex(self.kinds.findData(kind.value))
        self._lay_out()
        self.show_known((), "")
        self.kinds.currentIndexChanged.connect(lambda _place: self.kind_changed.emit())
        self.day_field.changed.connect(self.day_changed)
        self.recipients.currentIndexChanged.connect(lambda _place: self._chosen())
        self.save.clicked.connect(lambda: self.save_wanted.emit(""))
        self.save_new.clicked.connect(self._ask_name)
        self.remove.clicked.connect(self.remove_wanted)

    def kind(self) -> ExportKind:
        return ExportKind(self.kinds.currentData())

    def day(self) -> date:
        """Of ages, of the trips, of the counts."""
        return self.day_field.day() or self._near

    def saved(self) -> Recipient:
        """The recipient that is chosen, as saved; nobody in particular where none is."""
        chosen = self.recipients.currentData()
        return next((one for one in self._known if one.id == chosen), Recipient(None, "", self.kind()))

    def show_known(self, known: Sequence[Recipient], select: str) -> None:
        """The saved recipients of the kind; `select`: the id of the one that is chosen, "" for nobody."""
        self._known = list(known)
        self.recipients.blockSignals(True)
        self.recipients.clear()
        self.recipients.addItem(_("Nobody in particular"), "")
        for one in self._known:
            self.recipients.addItem(one.name, one.id)
        self.recipients.setCurrentIndex(max(0, self.recipients.findData(select)))
        self.recipients.blockSignals(False)
        self._chosen()

    def _chosen(self) -> None:
        for button in (self.save, self.remove):
            button.setVisible(bool(self.recipients.currentData()))
        self.recipient_changed.emit()

    def _ask_name(self) -> None:
        ask.text(self, _("Name of the recipient"), then=self.save_wanted.emit, start=self.saved().name)

    def _lay_out(self) -> None:
        self.remove.setIcon(theme.icon("delete", "muted"))
        self.remove.setAccessibleName(_("Delete this recipient"))
        self.remove.setToolTip(_("Delete this recipient"))
        theme.dress(self.remove, "quiet")
        self.save.setToolTip(_("Keep columns, part, language and days for this recipient"))
        self.save_new.setToolTip(_("Keep columns, part, language and days under another name"))
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.save, self.save_new, self.remove):
            needs(button)
            flow.addWidget(button)
        for button in (self.save, self.save_new):
            button.setAutoDefault(False)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        lines = ((_("What"), self.kinds), (_("Day"), self.day_field), (_("For whom"), self.recipients))
        for line, (words, box) in enumerate(lines):
            label = QLabel(words)
            label.setBuddy(box)
            box.setAccessibleName(words)
            grid.addWidget(label, line, 0)
            grid.addWidget(box, line, 1)
        grid.addWidget(buttons, 3, 1)
        grid.setColumnStretch(1, 1)
