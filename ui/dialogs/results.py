"""Results in the order of the paper, by keyboard: a trip, one key a stop, people met on the way, "trip arrived"."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from coordinator.domain.trip import StopResult
from coordinator.errors import UserError
from coordinator.outcome import Change, Touched
from coordinator.queries.board import BoardTrip
from coordinator.queries.stop_people import StopPeople
from coordinator.services import history
from coordinator.services.arrival import Arrival, trip_arrived
from coordinator.services.met import Joined, leave_trip
from coordinator.services.results import StopRecorded, record_stop
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import actions, ask, texts, theme
from ui.dialogs.met_on_way import MetOnWayDialog
from ui.pages.base import PageContext
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.results_rows import TripResults, read_results
from ui.widgets.schedule.results_table import StopsTable, TripsList, first_open, progress
from ui.widgets.schedule.stop_entry import Entry, StopEntry
from ui.widgets.schedule.strips import Strip
from ui.widgets.schedule.trip_end import TripEnd

SHOWN = Touched.SCHEDULE | Touched.EVENTS | Touched.HOUSEHOLDS


class ResultsDialog(QDialog):
    """Each result is saved at once. `trip_id` "" begins with the first trip that is not finished."""

    def __init__(self, context: PageContext, day: date, trip_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day, self._trip_id = context, day, trip_id
        self._read: TripResults | None = None
        self._go_on_from = ""
        self.setWindowTitle(_("Results of {day}").format(day=texts.day_long(day)))
        self.trips, self.stops = TripsList(), StopsTable()
        self.title, self.counted = QLabel(), QLabel()
        self.entry, self.end = StopEntry(day), TripEnd()
        self.message = Strip(Kind.INFO)
        self._lay_out()
        self._connect()
        self._ask()

    def trip(self) -> BoardTrip | None:
        """The trip whose results are entered now."""
        trips = self._read.board.trips if self._read else ()
        return next((trip for trip in trips if trip.trip_id == self._trip_id), None)

    def record(self, entry: Entry) -> None:
        """Save what came of the current stop, then go on to the next one without a result."""
        row = self.stops.current()
        if row is None or row.stop is None:
            return
        work = partial(
            record_stop, self._context.session, row.stop.stop_id, entry.result, note=entry.note, boarded=entry.boarded,
            at=entry.at, reason=entry.reason,
        )  # fmt: skip
        self._context.tasks.run_verb(
            work, done=lambda done: self._recorded(row.key, done), failed=lambda error: self._refused(error, entry)
        )

    def arrive(self, minutes: int | None) -> None:
        """Those on board are evacuated people from now on; the counts follow."""
        trip = self.trip()
        if trip is not None:
            at = None if minutes is None else words.moment_on(self._day, minutes, trip.back)
            work = partial(trip_arrived, self._context.session, trip.trip_id, at)
            self._context.tasks.run_verb(work, done=self._has_arrived, failed=self._say_error)

    def add_met(self) -> None:
        trip = self.trip()
        if trip is not None:
            dialog = MetOnWayDialog(self._context, self._day, trip, self)
            dialog.joined.connect(self._joined)
            ask.show(dialog)

    def undo(self) -> None:
        """Ctrl+Z works here too: this window lies over the main one."""

        def said(undone: history.Undone) -> None:
            what = sentence(f"action.{undone.label}", undone.facts)
            self.message.say(_("Undone: {what}").format(what=what), Kind.SUCCESS)

        self._context.tasks.run_verb(history.undo, self._context.session, done=said, failed=self._say_error)

    def take_off(self) -> None:
        """People entered as met were not on board."""
        row, trip = self.stops.current(), self.trip()
        if row is None or row.met is None or trip is None:
            return
        tasks = self._context.tasks
        leave = partial(leave_trip, self._context.session, trip.trip_id, row.met.household_id)

        def failed(error: UserError) -> None:
            if error.code == "results.needs_reason":
                again = lambda reason: tasks.run_verb(leave, reason, failed=self._say_error)  # noqa: E731
                ask.text(self, texts.error_text(error), then=again)
            else:
                self._say_error(error)

        tasks.run_verb(leave, failed=failed)

    def _ask(self) -> None:
        self._context.tasks.run_query(
            read_results, self._context.session, self._day, self._trip_id, done=self._show, key=(self, "results")
        )

    def _hear(self, change: Change) -> None:
        if change.touched & SHOWN:
            self._ask()

    def _show(self, read: TripResults) -> None:
        if read.trip_id != self._trip_id:
            return
        first, self._read = self._read is None, read
        if not self._trip_id and (unfinished := first_open(read.board.trips)) is not None:
            self._read = None
            self._choose_trip(unfinished.trip_id)
            return
        trip = self.trip()
        self.trips.show_trips(read.board.trips, self._trip_id)
        self.stops.show_trip(trip)
        self.title.setText(_("No trip on this day") if trip is None else words.trip(trip))
        self.counted.setText("" if trip is None else progress(trip))
        self.end.show_trip(trip)
        if self._go_on_from:
            self._go_on()
        elif self.stops.current() is None:
            self.stops.choose_first_open()
        self._show_stop()
        if first:
            self.stops.take_focus()

    def _show_stop(self) -> None:
        row = self.stops.current()
        stop = row.stop if row is not None else None
        self.entry.show_stop(row.order if row else 0, stop, self._people(stop.stop_id if stop else ""))

    def _people(self, stop_id: str) -> StopPeople | None:
        people = self._read.people if self._read else ()
        return next((one for one in people if one.stop_id == stop_id), None)

    def _choose_trip(self, trip_id: str) -> None:
        if trip_id != self._trip_id:
            self._trip_id = trip_id
            self.message.say("", Kind.INFO)
            self.end.at.clear()
            self._ask()

    def _go_on(self) -> None:
        """To the next stop without a result; after the last one to "trip arrived"."""
        after, self._go_on_from = self._go_on_from, ""
        if self.stops.go_on(after) or not self.end.take_focus():
            self.stops.setFocus(Qt.FocusReason.OtherFocusReason)

    def _recorded(self, key: str, done: StopRecorded) -> None:
        said = _freed_words(done.freed) if done.changed else _("The register says so already; nothing was changed.")
        self.message.say(said, Kind.INFO)
        self._go_on_from = key
        self._ask()

    def _refused(self, error: UserError, entry: Entry) -> None:
        self._say_error(error)
        if error.code == "results.needs_reason":
            self.entry.ask_reason(entry)

    def _has_arrived(self, arrival: Arrival) -> None:
        people = texts.people(arrival.people)
        if arrival.open_stops:
            text = ngettext(
                "{people} arrived. {n} stop has no result: it stays on the open list.",
                "{people} arrived. {n} stops have no result: they stay on the open list.",
                arrival.open_stops,
            ).format(people=people, n=arrival.open_stops)
            self.message.say(text, Kind.WARNING)
        else:
            self.message.say(_("{people} arrived. The counts have moved.").format(people=people), Kind.SUCCESS)
        self.trips.setFocus(Qt.FocusReason.OtherFocusReason)

    def _joined(self, joined: Joined) -> None:
        text = _("{people} met on the way are on board.").format(people=texts.people(joined.people))
        self.message.say(" ".join(part for part in (text, _freed_words(joined.freed)) if part), Kind.SUCCESS)
        self._ask()

    def _say_error(self, error: UserError) -> None:
        self.message.say(texts.error_text(error), Kind.WARNING)

    def _key(self, result: StopResult) -> None:
        row = self.stops.current()
        if row is None or row.stop is None:
            return
        if result is StopResult.OPEN:
            self.record(Entry(result))
        else:
            self.entry.choose(result)

    def _connect(self) -> None:
        self.trips.chosen.connect(self._choose_trip)
        self.trips.itemActivated.connect(lambda _item: self.stops.take_focus())
        self.stops.current_changed.connect(lambda _id: self._show_stop())
        self.stops.result_chosen.connect(self._key)
        self.stops.off_wanted.connect(self.take_off)
        self.entry.entered.connect(self.record)
        self.entry.left.connect(self.stops.take_focus)
        self.end.met_wanted.connect(self.add_met)
        self.end.arrived.connect(self.arrive)
        self.end.closed.connect(self.accept)
        self._context.bridge.changed.connect(self._hear)
        actions.make(self, "form.save", self.end.say_arrived, text=_("Trip arrived"))
        actions.make(self, "record.new", self.add_met, text=_("People met on the way…"))
        actions.make(self, "undo", self.undo)

    def _lay_out(self) -> None:
        theme.dress(self.title, "heading")
        theme.dress(self.counted, "muted")
        hint = QLabel(_("Enter or 1 boarded, 2 not home, 3 refused, 4 other, 0 takes it back; Tab to the details"))
        theme.dress(hint, "small")
        hint.setWordWrap(True)
        head, right, across = QHBoxLayout(), QVBoxLayout(), QHBoxLayout(self)
        head.addWidget(self.title)
        head.addWidget(self.counted, 1)
        right.setSpacing(theme.unit(8))
        right.addLayout(head)
        for part in (hint, self.stops, self.entry, self.message, self.end):
            right.addWidget(part, 1 if part is self.stops else 0)
        across.setSpacing(theme.unit(12))
        across.addWidget(self.trips)
        across.addLayout(right, 1)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(1140), room.width() - 40), min(theme.unit(680), room.height() - 60))


def _freed_words(lists: tuple[str, ...]) -> str:
    return _("They were also taken off list {lists}.").format(lists=", ".join(lists)) if lists else ""
