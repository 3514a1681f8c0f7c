"""The top of the schedule page: what can be done with the day, and its totals."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.roles import Right
from coordinator.domain.trip import TripStatus
from coordinator.planning.effort import Effort
from coordinator.queries.board import DayBoard
from resources.i18n import _, ngettext
from ui import actions, texts, theme
from ui.rights import needs
from ui.widgets.chips import FlowLayout
from ui.widgets.search_field import SearchField

SEARCH_WIDTH = 200


class ScheduleBar(QWidget):
    """The buttons by their names in `buttons`: plan, trip, print, papers, calls, results."""

    def __init__(self, verbs: dict[str, Callable[[], object]]) -> None:
        super().__init__()
        self.buttons = {
            "plan": _button(_("Plan the day"), "schedule", "schedule.plan", "primary"),
            "trip": _button(_("New trip"), "plus", "record.new"),
            "print": _button(_("Print lists"), "print", "print"),
            "papers": _button("", "more", "schedule.papers"),
            "calls": _button(_("Call list"), "phone", "schedule.calls"),
            "results": _button(_("Results"), "check", "schedule.results"),
        }
        for name in ("plan", "trip", "results"):
            needs(self.buttons[name])
        self.buttons["papers"].setAccessibleName(_("Other papers"))
        for name in ("print", "papers"):
            needs(self.buttons[name], Right.PRINT)
        self.seconds = QComboBox()
        self.seconds.setAccessibleName(_("How long planning may take"))
        self.seconds.setToolTip(_("How long planning may take. It can be stopped; the best plan so far is kept."))
        words = {Effort.QUICK: _("Quick, {n} s"), Effort.GOOD: _("Good, {n} s"), Effort.BEST: _("Best, {n} s")}
        for effort, text in words.items():
            self.seconds.addItem(text.format(n=int(effort.seconds)), effort.seconds)
        self.search = SearchField(_("Find in this day"))
        self.search.setFixedWidth(theme.unit(SEARCH_WIDTH))
        flow = FlowLayout(gap=8)
        flow.addWidget(self.buttons["plan"])
        flow.addWidget(self.seconds)
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, verb=verbs[name]: verb())
            if name != "plan":
                flow.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.unit(8))
        row.addLayout(flow, 1)
        row.addWidget(self.search, 0, Qt.AlignmentFlag.AlignTop)

    def chosen_seconds(self) -> float:
        return float(self.seconds.currentData())

    def allow(self, name: str, why_not: str, *, told: str) -> None:
        """Let a button act, or say why it does not; `told` is what it does."""
        button = self.buttons[name]
        button.setEnabled(not why_not)
        button.setToolTip(why_not or told)
        button.setAccessibleDescription(why_not)

    def show_changed(self, lists: int) -> None:
        """How many printed lists no longer say what the register says."""
        more = ngettext("Print lists ({n} changed)", "Print lists ({n} changed)", lists).format(n=lists)
        self.buttons["print"].setText(more if lists else _("Print lists"))


def _button(text: str, icon: str, action: str, role: str = "") -> QPushButton:
    button = QPushButton(theme.icon(icon, "on_accent" if role == "primary" else "text"), text)
    button.setIconSize(QSize(theme.unit(16), theme.unit(16)))
    button.setToolTip(actions.tooltip(action, text))
    if role:
        theme.dress(button, role)
    return button


class TotalsRow(QFrame):
    """Ready, planned, left over, on the way, arrived: people, and households where they are the unit of the work.

    `stops_wanted(bool)`: show the stops of all trips, or the trips alone. `board_wanted(bool)`: as a board of vehicles.
    """

    stops_wanted = Signal(bool)
    board_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        theme.dress(self, "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.unit(14), theme.unit(5), theme.unit(14), theme.unit(5))
        flow = FlowLayout(gap=26)
        self.parts: dict[str, tuple[QLabel, QLabel]] = {}
        titles = {
            "ready": _("Ready for this day"), "planned": _("Planned"), "left": _("Left over"),
            "boarded": _("On the way"), "arrived": _("Arrived"),
        }  # fmt: skip
        for name, title in titles.items():
            flow.addWidget(self._part(name, title))
        row.addLayout(flow, 1)
        self.stops = QCheckBox(_("Show the stops"))
        self.stops.setToolTip(_("Without them each trip is one line"))
        self.stops.setChecked(True)
        self.stops.toggled.connect(self.stops_wanted)
        self.trouble = QPushButton(theme.icon("warning"), _("Drop-outs"))
        self.trouble.setToolTip(actions.tooltip("schedule.trouble"))
        self.board = QPushButton(theme.icon("columns"), _("Board"))
        self.board.setCheckable(True)
        self.board.setToolTip(actions.tooltip("schedule.board"))
        self.board.toggled.connect(self._as_board)
        ways = QWidget()
        across = QHBoxLayout(ways)
        across.setContentsMargins(0, 0, 0, 0)
        for part in (self.trouble, self.board, self.stops):
            across.addWidget(part)
        flow.addWidget(ways)

    def show_as(self, *, board: bool) -> None:
        self.board.setChecked(board)
        self.stops.setVisible(not board)

    def switch(self) -> None:
        self.board.toggle()

    def _as_board(self, on: bool) -> None:
        self.stops.setVisible(not on)
        self.board_wanted.emit(on)

    def show_board(self, board: DayBoard) -> None:
        totals = board.totals
        live = [trip for trip in board.trips if trip.status is not TripStatus.CANCELLED]
        self._say("ready", totals.ready, texts.households(totals.ready_households))
        self._say("planned", totals.planned, texts.trips(len(live)))
        self._say("left", totals.waiting, texts.households(len(board.waiting)))
        self._say("boarded", totals.boarded, "")
        self._say("arrived", totals.arrived, "")

    def _part(self, name: str, title: str) -> QWidget:
        number, detail = QLabel("–"), QLabel()
        theme.dress(number, "heading")
        caption = QLabel(title)
        for label in (caption, detail):
            theme.dress(label, "small")
        number.setAccessibleName(title)
        part, across = QWidget(), QHBoxLayout()
        down = QVBoxLayout(part)
        down.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.unit(6))
        across.addWidget(number, 0, Qt.AlignmentFlag.AlignBaseline)
        across.addWidget(detail, 0, Qt.AlignmentFlag.AlignBaseline)
        across.addStretch(1)
        down.setSpacing(0)
        down.addWidget(caption)
        down.addLayout(across)
        self.parts[name] = (number, detail)
        return part

    def _say(self, name: str, people: int, detail: str) -> None:
        number, more = self.parts[name]
        number.setText(texts.people(people))
        more.setText(detail)
        number.setAccessibleDescription(f"{texts.people(people)} {more.text()}".strip())
