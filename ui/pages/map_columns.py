"""The table beside the map: the same settlements in words and figures."""

from __future__ import annotations

from coordinator.queries.day_map import MapPlace
from resources.i18n import N_, _
from ui import texts
from ui.tables.columns import Column
from ui.widgets.map import words

MAP_COLUMNS: list[Column[MapPlace]] = [
    Column("settlement", N_("Settlement"), lambda p: p.name or _("not known"), width=16, always=True,
           icon=lambda p: "" if p.spot and not p.estimated else "warning", tooltip=words.in_full),
    Column("remaining", N_("Still there"), lambda p: texts.number(p.remaining) if p.known else "–",
           sort=lambda p: p.remaining, width=9, right=True),
    Column("ready", N_("Ready"), lambda p: texts.number(p.ready) if p.ready else "", sort=lambda p: p.ready, width=7,
           right=True),
    Column("order", N_("Evacuation"), lambda p: words.order(p) if p.order else "", width=13),
    Column("hits", N_("Recent hits"), lambda p: words.hits(p.hits), sort=lambda p: p.hits.count if p.hits else None,
           width=26, icon=lambda p: "hit" if p.hits else ""),
    Column("trips", N_("Trips of the day"), lambda p: ", ".join(p.trips), width=20),
    Column("hromada", N_("Hromada"), lambda p: p.hromada, width=16),
]  # fmt: skip
