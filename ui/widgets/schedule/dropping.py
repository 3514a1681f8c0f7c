"""Taking a household that is dragged: the same for the day's trips and for the list of those left over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.widgets.schedule.model import household_in
from ui.widgets.schedule.rows import Place

# At run time a plain class: a view has one base of Qt's.
if TYPE_CHECKING:
    _View = QAbstractItemView
else:
    _View = object


class TakesHouseholds(_View):
    """Stands before the Qt class among the bases of a view.

    The view declares the signals `hovered(household, Place | None)` and `dropped(household, Place)`.
    """

    hovered: Any
    dropped: Any
    _over: tuple[str, Place | None] | None = None

    def place_for(self, household: str, point: QPoint) -> Place | None:
        """Where this household would be put if it were let go here; None where it is not taken."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        super().dragEnterEvent(event)
        if household_in(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        household = household_in(event.mimeData())
        place = self.place_for(household, event.position().toPoint()) if household else None
        if household and self._over != (household, place):
            self._over = (household, place)
            self.hovered.emit(household, place)
        event.setAccepted(place is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        if self._over is not None:
            self.hovered.emit(self._over[0], None)
        self._over = None

    def dropEvent(self, event: QDropEvent) -> None:
        household = household_in(event.mimeData())
        place = self.place_for(household, event.position().toPoint()) if household else None
        self._over = None
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        # The row is not Qt's to remove: the register moves it, and the board is read again.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if place is not None:
            self.dropped.emit(household, place)
