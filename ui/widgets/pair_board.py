"""A possible duplicate side by side: the older household left, the newer right, a sign between the fields."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.taking import Take
from coordinator.queries.duplicates import PairView, Side
from resources.i18n import _
from ui import texts, theme
from ui.rights import needs
from ui.widgets.pair_lines import SIGN_WORDS, Line, Sign, head_name, lines, spoken

_ROLES = {
    Sign.SAME: "success",
    Sign.ALIKE: "accent",
    Sign.DIFFERENT: "warning",
    Sign.ONE_SIDE: "muted",
}
_GROUNDS = {Sign.ALIKE: "accent_soft", Sign.DIFFERENT: "warning_soft"}
_INKS = {Sign.ALIKE: "on_accent_soft", Sign.DIFFERENT: "on_warning_soft"}


class PairBoard(QScrollArea):
    """`opened(household id)` when one of the two is to be seen in the registry; `ticked` when a value of the newer
    one is to stand, or not any more.
    """

    opened = Signal(str)
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_("Comparison of the two households"))
        self.lines: list[Line] = []
        self.boxes: dict[Take, QCheckBox] = {}
        self._shown: tuple[PairView, date] | None = None

    @property
    def taken(self) -> frozenset[Take]:
        """Values of the newer household that are to stand in place of the older one's."""
        return frozenset(take for take, box in self.boxes.items() if box.isChecked())

    def show_pair(self, pair: PairView, day: date) -> None:
        """What is ticked stays so as long as it is the same pair."""
        if self._shown == (pair, day):
            return
        kept = self.taken if self._shown is not None and self._shown[0].id == pair.id else frozenset()
        self._shown = (pair, day)
        self.lines, self.boxes = lines(pair, day), {}
        self.setAccessibleDescription("\n".join(map(spoken, self.lines)))
        content = QWidget()
        theme.dress(content, "surface")
        grid = QGridLayout(content)
        grid.setContentsMargins(*[theme.unit(14)] * 4)
        grid.setHorizontalSpacing(theme.unit(10))
        grid.setVerticalSpacing(theme.unit(5))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.addWidget(self._side(pair.first, _("older")), 0, 1)
        grid.addWidget(self._side(pair.second, _("newer")), 0, 3)
        for row, line in enumerate(self.lines, start=1):
            _add_line(grid, row, line)
            if line.take is not None:
                grid.addWidget(self._takeable(line, line.take in kept), row, 3)
        grid.setRowStretch(len(self.lines) + 1, 1)
        self.setWidget(content)
        content.show()

    def _takeable(self, line: Line, ticked: bool) -> QWidget:
        """The newer one's value with a box to let it stand."""
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(4))
        box = QCheckBox()
        words = _("Take over: {value}").format(value=f"{line.caption}: {line.second}")
        box.setAccessibleName(words)
        box.setToolTip(words)
        box.setChecked(ticked)
        box.toggled.connect(lambda _on: self.ticked.emit())
        needs(box)
        row.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_value(line.second, line.sign), 1)
        if line.take is not None:
            self.boxes[line.take] = box
        return part

    def _side(self, side: Side, which: str) -> QWidget:
        household = side.household
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, theme.unit(6))
        column.setSpacing(0)
        see = QPushButton(_("Open in the registry"))
        see.setAccessibleName(_("Open household {number} in the registry").format(number=household.number))
        theme.dress(see, "link")
        see.clicked.connect(lambda: self.opened.emit(household.id))
        below = QHBoxLayout()
        below.addWidget(_label(texts.people(len(household.people)), "muted"))
        below.addWidget(see)
        below.addStretch(1)
        words = _("Household {number} ({which})").format(number=household.number, which=which)
        column.addWidget(_label(words, "small"))
        column.addWidget(_label(head_name(household), "heading"))
        column.addLayout(below)
        return box


def _add_line(grid: QGridLayout, row: int, line: Line) -> None:
    top = Qt.AlignmentFlag.AlignTop
    grid.addWidget(_label(line.caption, "muted"), row, 0, top)
    sign = _label(line.sign.value, "strong")
    sign.setAlignment(Qt.AlignmentFlag.AlignHCenter | top)
    sign.setToolTip(_(SIGN_WORDS[line.sign]))
    sign.setStyleSheet(f"color: {theme.color(_ROLES[line.sign]).name()}")
    sign.setMinimumWidth(theme.unit(20))
    grid.addWidget(sign, row, 2)
    grid.addWidget(_value(line.first, line.sign), row, 1)
    if line.take is None:
        grid.addWidget(_value(line.second, line.sign), row, 3)


def _value(text: str, sign: Sign) -> QLabel:
    label = _label(text or "–", "plain" if text else "muted")
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if text and sign in _GROUNDS:
        ground, ink = theme.color(_GROUNDS[sign]).name(), theme.color(_INKS[sign]).name()
        label.setStyleSheet(f"background: {ground}; color: {ink}; border-radius: 4px; padding: 1px 5px;")
    else:
        label.setStyleSheet("padding: 1px 5px;")
    return label


def _label(text: str, role: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role not in ("small", "strong", "muted") or len(text) > 30)
    theme.dress(label, role)
    return label
