"""The traps of files that come in, in the step where somebody looks at how a file is read: each is shown or asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coordinator.domain.person import Sex
from coordinator.errors import UserError
from coordinator.exchange import answers
from coordinator.exchange.clipboard import Copied
from coordinator.exchange.how_read import UNUSED, Division, Why
from coordinator.exchange.incoming import ListKind
from coordinator.exchange.laid_out import HEADERLESS
from coordinator.exchange.reading import Source
from coordinator.exchange.survey import ColumnSurvey, SheetSurvey
from coordinator.queries.reading import OpenList, open_list, read_anew, without_cells
from coordinator.services.gazetteer import seed
from coordinator.services.imports import ImportPreview, preview_import
from coordinator.session import Session
from tests.exchange.making import LIST_DAY, write_book
from tests.exchange.old_books import ods, ods_row, protect, write_xls, xlsb
from tests.exchange.told import OLENA, SHORT, at, one, state, told

HEADERS = ["Кого", "Q2", "Де", "Зв."]
ROWS = [
    ["Сорока Олена", "05.03.1981", "вул. Садова, 5", "0501112233"],
    ["Дрозд Іван", "1950", "вул. Миру, 1", "0671112244"],
]
TABLE = [HEADERS, *ROWS]


def opened(session: Session, source: Source, password: str = "") -> OpenList:
    """Opening a file writes nothing."""
    before = state(session)
    found = open_list(session, source, LIST_DAY, password=password)
    found = read_anew(found, found.reading)
    assert state(session) == before
    return found


def previewed(session: Session, found: OpenList) -> ImportPreview:
    return preview_import(session, found.original, LIST_DAY, reading=found.reading, sheets=found.sheets)


def book(folder: Path, *rows: list[Any], shape: Callable[[Any], None] | None = None, name: str = "list.xlsx") -> Path:
    return write_book(folder / name, {"Подоли": [SHORT, *rows]}, shape)


def sheet_of(found: OpenList, name: str = "Подоли") -> SheetSurvey:
    (sheet,) = [sheet for sheet in found.survey.sheets if sheet.name == name]
    return sheet


def column_of(found: OpenList, letter: str) -> ColumnSurvey:
    (column,) = [column for column in sheet_of(found).columns if column.letter == letter]
    return column


def source_of(folder: Path, kind: str) -> Source:
    """The same foreign list in every format that comes in."""
    path = folder / f"list.{kind}"
    rows: list[list[object]] = [list(row) for row in TABLE]
    if kind == "xls":
        return write_xls(path, rows)
    if kind == "xlsb":
        return xlsb(path, *rows)
    if kind == "ods":
        return ods(path, "".join(ods_row(*map(str, row)) for row in rows))
    if kind in ("csv", "tsv"):
        path.write_bytes("\r\n".join((";" if kind == "csv" else "\t").join(row) for row in TABLE).encode("cp1251"))
        return path
    if kind == "clipboard":
        return Copied("Clipboard", "\r\n".join("\t".join(row) for row in TABLE))
    made = write_book(folder / "made.xlsx", {"Подоли": rows})
    return protect(made, "Пароль-7") if kind == "protected" else made.rename(path)


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "xlsb", "ods", "csv", "tsv", "protected", "clipboard"])
def test_fault_54_and_59_and_60_every_format_is_looked_at_in_the_step(
    session: Session, tmp_path: Path, kind: str
) -> None:
    found = opened(session, source_of(tmp_path, kind), "Пароль-7" if kind == "protected" else "")
    (sheet,) = found.survey.sheets
    assert [column.key for column in sheet.columns] == ["full_name", "birth", "address", "phone"]
    assert [column.samples[0] for column in sheet.columns] == ROWS[0]
    assert (found.survey.households, found.survey.people) == (2, 2)
    guesses = [question for question in found.questions if question.code == "ask.column_guessed"]
    assert [at(question)[1] for question in guesses] == ["A1", "B1", "C1", "D1"]
    assert "What the column B “Q2” holds was guessed from its cells. Check it." in [told(one) for one in guesses]
    heads = [household.people[0].name.full for household in previewed(session, found).incoming.households]
    assert heads == ["Сорока Олена", "Дрозд Іван"]
    again = read_anew(without_cells(found), found.reading)
    assert again.survey == found.survey  # read anew from memory, without its password


def test_fault_33_merged_cells_are_shown_and_divide_households(session: Session, tmp_path: Path) -> None:
    def merge(book: Any) -> None:
        book.get_worksheet_by_name("Подоли").merge_range("A2:A3", 1)

    people = [[1, "Сорока Олена", 1981, "вул. Садова, 5"], [None, "Сорока Іван", 1979, "вул. Садова, 7"]]
    found = opened(session, book(tmp_path, *people, [2, "Дрозд Микола", 1950, "вул. Миру, 1"], shape=merge))
    assert column_of(found, "A").merged == 1 and found.survey.households == 3
    reading = answers.with_division(found.reading, found.survey, "Подоли", Division.MERGED)
    assert read_anew(found, reading).survey.households == 2


def test_fault_33_blank_cells_are_counted_and_filled_where_it_is_said(session: Session, tmp_path: Path) -> None:
    rows = [
        ["Прізвище", "Ім'я", "Адреса", "Село"],
        ["Сорока", "Олена", "Садова 5", "Подоли"],
        [None, "Іван", None, None],
    ]
    rows += [["Дрозд", "Віра", "Миру 1", None]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    assert [column_of(found, letter).blanks for letter in "ABCD"] == [1, None, 1, 2]
    reading = answers.with_fill_down(found.reading, found.survey, "Подоли", 0, True)
    households = previewed(session, read_anew(found, reading)).incoming.households
    assert [person.name.surname for household in households for person in household.people] == [
        "Сорока",
        "Сорока",
        "Дрозд",
    ]


def test_fault_34_headers_below_titles_are_found_and_can_be_said(session: Session, tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Список"],
        [],
        ["ПІБ", "Адреса", "Телефон"],
        ["хто", "де", "як"],
        ["Сорока Олена", "Садова 5"],
    ]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    assert sheet_of(found).header_row == 2
    lower = read_anew(found, answers.with_header_row(found.reading, "Подоли", 3))
    assert sheet_of(lower).header_row == 3
    none = read_anew(found, answers.with_header_row(found.reading, "Подоли", HEADERLESS))
    assert sheet_of(none).header_row == HEADERLESS and column_of(none, "A").header == ""


def test_fault_35_and_36_what_is_hidden_is_asked_and_charts_are_named(session: Session, tmp_path: Path) -> None:
    def shape(made: Any) -> None:
        page = made.get_worksheet_by_name("Подоли")
        page.set_row(2, None, None, {"hidden": True})
        made.get_worksheet_by_name("Старий").hide()
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Подоли!$A$1:$A$2"})
        made.add_chartsheet("Графік").set_chart(chart)

    other = [2, "Дрозд Микола", 1950, "вул. Миру, 1"]
    sheets = {"Подоли": [SHORT, OLENA, other], "Старий": [SHORT, OLENA], "Обкладинка": [["Громада"]]}
    found = opened(session, write_book(tmp_path / "list.xlsx", sheets, shape))
    rows, hidden = one(found.questions, "ask.hidden_rows"), one(found.questions, "ask.sheet_hidden")
    assert (at(rows), at(hidden)) == (("Подоли", "A3"), ("Старий", "A1"))
    assert "Hidden rows in the sheet “Подоли”: 1, from row 3 to row 3. Say whether" in told(rows)
    assert "The sheet “Старий” is hidden (rows in it: 1). Say whether it belongs" in told(hidden)
    assert [(sheet.name, sheet.chart, sheet.used) for sheet in found.survey.sheets] == [
        ("Подоли", False, True), ("Старий", False, False), ("Обкладинка", False, False), ("Графік", True, False)
    ]  # fmt: skip
    said = found.reading.with_sheet("Подоли", hidden_rows=False).with_sheet("Старий", use=True)
    answered = read_anew(found, said)
    assert answered.clear and answered.survey.people == 2


def test_fault_37_a_column_of_unclear_days_is_asked_once_with_both_days(session: Session, tmp_path: Path) -> None:
    rows = [[n, f"Сорока Олена {n}", f"5/{n}/81", f"вул. Садова, {n}"] for n in (3, 4, 6)]
    found = opened(session, book(tmp_path, *rows))
    question = one(found.questions, "ask.days")
    assert at(question) == ("Подоли", "C2") and "In “5/3/81” day and month could change places" in told(question)
    (day,) = sheet_of(found).days
    assert (day.count, f"{day.day_first:%d.%m.%Y}", f"{day.month_first:%d.%m.%Y}") == (3, "05.03.1981", "03.05.1981")
    answered = read_anew(found, answers.with_month_first(found.reading, found.survey, "Подоли", 2, True))
    assert answered.clear and sheet_of(answered).days[0].answer is True


def test_fault_38_the_epoch_is_shown_and_can_be_said(session: Session, tmp_path: Path) -> None:
    path = write_book(tmp_path / "list.xlsx", {"Подоли": [SHORT, OLENA]}, date_1904=True)
    found = opened(session, path)
    assert sheet_of(found).epoch_1904
    other = read_anew(found, answers.with_epoch(found.reading, found.survey, "Подоли", False))
    assert not sheet_of(other).epoch_1904


def test_fault_31_and_32_errors_in_cells_are_no_samples_and_stay_warnings(session: Session, tmp_path: Path) -> None:
    def broken(made: Any) -> None:
        made.get_worksheet_by_name("Подоли").write_formula("C2", "=NA()", None, "#N/A")

    found = opened(session, book(tmp_path, [1, "Сорока Олена", None, "вул. Садова, 5"], OLENA, shape=broken))
    assert column_of(found, "C").samples == ("05.03.1981",)
    assert at(one(previewed(session, found).report.warnings, "import.cell_error")) == ("Подоли", "C2")


def test_fault_48_and_64_a_doubled_or_unknown_column_is_asked_and_what_is_said_holds(
    session: Session, tmp_path: Path
) -> None:
    rows = [[*SHORT[:4], "Адреса", "Колір даху (v7)"], [*OLENA[:4], "вул. Миру, 9", "синій"]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    doubled, unknown = one(found.questions, "ask.column_doubled"), one(found.questions, "ask.column_unknown")
    assert (at(doubled), at(unknown)) == (("Подоли", "E1"), ("Подоли", "F1"))
    assert "The column E “Адреса” stands for the same as another one" in told(doubled)
    assert "The column F “Колір даху (v7)” is not known. Say what it holds" in told(unknown)
    reading = answers.with_column(found.reading, found.survey, "Подоли", 4, "address")
    chosen = read_anew(found, reading)
    assert (column_of(chosen, "D").key, column_of(chosen, "E").key) == (UNUSED, "address")
    final = read_anew(chosen, answers.confirmed(chosen.reading, chosen.survey))
    assert final.clear and column_of(final, "F").key == UNUSED
    assert previewed(session, final).incoming.households[0].address.house == "9"


def test_a_column_without_a_header_is_named_by_its_letter_and_what_stands_in_it(
    session: Session, tmp_path: Path
) -> None:
    rows = [["ПІБ", "Адреса", None], ["Сорока Олена", "Садова 5", "xx"], ["Дрозд Іван", "Миру 1", "yy"]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    question = one(found.questions, "ask.column_unknown_bare")
    assert at(question) == ("Подоли", "C1")
    assert told(question).startswith("The column C has no header; “xx” stands in it.")


def test_a_header_that_is_repeated_on_each_printed_page_is_no_word_to_explain(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Стать", "Потреби"]
    rows = [["Сорока Олена", "Садова 5", "ж", "візок"], headers, ["Дрозд Іван", "Миру 1", "ч", ""]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": [headers, *rows]}))
    assert found.clear and previewed(session, found).report.rows_skipped == 1


def test_a_workbook_of_blank_cells_is_refused(session: Session, tmp_path: Path) -> None:
    path = write_book(tmp_path / "list.xlsx", {"Подоли": []})
    with pytest.raises(UserError) as caught:
        opened(session, path)
    assert told(caught.value).startswith("Nothing is written in list.xlsx: all its cells are blank.")


def test_namesakes_of_one_hromada_are_told_apart_by_their_codes_at_the_cell_of_the_address(
    session: Session, tmp_path: Path
) -> None:
    found = opened(session, book(tmp_path, [1, "Сорока Олена", 1981, "с. Василівка, вул. Садова, 5"]))
    remark = one(previewed(session, found).report.warnings, "import.settlement_ambiguous")
    assert at(remark) == ("Подоли", "D2")
    assert "Василівка (Кіндрашівська, UA63080070030051324)" in told(remark)
    hromada = [1, "Сорока Олена", 1981, "с. Піщане, Курилівська громада, вул. Садова, 5"]
    answered = previewed(session, opened(session, book(tmp_path, hromada, name="next.xlsx")))
    assert answered.report.warnings == () and answered.report.entries[0].place == "Піщане"


def test_what_a_column_holds_against_its_header_is_asked(session: Session, tmp_path: Path) -> None:
    rows = [["ПІБ", "Стать", "Адреса"], *[["Сорока Олена", f"050111223{n}", f"вул. Садова, {n}"] for n in range(5)]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    question = one(found.questions, "ask.column_doubtful")
    assert at(question) == ("Подоли", "B1")
    assert told(question) == "What stands in the column B is not what “Стать” says. Check it."


def test_a_list_in_which_nothing_ends_a_household_is_asked_about(session: Session, tmp_path: Path) -> None:
    rows = [["ПІБ", "Рік народження", "Стать"], *[[f"Сорока Олена {n}", 1980 + n, "ж"] for n in range(5)]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    assert "Choose how they are told apart" in told(one(found.questions, "ask.households"))
    assert (sheet_of(found).division, found.survey.households) == (Division.EACH, 5)
    answered = read_anew(found, answers.with_division(found.reading, found.survey, "Подоли", Division.EACH))
    assert answered.clear


def test_an_answer_holds_for_all_sheets_of_one_form(session: Session, tmp_path: Path) -> None:
    headers = ["ПІБ", "Адреса", "Код"]
    sheets = {name: [headers, ["Сорока Олена", "Садова 5", "x"], ["Сорока Іван", "Садова 5", "y"]] for name in "АБВ"}
    sheets["Інше"] = [["ПІБ", "Адреса"], ["Дрозд Іван", "Миру 1"]]
    found = opened(session, write_book(tmp_path / "list.xlsx", sheets))
    assert [question.code for question in found.questions] == ["ask.column_unknown"]  # once, not for each sheet
    reading = answers.with_column(found.reading, found.survey, "А", 2, "relation")
    reading = answers.with_division(reading, found.survey, "Б", Division.EACH)
    said = read_anew(found, reading)
    assert [sheet.column("relation") is not None for sheet in said.survey.sheets] == [True, True, True, False]
    assert [sheet.households for sheet in said.survey.sheets] == [2, 2, 2, 1]


def test_another_kind_forgets_the_guesses_for_the_old_one(session: Session, tmp_path: Path) -> None:
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": TABLE}))
    other = read_anew(found, answers.with_kind(found.reading, found.survey, ListKind.FLEET))
    assert other.survey.kind is ListKind.FLEET
    assert [column.key for column in other.survey.sheets[0].columns] == ["driver", None, None, "driver_phone"]
    back = read_anew(other, answers.with_kind(other.reading, other.survey, ListKind.PEOPLE))
    assert [column.key for column in back.survey.sheets[0].columns] == ["full_name", "birth", "address", "phone"]


@pytest.mark.parametrize(
    ("tags", "titles"),
    [
        (["#contact+name", "#date+birth", "#loc+address", "#contact+phone", "#affected+sex"], None),
        (
            ["#contact+name", "#date+birth", "#loc+address", "#contact+phone", "#affected+sex"],
            ["A", "B", "C", "D", "E"],
        ),
    ],
)
def test_hxl_hashtags_name_the_columns(
    session: Session, tmp_path: Path, tags: list[str], titles: list[str] | None
) -> None:
    rows = [*([titles] if titles else []), tags, *[[*row, "ж"] for row in ROWS]]
    found = opened(session, write_book(tmp_path / "list.xlsx", {"Подоли": rows}))
    assert found.clear, [told(question) for question in found.questions]
    columns = sheet_of(found).columns
    assert [column.key for column in columns] == ["full_name", "birth", "address", "phone", "sex"]
    assert {column.why for column in columns} == {Why.HEADER}
    assert [column.header for column in columns] == (titles or tags)
    assert previewed(session, found).incoming.households[0].people[0].sex is Sex.FEMALE


@pytest.fixture(autouse=True)
def places(session: Session) -> None:
    seed(session)
