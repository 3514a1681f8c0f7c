"""Reports: what would be said of the working date, what was sent and is known otherwise since; published counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from coordinator.outcome import Touched
from resources.i18n import _
from ui.pages.published_records import PUBLISHED
from ui.pages.published_view import PublishedView
from ui.pages.records import ListView, RecordsPage, RecordsView
from ui.pages.reports_view import ReportsView


class ReportsPage(RecordsPage):
    name = "reports"
    depends_on = (
        Touched.EVENTS | Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.PLACES | Touched.SETTINGS | Touched.SCHEDULE
    )
    records = (PUBLISHED,)
    own_views: Mapping[str, type[RecordsView]] = MappingProxyType({PUBLISHED.name: PublishedView})

    def title(self) -> str:
        return _("Reports")

    def first_views(self) -> Sequence[ListView]:
        self.reports = ReportsView(self.context, self)
        return [self.reports]

    def export(self) -> bool:
        """Ctrl+S: the workbook of the report that is chosen."""
        if self._current() is not self.reports or self.reports.chosen() is None:
            return False
        self.reports.save_book()
        return True
