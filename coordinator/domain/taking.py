"""Single values that are taken over from the newer of two households that turn out to be one.

Without that the rule of `joining` holds: texts are joined, the older address and the more precise birth stay.
"""

from __future__ import annotations

from typing import NamedTuple

from coordinator.domain.decision import GONE, Decision

FIELDS = ("settlement", "address", "landmark", "decision", "pets", "luggage", "destination_wish", "note")
PERSON = "person"


class Take(NamedTuple):
    """One of FIELDS, or PERSON with the id of a person of the newer household: name, birth and sex of that one."""

    field: str
    person_id: str = ""


def may_take_decision(older: Decision, newer: Decision) -> bool:
    """Whether the newer word may stand: not where one of them is gone, which events tell and no choice."""
    return older not in GONE and newer not in GONE
