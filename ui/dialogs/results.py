"""Results in the order of the paper, by keyboard: a trip, one key a stop, people met on the way, "trip arrived"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

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
from ui import actions, ask, texts, theme
from ui.action_words import done_words
from ui.dialogs.met_on_way import MetOnWayDialog
from ui.drafts import Reopening, reopens
from ui.pages.base import PageContext
from ui.widgets import typed_values
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.results_rows import ResultRow, TripResults, moved_words, read_results
from ui.widgets.schedule.results_table import StopsTable, TripsList, first_open, progress
from ui.widgets.schedule.stop_entry import Entry, StopEntry
from ui.widgets.schedule.strips import Strip
from ui.widgets.schedule.trip_end import TripEnd

SHOWN = Touched.SCHEDULE | Touched.EVENTS | Touched.HOUSEHOLDS


class ResultsDialog(QDialog):
    """Each result is saved at once. `trip_id` "" begins with the first trip that is not finished."""

    draft_kind = "results"
    under_way = False

    def __init__(self, context: PageContext, day: date, trip_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._day, self._trip_id = context, day, trip_id
        self._read: TripResults | None = None
        self._go_on_from = ""
        self._draft_waits: Mapping[str, Any] = {}
        self._when_read: list[Callable[[], object]] = []
        self.setWindowTitle(_("Results of {day}").format(day=texts.day_long(day)))
        self.trips, self.stops = TripsList(), StopsTable()
        self.title, self.counted = QLabel(), QLabel()
        self.entry, self.end = StopEntry(day), TripEnd()
        self._fields: dict[str, QWidget] = {
            "time": self.entry.time, "note": self.entry.note, "reason": self.entry.reason, "arrived": self.end.at,
        }  # fmt: skip
        self.message = Strip(Kind.INFO)
        self._lay_out()
        self._connect()
        self._ask()

    def trip(self) -> BoardTrip | None:
        """The trip whose results are entered now."""
        trips = self._read.board.trips if self._read else ()
        return next((trip for trip in trips if trip.trip_id == self._trip_id), None)

    def draft(self) -> dict[str, Any]:
        """What was typed for the current stop and for the arrival; results themselves are saved one by one."""
        if self._draft_waits:
            return dict(self._draft_waits)
        row = self.stops.current()
        noted = row.stop.note if row is not None and row.stop is not None else ""
        typed = typed_values.read(self._fields)
        if not any(text != (noted if name == "note" else "") for name, text in typed.items()):
            return {}
        stop_id = row.stop.stop_id if row is not None and row.stop is not None else ""
        return {"day": self._day.isoformat(), "trip_id": self._trip_id, "stop_id": stop_id, "typed": typed}

    def take_draft(self, fields: Mapping[str, Any]) -> None:
        """Waits until the trip is read."""
        self._draft_waits = fields

    def when_read(self, then: Callable[[], object]) -> None:
        """Call once the trip is read for the first time."""
        self._when_read.append(then)

    def record(self, entry: Entry) -> None:
        """Save what came of the current stop, then go on to the next one without a result."""
        row = self.stops.current()
        if row is not None and row.gone is not None:
            self._not_on_the_trip(row, entry.result)
        if row is None or row.stop is None:
            return
        self.under_way = True
        work = partial(
            record_stop, self._context.session, row.stop.stop_id, entry.result, note=entry.note, boarded=entry.boarded,
            at=entry.at, reason=entry.reason,
        )  # fmt: skip
        self._context.tasks.run_verb(
            work, done=lambda done: self._recorded(row.key, done), failed=lambda error: self._refused(error, entry)
        )

    def arrive(self, minutes: int | None, turn: int = 0) -> None:
        """Those on board are evacuated people from now on; the counts follow."""
        trip = self.trip()
        if trip is None:
            return
        try:
            at = None if minutes is None else words.moment_on(self._day, minutes, trip.back, turn)
        except UserError as error:
            self._say_error(error)
            self.end.at.setFocus()
            return
        work = partial(trip_arrived, self._context.session, trip.trip_id, at)
        self._context.tasks.run_verb(work, done=self._has_arrived, failed=self._say_error)

    def add_met(self, look_for: str = "") -> MetOnWayDialog | None:
        trip = self.trip()
        if trip is None:
            return None
        dialog = MetOnWayDialog(self._context, self._day, trip, self, look_for)
        dialog.joined.connect(self._joined)
        ask.show(dialog)
        return dialog

    def _not_on_the_trip(self, row: ResultRow, result: StopResult) -> None:
        """The paper is older than the schedule: whom the driver took all the same came along."""
        if row.gone is not None and result is StopResult.BOARDED:
            self.add_met(row.gone.contact_name)
            return
        text = _("{where}: there is nothing to enter here. If they boarded all the same, press Enter.")
        self.message.say(text.format(where=moved_words(row)), Kind.INFO)

    def undo(self) -> None:
        """Ctrl+Z works here too: this window lies over the main one."""

        def said(undone: history.Undone) -> None:
            what = done_words(undone.label, undone.facts)
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
        self.stops.show_trip(trip, read.printed, read.board)
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
            self._after_first_reading()

    def _after_first_reading(self) -> None:
        waits, self._draft_waits = self._draft_waits, {}
        if waits:
            self.stops.select_id(waits["stop_id"])
            self._show_stop()
            typed_values.write(self._fields, waits["typed"])
            self.entry.show_reason(bool(waits["typed"].get("reason")))
            self.entry.note.setFocus(Qt.FocusReason.OtherFocusReason)
        for then in self._when_read:
            then()
        self._when_read = []

    def _show_stop(self) -> None:
        row = self.stops.current()
        stop = row.stop if row is not None else None
        if row is not None and row.gone is not None:
            self._not_on_the_trip(row, StopResult.OPEN)
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
        self.under_way = False
        self._ask()

    def _refused(self, error: UserError, entry: Entry) -> None:
        self.under_way = False
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
        if row is not None and row.gone is not None:
            self._not_on_the_trip(row, result)
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
        self.entry.refused.connect(self._say_error)
        self.entry.left.connect(self.stops.take_focus)
        self.end.met_wanted.connect(lambda: self.add_met())
        self.end.arrived.connect(self.arrive)
        self.end.closed.connect(self.accept)
        self._context.bridge.changed.connect(self._hear)
        actions.make(self, "form.save", self.end.say_arrived, text=_("Trip arrived"))
        actions.make(self, "record.new", lambda: self.add_met(), text=_("People met on the way…"))
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


@reopens("results")
def reopen(again: Reopening) -> None:
    """Over the schedule, at that stop of that trip."""

    def found(page: QWidget, trip: BoardTrip, day: date) -> None:
        stop_id = again.fields["stop_id"]
        if stop_id and all(stop.stop_id != stop_id for stop in trip.stops):
            again.gone()
            return
        ask.show(dialog := ResultsDialog(again.context, day, trip.trip_id, page))
        again.opened(dialog)

    find_trip(again, found)


@reopens("met")
def reopen_met(again: Reopening) -> None:
    """Over the results of that trip, as it was opened from there."""

    def found(page: QWidget, trip: BoardTrip, day: date) -> None:
        results = ResultsDialog(again.context, day, trip.trip_id, page)
        results.when_read(lambda: again.opened(results.add_met()))
        ask.show(results)

    find_trip(again, found)


def find_trip(again: Reopening, then: Callable[[QWidget, BoardTrip, date], object]) -> None:
    """Go to the schedule of the draft's day and look whether its trip is still there."""
    context, day = again.context, date.fromisoformat(again.fields["day"])
    page = again.page("schedule")
    context.working_date.choose(day)

    def read(results: TripResults) -> None:
        trip = next((one for one in results.board.trips if one.trip_id == results.trip_id), None)
        if trip is None:
            again.gone()
        else:
            then(page, trip, day)

    context.tasks.run_query(read_results, context.session, day, again.fields["trip_id"], done=read, failed=again.gone)


def _freed_words(lists: tuple[str, ...]) -> str:
    return _("They were also taken off list {lists}.").format(lists=", ".join(lists)) if lists else ""
