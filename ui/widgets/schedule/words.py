"""Words and signs of the day's trips: statuses, results, calls, loads. The colour never speaks alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from coordinator.domain.days import MINUTES_A_DAY, kyiv, moment_of
from coordinator.domain.schedule import Finding, Load
from coordinator.domain.trip import CallOutcome, StopResult, TripStatus
from coordinator.queries.board import BoardStop, BoardTrip, HouseholdLine
from resources.i18n import N_, _, ngettext
from resources.messages import sentence
from ui import texts

RESULTS: Mapping[StopResult, str] = {
    StopResult.OPEN: N_("No result yet"),
    StopResult.BOARDED: N_("Boarded"),
    StopResult.NOT_HOME: N_("Not home"),
    StopResult.REFUSED: N_("Refused"),
    StopResult.OTHER: N_("Other"),
}
RESULT_SIGNS: Mapping[StopResult, tuple[str, str]] = {
    StopResult.OPEN: ("", ""),
    StopResult.BOARDED: ("success", "success"),
    StopResult.NOT_HOME: ("minus", "warning"),
    StopResult.REFUSED: ("close", "danger"),
    StopResult.OTHER: ("more", "warning"),
}
CALLS: Mapping[CallOutcome, str] = {
    CallOutcome.TOLD: N_("Told"),
    CallOutcome.NOT_REACHED: N_("Not reached"),
    CallOutcome.SAID_NO: N_("Said no"),
}
CALL_SIGNS: Mapping[CallOutcome, tuple[str, str]] = {
    CallOutcome.TOLD: ("success", "success"),
    CallOutcome.NOT_REACHED: ("minus", "warning"),
    CallOutcome.SAID_NO: ("close", "danger"),
}


def result(value: StopResult) -> str:
    return _(RESULTS[value])


def call(value: CallOutcome | None) -> str:
    return _("Not called yet") if value is None else _(CALLS[value])


def finding(found: Finding) -> str:
    """What the checker says, as a sentence with its figures."""
    return sentence(found.key, found.facts)


def status(trip: BoardTrip) -> tuple[str, str]:
    """Where a trip stands, in words, and the kind of its badge."""
    if trip.status is TripStatus.CANCELLED:
        return _("Given up"), "danger"
    if trip.changed:
        return _("Changed since printed (v{version})").format(version=trip.version), "warning"
    if trip.status is TripStatus.ARRIVED:
        return _("Arrived"), "success"
    if trip.status is TripStatus.DEPARTED:
        return _("On the road"), "info"
    if trip.version is not None:
        return _("Printed (v{version})").format(version=trip.version), "success"
    return _("Draft, not printed"), ""


def seats(load: Load, capacity: Load) -> str:
    return _("seats {taken} of {places}").format(taken=load.seats, places=capacity.seats)


def wheelchairs(load: Load, capacity: Load) -> str:
    return _("wheelchair {taken} of {places}").format(taken=load.wheelchair, places=capacity.wheelchair)


def stretchers(load: Load, capacity: Load) -> str:
    return _("stretcher {taken} of {places}").format(taken=load.stretcher, places=capacity.stretcher)


def places(load: Load) -> str:
    """The places that a vehicle has or a household takes: "8 seats, 1 wheelchair, 1 stretcher"; zeros left out."""
    parts = []
    if load.seats:
        parts.append(ngettext("{n} seat", "{n} seats", load.seats).format(n=load.seats))
    if load.wheelchair:
        parts.append(ngettext("{n} wheelchair", "{n} wheelchairs", load.wheelchair).format(n=load.wheelchair))
    if load.stretcher:
        parts.append(ngettext("{n} stretcher", "{n} stretchers", load.stretcher).format(n=load.stretcher))
    return ", ".join(parts) or _("no places")


def carried(load: Load) -> str:
    """Those who cannot walk: "1 wheelchair, 1 stretcher"; nothing where all walk."""
    return places(Load(0, load.wheelchair, load.stretcher)) if load.wheelchair or load.stretcher else ""


def stops(n: int) -> str:
    return ngettext("{n} stop", "{n} stops", n).format(n=n)


def people(count: int, children: int) -> str:
    """ "4 people, 2 children among them"; "2 children" where nobody else goes."""
    if not children:
        return texts.people(count)
    if children == count:
        return texts.children(children)
    return _("{people}, {children} among them").format(people=texts.people(count), children=texts.children(children))


def people_short(count: int, children: int) -> str:
    """ "4 (2)": people, and the children among them."""
    return f"{count} ({children})" if children else str(count)


def digits(phones: Iterable[str]) -> str:
    """Phones as they are searched for: digits alone."""
    return " ".join("".join(char for char in phone if char.isdecimal()) for phone in phones)


def span(start: int, end: int) -> str:
    return f"{texts.minute(start)}–{texts.minute(end)}"


def place(line: HouseholdLine) -> str:
    """Settlement and address in one line."""
    return ", ".join(part for part in (line.settlement, line.address) if part) or _("no address")


def head(name: str) -> str:
    return name or _("No name")


def household(line: HouseholdLine) -> str:
    """Number and name: "417 Коваль Ганна"."""
    return _("No. {number} {name}").format(number=line.number, name=head(line.head))


def vehicle(plate: str, model: str) -> str:
    return " ".join(part for part in (plate, model) if part)


def trip(shown: BoardTrip) -> str:
    """ "Trip 3, AX 1234 BC"."""
    return _("Trip {number}, {plate}").format(number=shown.number, plate=shown.plate)


def what_came(stop: BoardStop) -> str:
    """The result as one word or two: "Boarded 2 of 4" where only a part came."""
    expected = stop.household.people
    if stop.result is StopResult.BOARDED and stop.boarded < expected:
        return _("Boarded {n} of {all}").format(n=stop.boarded, all=expected)
    return "" if stop.result is StopResult.OPEN else result(stop.result)


def moment_on(day: date, minutes: int, near: int | None = None, turn: int = 0) -> datetime:
    """A time of day of the working date as a moment. Near midnight it is the one nearest to `near` minutes.

    UserError as coordinator.domain.days.moment_of, which explains `turn`.
    """
    if near is not None:
        shifted = (minutes - MINUTES_A_DAY, minutes, minutes + MINUTES_A_DAY)
        minutes = min(shifted, key=lambda value: abs(value - near))
    return kyiv(moment_of(day, minutes, turn))
