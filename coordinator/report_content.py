"""A daily report as it is sent, in figures: what is frozen in the register, and what is drawn and written from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from coordinator.domain.corrections import Correction, Days, Shift
from coordinator.exchange.hiding import Cell
from coordinator.exchange.out_counts import SummaryLine
from coordinator.summary_content import DayBar


@dataclass(frozen=True, slots=True)
class ReportContent:
    """Figures as known at `as_of`. `hidden`: cells that did not leave, since they are below `hide_below` or tell one.

    `since`: first day of the running total, None: of all. `days`: the last days up to the day of the report.
    """

    day: date
    as_of: datetime
    since: date | None
    hide_below: int
    lines: tuple[SummaryLine, ...]
    hidden: frozenset[Cell] = frozenset()
    days: tuple[DayBar, ...] = ()
    corrections: tuple[Correction, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "as_of": self.as_of.isoformat(),
            "since": self.since.isoformat() if self.since else None,
            "hide_below": self.hide_below,
            "lines": [{**asdict(line), "day": line.day.isoformat()} for line in self.lines],
            "hidden": sorted(map(list, self.hidden)),
            "days": [{**asdict(bar), "day": bar.day.isoformat()} for bar in self.days],
            "corrections": [_correction_json(one) for one in self.corrections],
        }

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> ReportContent:
        """As `to_json` wrote it; what an older program did not know is empty."""
        since = told.get("since")
        return cls(
            date.fromisoformat(told["day"]), datetime.fromisoformat(told["as_of"]),
            date.fromisoformat(since) if since else None, told.get("hide_below", 0),
            tuple(_made(SummaryLine, line) for line in told["lines"]),
            frozenset((kind, which, name) for kind, which, name in told.get("hidden", ())),
            tuple(_made(DayBar, bar) for bar in told.get("days", ())),
            tuple(map(_correction, told.get("corrections", ()))),
        )  # fmt: skip

    def same_figures(self, other: ReportContent) -> bool:
        """Whether both say the same, whenever they were read."""
        return replace(self, as_of=other.as_of) == other


def _made(kind: Any, told: Mapping[str, Any]) -> Any:
    known = {field.name for field in fields(kind)}
    values = {name: value for name, value in told.items() if name in known}
    return kind(**{**values, "day": date.fromisoformat(values["day"])})


def _correction_json(one: Correction) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "report": one.report,
        "people": _shift_json(one.people),
        "children": list(one.children),
        "alone": _shift_json(one.alone),
        "alone_children": list(one.alone_children),
    }


def _shift_json(one: Shift) -> dict[str, Any]:
    return {
        "sent": one.sent,
        "now": one.now,
        "recorded": [[day.isoformat(), n] for day, n in one.recorded],
        "withdrawn": [[day.isoformat(), n] for day, n in one.withdrawn],
    }


def _correction(told: Mapping[str, Any]) -> Correction:
    sent, now = told["children"]
    alone_sent, alone_now = told["alone_children"]
    return Correction(
        date.fromisoformat(told["day"]), told["report"], _shift(told["people"]), (sent, now), _shift(told["alone"]),
        (alone_sent, alone_now),
    )  # fmt: skip


def _shift(told: Mapping[str, Any]) -> Shift:
    def days(name: str) -> Days:
        return tuple((date.fromisoformat(day), n) for day, n in told[name])

    return Shift(told["sent"], told["now"], days("recorded"), days("withdrawn"))
