"""What changed on a pickup list, in words: for the sheet that a driver gets, and for the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from coordinator.paper_changes import Kind, ListChanges, StopChange, What
from coordinator.paper_content import PaperStop, PickupList
from resources.i18n import N_, _, ngettext
from ui.paper import words

NAMES: Mapping[What, str] = {
    What.VEHICLE: N_("Vehicle"),
    What.DRIVER: N_("Driver"),
    What.DRIVER_PHONE: N_("Driver's phone"),
    What.COORDINATOR_PHONE: N_("Coordinator's phone"),
    What.DEPARTURE: N_("Departure"),
    What.OUT_BY: N_("Must be out by"),
    What.BACK: N_("Back at"),
    What.DESTINATION: N_("Take people to"),
    What.ORDER: N_("Order of stops"),
    What.TIME: N_("Time"),
    What.PLACE: N_("Address"),
    What.LANDMARK: N_("Landmark"),
    What.CONTACT: N_("Contact"),
    What.PHONES: N_("Phones"),
    What.PEOPLE: N_("People"),
    What.NEEDS: N_("Needs"),
    What.NAMES: N_("Names"),
    What.CHILDREN: N_("Children and who travels with them"),
    What.PETS: N_("Pets"),
    What.LUGGAGE: N_("Luggage"),
    What.PART_STAYS: N_("Part of the family may stay"),
    What.NOTE: N_("Note"),
}

_LIST: Mapping[What, Callable[[PickupList], str]] = {
    What.VEHICLE: lambda paper: paper.vehicle,
    What.DRIVER: lambda paper: paper.driver,
    What.DRIVER_PHONE: lambda paper: paper.driver_phone,
    What.COORDINATOR_PHONE: lambda paper: paper.coordinator_phone,
    What.DEPARTURE: lambda paper: words.clock(paper.departure),
    What.OUT_BY: lambda paper: words.clock(paper.must_be_out_by),
    What.BACK: lambda paper: words.clock(paper.back_at),
    What.DESTINATION: lambda paper: paper.destination,
}
_STOP: Mapping[What, Callable[[PaperStop], str]] = {
    What.ORDER: lambda stop: str(stop.order),
    What.TIME: lambda stop: words.window(stop.window),
    What.PLACE: lambda stop: ", ".join(part for part in (stop.settlement, stop.hromada, stop.street_line) if part),
    What.LANDMARK: lambda stop: stop.landmark,
    What.CONTACT: lambda stop: stop.contact_name,
    What.PHONES: lambda stop: ", ".join(stop.phones),
    What.PEOPLE: lambda stop: who(stop),
    What.NEEDS: lambda stop: words.needs(stop.needs, words.NOT_FOR_DRIVERS),
    What.NAMES: lambda stop: ", ".join(stop.names),
    What.CHILDREN: lambda stop: children(stop),
    What.PETS: lambda stop: stop.pets,
    What.LUGGAGE: lambda stop: words.NOTHING if stop.luggage is None else words.pieces_of_luggage(stop.luggage),
    What.PART_STAYS: lambda stop: _("yes") if stop.part_stays else _("no"),
    What.NOTE: lambda stop: stop.note,
}


def who(stop: PaperStop) -> str:
    """ "4 people: 2 adults, 2 children; 3 walk, 1 in a wheelchair"."""
    makeup = words.makeup(stop.adults, stop.children, stop.people)
    how = words.places(stop.walking, stop.wheelchair, stop.stretcher)
    counted = f"{words.people(stop.people)}: {makeup}" if makeup else words.people(stop.people)
    return f"{counted}; {how}" if how else counted


def children(stop: PaperStop) -> str:
    parts = []
    for number, entry in enumerate(stop.escorts, start=1):
        child = entry.child or _("no. {n}").format(n=number)
        if entry.escort is None:
            parts.append(_("{child} WITHOUT AN ESCORT").format(child=child))
        else:
            parts.append(f"{child} – {entry.escort or _('an adult of this household')}")
    return "; ".join(parts)


def of_list(changes: ListChanges, what: What) -> tuple[str, str, str]:
    """(what, before, now) of the head of the list."""
    said = _LIST[what]
    return _(NAMES[what]), said(changes.old) or words.NOTHING, said(changes.new) or words.NOTHING


def of_stop(change: StopChange, what: What) -> tuple[str, str, str]:
    said = _STOP[what]
    before = said(change.before) if change.before else ""
    after = said(change.after) if change.after else ""
    return _(NAMES[what]), before or words.NOTHING, after or words.NOTHING


def place(stop: PaperStop) -> str:
    """Settlement and street, as far as they are known."""
    return ", ".join(part for part in (stop.settlement, stop.street_line) if part) or _("address not given")


def lines(changes: ListChanges) -> list[str]:
    """A line a change, for the screen: the head of the list, then stops taken off, new and changed."""
    if changes.void:
        return [_("The trip was given up: the printed list is void.")]
    told = ["{}: {} → {}".format(*of_list(changes, what)) for what in changes.list]
    return told + [_stop_line(change) for change in changes.stops]


def _stop_line(change: StopChange) -> str:
    stop = change.after or change.before
    assert stop is not None
    named = _("{number} {name}, {place}").format(number=change.number, name=stop.contact_name, place=place(stop))
    if change.kind is Kind.NEW:
        return _("New stop {order}: {household}").format(order=stop.order, household=named)
    if change.kind is Kind.REMOVED:
        return _("Taken off (was stop {order}): {household}").format(order=stop.order, household=named)
    what = "; ".join("{}: {} → {}".format(*of_stop(change, one)) for one in change.what)
    return _("Stop {order}, {household}: {what}").format(order=stop.order, household=named, what=what)


def _head(changes: ListChanges) -> str:
    what = ", ".join(_(NAMES[one]).lower() for one in changes.list)
    return _("at the top: {what}").format(what=what) if what else ""


def in_short(changes: ListChanges) -> str:
    """ "2 new stops, 1 taken off, 3 stops changed, at the top: vehicle": for one line on the screen."""
    if changes.void:
        return _("the paper is void")
    counted = {kind: len(changes.of(kind)) for kind in Kind}
    new, off, other = counted[Kind.NEW], counted[Kind.REMOVED], counted[Kind.CHANGED]
    parts = [
        ngettext("{n} new stop", "{n} new stops", new).format(n=new) if new else "",
        ngettext("{n} taken off", "{n} taken off", off).format(n=off) if off else "",
        ngettext("{n} stop changed", "{n} stops changed", other).format(n=other) if other else "",
        _head(changes),
    ]
    return ", ".join(part for part in parts if part)
