"""What is said when a day was planned, in the window and in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.services.schedule import SavedPlan
from resources.i18n import _, ngettext
from ui import texts


def best_words(served: int, wanted: int, trips: int) -> str:
    """While the planner looks: people on trips, of those who are ready, and how many are left over so far."""
    said = _("Best so far: {served} of {people} in {trips}").format(
        served=texts.number(served), people=texts.people(wanted), trips=texts.trips(trips)
    )
    left = _("left over: {people}").format(people=texts.people(wanted - served))
    return f"{said}; {left}" if wanted > served else said


def plan_words(saved: SavedPlan) -> str:
    """How many people are in how many trips, how many are left over, and which papers are void."""
    people, trips = texts.people(saved.people), texts.trips(saved.trips)
    if saved.left_over:
        left = texts.households(saved.left_over)
        said = _("{people} in {trips}; left over: {left}, the reasons stand beside them.").format(
            people=people, trips=trips, left=left
        )
    else:
        said = _("{people} in {trips}; nobody is left over.").format(people=people, trips=trips)
    return " ".join(filter(None, (said, void_words(saved.void_lists))))


def void_words(lists: Sequence[int]) -> str:
    """ "" where no printed list was touched."""
    if not lists:
        return ""
    return ngettext(
        "Printed list {lists} is no longer valid: tell the driver.",
        "Printed lists {lists} are no longer valid: tell the drivers.",
        len(lists),
    ).format(lists=", ".join(map(str, lists)))


def stays_words(before: int, found: int) -> str:
    """The plan before takes more than the one found; both in people."""
    text = _("The plan before stays: it takes {before}, the one found takes {found}.")
    return text.format(before=texts.people(before), found=texts.people(found))
