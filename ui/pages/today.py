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
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coordinator.exchange.wanted import ExportKind
from coordinator.outcome import Change, Touched
from coordinator.queries.calls import overdue_count
from coordinator.queries.charts import Span, Wish
from coordinator.queries.counts import Dashboard, dashboard
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.queries.risen import Risen, risen
from coordinator.queries.saved_views import counts, saved_views
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.charts.calm import Calm
from ui.charts.card import ChartCard
from ui.charts.opening import open_point
from ui.charts.reading import read_chart
from ui.exporting import open_export
from ui.pages.base import Page, PageContext
from ui.pages.today_tables import DAY_COLUMNS, PLACE_COLUMNS, day_rows
from ui.tables.columns import prepare
from ui.tables.model import TableModel
from ui.tables.view import TableView
from ui.widgets.attention import Attention, Notice
from ui.widgets.figure import Figure
from ui.widgets.pinned_views import Pinned, PinnedViews

CHARTS_SHOWN = {"daily": Wish(Span.TEN_DAYS), "running": Wish(Span.COUNTED)}
"""The charts of this page, and over which days."""


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
        self.charts = {key: ChartCard(zooms=False, low=True) for key in CHARTS_SHOWN}
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
        for place, card in enumerate(self.charts.values()):
            card.opened.connect(partial(self._open, card))
            grid.addWidget(card, 0, place)
            grid.setColumnStretch(place, 1)
        column.addLayout(grid, 3)
        column.addWidget(self._tables(), 2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

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
        for key, card in self.charts.items():
            context.tasks.run_query(
                read_chart, context.counts, key, CHARTS_SHOWN[key], context.day, done=card.show_read,
                key=(self, key),
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

    def _notices(self, rose: Risen) -> list[Notice]:
        if not rose.households:
            return []
        then = partial(self.context.navigate, "next", shelled=True)
        return [Notice(shelled_sentence(rose), "hit", then)]

    def _open(self, card: ChartCard, at: int) -> None:
        open_point(self.context, card, at, self)

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
