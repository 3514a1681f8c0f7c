"""Planning as the page shows it: a strip with the best so far, the way to stop, and what came of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from resources.i18n import _
from ui.pages.base import Page, PageContext
from ui.pages.schedule_planning import Ended, Planner, ended_words
from ui.widgets.schedule.reading import DayView
from ui.widgets.schedule.strips import PlanningStrip


class PlanRun(QObject):
    """`changed` when planning begins or ends. The page stays usable meanwhile."""

    changed = Signal()

    def __init__(self, context: PageContext, page: Page, strip: PlanningStrip) -> None:
        super().__init__(page)
        self._context, self._strip = context, strip
        self.planner: Planner | None = None
        strip.timer.timeout.connect(self._look)
        strip.stop_wanted.connect(self.stop)

    def start(self, view: DayView, seconds: float) -> None:
        """The old plan stands until a better one is saved."""
        self.planner = Planner(self._context, view.board.day, seconds, self._ended)
        self._strip.timer.start()
        self._look()
        self.changed.emit()
        self.planner.start()

    def stop(self) -> None:
        """Keep the best so far."""
        if self.planner is not None:
            self.planner.stop()

    def _look(self) -> None:
        if self.planner is not None:
            best = self.planner.best
            self._strip.show_progress(best.share, best.words(), stopping=best.stopping)

    def _ended(self, ended: Ended) -> None:
        planner, self.planner = self.planner, None
        self._strip.end()
        self.changed.emit()
        text, kind = ended_words(ended)
        if ended.offered is None or planner is None:
            self._context.show_notice(text, kind)
            return
        plan, problem = ended.offered
        self._context.show_notice(text, kind, step=_("Use the one found"), then=lambda: planner.save(plan, problem))
