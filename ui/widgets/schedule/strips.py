"""Strips of the schedule page: what a move would come to, how planning goes, what earlier days left open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QProgressBar, QPushButton, QSizePolicy, QWidget

from coordinator.queries.open_results import OpenTrip
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.widgets.notice_bar import Kind

LOOK_MS = 200


class Strip(QFrame):
    """A line with an icon and words, and room for buttons; as a notice looks, but part of the page."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mark, self.words = QLabel(), QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.unit(12), theme.unit(5), theme.unit(6), theme.unit(5))
        self.row.setSpacing(theme.unit(9))
        self.row.addWidget(self._mark)
        self.row.addWidget(self.words, 1)
        self.hide()
        self.say("", kind)

    def say(self, text: str, kind: Kind) -> None:
        """Show a sentence; none hides the strip."""
        theme.dress(self, "notice", kind)
        # The style sheet gives words their colour by the kind of what they stand in: they do not hear of it.
        self.words.style().unpolish(self.words)
        self.words.style().polish(self.words)
        role = {Kind.INFO: "accent"}.get(kind, str(kind))
        self._mark.setPixmap(theme.pixmap(kind, f"on_{role}_soft", theme.ICON_SIZE))
        self.words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))


class CheckStrip(Strip):
    """What would become of the household that is being dragged right now."""

    def __init__(self) -> None:
        super().__init__(Kind.INFO)


class PlanningStrip(Strip):
    """How planning goes. `look` is asked a few times a second for (share done, sentence)."""

    stop_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(Kind.INFO)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setFixedWidth(theme.unit(150))
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Planning"))
        self.stop = QPushButton(_("Stop, keep the best so far"))
        self.stop.clicked.connect(self.stop_wanted)
        self.row.addWidget(self.bar)
        self.row.addWidget(self.stop)
        self.timer = QTimer(self, interval=LOOK_MS)

    def show_progress(self, share: float, text: str, *, stopping: bool) -> None:
        self.bar.setValue(round(share * 1000))
        self.stop.setEnabled(not stopping)
        self.say(_("Stopping…") if stopping else text, Kind.INFO)

    def end(self) -> None:
        self.timer.stop()
        self.say("", Kind.INFO)


class OpenResultsStrip(Strip):
    """Earlier days' lists that are not finished; `chosen(OpenTrip)` asks to go there."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(Kind.WARNING)
        self.go = QPushButton()
        self.more = QPushButton(_("All of them"))
        self.more.setProperty("menu", True)
        self._menu = QMenu(self.more)
        self._menu.setAccessibleName(_("Lists without results"))
        self.more.setMenu(self._menu)
        self._first: OpenTrip | None = None
        self.go.clicked.connect(self._go_to_first)
        for button in (self.go, self.more):
            self.row.addWidget(button)

    def show_open(self, trips: Sequence[OpenTrip]) -> None:
        self._first = trips[0] if trips else None
        stops = sum(len(trip.stops) for trip in trips)
        on_the_way = sum(trip.on_the_way for trip in trips)
        parts = []
        if stops:
            text = ngettext(
                "{n} stop of earlier days has no result yet.", "{n} stops of earlier days have no result yet.", stops
            )
            parts.append(text.format(n=stops))
        if on_the_way:
            text = ngettext(
                "{n} person of earlier days is still on the way: nobody has said that the trip arrived.",
                "{n} people of earlier days are still on the way: nobody has said that the trip arrived.",
                on_the_way,
            )
            parts.append(text.format(n=on_the_way))
        self.say(" ".join(parts), Kind.WARNING)
        if self._first is not None:
            self.go.setText(_("Enter those of {day}").format(day=texts.day_short(self._first.day)))
        self.more.setVisible(len(trips) > 1)
        self._menu.clear()
        for trip in trips:
            self._menu.addAction(open_trip_words(trip), lambda trip=trip: self.chosen.emit(trip))

    def _go_to_first(self) -> None:
        if self._first is not None:
            self.chosen.emit(self._first)


def open_trip_words(trip: OpenTrip) -> str:
    """ "14.08.2023, list 2023-08-14/2, AX 1234 BC: 3 stops"."""
    stops = ngettext("{n} stop without a result", "{n} stops without a result", len(trip.stops)).format(
        n=len(trip.stops)
    )
    return _("{day}: list {number}, {plate}, {stops}").format(
        day=texts.day_short(trip.day), number=trip.list_number, plate=trip.plate, stops=stops
    )
