"""A pickup list as the register keeps it once it is issued, and back: JSON that says all that the paper said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from coordinator.domain.person import Need
from coordinator.domain.schedule import Window
from coordinator.paper_content import ChildEscort, PaperStop, PickupList

_NOT_KEPT = ("draft", "copies", "first_copy")


def kept(paper: PickupList) -> dict[str, Any]:
    """The content of an issued list. For whom its copies are stands in the log of prints, not here."""
    said = asdict(paper)
    for passing in _NOT_KEPT:
        del said[passing]
    return {**said, "day": paper.day.isoformat(), "printed_at": paper.printed_at.isoformat()}


def kept_list(content: Mapping[str, Any]) -> PickupList:
    """The list as it was issued; after its people were removed from the register, without what named them."""
    said = dict(content)
    said["day"], said["printed_at"] = date.fromisoformat(said["day"]), datetime.fromisoformat(said["printed_at"])
    said["stops"] = tuple(_stop(stop) for stop in said["stops"])
    return PickupList(**said)


def _stop(content: Mapping[str, Any]) -> PaperStop:
    said = dict(content)
    said["window"] = Window(**said["window"]) if said["window"] else None
    said["needs"] = tuple(Need(code) for code in said["needs"] if code)
    said["escorts"] = tuple(ChildEscort(**entry) for entry in said["escorts"])
    for several in ("phones", "names"):
        said[several] = tuple(said[several])
    return PaperStop(**said)
