"""The charts: what is drawn is what the table says and what is counted; read by mouse, keys and ear; live."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coordinator.domain.charts import Chart, Drawing, Series
from coordinator.domain.counting import ORGANISED, THEMSELVES
from coordinator.domain.decision import Decision, Obstacle, Said
from coordinator.domain.events import EventKind
from coordinator.domain.person import Need
from coordinator.domain.published import Published, Told
from coordinator.domain.trip import StopResult
from coordinator.queries.charts import CHARTS, Span, Wish, leaving
from coordinator.queries.counts import dashboard
from coordinator.queries.ledger import book
from coordinator.services import decisions
from coordinator.services.arrival import trip_arrived
from coordinator.services.published import save_published
from coordinator.services.settings import set_option
from coordinator.session import Session
from coordinator.settings import HIDE_BELOW
from db import stores
from tests import naive_counts
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, on_trip, person_ids, record
from tests.ui.bench import Bench, press, unnamed
from ui import ask
from ui.charts.items import Bars, Line
from ui.charts.layers import amount
from ui.charts.picture import SIZE
from ui.charts.view import ChartView
from ui.crash import CrashDesk
from ui.dialogs.behind import BehindDialog
from ui.pages.charts import ChartsPage
from ui.pages.registry import RegistryPage
from ui.pages.today import TodayPage
from ui.widgets.empty_state import EmptyState

pytestmark = pytest.mark.usefixtures("dressed", "own_preferences")
GAP = date(2023, 8, 14)


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


@pytest.fixture
def busy(session: Session) -> Session:
    """Three days, one without a report; on the 17th two people are added to the 15th; one family left by itself."""
    add_settlement(session, "Подоли")
    add_settlement(session, "Дворічна", hromada="Дворічанська")
    add_hubs(session)
    session.clock = lambda: at(date(2023, 8, 13))
    first = add_household(session, "Коваль", people=3, children=1, needs=[Need.WHEELCHAIR])
    alone = add_household(session, "Щур", "Дворічна", people=2, children=1)
    decisions.record_departure(session, first, EventKind.OTHER_ORGANISATION, date(2023, 8, 13), "Порятунок")
    session.clock = lambda: at(DAY)
    carried = add_household(session, "Ткач", people=4, requested_at=at(GAP, 6))
    trip = on_trip(session, add_vehicle(session), carried)
    record(session, carried, StopResult.BOARDED, boarded=person_ids(session, carried))
    trip_arrived(session, trip)
    decisions.record_decision(session, alone, Said(Decision.LEFT_THEMSELVES, on=DAY))
    stays = add_household(session, "Мороз", "Дворічна", people=2)
    decisions.record_decision(session, stays, Said(Decision.REFUSED, holds_back=(Obstacle.ANIMALS,)))
    late = add_household(session, "Заєць", people=2, children=1)
    session.clock = lambda: at(date(2023, 8, 17))
    decisions.record_departure(session, late, EventKind.BY_US, DAY)
    return session


@pytest.fixture
def bench(qtbot: QtBot, busy: Session, crashes: CrashDesk) -> Iterator[Bench]:
    made = Bench(qtbot, busy, crashes, more={"charts": ChartsPage, "today": TodayPage})
    yield made
    made.window.close()


def page_of(bench: Bench, key: str = "daily", wish: Wish | None = None) -> ChartsPage:
    """The page with this chart, read."""
    page = bench.desk.pages["charts"]
    assert isinstance(page, ChartsPage)
    page.bar.show_wish(wish or Wish())
    bench.desk.go("charts", chart=key)
    page.bar.changed.emit()
    bench.settle()
    return page


def chart_of(page: ChartsPage) -> Chart:
    assert page.card.read is not None
    return page.card.read.chart


def view_of(page: ChartsPage) -> ChartView:
    assert page.card.view is not None
    return page.card.view


def drawn(view: ChartView, one: Series) -> np.ndarray:
    """The lengths of the bars, or the heights of the points, that stand in the plot."""
    item = view.item(one.key)
    assert item.isVisible()
    if isinstance(item, Line):
        return item.y
    assert isinstance(item, Bars)
    return item.wide if view.sideways else item.high


@pytest.mark.parametrize("key", CHARTS)
def test_what_is_drawn_is_what_the_table_says_and_what_is_counted(bench: Bench, key: str) -> None:
    page = page_of(bench, key)
    chart, view = chart_of(page), view_of(page)
    assert chart.points and not chart.empty and page.rows is not None
    for number, one in enumerate(chart.series):
        known = [np.nan if cell is None else cell.value for cell in one.cells]
        np.testing.assert_array_equal(drawn(view, one), known)
        column = [column.key for column in page.rows.columns].index(one.key)
        written = {row.point.key: page.rows.text(line, column) for line, row in enumerate(page.rows.records())}
        assert list(written.values()).count("–") == sum(cell is None for cell in one.cells)
        for point, cell in zip(chart.points, one.cells, strict=True):
            assert written[point.key] == ("–" if cell is None else amount(cell.value))
            if cell is not None and cell.behind is not None:
                assert cell.value == len(cell.behind.ids)
        assert page.rows.records()[0].cells[number] in one.cells
    if chart.drawing is Drawing.PARTS and key not in ("need", "refusals"):
        assert chart.whole is not None
        parts = [cell.behind.ids for one in chart.series for cell in one.cells if cell is not None and cell.behind]
        assert sum(map(len, parts)) == chart.whole.value and frozenset().union(*parts) == chart.whole.ids
    assert page.card.unit.text() == f"unit: {chart.unit.value}"
    assert page.card.as_of.text() == "As of 12:00"


def test_days_are_those_counted_by_hand_and_a_day_without_a_report_is_a_gap(bench: Bench) -> None:
    page = page_of(bench)
    chart, facts = chart_of(page), book(bench.session).ledger.facts
    series = {one.key: one for one in chart.series}
    for at_, point in enumerate(chart.points):
        assert point.day is not None
        for stack, kinds in (("organised", ORGANISED), ("alone", THEMSELVES)):
            names = [kind.value for kind in kinds]
            by_hand = naive_counts.split(naive_counts.happened(facts, point.day, point.day, names))
            reported = naive_counts.report_came(facts, point.day) is not None
            for part, ids in zip(("adults", "children", "unknown"), by_hand, strict=True):
                cell = series[f"{stack}.{part}"].cells[at_]
                assert (cell is not None) is reported
                assert cell is None or (cell.behind is not None and cell.behind.ids == ids)
    gap = [point.day for point in chart.points].index(GAP)
    assert np.isnan(drawn(view_of(page), series["organised.adults"])[gap])
    view_of(page).go_to(gap)
    assert "a gap, not a zero" in view_of(page).told()
    line = page_of(bench, "running")
    total = drawn(view_of(line), chart_of(line).series[0])
    assert np.isnan(total[gap]) and list(total[~np.isnan(total)]) == [3, 9]


def test_a_late_correction_is_marked_and_the_first_report_stays_readable(bench: Bench) -> None:
    page = page_of(bench)
    chart, view = chart_of(page), view_of(page)
    day = [point.day for point in chart.points].index(DAY)
    assert (chart.first_total(day, "organised"), chart.total(day, "organised")) == (4, 6)
    assert view.drawn is not None
    assert (view.drawn.firsts.first.tolist(), view.drawn.firsts.now.tolist()) == ([4], [6])
    assert "6*" in view.drawn.numbers.texts
    view.go_to(day)
    assert "Children, organised: 1 (first reported: 0)" in view.told()
    assert "Changed after the first report, last on 17.08.2023" in view.told()
    assert page.rows is not None
    titles = {title: number for number, title in enumerate(page.rows.titles)}
    row = page.rows.row_of(DAY.isoformat())
    assert row is not None
    assert page.rows.text(row, titles["First reported"]) == "4"
    assert page.rows.text(row, titles["Last changed"]) == "17.08.2023"
    line = page_of(bench, "running")
    (total,) = (one for one in chart_of(line).series if one.key == "total")
    assert [(cell.value, cell.first) for cell in total.cells if cell] == [(3, None), (9, 7)]


def test_a_chart_is_read_and_opened_by_keys_alone(bench: Bench, qtbot: QtBot) -> None:
    page = page_of(bench, wish=Wish(Span.ALL))
    view = view_of(page)
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.told().startswith("Tuesday, 15 August 2023") and view.accessibleDescription() == view.told()
    press(view, Qt.Key.Key_Left)
    assert view.told().startswith("Monday, 14 August")
    press(view, Qt.Key.Key_Home)
    assert view.at == 0
    press(view, Qt.Key.Key_End)
    wide = np.ptp(view.box.viewRange()[0])
    press(view, Qt.Key.Key_Plus)
    low, high = view.box.viewRange()[0]
    assert high - low < wide and low < view.at < high
    press(view, Qt.Key.Key_0)
    assert np.ptp(view.box.viewRange()[0]) == wide
    press(view, Qt.Key.Key_Return)
    bench.settle()
    dialog = opened()
    assert surnames(dialog) == {"Ткач", "Заєць"} and dialog.count.text() == "6 people, as of 12:00"
    dialog.table.opened.emit(dialog.table.current_id())
    bench.settle()
    assert isinstance(bench.desk.current(), RegistryPage)
    assert not unnamed(page)


def opened() -> BehindDialog:
    (dialog,) = (top for top in QApplication.topLevelWidgets() if isinstance(top, BehindDialog) and top.isVisible())
    return dialog


def surnames(dialog: BehindDialog) -> set[str]:
    return {dialog.rows.text(row, 1).split()[0] for row in range(dialog.rows.rowCount())}


def walked(bench: Bench, dialog: BehindDialog) -> dict[str, int]:
    """Each figure that the dialog offers -> the rows it lists, chosen by keys from the first to the last."""
    press(dialog.which, Qt.Key.Key_Home)
    found = {}
    for _figure in range(dialog.which.count()):
        bench.settle()
        found[dialog.which.currentText()] = dialog.rows.rowCount()
        press(dialog.which, Qt.Key.Key_Down)
    return found


def test_each_figure_of_a_point_opens_the_rows_that_it_counts_and_no_others(bench: Bench) -> None:
    page = page_of(bench, wish=Wish(Span.ALL))
    assert page.table is not None and page.rows is not None
    row = page.rows.row_of(DAY.isoformat())
    column = [column.key for column in page.rows.columns].index("alone.children")
    page.table.setCurrentIndex(page.rows.index(row, column))
    page.table.copy()
    assert "for use in the centre" in bench.desk.notices.texts()[-1]
    press(page.table, Qt.Key.Key_Return)
    bench.settle()
    dialog = opened()
    assert dialog.which.currentText() == "Children, by themselves: 1" and surnames(dialog) == {"Щур"}
    assert not [one for one in dialog.findChildren(EmptyState) if one.isVisible()]
    assert walked(bench, dialog) == {
        "Organised, together: 6": 6, "By themselves, together: 2": 2, "Adults, organised: 5": 5,
        "Children, organised: 1": 1, "Adults, by themselves: 1": 1, "Children, by themselves: 1": 1,
    }  # fmt: skip
    dialog.reject()


def test_the_table_beside_a_chart_shows_figures_without_being_moved_and_tab_comes_to_it(bench: Bench) -> None:
    bench.window.speak("uk")
    bench.settle()
    for key in CHARTS:
        page = page_of(bench, key, Wish(Span.ALL))
        assert page.table is not None
        table = page.table
        assert table.columnViewportPosition(1) + table.columnWidth(1) <= table.viewport().width(), key
    order, widget = [page.list], page.list.nextInFocusChain()
    while widget is not page.list:
        order.append(widget)
        widget = widget.nextInFocusChain()
    reached = [one for one in order if one in (page.list, page.bar.span, page.save, view_of(page), page.table)]
    assert reached == [page.list, page.bar.span, page.save, view_of(page), page.table]


def test_all_days_are_shown_also_those_after_the_working_date(bench: Bench) -> None:
    told = {Told.TOTAL_PEOPLE: 715}
    bench.session.clock = lambda: at(date(2023, 8, 29))
    save_published(bench.session, Published(None, date(2023, 8, 28), "ОВА", told, at(date(2023, 8, 28))))
    chart = chart_of(page_of(bench, "running", Wish(Span.ALL)))
    assert chart.points[-1].day == date(2023, 8, 28)
    (office,) = (one for one in chart.series if one.published)
    assert office.cells[-1] is not None and office.cells[-1].value == 715
    assert chart_of(page_of(bench, "running")).points[-1].day == DAY


def test_who_is_still_there_is_the_same_on_the_dashboard_and_in_the_chart_on_any_day(bench: Bench) -> None:
    for day, there in ((date(2023, 8, 12), 13), (date(2023, 8, 13), 10), (DAY, 2)):
        assert bench.window.register is not None
        bench.window.register.working_date.choose(day)
        whole = chart_of(page_of(bench, "remaining")).whole
        assert whole is not None and whole.value == dashboard(bench.session, day).people_there == there


def test_what_is_said_below_a_chart_of_the_dashboard_does_not_lie_over_it(bench: Bench) -> None:
    bench.session.clock = lambda: at(date(2023, 8, 18))
    for day, people, total in ((12, 40, 90), (13, 44, 248), (15, 92, 436)):
        told = {Told.DAY_PEOPLE: people, Told.DAY_CHILDREN: 20, Told.TOTAL_PEOPLE: total, Told.TOTAL_CHILDREN: 20}
        on = date(2023, 8, day)
        save_published(bench.session, Published(None, on, "Обласна військова адміністрація", told, at(on)))
    bench.window.speak("uk")
    bench.desk.go("today")
    bench.settle()
    page = bench.desk.pages["today"]
    assert isinstance(page, TodayPage)
    for card in page.charts.values():
        assert card.view is not None and card.notes.isVisible()
        assert card.legend.geometry().bottom() < card.stack.geometry().top()
        assert card.stack.geometry().bottom() < card.notes.geometry().top()
        assert card.notes.height() >= card.notes.heightForWidth(card.notes.width())
        assert card.notes.geometry().bottom() < card.height()


def test_parts_that_others_moved_as_well_say_how_many_we_moved(bench: Bench) -> None:
    chart = chart_of(page_of(bench, "hromada", Wish(Span.ALL)))
    assert chart.whole is not None and chart.whole.value == 9
    assert chart.notes == ("By us and by other organisations; by us alone: 6.",)
    assert chart_of(page_of(bench, "hromada", Wish(Span.BETWEEN, DAY, DAY))).notes == ()


def test_days_places_and_organisations_narrow_a_chart(bench: Bench) -> None:
    def adults(wish: Wish) -> dict[date, float]:
        chart = chart_of(page_of(bench, "daily", wish))
        series = next(one for one in chart.series if one.key == "organised.adults")
        points = zip(chart.points, series.cells, strict=True)
        return {point.day: cell.value for point, cell in points if cell is not None and point.day}

    thirteenth = date(2023, 8, 13)
    assert adults(Wish(Span.ALL)) == {thirteenth: 2, DAY: 5}
    assert adults(Wish(Span.BETWEEN, DAY, GAP)) == {DAY: 5}
    assert adults(Wish(organisation="Порятунок")) == {thirteenth: 2, DAY: 0}
    assert adults(Wish(hromada="Дворічанська")) == {thirteenth: 0, DAY: 0}
    page = page_of(bench, "age", Wish(fine=True))
    assert [point.key for point in chart_of(page).points] == ["5-11", "18-59"]
    assert page.bar.ages.isVisible()
    page = page_of(bench, "refusals")
    assert not page.bar.span.isEnabled() and page.bar.span.toolTip()


def test_figures_of_the_dashboard_open_the_rows_that_they_count(bench: Bench) -> None:
    bench.desk.go("today")
    bench.settle()
    page = bench.desk.pages["today"]
    assert isinstance(page, TodayPage)

    def behind(click: Callable[[], object]) -> set[str]:
        click()
        bench.settle()
        dialog = opened()
        named = {record.household_id for record in dialog.rows.records()}
        dialog.reject()
        return named

    order, widget = [], page.who.nextInFocusChain()
    while widget is not page.who:
        order.append(widget)
        widget = widget.nextInFocusChain()
    views = [card.view for card in page.charts.values()]
    reached = [one for one in order if one in (page.figures["crews"], *views, page._tabs.tabBar())]
    assert reached == [page.figures["crews"], *views, page._tabs.tabBar()]
    assert page.figures["refused"].text() == "0" and page.figures["crews"].text() == "0"
    ready = add_household(bench.session, "Рудий", people=2)
    bench.settle()
    assert page.figures["left_over"].text() == "1"
    bench.window.activateWindow()
    bench.until(bench.window.isActiveWindow)
    assert behind(partial(press, page.figures["left_over"], Qt.Key.Key_Return)) == {ready}
    with bench.session.reading() as db:
        by_us = {event.household_id for event in stores.events.where(db, kind=EventKind.BY_US)}
    assert page.sentence.text().startswith("By us 6 people in 10 days, 1 of them children")
    assert behind(page.who.click) == by_us
    press(page.figures["arrived"], Qt.Key.Key_Return)
    bench.settle()
    assert opened().count.text().startswith("4 people") and surnames(opened()) == {"Ткач"}
    opened().reject()
    page.who.click()
    bench.settle()
    assert walked(bench, opened()) == {
        "By us: 6": 6, "By us, children: 1": 1, "By all known: 11": 11, "By all known, children: 3": 3,
    }  # fmt: skip
    opened().reject()
    place = next(row for row in page._places.records() if row.settlement == "Подоли")
    page._open_place(place.key, "children")
    bench.settle()
    assert walked(bench, opened()) == {"By us in ten days: 6": 6, "of them children: 1": 1, "Still there: 2": 2,
        "Still there, children: 0": 0}  # fmt: skip
    opened().reject()
    press(page.figures["there"], Qt.Key.Key_Return)
    bench.settle()
    assert walked(bench, opened()) == {"Still there: 4": 4, "Still there, children: 0": 0}
    opened().reject()
    press(page.figures["ready"], Qt.Key.Key_Return)
    bench.settle()
    assert opened().count.text().startswith("2 people") and surnames(opened()) == {"Рудий"}
    opened().reject()
    page._ask_day(DAY, "alone")
    bench.settle()
    assert surnames(opened()) == {"Щур"} and opened().which.currentText() == "By themselves: 2"
    opened().reject()


def published(session: Session) -> None:
    """The series of the oblast, as it came, with the total of the 11th that the 12th corrects backwards."""
    told = (
        (10, {Told.DAYS: 2, Told.DAY_PEOPLE: 33, Told.TOTAL_PEOPLE: 33}),
        (11, {Told.TOTAL_PEOPLE: 63, Told.TOTAL_CHILDREN: 9}),
        (12, {Told.DAY_PEOPLE: 111, Told.DAY_CHILDREN: 36, Told.TOTAL_PEOPLE: 204, Told.TOTAL_CHILDREN: 71}),
        (13, {Told.DAY_PEOPLE: 44, Told.DAY_CHILDREN: 19, Told.TOTAL_PEOPLE: 248, Told.TOTAL_CHILDREN: 90}),
        (14, {Told.DAY_PEOPLE: 96, Told.DAY_CHILDREN: 21, Told.TOTAL_PEOPLE: 344, Told.TOTAL_CHILDREN: 111}),
        (15, {Told.DAY_PEOPLE: 92, Told.DAY_CHILDREN: 17, Told.TOTAL_PEOPLE: 436, Told.TOTAL_CHILDREN: 128}),
    )
    for day, figures in told:
        save_published(session, Published(None, date(2023, 8, day), "ОВА", figures))


def test_published_counts_are_a_line_of_their_own_and_their_backward_correction_is_seen(bench: Bench) -> None:
    ours = [one.cells for one in chart_of(page_of(bench, "running")).series]
    published(bench.session)
    bench.settle()
    page = page_of(bench, "running")
    chart, view = chart_of(page), view_of(page)
    assert [one.cells for one in chart.series if not one.published] == ours
    line = next(one for one in chart.series if one.key == "published.0.people")
    known = {
        point.day.day: cell.value for point, cell in zip(chart.points, line.cells, strict=True) if cell and point.day
    }
    assert known == {10: 33, 11: 63, 12: 204, 13: 248, 14: 344, 15: 436}
    np.testing.assert_array_equal(drawn(view, line)[-6:], [33, 63, 204, 248, 344, 436])
    eleventh = [point.day for point in chart.points].index(date(2023, 8, 11))
    assert view.drawn is not None
    assert (view.drawn.firsts.first.tolist(), view.drawn.firsts.now.tolist()) == ([7, 1, 93], [9, 2, 63])
    view.go_to(eleventh)
    assert "Published, organised (ОВА): 63 (by a later total it was 93)" in view.told()
    assert "on 11.08 it said 63; by what it said on 12.08 it was 93." in page.card.notes.text()
    assert page.card.notes.text().endswith("Published by: ОВА")
    daily = chart_of(page_of(bench, "daily"))
    line = next(one for one in daily.series if one.key == "published.0.people")
    assert [cell and cell.value for cell in line.cells][-6:] == [None, None, 111, 44, 96, 92]
    assert not any(one.published for one in chart_of(page_of(bench, "daily", Wish(hromada="Дворічанська"))).series)


def test_a_chart_is_saved_as_picture_drawing_and_workbook_with_unit_time_and_source(
    bench: Bench, tmp_path: Path
) -> None:
    published(bench.session)
    set_option(bench.session, HIDE_BELOW.key, "0")
    page = page_of(bench)
    files = [tmp_path / f"chart{suffix}" for suffix in (".png", ".svg", ".xlsx")]
    with ask.answers(files):
        for _file in files:
            page.export()
            bench.settle()
    picture = QImage(str(files[0]))
    assert (picture.width(), picture.height()) == (SIZE.width() * 2, SIZE.height() * 2)
    drawing = files[1].read_text("utf-8")
    for words in ("Persons a day", "unit: persons", "06.08.2023 – 15.08.2023", "as of 17.08.2023 12:00", "ОВА", "6*"):
        assert words in drawing
    assert QSvgRenderer(QByteArray(drawing.encode())).isValid()
    book = openpyxl.load_workbook(files[2])
    rows = [list(row) for row in book.worksheets[0].iter_rows(values_only=True)]
    chart = chart_of(page)
    assert rows[0][:3] == ["Day", "Adults, organised", "Children, organised"]
    for at_, row in enumerate(rows[1:]):
        assert row[0].date() == chart.points[at_].day
        assert row[1 : 1 + len(chart.series)] == [
            cell and cell.value for cell in (one.cells[at_] for one in chart.series)
        ]
    assert [[one.val.numRef.f.split("!")[1] for one in plot.series] for plot in book.worksheets[0]._charts] == [
        [f"${letter}$2:${letter}${len(rows)}" for letter in letters] for letters in ("BC", "EF")
    ]
    about = {row[0]: row[1] for row in book.worksheets[1].iter_rows(values_only=True)}
    assert about["Unit"] == "unit: persons" and "never a zero" in about["Gaps"]
    with bench.session.reading() as db:
        kinds = [row.kind for row in stores.printed.all(db)]
    assert kinds == ["export:chart"] * 3
    with ask.answers([tmp_path / "chart.pdf"]):
        page.export()
    assert "chart.pdf" in bench.desk.notices.texts()[0] and not (tmp_path / "chart.pdf").exists()


@pytest.mark.parametrize("key", CHARTS)
def test_what_leaves_tells_no_small_number(bench: Bench, tmp_path: Path, key: str) -> None:
    page = page_of(bench, key, Wish(Span.ALL))
    whole = chart_of(page)
    small = {
        (one.key, whole.points[n].key)
        for one in whole.series
        for n, cell in enumerate(one.cells)
        if cell and 0 < cell.value < 5
    }
    assert small
    files = [tmp_path / "chart.svg", tmp_path / "chart.xlsx"]
    with ask.answers(files):
        for _file in files:
            page.export()
            bench.settle()
    out = leaving(page.context.counts, key, Wish(Span.ALL), page.context.day)
    assert small <= {(name, out.points[n].key) for name, n in out.hidden}
    assert not any(out.gap(n) for _key, n in out.hidden)
    assert all(one.cells[n] is None for one in out.series for name, n in out.hidden if one.key == name)
    drawing = files[0].read_text("utf-8")
    assert "by us alone" not in drawing
    assert "numbers below 5 are not shown" in drawing and drawing.count(": hidden") == sum(
        any(name == one.key for name, _n in out.hidden) and not any(cell and cell.value for cell in one.cells)
        for one in out.series
    )
    rows = list(openpyxl.load_workbook(files[1]).worksheets[0].iter_rows(min_row=2, values_only=True))
    for n, row in enumerate(rows):
        numbers = [value for value in row if isinstance(value, int)]
        assert all(value == 0 or value >= 5 for value in numbers), (n, row)
        assert row.count("…") == sum(at_ == n for _key, at_ in out.hidden)


def test_ten_changes_a_second_cost_two_redraws_a_second_and_the_last_one_is_shown(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(bench)
    shown: list[float] = []
    view = view_of(page)
    show = view.show_drawn
    monkeypatch.setattr(view, "show_drawn", lambda drawn: (shown.append(drawn.most), show(drawn)))
    families = [add_household(bench.session, f"Рій{number}", people=1) for number in range(10)]
    bench.settle()
    shown.clear()
    begun = datetime.now(UTC)
    for family in families:
        decisions.record_departure(bench.session, family, EventKind.BY_US, DAY)
        QApplication.processEvents()
    bench.until(lambda: bool(shown) and shown[-1] == 16)
    took = datetime.now(UTC) - begun
    assert len(shown) <= 2 + took // timedelta(milliseconds=500)
