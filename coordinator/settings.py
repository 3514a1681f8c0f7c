"""Every option of a register, declared once. Values are kept in the register itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

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
        if outside:
            raise UserError("setting.limits", value=value, low=self.low, high=self.high)
        return typed


TRAINING = Option("register.training", False, N_("Training register"))
COORDINATOR_PHONE = Option("centre.phone", "", N_("Coordinator's phone, printed on each pickup list"))
CENTRE_NAME = Option("centre.name", "", N_("Name of the coordination centre"))
DETOUR = Option("travel.detour", 1.3, N_("Road distance as a multiple of the straight line"), 1.0, 5.0)
SPEED = Option("travel.speed", 50.0, N_("Average speed, km/h"), 5.0, 130.0)
LOCAL_MINUTES = Option("travel.local_minutes", 4, N_("Minutes between two addresses of one settlement"), 0, 120)
STOP_MINUTES = Option("stop.minutes", 6, N_("Minutes at each stop"), 0, 240)
PERSON_MINUTES = Option("stop.person_minutes", 1, N_("More minutes at a stop for each person"), 0, 60)
CARRY_MINUTES = Option(
    "stop.carry_minutes", 8, N_("More minutes for each person in a wheelchair or lying down"), 0, 120
)
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
COUNT_SINCE = Option("counts.since", "", N_("First day of the running total (YYYY-MM-DD)"))

OPTIONS: tuple[Option[int] | Option[float] | Option[str] | Option[bool], ...] = (
    CENTRE_NAME, COORDINATOR_PHONE, DETOUR, SPEED, LOCAL_MINUTES, STOP_MINUTES, PERSON_MINUTES, CARRY_MINUTES,
    UNLOAD_MINUTES, COUNT_SINCE, LOCK_MINUTES,
)  # fmt: skip
