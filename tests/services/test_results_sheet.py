"""A filled results sheet becomes results: in one action, twice without harm, the unusable lines named."""

from __future__ import annotations

from pathlib import Path

import pytest

from coordinator.domain.decision import Decision
from coordinator.domain.schedule import LeftReason
from coordinator.domain.trip import StopResult, TripStatus
from coordinator.errors import UserError
from coordinator.exchange.results_sheet import read_results_text, write_results_sheet
from coordinator.queries.counts import counts
from coordinator.queries.moving import NewTrip
from coordinator.queries.reading import open_list
from coordinator.queries.results_blank import results_blank
from coordinator.queries.schedule import day_board
from coordinator.services import history
from coordinator.services.exports import ExportKind, export
from coordinator.services.moving import move_household
from coordinator.services.results_sheet import ResultsApplied, apply_results
from coordinator.session import Session
from db import journal
from resources.i18n import _, speaking
from tests.builders import DAY, add_household, add_vehicle, decision_of, number_of, stop_of, trips_of
from tests.exchange.told import state, told


@pytest.fixture
def three(centre: Session) -> list[str]:
    """List 1 with three households: 4 people (2 children), 2 and 1; numbers 1, 2, 3."""
    households = [add_household(centre, people=4, children=2), add_household(centre), add_household(centre, people=1)]
    target: object = NewTrip(add_vehicle(centre))
    for household in households:
        target = move_household(centre, DAY, household, target).value  # type: ignore[arg-type]
    return households


def apply(session: Session, text: str) -> ResultsApplied:
    return apply_results(session, DAY, read_results_text(text.encode()), source="results.csv").value


def codes(applied: ResultsApplied) -> list[str]:
    return [remark.code for remark in applied.set_aside]


def test_the_whole_evening_in_one_action(centre: Session, three: list[str]) -> None:
    applied = apply(centre, "1,,arrived,,15:20,\n1,1,забрали,,9:40,\n1,2,немає,,,собака\n1,3,відмова,,,\n")

    assert (applied.rows_read, applied.applied, applied.boarded, applied.arrived) == (4, 4, 4, (1,))
    assert [decision_of(centre, one) for one in three] == [Decision.EVACUATED, Decision.PACKED, Decision.REFUSED]
    assert (counts(centre).people, counts(centre).children) == (4, 2)
    at = stop_of(centre, three[0]).result_at
    assert at is not None and (at.hour, at.minute) == (6, 40)

    history.undo(centre)

    assert counts(centre).people == 0
    assert {stop.result for stop in day_board(centre, DAY).trips[0].stops} == {StopResult.OPEN}


def test_the_same_sheet_twice_changes_nothing_and_leaves_no_action(centre: Session, three: list[str]) -> None:
    text = "1,1,boarded,,,\n1,2,not home,,,\n1,,з нами,2,,,Мак Ніна\n1,,arrived,,,\n"
    apply(centre, text)
    with centre.reading() as db:
        before = len(journal.actions(db))

    again = apply(centre, text)

    assert (again.applied, again.unchanged, again.set_aside) == (0, 4, ())
    assert counts(centre).people == 6
    with centre.reading() as db:
        assert len(journal.actions(db)) == before


def test_what_cannot_be_used_is_named_and_the_rest_goes_in(centre: Session, three: list[str]) -> None:
    elsewhere = add_household(centre)
    applied = apply(
        centre,
        f"9,1,boarded,,,\n1,99,boarded,,,\n1,{number_of(centre, elsewhere)},boarded,,,\n1,2,boarded,,,\n1,1,може,,,\n",
    )

    assert codes(applied) == [
        "results.result_unreadable", "results.no_such_list", "results.no_such_household", "results.not_on_list"
    ]  # fmt: skip
    assert (applied.rows_read, applied.applied, applied.boarded) == (5, 1, 2)


def test_members_by_their_numbers(centre: Session, three: list[str]) -> None:
    applied = apply(centre, '1,1,boarded,"1, 3",,\n1,,arrived,,,\n')

    assert applied.boarded == 2
    assert [remark.code for remark in applied.warnings] == ["results.arrived_with_open_stops"]
    assert (counts(centre).people, counts(centre).children) == (2, 1)


@pytest.mark.parametrize(("boarded", "children"), [(1, 0), (2, 1), (3, 2)])
def test_a_count_without_names_takes_an_adult_then_the_children_and_warns(
    centre: Session, three: list[str], boarded: int, children: int
) -> None:
    applied = apply(centre, f"1,1,boarded,{boarded},,\n1,,arrived,,,\n")

    assert (counts(centre).people, counts(centre).children) == (boarded, children)
    assert [remark.code for remark in applied.warnings] == ["results.who_assumed", "results.arrived_with_open_stops"]
    assert decision_of(centre, three[0]) is Decision.PACKED


def test_more_than_the_household_has_warns(centre: Session, three: list[str]) -> None:
    applied = apply(centre, "1,3,boarded,2,,\n")

    assert applied.boarded == 1
    assert [(remark.code, remark.facts["count"]) for remark in applied.warnings] == [("results.more_boarded", 2)]


def test_nobody_boarded_is_no_result(centre: Session, three: list[str]) -> None:
    assert codes(apply(centre, "1,1,boarded,0,,\n")) == ["results.nobody_boarded"]


def test_a_household_of_the_register_that_came_along(centre: Session, three: list[str]) -> None:
    other = add_household(centre, people=2)
    move_household(centre, DAY, other, NewTrip(add_vehicle(centre, "AX0002BB")))

    applied = apply(centre, f"1,{number_of(centre, other)},came along,,,\n1,,arrived,,,\n")

    assert (applied.boarded, applied.set_aside) == (2, ())
    assert decision_of(centre, other) is Decision.EVACUATED
    assert day_board(centre, DAY).trips[1].stops == ()


def test_a_correction_after_arrival_takes_its_note_as_the_reason(centre: Session, three: list[str]) -> None:
    apply(centre, "1,1,boarded,,,\n1,,arrived,,,\n")

    without = apply(centre, "1,1,not home,,,\n")
    with_note = apply(centre, "1,1,not home,,,сплутали рядок\n")

    assert codes(without) == ["results.needs_reason"]
    assert with_note.applied == 1
    assert counts(centre).people == 0


def test_the_list_need_not_be_named(centre: Session, three: list[str]) -> None:
    applied = apply(centre, "Household;Result\n2;boarded\n")

    assert (applied.applied, stop_of(centre, three[1]).result) == (1, StopResult.BOARDED)


def test_the_blank_follows_the_paper(centre: Session, three: list[str]) -> None:
    rows = results_blank(centre, DAY)

    assert [(row.list_number, row.stop, row.household, row.people) for row in rows[:3]] == [
        ("2023-08-15/1", 1, 1, 4), ("2023-08-15/1", 2, 2, 2), ("2023-08-15/1", 3, 3, 1)
    ]  # fmt: skip
    assert rows[0].members == "1 Коваль Олена; 2 Коваль Марко; 3 Коваль Софія; 4 Коваль Іван"
    assert [row.arrival for row in rows[3:]] == [False, False, False, True]


def test_nothing_of_a_line_that_failed_is_kept(centre: Session, three: list[str]) -> None:
    """The second line of one household is refused whole: the first stands."""
    applied = apply(centre, '1,1,boarded,,,\n1,1,boarded,"9",,\n1,1,boarded,"8, 9",,\n')

    assert applied.applied == 1
    assert "results.not_of_household" in codes(applied)
    assert day_board(centre, DAY).totals.boarded == 4
    assert LeftReason.TAKEN_OFF not in {line.reason for line in day_board(centre, DAY).waiting}


def test_the_sheet_of_another_day_closes_no_trip_of_this_one(centre: Session, three: list[str]) -> None:
    """Results of the 14th entered for the 15th by mistake, with the day on the sheet and without it."""
    dated = apply(centre, "2023-08-14/1,1,boarded,,,\n2023-08-14/1,,arrived,,,\n")
    bare = apply(centre, "1,901,boarded,,,\n1,,came along,2,,,Марія\n1,,arrived,,,\n")

    assert codes(dated) == ["results.other_day"] * 2
    assert codes(bare) == ["results.no_such_household"] + ["results.list_of_another_day"] * 2
    assert (dated.applied, bare.applied, counts(centre).people) == (0, 0, 0)
    assert trips_of(centre)[0].status == TripStatus.PLANNED


def test_a_correction_without_its_reason_makes_no_other_day_of_the_sheet(centre: Session, three: list[str]) -> None:
    apply(centre, "1,1,boarded,,,\n1,,arrived,,,\n")
    applied = apply(centre, "1,1,refused,,,\n1,,came along,2,,,Марія\n1,,arrived,,,\n")
    assert codes(applied) == ["results.needs_reason"]
    assert counts(centre).people == 6


def test_a_sheet_names_its_day_so_that_results_after_midnight_belong_to_it(centre: Session, three: list[str]) -> None:
    read = read_results_text(b"2023-08-15/1,1,boarded,,,\n2023-08-15/1,,arrived,,,\n")
    assert read.days == {DAY}
    apply_results(centre, DAY, read)
    assert [day.day for day in counts(centre).by_day] == [DAY]


@pytest.mark.parametrize("language", ["en", "uk"])
def test_papers_of_trips_bring_nobody_when_they_are_taken_for_lists_of_people(
    centre: Session, three: list[str], tmp_path: Path, language: str
) -> None:
    assert three
    with speaking(language):
        pickup = export(centre, ExportKind.PICKUP, tmp_path / "pickup.xlsx", DAY).value.path
        blank = tmp_path / "results.xlsx"
        write_results_sheet(blank, _("Results"), results_blank(centre, DAY))
    before = state(centre)
    for path, said in (
        (pickup, "pickup.xlsx is our own export No. 1, the pickup lists of 15.08.2023: whoever is in it stands in"),
        (blank, "results.xlsx is a sheet of results of trips, and not a list of people."),
    ):
        with pytest.raises(UserError) as caught:
            open_list(centre, path, DAY)
        assert told(caught.value).startswith(said)
    assert state(centre) == before
