"""The dashboard: the day in figures, the last ten days in words, bars, running total, settlements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.days import last_days
from coordinator.exchange.wanted import ExportKind
from coordinator.outcome import Change, Touched
from coordinator.queries.calls import overdue_count
from coordinator.queries.counts import TEN_DAYS, Dashboard, dashboard
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.queries.risen import Risen, risen
from coordinator.queries.saved_views import counts, saved_views
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.charts.cumulative import RunningTotal
from ui.charts.daily import DailyBars
from ui.charts.legend import DASHED, HATCHED, LINE, SOLID, Legend
from ui.charts.plot import Calm
from ui.exporting import open_export
from ui.pages.base import Page, PageContext
from ui.pages.today_tables import DAY_COLUMNS, PLACE_COLUMNS, day_rows
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.attention import Attention, Notice
from ui.widgets.figure import Figure
from ui.widgets.pinned_views import Pinned, PinnedViews

WEEKS_SHOWN = 28


class TodayPage(Page):
    """Every figure names its unit and leads to the rows behind it; "as of" says when it was read."""

    name = "today"
    depends_on = (
        Touched.HOUSEHOLDS | Touched.DECISIONS | Touched.SCHEDULE | Touched.EVENTS | Touched.PLACES | Touched.VIEWS
        | Touched.SHELLING
    )  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._calm = Calm(self, self._read)
        self.sentence, self._as_of = QLabel(), QLabel()
        theme.dress(self.sentence, "title")
        theme.dress(self._as_of, "small")
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures = self._make_figures()
        self.attention = Attention()
        self.pinned = PinnedViews(lambda key: context.navigate("registry", view=key))
        self._bars, self._total = DailyBars(), RunningTotal()
        self._days = TableModel(DAY_COLUMNS)
        self._places = TableModel(PLACE_COLUMNS)
        self._lay_out()

    def export(self) -> bool:
        return open_export(self, ExportKind.DAILY_SUMMARY)

    def title(self) -> str:
        return _("Today")

    def refresh(self, change: Change | None) -> None:
        self._calm.ask()

    def state(self) -> dict[str, Any]:
        return {"tab": self._tabs.currentIndex()}

    def restore(self, state: Mapping[str, Any]) -> None:
        self._tabs.setCurrentIndex(int(state.get("tab", 0)))

    def _make_figures(self) -> dict[str, Figure]:
        schedule = lambda: self.context.navigate("schedule")  # noqa: E731
        return {
            "planned": Figure(_("Planned today"), then=schedule),
            "boarded": Figure(_("On the way"), then=schedule),
            "arrived": Figure(_("Arrived today"), then=schedule),
            "open": Figure(_("Without a result yet"), then=schedule),
            "ready": Figure(_("Ready for this day"), then=lambda: self.context.navigate("registry", ready=True)),
            "there": Figure(_("Still there"), then=lambda: self.context.navigate("registry", there=True)),
            "overdue": Figure(_("Overdue call-backs"), then=lambda: self.context.navigate("calls", overdue=True)),
        }

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(12))
        head = QVBoxLayout()
        head.setSpacing(theme.unit(2))
        head.addWidget(self.sentence)
        head.addWidget(self._as_of)
        column.addLayout(head)
        column.addWidget(self.attention)
        row = QHBoxLayout()
        row.setSpacing(theme.unit(10))
        for figure in self.figures.values():
            row.addWidget(figure, 1)
        column.addLayout(row)
        column.addWidget(self.pinned)
        grid = QGridLayout()
        grid.setSpacing(theme.unit(14))
        grid.addWidget(self._card(_("Persons a day"), self._bars, self._bar_legend()), 0, 0)
        grid.addWidget(self._card(_("Persons since the first day"), self._total, self._line_legend()), 0, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid, 3)
        column.addWidget(self._tables(), 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _card(self, heading: str, plot: QWidget, legend: QWidget) -> QFrame:
        card = QFrame()
        theme.dress(card, "card")
        column = QVBoxLayout(card)
        label = QLabel(heading)
        theme.dress(label, "heading")
        column.addWidget(label)
        column.addWidget(legend)
        plot.setMinimumHeight(theme.unit(150))
        plot.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        column.addWidget(plot, 1)
        return card

    def _bar_legend(self) -> Legend:
        return Legend(
            [
                ("chart_adults", SOLID, _("adults by us")),
                ("chart_children", SOLID, _("children by us")),
                ("chart_self", HATCHED, _("by themselves")),
            ]
        )

    def _line_legend(self) -> Legend:
        return Legend([("chart_total", LINE, _("all by us")), ("chart_children", DASHED, _("children among them"))])

    def _tables(self) -> QTabWidget:
        self._tabs = QTabWidget()
        places = TableView(self._places, _("By settlement"))
        days = TableView(self._days, _("By day"))
        for table in (places, days):
            table.setMinimumHeight(theme.unit(140))
        places.opened.connect(lambda name: self.context.navigate("registry", settlement=name))
        self._tabs.addTab(places, _("By settlement, last ten days"))
        self._tabs.addTab(days, _("By day"))
        return self._tabs

    def _read(self) -> None:
        context = self.context
        context.tasks.run_query(
            _read, context.session, context.memory, context.day, done=self._show, key="dashboard"
        )  # fmt: skip
        context.tasks.run_query(
            overdue_count, context.session, context.day, done=self._say_overdue, key="dashboard.calls"
        )  # fmt: skip

    def _show(self, read: tuple[Dashboard, Any, Any, Pinned, Risen]) -> None:
        board, days, places, pinned, rose = read
        self.attention.show_notices(self._notices(rose))
        self._say(board)
        self.pinned.show_views(pinned)
        self._days.set_rows(days)
        self._places.set_rows(places)
        first, last = last_days(board.day, TEN_DAYS)
        self._bars.show_counts(board.overall.by_day, first, last)
        totals = board.running_total
        begin = max(totals[0][0], last_days(board.day, WEEKS_SHOWN)[0]) if totals else first
        self._total.show_totals(totals, min(begin, first), last)

    def _notices(self, rose: Risen) -> list[Notice]:
        if not rose.households:
            return []
        then = partial(self.context.navigate, "next", shelled=True)
        return [Notice(shelled_sentence(rose), "hit", then)]

    def _say_overdue(self, count: int) -> None:
        self.figures["overdue"].say(count, texts.households_word(count))

    def _say(self, board: Dashboard) -> None:
        self.sentence.setText(ten_days_sentence(board))
        self._as_of.setText(_("As of {time}. Persons, each counted once.").format(time=texts.clock(board.as_of)))
        today, show = board.today, self.figures
        show["planned"].say(today.planned, texts.people_word(today.planned))
        show["boarded"].say(today.boarded, texts.people_word(today.boarded))
        show["arrived"].say(today.arrived, texts.people_word(today.arrived))
        show["open"].say(today.open_households, texts.households_word(today.open_households))
        show["ready"].say(board.ready_people, _("people in {households}").format(
            households=texts.households(board.ready_households)))  # fmt: skip
        show["there"].say(board.people_there, _("people, {children}").format(
            children=texts.children(board.children_there)))  # fmt: skip


def ten_days_sentence(board: Dashboard) -> str:
    """ "By us 598 people in 10 days, 123 of them children; by all known 640." """
    ten = board.ten_days
    if not ten.by_all_known:
        return _("Nobody has been evacuated in the last 10 days, as far as is known here.")
    text = ngettext(
        "By us {people} person in 10 days, {children} of them children; by all known {known}.",
        "By us {people} people in 10 days, {children} of them children; by all known {known}.",
        ten.people,
    )
    return text.format(
        people=texts.number(ten.people), children=texts.number(ten.children), known=texts.number(ten.by_all_known)
    )


def shelled_sentence(rose: Risen) -> str:
    """ "Shelled close by since yesterday: 12 households, 31 people still there (вул. Садова)" """
    households, people = texts.households(rose.households), texts.people(rose.people)
    text = _("Shelled close by since yesterday: {households}, {people} still there").format(
        households=households, people=people
    )
    return f"{text} ({', '.join(rose.streets)})" if rose.streets else text


def _read(session: Session, memory: RegistryMemory, day: date) -> tuple[Dashboard, Any, Any, Pinned, Risen]:
    board = dashboard(session, day)
    days = prepare(DAY_COLUMNS, day_rows(board), lambda row: row.day.isoformat())
    places = prepare(PLACE_COLUMNS, board.by_settlement, lambda row: row.settlement)
    views = [view for view in saved_views(session) if view.pinned]
    found = counts(views, memory.rows(day), day) if views else {}
    return board, days, places, [(view, found[view.id]) for view in views], risen(session, day)
