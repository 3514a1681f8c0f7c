"""The dashboard: the day in figures, the last ten days in words, bars, running total, settlements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coordinator.domain.charts import Asked
from coordinator.domain.counting import THEMSELVES, TenDays, people, ten_days
from coordinator.domain.crews import ALARMS
from coordinator.domain.days import last_days
from coordinator.domain.figures import ByAge, Persons
from coordinator.exchange.wanted import ExportKind
from coordinator.outcome import Change, Touched
from coordinator.queries.calls import overdue_count
from coordinator.queries.charts import Span, Wish
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.counts import TEN_DAYS, Dashboard, dashboard
from coordinator.queries.crews import day_crews
from coordinator.queries.registry_memory import RegistryMemory
from coordinator.queries.risen import Risen, risen
from coordinator.queries.saved_views import counts, saved_views
from coordinator.session import Session
from resources.i18n import _, ngettext
from ui import texts, theme
from ui.charts.calm import Calm
from ui.charts.card import ChartCard
from ui.charts.opening import open_point
from ui.charts.reading import ChartRead, read_chart
from ui.dialogs.behind import show_behind
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
        | Touched.SHELLING | Touched.FLEET | Touched.SETTINGS
    )  # fmt: skip

    def __init__(self, context: PageContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._calm = Calm(self, self._read)
        self.sentence, self._as_of = QLabel(), QLabel()
        self.who = QPushButton(_("Who they are"))
        self.who.clicked.connect(self._ask_who)
        self._board: Dashboard | None = None
        theme.dress(self.who, "link")
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
        """Above the day's trips, below how it stands; each leads to its rows."""
        go = self.context.navigate
        day = {
            "planned": Figure(_("Planned today"), then=partial(self._open_day, "planned")),
            "boarded": Figure(_("On the way"), then=partial(self._open_day, "boarded")),
            "arrived": Figure(_("Arrived today"), then=partial(self._open_day, "arrived")),
            "refused": Figure(_("Refused at the door"), then=partial(self._open_day, "refused")),
            "not_home": Figure(_("Not home"), then=partial(self._open_day, "not_home")),
            "open": Figure(_("Without a result yet"), then=partial(self._open_day, "unresolved")),
            "left_over": Figure(_("Ready and in no trip"), then=partial(self._open_day, "left_over")),
        }
        stands = {
            "ready": Figure(_("Ready for this day"), then=self._open_ready, low=True),
            "there": Figure(_("Still there"), then=self._ask_there, low=True),
            "overdue": Figure(_("Overdue call-backs"), then=partial(go, "calls", overdue=True), low=True),
            "crews": Figure(_("Crews overdue or silent"), then=partial(go, "crews"), low=True),
        }
        self._figure_rows = (day, stands)
        return day | stands

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.unit(16)] * 4)
        column.setSpacing(theme.unit(12))
        head = QVBoxLayout()
        head.setSpacing(theme.unit(2))
        head.addWidget(self.sentence)
        below = QHBoxLayout()
        below.addWidget(self._as_of)
        below.addWidget(self.who)
        below.addStretch(1)
        head.addLayout(below)
        column.addLayout(head)
        column.addWidget(self.attention)
        for figures in self._figure_rows:
            row = QHBoxLayout()
            row.setSpacing(theme.unit(10))
            for figure in figures.values():
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
        scroll.setAccessibleName(self.title())
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
        places.opened.connect(lambda key: self._open_place(key, _column(places, self._places)))
        days.opened.connect(lambda key: self._ask_day(date.fromisoformat(key), _column(days, self._days)))
        self._tabs.addTab(places, _("By settlement, last ten days"))
        self._tabs.addTab(days, _("By day"))
        return self._tabs

    def _read(self) -> None:
        context = self.context
        context.tasks.run_query(
            _read, context.counts, context.memory, context.day, done=self._show, key="dashboard"
        )  # fmt: skip
        for key, card in self.charts.items():
            context.tasks.run_query(
                read_chart, context.counts, key, CHARTS_SHOWN[key], context.day, done=partial(self._show_chart, card),
                key=(self, key),
            )  # fmt: skip
        context.tasks.run_query(
            overdue_count, context.session, done=self._say_overdue, key="dashboard.calls"
        )  # fmt: skip
        context.tasks.run_query(
            _alarms, context.session, context.day, done=self._say_crews, key=(self, "crews")
        )  # fmt: skip

    def _show_chart(self, card: ChartCard, read: ChartRead) -> None:
        before = card.view
        card.show_read(read)
        if card.view is not before:
            # A view that is made later would be the last that Tab comes to, after the line at the bottom.
            views = [one.view for one in self.charts.values() if one.view is not None]
            for one, following in pairwise((self.figures["crews"], *views, self._tabs.tabBar())):
                QWidget.setTabOrder(one, following)

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

    def _open_day(self, which: str) -> None:
        """The people, or the households, that a figure of the day counts."""
        if self._board is not None:
            title = self.figures["open" if which == "unresolved" else which].accessibleName()
            way = _("To the schedule"), partial(self.context.navigate, "schedule")
            show_behind(self.context, self, title, getattr(self._board.today, which), self._board.as_of, way=way)

    def _open_ready(self) -> None:
        if self._board is not None:
            way = _("Households in the registry"), partial(self.context.navigate, "registry", ready=True)
            title = self.figures["ready"].accessibleName()
            show_behind(self.context, self, title, self._board.ready, self._board.as_of, way=way)

    def _ask_there(self) -> None:
        if self._board is not None:
            as_of = self._board.as_of
            self.context.tasks.run_query(
                self._board.there, done=partial(self._show_there, as_of), key=(self, "there")
            )  # fmt: skip

    def _show_there(self, as_of: datetime, there: ByAge[Persons]) -> None:
        counted = [(_("Still there"), there.all), (_("Still there, children"), there.children)]
        way = _("Households in the registry"), partial(self.context.navigate, "registry", there=True)
        show_behind(self.context, self, self.figures["there"].accessibleName(), counted, as_of, way=way)

    def _ask_who(self) -> None:
        """The people of the ten-day sentence."""
        self.context.tasks.run_query(
            _people_of_ten_days, self.context.counts, self.context.day, done=self._show_who, key=(self, "who")
        )

    def _show_who(self, told: TenDays) -> None:
        title = _("Who left, {since} – {until}").format(
            since=texts.day_short(told.since), until=texts.day_short(told.until)
        )
        counted = [
            (_("By us"), told.people), (_("By us, children"), told.children), (_("By all known"), told.known),
            (_("By all known, children"), told.known_children),
        ]  # fmt: skip
        show_behind(self.context, self, title, counted, told.as_of, Asked(told.since, told.until))

    def _open_place(self, key: str, column: str) -> None:
        """The people of a settlement whom the column that is current counts."""
        board, row = self._board, self._places.row_of(key)
        place = None if row is None else self._places.record(row)
        if board is None or place is None:
            return
        counted = [
            (_("By us in ten days"), place.moved.all), (_("of them children"), place.moved.children),
            (_("Still there"), place.there.all), (_("Still there, children"), place.there.children),
        ]  # fmt: skip
        since, until = last_days(board.day, TEN_DAYS)
        first = ("people", "children", "remaining")
        show_behind(
            self.context, self, place.settlement or _("not known"), counted, board.as_of, Asked(since, until),
            first.index(column) if column in first else 0 if place.people else 2,
        )  # fmt: skip

    def _ask_day(self, day: date, column: str) -> None:
        self.context.tasks.run_query(
            _people_of_day, self.context.counts, day, done=partial(self._show_day, day, column), key=(self, "day")
        )

    def _show_day(self, day: date, column: str, told: tuple[datetime, dict[str, Persons]]) -> None:
        as_of, people = told
        words = {each.key: _(each.title) for each in DAY_COLUMNS}
        words["children"] = _("By us, children")
        words["total_children"] = _("By us since the first day, children")
        counted = [(words[key], figure) for key, figure in people.items()]
        keys = list(people)
        show_behind(
            self.context, self, texts.day_long(day), counted, as_of, Asked(None, day),
            keys.index(column) if column in keys else 0,
        )  # fmt: skip

    def _say_crews(self, count: int) -> None:
        self.figures["crews"].say(count, ngettext("crew", "crews", count))

    def _say_overdue(self, count: int) -> None:
        self.figures["overdue"].say(count, texts.households_word(count))

    def _say(self, board: Dashboard) -> None:
        self._board = board
        self.sentence.setText(ten_days_sentence(board))
        self.who.setVisible(bool(board.ten_days.people))
        self._as_of.setText(_("As of {time}. Persons, each counted once.").format(time=texts.clock_short(board.as_of)))
        today, show = board.today, self.figures
        for key, who in (("planned", today.planned), ("boarded", today.boarded), ("arrived", today.arrived)):
            show[key].say(who.value, texts.people_word(who.value))
        for key, households in (
            ("refused", today.refused), ("not_home", today.not_home), ("left_over", today.left_over),
        ):  # fmt: skip
            show[key].say(households.value, texts.households_word(households.value))
        show["open"].say(today.open_households, texts.households_word(today.open_households))
        ready, there = board.ready_people, board.people_there
        show["ready"].say(ready, ngettext("person in {households}", "people in {households}", ready).format(
            households=texts.households(board.ready_households)))  # fmt: skip
        show["there"].say(there, ngettext("person, {children}", "people, {children}", there).format(
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


def _read(remembered: CountMemory, memory: RegistryMemory, day: date) -> tuple[Dashboard, Any, Any, Pinned, Risen]:
    session = remembered.session
    board = dashboard(session, day, remembered)
    days = prepare(DAY_COLUMNS, day_rows(board), lambda row: row.day.isoformat())
    places = prepare(PLACE_COLUMNS, board.by_settlement, lambda row: row.key)
    views = [view for view in saved_views(session) if view.pinned]
    found = counts(views, memory.rows(day), day) if views else {}
    return board, days, places, [(view, found[view.id]) for view in views], risen(session, day)


def _alarms(session: Session, day: date) -> int:
    """Crews that are overdue, out too late or silent now; the crews' page and the bottom line go by the same rule."""
    return sum(standing.state in ALARMS for _line, standing in day_crews(session, day).at(session.clock()))


def _people_of_ten_days(memory: CountMemory, day: date) -> TenDays:
    book = memory.book()
    return ten_days(book.ledger, day, book.as_of)


def _people_of_day(memory: CountMemory, day: date) -> tuple[datetime, dict[str, Persons]]:
    """By the keys of the table of days: whom its figures of this day count."""
    book = memory.book()
    ours, alone = people(book.ledger, day, day), people(book.ledger, day, day, THEMSELVES)
    since = people(book.ledger, None, day)
    return book.as_of, {
        "people": ours.all, "children": ours.children, "alone": alone.all, "total": since.all,
        "total_children": since.children,
    }  # fmt: skip


def _column(table: TableView, rows: TableModel[Any]) -> str:
    """Key of the column that is current."""
    return rows.columns[max(0, table.currentIndex().column())].key
