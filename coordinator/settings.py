"""Every option of a register, declared once. Values are kept in the register itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from coordinator.domain.priority import Factor
from coordinator.domain.roles import Right
from coordinator.errors import UserError
from resources.i18n import N_

T = TypeVar("T", int, float, str, bool)


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """Key in the register, default, label for the settings page, limits for numbers, and who may change it."""

    key: str
    default: T
    label: str
    low: float | None = None
    high: float | None = None
    right: Right = Right.WRITE

    def checked(self, value: T) -> T:
        """The value in the option's type; UserError "setting.limits" where it is out of them."""
        typed = type(self.default)(value)
        outside = (self.low is not None and typed < self.low) or (self.high is not None and typed > self.high)  # type: ignore[operator]
        if outside or typed != typed:  # "nan" is a float and is never outside
            raise UserError("setting.limits", value=value, low=self.low, high=self.high)
        return typed


TRAINING = Option("register.training", False, N_("Training register"))
COORDINATOR_PHONE = Option("centre.phone", "", N_("Coordinator's phone, printed on each pickup list"))
CENTRE_NAME = Option("centre.name", "", N_("Name of the coordination centre"))
# Ways without a measured time. All six are assumptions until the centre has measured: dispatchers commonly take a third
# more than the straight line, and the speeds stay well below the law's 50 and 90 km/h (traffic rules, 12.4 and 12.6).
DETOUR = Option("travel.detour", 1.3, N_("Main roads: distance as a multiple of the straight line (assumed)"), 1.0, 5.0)
SPEED = Option("travel.speed", 50.0, N_("Main roads: average speed, km/h (assumed)"), 5.0, 130.0)
LOCAL_KM = Option("travel.local_km", 2.0, N_("Kilometres of each way that lie on village roads (assumed)"), 0.0, 100.0)
LOCAL_DETOUR = Option(
    "travel.local_detour", 1.3, N_("Village roads: distance as a multiple of the straight line (assumed)"), 1.0, 5.0
)
LOCAL_SPEED = Option("travel.local_speed", 30.0, N_("Village roads: average speed, km/h (assumed)"), 5.0, 130.0)
LOCAL_MINUTES = Option(
    "travel.local_minutes", 4, N_("Minutes between two addresses of one settlement (assumed)"), 0, 120
)
STOP_MINUTES = Option("stop.minutes", 6, N_("Minutes at each stop"), 0, 240)
PERSON_MINUTES = Option("stop.person_minutes", 1, N_("More minutes at a stop for each person"), 0, 60)
CARRY_MINUTES = Option(
    "stop.carry_minutes", 8, N_("More minutes for each person in a wheelchair or lying down"), 0, 120
)
LAPS = Option("seats.laps", False, N_("Infants under two travel on an adult's lap"))
UNLOAD_MINUTES = Option("transit.minutes", 20, N_("Minutes to unload at the transit centre"), 0, 240)
LOCK_MINUTES = Option(
    "lock.minutes", 4, N_("Lock after so many minutes without a key or the mouse"), 1, 60, Right.MANAGE_USERS
)
SECOND_PLACE = Option(
    "backup.second_place", "", N_("Second place for copies, a stick for example"), right=Right.MANAGE_USERS
)
RETENTION_DAYS = Option(
    "retention.days", 0, N_("Days after arrival until personal data are removed; 0: never"), 0, 3650, Right.ANONYMISE
)
RETENTION_NAMES = Option("retention.names", True, N_("Remove the names as well"), right=Right.ANONYMISE)
NO_ANSWER_HOURS = Option("calls.no_answer", 4, N_("Hours until the next try where nobody answered"), 1, 168)
LEFT_WORD_HOURS = Option("calls.left_word", 24, N_("Hours until the next try where a message was left"), 1, 336)
TALKED_DAYS = Option("calls.talked", 2, N_("Days until they are asked again who are still thinking it over"), 1, 60)
REFUSED_DAYS = Option("calls.refused", 3, N_("Days of pause after a refusal"), 1, 60)
RECENT_HOURS = Option("shelling.recent_hours", 48, N_("Hours for which the map marks a hit"), 1, 720)
HIDE_BELOW = Option("reports.hide_below", 5, N_("In what leaves the centre, hide numbers below this; 0: none"), 0, 20)
# Crews on the road: assumptions to begin with; each centre agrees on its own with its crews.
CREW_TOLERANCE = Option("crew.tolerance", 20, N_("Crews: minutes after the expected return until the alarm"), 0, 600)
CREW_SILENCE = Option("crew.silence", 60, N_("Crews: minutes without a word among the stops until the alarm"), 5, 600)
CREW_LEAVE = Option("crew.leave", 15, N_("Crews: minutes after the planned departure until it is asked about"), 0, 600)
CREW_HIT_HOURS = Option("crew.hit_hours", 12, N_("Crews: hours for which a hit near an open stop is told"), 1, 168)
CREW_SOUND = Option("crew.sound", True, N_("Crews: a sound with each new alarm"))
COUNT_SINCE = Option("counts.since", "", N_("First day of the running total (YYYY-MM-DD)"))


def _weight(factor: Factor, default: float, label: str) -> Option[float]:
    return Option(f"next.{factor.value}", default, label, -100.0, 200.0)


WEIGHTS: Mapping[Factor, Option[float]] = {
    factor: _weight(factor, default, label)
    for factor, default, label in (
        (Factor.HOUSE, 60.0, N_("A hit on their own house")),
        (Factor.STREET, 40.0, N_("A hit in their street")),
        (Factor.NEXT, 20.0, N_("A hit in a street next to theirs")),
        (Factor.SETTLEMENT, 15.0, N_("Shelling of the settlement, no street named")),
        (Factor.ELSEWHERE, 6.0, N_("A hit elsewhere in the settlement, while no streets next to theirs are known")),
        (Factor.FORCED, 25.0, N_("Forced evacuation, for households with children")),
        (Factor.MANDATORY, 10.0, N_("Mandatory evacuation")),
        (Factor.CHILDREN, 6.0, N_("Each child, up to four")),
        (Factor.YOUNG, 12.0, N_("How young the youngest child is: all of it for a newborn")),
        (Factor.STRETCHER, 12.0, N_("Somebody lies on a stretcher")),
        (Factor.WHEELCHAIR, 10.0, N_("Somebody is in a wheelchair")),
        (Factor.POWER, 12.0, N_("Somebody depends on oxygen or power")),
        (Factor.PREGNANT, 8.0, N_("Somebody is pregnant")),
        (Factor.HELP, 4.0, N_("Somebody needs help on steps, or an escort")),
        (Factor.STAYS_BEHIND, 20.0, N_("Somebody of the family stays behind while the rest leaves")),
        (Factor.NO_CARER, 15.0, N_("Whoever cared for somebody has left")),
        (Factor.PACKED, 25.0, N_("Decision: packed, ready")),
        (Factor.WANTS_PICKUP, 25.0, N_("Decision: wants pickup")),
        (Factor.PREPARING, 15.0, N_("Decision: preparing")),
        (Factor.UNDECIDED, 12.0, N_("Decision: undecided")),
        (Factor.NOT_ASKED, 18.0, N_("Not asked yet")),
        (Factor.RETURNED, 10.0, N_("Decision: returned")),
        (Factor.UNREACHABLE, 6.0, N_("Not reached")),
        (Factor.REFUSED, 0.0, N_("Decision: refused")),
        (Factor.REFUSED_HIT, 20.0, N_("Refused, and shelling came near since")),
        (Factor.WISH, 10.0, N_("The day on which they wished to leave has come")),
        (Factor.CALL_BACK, 15.0, N_("A call that was agreed is overdue: once, up to twice with the days")),
        (Factor.LATER, -25.0, N_("They asked to be called later, and nothing was hit near since")),
        (Factor.ASKED, 2.0, N_("Each day since they were last asked")),
    )
}
HALF_LIFE = Option("next.half_life", 3.0, N_("Days after which a hit counts half"), 0.1, 60.0)
HIT_DAYS = Option("next.hit_days", 14.0, N_("Days after which a hit no longer counts"), 1.0, 365.0)
MOST_DAYS = Option("next.most_days", 10.0, N_("Days without a talk that count at most"), 0.0, 365.0)
WEIGHING: tuple[Option[float], ...] = (*WEIGHTS.values(), HALF_LIFE, HIT_DAYS, MOST_DAYS)
"""What decides who is next; shown on that page and not among the other options."""

OPTIONS: tuple[Option[int] | Option[float] | Option[str] | Option[bool], ...] = (
    CENTRE_NAME, COORDINATOR_PHONE, DETOUR, SPEED, LOCAL_KM, LOCAL_DETOUR, LOCAL_SPEED, LOCAL_MINUTES, STOP_MINUTES,
    PERSON_MINUTES, CARRY_MINUTES, UNLOAD_MINUTES, LAPS,
    NO_ANSWER_HOURS, LEFT_WORD_HOURS, TALKED_DAYS, REFUSED_DAYS, COUNT_SINCE, HIDE_BELOW, RECENT_HOURS,
    CREW_TOLERANCE, CREW_SILENCE, CREW_LEAVE, CREW_HIT_HOURS, CREW_SOUND, LOCK_MINUTES,
)  # fmt: skip

DECLARED: tuple[Option[int] | Option[float] | Option[str] | Option[bool], ...] = (
    *OPTIONS, *WEIGHING, SECOND_PLACE, RETENTION_DAYS, RETENTION_NAMES,
)  # fmt: skip
"""All that somebody sets: for the history, and for who may take it back."""
