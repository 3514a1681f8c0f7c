"""Planning a day from the window: the problem is read, solved in the pool, and saved where it is better.

No connection is held while the solver works. Not a Qt object on purpose: a plan that is under way when the
language is switched is saved all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import shiboken6
from PySide6.QtCore import QObject

from coordinator.domain.schedule import DayPlan, DayProblem
from coordinator.errors import UserError
from coordinator.planning.solve import plan_day
from coordinator.planning.worth import people_in
from coordinator.queries.problem import build_problem
from coordinator.services.schedule import SavedPlan, Weighed, save_plan, weigh
from resources.i18n import _
from ui import texts
from ui.pages.base import PageContext
from ui.plan_words import best_words, plan_words, stays_words
from ui.progress import Progress
from ui.widgets.notice_bar import Kind


@dataclass(slots=True)
class Best:
    """How far the solver is, written by its thread and looked at by the window."""

    share: float = 0.0
    people: int = 0
    trips: int = 0
    wanted: int = 0
    stopping: bool = False

    def words(self) -> str:
        if not self.trips:
            return _("Planning {people}…").format(people=texts.people(self.wanted))
        return best_words(self.people, self.wanted, self.trips)


@dataclass(slots=True)
class Ended:
    """What came of it. `saved` None: the plan before stays. People served: of the one found, and before."""

    saved: SavedPlan | None = None
    offered: tuple[DayPlan, DayProblem] | None = None
    served: int = 0
    served_before: int = 0
    error: UserError | None = None


@dataclass(slots=True)
class Planner:
    """One run: `start`, `stop` keeps the best so far, `ended(Ended)` is called once unless something was ours."""

    context: PageContext
    day: date
    seconds: float
    ended: Callable[[Ended], object]
    best: Best = field(default_factory=Best)
    _work: int = 0
    _began: bool = False
    _problem: DayProblem | None = None

    def start(self) -> None:
        self.context.tasks.run_query(
            build_problem, self.context.session, self.day, done=self._solve, failed=self._failed
        )

    def stop(self) -> None:
        self.best.stopping = True
        self.context.tasks.cancel(self._work)

    def save(self, plan: DayPlan, problem: DayProblem) -> None:
        self.context.tasks.run_verb(
            save_plan, self.context.session, self.day, plan, problem, done=self._saved, failed=self._failed,
        )  # fmt: skip

    def _solve(self, problem: DayProblem) -> None:
        self._problem = problem
        self.best.wanted = people_in(problem, {pickup.household_id for pickup in problem.pickups})
        self._work = self.context.tasks.run_work(
            self._search, problem, done=self._solved, ended=self._not_begun, label=_("Planning the day"), progress=True
        )
        if self.best.stopping:
            self.context.tasks.cancel(self._work)

    def _search(self, problem: DayProblem, *, progress: Progress) -> DayPlan:
        """In the pool."""
        self._began = True
        people = {pickup.household_id: pickup.load.people for pickup in problem.pickups}

        def watched(share: float, best: DayPlan | None) -> bool:
            self.best.share = share
            if best is not None:
                self.best.trips = len(best.trips)
                self.best.people = sum(people[stop.household_id] for trip in best.trips for stop in trip.stops)
            going = progress(share)
            self.best.stopping = not going
            return going

        return plan_day(problem, self.seconds, watched)

    def _not_begun(self) -> None:
        """Cancelled before the solver began: there is nothing better than what stands."""
        if not self._began:
            self._end(Ended())

    def _solved(self, plan: DayPlan) -> None:
        problem = self._problem
        assert problem is not None
        self.context.tasks.run_query(
            weigh, self.context.session, self.day, plan, problem,
            done=partial(self._weighed, plan, problem), failed=self._failed,
        )  # fmt: skip

    def _weighed(self, plan: DayPlan, problem: DayProblem, weighed: Weighed) -> None:
        """A plan that serves nobody is saved where nobody stood before: it has the reasons."""
        as_good = weighed.gain == 0 and not self.best.stopping and (plan.trips or not weighed.before)
        if weighed.gain > 0 or as_good:
            self.save(plan, problem)
            return
        offered = (plan, problem) if plan.trips else None
        self._end(Ended(None, offered, weighed.found, weighed.before))

    def _saved(self, saved: SavedPlan) -> None:
        self._end(Ended(saved))

    def _failed(self, error: UserError) -> None:
        self._end(Ended(error=error))

    def _end(self, ended: Ended) -> None:
        """Tell the page, unless it was made anew meanwhile."""
        page = getattr(self.ended, "__self__", None)
        if not isinstance(page, QObject) or shiboken6.isValid(page):
            self.ended(ended)


def ended_words(ended: Ended) -> tuple[str, Kind]:
    """What is said when planning has ended."""
    if ended.error is not None:
        return texts.error_text(ended.error), Kind.WARNING
    if ended.saved is not None:
        return plan_words(ended.saved), Kind.WARNING if ended.saved.void_lists else Kind.SUCCESS
    if ended.offered is None:
        return _("No better plan was found. The plan before stays as it was."), Kind.INFO
    return stays_words(ended.served_before, ended.served), Kind.INFO
