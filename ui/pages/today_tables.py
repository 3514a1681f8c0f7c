"""The tables beside the charts of the dashboard: the same figures for screen readers and for copying."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from coordinator.queries.counts import Dashboard, PlaceCount
from resources.i18n import N_, _
from ui import texts
from ui.tables.columns import Column


class DayRow(NamedTuple):
    day: date
    people: int
    children: int
    alone: int
    total: int
    total_children: int


def day_rows(board: Dashboard) -> list[DayRow]:
    """The days that have a report, the newest first."""
    totals = {day: (people, children) for day, people, children in board.running_total}
    rows = [
        DayRow(entry.day, entry.people, entry.children, entry.self_evacuated, *totals.get(entry.day, (0, 0)))
        for entry in board.overall.by_day
    ]
    return rows[::-1]


DAY_COLUMNS: list[Column[DayRow]] = [
    Column("day", N_("Day"), lambda r: texts.day_short(r.day), sort=lambda r: r.day, width=12, always=True),
    Column("people", N_("By us"), lambda r: texts.number(r.people), sort=lambda r: r.people, right=True),
    Column("children", N_("of them children"), lambda r: texts.number(r.children),
           sort=lambda r: r.children, right=True),
    Column("alone", N_("By themselves"), lambda r: texts.number(r.alone), sort=lambda r: r.alone, right=True),
    Column("total", N_("By us since the first day"), lambda r: texts.number(r.total),
           sort=lambda r: r.total, right=True, width=22),
    Column("total_children", N_("of them children"), lambda r: texts.number(r.total_children),
           sort=lambda r: r.total_children, right=True),
]  # fmt: skip

PLACE_COLUMNS: list[Column[PlaceCount]] = [
    Column("settlement", N_("Settlement"), lambda r: r.settlement or _("not known"), width=28, always=True),
    Column("people", N_("By us in ten days"), lambda r: texts.number(r.people),
               sort=lambda r: r.people, right=True, width=18),
    Column("children", N_("of them children"), lambda r: texts.number(r.children),
               sort=lambda r: r.children, right=True, width=18),
    Column("remaining", N_("Still there"), lambda r: texts.number(r.remaining),
               sort=lambda r: r.remaining, right=True, width=18),
]  # fmt: skip
