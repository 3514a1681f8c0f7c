"""What each role may take out of the register, that nothing leaves unlogged, and a clock that is set back."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from coordinator.domain.roles import Right, Role
from coordinator.errors import UserError
from coordinator.exchange.writing import Column, Sheet, write_workbook
from coordinator.queries.papers import call_list, pickup_lists
from coordinator.queries.schedule import day_board
from coordinator.queries.state_paper import state_paper
from coordinator.register import Access, create_register, open_register
from coordinator.services import history, households
from coordinator.services.copying import FREE_ROWS, Copied, log_copied, log_few_copied, require_copying
from coordinator.services.exports import ExportKind, export, export_report
from coordinator.services.imports import preview_import
from coordinator.services.papers import CALL_LIST, STATE, issue_pickup_lists, issue_results_sheet, log_print
from coordinator.services.settings import set_option
from coordinator.services.users import add_user
from coordinator.session import Session
from db import journal, stores
from db.rows import PrintedRow
from resources.messages import SENTENCES, sentence
from tests.builders import DAY, add_household, add_hubs, add_settlement, add_vehicle, number_of, on_trip
from tests.conftest import PASSPHRASE
from tests.stories import workbooks

NAMES = {Role.COORDINATOR: "Олена", Role.OPERATOR: "Марко", Role.VIEWER: "Ганна"}


class Clock:
    """A clock that somebody can set."""

    def __init__(self) -> None:
        self.now = datetime(2023, 8, 15, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Centre(NamedTuple):
    folder: Path
    clock: Clock

    def open(self, role: Role, access: Access = Access.COMMAND) -> Session:
        return open_register(self.folder, _passphrase(role), access=access, clock=self.clock)


def _passphrase(role: Role) -> str:
    return PASSPHRASE if role is Role.COORDINATOR else f"{role} {PASSPHRASE}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Centre:
    """A closed register with a user of each role, and a trip with a family of three on it."""
    clock = Clock()
    place = tmp_path_factory.mktemp("roles") / "centre"
    with create_register(place, PASSPHRASE, user=NAMES[Role.COORDINATOR], clock=clock) as session:
        add_hubs(session)
        add_settlement(session, "Подоли")
        family = add_household(session, "Коваль", people=3, phone="050 123 45 67")
        on_trip(session, add_vehicle(session, driver="Ігор Приклад"), family)
        for role in (Role.OPERATOR, Role.VIEWER):
            add_user(session, NAMES[role], role, _passphrase(role))
        return Centre(session.folder, clock)


@pytest.fixture
def centre(made: Centre, tmp_path: Path) -> Centre:
    """The test's own copy."""
    return Centre(Path(shutil.copytree(made.folder, tmp_path / made.folder.name)), Clock())


@pytest.fixture(params=list(Role))
def user(request: pytest.FixtureRequest, centre: Centre) -> Iterator[Session]:
    with centre.open(request.param) as session:
        yield session


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def refusal(verb: Callable[..., Any], *args: Any, **named: Any) -> str:
    """The code with which the verb says no; "" where it did its work."""
    try:
        verb(*args, **named)
    except UserError as error:
        return error.code
    return ""


def logged(session: Session) -> list[PrintedRow]:
    with session.reading() as db:
        return sorted(stores.printed.all(db), key=lambda row: row.id)


ALL = (Role.COORDINATOR, Role.OPERATOR, Role.VIEWER)
WORKERS = (Role.COORDINATOR, Role.OPERATOR)
MAY_EXPORT = {
    ExportKind.PEOPLE: (Role.COORDINATOR,),
    ExportKind.HOUSEHOLDS: (Role.COORDINATOR,),
    ExportKind.FLEET: (Role.COORDINATOR,),
    ExportKind.PICKUP: WORKERS,
    ExportKind.COVERAGE: ALL,
    ExportKind.DAILY_SUMMARY: ALL,
}


@pytest.mark.parametrize("kind", list(ExportKind))
def test_only_a_coordinator_takes_names_out_and_everybody_the_counts(
    user: Session, out: Path, kind: ExportKind
) -> None:
    may = user.role in MAY_EXPORT[kind]
    assert refusal(export, user, kind, out / "out.xlsx", DAY) == ("" if may else "role.refused")
    assert [path.name for path in out.iterdir()] == (["out.xlsx"] if may else [])
    assert len(logged(user)) == may


def test_the_papers_of_the_day_are_printed_by_those_who_work_with_them(user: Session, out: Path) -> None:
    expected = "" if user.role in WORKERS else "role.refused"
    assert refusal(issue_pickup_lists, user, DAY, target="lists.pdf") == expected
    assert refusal(log_print, user, CALL_LIST, call_list(user, DAY), day=DAY, people=3, to_file=False) == expected
    assert refusal(issue_results_sheet, user, DAY, out / "sheet.xlsx") == expected
    assert len(list(out.iterdir())) == (not expected)
    assert len(logged(user)) == (0 if expected else 3)


@pytest.mark.parametrize(("kind", "paper_of"), [(STATE, state_paper), (CALL_LIST, call_list)])
def test_who_is_on_no_trip_goes_onto_paper_by_workers_and_into_a_file_by_coordinators(
    user: Session, kind: str, paper_of: Callable[[Session, date], object]
) -> None:
    paper = paper_of(user, DAY)
    on_paper = refusal(log_print, user, kind, paper, day=DAY, target="printer", to_file=False)
    into_a_file = refusal(log_print, user, kind, paper, day=DAY, target="all.pdf")
    assert (on_paper == "", into_a_file == "") == (user.role in WORKERS, user.role is Role.COORDINATOR)


def test_a_viewer_changes_nothing_and_all_others_do(user: Session) -> None:
    with user.reading() as db:
        (family,) = stores.households.all(db)
    said = refusal(households.edit_household, user, family.id, pets="кіт")
    assert said == ("role.refused" if user.role is Role.VIEWER else "")


@pytest.mark.parametrize(("key", "value", "who"), [
    ("centre.name", "Центр", WORKERS),
    ("lock.minutes", "10", (Role.COORDINATOR,)),
])  # fmt: skip
def test_what_guards_the_register_is_set_by_coordinators(
    user: Session, key: str, value: str, who: tuple[Role, ...]
) -> None:
    assert refusal(set_option, user, key, value) == ("" if user.role in who else "role.refused")


def test_a_list_is_copied_by_a_coordinator_and_logged(user: Session) -> None:
    assert refusal(log_copied, user, "registry", 21, 64) == ("" if user.role is Role.COORDINATOR else "role.refused")
    assert [(row.kind, row.people, row.target) for row in logged(user)] == (
        [("copied:registry", 64, "clipboard")] if user.role is Role.COORDINATOR else []
    )


def test_a_few_copied_rows_are_logged_too_as_one_action(user: Session) -> None:
    log_few_copied(user, {"registry": Copied(3, 9), "duplicates": Copied(2, 5)})
    rows = logged(user)
    assert {(row.kind, row.people, row.target, row.printed_by) for row in rows} == {
        ("copied:registry", 9, "clipboard", user.user), ("copied:duplicates", 5, "clipboard", user.user),
    }  # fmt: skip
    with user.reading() as db:
        (action,) = (action for action in journal.actions(db) if action.label == "export")
    assert action.facts is not None and (action.facts["rows"], action.facts["people"]) == (5, 14)


@pytest.mark.parametrize(("rows", "lately", "said"), [
    (1, 0, {}),
    (1, FREE_ROWS - 1, {}),
    (1, FREE_ROWS, {Role.OPERATOR: "role.copied_enough", Role.VIEWER: "role.copied_enough"}),
    (2, 0, {Role.VIEWER: "role.copy_one"}),
    (FREE_ROWS, 0, {Role.VIEWER: "role.copy_one"}),
    (12, 12, {Role.OPERATOR: "role.copied_enough", Role.VIEWER: "role.copy_one"}),
    (FREE_ROWS + 1, 0, {Role.OPERATOR: "role.refused", Role.VIEWER: "role.copy_one"}),
])  # fmt: skip
def test_who_may_not_take_names_out_copies_a_few_rows_in_ten_minutes_and_a_viewer_single_ones(
    user: Session, rows: int, lately: int, said: dict[Role, str]
) -> None:
    assert refusal(require_copying, user, rows, lately) == said.get(user.role, "")


def test_where_nothing_can_be_logged_rows_are_copied_one_at_a_time(centre: Centre) -> None:
    with centre.open(Role.COORDINATOR, Access.READ) as session:
        assert refusal(require_copying, session, 1, 0) == ""
        assert refusal(require_copying, session, 2, 0) == "role.copy_one"
        assert refusal(require_copying, session, 1, FREE_ROWS) == "role.copied_enough"


@pytest.mark.parametrize("right", list(Right))
def test_each_right_has_a_sentence_of_its_own_where_it_is_missing(right: Right) -> None:
    said = {one: sentence("role.refused", {"role": "viewer", "right": one.value}) for one in Right}
    others = [words for one, words in said.items() if one is not right]
    assert said[right] not in others
    # Every role may take counts out: nobody is ever told otherwise.
    assert (f"role.refused.{right}" in SENTENCES) == (right is not Right.EXPORT_COUNTS)


def test_the_report_of_an_import_names_people_so_it_is_an_export(user: Session, out: Path, tmp_path: Path) -> None:
    book = workbooks.people_list(tmp_path)
    report = preview_import(user, book, DAY).report
    may = user.role is Role.COORDINATOR
    assert refusal(export_report, user, report, book.name, out / "report.xlsx") == ("" if may else "role.refused")
    assert [path.name for path in out.iterdir()] == (["report.xlsx"] if may else [])
    assert [(row.kind, row.people, row.target) for row in logged(user)] == (
        [("export:import-report", 5, "report.xlsx")] if may else []
    )


def test_each_way_out_is_logged_with_who_when_what_how_many_and_where_to(centre: Centre, out: Path) -> None:
    with centre.open(Role.COORDINATOR) as session:
        people = export(session, ExportKind.PEOPLE, out / "people.xlsx", DAY)
        export(session, ExportKind.DAILY_SUMMARY, out / "counts.xlsx", DAY)
        issue_pickup_lists(session, DAY, target="lists.pdf")
        log_print(session, CALL_LIST, call_list(session, DAY), day=DAY, people=3, target="calls.pdf")
        issue_results_sheet(session, DAY, out / "sheet.xlsx")
        assert people.value.people == 3
        rows = logged(session)
        with session.reading() as db:
            actions = {action.id: action for action in journal.actions(db) if action.label in ("print", "export")}
    assert [(row.kind, row.people, row.target) for row in rows] == [
        ("export:people", 3, "people.xlsx"), ("export:daily-summary", 0, "counts.xlsx"),
        ("pickup-list", 3, "lists.pdf"), ("call-list", 3, "calls.pdf"), ("results-sheet", 3, "sheet.xlsx"),
    ]  # fmt: skip
    assert {(row.printed_by, row.printed_at) for row in rows} == {("Олена", centre.clock.now)}
    told = [(dict(action.facts or {})["people"], dict(action.facts or {})["target"]) for action in actions.values()]
    assert sorted(told) == sorted((row.people, row.target) for row in rows)
    assert {action.done_by for action in actions.values()} == {"Олена"}


@pytest.mark.parametrize("kind", list(ExportKind))
def test_from_a_register_that_is_only_read_nothing_goes_out(centre: Centre, out: Path, kind: ExportKind) -> None:
    """What leaves could not be logged there."""
    with centre.open(Role.COORDINATOR, Access.READ) as session:
        assert refusal(export, session, kind, out / "out.xlsx", DAY) == "register.asked_read_only"
        assert refusal(issue_results_sheet, session, DAY, out / "sheet.xlsx") == "register.asked_read_only"
        assert refusal(log_copied, session, "registry", 300, 900) == "register.asked_read_only"
    assert list(out.iterdir()) == []


def test_a_workbook_that_cannot_be_logged_takes_no_name_and_the_old_file_stays(out: Path) -> None:
    target = out / "people.xlsx"
    target.write_bytes(b"of yesterday")

    def log(draft: Path, rows: int) -> None:
        assert draft.stat().st_size > 0 and rows == 1
        raise UserError("register.busy")

    sheet = Sheet("People", [Column("name", "Name")], [["Ткач"]])
    assert refusal(write_workbook, target, [sheet], ready=log) == "register.busy"
    assert target.read_bytes() == b"of yesterday"
    assert [path.name for path in out.iterdir()] == ["people.xlsx"]


def test_lists_that_changed_since_they_were_drawn_are_neither_logged_nor_given_out(centre: Centre) -> None:
    with centre.open(Role.OPERATOR) as session:
        drawn = pickup_lists(session, DAY)
        with session.reading() as db:
            (family,) = stores.households.all(db)
        households.edit_household(session, family.id, landmark="синя хвіртка")
        assert (
            refusal(issue_pickup_lists, session, DAY, target="lists.pdf", expected=drawn) == "print.changed_meanwhile"
        )
        assert logged(session) == []
        assert refusal(issue_pickup_lists, session, DAY, expected=pickup_lists(session, DAY)) == ""


def test_fault_21_a_clock_set_back_keeps_utc_and_the_order_of_writing(centre: Centre) -> None:
    with centre.open(Role.COORDINATOR) as session:
        first = add_household(session, "Ткач")
        before = centre.clock.now
        centre.clock.now -= timedelta(hours=3)
        second = add_household(session, "Мороз")
        assert number_of(session, second) == number_of(session, first) + 1
        with session.reading() as db:
            written = {action.id: action.done_at for action in journal.actions(db) if action.label == "add_household"}
        assert sorted(written.values())[-2:] == [before, before]
        assert centre.clock.now in written.values()
        history.undo(session)
        with session.reading() as db:
            left = {row.id for row in stores.households.all(db)}
    assert first in left and second not in left


def test_fault_21_a_list_printed_again_after_the_clock_was_set_back_is_the_newest(centre: Centre) -> None:
    with centre.open(Role.OPERATOR) as session:
        issue_pickup_lists(session, DAY)
        with session.reading() as db:
            (family,) = stores.households.all(db)
        households.edit_household(session, family.id, landmark="синя хвіртка")
        centre.clock.now -= timedelta(hours=1)
        (again,) = issue_pickup_lists(session, DAY).value
        (trip,) = day_board(session, DAY).trips
        (shown,) = pickup_lists(session, DAY)
    assert (again.version, shown.version, trip.version, trip.changed) == (2, 2, 2, False)
