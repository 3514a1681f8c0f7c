"""A settlement of the map in words: for the panel, for the hint under the mouse, and for screen readers."""

from __future__ import annotations

from coordinator.queries.day_map import Hits, MapPlace
from coordinator.words import label
from resources.i18n import _, ngettext
from ui import texts


def name(place: MapPlace) -> str:
    return ", ".join(part for part in (place.name or _("Settlement not known"), place.hromada) if part)


def order(place: MapPlace) -> str:
    """ "Mandatory"; where nothing is ordered on that day, so it is said."""
    return label(place.order) if place.order else _("no order")


def hits(found: Hits | None) -> str:
    """ "3 hits, the last 15.08.2023 04:10" """
    if found is None:
        return ""
    text = ngettext("{n} hit, {when}", "{n} hits, the last {when}", found.count)
    return text.format(n=texts.number(found.count), when=texts.moment(found.last))


def there(place: MapPlace) -> str:
    """ "31 people still there, 12 of them ready" """
    if not place.known:
        return _("nobody known here")
    n = place.remaining
    still = ngettext("{n} person still there", "{n} people still there", n).format(n=texts.number(n))
    return _("{still_there}, {ready} of them ready").format(still_there=still, ready=texts.number(place.ready))


def where(place: MapPlace) -> str:
    """Why it does not stand where it is, or not at all; "" where it does."""
    if place.spot is None:
        return _("not on the map: its coordinates are not known")
    return _("its place is estimated: the hromada's centre") if place.estimated else ""


def trips(place: MapPlace) -> str:
    return _("trips of the day: {numbers}").format(numbers=", ".join(place.trips)) if place.trips else ""


def in_full(place: MapPlace) -> str:
    """Everything that the map says of it by size, colour and rings."""
    evacuation = _("evacuation: {order}").format(order=order(place))
    parts = (name(place), there(place), evacuation, hits(place.hits), trips(place), where(place))
    return " · ".join(part for part in parts if part)
