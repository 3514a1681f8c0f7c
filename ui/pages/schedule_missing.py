"""What a day still needs before there are trips on it, in words with the next step."""

from __future__ import annotations

from dataclasses import dataclass, field

from resources.i18n import _
from resources.messages import sentence
from ui import texts
from ui.widgets.schedule.reading import DayView


@dataclass(frozen=True, slots=True)
class Missing:
    """`page` and `what`: where the step leads; without a page it plans the day, or clears the search."""

    icon: str
    heading: str
    text: str
    step: str
    page: str = ""
    what: dict[str, str] = field(default_factory=dict)
    searching: bool = False


def what_is_missing(view: DayView, *, searching: bool) -> Missing:
    """For the place where the trips would be."""
    if searching and view.live:
        return Missing("search", _("Nothing matches"), _("Try fewer words."), _("Clear the search"), searching=True)
    if not _has_fleet(view):
        text = _("Add the vehicles and drivers of the day, or import a fleet workbook.")
        return Missing("fleet", _("No vehicles yet"), text, _("Open the fleet"), "fleet", {"list": "vehicles"})
    if view.board.missing:
        return Missing(
            "place", _("Planning cannot begin yet"), sentence(view.board.missing), _("Open the fleet"), "fleet",
            {"list": "destinations"},
        )  # fmt: skip
    if not view.waiting and not view.live:
        text = _("Record decisions in the registry: packed, or wants pickup on or before this day.")
        return Missing("people", _("Nobody is ready for this day"), text, _("Open the registry"), "registry")
    text = _("Ready: {households}. Planning takes a few seconds; trips can be changed by hand afterwards.")
    ready = texts.households(len(view.waiting))
    return Missing("schedule", _("No trips on this day yet"), text.format(households=ready), _("Plan the day"))


def why_no_plan(view: DayView | None) -> str:
    """Why the day cannot be planned now; nothing where it can."""
    if view is None:
        return _("The day is being read")
    if why := why_no_trip(view):
        return why
    return "" if view.waiting or view.planned else _("Nobody is ready for this day")


def why_no_trip(view: DayView | None) -> str:
    if view is None:
        return _("The day is being read")
    if not _has_fleet(view):
        return _("No vehicles yet: add them under Fleet")
    return sentence(view.board.missing) if view.board.missing else ""


def _has_fleet(view: DayView) -> bool:
    return any(vehicle.active for vehicle in view.vehicles)
