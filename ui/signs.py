"""The sign and the colour of a decision and of a need. The word always stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coordinator.domain.decision import Decision
from coordinator.domain.person import Need

DECISION_SIGNS: Mapping[Decision, tuple[str, str]] = {
    Decision.NOT_ASKED: ("minus", "muted"),
    Decision.UNDECIDED: ("more", "warning"),
    Decision.PREPARING: ("clock", "accent"),
    Decision.PACKED: ("success", "success"),
    Decision.WANTS_PICKUP: ("schedule", "success"),
    Decision.REFUSED: ("close", "danger"),
    Decision.LEFT_THEMSELVES: ("people", "muted"),
    Decision.EVACUATED: ("fleet", "muted"),
    Decision.RETURNED: ("undo", "warning"),
    Decision.UNREACHABLE: ("eye-off", "warning"),
}
"""Name of the icon, role of the theme."""

NEED_SIGNS: Mapping[Need, str] = {Need.STRETCHER: "stretcher", Need.WHEELCHAIR: "wheelchair", Need.INFANT: "child"}
"""The needs that decide about the place in a vehicle have an icon; the gravest comes first."""


def need_sign(needs: Iterable[Need]) -> str:
    """The icon of the gravest need; "" where none has one."""
    present = frozenset(needs)
    return next((icon for need, icon in NEED_SIGNS.items() if need in present), "")
