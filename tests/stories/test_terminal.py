"""A whole day through the command line, each command a process of its own on the real file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from coordinator.register import create_register
from tests.conftest import PASSPHRASE
from tests.stories import workbooks
from tests.stories.terminal import Completed, coordinator

DAY = "2023-08-15"
Run = Callable[..., Completed]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `coordinator …` in the test's folder, without a terminal."""

    def command(*arguments: str, given: str = "", fresh: bool = False, **env: str) -> Completed:
        return coordinator(tmp_path, *arguments, env=env, given=given, fresh=fresh)

    return command


def done(result: Completed) -> str:
    assert result.returncode == 0, result.stderr
    return result.stdout


def data(result: Completed) -> Any:
    return json.loads(done(result))


@pytest.fixture
def register(run: Run, tmp_path: Path) -> str:
    """A new register with the three workbooks of the story in it."""
    done(run("new", "centre"))
    for book in (workbooks.people_list, workbooks.requests, workbooks.fleet):
        done(run("import", "centre", str(book(tmp_path)), "--json"))
    return "centre"


@pytest.fixture(scope="module")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register that no test of bad input may change."""
    with create_register(tmp_path_factory.mktemp("empty") / "centre", PASSPHRASE) as session:
        return session.folder


def test_a_day_from_the_workbook_to_the_counts(run: Run, register: str, tmp_path: Path) -> None:
    plan = data(run("plan", register, "--date", DAY, "--seconds", "1", "--json"))
    planned = [stop["household"] for trip in plan["trips"] for stop in trip["stops"]]
    left = [entry["household"] for entry in plan["left_over"]]
    assert len(planned) == len(set(planned)) == 4
    assert len(left) == 1
    assert plan["left_over"][0]["reason"]["code"].startswith("left.possible_duplicate")

    done(run("print", register, "pickup-lists", "lists.pdf", "--date", DAY))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(tmp_path / "lists.pdf"))
    assert [text.count(f"№ {number}") for number in planned] == [1] * len(planned)

    done(run("print", register, "results-sheet", "results.xlsx", "--date", DAY))
    fill_in(tmp_path / "results.xlsx", refuses=planned[0])
    results = data(run("results", register, "--date", DAY, "results.xlsx", "--json"))
    assert results["set_aside"] == []
    assert len(results["arrived"]) == len(plan["trips"])

    people = {stop["household"]: stop["people"] for trip in plan["trips"] for stop in trip["stops"]}
    expected = sum(people.values()) - people[planned[0]]
    counts = data(run("counts", register, "--since", DAY, "--until", DAY, "--json"))
    assert counts["people"] == counts["events"] == expected
    assert [(entry["date"], entry["people"]) for entry in counts["by_day"]] == [(DAY, expected)]

    done(run("settings", register, "reports.hide_below", "0"))
    for kind in ("people", "households", "daily-summary", "fleet"):
        done(run("export", register, kind, f"{kind}.xlsx", "--date", DAY))
    summary = openpyxl.load_workbook(tmp_path / "daily-summary.xlsx").worksheets[0]
    at = [cell.value for cell in summary[2]].index("#reached+ind+evacuated")
    assert sum(row[at].value for row in summary.iter_rows(min_row=3)) == expected

    told = done(
        run("report", register, "--date", DAY, "--freeze", "--to", "ОВА", "--workbook", "r.xlsx", "--pdf", "r.pdf")
    )
    assert f"Evacuated that day: {expected}," in told and (tmp_path / "r.xlsx").exists()
    assert "report 1" in pypdfium2.PdfDocument(tmp_path / "r.pdf")[0].get_textpage().get_text_range()
    assert data(run("report", register, "--date", DAY, "--json"))["sent"] == [
        {"number": 1, "day": DAY, "sent_to": "ОВА"}
    ]
    done(run("print", register, "everything", "all.pdf", "--date", DAY))
    done(run("print", register, "street-board", "board.pdf", "--settlement", "ківшарівка"))
    again = data(run("plan", register, "--date", "2023-08-16", "--seconds", "1", "--json"))
    assert planned[0] not in {stop["household"] for trip in again["trips"] for stop in trip["stops"]}


def fill_in(path: Path, refuses: int) -> None:
    """Everybody boards but one household; each trip arrives at 15:30."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    result, time, household, who = (header.index(name) for name in ("Result", "Actual time", "Household", "Name"))
    for row in sheet.iter_rows(min_row=2):
        if row[household].value is not None:
            row[result].value = "refused" if row[household].value == refuses else "boarded"
        elif row[who].value:
            row[time].value = "15:30"
    book.save(path)


def test_results_can_be_typed_into_the_terminal(run: Run, register: str) -> None:
    plan = data(run("plan", register, "--date", DAY, "--seconds", "1", "--json"))
    lines = [f"{n};{stop['household']};boarded" for n, trip in enumerate(plan["trips"], 1) for stop in trip["stops"]]
    results = data(run("results", register, "--date", DAY, "-", "--json", given="\n".join(lines)))
    assert results["applied"] == len(lines)
    assert data(run("counts", register, "--json"))["people"] == 0


def text_table(path: Path, *rows: str) -> str:
    path.write_text("\n".join(["станом на 14.08.2023", *rows]), encoding="utf-8")
    return path.name


def test_a_birth_after_the_date_of_the_list_is_a_child_and_warned(run: Run, tmp_path: Path) -> None:
    done(run("new", "centre"))
    rows = ("ПІБ;Дата народження;Адреса", "Приклад Софія;12.12.2024;вул. Нова, 1")
    report = data(run("import", "centre", text_table(tmp_path / "a.csv", *rows), "--json"))
    assert (report["households_added"], report["children"]) == (1, 1)
    assert "import.birth_later" in {one["reason"]["code"] for one in report["warnings"]}


def test_the_name_of_a_text_table_is_no_settlement(run: Run, tmp_path: Path) -> None:
    done(run("new", "centre"))
    rows = ("ПІБ;Дата народження;Адреса", "Приклад Софія;1986;вул. Нова, 1")
    done(run("import", "centre", text_table(tmp_path / "Подоли.csv", *rows)))
    done(run("export", "centre", "households", "households.xlsx"))
    cells = openpyxl.load_workbook(tmp_path / "households.xlsx").worksheets[0].iter_rows(values_only=True)
    assert "Подоли" not in {cell for row in cells for cell in row}


def test_an_unknown_settlement_with_none_like_it_ends_its_sentence(run: Run, tmp_path: Path) -> None:
    done(run("new", "centre"))
    rows = ("ПІБ;Дата народження;Населений пункт;Адреса", "Приклад Софія;1986;Щощощ;вул. Нова, 1")
    said = run("import", "centre", text_table(tmp_path / "a.csv", *rows)).stderr
    assert "“Щощощ” is not in the gazetteer" in said
    assert "Near" not in said


def test_a_folder_given_for_a_list_is_named(run: Run) -> None:
    done(run("new", "centre"))
    assert ". is a folder" in run("import", "centre", ".").stderr


def test_children_without_a_named_adult_are_told_beside_their_lists(run: Run, register: str, tmp_path: Path) -> None:
    rows = ("ПІБ;Дата народження;Населений пункт;Адреса;Примітка", "Приклад Софія;2012;Подоли;вул. Нова, 1;готові")
    done(run("import", register, text_table(tmp_path / "a.csv", *rows)))
    plan = data(run("plan", register, "--date", DAY, "--seconds", "1", "--json"))
    (number,) = {stop["household"] for trip in plan["trips"] for stop in trip["stops"]} - set(range(1, 8))
    printed = run("print", register, "pickup-lists", "lists.pdf", "--date", DAY)
    done(printed)
    assert "1 child travels without a named adult" in printed.stderr
    assert f"household {number}" in printed.stderr


def test_what_is_imported_is_counted_row_by_row_and_twice_changes_nothing(run: Run, tmp_path: Path) -> None:
    done(run("new", "centre"))
    book = str(workbooks.people_list(tmp_path))
    looked = data(run("import", "centre", book, "--dry-run", "--json"))
    first = data(run("import", "centre", book, "--json"))
    second = data(run("import", "centre", book, "--json"))
    assert looked["rows_added"] == first["rows_added"] == 5
    assert (first["households_added"], first["people_added"], first["children"]) == (4, 5, 1)
    assert (first["wheelchair"], first["stretcher"], first["rows_skipped"]) == (1, 1, 2)
    assert (second["rows_added"], second["rows_unchanged"]) == (0, 5)
    for report in (first, second):
        parts = [report[f"rows_{part}"] for part in ("added", "updated", "unchanged", "skipped")]
        assert report["rows_read"] == sum(parts) + len(report["rows_rejected"])


def test_rows_go_back_to_the_sender_and_an_import_is_taken_back_by_its_name(run: Run, tmp_path: Path) -> None:
    done(run("new", "centre"))
    one = text_table(tmp_path / "week1.csv", "ПІБ;Дата народження;Адреса", "Сорока Олена;31.02.1981;Садова 5")
    told = run("import", "centre", one, "--errors-to", "back.xlsx")
    assert done(told) and "1 row for the sender to correct: back.xlsx" in told.stderr
    assert "Що виправити" in [cell.value for cell in openpyxl.load_workbook(tmp_path / "back.xlsx").worksheets[0][2]]
    two = text_table(tmp_path / "week2.csv", "ПІБ;Дата народження;Адреса", "Дрозд Микола;1950;Миру 1")
    nothing = run("import", "centre", two, "--errors-to", "none.xlsx")
    assert done(nothing) and "nothing to correct" in nothing.stderr and not (tmp_path / "none.xlsx").exists()
    assert done(run("undo", "centre", "--import", "week1.csv")) == "Undone: Imported week1.csv\n"
    assert "No import of week1.csv stands" in run("undo", "centre", "--import", "week1.csv").stderr
    assert data(run("undo", "centre", "--json")) == {"label": "import", "kept": 0, "households": []}


def test_the_hotline_asks_about_the_family_it_shares_with_the_list(run: Run, tmp_path: Path) -> None:
    done(run("new", "centre"))
    done(run("import", "centre", str(workbooks.people_list(tmp_path))))
    report = data(run("import", "centre", str(workbooks.requests(tmp_path)), "--json"))
    assert (report["households_added"], report["people_added"]) == (3, 7)
    (pair,) = report["possible_duplicates"]
    assert "phone" in pair["candidates"][0]["reasons"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("new", "centre"), 1),
        (("import", "centre", "missing.xlsx"), 1),
        (("import", "centre", "empty.xlsx"), 1),
        (("import", "centre", "words.xlsx"), 1),
        (("import", "nowhere", "words.xlsx"), 1),
        (("plan", "centre", "--date", "31.02.2023"), 2),
        (("plan", "centre", "--date", DAY, "--seconds", "-1"), 1),
        (("print", "centre", "pickup-lists", "a.pdf", "--date", DAY), 1),
        (("print", "centre", "everything", "no/such/folder/a.pdf"), 1),
        (("results", "centre", "--date", DAY, "words.xlsx"), 1),
        (("counts", "centre", "--since", "2023-08-15", "--until", "2023-08-01"), 1),
        (("export", "centre", "people", "no/such/folder/a.xlsx"), 1),
        (("export", "centre", "nonsense", "a.xlsx"), 2),
        (("nonsense",), 2),
        ((), 2),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
@pytest.mark.parametrize("language", ["en", "uk"])
def test_bad_input_gives_a_sentence_and_never_a_traceback(
    run: Run, tmp_path: Path, empty_register: Path, arguments: tuple[str, ...], code: int, language: str
) -> None:
    (tmp_path / "centre.register").symlink_to(empty_register)
    (tmp_path / "empty.xlsx").write_bytes(b"")
    (tmp_path / "words.xlsx").write_text("only words")
    result = run(*arguments, COORDINATOR_LANG=language)
    assert result.returncode == code
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr
    assert result.stdout == ""


def test_without_a_passphrase_to_ask_for_it_says_so(run: Run) -> None:
    result = run("new", "centre", COORDINATOR_PASSPHRASE="", fresh=True)
    assert result.returncode == 2
    assert "COORDINATOR_PASSPHRASE" in result.stderr


def test_a_wrong_passphrase_is_told(run: Run) -> None:
    done(run("new", "centre"))
    result = run("counts", "centre", COORDINATOR_PASSPHRASE="wrong horse battery")
    assert result.returncode == 1
    assert "passphrase" in result.stderr


def test_the_terminal_speaks_ukrainian_its_own_help_too(run: Run) -> None:
    help_text = done(run("--lang", "uk", "--help", fresh=True))
    assert "використання" in help_text.lower()
    assert "usage" not in help_text


def test_without_a_screen_the_window_is_explained(run: Run) -> None:
    done(run("new", "centre"))
    result = run("open", "centre", QT_QPA_PLATFORM="offscreen", fresh=True)
    assert result.returncode == 1
    assert "coordinator --help" in result.stderr


def test_the_coordinators_phone_is_set_in_the_terminal_and_printed(run: Run, register: str, tmp_path: Path) -> None:
    done(run("settings", register, "centre.phone", "0671112233"))
    assert "067 111 22 33" in done(run("settings", register))
    wrong = run("settings", register, "centre.fone", "1")
    assert (wrong.returncode, "centre.phone" in wrong.stderr) == (1, True)
    done(run("plan", register, "--date", DAY, "--seconds", "1"))
    done(run("print", register, "pickup-lists", "lists.pdf", "--date", DAY))
    page = pypdfium2.PdfDocument(tmp_path / "lists.pdf")[0]
    assert "067 111 22 33" in page.get_textpage().get_text_range()
