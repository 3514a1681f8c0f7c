"""Places: how far each settlement is covered, its streets, names, orders and curfews. One list a tab."""

from __future__ import annotations

from types import MappingProxyType

from coordinator.outcome import Touched
from resources.i18n import _
from ui.pages.places_records import LISTS, LOOKS
from ui.pages.records import RecordsPage
from ui.pages.roads import RoadsView
from ui.pages.roads_records import ROADS


class PlacesPage(RecordsPage):
    name = "places"
    depends_on = Touched.PLACES | Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.EVENTS | Touched.SHELLING
    looks = LOOKS
    records = (ROADS, *LISTS)
    own_views = MappingProxyType({"roads": RoadsView})

    def title(self) -> str:
        return _("Places")
