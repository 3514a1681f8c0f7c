"""One household of "who is next": whom to dial, and how its points come together."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from coordinator.domain.decision import Decision
from coordinator.domain.priority import Part
from coordinator.next_words import detail
from coordinator.queries.who_next import NextRow
from resources.i18n import _
from ui import actions, texts, theme
from ui.signs import DECISION_SIGNS
from ui.tables.next_columns import score, where
from ui.widgets.empty_state import EmptyState
from ui.widgets.household.section import empty_layout

LEAST_WIDTH = 300
MOST_PHONES = 3


class NextDetail(QFrame):
    """`open_wanted`: the household in full. `weights_wanted`: the table of weights."""

    open_wanted = Signal(str)
    weights_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, "card")
        self.setMinimumWidth(theme.unit(LEAST_WIDTH))
        self._row: NextRow | None = None
        self._today = date.min
        self.head, self.phones, self.about = QLabel(), QLabel(), QLabel()
        self.sign, self.decision, self.total = QLabel(), QLabel(), QLabel()
        self.weighed = QPushButton(_("How it is counted"))
        self.open = QPushButton(_("Open the household"))
        self._parts = QGridLayout()
        self._body = QWidget()
        self._nothing = EmptyState("phone", _("No household chosen"), _("Choose one in the list."))
        self._lay_out()
        self.weighed.toggled.connect(lambda _on: self._show_parts())
        self.open.clicked.connect(lambda: self._row is not None and self.open_wanted.emit(self._row.id))
        self.show_row(None, self._today)

    def show_row(self, row: NextRow | None, today: date) -> None:
        self._row, self._today = row, today
        self._body.setVisible(row is not None)
        self._nothing.setVisible(row is None)
        if row is None:
            return
        self.head.setText(_("№ {number} {name}").format(number=row.number, name=row.head or _("No name")))
        self.phones.setText("\n".join(row.phones[:MOST_PHONES]) or _("no phone"))
        people = [texts.people(row.people)] + ([texts.children(row.children)] if row.children else [])
        self.about.setText("\n".join((where(row), ", ".join(people))))
        icon, role = DECISION_SIGNS[Decision(row.decision)]
        self.sign.setPixmap(theme.pixmap(icon, role, 16))
        self.decision.setText(texts.label(Decision(row.decision)))
        self.total.setText(_("{points} points").format(points=score(row.score)))
        self._show_parts()

    def _show_parts(self) -> None:
        empty_layout(self._parts)
        row = self._row
        if row is None:
            return
        parts = sorted(row.parts, key=lambda part: -part.points)
        for place, part in enumerate(part for part in parts if part.points or self.weighed.isChecked()):
            self._add_part(place, part)
        if self.weighed.isChecked():
            link = QPushButton(_("Change the weights"))
            theme.dress(link, "link")
            link.clicked.connect(self.weights_wanted)
            self._parts.addWidget(link, self._parts.rowCount(), 0, 1, 2)
        self._parts.setRowStretch(self._parts.rowCount(), 1)

    def _add_part(self, place: int, part: Part) -> None:
        words = detail(part, self._today)
        text, points = QLabel(words[:1].upper() + words[1:]), QLabel(signed(part.points))
        text.setWordWrap(True)
        theme.dress(points, "strong")
        self._parts.addWidget(points, 2 * place, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._parts.addWidget(text, 2 * place, 1)
        if self.weighed.isChecked():
            times, weight = texts.decimal(part.times, 2), f"{part.weight:g}".replace("-", "−")
            counted = QLabel(_("{times} × weight {weight}").format(times=times, weight=weight))
            theme.dress(counted, "small")
            self._parts.addWidget(counted, 2 * place + 1, 1)

    def _lay_out(self) -> None:
        roles = {self.head: "heading", self.phones: "title", self.about: "muted", self.total: "strong"}
        for label, role in roles.items():
            theme.dress(label, role)
        for label in (self.head, self.about, self.phones):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.phones.setAccessibleName(_("Phone"))
        self.weighed.setCheckable(True)
        self.open.setToolTip(actions.tooltip("household.open"))
        self._parts.setColumnStretch(1, 1)
        self._parts.setHorizontalSpacing(theme.unit(10))
        stand = QGridLayout()
        stand.addWidget(self.sign, 0, 0)
        stand.addWidget(self.decision, 0, 1)
        stand.addWidget(self.total, 0, 2)
        stand.setColumnStretch(1, 1)
        inside, area = QWidget(), QScrollArea()
        inside.setLayout(self._parts)
        theme.dress(inside, "surface")
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(_("Why they are next"))
        column = QVBoxLayout(self._body)
        column.setContentsMargins(*[theme.unit(14)] * 4)
        column.setSpacing(theme.unit(8))
        for part in (self.head, self.phones, self.about):
            column.addWidget(part)
        column.addLayout(stand)
        column.addWidget(area, 1)
        column.addWidget(self.weighed)
        column.addWidget(self.open)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._body)
        outer.addWidget(self._nothing)


def signed(points: float) -> str:
    """ "+40", "−25", "0" """
    whole = round(points)
    return f"+{whole}" if whole > 0 else score(points if whole else 0.0)
