"""A training day without a window: it runs by itself and tells on the terminal what it does."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

from coordinator.demo import story
from coordinator.domain.days import clock_text
from coordinator.domain.events import DayCount
from coordinator.domain.trip import TripStatus
from coordinator.exchange.report import ImportReport
from coordinator.queries.board import BoardTrip, DayBoard, WaitingLine
from coordinator.queries.counts import TEN_DAYS, Dashboard, dashboard
from coordinator.queries.papers import call_list
from coordinator.queries.schedule import day_board
from coordinator.queries.state_paper import state_paper
from coordinator.services.papers import CALL_LIST, STATE, issue_pickup_lists, log_print
from coordinator.services.schedule import plan_day_for
from coordinator.session import Session
from resources.i18n import _, ngettext
from resources.messages import sentence
from ui import texts
from ui.commands.common import Progress

PLAN_SECONDS = 2.0
NAMED = 10
"""Households left over that are named one by one."""


class DemoDay:
    """The steps of the day on `day`, in order. `draws`: Qt's libraries are there, so that PDFs can be made."""

    def __init__(self, session: Session, folder: Path, draws: bool) -> None:
        self.session, self.folder, self.draws = session, folder, draws
        self.day = session.today()

    def run(self) -> None:
        """From the lists that come in to the workbooks that go out."""
        _head(_("The day {day}").format(day=texts.day_long(self.day)))
        print(ten_days_sentence(dashboard(self.session, self.day)))
        self.take_in()
        self.plan()
        self.print_papers()
        self.drive()
        self.count()
        self.hand_out()

    def take_in(self) -> None:
        _head(_("Lists that came in"))
        books = story.write_books(self.session, self.folder)
        for book in (books.people, books.requests, books.fleet):
            report = story.take_in(self.session, book, Progress(_("Importing")))
            print(f"{book.name}: {_imported(report)}")
            for remark in report.warnings:
                print("  " + sentence(remark.code, {"value": remark.at.value, **remark.facts}))

    def plan(self) -> None:
        _head(_("The plan"))
        saved = plan_day_for(self.session, self.day, PLAN_SECONDS, Progress(_("Planning"))).value
        board = day_board(self.session, self.day)
        print(_("{trips} for {households} with {people}.").format(
            trips=texts.trips(saved.trips), households=texts.households(saved.households),
            people=texts.people(saved.people)))  # fmt: skip
        for trip in _planned(board):
            print("  " + _trip(trip))
        self._left_over(board)

    def _left_over(self, board: DayBoard) -> None:
        if not board.waiting:
            print(_("Nobody is left over."))
            return
        n = len(board.waiting)
        text = ngettext("Left over: {households}. The reason:", "Left over: {households}. The reasons:", n)
        print(text.format(households=texts.households(n)))
        for reason, count in Counter(_reason(line) for line in board.waiting).most_common():
            print(f"  {count} – {reason}")
        print(_("First those with children and those who cannot walk:"))
        for line in board.waiting[:NAMED]:
            print("  " + _waiting(line))
        more = n - NAMED
        if more > 0:
            print("  " + ngettext("and {n} more", "and {n} more", more).format(n=more))

    def print_papers(self) -> None:
        _head(_("Paper"))
        blank = self.folder / "results-sheet.xlsx"
        trip_ids = [trip.trip_id for trip in _planned(day_board(self.session, self.day))]
        rows = story.write_blank(self.session, self.day, trip_ids, blank)
        _file(blank, ngettext("to be filled in, {n} row", "to be filled in, {n} rows", rows).format(n=rows))
        if not self.draws:
            print(_("Qt's libraries are missing here, so the PDFs and the pictures of the pages are left out."))
            return
        # Qt only where it can be loaded.
        from ui.paper import output

        lists = self.folder / "pickup-lists.pdf"
        papers = issue_pickup_lists(self.session, self.day, trip_ids, lists.name).value
        output.render_pickup_lists(papers, lists)
        _file(lists, ngettext("{n} pickup list", "{n} pickup lists", len(papers)).format(n=len(papers)))
        calls, everything = self.folder / "call-list.pdf", self.folder / "everything.pdf"
        to_call, state = call_list(self.session, self.day), state_paper(self.session, self.day)
        output.render_call_list(to_call, calls, partial(
            log_print, self.session, CALL_LIST, to_call, day=self.day,
            people=sum(row.people for row in to_call.rows), target=calls.name))  # fmt: skip
        _file(calls, texts.households(len(to_call.rows)))
        output.render_state(state, everything, partial(
            log_print, self.session, STATE, state, day=self.day,
            people=sum(household.people for household in state.households), target=everything.name))  # fmt: skip
        _file(everything, texts.households(len(state.households)))

    def drive(self) -> None:
        _head(_("On the road"))
        road = story.drive(self.session, self.day)
        print(_("Told by phone: {households}.").format(households=texts.households(road.told)))
        print(_("Boarded as planned: {people}.").format(people=texts.people(road.boarded)))
        print(_("Not at home: {people}; they stay ready.").format(people=texts.people(road.not_home)))
        print(_("Refused at the door: {people}.").format(people=texts.people(road.refused)))
        print(_("From another list: {people}; their own stop came free.").format(people=texts.people(road.joined)))
        print(_("Met on the way and on no list: {people}.").format(people=texts.people(road.met)))
        print(_("Arrived: {trips} with {people}.").format(
            trips=texts.trips(road.arrived_trips), people=texts.people(road.arrived)))  # fmt: skip

    def count(self) -> None:
        _head(_("Counts"))
        board = dashboard(self.session, self.day)
        today = board.today
        print(ten_days_sentence(board))
        print(_("Today: {planned} planned, {boarded} on the way, {arrived} arrived.").format(
            planned=today.planned.value, boarded=today.boarded.value, arrived=today.arrived.value))  # fmt: skip
        told = {entry.day: entry for entry in board.ten_days.by_day}
        for back in reversed(range(TEN_DAYS)):
            day = self.day - timedelta(days=back)
            print(f"  {texts.day_short(day)}: {_counted(told.get(day))}")

    def hand_out(self) -> None:
        _head(_("Workbooks that go out"))
        for done in story.hand_out(self.session, self.day, self.folder):
            _file(done.path, ngettext("{n} row", "{n} rows", done.rows).format(n=done.rows))


def ten_days_sentence(board: Dashboard) -> str:
    """ "By us 598 people in 10 days, 123 of them children; by all known 640." """
    ten = board.ten_days
    text = ngettext(
        "By us {people} person in 10 days, {children} of them children; by all known {known}.",
        "By us {people} people in 10 days, {children} of them children; by all known {known}.",
        ten.people,
    )
    return text.format(
        people=texts.number(ten.people), children=texts.number(ten.children), known=texts.number(ten.by_all_known)
    )


def _counted(entry: DayCount | None) -> str:
    if entry is None:
        return _("no report")
    return _("{people}, {children}; by themselves {alone}").format(
        people=texts.people(entry.people), children=texts.children(entry.children), alone=entry.self_evacuated
    )


def _head(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def _file(path: Path, what: str) -> None:
    print(f"  {path.name}: {what}")


def _planned(board: DayBoard) -> list[BoardTrip]:
    return [trip for trip in board.trips if trip.status is TripStatus.PLANNED]


def _imported(report: ImportReport) -> str:
    new = report.added
    said = [ngettext("{n} row read", "{n} rows read", report.rows_read).format(n=report.rows_read)]
    if new.households:
        said.append(_("{households} added with {people}, {children} among them").format(
            households=texts.households(new.households), people=texts.people(new.people),
            children=texts.children(new.children)))  # fmt: skip
    if report.rows_updated:
        said.append(ngettext("{n} changed", "{n} changed", report.rows_updated).format(n=report.rows_updated))
    if report.rows_unchanged:
        same = report.rows_unchanged
        said.append(ngettext("{n} known already and the same", "{n} known already and the same", same).format(n=same))
    if doubles := len(report.possible_duplicates):
        text = ngettext("{n} possibly in the register already", "{n} possibly in the register already", doubles)
        said.append(text.format(n=doubles))
    return "; ".join(said)


def _trip(trip: BoardTrip) -> str:
    text = _("List {number}: {plate}, {depart}–{back}, {households}, {people}").format(
        number=trip.list_number, plate=trip.plate, depart=clock_text(trip.depart), back=clock_text(trip.back),
        households=texts.households(len(trip.stops)), people=texts.people(trip.people),
    )  # fmt: skip
    warnings = [sentence(finding.key, finding.facts) for finding in trip.findings]
    return "; ".join([text, *warnings])


def _reason(line: WaitingLine) -> str:
    return texts.label(line.reason) if line.reason else sentence(line.key)


def _waiting(line: WaitingLine) -> str:
    household = line.household
    who = [f"№ {household.number}", household.settlement, texts.people(household.people)]
    if household.children:
        who.append(texts.children(household.children))
    return f"{', '.join(who)}: {sentence(line.key, line.facts)}"
