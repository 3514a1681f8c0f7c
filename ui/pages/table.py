"""The pages of the window in the order of the sidebar: name -> how it is made.

A page's words, icon and keys are those of the action "page.<name>" in `ui.actions`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ui.pages.base import Page, PageContext
from ui.pages.calls import CallsPage
from ui.pages.charts import ChartsPage
from ui.pages.crews import CrewsPage
from ui.pages.duplicates import DuplicatesPage
from ui.pages.fleet import FleetPage
from ui.pages.history import HistoryPage
from ui.pages.import_ import ImportPage
from ui.pages.map import MapPage
from ui.pages.next import NextPage
from ui.pages.places import PlacesPage
from ui.pages.registry import RegistryPage
from ui.pages.reports import ReportsPage
from ui.pages.safety import SafetyPage
from ui.pages.schedule import SchedulePage
from ui.pages.streets import StreetsPage
from ui.pages.today import TodayPage

PAGES: Mapping[str, Callable[[PageContext], Page]] = {
    "today": TodayPage,
    "charts": ChartsPage,
    "registry": RegistryPage,
    "next": NextPage,
    "calls": CallsPage,
    "streets": StreetsPage,
    "map": MapPage,
    "schedule": SchedulePage,
    "crews": CrewsPage,
    "reports": ReportsPage,
    "fleet": FleetPage,
    "places": PlacesPage,
    "import": ImportPage,
    "duplicates": DuplicatesPage,
    "history": HistoryPage,
    "safety": SafetyPage,
}
