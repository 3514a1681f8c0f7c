"""A daily report stays what was sent; what is known later is told by the next one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from coordinator.domain.decision import Decision, Said
from coordinator.domain.events import EventKind
from coordinator.domain.figures import Persons
from coordinator.domain.pace import Forecast
from coordinator.errors import UserError
from coordinator.exchange.hiding import ALL, Cell
from coordinator.queries.count_memory import CountMemory
from coordinator.queries.reports import reports
from coordinator.report_book import summary_totals
from coordinator.report_words import correction_words, corrections_words, forecast_words, messenger_text
from coordinator.services import decisions, history
from coordinator.services.reports import freeze_report
from coordinator.session import Session, change_setting
from coordinator.settings import HIDE_BELOW
from coordinator.summary_content import DayBar
from db import stores
from tests.builders import DAY, add_household

NEXT, LATER = DAY + timedelta(days=1), DAY + timedelta(days=2)


def evening(session: Session, day: date) -> None:
    session.clock = lambda: datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def moved(session: Session, people: int, day: date = DAY, children: int = 0, house: str = "1") -> str:
    family = add_household(session, people=people, children=children, house=house)
    decisions.record_departure(session, family, EventKind.BY_US, day)
    return family


def refused(session: Session, day: date) -> str:
    with pytest.raises(UserError) as error:
        freeze_report(session, day)
    return error.value.code


@pytest.fixture
def sent(centre: Session) -> Session:
    """Report 1 of DAY: nine people, two of them children."""
    change_setting(centre, HIDE_BELOW, 0)
    evening(centre, DAY)
    moved(centre, 9, children=2)
    freeze_report(centre, DAY, "ОВА")
    return centre


def test_late_records_change_no_report_and_stand_as_a_correction_in_the_next(sent: Session) -> None:
    with sent.reading() as db:
        (as_sent,) = stores.reports.all(db)
    evening(sent, LATER)
    moved(sent, 3, house="2")
    decisions.record_decision(sent, add_household(sent, house="3"), Said(Decision.LEFT_THEMSELVES, on=DAY))
    (correction,) = reports(sent, LATER).since_sent
    words = (
        "15.08: 9 sent, 12 known now (3 were recorded on 17.08); "
        "by themselves 0 sent, 2 known now (2 were recorded on 17.08)"
    )
    assert correction_words(correction) == words
    report = freeze_report(sent, LATER).value
    assert report.number == 2 and report.content.corrections == (correction,)
    assert reports(sent, LATER).since_sent == ()
    with sent.reading() as db:
        assert as_sent in stores.reports.all(db)


def test_reports_follow_the_memory_of_the_charts(sent: Session) -> None:
    memory = CountMemory(sent)
    first = reports(sent, LATER, memory)
    evening(sent, LATER)
    moved(sent, 3, house="2")
    now = reports(sent, LATER, memory)
    assert now.since_sent == reports(sent, LATER).since_sent != first.since_sent


def test_what_was_taken_out_is_told_by_the_day_it_was(sent: Session) -> None:
    evening(sent, NEXT)
    family = moved(sent, 2, house="2")
    freeze_report(sent, DAY)
    evening(sent, LATER)
    decisions.record_departure(sent, family, EventKind.BY_US, NEXT)
    told = corrections_words(reports(sent, LATER).since_sent)
    assert told == "15.08: 11 sent, 9 known now (2 were taken out on 17.08)"


def test_the_same_figures_are_frozen_once_and_no_day_before_it_begins(sent: Session) -> None:
    assert (refused(sent, DAY), refused(sent, NEXT)) == ("report.same", "report.future")


def test_a_day_of_which_nobody_has_told_is_frozen_once_and_says_zero_on_its_own_page_too(sent: Session) -> None:
    evening(sent, NEXT)
    report = freeze_report(sent, NEXT).value
    assert report.content.days[-1] == DayBar(NEXT, 0, 0, 0, 9)
    assert report.content.days[-2] == DayBar(DAY, 9, 2, 0, 9)
    assert refused(sent, NEXT) == "report.same"


def test_everybody_evacuated_stands_somewhere_in_the_text_shown_or_not(centre: Session) -> None:
    evening(centre, DAY)
    moved(centre, 9, children=2)
    found = reports(centre, DAY).draft
    total = replace(summary_totals(found.lines, DAY), people=40, children=12, women=11, men=8)

    def line(hidden: set[Cell]) -> str:
        content = replace(found, hidden=frozenset(hidden))
        return messenger_text(content, total).splitlines()[2]

    assert line(set()).startswith("Women 11, men 8, ") and line(set()).endswith(", sex or age not known: 9")
    hidden = {(*ALL, "men")}
    assert line(hidden).startswith("Women 11, men …, ") and line(hidden).endswith(", not known or not shown: 17")


def test_a_forecast_names_the_days_it_rests_on_and_one_end_where_both_are_the_same() -> None:
    told = Forecast(DAY, LATER, 3, Persons(["a", "b"]), 80.5, 1, 1, 1)
    said = "at 80.5 people a day (median of 15.08–17.08, days with a report: 3) the 2 who are ready are out in 1 day"
    assert forecast_words(told) == f"Forecast, no promise: {said}, at the pace of faster and of slower days alike."
    assert forecast_words(replace(told, at_worst=2)).endswith("(1 to 2 at the pace of faster and slower days).")


def test_a_report_cannot_be_undone_and_is_no_hindrance_to_undoing(sent: Session) -> None:
    with sent.reading() as db:
        ((frozen,),) = db.rows("SELECT id FROM action WHERE label = 'freeze_report'")
    with pytest.raises(UserError) as error:
        history.undo_action(sent, frozen)
    assert error.value.code == "undo.report_frozen"
    assert history.undo(sent).value.label == "record_departure"
    (correction,) = reports(sent, DAY).since_sent
    assert (correction.people.sent, correction.people.now, correction.people.other) == (9, 0, -9)


def test_what_leaves_hides_small_numbers_and_its_text_says_so(centre: Session) -> None:
    evening(centre, DAY)
    moved(centre, 9, children=2)
    content = reports(centre, DAY).draft
    text = messenger_text(content, summary_totals(list(content.lines), DAY))
    assert "Evacuated that day: 9, of them children …" in text
    assert "numbers below 5 are not shown" in text
