"""What would become of the stops of a vehicle that broke down: shown first, then accepted or left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coordinator.domain.days import clock_text, read_clock
from coordinator.domain.names import clean
from coordinator.errors import UserError
from coordinator.queries.draft import DayDraft
from coordinator.queries.rescue import Rescue, rescue_trip, rescue_vehicle
from coordinator.services.rescuing import accept_rescue
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.pages.base import PageContext
from ui.progress import Progress
from ui.rights import needs
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.board.rescue_rows import COLUMNS, MovedLine, moved_lines
from ui.widgets.empty_state import EmptyState
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule.reading import DayView, read_day_view
from ui.widgets.schedule.strips import Strip


class RescueDialog(QDialog):
    """Of a vehicle that broke down, or (`trip_id`) of one trip whose stops go elsewhere. `accepted_as(void lists)`."""

    accepted_as = Signal(tuple)

    def __init__(
        self, context: PageContext, day: date, minute: int, parent: QWidget, *, vehicle_id: str = "", trip_id: str = ""
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._context, self._day, self._vehicle_id, self._trip_id = context, day, vehicle_id, trip_id
        self._view: DayView | None = None
        self._rescue: Rescue | None = None
        self._work, self._asked = 0, -1
        self.heading = QLabel(_("The vehicle broke down") if vehicle_id else _("Give the stops to other trips"))
        self.minute, self.reason = QLineEdit(clock_text(minute)), QLineEdit(_("broke down") if vehicle_id else "")
        self.rows: TableModel[MovedLine] = TableModel(COLUMNS)
        self.table = TableView(self.rows, _("What changes for whom"))
        self.empty = EmptyState("clock", _("Working it out…"))
        self.table.set_empty(self.empty)
        self.table.lists_people("call-list", lambda line: line.people)
        self.said, self.aboard = Strip(Kind.INFO), Strip(Kind.WARNING)
        self.go = QPushButton(_("Do it so"))
        self._lay_out()
        self.minute.editingFinished.connect(self._work_out)
        self.go.clicked.connect(self.save)
        self._allow(_("The proposal is being worked out"))
        self._work_out()

    @property
    def rescue(self) -> Rescue | None:
        """The proposal that is shown."""
        return self._rescue

    def save(self) -> None:
        if self._rescue is None:
            return
        self._allow(_("The proposal is being worked out"))
        self._context.tasks.run_verb(
            partial(accept_rescue, self._context.session, self._rescue_with_reason(self._rescue)),
            done=self._done, failed=self._refused,
        )  # fmt: skip

    def reject(self) -> None:
        """Nothing was written: all stays as it is."""
        self._context.tasks.cancel(self._work)
        super().reject()

    def _rescue_with_reason(self, rescue: Rescue) -> Rescue:
        return replace(rescue, reason=clean(self.reason.text()) or rescue.reason)

    def _done(self, void: tuple[str, ...]) -> None:
        self.accepted_as.emit(void)
        self.accept()

    def _refused(self, error: UserError) -> None:
        self._work_out()
        self.said.say(texts.error_text(error), Kind.WARNING)

    def _work_out(self) -> None:
        """Read the day anew, and propose for it in the pool."""
        minute = read_clock(self.minute.text())
        theme.mark_fault(self.minute, minute is None)
        if minute is None:
            self._allow(_("Write the time as hours and minutes: 06:10"))
            return
        self._rescue, self._asked = None, minute
        self._context.tasks.cancel(self._work)
        self._allow(_("The proposal is being worked out"))
        self._context.tasks.run_query(
            read_day_view, self._context.session, self._day, done=lambda view: self._propose(view, minute),
            failed=self._cannot, key=(self, "day"),
        )  # fmt: skip

    def _propose(self, view: DayView, minute: int) -> None:
        self._view = view
        if view.draft is None:
            self._cannot(UserError(view.board.missing))
            return
        propose = _proposal(view.draft, self._vehicle_id, self._trip_id, minute, clean(self.reason.text()))
        self._work = self._context.tasks.run_work(
            propose, done=self._show, failed=self._cannot, label=_("Replanning the open stops"), progress=True
        )

    def _show(self, rescue: Rescue) -> None:
        if self._view is None or rescue.minute != self._asked:
            return  # Somebody has asked for another time since.
        self._rescue = rescue
        lines = moved_lines(self._view, rescue)
        plates = (one.plate for one in self._view.vehicles if one.id == self._vehicle_id)
        for plate in plates:
            self.heading.setText(_("{plate} broke down").format(plate=plate))
        self.empty.say("success", _("No stop is open"), _("Nothing has to be replanned."))
        self.rows.set_rows(prepare(COLUMNS, lines, lambda line: line.household_id))
        self.said.say(_summary(rescue, self._view), Kind.WARNING if rescue.left else Kind.SUCCESS)
        self.aboard.say(_aboard(rescue), Kind.WARNING)
        self._allow("")

    def _cannot(self, error: UserError) -> None:
        self.said.say(texts.error_text(error), Kind.WARNING)
        self._allow(texts.error_text(error))

    def _allow(self, why_not: str) -> None:
        self.go.setEnabled(not why_not)
        self.go.setToolTip(why_not)

    def _lay_out(self) -> None:
        self.setWindowTitle(_("Evacuation Coordinator"))
        theme.dress(self.heading, "heading")
        theme.dress(self.go, "primary")
        needs(self.go)
        self.minute.setAccessibleName(_("From what time on"))
        self.minute.setMaximumWidth(theme.unit(90))
        self.reason.setAccessibleName(_("Reason"))
        form, buttons, leave = QFormLayout(), QHBoxLayout(), QPushButton(_("Leave all as it is"))
        form.addRow(_("From what time on"), self.minute)
        form.addRow(_("Reason"), self.reason)
        for button in (self.go, leave):
            button.setAutoDefault(False)
        leave.clicked.connect(self.reject)
        buttons.addStretch(1)
        buttons.addWidget(leave)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setSpacing(theme.unit(8))
        column.addWidget(self.heading)
        column.addLayout(form)
        for part in (self.said, self.aboard, self.table):
            column.addWidget(part, 1 if part is self.table else 0)
        column.addLayout(buttons)
        room = self.screen().availableGeometry()
        self.resize(min(theme.unit(960), room.width() - 40), min(theme.unit(600), room.height() - 60))


def _proposal(draft: DayDraft, vehicle_id: str, trip_id: str, minute: int, reason: str) -> Callable[..., Rescue]:
    def propose(*, progress: Progress) -> Rescue:
        if vehicle_id:
            return rescue_vehicle(draft, vehicle_id, minute, reason, progress)
        return rescue_trip(draft, trip_id, minute, progress)

    return propose


def _summary(rescue: Rescue, view: DayView) -> str:
    freed = [one for one in rescue.moved if one.trip_before in rescue.freed]
    placed = sum(1 for one in freed if one.trip_after is not None)
    parts = [
        _("Other trips take {placed} of {all}.").format(placed=placed, all=texts.households(len(freed))),
    ]
    others = len(rescue.moved) - len(freed)
    if others:
        parts.append(_("Another time for {households} of other trips.").format(households=texts.households(others)))
    if rescue.new:
        parts.append(ngettext("{n} trip is new.", "{n} trips are new.", len(rescue.new)).format(n=len(rescue.new)))
    if rescue.left:
        parts.append(_("Left over: {households}.").format(households=texts.households(len(rescue.left))))
    void = [trip.list_number for one in rescue.void if (trip := view.trip(one)) is not None]
    if void:
        parts.append(_("Printed lists that will be void: {lists}.").format(lists=", ".join(void)))
    return " ".join(parts)


def _aboard(rescue: Rescue) -> str:
    if not rescue.on_board:
        return ""
    text = ngettext(
        "{n} person sits in this vehicle: send another one to meet it.",
        "{n} people sit in this vehicle: send another one to meet it.",
        rescue.on_board,
    )
    return text.format(n=rescue.on_board)
