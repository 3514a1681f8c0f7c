"""The day's trips as a list or as a board of vehicles: one of the two is shown, both know the same day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from coordinator.queries.moving import Move
from resources.i18n import _
from ui import theme
from ui.pages.schedule_missing import Missing
from ui.preferences import Preferences
from ui.widgets.board.preview import lane_after
from ui.widgets.board.view import BoardView
from ui.widgets.empty_state import EmptyState
from ui.widgets.schedule.model import can_move
from ui.widgets.schedule.reading import DayView
from ui.widgets.schedule.tree import TripsView

LEAST_HEIGHT = 210
KEPT = "schedule"


class DayViews(QStackedWidget):
    """`chosen_changed`: another trip or household is current. `opened` and `off_wanted` give a Row or a Card."""

    chosen_changed = Signal()
    hovered = Signal(str, object)
    dropped = Signal(str, object)
    step_wanted = Signal()

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self._preferences = preferences
        self.trips, self.board = TripsView(), BoardView()
        self.empty = EmptyState("refresh", _("Reading the day…"), step=_("Plan the day"), then=self.step_wanted.emit)
        self.board_empty = EmptyState(
            "refresh", _("Reading the day…"), step=_("Plan the day"), then=self.step_wanted.emit
        )
        for view, empty in ((self.trips, self.empty), (self.board, self.board_empty)):
            self.addWidget(view)
            empty.button.hide()
            view.set_empty(empty)
            view.setMinimumHeight(theme.unit(LEAST_HEIGHT))
            view.current_changed.connect(lambda _one: self.chosen_changed.emit())
            view.hovered.connect(self.hovered)
            view.dropped.connect(self.dropped)
        self.show_board(bool(preferences.tables.get(KEPT, {}).get("board")))

    @property
    def is_board(self) -> bool:
        return self.currentWidget() is self.board

    def show_board(self, on: bool) -> None:
        """The choice is kept between two starts; what was current stays so."""
        household = self.household_id()
        self.board.put_back()
        self.setCurrentWidget(self.board if on else self.trips)
        self._preferences.tables[KEPT] = {"board": on}
        if household:
            self.select_household(household)
        self.chosen_changed.emit()

    def show_view(self, view: DayView) -> None:
        self.trips.rows.set_rows(view.rows)
        self.board.rows.set_lanes(view.lanes)

    def show_move(self, view: DayView, household_id: str, move: Move | None) -> None:
        """What the board would look like while a card is over a place; None: as it is."""
        lane = lane_after(view, household_id, move) if move is not None else None
        self.board.show_lane(lane, household_id)

    def say_empty(self, said: Missing) -> None:
        for empty in (self.empty, self.board_empty):
            empty.say(said.icon, said.heading, said.text)
            empty.button.setText(said.step)
            empty.button.setVisible(True)

    def set_search(self, text: str) -> None:
        self.trips.rows.set_search(text)
        self.board.rows.set_search(text)

    def trip_id(self) -> str:
        """The trip that is current, or that the current household stands on."""
        if self.is_board:
            return self.board.current_trip_id()
        row = self.trips.current_trip()
        return row.trip.trip_id if row is not None and row.trip is not None else ""

    def household_id(self) -> str:
        row, card = self.trips.current(), self.board.current()
        found = card if self.is_board else row
        return found.household_id if found is not None else ""

    def movable_id(self) -> str:
        """The current household where it can be put elsewhere."""
        row, card = self.trips.current(), self.board.current()
        if self.is_board:
            return card.household_id if card is not None and card.movable else ""
        return row.household_id if row is not None and can_move(row) else ""

    def has_current(self) -> bool:
        return (self.board.current() if self.is_board else self.trips.current()) is not None

    def select_household(self, household_id: str) -> bool:
        shown = self.board if self.is_board else self.trips
        return shown.select_household(household_id)

    def take_focus(self) -> None:
        (self.board if self.is_board else self.trips).take_focus()

    def state(self) -> dict[str, Any]:
        return {
            "closed": self.trips.closed_keys(), "row": self.trips.current_key(), "card": self.board.current_key(),
        }  # fmt: skip

    def restore(self, state: Mapping[str, Any]) -> None:
        self.trips.close_keys(list(state.get("closed", self.trips.closed_keys())))
        self.trips.keep_key(state.get("row", ""))
        self.board.keep_key(state.get("card", ""))
