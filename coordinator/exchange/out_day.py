"""The columns of a day's work: the pickup list of its trips, and the fleet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import time

from coordinator.domain.fleet import Vehicle, exceeds_licence
from coordinator.domain.person import Need
from coordinator.domain.phones import show_phone
from coordinator.domain.schedule import Window, clock
from coordinator.exchange.out_columns import OutColumn, out, usual
from coordinator.exchange.writing import CellKind, Column
from coordinator.paper_content import PaperStop, PickupList
from coordinator.words import needs_line
from resources.i18n import N_, _


@dataclass(frozen=True, slots=True)
class OneStop:
    """A household on the list of a trip; what must not be on the paper is not here either (DOMAIN: paper)."""

    list: PickupList
    stop: PaperStop


def stops_of(lists: Iterable[PickupList]) -> Iterator[OneStop]:
    for paper in lists:
        for stop in paper.stops:
            yield OneStop(paper, stop)


def pickup_list() -> list[OutColumn[OneStop]]:
    """A row a stop, in the order of the drive."""
    whole = CellKind.INTEGER
    return [
        out("list", N_("List"), 14, lambda x: x.list.number),
        out("version", N_("Version"), 8, lambda x: x.list.version, whole),
        out("day", N_("Date"), 12, lambda x: x.list.day, CellKind.DATE),
        out("vehicle", N_("Vehicle"), 24, lambda x: x.list.vehicle),
        out("driver", N_("Driver"), 24, lambda x: x.list.driver),
        out("driver_phone", N_("Driver's phone"), 18, lambda x: x.list.driver_phone),
        out("departure", N_("Departure"), 9, lambda x: _time(x.list.departure), CellKind.TIME),
        out("out_by", N_("Must be out by"), 9, lambda x: _time(x.list.must_be_out_by), CellKind.TIME, usual=False),
        out("stop", N_("Stop"), 6, lambda x: x.stop.order, whole),
        out("window", N_("Time window"), 14, lambda x: _window(x.stop.window)),
        out("household", N_("Household No."), 11, lambda x: x.stop.household_number, whole),
        out("hromada", N_("Hromada"), 18, lambda x: x.stop.hromada),
        out("settlement", N_("Settlement"), 20, lambda x: x.stop.settlement),
        out("address", N_("Address"), 28, lambda x: x.stop.street_line),
        out("landmark", N_("Landmark"), 24, lambda x: x.stop.landmark),
        out("contact", N_("Contact"), 28, lambda x: x.stop.contact_name),
        out("phones", N_("Phone"), 26, lambda x: ", ".join(x.stop.phones)),
        out("people", N_("Number of people"), 9, lambda x: x.stop.people, whole),
        out("adults", N_("of them adults"), 9, lambda x: x.stop.adults, whole),
        out("children", N_("of them children"), 9, lambda x: x.stop.children, whole),
        out("walking", N_("Walking"), 9, lambda x: x.stop.walking, whole),
        out("wheelchair", N_("Wheelchair"), 10, lambda x: x.stop.wheelchair, whole),
        out("stretcher", N_("Lying"), 8, lambda x: x.stop.stretcher, whole),
        out("needs", N_("Needs"), 26, _needs),
        out("escorts", N_("Escorts of the children"), 30, _escorts),
        out("names", N_("Names"), 36, lambda x: ", ".join(x.stop.names), usual=False),
        out("pets", N_("Pets"), 18, lambda x: x.stop.pets),
        out("luggage", N_("Pieces of luggage"), 9, lambda x: x.stop.luggage, whole),
        out("destination", N_("Where to"), 22, lambda x: x.list.destination),
        out("note", N_("Note"), 36, lambda x: x.stop.note),
    ]  # fmt: skip


def fleet_list() -> list[OutColumn[Vehicle]]:
    whole = CellKind.INTEGER
    return [
        out("plate", N_("Plate"), 12, lambda x: x.plate),
        out("model", N_("Make and model"), 26, lambda x: x.model),
        out("seats", N_("Passenger seats"), 10, lambda x: x.seats, whole),
        out("wheelchair", N_("Wheelchair places"), 10, lambda x: x.wheelchair, whole),
        out("stretcher", N_("Stretcher places"), 10, lambda x: x.stretcher, whole),
        out("armoured", N_("Armoured"), 10, lambda x: x.armoured, choices=(_("yes"), _("no"))),
        out("licence", N_("Licence category"), 10, lambda x: x.licence),
        out("organisation", N_("Organisation"), 22, lambda x: x.organisation),
        out("driver", N_("Driver"), 26, lambda x: x.driver),
        out("phone", N_("Driver's phone"), 18, _phone),
        out("from", N_("Available from"), 10, lambda x: _time(x.available_from), CellKind.TIME),
        out("until", N_("Available until"), 10, lambda x: _time(x.available_until), CellKind.TIME),
        out("note", N_("Note"), 34, lambda x: x.note),
        out("licence_remark", N_("Remark on the licence"), 26, _licence_remark),
    ]


def fleet_columns() -> list[Column]:
    return usual(fleet_list())


def _time(minutes: int | None) -> time | None:
    return None if minutes is None else time(minutes // 60 % 24, minutes % 60)


def _window(window: Window | None) -> str:
    return f"{clock(window.start)}–{clock(window.end)}" if window else ""


def _needs(x: OneStop) -> str:
    """As functions: that somebody has a disability is no business of the road."""
    return needs_line(need for need in x.stop.needs if need is not Need.DISABILITY)


def _escorts(x: OneStop) -> str:
    named = (f"{one.child or _('child')}: {one.escort or _('an adult of the family')}" for one in x.stop.escorts
             if one.escort is not None)  # fmt: skip
    alone = _("children without an escort: {n}").format(n=x.stop.children_alone) if x.stop.children_alone else ""
    return "; ".join([*named, *filter(None, [alone])])


def _phone(x: Vehicle) -> str:
    return show_phone(x.phone) if x.phone.startswith("+") else x.phone


def _licence_remark(x: Vehicle) -> str:
    warning = _("more seats than the licence allows") if exceeds_licence(x.licence, x.seats) else ""
    return x.licence_reason or warning
