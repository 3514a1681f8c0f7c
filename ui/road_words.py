"""Trips that are to drive a closed road, in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from coordinator.queries.roads import RoadTrip
from resources.i18n import _, ngettext

MOST_NAMED = 6


def trips_sentence(trips: Sequence[RoadTrip]) -> str:
    """ "Closed. 2 trips are to drive there: 2023-08-15/1 (AX0001AA, on the road), …" """
    named = [
        _("{list} ({plate}, on the road already)").format(list=trip.list_number, plate=trip.plate)
        if trip.departed
        else f"{trip.list_number} ({trip.plate})"
        for trip in trips
    ]
    more = len(named) - MOST_NAMED
    words = ", ".join(named[:MOST_NAMED]) + (_(" and {count} more").format(count=more) if more > 0 else "")
    text = ngettext(
        "Closed. {count} trip is to drive there: {trips}. Move its stops, or plan the day again.",
        "Closed. {count} trips are to drive there: {trips}. Move their stops, or plan the day again.",
        len(trips),
    )
    return text.format(count=len(trips), trips=words)
