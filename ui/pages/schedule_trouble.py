"""When the day goes otherwise: who cannot come, what broke down, which trips no longer fit, and whom to tell."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from coordinator.domain.days import kyiv, kyiv_day
from coordinator.errors import UserError
from coordinator.queries.telling import tell_paper
from coordinator.services.drop_outs import drop_out, lift_drop_out
from coordinator.services.papers import CALL_LIST
from coordinator.services.pinning import pin_stop, pin_trip
from resources.i18n import _, ngettext
from ui import ask, texts
from ui.dialogs.record import Field, FieldKind, RecordDialog
from ui.dialogs.rescue import RescueDialog
from ui.dialogs.tell_list import TellListDialog
from ui.dialogs.troubles import TroublesDialog
from ui.pages.base import Page, PageContext
from ui.pages.schedule_moves import Moves
from ui.pages.schedule_papers import Papers
from ui.paper.calls import call_document
from ui.widgets.board.cards import Card, CardKind
from ui.widgets.board.troubled import troubled
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.reading import DayView
from ui.widgets.schedule.strips import Strip


class StepStrip(Strip):
    """A sentence with the one step that follows from it."""

    wanted = Signal()

    def __init__(self, kind: Kind, step: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.go = QPushButton(step)
        self.go.clicked.connect(self.wanted)
        self.row.addWidget(self.go)


class Trouble(QObject):
    def __init__(self, context: PageContext, page: Page, moves: Moves, papers: Papers) -> None:
        super().__init__(page)
        self._context, self._page, self._moves, self._papers = context, page, moves, papers
        self._view: DayView | None = None
        self.misfits = StepStrip(Kind.DANGER, _("Show and solve them"))
        self.untold = StepStrip(Kind.WARNING, _("Call them"))
        self.strips = QWidget()
        row = QHBoxLayout(self.strips)
        row.setContentsMargins(0, 0, 0, 0)
        for strip in (self.misfits, self.untold):
            row.addWidget(strip)
        self.strips.hide()
        self.misfits.wanted.connect(self.show_troubles)
        self.untold.wanted.connect(self.show_untold)

    def show_view(self, view: DayView) -> None:
        self._view = view
        n = len(troubled(view))
        said = ngettext("{n} trip no longer fits.", "{n} trips no longer fit.", n).format(n=n)
        self.misfits.say(said if n else "", Kind.DANGER)
        waiting = sum(not one.told for one in view.to_tell)
        text = _("Still to be told that their pickup changed: {households}.")
        self.untold.say(text.format(households=texts.households(waiting)) if waiting else "", Kind.WARNING)
        self.strips.setVisible(bool(n or waiting))

    def show_troubles(self) -> TroublesDialog:
        """Each trip that no longer fits, and what solves it."""
        dialog = TroublesDialog(self._context, self._context.day, self._page)
        dialog.vehicle_wanted.connect(self._moves.set_vehicle)
        dialog.driver_wanted.connect(self._moves.set_driver)
        dialog.removal_wanted.connect(self._moves.give_up)
        dialog.spread_wanted.connect(lambda trip_id: self.spread(trip_id, dialog))
        dialog.out_wanted.connect(lambda: self.record_drop_out(dialog))
        dialog.back_wanted.connect(lambda one: self._context.tasks.run_verb(lift_drop_out, self._context.session, one))
        ask.show(dialog)
        return dialog

    def show_untold(self) -> None:
        """Those whose pickup was changed by a breakdown."""
        dialog = TellListDialog(self._context, self._context.day, self._page)
        dialog.print_wanted.connect(lambda: self._print_untold(dialog))
        ask.show(dialog)

    def broke_down(self, vehicle_id: str) -> None:
        """From now on the vehicle drives no more: what becomes of its open stops is shown first."""
        self._propose(self._page, vehicle_id=vehicle_id)

    def spread(self, trip_id: str, over: QWidget) -> None:
        self._propose(over, trip_id=trip_id)

    def record_drop_out(self, over: QWidget) -> None:
        """A vehicle or a driver that cannot come, or not all day."""
        view = self._view
        if view is None:
            return
        known = [(f"vehicle {one.id}", words.vehicle(one.plate, one.model)) for one in view.vehicles if one.active]
        known += [(f"driver {one.id}", one.name) for one in view.drivers]
        fields = [
            Field("who", _("Who cannot come"), FieldKind.CHOICE, choices=tuple(known)),
            Field("reason", _("Reason"), required=True),
            Field("from", _("From"), FieldKind.TIME, hint=_("empty: all day")),
            Field("until", _("Until"), FieldKind.TIME, hint=_("empty: to the end of the day")),
        ]
        start = {"who": known[0][0] if known else None, "reason": "", "from": self._now(), "until": None}
        dialog = RecordDialog(_("Cannot come on this day"), fields, start, self._context.day, over)
        dialog.submitted.connect(lambda values: self._save_drop_out(dialog, values))
        ask.show(dialog)

    def pin(self, card: Card) -> None:
        """Planning leaves a pinned trip or stop as it is; the same key takes the pin off."""
        if card.kind is CardKind.TRIP and card.trip is not None and card.trip.number:
            self._context.tasks.run_verb(pin_trip, self._context.session, card.trip.trip_id, not card.trip.pinned)
        elif card.stop is not None:
            self._context.tasks.run_verb(pin_stop, self._context.session, card.stop.stop_id, not card.stop.pinned)

    def _save_drop_out(self, dialog: RecordDialog, values: dict[str, Any]) -> None:
        kind, _space, who = str(values["who"]).partition(" ")
        session, day = self._context.session, self._context.day

        def work() -> object:
            return drop_out(
                session, day, values["reason"], from_minute=values["from"], until_minute=values["until"],
                **{f"{kind}_id": who},
            )  # fmt: skip

        self._context.tasks.run_verb(work, done=lambda _id: dialog.accept(), failed=dialog.refuse)

    def _propose(self, over: QWidget, *, vehicle_id: str = "", trip_id: str = "") -> None:
        minute = self._now() or 0
        dialog = RescueDialog(
            self._context, self._context.day, minute, over, vehicle_id=vehicle_id, trip_id=trip_id
        )  # fmt: skip
        dialog.accepted_as.connect(self._accepted)
        ask.show(dialog)

    def _accepted(self, void: tuple[str, ...]) -> None:
        said = _("The open stops were replanned. Ctrl+Z takes it back.")
        if void:
            said = _("The open stops were replanned. Void and to be printed again: {lists}.").format(
                lists=", ".join(void)
            )
        self._context.show_notice(said, Kind.SUCCESS, step=_("Call them"), then=self.show_untold)

    def _now(self) -> int | None:
        """The minute of the working date; None on another day than today."""
        moment = self._context.session.clock()
        if kyiv_day(moment) != self._context.day:
            return None
        return kyiv(moment).hour * 60 + kyiv(moment).minute

    def _print_untold(self, over: QWidget) -> None:
        day = self._context.day

        def read(paper: Any) -> None:
            people = sum(row.people for row in paper.rows)
            name = _("tell-list-{day}.pdf").format(day=day.isoformat())
            self._papers.preview(CALL_LIST, call_document, paper, name, day, people, over)

        self._context.tasks.run_query(tell_paper, self._context.session, day, done=read, failed=self._say)

    def _say(self, error: UserError) -> None:
        self._context.show_notice(texts.error_text(error), Kind.WARNING)
