"""Fleet: vehicles, drivers, destinations, settings. One list a tab."""

from __future__ import annotations

from coordinator.exchange.wanted import ExportKind
from coordinator.outcome import Touched
from resources.i18n import _
from ui.exporting import open_export
from ui.pages.fleet_records import LISTS
from ui.pages.records import RecordsPage


class FleetPage(RecordsPage):
    name = "fleet"
    depends_on = Touched.FLEET | Touched.PLACES | Touched.SETTINGS | Touched.HOUSEHOLDS
    records = LISTS

    def export(self) -> bool:
        return open_export(self, ExportKind.FLEET)

    def title(self) -> str:
        return _("Fleet")
