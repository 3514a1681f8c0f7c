"""The schedule: the trips of the working date, those left over, planning, moves by hand, papers and results."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget

from coordinator.exchange.wanted import ExportKind
from coordinator.outcome import Change, Touched
from coordinator.queries.moving import Move
from coordinator.queries.open_results import OpenTrip
from resources.i18n import _
from ui import actions, ask, theme
from ui.dialogs.record import Field, FieldKind, RecordDialog
from ui.dialogs.results import ResultsDialog
from ui.exporting import open_export
from ui.pages.base import Page, PageContext
from ui.pages.schedule_missing import what_is_missing, why_no_plan, why_no_trip
from ui.pages.schedule_more_papers import MorePapers
from ui.pages.schedule_moves import Moves
from ui.pages.schedule_papers import Papers
from ui.pages.schedule_plan_run import PlanRun
from ui.pages.schedule_trouble import Trouble
from ui.pages.schedule_views import DayViews
from ui.rights import allowed
from ui.widgets.board.cards import Card, CardKind
from ui.widgets.schedule import words
from ui.widgets.schedule.bar import ScheduleBar, TotalsRow
from ui.widgets.schedule.reading import DayView, read_day_view
from ui.widgets.schedule.rows import Kind as RowKind
from ui.widgets.schedule.rows import Row
from ui.widgets.schedule.strips import CheckStrip, OpenResultsStrip, PlanningStrip
from ui.widgets.schedule.trip_strip import TripStrip
from ui.widgets.schedule.waiting_panel import WaitingPanel

FIRST_SPLIT, BOARD_SPLIT = (760, 380), (850, 290)
SIDE_BY_SIDE = 880
"""Narrower than this (at normal font size) those left over stand below the trips."""
LEAST_HEIGHTS = (210, 170)


class SchedulePage(Page):
    name = "schedule"
    depends_on = Touched.EVERYTHING

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.view: DayView | None = None
        self._wanted: dict[str, Any] = {}
        self.bar = ScheduleBar({
            "plan": self.plan, "trip": self.add_trip, "print": self.print_lists, "calls": self.call_list,
            "papers": self.other_papers,
            "results": self.enter_results,
        })  # fmt: skip
        self.totals, self.earlier, self.planning = TotalsRow(), OpenResultsStrip(), PlanningStrip()
        self.views = DayViews(context.preferences)
        self.trips, self.board = self.views.trips, self.views.board
        self.check, self.chosen = CheckStrip(), TripStrip()
        self.waiting = WaitingPanel()
        self.moves = Moves(context, self, self.check)
        self.papers = Papers(context, self)
        self.trouble = Trouble(context, self, self.moves, self.papers)
        self.more_papers = MorePapers(context, self.papers, self)
        self.run = PlanRun(context, self, self.planning)
        self.empty = self.views.empty
        self._lay_out()
        self._make_actions()
        self._connect()
        self._allow()

    def export(self) -> bool:
        return open_export(self, ExportKind.PICKUP)

    def title(self) -> str:
        return _("Schedule")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= theme.unit(SIDE_BY_SIDE)
        way = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.splitter.orientation() != way:
            self.splitter.setOrientation(way)
            across = BOARD_SPLIT if self.views.is_board else FIRST_SPLIT
            self.splitter.setSizes([theme.unit(size) for size in (across if wide else LEAST_HEIGHTS)])

    def refresh(self, change: Change | None) -> None:
        self.context.tasks.run_query(
            read_day_view, self.context.session, self.context.day, done=self._show, key=(self, "day")
        )

    def day_changed(self, day: date) -> None:
        """Nothing is done to the day before by mistake: until the new one is read there is no view."""
        self.view = self.moves.view = None
        self._allow()
        super().day_changed(day)

    def state(self) -> dict[str, Any]:
        return {
            "search": self.bar.search.text(), "seconds": self.bar.seconds.currentIndex(),
            "split": self.splitter.sizes(), **self.views.state(),
        }  # fmt: skip

    def restore(self, state: Mapping[str, Any]) -> None:
        self.views.restore(state)
        self.bar.seconds.setCurrentIndex(int(state.get("seconds", 0)))
        self.bar.search.setText(state.get("search", ""))
        if state.get("split"):
            self.splitter.setSizes(list(state["split"]))

    def show_target(self, **what: Any) -> None:
        """navigate("schedule", household=id), or with day=date, results=trip id."""
        if "day" in what:
            self.context.working_date.choose(what["day"])
        if "results" in what:
            self.enter_results(what["results"])
        if "household" in what:
            self._wanted = what
            self._select_wanted()

    def focus_search(self) -> bool:
        self.bar.search.take_focus()
        return True

    def plan(self) -> None:
        """Plan the day in the pool; the page stays usable, and the old plan stands until a better one is saved."""
        view = self.view
        if view is None or self._why_no_plan() or not allowed(self):
            return
        self.run.start(view, self.bar.chosen_seconds())

    def add_trip(self) -> None:
        """An empty trip of a vehicle, for planning by hand."""
        view = self.view
        if view is None or why_no_trip(self.view) or not allowed(self):
            return
        choices = tuple(
            (one.id or "", f"{words.vehicle(one.plate, one.model)}, {words.places(one.capacity)}")
            for one in view.vehicles
            if one.active
        )
        field = Field("vehicle", _("Vehicle"), FieldKind.CHOICE, choices=choices)
        dialog = RecordDialog(_("New trip"), [field], {"vehicle": choices[0][0]}, self.context.day, self)
        dialog.submitted.connect(lambda values: (dialog.accept(), self.moves.add_trip(values["vehicle"])))
        ask.show(dialog)

    def print_lists(self, trip_id: str = "") -> None:
        """Choose lists and print them: those of this trip, or those that need a new paper."""
        if self.view is not None:
            show = self.papers.choose_lists if self.view.live else self.papers.say_nothing_to_print
            show(self.view.board.day, trip_id)

    def other_papers(self) -> None:
        """A menu of all papers beside the pickup lists."""
        self.more_papers.show_menu(self.context.day, self.bar.buttons["papers"])

    def call_list(self) -> None:
        if self.view is not None and self.view.live:
            self.papers.open_calls(self.view.board.day)

    def enter_results(self, trip_id: str = "") -> None:
        """Begin with this trip, or with the chosen one, or with the first that is not finished."""
        if not trip_id and self.view is not None:
            trip_id = self.views.trip_id()
        ask.show(ResultsDialog(self.context, self.context.day, trip_id, self))

    def move(self) -> None:
        """Ctrl+M: where the focus is, among the trips or among those left over."""
        household_id = self._household_here()
        if household_id:
            self.moves.choose(household_id)
        else:
            self.context.show_notice(_("Choose a household first: one on a trip without a result, or one left over."))

    def carry(self) -> None:
        """Take the household where the focus is into the hand: arrows carry it over the board, Enter puts it down."""
        household_id = self._household_here()
        if household_id and allowed(self):
            self.totals.show_as(board=True)
            self.board.pick_up(household_id)

    def remove(self) -> None:
        """Take the chosen household off its trip; on a trip's own line give the trip up."""
        if not self.views.has_current() or not allowed(self):
            return
        household_id, trip_id = self.views.movable_id(), self.views.trip_id()
        if household_id:
            self.moves.take_off(household_id)
        elif not self.views.household_id() and trip_id and self.chosen.remove.isEnabled():
            self.moves.give_up(trip_id)
        else:
            self.context.show_notice(_("This line has a result, so it stays. Correct the result instead."))

    def _show(self, view: DayView) -> None:
        if view.board.day != self.context.day:
            return
        self.view = self.moves.view = view
        self.totals.show_board(view.board)
        self.earlier.show_open(view.earlier)
        self.views.show_view(view)
        self.waiting.show_view(view)
        self.trouble.show_view(view)
        self.bar.show_changed(len(view.board.printed_before_change))
        self._say_empty(view)
        self._show_chosen()
        self._select_wanted()
        self._allow()

    def _say_empty(self, view: DayView) -> None:
        self.views.say_empty(what_is_missing(view, searching=bool(self.bar.search.text())))

    def _empty_step(self) -> None:
        view = self.view
        if view is None:
            return
        said = what_is_missing(view, searching=bool(self.bar.search.text()))
        if said.page:
            self.context.navigate(said.page, **said.what)
        elif said.searching:
            self.bar.search.clear()
        else:
            self.plan()

    def _why_no_plan(self) -> str:
        return _("Planning is under way") if self.run.planner is not None else why_no_plan(self.view)

    def _allow(self) -> None:
        allow, trips = self.bar.allow, self.view is not None and bool(self.view.live)
        allow("plan", self._why_no_plan(), told=actions.tooltip("schedule.plan"))
        allow("trip", why_no_trip(self.view), told=actions.tooltip("record.new", _("New trip")))
        allow("print", "", told=actions.tooltip("print"))
        allow("papers", "", told=actions.tooltip("schedule.papers"))
        for name, action in (("calls", "schedule.calls"), ("results", "schedule.results")):
            allow(name, "" if trips else _("There are no trips on this day yet"), told=actions.tooltip(action))

    def _show_chosen(self) -> None:
        view = self.view
        trip = view.trip(self.views.trip_id()) if view else None
        self.chosen.show_trip(trip, view.drivers if view else (), view.vehicles if view else ())

    def _opened(self, row: Row) -> None:
        if row.kind in (RowKind.STOP, RowKind.MET):
            self.context.navigate("registry", household=row.household_id)
        elif row.kind is RowKind.TRIP:
            self.chosen.take_focus()
        elif row.kind is RowKind.FREE:
            index = self.trips.currentIndex()
            self.trips.setExpanded(index, not self.trips.isExpanded(index))
        elif row.vehicle is not None and row.vehicle.id:
            self.moves.add_trip(row.vehicle.id)

    def _opened_card(self, card: Card) -> None:
        if card.kind is CardKind.NEW:
            self.moves.add_trip(card.vehicle_id)
        elif card.household_id:
            self.context.navigate("registry", household=card.household_id)
        elif card.kind is CardKind.TRIP:
            self.chosen.take_focus()

    def _household_here(self) -> str:
        focus, waiting = QApplication.focusWidget(), self.waiting.view.current()
        on_trip = self.views.movable_id()
        left_over = waiting.household_id if waiting is not None else ""
        here = self.waiting.isAncestorOf(focus) if focus is not None else False
        return (left_over or on_trip) if here else (on_trip or ("" if self.views.has_current() else left_over))

    def _show_board(self, on: bool) -> None:
        self.views.show_board(on)
        if self.splitter.orientation() == Qt.Orientation.Horizontal:
            self.splitter.setSizes([theme.unit(size) for size in (BOARD_SPLIT if on else FIRST_SPLIT)])

    def _tried(self, household_id: str, move: Move | None) -> None:
        if self.view is not None:
            self.views.show_move(self.view, household_id, move)

    def _select_wanted(self) -> None:
        household_id = self._wanted.get("household", "")
        if household_id and self.view is not None:
            found = self.views.select_household(household_id) or self.waiting.view.select_household(household_id)
            self._wanted = {} if found else self._wanted

    def _go_to_open(self, trip: OpenTrip) -> None:
        """The day of an unfinished list becomes the working date, and its results are entered."""
        self.context.working_date.choose(trip.day)
        ask.show(ResultsDialog(self.context, trip.day, trip.trip_id, self))

    def _search(self, text: str) -> None:
        self.views.set_search(text)
        self.waiting.view.rows.set_search(text)
        if self.view is not None:
            self._say_empty(self.view)

    def _connect(self) -> None:
        self.bar.search.searched.connect(self._search)
        self.bar.search.left_down.connect(self.views.take_focus)
        self.totals.stops_wanted.connect(self.trips.open_all)
        self.totals.trouble.clicked.connect(self.trouble.show_troubles)
        self.totals.board_wanted.connect(self._show_board)
        self.views.chosen_changed.connect(self._show_chosen)
        self.views.step_wanted.connect(self._empty_step)
        self.trips.opened.connect(self._opened)
        self.board.opened.connect(self._opened_card)
        self.board.picked_up.connect(self.moves.in_hand)
        self.moves.tried.connect(self._tried)
        for shown in (self.trips, self.board):
            shown.off_wanted.connect(lambda _row: self.remove())
        for view in (self.views, self.waiting.view):
            view.hovered.connect(self.moves.hover)
            view.dropped.connect(self.moves.drop)
        self.waiting.view.opened.connect(lambda row: self.context.navigate("registry", household=row.household_id))
        self.waiting.view.carry_wanted.connect(self.carry)
        self.waiting.move_wanted.connect(self.moves.choose)
        self.waiting.decide_wanted.connect(lambda one: self.context.navigate("duplicates", household=one))
        self.waiting.both_wanted.connect(lambda one: self.moves.plan_both(one, self.plan))
        self.waiting.divide_wanted.connect(lambda one: self.moves.divide(one, self.plan))
        self.chosen.driver_chosen.connect(self.moves.set_driver)
        self.chosen.vehicle_chosen.connect(self.moves.set_vehicle)
        self.chosen.departed_wanted.connect(self.moves.set_departed)
        self.chosen.results_wanted.connect(self.enter_results)
        self.chosen.print_wanted.connect(self.print_lists)
        self.chosen.removal_wanted.connect(self.moves.give_up)
        self.chosen.broken_wanted.connect(self.trouble.broke_down)
        self.board.pin_wanted.connect(self.trouble.pin)
        self.earlier.chosen.connect(self._go_to_open)
        self.run.changed.connect(self._allow)

    def _make_actions(self) -> None:
        self.totals.show_as(board=self.views.is_board)
        for name, verb, text in (
            ("schedule.board", self.totals.switch, ""), ("schedule.carry", self.carry, ""),
            ("schedule.trouble", self.trouble.show_troubles, ""),
            ("schedule.plan", self.plan, ""), ("schedule.move", self.move, ""),
            ("schedule.results", self.enter_results, ""), ("schedule.calls", self.call_list, ""),
            ("schedule.papers", self.other_papers, ""), ("print", self.print_lists, ""),
            ("record.new", self.add_trip, _("New trip")),
            ("record.remove", self.remove, _("Take off the trip")),
            ("record.edit", self.chosen.take_focus, _("Change the chosen trip")),
        ):  # fmt: skip
            actions.make(self, name, verb, text=text)

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.unit(7))
        for part in (self.views, self.check, self.chosen):
            column.addWidget(part, 1 if part is self.views else 0)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.waiting)
        self.splitter.setChildrenCollapsible(False)
        self.waiting.view.setMinimumHeight(theme.unit(LEAST_HEIGHTS[1]))
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setSizes([theme.unit(size) for size in (BOARD_SPLIT if self.views.is_board else FIRST_SPLIT)])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(*[theme.unit(14)] * 4)
        whole.setSpacing(theme.unit(8))
        for part in (self.bar, self.totals, self.earlier, self.trouble.strips, self.planning):
            whole.addWidget(part)
        whole.addWidget(self.splitter, 1)
