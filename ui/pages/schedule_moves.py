"""Changes of the day's trips by hand: the check is shown before anything is done, and what breaks needs a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from coordinator.domain.schedule import Finding
from coordinator.errors import UserError
from coordinator.queries.dividing import Division, proposed_division
from coordinator.queries.household import HouseholdCard, household_card
from coordinator.queries.moving import propose_move
from coordinator.services.dividing import divide_household
from coordinator.services.moving import (
    move_household,
    new_trip,
    remove_trip,
    set_departed,
    set_trip_driver,
    set_trip_vehicle,
)
from coordinator.services.schedule import confirm_pair_for_day
from coordinator.services.splitting import Parted
from resources.i18n import _, ngettext
from ui import ask, texts
from ui.dialogs.move_household import MoveHouseholdDialog, check_words
from ui.pages.base import Page, PageContext
from ui.widgets.household.escorts import person_name
from ui.widgets.notice_bar import Kind
from ui.widgets.schedule import words
from ui.widgets.schedule.reading import DayView
from ui.widgets.schedule.rows import Place
from ui.widgets.schedule.strips import CheckStrip


class Moves(QObject):
    """What the page does when a household is dragged, a driver is chosen, a trip is given up.

    `tried(household, Move | None)`: what it would come to at the place where it is now.
    """

    tried = Signal(str, object)

    def __init__(self, context: PageContext, page: Page, check: CheckStrip) -> None:
        super().__init__(page)
        self._context, self._page, self._check = context, page, check
        self.view: DayView | None = None
        self.hint = ""
        """How a household that was picked up by a key is put down again."""

    def in_hand(self, household_id: str) -> None:
        self.hint = _("Arrows carry it, Enter puts it down, Esc puts it back.") if household_id else ""

    def hover(self, household_id: str, place: Place | None) -> None:
        """Somebody carries a household over a place: say at once what it would come to.

        Worked out over the day as it was read, in a few milliseconds and without a query.
        """
        draft = self.view.draft if self.view is not None else None
        if place is None or self.view is None or draft is None:
            self._check.say("", Kind.INFO)
            self.tried.emit("", None)
            return
        place = among_others(self.view, household_id, place)
        try:
            move = propose_move(draft, household_id, place.target, place.position)
        except UserError as error:
            self._check.say(texts.error_text(error), Kind.WARNING)
            self.tried.emit(household_id, None)
            return
        text, kind = check_words(self.view, household_id, move)
        self._check.say(f"{text}\n{self.hint}" if self.hint else text, kind)
        self.tried.emit(household_id, move)

    def drop(self, household_id: str, place: Place) -> None:
        """Do it; what breaks a rule opens the dialog, which asks for the reason."""
        self._check.say("", Kind.INFO)
        if self.view is None:
            return
        target = among_others(self.view, household_id, place)
        work = partial(
            move_household, self._context.session, self._context.day, household_id, target.target, target.position
        )
        self._context.tasks.run_verb(
            work, done=lambda _trip: self._moved(household_id, target),
            failed=lambda error: self._not_moved(error, household_id, place),
        )  # fmt: skip

    def choose(self, household_id: str, start: Place | None = None) -> MoveHouseholdDialog | None:
        """The same by keyboard: a list of trips, the position, and the check beside it."""
        if self.view is None:
            return None
        dialog = MoveHouseholdDialog(self._context, self.view, household_id, start, self._page)
        dialog.moved.connect(lambda place: self._moved(household_id, place))
        ask.show(dialog)
        return dialog

    def take_off(self, household_id: str) -> None:
        self.drop(household_id, Place(None))

    def add_trip(self, vehicle_id: str) -> None:
        self._run(new_trip, self._context.day, vehicle_id, said=_("The trip is there. Put households onto it."))

    def give_up(self, trip_id: str) -> None:
        """No question before: Ctrl+Z brings it back. A printed list is void, and that is said."""
        trip = self.view.trip(trip_id) if self.view else None
        if trip is None:
            return
        said = _("Trip {number} was given up. Ctrl+Z brings it back.").format(number=trip.number)
        if trip.version is not None:
            said = _(
                "Trip {number} was given up. Tell the driver that list {list} is void. Ctrl+Z brings it back."
            ).format(number=trip.number, list=trip.list_number)
        self._run(remove_trip, trip_id, said=said)

    def set_departed(self, trip_id: str, departed: bool) -> None:
        """A step backwards is asked for its reason."""
        if departed:
            self._run(set_departed, trip_id, departed)
        else:
            question = _("Why has it not left after all? The reason stays in the history.")
            ask.text(self._page, question, then=lambda reason: self._run(set_departed, trip_id, departed, reason))

    def set_driver(self, trip_id: str, driver_id: str) -> None:
        self._with_reason(set_trip_driver, trip_id, driver_id or None)

    def set_vehicle(self, trip_id: str, vehicle_id: str) -> None:
        self._with_reason(set_trip_vehicle, trip_id, vehicle_id)

    def plan_both(self, household_id: str, plan: Callable[[], object]) -> None:
        """Somebody says that a possible duplicate is another family: recorded for this day."""
        question = _("Plan both households on {day}?").format(day=texts.day_short(self._context.day))
        detail = _("It is recorded that you confirmed it. Whether they are the same can still be decided later.")
        ask.confirm(
            self._page, question, detail=detail, yes=_("Plan both"),
            then=lambda: self._context.tasks.run_query(
                household_card, self._context.session, household_id, done=lambda card: self._confirm(card, plan)
            ),
        )  # fmt: skip

    def divide(self, household_id: str, plan: Callable[[], object]) -> None:
        """Propose how a family that no vehicle takes could go in two; nothing is done unless somebody says so."""
        self._context.tasks.run_query(
            proposed_division, self._context.session, self._context.day, household_id,
            done=lambda division: self._propose(division, plan),
        )  # fmt: skip

    def _propose(self, division: Division | None, plan: Callable[[], object]) -> None:
        if division is None:
            why = _("This family cannot be divided so that each part fits and has an adult for its children.")
            self._context.show_notice(why, Kind.WARNING)
            return

        def divided(parted: Parted) -> None:
            said = _("Household {number} was divided; the second part is household {other}. Ctrl+Z takes it back.")
            self._context.show_notice(
                said.format(number=division.number, other=parted.number), Kind.SUCCESS, step=_("Plan the day"),
                then=plan,
            )  # fmt: skip

        ask.confirm(
            self._page, _("Divide household {number} for the way?").format(number=division.number),
            detail=division_words(division), yes=_("Divide"),
            then=lambda: self._context.tasks.run_verb(
                divide_household, self._context.session, division, done=divided
            ),
        )  # fmt: skip

    def _confirm(self, card: HouseholdCard, plan: Callable[[], object]) -> None:
        def said(_value: object) -> None:
            self._context.show_notice(
                _("Both may be planned on this day. Plan again, or put them onto a trip by hand."), Kind.SUCCESS,
                step=_("Plan the day"), then=plan,
            )  # fmt: skip

        for pair_id in card.open_pairs:
            last = pair_id == card.open_pairs[-1]
            self._context.tasks.run_verb(
                confirm_pair_for_day, self._context.session, pair_id, self._context.day, done=said if last else None
            )

    def _with_reason(self, verb: Callable[..., Any], trip_id: str, value: str | None) -> None:
        def failed(error: UserError) -> None:
            """What breaks a rule is done with a recorded reason, or not at all; then the choice shows what stands."""
            self._page.refresh(None)
            if error.code in ("plan.breach", "plan.driver_busy"):
                work = partial(self._run, verb, trip_id, value)
                ask.text(self._page, "\n".join(refusal(error)), then=lambda reason: work(reason))
            else:
                self._context.show_notice(texts.error_text(error), Kind.WARNING)

        self._context.tasks.run_verb(verb, self._context.session, trip_id, value, failed=failed)

    def _run(self, verb: Callable[..., Any], *args: object, said: str = "") -> None:
        def done(_value: object) -> None:
            if said:
                self._context.show_notice(said, Kind.SUCCESS)

        self._context.tasks.run_verb(verb, self._context.session, *args, done=done)

    def _moved(self, household_id: str, place: Place) -> None:
        number = number_of(self.view, household_id) if self.view else "–"
        if place.target is None:
            said = _("Household {number} is on no trip now. Ctrl+Z takes it back.").format(number=number)
        else:
            said = _("Household {number} was moved. Ctrl+Z takes it back.").format(number=number)
        self._context.show_notice(said, Kind.SUCCESS)

    def _not_moved(self, error: UserError, household_id: str, place: Place) -> None:
        if error.code == "plan.breach":
            self.choose(household_id, place)
        else:
            self._context.show_notice(texts.error_text(error), Kind.WARNING)


def division_words(division: Division) -> str:
    """Who would go in which vehicle."""
    lines = [
        _("First vehicle, {people}: {names}"), _("Another vehicle or trip, {people}: {names}"),
    ]  # fmt: skip
    parts = (division.first, division.second)
    said = [
        line.format(people=texts.people(len(part)), names=", ".join(person_name(person) for person in part))
        for line, part in zip(lines, parts, strict=True)
    ]
    return "\n".join([*said, _("They become two records of one family, which can be put together again.")])


def among_others(view: DayView, household_id: str, place: Place) -> Place:
    """The position without the household's own stop, as the register counts it."""
    trip = view.trip(place.target) if isinstance(place.target, str) else None
    if trip is None or place.position is None:
        return place
    order = [stop.household.household_id for stop in trip.stops]
    own = order.index(household_id) if household_id in order else len(order)
    return Place(place.target, place.position - (own < place.position))


def number_of(view: DayView, household_id: str) -> str:
    """The number of a household of the day, for a sentence."""
    lines = [stop.household for trip in view.board.trips for stop in trip.stops]
    lines += [waiting.household for waiting in view.board.waiting]
    return next((str(line.number) for line in lines if line.household_id == household_id), "–")


def refusal(error: UserError) -> list[str]:
    """What a change would break, line by line, and what is asked."""
    found = error.facts.get("findings")
    lines = [words.finding(one) for one in found if isinstance(one, Finding)] if isinstance(found, tuple) else []
    if not lines:
        lines = [texts.error_text(error)]
    else:
        lines.insert(0, ngettext("This breaks a rule:", "This breaks rules:", len(lines)).format(n=len(lines)))
    return [*lines, _("To do it all the same, give the reason. It is recorded with the trip.")]
